"""The page *How unequal, and how sure?*: every index of a view, with all it could be."""

from geo.chapters.inequality.page import (
    inequality_html,
    inequality_titled,
    inequality_told,
    opening_html,
)
