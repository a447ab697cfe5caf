"""A briefing told in one language: every number of it computed from the scene's view."""

from __future__ import annotations

from dataclasses import dataclass

from geo.atlas import Atlas
from geo.briefing.scenes import Briefing, SceneFile
from geo.i18n import Speech, speech
from geo.labels import measure_label, value_text
from geo.policy import APPROPRIATED_USD
from geo.scene import Scene, build_scene
from geo.sentence import caveat, filters, headline
from geo.view import View


@dataclass(frozen=True)
class ToldScene:
    """One scene, ready to be shown; all plain text."""

    key: str
    view: View
    title: str
    number: str
    number_label: str
    finding: str
    beside: str
    notes: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """A briefing in one language."""

    title: str
    lang: str
    scenes: tuple[ToldScene, ...]
    data_version: str


def tell(atlas: Atlas, briefing: Briefing, lang: str) -> Told:
    """Compute every scene of a briefing in `lang`."""
    return Told(
        briefing.title[lang],
        lang,
        tuple(_told(atlas, one, lang) for one in briefing.scenes),
        atlas.version,
    )


def _told(atlas: Atlas, one: SceneFile, lang: str) -> ToldScene:
    view, say = one.view.with_(lang=lang), speech(lang)
    scene = build_scene(atlas, view)
    number, label = _number(one.number, atlas, scene, view, say)
    beside = (caveat(scene, say), filters(view, scene, say))
    return ToldScene(
        one.key,
        view,
        one.title[lang],
        number,
        label,
        headline(scene, say),
        " ".join(part for part in beside if part),
        one.notes[lang],
        scene.source_ids,
    )


def _number(name: str, atlas: Atlas, scene: Scene, view: View, say: Speech) -> tuple[str, str]:
    """A scene's one number, and what it is."""
    if name == "activities":
        return say.number(scene.total, 1), say.t("pairs of a state and a documented activity")
    if name == "placed_money":
        part = scene.located_cents / 100 / float(APPROPRIATED_USD)
        return say.percent(part, 2), say.t("of the dollars appropriated are tied to one state")
    if name == "states_reached":
        reached = sum(1 for state in scene.states if state.activities)
        return say.number(reached), say.t("states have a documented activity")
    if name == "border_share":
        return say.percent(scene.border.share), say.t("of it is in the six northern border states")
    if name == "zone_share":
        return say.percent(scene.sez.share), say.t("of it is in states with a declared zone")
    if name == "not_located":
        return say.number(scene.not_located, 1), say.t("activities are counted in no state")
    state = scene.state(view.state)
    where = atlas.states[view.state].names[say.lang]
    return (
        value_text(state.value, state.status, view, say),
        f"{where}: {measure_label(view, say)}",
    )
