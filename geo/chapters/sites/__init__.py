"""The Sites page: the places the essay names."""

from geo.chapters.sites.page import (
    cards_html,
    glance_html,
    key_html,
    site_payload,
    sites_titled,
    sites_told,
)
from geo.chapters.sites.words import FRAME_NAMES
