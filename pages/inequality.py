"""The page *How unequal, and how sure?*: every index of the view, with all it could be."""

from __future__ import annotations

import streamlit as st

from geo.chapters.inequality import inequality_html, opening_html
from geo.chapters.map import nothing_left_html
from geo.drawing import note_html
from geo.scene import build_scene
from geo.words import tell
from pages import _controls, _reader
from pages._head import head
from pages._show import show

atlas, view, say = _reader.atlas(), _reader.view(), _reader.say()

head(*_reader.told())
show(opening_html(say))
with st.container(horizontal=True, vertical_alignment="bottom"):
    _controls.measure()
    _controls.dollars()
    _controls.per(against=True)
    _controls.weak()
    _controls.found()
    _controls.named()
# Beside each other, the priorities would be cut off on a phone instead of wrapping.
_controls.pillars()
_controls.given()
_controls.years()
show(
    note_html(tell(atlas, view).filters),
    nothing_left_html(build_scene(atlas, view), view, say),
)
show(inequality_html(atlas, view, say))
