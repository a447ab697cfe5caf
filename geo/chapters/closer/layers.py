"""The layers that tools paint on the map: need against aid, and the difference of two views."""

from __future__ import annotations

import folium

from geo.atlas import Atlas
from geo.chapters.map import paint_payload
from geo.drawing import as_layer
from geo.language import Speech
from geo.scene import Difference, Scene
from geo.view import View
from geo.words import STATUS_FILLS


def cross_layer(atlas: Atlas, scene: Scene, view: View, say: Speech) -> folium.FeatureGroup:
    """Need against aid on the map: each state in the colour of its class on both axes."""
    from geo.chapters.closer.bivariate import cross

    crossed = cross(scene)
    fills = sorted({state.fill for state in crossed.states})
    told = paint_payload(atlas, scene, view, say) | {
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
    return as_layer(told)


def difference_layer(
    atlas: Atlas, made: Difference, view: View, say: Speech
) -> folium.FeatureGroup:
    """What the second view has more or less, as a diverging map."""
    from geo.chapters.closer.comparison import change_text, difference_fills

    fills, statuses = difference_fills(made), list(STATUS_FILLS)
    told = paint_payload(atlas, made.first, view, say) | {
        "fills": fills,
        "at": {
            state.code: -1 - statuses.index(state.status) if state.klass is None else state.klass
            for state in made.states
        },
        "labels": {
            state.code: [
                atlas.states[state.code].names[say.lang],
                change_text(state.change, made, say),
            ]
            for state in made.states
        },
        "alt": say.t("Map of the difference between two views"),
    }
    return as_layer(told)
