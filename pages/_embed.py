"""The Map page inside another page: finding, filters, map, legend and source, nothing else."""

from __future__ import annotations

import streamlit as st

from geo.chapters.map import (
    finding_html,
    legend_html,
    nothing_left_html,
    paint_payload,
    remainder_lead_html,
)
from geo.drawing import note_html
from geo.scene import build_scene
from geo.share import embed_foot_html
from geo.words import tell
from pages import _controls, _head, _reader
from pages._map import draw_map, select_state
from pages._show import show

COLUMNS = (2.6, 1)
"""Widths of the map and of the legend beside it; a narrow frame puts one below the other."""


def embedded(key: str) -> None:
    """The whole of an embedded page, with the map under `key`."""
    atlas, view, say = _reader.atlas(), _reader.view(), _reader.say()
    scene, telling = build_scene(atlas, view), tell(atlas, view)
    _head.finding(finding_html(telling))
    show(note_html(telling.filters))
    if _reader.controls():
        with st.container(horizontal=True, vertical_alignment="bottom"):
            _controls.measure(bare=True)
            _controls.show()
            _controls.per(bare=True)
    left, right = st.columns(COLUMNS, gap="medium")
    with left:
        draw_map(key, paint_payload(atlas, scene, view, say), select_state)
    with right:
        show(
            nothing_left_html(scene, view, say),
            legend_html(telling.legend, scene, say),
            remainder_lead_html(telling, say),
        )
    show(embed_foot_html(telling, view, say))
