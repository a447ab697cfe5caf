"""The Background page: the Initiative in one go, from its agreement to the essay's advice."""

from __future__ import annotations

import streamlit as st

from geo.chapters.background import sections_html
from pages import _reader
from pages._head import head
from pages._show import show

section = sections_html(_reader.atlas(), _reader.view(), _reader.say())

head(*_reader.told())
show(section["timeline"])
show(section["priorities"])
chart, beside = st.columns([1.7, 1], gap="large")
with chart:
    show(section["appropriations"])
with beside:
    show(section["conflicts"])
spanned, totals = st.columns([1, 1], gap="large")
with spanned:
    show(section["spans"])
with totals:
    show(section["totals"])
show(section["recommendations"])
show(section["checks"])
