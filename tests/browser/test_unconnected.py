"""Behind a proxy that lets no socket through, the page stays, says so and works as links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geo.language import speech
from geo.share.unconnected import PATIENCE_MS
from tests.browser.atlas_page import LIMIT, AtlasPage
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


@pytest.mark.parametrize("lang", ["es", *seldom("en")])
def test_without_a_network_what_is_asked_for_says_so_and_comes_once_it_is_back(
    open_context: Callable[..., BrowserContext], lang: str
) -> None:
    context, say = open_context(), speech(lang)
    atlas = AtlasPage(context.new_page()).open_map(measure="usd", lang=lang)
    page, told = atlas.page, atlas.page.locator("dialog[open]")
    share = page.locator(".ma-share-open").first
    box = page.get_by_role("combobox", name=say.t("Find your state or town"))
    context.set_offline(True)
    share.click()
    expect(told).to_contain_text(say.t("No connection"), timeout=LIMIT)
    page.keyboard.press("Escape")
    with page.expect_event("requestfailed"):
        box.focus()
    context.set_offline(False)
    page.route("**/places*", lambda route: route.abort())
    share.focus()
    with page.expect_event("requestfailed", lambda one: "places" in one.url):
        box.focus()
    box.fill("nuevo lar")
    lost = say.t("The places could not be loaded. Try again in a moment.")
    expect(page.locator(".ma-find [role=status]")).to_have_text(lost, timeout=LIMIT)
    # Enter asks once more; what is typed before that is lost, too, would be lost with it.
    with page.expect_console_message(lambda said: "Failed to fetch" in said.text):
        box.press("Enter")
    assert "state" not in atlas.url_params()
    page.unroute("**/places*")
    box.fill("nuevo laredo")
    expect(page.locator(".ma-find [role=option]").first).to_contain_text("Nuevo Laredo")
    page.route("**/share.html?*", lambda route: route.abort())
    share.click()
    expect(told).to_contain_text(say.t("No connection"), timeout=LIMIT)
    told.locator("[data-close]").click()
    expect(told).to_have_count(0)
    page.unroute("**/share.html?*")
    share.click()
    told.locator("#ma-link").wait_for(timeout=LIMIT)
    assert "measure=usd" in page.locator("#ma-link").input_value()
