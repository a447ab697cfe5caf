"""Addresses of views, relative to the page they stand on."""

from __future__ import annotations

from urllib.parse import urlencode

from geo.view import View, spell_query


def address_of(view: View, page: str = "./") -> str:
    """The address of a view, relative to a page of the atlas."""
    query = urlencode(spell_query(view))
    return f"{page}?{query}" if query else page
