"""A connection that breaks, a tab that closes, a server that restarts: the view comes back."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from geo.view import View
from tests.browser.atlas_page import AGAIN, LIMIT, AtlasPage
from tests.browser.promises import assert_shows, wait_sentence
from tests.serving import AtlasServer, StreamlitServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext


def test_a_broken_connection_heals_and_to_another_program_or_data_the_view_comes_by_the_address(
    atlas: AtlasPage,
) -> None:
    atlas.count_socket_bytes()
    atlas.open_map(per="poverty")
    mounted = atlas.mount_id()
    moved = atlas.zoom_in().map_view()
    note_return(atlas)
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
    wait_return(atlas)
    atlas.choose("show", "% of all")
    assert_shows(atlas, View(measure="usd", per="poverty", show="share"))
    assert atlas.mount_id() == mounted
    assert atlas.map_view() == moved
    # Once more, and what answers is another program, or has other data.
    atlas.page.evaluate("() => { window.loadedBefore = true; }")
    atlas.page.route("**/healthz", lambda route: route.fulfill(json={"identity": "another"}))
    atlas.break_socket()
    atlas.page.wait_for_function("() => !window.loadedBefore", timeout=LIMIT)
    atlas.wait_settled()
    wait_sentence(atlas, View(measure="usd", per="poverty", show="share"))
    atlas.choose("measure", "Documented activity")
    assert_shows(atlas, View(per="poverty", show="share"))


def test_a_reader_who_leaves_in_the_middle_disturbs_nobody_and_finds_the_view_again(
    atlas: AtlasPage, context: BrowserContext, atlas_process: StreamlitServer
) -> None:
    leaving = AtlasPage(context.new_page()).open_map(per="homicides", state="08")
    atlas.open_map(measure="usd")
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


def begin(atlas: AtlasPage) -> None:
    """Two choices are made, and how the page was loaded is written down."""
    atlas.open_map()
    atlas.choose("measure", "Dollars")
    assert_shows(atlas, View(measure="usd"))
    atlas.choose("show", "% of all")
    assert_shows(atlas, View(measure="usd", show="share"))
    atlas.page.evaluate("() => { window.loadedBefore = true; }")


def note_return(atlas: AtlasPage) -> None:
    """From now on the page remembers that it asked for everything once its connection was back."""
    atlas.page.evaluate(
        """() => {
            window.cameBack = false;
            addEventListener("popstate", () => { window.cameBack = true; }, { once: true });
        }"""
    )


def wait_return(atlas: AtlasPage) -> None:
    """Until it has, and has got it: what is chosen before would be taken for the view before."""
    atlas.page.wait_for_function("() => window.cameBack", timeout=LIMIT, polling=AGAIN)
    atlas.wait_settled()


@contextmanager
def replaced(atlas: AtlasPage, first: StreamlitServer) -> Iterator[None]:
    """Another server in the place of the one that the tab came from."""
    first.stop()
    lost = expect(atlas.page.locator('[data-testid="stApp"]'))
    lost.not_to_have_attribute("data-test-connection-state", "CONNECTED", timeout=LIMIT)
    second = AtlasServer()
    second.port = first.port
    with second:
        yield


def test_a_tab_that_comes_back_to_another_server_of_the_same_program_and_data_loses_nothing(
    open_context: Callable[..., BrowserContext],
) -> None:
    with AtlasServer() as first:
        atlas = AtlasPage(open_context(base_url=first.url).new_page())
        begin(atlas)
        mounted, moved = atlas.mount_id(), atlas.zoom_in().map_view()
        typed = atlas.page.locator("[data-find] input:visible").first
        typed.fill("nuevo lar")
        note_return(atlas)
        with replaced(atlas, first):
            wait_return(atlas)
            assert_shows(atlas, View(measure="usd", show="share"))
            # A part of the page is run alone: the new server has to know of it.
            atlas.choose("measure", "Documented activity")
            assert_shows(atlas, View(show="share"))
            assert atlas.page.evaluate("() => window.loadedBefore")
            assert (atlas.mount_id(), atlas.map_view()) == (mounted, moved)
            assert typed.input_value() == "nuevo lar"
