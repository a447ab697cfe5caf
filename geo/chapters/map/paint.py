"""The paint of a view: only class indices, colours and labels by state code.

The map it restyles is `geo.drawing.web_map`'s, which loads the boundaries by HTTP.
"""

from __future__ import annotations

from functools import lru_cache

from geo.atlas import Atlas
from geo.chapters.map.state_card import is_ranked, ranked_text
from geo.drawing import ScenePaint
from geo.language import Speech
from geo.policy import SCENES_KEPT
from geo.scene import NO_DATA, Scene, StateScene, municipalities_reached
from geo.view import View
from geo.words import (
    STATUS_FILLS,
    caption,
    class_fills,
    is_plain,
    measure_label,
    tell,
    value_text,
)


def paint_payload(atlas: Atlas, scene: Scene, view: View, say: Speech) -> ScenePaint:
    """What a paint says of a scene; `fills` are by class, `others` by status."""
    payload: ScenePaint = {
        "lang": say.lang,
        "fills": class_fills(scene),
        "others": list(STATUS_FILLS.values()),
        "at": {state.code: fill_index(state.klass, state.status) for state in scene.states},
        "labels": tooltips(atlas, scene, say),
        "layers": view.layers,
        "selected": view.state,
        "alt": tell(atlas, view).headline,
    }
    if any(state.status == NO_DATA for state in scene.states):
        payload["without"] = value_text(None, NO_DATA, view, say)
    if scene.numbered:
        payload["ranked"] = ranked_text("{rank}", scene, say)
        if view.show != "share":
            payload["shared"] = say.t("{share} of all", share="{share}")
    if not is_plain(view):
        payload["measured"] = measure_label(view, say)
    if "municipalities" in view.layers:
        payload["municipalities"] = {
            code: say.n("{count} documented activity", "{count} documented activities", count)
            for code, count in municipalities_reached(scene).items()
        }
    return payload


def fill_index(klass: int | None, status: str) -> int:
    """The place of a class among the fills of a scene, or of a status among its others."""
    return -1 - list(STATUS_FILLS).index(status) if klass is None else klass


@lru_cache(maxsize=SCENES_KEPT)
def tooltips(atlas: Atlas, scene: Scene, say: Speech) -> dict[str, list[str]]:
    """Each state's name, number, rank and share, by INEGI code; without a number the name alone.

    The map's tooltip shows them, and a screen reader reads them.
    """
    return {
        state.code: [
            atlas.states[state.code].names[say.lang],
            *([] if state.status == NO_DATA else [_number(state, scene.view, say)]),
            *([say.number(state.rank), *_share(state, scene, say)] if is_ranked(state) else []),
        ]
        for state in scene.states
    }


def _share(state: StateScene, scene: Scene, say: Speech) -> list[str]:
    """A state's share of all, where it is not the number itself."""
    share = state.measure.share
    return [] if share is None or scene.view.show == "share" else [say.percent(share, 1)]


def _number(state: StateScene, view: View, say: Speech) -> str:
    """A state's number; of activities with the word for them, which follows the number."""
    number = value_text(state.value, state.status, view, say)
    counted = caption(state.value, state.status, view, say) if is_plain(view) else ""
    return f"{number} {counted}".strip()
