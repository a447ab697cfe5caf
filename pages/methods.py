"""The Data and methods page: sources, the ledger, what did not match, gaps, terms, downloads."""

from __future__ import annotations

import streamlit as st

from geo.atlas import MAX_SEARCH
from geo.chapters.methods import (
    closing_html,
    ledger_html,
    ledger_opening_html,
    opening_html,
)
from geo.drawing import missing_html
from geo.share import downloads_part_html
from pages import _controls, _reader
from pages._head import head
from pages._show import show

SEARCH = "w_search"

atlas, view, say = _reader.atlas(), _reader.view(), _reader.say()

head(*_reader.told())
show(opening_html(atlas, say))
show(ledger_opening_html(say))
search = st.text_input(
    say.t("Words in title, place, note or source"),
    key=SEARCH,
    max_chars=MAX_SEARCH,
    placeholder=say.t("for example: Tijuana, prisons, M035"),
)
_controls.pillars()
with st.container(horizontal=True, vertical_alignment="bottom"):
    _controls.weak()
    _controls.found()
    _controls.named()
    _controls.state()
    _controls.years()
_controls.given()
show(ledger_html(atlas, view, search, say))
show(closing_html(atlas, say), missing_html(view, say))
show(downloads_part_html(atlas, view, search, say))
