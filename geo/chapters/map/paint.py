"""The paint of a view: only class indices, colours and labels by state code.

The map it restyles is `geo.drawing.web_map`'s, which loads the boundaries by HTTP.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import folium

from geo.atlas import Atlas
from geo.drawing import as_layer
from geo.language import Speech
from geo.policy import SCENES_KEPT
from geo.scene import Scene, municipalities_reached
from geo.view import View
from geo.words import STATUS_FILLS, class_fills, tell, value_text


def paint_layer(atlas: Atlas, scene: Scene, view: View, say: Speech) -> folium.FeatureGroup:
    """The paint of a scene as the feature group that `st_folium` sends."""
    return as_layer(paint_payload(atlas, scene, view, say))


def paint_payload(atlas: Atlas, scene: Scene, view: View, say: Speech) -> dict[str, Any]:
    """What a paint says.

    `at` gives each state its class index, or −1, −2, −3 … for the statuses in `others`; `fills`
    are the colours by class; `labels` the lines of each state's tooltip, as plain text.
    """
    statuses = list(STATUS_FILLS)
    payload: dict[str, Any] = {
        "lang": say.lang,
        "fills": class_fills(scene),
        "others": list(STATUS_FILLS.values()),
        "at": {
            state.code: -1 - statuses.index(state.status) if state.klass is None else state.klass
            for state in scene.states
        },
        "labels": tooltips(atlas, scene, say),
        "layers": view.layers,
        "selected": view.state,
        "alt": tell(atlas, view).headline,
    }
    if "municipalities" in view.layers:
        payload["municipalities"] = {
            code: say.n("{count} documented activity", "{count} documented activities", count)
            for code, count in municipalities_reached(scene).items()
        }
    return payload


@lru_cache(maxsize=SCENES_KEPT)
def tooltips(atlas: Atlas, scene: Scene, say: Speech) -> dict[str, list[str]]:
    """Each state's name and number, as the map's tooltip shows them, by INEGI code."""
    return {
        state.code: [
            atlas.states[state.code].names[say.lang],
            value_text(state.value, state.status, scene.view, say),
        ]
        for state in scene.states
    }
