"""Behind a proxy that lets no socket through, the page says so and gives the files of its view."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from geo.language import speech
from geo.share.unconnected import WITHOUT_SOCKET
from geo.view import View, read_query
from tests.browser.atlas_page import LIMIT, AtlasPage
from tests.browser.no_upgrade import proxy_without_upgrade

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

VIEW = View(measure="usd", per="poverty", state="08")


@pytest.mark.parametrize("lang", ["en", "es"])
def test_no_skeleton_stands_for_ever_where_no_socket_opens(
    open_context: Callable[..., BrowserContext], server: str, lang: str
) -> None:
    with proxy_without_upgrade(server) as proxy:
        page = open_context(base_url=proxy).new_page()
        page.goto(f"/?measure=usd&per=poverty&state=08&lang={lang}", wait_until="domcontentloaded")
        notice = page.locator("#ma-unconnected")
        expect(notice).to_be_hidden()
        expect(notice).to_be_visible(timeout=LIMIT)
        say = speech(lang)
        expect(notice).to_contain_text(
            say.t(
                "This page needs a lasting connection to its server, and none could be opened. The "
                "same view is here as files:"
            )
        )
        expect(page.locator('[data-testid="stSkeleton"]')).to_have_count(0)
        addresses = notice.locator("a").evaluate_all("(all) => all.map((a) => a.href)")
        assert len(addresses) == len(WITHOUT_SOCKET)
        for address in addresses:
            assert page.request.head(address).status == 200
            query = parse_qs(urlsplit(address).query)
            assert read_query(query) == (VIEW.with_(lang=lang), ())


def test_a_page_that_is_connected_says_nothing_of_it(atlas: AtlasPage) -> None:
    atlas.open("/sites")
    atlas.page.evaluate("() => document.getElementById('ma-unconnected').dataset.wait")
    atlas.page.wait_for_timeout(10_500)
    expect(atlas.page.locator("#ma-unconnected")).to_be_hidden()


def test_a_page_without_scripts_gives_the_files_at_once(
    open_context: Callable[..., BrowserContext],
) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto("/?measure=usd&lang=es", wait_until="domcontentloaded")
    shown = page.locator("noscript a, .ma-unconnected:not([hidden]) a")
    assert shown.count() == len(WITHOUT_SOCKET)
