"""The analyst's tools of the Map page: nothing of them runs until one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.chapters.closer import PAIR_NAMES, PAIRS, TOOL_NAMES, TOOLS, Tools, pair_of
from geo.chapters.map import legend_html, paint_layer, paint_payload
from geo.drawing import as_layer
from geo.words import tell
from pages import _controls, _reader
from pages._map import draw_map, select_state
from pages._show import NOTHING, show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from geo.scene import Scene

OTHER_MAP_KEY = "atlas_map_other"
CUSTOM = "custom"
TOOL_WIDTH = 250
PAIR_WIDTH = 420
"""Widths of the two menus in pixels; a narrow window makes them narrower."""


def _own() -> Tools:
    own = _reader.own()
    return own if isinstance(own, Tools) else Tools()


def columns(usual: Sequence[float]) -> Sequence[float]:
    """Widths of the map and of what stands beside it: another map gets as much room."""
    return (1, 1) if _own().tool == "compare" else usual


def layer(scene: Scene) -> Any:
    """What the map shows."""
    atlas, view, say, own = _reader.atlas(), _reader.view(), _reader.say(), _own()
    if own.tool == "need":
        from geo.chapters.closer import cross_layer

        return cross_layer(atlas, scene, view, say)
    if own.tool == "difference":
        from geo.chapters.closer import difference_layer
        from geo.scene import difference

        return difference_layer(atlas, difference(atlas, view, own.other(view)), view, say)
    if own.tool == "compare":
        from geo.scene import compare

        pooled, _ = compare(atlas, view, own.other(view))
        return as_layer(paint_payload(atlas, pooled, view, say) | {"linked": True})
    if own.tool == "municipalities" and view.state:
        from geo.chapters.closer import drill_payload

        told = paint_payload(atlas, scene, view, say)
        return as_layer(told | {"drill": drill_payload(atlas, scene, view.state, say)})
    return paint_layer(atlas, scene, view, say)


def other_map() -> None:
    """The second map of a comparison, with its name, at the head of the right column."""
    own = _own()
    if own.tool != "compare":
        return
    from geo.chapters.closer import map_name_html, names_of
    from geo.scene import compare

    atlas, view, say = _reader.atlas(), _reader.view(), _reader.say()
    other = own.other(view)
    _, pooled = compare(atlas, view, other)
    told = paint_payload(atlas, pooled, other.with_(state=view.state), say) | {"linked": True}
    draw_map(OTHER_MAP_KEY, as_layer(told), select_state)
    show(map_name_html(say.t("Right map"), names_of(view, other, say)[1], pooled, say))


def map_name(scene: Scene) -> Markup:
    """What stands under the map itself when another one stands beside it."""
    own = _own()
    if own.tool != "compare":
        return NOTHING
    from geo.chapters.closer import map_name_html, names_of

    view, say = _reader.view(), _reader.say()
    name = names_of(view, own.other(view), say)[0]
    return map_name_html(say.t("Left map"), name, scene, say)


def legend(scene: Scene) -> Markup:
    """The legend of what the map shows."""
    atlas, view, say, own = _reader.atlas(), _reader.view(), _reader.say(), _own()
    if own.tool == "need":
        from geo.chapters.closer import cross_legend_html

        return cross_legend_html(scene, say)
    if own.tool == "difference":
        from geo.chapters.closer import difference_legend_html
        from geo.scene import difference

        other = own.other(view)
        return difference_legend_html(difference(atlas, view, other), view, other, say)
    if own.tool == "compare":
        from geo.chapters.closer import shared_legend_html
        from geo.scene import compare

        return shared_legend_html(*compare(atlas, view, own.other(view)), say)
    return legend_html(tell(atlas, view).legend, scene, say)


def chooser() -> None:
    """Which tool is open, and where it takes two views, which ones."""
    say = _reader.say()
    key, shown = "w_tool", _own().tool
    _controls.seed(key, shown, always=True)
    chosen = st.selectbox(
        say.t("Look closer"),
        TOOLS,
        key=key,
        index=TOOLS.index(shown),
        format_func=lambda name: TOOL_NAMES[name](say),
        on_change=_tool_chosen,
        width=TOOL_WIDTH,
    )
    if chosen in TOOLS:
        _controls.heed(chosen, shown, _take_tool)
    if shown in ("compare", "difference"):
        _pair()


def _tool_chosen() -> None:
    tool = st.session_state["w_tool"]
    if tool in TOOLS and tool != _own().tool:
        _take_tool(tool)


def _take_tool(tool: str) -> None:
    keep = tool in ("compare", "difference")
    _reader.change_own(Tools(tool, _own().changes if keep else ()))


def show_tool(scene: Scene) -> None:
    """The part of the page that belongs to the open tool."""
    atlas, view, say, own = _reader.atlas(), _reader.view(), _reader.say(), _own()
    if own.tool == "check":
        from geo.chapters.closer import class_check_html

        show(class_check_html(atlas, scene, view.state, say))
    elif own.tool == "multiples":
        from geo.chapters.closer import multiples_html

        show(multiples_html(atlas, view, say))
    elif own.tool == "need":
        from geo.chapters.closer import need_html

        show(need_html(atlas, scene, view.state, say))
    elif own.tool == "time":
        from geo.chapters.closer import years_html

        show(years_html(atlas, view, say))
    elif own.tool == "municipalities":
        from geo.chapters.closer import drill_html

        show(drill_html(atlas, scene, view.state, say))
    elif own.tool in ("compare", "difference"):
        from geo.chapters.closer import compare_html, difference_html
        from geo.scene import difference

        other = own.other(view)
        tell = compare_html if own.tool == "compare" else difference_html
        show(tell(atlas, difference(atlas, view, other), view, other, say))


def _pair() -> None:
    """In what the two views differ."""
    say = _reader.say()
    key, own = "w_with", _own()
    shown = pair_of(_reader.view(), own) or CUSTOM
    options = [*PAIRS, *([CUSTOM] if shown == CUSTOM else [])]
    _controls.seed(key, shown, always=True)
    st.selectbox(
        say.t("The two views"),
        options,
        key=key,
        index=options.index(shown),
        format_func=lambda name: PAIR_NAMES[name](say),
        on_change=_pair_chosen,
        width=PAIR_WIDTH,
    )


def _pair_chosen() -> None:
    name = st.session_state["w_with"]
    if name in PAIRS and name != pair_of(_reader.view(), _own()):
        pair = PAIRS[name]
        _reader.change(**pair.view)
        _reader.change_own(Tools(_own().tool, pair.changes))
