"""Addresses of views, relative to the page they stand on."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from geo.view.view import View, spell_query


def carried(view: View) -> dict[str, str]:
    """What a link carries: the view, and its language even where that is the default.

    An address without a language is met in the one that the reader's browser asks for; whoever
    chose another stays in it.
    """
    return spell_query(view) | {"lang": view.lang}


def address_of(view: View, page: str = "./") -> str:
    """The address of a view, relative to a page of the atlas."""
    return with_query(page, carried(view))


def with_query(page: str, query: Mapping[str, str]) -> str:
    """An address with parameters, or without where there are none."""
    return f"{page}?{urlencode(query)}" if query else page


def values_address(view: View, form: str) -> str:
    """The address of a view's values as `csv`, `json`, `geojson` or `gpkg`."""
    return address_of(view, f"/api/v1/values.{form}")


def link_of(view: View, base: str) -> str:
    """The one address of the view's page, without the host where that is not known."""
    return with_query(f"{base}/", spell_query(view))


def ledger_address(view: View, search: str) -> str:
    """The address of the listed activities as CSV."""
    query = carried(view) | ({"q": search} if search else {})
    return with_query("/api/v1/activities.csv", query)
