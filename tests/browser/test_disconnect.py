"""A connection that breaks, a tab that closes, a server that restarts: the view comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from geo.view import View
from tests.browser.atlas_page import LIMIT, AtlasPage
from tests.browser.promises import assert_shows, wait_sentence
from tests.serving import StreamlitServer, atlas_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext


def test_a_broken_connection_heals_by_itself_and_the_choice_made_meanwhile_counts(
    atlas: AtlasPage,
) -> None:
    atlas.count_socket_bytes()
    atlas.open_map(per="poverty")
    mounted = atlas.mount_id()
    moved = atlas.zoom_in().map_view()
    # In the middle of a change: the choice is on its way when the line goes dead.
    atlas.page.evaluate(
        """() => {
            const dollars = Array.from(document.querySelectorAll(".st-key-w_measure [role=radio]"))
                .find((button) => button.innerText.includes("Dollars"));
            dollars.click();
            window.socketCount.sockets.at(-1).close();
        }"""
    )
    atlas.page.wait_for_function("() => window.socketCount.sockets.length > 1", timeout=LIMIT)
    atlas.wait_settled()
    atlas.choose("show", "% of all")
    assert_shows(atlas, View(measure="usd", per="poverty", show="share"))
    assert atlas.mount_id() == mounted
    assert atlas.map_view() == moved


def test_a_reader_who_leaves_in_the_middle_disturbs_nobody_and_finds_the_view_again(
    atlas: AtlasPage, context: BrowserContext, atlas_process: StreamlitServer
) -> None:
    atlas.open_map(measure="usd")
    leaving = AtlasPage(context.new_page()).open_map(per="homicides", state="08")
    for told in ("Dollars", "Documented activity", "Dollars"):
        leaving.control("measure").get_by_role("radio", name=told, exact=True).click(
            no_wait_after=True
        )
    left_at = leaving.page.url
    leaving.page.close()
    atlas.choose("show", "% of all")
    assert_shows(atlas, View(measure="usd", show="share"))
    assert atlas_process.answers()
    back = AtlasPage(context.new_page())
    back.page.goto(left_at, wait_until="domcontentloaded")
    back.wait_settled().wait_painted()
    assert back.url_params()["state"] == ["08"]
    assert back.url_params()["per"] == ["homicides"]
    assert "Traceback" not in atlas_process.log()


def test_a_server_that_restarts_gives_an_open_tab_its_view_back_from_the_address(
    browser: Browser,
) -> None:
    with atlas_server() as first:
        port = first.port
        context = browser.new_context(base_url=first.url, viewport={"width": 1400, "height": 1000})
        atlas = AtlasPage(context.new_page()).open_map()
        atlas.choose("measure", "Dollars")
        assert_shows(atlas, View(measure="usd"))
        atlas.choose("show", "% of all")
        assert_shows(atlas, View(measure="usd", show="share"))
    expect(atlas.page.locator('[data-testid="stApp"]')).not_to_have_attribute(
        "data-test-connection-state", "CONNECTED", timeout=LIMIT
    )
    second = atlas_server()
    second.port = port
    atlas.page.evaluate("() => { window.loadedBefore = true; }")
    with second:
        atlas.page.wait_for_function("() => !window.loadedBefore", timeout=LIMIT)
        atlas.wait_settled()
        wait_sentence(atlas, View(measure="usd", show="share"))
        atlas.choose("measure", "Documented activity")
        assert_shows(atlas, View(show="share"))
        context.close()
