"""The head of every page: what a link got wrong, the finding with its caveat, and the language."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo import html
from geo.sentence import ignored
from pages import _controls, _reader
from pages._show import show


def row() -> DeltaGenerator:
    """Where the finding stands, with the language control to its right."""
    return st.container(horizontal=True, vertical_alignment="top", key="head")


def finding(headline: str, caveat: str) -> None:
    """What a link got wrong, in one line, and the page's finding."""
    show(
        html.note_html(ignored(_reader.notices(), _reader.say())),
        html.headline_html(headline, caveat),
    )


def head(headline: str, caveat: str) -> None:
    """The finding with the language control beside it."""
    with row():
        finding(headline, caveat)
        _controls.language()
