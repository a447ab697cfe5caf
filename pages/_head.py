"""The head of every page: what a link got wrong, the finding with its caveat, and the language."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo import html
from geo.sentence import ignored
from pages import _controls, _reader
from pages._show import show

COLUMNS: Final = (4.3, 1.25)
"""Widths of the finding and of the language control beside it."""


def finding(headline: str, caveat: str) -> None:
    """What a link got wrong, in one line, and the page's finding."""
    show(
        html.note_html(ignored(_reader.notices(), _reader.say())),
        html.headline_html(headline, caveat),
    )


def head(headline: str, caveat: str) -> None:
    """The finding with the language control beside it."""
    words, languages = st.columns(COLUMNS, vertical_alignment="top")
    with words:
        finding(headline, caveat)
    with languages:
        _controls.language()
