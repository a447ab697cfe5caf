"""What tools paint on the map: need against aid, two views or their difference, one state."""

from __future__ import annotations

from geo.atlas import Atlas
from geo.chapters.map import fill_index, paint_payload
from geo.drawing import DrillPaint, LinkedPaint, ScenePaint
from geo.language import Speech
from geo.scene import Difference, Scene
from geo.view import View


def cross_payload(atlas: Atlas, scene: Scene, view: View, say: Speech) -> ScenePaint:
    """Need against aid on the map: each state in the colour of its class on both axes."""
    from geo.chapters.closer.bivariate import cross

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
    from geo.chapters.closer.comparison import change_text, difference_fills

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
    from geo.chapters.closer.drilldown import drilled_state

    return {
        **paint_payload(atlas, scene, view, say),
        "drill": drilled_state(atlas, scene, view.state, say),
    }
