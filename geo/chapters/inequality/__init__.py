"""How unequal, and how sure: the second half of the Evidence page."""

from geo.chapters.inequality.page import inequality_html, opening_html
