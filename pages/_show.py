"""Putting prepared HTML on the page."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from pages import _turn

NOTHING = Markup("")
"""What stands where there is nothing to say."""


def show(*parts: Markup) -> None:
    """Show escaped HTML, all parts as one element; no element where there is nothing to say.

    What follows it on a page is worked on once nobody has a turn who needs a moment only.
    """
    if markup := NOTHING.join(parts):
        st.html(str(markup))
    _turn.give_way()
