"""The Map page: the paint, the legend, what is not on the map, the profile, the ranking."""

from geo.chapters.map.beneath import beneath_html
from geo.chapters.map.beside import (
    national_html,
    nothing_left_html,
    ranking_html,
    reasons_html,
    remainder_html,
    remainder_lead_html,
)
from geo.chapters.map.find import find_html
from geo.chapters.map.first import (
    finding_html,
    on_map_html,
    under_html,
    view_told,
    what_html,
)
from geo.chapters.map.legend import legend_html, map_key_html
from geo.chapters.map.paint import fill_index, paint_payload
from geo.chapters.map.panel import chips_html, panel_told, state_panel_html
from geo.chapters.map.profile import Profile, Told, profile_html, profile_of
from geo.chapters.map.receipts import receipt_page_html
from geo.chapters.map.state_card import state_facts
