"""The Background page: what the Initiative was, and what is known of its money."""

from geo.chapters.background.page import background_titled, background_told, sections_html
