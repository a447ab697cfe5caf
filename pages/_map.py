"""The map on a page: the same sealed base everywhere, and a click that selects a state."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from geo.drawing import HEIGHT, Paint, as_layer, base_map, build_shelf
from geo.view import STATE_CODES
from pages import _reader


def draw_map(key: str, paint: Paint, on_click: Callable[[str], None] | None = None) -> None:
    """Show the base map with a paint; `on_click` is told the map's key."""
    # Imported before the server runs, the component would be registered nowhere.
    from streamlit_folium import st_folium

    atlas = _reader.atlas()
    st_folium(
        base_map(build_shelf(atlas)),
        render=False,
        key=key,
        height=HEIGHT,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=as_layer(paint),
        on_change=None if on_click is None else lambda: on_click(key),
    )


def select_state(key: str) -> None:
    """A state was clicked on the map of that key: the same one again lets go of it."""
    code = (st.session_state.get(key) or {}).get("state")
    if code in STATE_CODES:
        _reader.change(state="" if code == _reader.view().state else code)
