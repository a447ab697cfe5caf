"""The drawer "More choices": what few readers change, out of the way of the map and one press away.

It is a part of the page that `drawer.js` opens and closes, so that its widgets are always there:
nothing is built or thrown away by opening it, and they stay in step with the address.
"""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from geo.chapters.map import chips_html
from geo.drawing import drawer_buttons_html, drawer_head_html
from geo.words import choices_named
from pages import _reader
from pages._show import show


def drawer() -> DeltaGenerator:
    """Where the further choices stand, with the heading and the button that closes it."""
    inside = st.container(key="drawer")
    with inside:
        show(drawer_head_html(_reader.say()))
    return inside


def buttons() -> None:
    """What opens the drawer."""
    view, say = _reader.view(), _reader.say()
    show(drawer_buttons_html(view, len(choices_named(view, say)), say))


def chips() -> Markup:
    """The choices of the drawer that are not the first map's, each to be taken away."""
    return chips_html(choices_named(_reader.view(), _reader.say()), _reader.say())
