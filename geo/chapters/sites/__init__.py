"""The Sites page: the places the essay names."""

from geo.chapters.sites.page import cards_html, glance_html, key_html, sites_titled, sites_told
from geo.chapters.sites.paint import site_payload
from geo.chapters.sites.words import FRAME_NAMES
