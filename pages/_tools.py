"""The analyst's tools of the Map page: nothing of them runs until one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.chapters.closer import (
    PAIRS,
    TOOLS,
    Look,
    Opened,
    Tool,
    names_html,
    pair_of,
    views_html,
)
from geo.drawing import opened_html
from pages import _controls, _reader
from pages._map import draw_map, select_state
from pages._show import show

if TYPE_CHECKING:
    from markupsafe import Markup

    from geo.drawing import Paint
    from geo.scene import Scene

OTHER_MAP_KEY = "atlas_map_other"
CUSTOM = "custom"
PAIR_WIDTH = 420
"""Width of the menu in pixels; a narrow window makes it narrower."""


def _opened() -> Opened:
    own = _reader.own()
    return own if isinstance(own, Opened) else Opened()


def _tool() -> Tool:
    return TOOLS[_opened().tool]


def _look(scene: Scene) -> Look:
    view = _reader.view()
    return Look(_reader.atlas(), scene, view, _opened().other(view), _reader.say())


def paint(scene: Scene) -> Paint:
    """What the map shows."""
    return _tool().paint(_look(scene))


def map_names(scene: Scene) -> Markup:
    """Which view each of two maps shows."""
    return names_html(*_tool().map_names(_look(scene)))


def other_map(scene: Scene) -> None:
    """The second map of a comparison, beside the first, in a place of its own."""
    other = _tool().other_map
    if other:
        with st.container(key="other"):
            draw_map(OTHER_MAP_KEY, other(_look(scene)), select_state)


def legend(scene: Scene) -> Markup:
    """The legend of what the map shows."""
    return _tool().legend(_look(scene))


def show_tool(scene: Scene, *, on_map: bool) -> None:
    """The part of the page that belongs to the open tool, if that is about the map, or is not."""
    if _tool().on_map != on_map:
        return
    panel = _tool().panel(_look(scene))
    if _tool().pairs:
        _pair()
    show(opened_html("tool", _opened().tool, panel) if panel else panel)


def views() -> Markup:
    """The tools as links, the open one marked."""
    return views_html(_reader.view(), _opened(), _reader.say())


def _pair() -> None:
    """In what the two views differ."""
    say = _reader.say()
    key, opened = "w_with", _opened()
    shown = pair_of(_reader.view(), opened) or CUSTOM
    options = [*PAIRS, *([CUSTOM] if shown == CUSTOM else [])]
    _controls.seed(key, shown, always=True)
    st.selectbox(
        say.t("The two views"),
        options,
        key=key,
        index=options.index(shown),
        format_func=lambda name: (
            PAIRS[name].label(say) if name in PAIRS else say.t("As in the link")
        ),
        on_change=_pair_chosen,
        width=PAIR_WIDTH,
    )


def _pair_chosen() -> None:
    name = st.session_state["w_with"]
    if name in PAIRS and name != pair_of(_reader.view(), _opened()):
        pair = PAIRS[name]
        _reader.change(**pair.view)
        _reader.change_own(Opened(_opened().tool, pair.changes))
