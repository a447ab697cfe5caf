"""The Map page: the finding, the choropleth, what is not on it, a state's profile, the ranking."""

from __future__ import annotations

import streamlit as st

from geo.chapters.map import (
    beneath_html,
    find_html,
    finding_html,
    nothing_left_html,
    on_map_html,
    state_panel_html,
    under_html,
    what_html,
)
from geo.drawing import build_shelf, missing_html
from geo.scene import build_scene
from geo.words import tell
from pages import _controls, _drawer, _head, _reader, _tools
from pages._embed import embedded
from pages._map import draw_map, select_state
from pages._show import show
from pages._turn import rest, turn

MAP_KEY = "atlas_map"

HEAD_START = 0.1
HEAD_START_ON_ARRIVAL = 0.25
"""Seconds between the messages of the finding and the map and those of the rest of the page.

The browser works on the page and the map in one thread; given everything at once, it paints the
map last.
"""


@st.fragment
def body() -> None:
    """All of the page but its sidebar.

    A choice made here runs this alone: the browser is spared the work on everything else.
    """
    with turn():
        _reader.keep_step()
        atlas, view, say = _reader.atlas(), _reader.view(), _reader.say()
        scene, telling = build_scene(atlas, view), tell(atlas, view)

        page = st.container(key="page")
        with page:
            top = _head.row()
            find = st.container(key="find")
            tools = st.container(horizontal=True, key="tools")
            measured = st.container(key="measure")
            plan = st.container(key="map")
        with top:
            _head.finding(finding_html(telling))
        with plan:
            draw_map(MAP_KEY, _tools.paint(scene), select_state)
        rest(HEAD_START_ON_ARRIVAL if _reader.arrived() else HEAD_START)
        with page:
            panel = st.container(key="panel")
            under = st.container(key="under")
        with plan:
            show(on_map_html(_tools.legend(scene)))
        with find:
            show(find_html(build_shelf(atlas), say))
        with top:
            show(what_html(scene, view, say))
        with measured:
            _controls.measure(bare=True)
        with tools:
            _controls.show()
            _controls.per(bare=True)
            _drawer.buttons()
        with panel:
            _tools.show_tool(scene, on_map=True)
            show(
                _drawer.chips(),
                nothing_left_html(scene, view, say),
                state_panel_html(atlas, scene, view, say),
                missing_html(view, say),
            )
        with under:
            show(
                _tools.map_names(scene),
                under_html(telling, view, say),
                _tools.views(),
            )
        with page:
            _tools.other_map(scene)
        with st.container():
            _tools.show_tool(scene, on_map=False)
            show(beneath_html(atlas, scene, telling, view, say))


if st.context.is_embedded:
    with turn():
        embedded(MAP_KEY)
else:
    body()
    with _drawer.drawer():
        _controls.years()
        _controls.evidence()
        _controls.pillars()
        _controls.given()
        _controls.dollars()
        _controls.layers()
        _controls.classes()
