"""The register of the analyst's tools of *More views*: what each one paints and tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from geo.atlas import Atlas
from geo.chapters.closer.bivariate import cross
from geo.chapters.closer.class_breaks import class_check_finding, class_check_html
from geo.chapters.closer.comparison import (
    change_text,
    compare_html,
    difference_fills,
    difference_html,
    difference_legend_html,
    difference_words,
    map_name_html,
    shared_legend_html,
)
from geo.chapters.closer.drilldown import drill, drill_html, drill_words, drilled_state
from geo.chapters.closer.multiples import multiples_html
from geo.chapters.closer.scatter import cross_legend_html, need_html, need_words
from geo.chapters.closer.year_chart import years_html
from geo.chapters.map import fill_index, legend_html, paint_payload
from geo.drawing import DrillPaint, LinkedPaint, Paint, ScenePaint
from geo.language import Say, Speech, t
from geo.scene import Difference, Scene, compare, difference
from geo.view import View
from geo.words import names_of, tell

NO_TOOL: Final = "none"


@dataclass(frozen=True, slots=True)
class Look:
    """A view as a tool is given it: with its scene, and the second view of those that take two."""

    atlas: Atlas
    scene: Scene
    view: View
    other: View
    say: Speech

    @property
    def pooled(self) -> tuple[Scene, Scene]:
        """The scenes of both views with the same classes."""
        return compare(self.atlas, self.view, self.other)

    @property
    def change(self) -> Difference:
        """What the second view has more or less."""
        return difference(self.atlas, self.view, self.other)


def cross_payload(atlas: Atlas, scene: Scene, view: View, say: Speech) -> ScenePaint:
    """Need against aid on the map: each state in the colour of its class on both axes."""
    crossed = cross(scene)
    fills = sorted({state.fill for state in crossed.states})
    return {
        **paint_payload(atlas, scene, view, say),
        "fills": fills,
        "at": {state.code: fills.index(state.fill) for state in crossed.states},
        "labels": {
            state.code: [
                atlas.states[state.code].names[say.lang],
                say.t(
                    "{cell}: {aid} of the aid, {need} of the need",
                    cell=state.name,
                    aid=say.percent(state.share, 1),
                    need=say.percent(state.need_share, 1),
                )
                if state.name
                else say.t("no published figure"),
            ]
            for state in crossed.states
        },
        "alt": say.t("Map of the share of the aid against the share of the need"),
    }


def difference_payload(atlas: Atlas, made: Difference, view: View, say: Speech) -> ScenePaint:
    """What the second view has more or less, as a diverging map."""
    return {
        **paint_payload(atlas, made.first, view, say),
        "fills": difference_fills(made),
        "at": {state.code: fill_index(state.klass, state.status) for state in made.states},
        "labels": {
            state.code: [
                atlas.states[state.code].names[say.lang],
                change_text(state.change, made, say),
            ]
            for state in made.states
        },
        "alt": say.t("Map of the difference between two views"),
    }


def linked_payload(atlas: Atlas, pooled: Scene, view: View, say: Speech) -> LinkedPaint:
    """One of two views that are compared, in classes they share."""
    return {**paint_payload(atlas, pooled, view, say), "linked": True}


def drill_payload(atlas: Atlas, scene: Scene, view: View, say: Speech) -> DrillPaint:
    """A view with the municipalities of its selected state."""
    return {
        **paint_payload(atlas, scene, view, say),
        "drill": drilled_state(atlas, scene, view.state, say),
    }


def _linked(look: Look, side: int) -> Paint:
    """One of two maps that move together; both show the selection of the first."""
    view = (look.view, look.other.with_(state=look.view.state))[side]
    return linked_payload(look.atlas, look.pooled[side], view, look.say)


def _map_names(look: Look) -> tuple[Markup, Markup]:
    say, scenes = look.say, look.pooled
    left, right = names_of(look.view, look.other, say)
    return (
        map_name_html(say.t("Left map"), left, scenes[0], say),
        map_name_html(say.t("Right map"), right, scenes[1], say),
    )


def _drilled(look: Look) -> Paint:
    paint = drill_payload if look.view.state else paint_payload
    return paint(look.atlas, look.scene, look.view, look.say)


def _drill_finding(look: Look) -> str:
    if not look.view.state:
        return ""
    return drill_words(look.atlas, drill(look.atlas, look.scene, look.view.state), look.say)[0]


def _change_finding(look: Look) -> str:
    return difference_words(look.change, look.view, look.other, look.say)


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool; what it leaves out stays as it is without one.

    `paint` restyles the map. `finding` is what a link to the tool unfolds to, empty for
    the finding of the view. `other_map` stands beside the map, whose name and its own are then
    `map_names`. `pairs` says that the tool takes two views, `on_map` that its panel is about what
    the map then shows, and stands beside it.
    """

    name: str
    label: Say
    panel: Callable[[Look], Markup] = lambda _: Markup("")
    paint: Callable[[Look], Paint] = lambda look: paint_payload(
        look.atlas, look.scene, look.view, look.say
    )
    legend: Callable[[Look], Markup] = lambda look: legend_html(
        tell(look.atlas, look.view).legend, look.scene, look.say
    )
    finding: Callable[[Look], str] = lambda _: ""
    other_map: Callable[[Look], Paint] | None = None
    map_names: Callable[[Look], tuple[Markup, Markup]] = lambda _: (Markup(""), Markup(""))
    pairs: bool = False
    on_map: bool = False


TOOLS: Final = {
    tool.name: tool
    for tool in (
        Tool(NO_TOOL, t("No tool")),
        Tool(
            "check",
            t("Check the classes"),
            lambda look: class_check_html(look.atlas, look.scene, look.view.state, look.say),
            finding=lambda look: class_check_finding(look.scene, look.say),
        ),
        Tool(
            "multiples",
            t("One map for each priority"),
            lambda look: multiples_html(look.atlas, look.view, look.say),
        ),
        Tool(
            "need",
            t("Need against aid"),
            lambda look: need_html(look.atlas, look.scene, look.view.state, look.say),
            lambda look: cross_payload(look.atlas, look.scene, look.view, look.say),
            lambda look: cross_legend_html(look.scene, look.say),
            lambda look: need_words(cross(look.scene), look.scene, look.say)[0],
            on_map=True,
        ),
        Tool(
            "compare",
            t("Compare two views"),
            lambda look: compare_html(look.atlas, look.change, look.view, look.other, look.say),
            lambda look: _linked(look, 0),
            lambda look: shared_legend_html(*look.pooled, look.say),
            _change_finding,
            lambda look: _linked(look, 1),
            _map_names,
            pairs=True,
            on_map=True,
        ),
        Tool(
            "difference",
            t("Difference of two views"),
            lambda look: difference_html(look.atlas, look.change, look.view, look.other, look.say),
            lambda look: difference_payload(look.atlas, look.change, look.view, look.say),
            lambda look: difference_legend_html(look.change, look.view, look.other, look.say),
            _change_finding,
            pairs=True,
            on_map=True,
        ),
        Tool(
            "time",
            t("Year by year"),
            lambda look: years_html(look.atlas, look.view, look.say),
        ),
        Tool(
            "municipalities",
            t("Municipalities of a state"),
            lambda look: drill_html(look.atlas, look.scene, look.view.state, look.say),
            _drilled,
            finding=_drill_finding,
            on_map=True,
        ),
    )
}
"""Name of a tool → the tool, in the order of the menu."""
