"""Behind a proxy that lets no socket through, the page stays, says so and works as links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geo.language import speech
from geo.share.unconnected import PATIENCE_MS
from tests.browser.atlas_page import LIMIT
from tests.browser.no_upgrade import proxy_without_upgrade
from tests.browser.visits import Visited, looks_at, visit
from tests.covering import seldom

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext


@pytest.mark.parametrize("lang", ["es", *seldom("en")])
def test_where_no_socket_opens_the_page_stays_and_says_so(
    open_context: Callable[..., BrowserContext], server: str, lang: str
) -> None:
    with proxy_without_upgrade(server) as proxy:
        page = open_context(base_url=proxy).new_page()
        page.goto(f"/?measure=usd&per=poverty&state=08&lang={lang}", wait_until="domcontentloaded")
        notice = page.locator("#ma-unconnected")
        expect(notice).to_be_hidden()
        expect(notice).to_be_visible(timeout=LIMIT)
        say = speech(lang)
        expect(notice).to_have_text(
            say.t(
                "No lasting connection to the server could be opened, so the map cannot be moved "
                "here. All choices on this page work as links."
            )
        )
        expect(page.locator("#ma-first .ma-still svg path#m08")).to_be_visible()
        expect(page.locator("#root")).to_be_hidden()
        page.locator("#ma-first .ma-ranking a", has_text="Veracruz").click()
        page.wait_for_url("**state=30**")
        expect(page.locator("#ma-first .ma-panel h2")).to_have_text("Veracruz")


@looks_at([visit("sites")])
def test_a_page_that_is_connected_says_nothing_of_it(look: Visited) -> None:
    look.page.wait_for_timeout(PATIENCE_MS + 500)
    expect(look.page.locator("#ma-unconnected")).to_be_hidden()
