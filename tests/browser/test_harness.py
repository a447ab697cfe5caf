"""The harness itself: it would notice what the stories rely on it to notice."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import psutil
import pytest

from geo.view import View
from tests.browser.atlas_page import AtlasPage
from tests.browser.conftest import Desks, Seen
from tests.browser.promises import scene_of
from tests.browser.visits import Visited, looks_at, visit
from tests.chromium import cut_off, is_outside
from tests.serving import AtlasServer

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, BrowserContext, Page


@pytest.mark.parametrize(
    ("url", "outside"),
    [
        ("https://cdn.jsdelivr.net/leaflet.js", True),
        ("wss://example.org/stream", True),
        ("http://127.0.0.1:8501/", False),
        ("ws://localhost:8501/_stcore/stream", False),
        ("data:image/png;base64,AAAA", False),
        ("blob:http://127.0.0.1:8501/1-2", False),
        ("http://127.0.0.1.example.org/", True),
    ],
)
def test_an_outside_address_is_told_from_one_of_this_machine(url: str, outside: bool) -> None:
    assert is_outside(url) is outside


def test_a_request_to_an_outside_host_fails_and_is_noted(browser: Browser) -> None:
    context = browser.new_context()
    attempted = cut_off(context)
    page = context.new_page()
    seen = Seen()
    seen.watch(page)
    page.set_content('<img src="http://tiles.example.org/1.png"><p>here</p>')
    page.wait_for_load_state("load")
    assert attempted == ["http://tiles.example.org/1.png"]
    assert any("ERR_NAME_NOT_RESOLVED" in error for error in seen.console_errors)
    context.close()


def test_an_uncaught_script_error_is_noted(browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    seen = Seen()
    seen.watch(page)
    page.set_content("<script>throw new Error('torn')</script>")
    assert seen.page_errors == ["torn"]
    context.close()


FONTS = "() => performance.getEntriesByType('resource').filter((one) => one.name.includes('woff2'))"


def test_a_tab_is_of_a_reader_who_was_never_here_and_keeps_nothing(
    desks: Desks, browser: Browser
) -> None:
    tab = desks.new_tab(browser, color_scheme="dark", viewport={"width": 500, "height": 400})
    tab.goto("/sites")
    told = "() => [matchMedia('(prefers-color-scheme: dark)').matches, innerWidth, innerHeight]"
    assert tab.evaluate(told) == [True, 500, 400]
    tab.evaluate("() => { localStorage.setItem('mine', '1'); document.cookie = 'mine=1'; }")
    (desk,) = desks.used
    desk.seen.console_errors.append("seen")
    tab.evaluate("() => { sessionStorage.setItem('mine', '1'); document.title = 'mine'; }")
    tab.mouse.move(100, 100)
    tab.goto("/methods")
    desk.clear()
    again = desks.new_tab(browser)
    assert again is tab, "a tab in which nothing lasting was done is used again"
    assert again.url == "about:blank"
    assert again.evaluate("() => history.length") == 1
    again.goto("/sites")
    kept = "() => [localStorage.mine, sessionStorage.mine, document.cookie, document.title]"
    assert again.evaluate(kept)[:3] == [None, None, ""]
    assert again.evaluate(told) == [False, 1400, 1000]
    assert not again.locator(":hover").count()
    assert desk.seen.console_errors == []
    again.evaluate("() => console.error('seen')")
    assert len(desk.seen.console_errors) == 1
    again.add_init_script("window.lasts = true")
    desk.clear()
    assert again.is_closed(), "what a test has added to a tab does not last"
    third = desks.new_tab(browser)
    desk.clear(anew=True)
    assert third.is_closed(), "after a failed test nothing is used again"


def is_fontless(process: psutil.Process) -> bool:
    """Whether it is the browser itself of a reader without fonts; others come and go meanwhile."""
    try:
        fonts = process.environ().get("FONTCONFIG_FILE", "")
        return "fonts-none" in fonts and not any("--type=" in part for part in process.cmdline())
    except psutil.Error:
        return False


def test_a_browser_that_crashes_as_a_tab_opens_is_begun_once_more(
    new_tab_with: Callable[..., Page],
) -> None:
    before = new_tab_with("none", has_touch=True)
    (gone,) = filter(is_fontless, psutil.Process().children(recursive=True))
    gone.kill()
    assert new_tab_with("none", has_touch=True).evaluate("() => 1 + 1") == 2
    assert before.is_closed()


@pytest.mark.parametrize("routed", [False, True])
def test_a_tab_fetches_letters_anew_only_where_a_test_holds_a_script_back(
    page: Page, routed: bool
) -> None:
    page.goto("/sites", wait_until="load")
    if routed:
        page.route("**/no-such-script.js", lambda route: route.continue_())
    page.goto("/methods", wait_until="load")
    page.evaluate("() => document.fonts.ready.then(() => true)")
    sizes = page.evaluate(f"() => ({FONTS})().map((one) => one.transferSize)")
    assert sizes
    assert all(size > 0 for size in sizes) is routed


STATE = """() => {
    const main = document.querySelector('[data-testid="stMain"]');
    const open = [...document.querySelectorAll("details")].map((one) => one.open);
    const media = ["print", "(prefers-color-scheme: dark)"].map((one) => matchMedia(one).matches);
    return [open, media, document.activeElement.tagName, main.scrollTop];
}"""


@looks_at([visit("inequality", "es", "dark")])
def test_what_a_look_unfolds_scrolls_focuses_or_prints_is_put_back(look: Visited) -> None:
    before = look.page.evaluate(STATE)
    look.open_all()
    look.page.locator(".ma-share-open").last.focus()
    unfolded, _, focused, _ = look.page.evaluate(STATE)
    # What is not on paper loses the focus with the next frame.
    look.page.emulate_media(media="print", color_scheme="light")
    _, printed, _, _ = look.page.evaluate(STATE)
    changed = (unfolded, printed, focused)
    assert all(one != other for one, other in zip(changed, before[:3], strict=True))
    look.restore()
    assert look.page.evaluate(STATE) == before


def test_a_choice_is_waited_for_where_the_server_is_slow_to_hear_of_it(
    open_context: Callable[..., BrowserContext],
) -> None:
    with AtlasServer() as slow:
        atlas = AtlasPage(open_context(base_url=slow.url).new_page()).open_map()
        all_of_it = [psutil.Process(slow.pid), *psutil.Process(slow.pid).children(recursive=True)]
        for one in all_of_it:
            one.suspend()

        def wake() -> None:
            for one in all_of_it:
                one.resume()

        again = threading.Timer(1, wake)
        again.start()
        atlas.choose("measure", "Dollars")
        first = scene_of(View(measure="usd")).ranked[0].code
        assert atlas.page.locator(".ma-ranking tbody tr").first.get_attribute("data-state") == first
        again.join()
