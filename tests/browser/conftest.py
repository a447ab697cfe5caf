"""Fixtures for browser stories: a page cut off from the world, that remembers what went wrong."""

from __future__ import annotations

import os
import re
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pytest
from playwright.sync_api import Error

from tests.browser.atlas_page import LIMIT, AtlasPage
from tests.browser.font_sets import FONT_SETS, font_folders, only_these_fonts
from tests.browser.runs import Line, watch_runs
from tests.browser.visits import REFUSALS, Visited
from tests.chromium import chromium_path, cut_off, launched
from tests.conftest import OUTCOME
from tests.serving import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import (
        Browser,
        BrowserContext,
        ConsoleMessage,
        Page,
        Playwright,
        Request,
        Response,
        ViewportSize,
    )

    from tests.browser.visits import Visit
    from tests.serving import StreamlitServer

ARTIFACTS = ROOT / "tests" / ".artifacts"
WINDOW: Final[ViewportSize] = {"width": 1400, "height": 1000}
TABS_IN_ONE_PROCESS = ("--process-per-site",)
"""A process of its own for each tab compiles the app's scripts anew: a second for each visit."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder drives a browser, and is marked so."""
    here = ROOT / "tests" / "browser"
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


def _missing(why: str) -> None:
    """The test is skipped with this reason, or fails under REQUIRE_BROWSER=1."""
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(why)
    pytest.skip(why)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives every browser of the session."""
    if chromium_path() is None:
        _missing("no Chromium on this machine (Debian: apt-get install chromium)")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=LIMIT)
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium; without one the test is skipped, or fails under REQUIRE_BROWSER=1."""
    with launched(playwright, flags=TABS_IN_ONE_PROCESS) as running:
        yield running


@pytest.fixture(scope="session")
def browser_with(
    playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Browser]]:
    """Chromium on a machine that has only one set of fonts (a name in FONT_SETS), as if it were."""
    running: dict[str, Browser] = {}
    with ExitStack() as all_of_them:

        def with_fonts(name: str) -> Browser:
            if name not in running or not running[name].is_connected():
                if FONT_SETS[name] and not font_folders(name):
                    _missing(f"no {name} fonts on this machine (Debian: fonts-{name})")
                env = only_these_fonts(name, tmp_path_factory.mktemp(f"fonts-{name}"))
                running[name] = all_of_them.enter_context(
                    launched(playwright, env, TABS_IN_ONE_PROCESS)
                )
            return running[name]

        yield with_fonts


@dataclass
class Seen:
    """What a page did that nobody asked it to do."""

    outside: list[str] = field(default_factory=list)
    console_errors: list[str] = field(default_factory=list)
    page_errors: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    """Status and address of what was answered with an error, where it is taken down."""

    def watch(self, page: Page) -> None:
        page.on("pageerror", self.note_error)
        page.on("console", self.note_message)

    def note_error(self, error: Error) -> None:
        self.page_errors.append(str(error))

    def note_answer(self, answer: Response) -> None:
        if answer.status >= 400:
            self.failed.append(f"{answer.status} {answer.url}")

    def note_failure(self, asked: Request) -> None:
        # A page that leads on before all of it is there ends what it asked for.
        if asked.failure != "net::ERR_ABORTED":
            self.failed.append(f"{asked.failure} {asked.url}")

    def note_message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.console_errors.append(f"{message.text} ({message.location.get('url', '')})")


def _artifact(node: pytest.Item, index: int) -> Path:
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    return ARTIFACTS / f"{re.sub(r'[^A-Za-z0-9_.-]+', '_', node.nodeid)[:150]}-{index}.png"


@dataclass
class Desk:
    """A profile of a browser that many tests share, so that its cache and its process are warm.

    All pages of a profile run in one process (see TABS_IN_ONE_PROCESS), which one page that stays
    open keeps alive: what the app's scripts were compiled to is there for the next page. A tab in
    which a test did nothing that lasts is blank again for the next test, as a new one is.
    """

    context: BrowserContext
    attempted: list[str]
    waiting: Page
    seen: Seen = field(default_factory=Seen)
    left: Page | None = None
    """A blank tab of the test before."""
    clean: dict[Page, int] = field(default_factory=dict)
    """Tabs without anything that lasts → for how many tests they were there."""

    @classmethod
    def set_up(
        cls, browser: Browser, server: str, options: dict[str, Any], first: str = "/healthz"
    ) -> Desk:
        context = browser.new_context(base_url=server, **{"viewport": WINDOW, **options})
        context.set_default_timeout(LIMIT)
        watch_runs(context)
        attempted = cut_off(context)
        waiting = context.new_page()
        waiting.goto(server + first)
        desk = cls(context, attempted, waiting)
        context.on("page", desk._watch)
        return desk

    def _watch(self, page: Page) -> None:
        # Looked up anew for each event, since each test starts with nothing seen.
        page.on("pageerror", lambda error: self.seen.note_error(error))
        page.on("console", lambda message: self.seen.note_message(message))

    def new_tab(self) -> Page:
        """A blank tab: what the test before has left, or else one more."""
        page, self.left = self.left, None
        if page is None:
            page = self.context.new_page()
            self.clean[page] = 0
            for name in LASTING:
                setattr(page, name, partial(self._lasting, page, getattr(page, name)))
        self.clean[page] += 1
        return page

    def _lasting(self, page: Page, call: Callable[..., Any], *args: Any, **options: Any) -> Any:
        self.clean.pop(page, None)
        return call(*args, **options)

    def pages(self) -> list[Page]:
        """What the test has opened."""
        return [page for page in self.context.pages if page not in (self.waiting, self.left)]

    def clear(self, *, anew: bool = False) -> None:
        """As a reader finds it who was never here: nothing is open, kept or seen.

        `anew`: the next tab is a new one, whatever was done in those there are.
        """
        assert self.context.browser is not None
        if not self.context.browser.is_connected():
            return
        for page in self.pages():
            if self.left or anew or not 0 < self.clean.get(page, 0) < OFTEN:
                self.clean.pop(page, None)
                page.close()
            else:
                self._leave(page)
                self.left = page
        self.context.clear_cookies()
        self.waiting.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        self.attempted.clear()
        self.seen = Seen()

    def _leave(self, page: Page) -> None:
        """Make a tab blank: nothing loaded or gone back to, pointed at, or asked to look so."""
        page.evaluate("() => { try { sessionStorage.clear(); } catch (none) {} }")
        page.mouse.move(-10, -10)
        page.goto("about:blank")
        page.set_viewport_size(WINDOW)
        page.emulate_media(
            media="null",
            color_scheme="light",
            forced_colors="none",
            reduced_motion="no-preference",
        )
        developer = self.context.new_cdp_session(page)
        developer.send("Page.resetNavigationHistory")
        developer.detach()


class Desks:
    """The desks of a session, each made when it is first asked for, and those a test has used."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.desks: dict[tuple[Browser, str], Desk] = {}
        self.used: list[Desk] = []

    def sit_down(self, browser: Browser, **options: Any) -> Desk:
        options = {"locale": "en-US", **options}
        key = browser, repr(sorted(options.items()))
        if key not in self.desks:
            self.desks[key] = Desk.set_up(browser, self.server, options)
        desk = self.desks[key]
        if desk not in self.used:
            self.used.append(desk)
        return desk

    def new_tab(self, browser: Browser, **options: Any) -> Page:
        """A blank tab; the screen and what a reader prefers to see are the tab's own."""
        window = options.pop("viewport", WINDOW)
        preferred = {name: options.pop(name) for name in PREFERENCES if name in options}
        page = self.sit_down(browser, **options).new_tab()
        page.set_viewport_size(window)
        if preferred:
            page.emulate_media(**preferred)
        return page


LASTING = (
    *("on", "once", "add_init_script", "route", "route_from_har", "route_web_socket"),
    *("expose_function", "expose_binding", "set_extra_http_headers", "set_default_timeout"),
)
"""What of a page's methods stays with it when it goes to another address."""

OFTEN = 30
"""For so many tests a tab is used, so that what a page forgot to let go of does not pile up."""

PREFERENCES = ("color_scheme", "forced_colors", "reduced_motion")
"""What is not the profile's: each tab of it may have its own."""


def _told(request: pytest.FixtureRequest, pages: list[Page]) -> None:
    """Leaves a picture of each page in tests/.artifacts/ if the test has failed."""
    report = request.node.stash.get(OUTCOME, {}).get("call")
    if report is not None and report.failed:
        for index, page in enumerate(pages):
            page.screenshot(path=_artifact(request.node, index), full_page=True)


def _judge(outside: list[str], page_errors: list[str]) -> None:
    assert not outside, f"the page asked outside hosts: {sorted(set(outside))}"
    assert not page_errors, f"uncaught script errors: {page_errors}"


@pytest.fixture
def open_context(
    browser: Browser, server: str, request: pytest.FixtureRequest
) -> Iterator[Callable[..., BrowserContext]]:
    """Opens browser contexts (`open_context(offline=True)`), each a new reader with a cold cache.

    Closes them at the end; a failing test leaves a picture of each page in tests/.artifacts/, and
    a request to an outside host or an uncaught script error fails the test that saw it. `new_tab`
    is quicker by a second or two, where nothing depends on a first visit.
    """
    contexts: list[BrowserContext] = []
    attempted: list[list[str]] = []
    seen = Seen()

    def opened(**options: Any) -> BrowserContext:
        options = {"base_url": server, "viewport": WINDOW, "locale": "en-US", **options}
        context = browser.new_context(**options)
        context.set_default_timeout(LIMIT)
        watch_runs(context)
        attempted.append(cut_off(context))
        context.on("page", seen.watch)
        contexts.append(context)
        return context

    yield opened

    _told(request, [page for context in contexts for page in context.pages])
    for context in contexts:
        context.close()
    _judge([address for one in attempted for address in one], seen.page_errors)


@pytest.fixture(scope="session")
def all_desks(atlas_process: StreamlitServer) -> Desks:
    """Every profile that the tests of a session share."""
    return Desks(atlas_process.url)


@pytest.fixture
def desks(all_desks: Desks, server: str, request: pytest.FixtureRequest) -> Iterator[Desks]:
    """Those profiles, with nothing open, kept or seen. What fails a test is as for `open_context`.

    The server logs what it says for the test that uses this.
    """
    all_desks.used.clear()
    yield all_desks
    used = all_desks.used
    _told(request, [page for desk in used for page in desk.pages()])
    outside = [address for desk in used for address in desk.attempted]
    page_errors = [error for desk in used for error in desk.seen.page_errors]
    report = request.node.stash.get(OUTCOME, {}).get("call")
    for desk in used:
        desk.clear(anew=report is None or report.failed)
    _judge(outside, page_errors)


@pytest.fixture
def new_tab(browser: Browser, desks: Desks) -> Callable[..., Page]:
    """Opens blank tabs (`new_tab(color_scheme="dark", viewport=…)`) of a reader new to the atlas.

    Those with the same options but the screen's are of the same reader.
    """
    return partial(desks.new_tab, browser)


@pytest.fixture
def new_tab_with(browser_with: Callable[[str], Browser], desks: Desks) -> Callable[..., Page]:
    """As `new_tab`, for readers with a set of fonts: `new_tab_with(fonts, viewport=…)`."""

    def opened(fonts: str, **options: Any) -> Page:
        browser = browser_with(fonts)
        try:
            return desks.new_tab(browser, **options)
        except Error:
            # Without any font Chromium crashes now and then, and most often as its first tab opens.
            if browser.is_connected():
                raise
            return desks.new_tab(browser_with(fonts), **options)

    return opened


@pytest.fixture(scope="session")
def window(browser: Browser, atlas_process: StreamlitServer) -> Desk:
    """The profile in which pages are opened for looking at."""
    desk = Desk.set_up(browser, atlas_process.url, {"locale": "en-US"})
    desk.context.add_init_script(REFUSALS)
    desk.context.on("response", lambda answer: desk.seen.note_answer(answer))
    return desk


@pytest.fixture(scope="session")
def visited(window: Desk, request: pytest.FixtureRequest) -> Iterator[Visited]:
    """The page of one visit; see `tests/browser/visits.py`."""
    visit: Visit = request.param
    width, height = visit.size
    page = window.new_tab()
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=visit.scheme)
    yield Visited(page, window.seen, window.attempted, visit)
    outside, page_errors = list(window.attempted), window.seen.page_errors
    window.clear()
    _judge(outside, page_errors)


@pytest.fixture
def look(visited: Visited, server: str, request: pytest.FixtureRequest) -> Iterator[Visited]:
    """That page, for a test that leaves it as it was but for what can be unfolded or focused.

    After a failed test it is opened anew.
    """
    del server  # It shows what was logged.
    yield visited
    report = request.node.stash.get(OUTCOME, {}).get("call")
    _told(request, [visited.page])
    visited.restore()
    if report is not None and report.failed:
        visited.come()


@pytest.fixture
def desk(browser: Browser, desks: Desks) -> Desk:
    """One reader's profile: light theme, English, a desk's screen."""
    return desks.sit_down(browser)


@pytest.fixture
def context(desk: Desk) -> BrowserContext:
    """The browser of that reader; each tab opened in it has a session of its own."""
    return desk.context


@pytest.fixture
def page(desk: Desk) -> Page:
    """A blank tab of that reader."""
    return desk.new_tab()


@pytest.fixture
def seen(desk: Desk) -> Seen:
    """What that reader's pages did unasked (`console_errors` are for the test to judge)."""
    return desk.seen


@pytest.fixture
def atlas(page: Page) -> AtlasPage:
    """The atlas in that tab, not yet opened."""
    return AtlasPage(page)


@pytest.fixture
def line(atlas: AtlasPage) -> Line:
    """The socket of that page, which keeps nothing yet."""
    line = Line()
    atlas.page.route_web_socket("**/_stcore/stream", line.between)
    return line
