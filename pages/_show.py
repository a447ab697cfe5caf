"""Putting prepared HTML on the page."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

NOTHING = Markup("")
"""What stands where there is nothing to say."""


def show(*parts: Markup) -> None:
    """Show escaped HTML, all parts as one element; no element where there is nothing to say."""
    if markup := NOTHING.join(parts):
        st.html(str(markup))
