"""The Background page: what the Initiative was, and what is known of its money."""

from geo.chapters.background.fiscal_years import fiscal_years_html
from geo.chapters.background.money_tables import conflicts_html, spans_html, unused_html
from geo.chapters.background.page import (
    advice_html,
    background_caveat,
    background_headline,
    section_html,
    totals_html,
)
from geo.chapters.background.priorities import priorities_html
from geo.chapters.background.timeline import timeline_html
