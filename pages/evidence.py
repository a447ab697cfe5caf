"""The Evidence page: the essay's first recommendation, claim by claim, with computed verdicts."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from geo.chapters.evidence import (
    FACTORS,
    Asked,
    claim_html,
    claim_options,
    contents_html,
    evidence_caveat,
    evidence_headline,
    evidence_html,
    grid_html,
    objections_html,
    option_text,
    overview_html,
    receipt_html,
    reporting_html,
    reporting_lead_html,
    rule_html,
    shown_claim,
)
from geo.chapters.inequality import inequality_html, opening_html
from geo.chapters.map import nothing_left_html
from geo.drawing import note_html
from geo.scene import build_scene
from geo.words import tell
from pages import _controls, _reader
from pages._head import head
from pages._show import show


def _take_claim(claim_id: str) -> None:
    if claim_id in claim_options(_reader.atlas()):
        _reader.change_own(replace(_reader.own(), claim=claim_id))


atlas, view, say = _reader.atlas(), _reader.view(), _reader.say()
asked: Asked = _reader.own()
claim = shown_claim(atlas, asked)

head(evidence_headline(atlas, say), evidence_caveat(atlas, say))
show(contents_html(say))
with st.spinner(say.t("Every claim is counted in every way …")):
    show(overview_html(atlas, view, asked, say))
_controls.bound(
    st.selectbox,
    say.t("The claim shown in full"),
    claim_options(atlas),
    key="w_claim",
    shown=claim.claim_id,
    take=_take_claim,
    index=claim_options(atlas).index(claim.claim_id),
    format_func=lambda claim_id: option_text(atlas, claim_id, say),
)
words, drawing = st.columns([1, 1.1], gap="large")
with words:
    show(claim_html(atlas, claim, say), receipt_html(atlas, claim, st.context.url or "", say))
with drawing:
    show(evidence_html(atlas, claim, say))
show(grid_html(atlas, claim, say))
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
show(reporting_html(atlas, asked.under, say), opening_html(say))
with st.container(horizontal=True, vertical_alignment="bottom"):
    _controls.measure()
    _controls.dollars()
    _controls.per(against=True)
    _controls.weak()
    _controls.found()
    _controls.named()
# Beside each other, the priorities would be cut off on a phone instead of wrapping.
_controls.pillars()
_controls.given()
_controls.years()
show(
    note_html(tell(atlas, view).filters),
    nothing_left_html(build_scene(atlas, view), view, say),
)
show(inequality_html(atlas, view, None, say), rule_html(atlas, say))
