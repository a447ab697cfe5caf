"""The page *Is the essay right?*: its first recommendation, claim by claim, with its verdicts."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from geo.chapters.evidence import (
    FACTORS,
    Asked,
    claims_html,
    evidence_head,
    further_html,
    objections_html,
    reporting_html,
    reporting_lead_html,
)
from pages import _controls, _reader
from pages._head import head
from pages._show import show

atlas, view, say = _reader.atlas(), _reader.view(), _reader.say()
asked: Asked = _reader.own()

head(*evidence_head(atlas, asked, say))
with st.spinner(say.t("Every claim is counted in every way …")):
    show(claims_html(atlas, view, asked, st.context.url or "", say))
with st.spinner(say.t("Every objection is recomputed …")):
    show(objections_html(atlas, say))
show(reporting_lead_html(atlas, say))
_controls.bound(
    st.select_slider,
    say.t("Southern evidence, multiplied by"),
    FACTORS,
    key="w_under",
    shown=asked.under,
    take=lambda factor: _reader.change_own(replace(_reader.own(), under=factor)),
    value=asked.under,
    format_func=lambda value: say.t("{value}×", value=say.number(value, 1)),
)
show(reporting_html(atlas, asked.under, say), further_html(view, say))
