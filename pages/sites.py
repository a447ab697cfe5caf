"""The Sites page: every place the essay names, on the map and as a card."""

from __future__ import annotations

import streamlit as st

from geo.atlas import FRAMES
from geo.chapters.sites import (
    FRAME_NAMES,
    cards_html,
    glance_html,
    key_html,
    site_payload,
)
from geo.view import YEARS
from pages import _controls, _reader
from pages._head import head
from pages._map import draw_map
from pages._show import show

MAP_KEY = "sites_map"


def _take_year(year: int) -> None:
    """The year of the sites is the last year of the view; the first one gives way to it."""
    _reader.change(to_year=year, from_year=min(_reader.view().from_year, year))


atlas, view, say = _reader.atlas(), _reader.view(), _reader.say()
chosen = (st.session_state.get(MAP_KEY) or {}).get("site", "")

head(*_reader.told())
tools, body, below = (st.container() for _ in range(3))
with tools, st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
    _controls.bound(
        st.select_slider,
        say.t("Open or not, at the end of"),
        YEARS,
        key="w_site_year",
        shown=view.to_year,
        take=_take_year,
        value=view.to_year,
        help=say.t("The last year of the view: it is in the link, and goes along to the map."),
        width=420,
    )
    at = st.segmented_control(
        say.t("Take the map to"),
        list(FRAMES),
        key="w_site_frame",
        default="all",
        required=True,
        wrap=True,
        format_func=lambda name: FRAME_NAMES[name](say),
    )
with body:
    left, right = st.columns([2, 1], gap="medium")
with left:
    payload = site_payload(atlas, say, year=view.to_year, chosen=chosen, frame=at or "all")
    draw_map(MAP_KEY, payload)
    show(key_html(view.to_year, say))
with right:
    show(glance_html(atlas, view.to_year, chosen, say))
with below:
    show(cards_html(atlas, view, chosen, say))
