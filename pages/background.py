"""The Background page: the Initiative in one go, from its agreement to the essay's advice."""

from __future__ import annotations

import streamlit as st

from geo.atlas import fiscal_years, load_figures
from geo.chapters.background import (
    advice_html,
    background_caveat,
    background_headline,
    conflicts_html,
    fiscal_years_html,
    priorities_html,
    section_html,
    spans_html,
    timeline_html,
    totals_html,
    unused_html,
)
from pages import _reader
from pages._head import head
from pages._show import show

atlas, view, say = _reader.atlas(), _reader.view(), _reader.say()
figures = load_figures(atlas)
years = fiscal_years(figures)

head(background_headline(atlas, say), background_caveat(say))
show(
    section_html(
        say.t("From agreement to end"),
        say.t("Hollow numbers: the date is inferred."),
        timeline_html(atlas, say),
        "timeline",
    )
)
show(
    section_html(
        say.t("Five priorities"),
        say.t("What the essay says of each, and what checking its figures found."),
        priorities_html(atlas, view, say),
        "priorities",
    )
)
chart, beside = st.columns([1.7, 1], gap="large")
with chart:
    show(
        section_html(
            say.t("Appropriated by fiscal year"),
            say.t(
                "Only enacted figures for one fiscal year are drawn, never requests. Where several "
                "are published, the one for the whole year stands before one for a part of it, and "
                "one read in the source before one relayed by another."
            ),
            fiscal_years_html(years, say) + unused_html(years, say),
            "appropriations",
        )
    )
with beside:
    show(
        section_html(
            say.t("Other figures for the same years"),
            say.t("Published, and not drawn: another sum, or no act of Congress."),
            conflicts_html(years, say),
            "conflicts",
        )
    )
spanned, totals = st.columns([1, 1], gap="large")
with spanned:
    show(
        section_html(
            say.t("Figures for several years at once"),
            say.t("Enacted, as published. They overlap, so they are never added."),
            spans_html(figures, say),
            "spans",
        )
    )
with totals:
    show(
        section_html(
            say.t("How much in all? It depends on who counts"),
            say.t("Published totals for Mexico on one scale, US$0 to US$4,000 million."),
            totals_html(atlas, view, say),
            "totals",
        )
    )
show(
    section_html(
        say.t("What the essay asked for"),
        say.t("Five recommendations for 2024, in our words."),
        advice_html(atlas, view, say),
        "recommendations",
    )
)
