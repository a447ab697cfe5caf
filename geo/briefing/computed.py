"""A briefing in one language, as slides: every number computed from the slide's view."""

from __future__ import annotations

from dataclasses import dataclass

from geo.atlas import Atlas
from geo.briefing.scenes import Briefing, SceneFile
from geo.briefing.tested import Tested, by_need, supported_of, tested
from geo.equity.claims import load_claims
from geo.language import Speech, speech
from geo.scene import Scene, build_scene
from geo.view import View
from geo.words import Telling, appropriated_range, measure_label, tell, value_text


@dataclass(frozen=True)
class Slide:
    """One slide, ready to be shown; all plain text.

    `finding` is the claim's where the slide tests one; all else of the view is in `telling`.
    `mark` says that title and notes are a reader's own, and is empty on the atlas's slides.
    """

    key: str
    view: View
    title: str
    number: str
    number_label: str
    finding: str
    notes: str
    telling: Telling
    mark: str

    @property
    def beneath(self) -> str:
        """The small line of a slide: whose words it holds, and the line under the headline."""
        return f"{self.mark} {self.telling.beneath}".strip()


@dataclass(frozen=True)
class ComputedBriefing:
    """A briefing in one language."""

    title: str
    lang: str
    slides: tuple[Slide, ...]


def compute_slides(atlas: Atlas, briefing: Briefing, lang: str, base: str = "") -> ComputedBriefing:
    """Compute every slide of a briefing in `lang`; `base` is the address its links begin with.

    A reader's own file puts words beside the atlas's name: they are marked as the reader's in the
    title and on every slide, in every form they are taken away in.
    """
    say, title, mark = speech(lang), briefing.title[lang], ""
    if briefing.brought:
        mark = say.t("A reader's own slides: titles and notes are theirs, not the atlas's.")
        title = say.t("{title} (a reader's own slides)", title=title)
    slides = tuple(_slide(atlas, one, lang, base, mark) for one in briefing.scenes)
    return ComputedBriefing(title, lang, slides)


def _slide(atlas: Atlas, one: SceneFile, lang: str, base: str, mark: str) -> Slide:
    view, say = one.view.with_(lang=lang), speech(lang)
    scene, telling = build_scene(atlas, view), tell(atlas, view, base)
    test = tested(atlas, one.claim, view.to_year, say) if one.claim else None
    number, label = _number(one.number, atlas, scene, view, test, say)
    return Slide(
        one.key,
        view,
        one.title[lang],
        number,
        label,
        _finding(one.number, atlas, telling, test, say),
        f"{one.notes[lang]} {test.why}" if test else one.notes[lang],
        telling,
        mark,
    )


def _finding(name: str, atlas: Atlas, telling: Telling, test: Tested | None, say: Speech) -> str:
    """A slide's sentence: of the claim it tests, of all claims, or of the view."""
    if test:
        return f"{test.verdict}. {test.fact}"
    if name == "claims_supported":
        # Imported when first asked for: it brings numpy.
        from geo.chapters.evidence import evidence_headline

        return evidence_headline(atlas, say)
    return telling.headline


def _number(
    name: str, atlas: Atlas, scene: Scene, view: View, test: Tested | None, say: Speech
) -> tuple[str, str]:
    """A slide's one number, and what it is."""
    if name == "claim_value" and test:
        return test.value, test.label
    if name == "claims_supported":
        supported, count = supported_of(atlas)
        return say.number(supported), say.t(
            "of {count} claims are supported in full", count=say.number(count)
        )
    if name == "border_ratio":
        part = scene.border.share / scene.border.need_share if scene.border.share else 0.0
        return say.t("{value}×", value=say.decimal(part, 2)), by_need(
            load_claims(atlas.data).groups["border"].titles[say.lang], view.need, say
        )
    if name == "activities":
        return say.number(scene.total, 1), say.t(
            "documented activities; one that reached two states counts in both"
        )
    if name == "placed_money":
        return _placed_money(scene, say)
    if name == "states_reached":
        reached = sum(1 for state in scene.states if state.activities)
        return say.number(reached), say.t("states have a documented activity")
    if name == "border_share":
        return say.percent(scene.border.share), say.t("of it is in the six northern border states")
    if name == "zone_share":
        return say.percent(scene.sez.share), say.t("of it is in states with a declared zone")
    if name == "not_located":
        return say.number(scene.not_located, 1), say.t("activities are counted in no state")
    return _of_state(atlas, scene, view, say)


def _placed_money(scene: Scene, say: Speech) -> tuple[str, str]:
    """The money tied to one state: its share of the appropriations where the view is the whole."""
    if not scene.view.comparable:
        return say.at_prices(scene.view.prices_of).usd_short(scene.located_cents / 100), say.t(
            "are tied to one state"
        )
    known = appropriated_range(scene.located_cents, say)
    return say.t("{low} to {high}", **known), say.t(
        "of what was appropriated up to {end} or {last} are tied to one state", **known
    )


def _of_state(atlas: Atlas, scene: Scene, view: View, say: Speech) -> tuple[str, str]:
    state = scene.state(view.state)
    where = atlas.states[view.state].names[say.lang]
    return (
        value_text(state.value, state.status, view, say),
        f"{where}: {measure_label(view, say)}",
    )
