"""Putting prepared HTML on the page."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup


def show(markup: Markup) -> None:
    """Show escaped HTML; nothing at all where there is nothing to say."""
    if markup:
        st.html(str(markup))
