"""The head of every page: what a link got wrong, and the finding with its caveat."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from geo.drawing import headline_html, note_html
from geo.share import since_html
from geo.words import ignored
from pages import _reader
from pages._show import show


def row() -> DeltaGenerator:
    """Where the finding stands."""
    return st.container(key="head")


def finding(found: Markup) -> None:
    """What a link got wrong, in one line, and the page's finding."""
    show(
        note_html(ignored(_reader.notices(), _reader.say())),
        note_html(_since()),
        found,
    )


def _since() -> Markup | str:
    """What has changed since the link was made, if it says with what data it was."""
    mark = _reader.mark()
    if not mark:
        return ""
    return since_html(mark, _reader.atlas(), _reader.view(), _reader.say())


def head(headline: str, caveat: str) -> None:
    """The finding where it stands."""
    with row():
        finding(headline_html(headline, caveat))
