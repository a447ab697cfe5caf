"""The Rebalance page: what a fairer spread would be."""

from geo.chapters.rebalance.api import problem_of, rebalance_csv, rebalance_json
from geo.chapters.rebalance.list import ranked_html
from geo.chapters.rebalance.page import (
    card_html,
    change_legend_html,
    cross_html,
    rebalance_called,
    rebalance_file_name,
    rebalance_titled,
    rebalance_told,
    scenario_title,
    steps_html,
    take_html,
    title_html,
)
from geo.chapters.rebalance.paint import change_classes, change_legend, change_payload, layers_shown
from geo.chapters.rebalance.words import BY, rebalance_caveat, rebalance_headline, trouble_text
