"""The Map page: the finding, the choropleth, what is not on it, a state's profile, the ranking."""

from __future__ import annotations

import streamlit as st

from geo.chapters.map import (
    explanation_html,
    map_key_html,
    map_sources_html,
    national_html,
    nothing_left_html,
    profile_html,
    ranking_html,
    reasons_html,
    remainder_html,
    remainder_lead_html,
    state_card_html,
)
from geo.drawing import beside_html, missing_html, note_html
from geo.scene import build_scene
from geo.words import description_html, tell
from pages import _controls, _head, _reader, _tools
from pages._embed import embedded
from pages._map import draw_map, select_state
from pages._show import NOTHING, show
from pages._turn import rest, turn

MAP_KEY = "atlas_map"

COLUMNS = (2.6, 1)
"""Widths of the map and of what stands beside it."""

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

        top = _head.row()
        with top:
            _head.finding(telling.headline, telling.caveat)
        # A container with nothing in it has no height, whatever a style says.
        tools = st.container(horizontal=True, vertical_alignment="bottom", key="tools")
        tools.empty()
        left, right = st.columns(_tools.columns(COLUMNS), gap="medium")
        with left:
            draw_map(MAP_KEY, _tools.paint(scene), select_state)
        rest(HEAD_START_ON_ARRIVAL if _reader.arrived() else HEAD_START)
        with top:
            _controls.language()
        with tools:
            _controls.measure()
            _controls.show()
            _controls.per()
            with st.popover(say.t("What is this number?")):
                show(explanation_html(scene, view, say))
            _tools.chooser()
        with left:
            show(_tools.map_names(scene)[0], map_key_html(view, say), map_sources_html(view, say))
        with right:
            _tools.other_map(scene)
            _controls.state()
            show(
                nothing_left_html(scene, view, say),
                state_card_html(atlas, scene, view.state, say) if view.state else NOTHING,
                _tools.legend(scene),
                (remainder_lead_html if view.state else remainder_html)(telling, say),
                missing_html(view, say),
            )
        _tools.show_tool(scene)
        show(
            beside_html(
                (
                    note_html(telling.filters),
                    profile_html(atlas, scene, view.state, say) if view.state else NOTHING,
                    description_html(atlas, scene, say, view.state),
                    ranking_html(atlas, scene, view, say),
                ),
                (
                    reasons_html(telling, say) if view.state else NOTHING,
                    national_html(scene, say),
                ),
            )
        )


if st.context.is_embedded:
    with turn():
        embedded(MAP_KEY)
else:
    # There before anything else is, so that what comes does not move aside for it.
    sidebar = st.sidebar.container()
    body()
    with sidebar:
        _controls.evidence()
        _controls.pillars()
        _controls.given()
        _controls.years()
        _controls.dollars()
        _controls.layers()
        _controls.classes()
