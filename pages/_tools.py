"""The analyst's tools of the Map page: nothing of them runs until one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.chapters.closer import PAIRS, TOOLS, Look, Opened, Tool, pair_of
from geo.drawing import opened_html
from pages import _controls, _reader
from pages._map import draw_map, select_state
from pages._show import show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from geo.drawing import Paint
    from geo.scene import Scene

OTHER_MAP_KEY = "atlas_map_other"
CUSTOM = "custom"
TOOL_WIDTH = 250
PAIR_WIDTH = 420
"""Widths of the two menus in pixels; a narrow window makes them narrower."""


def _opened() -> Opened:
    own = _reader.own()
    return own if isinstance(own, Opened) else Opened()


def _tool() -> Tool:
    return TOOLS[_opened().tool]


def _look(scene: Scene) -> Look:
    view = _reader.view()
    return Look(_reader.atlas(), scene, view, _opened().other(view), _reader.say())


def columns(usual: Sequence[float]) -> Sequence[float]:
    """Widths of the map and of what stands beside it: another map gets as much room."""
    return (1, 1) if _tool().other_map else usual


def paint(scene: Scene) -> Paint:
    """What the map shows."""
    return _tool().paint(_look(scene))


def map_names(scene: Scene) -> tuple[Markup, Markup]:
    """What stands under the map and under another one beside it: which view each is."""
    return _tool().map_names(_look(scene))


def other_map(scene: Scene) -> None:
    """The second map of a comparison, with its name, at the head of the right column."""
    other = _tool().other_map
    if other:
        draw_map(OTHER_MAP_KEY, other(_look(scene)), select_state)
        show(map_names(scene)[1])


def legend(scene: Scene) -> Markup:
    """The legend of what the map shows."""
    return _tool().legend(_look(scene))


def show_tool(scene: Scene) -> None:
    """The part of the page that belongs to the open tool."""
    panel = _tool().panel(_look(scene))
    show(opened_html("tool", _opened().tool, panel) if panel else panel)


def chooser() -> None:
    """Which tool is open, and where it takes two views, which ones."""
    say = _reader.say()
    key, shown, names = "w_tool", _opened().tool, list(TOOLS)
    _controls.seed(key, shown, always=True)
    chosen = st.selectbox(
        say.t("Look closer"),
        names,
        key=key,
        index=names.index(shown),
        format_func=lambda name: TOOLS[name].label(say),
        on_change=_tool_chosen,
        width=TOOL_WIDTH,
    )
    if chosen in TOOLS:
        _controls.heed(chosen, shown, _take_tool)
    if _tool().pairs:
        _pair()


def _tool_chosen() -> None:
    tool = st.session_state["w_tool"]
    if tool in TOOLS and tool != _opened().tool:
        _take_tool(tool)


def _take_tool(tool: str) -> None:
    _reader.change_own(Opened(tool, _opened().changes if TOOLS[tool].pairs else ()))


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
