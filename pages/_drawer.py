"""The drawer "More choices": what few readers change, out of the way of the map and one press away.

It is a part of the page that `drawer.js` opens and closes, so that its widgets are always there:
nothing is built or thrown away by opening it, and they stay in step with the address.
"""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.drawing import drawer_head_html
from pages import _reader
from pages._show import show


def drawer() -> DeltaGenerator:
    """Where the further choices stand, with the heading and the button that closes it."""
    inside = st.container(key="drawer")
    with inside:
        show(drawer_head_html(_reader.say()))
    return inside
