"""The head of every page: what a link got wrong, the finding with its caveat, and the language."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.drawing import headline_html, note_html, share_button_html
from geo.scene import build_scene
from geo.share import changed_since
from geo.words import ignored
from pages import _controls, _reader
from pages._show import NOTHING, show


def row() -> DeltaGenerator:
    """Where the finding stands, with the language control to its right."""
    return st.container(horizontal=True, vertical_alignment="top", key="head")


def finding(headline: str, caveat: str) -> None:
    """What a link got wrong, in one line, and the page's finding."""
    show(
        note_html(ignored(_reader.notices(), _reader.say())),
        note_html(_since()),
        headline_html(headline, caveat),
        NOTHING if st.context.is_embedded else share_button_html(_reader.say()),
    )


def _since() -> str:
    """What has changed since the link was made, if it says with what data it was."""
    mark = _reader.mark()
    if not mark:
        return ""
    scene = build_scene(_reader.atlas(), _reader.view())
    return changed_since(mark, _reader.atlas(), scene, _reader.say())


def head(headline: str, caveat: str) -> None:
    """The finding with the language control beside it."""
    with row():
        finding(headline, caveat)
        _controls.language()
