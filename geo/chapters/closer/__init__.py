"""The tools of the Map page's *More views*."""

from geo.chapters.closer.page import (
    map_called,
    map_titled,
    map_told,
    names_html,
    tool_open,
    views_html,
)
from geo.chapters.closer.query import PAIRS, TOOLS_QUERY, Opened, pair_of
from geo.chapters.closer.tools import TOOLS, Look, Tool
