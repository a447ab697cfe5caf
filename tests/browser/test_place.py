"""Where a reader has moved the map to: in the link, kept by what makes the map anew."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.atlas_page import LIMIT, AtlasPage
from tests.covering import seldom

if TYPE_CHECKING:
    from playwright.sync_api import Page

HAS_PLACE = "() => new URLSearchParams(location.search).has('at')"


def placed(page: Page) -> list[float]:
    query = parse_qs(urlsplit(page.url).query)
    return [float(part) for part in query["at"][0].split(",")]


def near(one: list[float], other: list[float]) -> bool:
    return all(abs(a - b) < 0.02 for a, b in zip(one, other, strict=True))


def where(atlas: AtlasPage) -> list[float]:
    view = atlas.map_frame().evaluate("() => window.atlas.view()")
    return [view["lat"], view["lng"], view["zoom"]]


def test_a_reader_who_zooms_has_it_in_the_link_and_keeps_it_through_changes(page: Page) -> None:
    atlas = AtlasPage(page).open_map()
    assert "at=" not in page.url, "a map that nobody moved is nowhere in particular"
    atlas.zoom_in()
    page.wait_for_function(HAS_PLACE, timeout=LIMIT)
    there = placed(page)
    assert near(there, where(atlas))
    atlas.choose("measure", "Dollars")
    page.wait_for_function(
        "() => location.search.includes('measure=usd') && location.search.includes('at=')",
        timeout=LIMIT,
    )
    assert near(placed(page), there)
    assert near(where(atlas), there)
    atlas.open_view_of("Compare two views")
    page.wait_for_function("() => location.search.includes('tool=compare')", timeout=LIMIT)
    atlas.wait_settled()
    assert near(where(atlas), there), "a comparison begins where the reader was"
    sent = page.url
    other = AtlasPage(page.context.new_page())
    other.page.goto(sent)
    other.wait_settled().wait_painted()
    assert near(where(other), there)
    assert "ignored" not in other.page.inner_text("body")


@pytest.mark.parametrize(
    "at", ["0,0,99", "19.4,-99.1,", *seldom("a,b,c", "23.6", "1e9,1,1", "<b>,1,1")]
)
def test_what_is_no_place_leaves_the_map_where_it_is(page: Page, at: str) -> None:
    page.goto(f"/?at={at}")
    atlas = AtlasPage(page)
    atlas.wait_settled()
    assert where(atlas)[2] < 6
    assert "ignored" not in page.inner_text("body")
