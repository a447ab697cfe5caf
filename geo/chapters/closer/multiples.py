"""Small multiples: one small map for each priority, all with the same classes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from geo.atlas import Atlas
from geo.drawing import (
    Row,
    StateFill,
    folded_html,
    panel_html,
    pick_table_html,
    shared_outlines_svg,
    small_map_svg,
    svg_html,
    swatches_html,
    told_html,
)
from geo.language import PRIORITY_NAMES, Speech
from geo.policy import SCENES_KEPT
from geo.scene import Scene, build_scene, pool
from geo.view import PILLARS, View
from geo.words import (
    class_rows,
    fill_of,
    measure_label,
    number_text,
    value_text,
)


@dataclass(frozen=True, slots=True, eq=False)
class Multiples:
    """The scene of each priority by its number, classed together, and what is in none of them.

    `several` counts the selected activities that are filed under several priorities at once.
    """

    scenes: dict[int, Scene]
    several: int


def priorities(atlas: Atlas, view: View) -> Multiples:
    """One scene for each of the five priorities, with everything else as the view has it."""
    return _priorities(atlas, view.data_key().with_(pillar=()))


@lru_cache(maxsize=SCENES_KEPT)
def _priorities(atlas: Atlas, view: View) -> Multiples:
    scenes = pool(tuple(build_scene(atlas, view.with_(pillar=(n,))) for n in PILLARS))
    chosen = build_scene(atlas, view).selection.activities
    return Multiples(
        scenes=dict(zip(PILLARS, scenes, strict=True)),
        several=sum(1 for activity in chosen if activity.area not in PILLARS.values()),
    )


def multiples_html(atlas: Atlas, view: View, say: Speech) -> Markup:
    """The five small maps with their one legend, and the same numbers as a table."""
    made = priorities(atlas, view)
    scenes = list(made.scenes.values())
    maps = Markup("").join(
        Markup(
            "<figure><figcaption>{number} · {name}<span>{told}</span></figcaption>{map}</figure>"
        ).format(
            number=number,
            name=PRIORITY_NAMES[PILLARS[number]](say),
            told=_summary(scene, say),
            map=svg_html(_map(atlas, number, scene, view.state, say)),
        )
        for number, scene in made.scenes.items()
    )
    words = [
        say.t(
            "One map for each priority, all with the same classes, so that one colour means one "
            "number everywhere. What is chosen under “Priorities” does not count here."
        )
    ]
    if made.several:
        words.append(
            say.n(
                "{count} activity filed under several priorities is on none of these maps.",
                "{count} activities filed under several priorities are on none of these maps.",
                made.several,
            )
        )
    return panel_html(
        say.t("One map for each priority"),
        told_html(*words),
        swatches_html(class_rows(scenes, say), measure_label(scenes[0].view, say)),
        svg_html(shared_outlines_svg(atlas.data)),
        Markup('<div class="ma-multiples">{}</div>').format(maps),
        folded_html(say.t("The numbers of the maps"), _table(atlas, made, view.state, say)),
    )


def _summary(scene: Scene, say: Speech) -> str:
    """What a map shows, in a few words."""
    total = number_text(scene.total, scene.view.with_(show="value", per="none"), say)
    reached = sum(1 for state in scene.states if state.measure.amount)
    if scene.border.share is None:
        return say.t("nothing placed")
    return say.n(
        "{total} in {count} state, {share} of it in the border states",
        "{total} in {count} states, {share} of it in the border states",
        reached,
        total=total,
        share=say.percent(scene.border.share),
    )


def _map(atlas: Atlas, number: int, scene: Scene, selected: str, say: Speech) -> Markup:
    paints = {
        state.code: StateFill(
            fill_of(scene, state.code),
            f"{atlas.states[state.code].names[say.lang]}: "
            f"{value_text(state.value, state.status, scene.view, say)}",
        )
        for state in scene.states
    }
    return small_map_svg(
        paints,
        PRIORITY_NAMES[PILLARS[number]](say),
        desc=_summary(scene, say),
        selected=selected,
        shared=True,
        data=atlas.data,
    )


def _table(atlas: Atlas, made: Multiples, selected: str, say: Speech) -> Markup:
    rows = [
        Row(
            (
                atlas.states[code].names[say.lang],
                *(
                    value_text(state.value, state.status, scene.view, say)
                    for scene in made.scenes.values()
                    for state in (scene.state(code),)
                ),
            ),
            code,
            code == selected,
        )
        for code in atlas.states
    ]
    columns = (say.t("State"), *(PRIORITY_NAMES[area](say) for area in PILLARS.values()))
    return pick_table_html("multiples", say.t("One map for each priority"), columns, rows)
