"""What stands at an address, and what its link unfolds to."""

from __future__ import annotations

from typing import Final

from geo.atlas import Atlas
from geo.briefing import BRIEFING
from geo.chapters import page_at, register
from geo.share import Preview, preview_of
from geo.view import Query

PAGES: Final = register(BRIEFING)
"""Path of an address → the page that is served there."""


def announced(atlas: Atlas, path: str, query: Query) -> Preview:
    """The preview of what stands at `path` with `query`; any of both has one."""
    return preview_of(atlas, page_at(PAGES, path), query)
