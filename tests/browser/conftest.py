"""Fixtures for browser stories: a page cut off from the world, that remembers what went wrong."""

from __future__ import annotations

import os
import re
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.atlas_page import AtlasPage
from tests.browser.font_sets import FONT_SETS, font_folders, only_these_fonts
from tests.chromium import chromium_path, cut_off, launched
from tests.conftest import OUTCOME
from tests.serving import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page, Playwright

ARTIFACTS = ROOT / "tests" / ".artifacts"
WINDOW = {"width": 1400, "height": 1000}


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
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium; without one the test is skipped, or fails under REQUIRE_BROWSER=1."""
    with launched(playwright) as running:
        yield running


@pytest.fixture(scope="session")
def browser_with(
    playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Browser]]:
    """Chromium on a machine that has only one set of fonts (a name in FONT_SETS), as if it were."""
    running: dict[str, Browser] = {}
    with ExitStack() as all_of_them:

        def with_fonts(name: str) -> Browser:
            # Without any font Chromium crashes now and then: the next test gets a new one.
            if name not in running or not running[name].is_connected():
                if FONT_SETS[name] and not font_folders(name):
                    _missing(f"no {name} fonts on this machine (Debian: fonts-{name})")
                env = only_these_fonts(name, tmp_path_factory.mktemp(f"fonts-{name}"))
                running[name] = all_of_them.enter_context(launched(playwright, env))
            return running[name]

        yield with_fonts


@dataclass
class Seen:
    """What a page did that nobody asked it to do."""

    outside: list[str] = field(default_factory=list)
    console_errors: list[str] = field(default_factory=list)
    page_errors: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.page_errors.append(str(error)))
        page.on(
            "console",
            lambda message: (
                self.console_errors.append(f"{message.text} ({message.location.get('url', '')})")
                if message.type == "error"
                else None
            ),
        )


def _artifact(node: pytest.Item, index: int) -> Path:
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    return ARTIFACTS / f"{re.sub(r'[^A-Za-z0-9_.-]+', '_', node.nodeid)[:150]}-{index}.png"


@pytest.fixture
def open_context(
    browser: Browser, server: str, request: pytest.FixtureRequest
) -> Iterator[Callable[..., BrowserContext]]:
    """Opens browser contexts (`open_context(color_scheme="dark", viewport=…)`), each a new reader.

    Closes them at the end; a failing test leaves a picture of each page in tests/.artifacts/, and
    a request to an outside host or an uncaught script error fails the test that saw it.
    """
    yield from _readers(lambda: browser, server, request)


@pytest.fixture(params=FONT_SETS)
def fonts(request: pytest.FixtureRequest) -> str:
    """The fonts a reader's machine has: a test that asks for them runs with each set."""
    return str(request.param)


@pytest.fixture
def open_with(
    browser_with: Callable[[str], Browser], server: str, request: pytest.FixtureRequest
) -> Iterator[Callable[..., BrowserContext]]:
    """As `open_context`, for readers with a set of fonts: `open_with(fonts, viewport=…)`."""
    yield from _readers(browser_with, server, request)


def _readers(
    browser: Callable[..., Browser], server: str, request: pytest.FixtureRequest
) -> Iterator[Callable[..., BrowserContext]]:
    contexts: list[BrowserContext] = []
    seen = Seen()

    def opened(*which: str, **options: Any) -> BrowserContext:
        options = {"base_url": server, "viewport": WINDOW, "locale": "en-US", **options}
        context = browser(*which).new_context(**options)
        attempted = cut_off(context)
        context.on("page", seen.watch)
        contexts.append(context)
        context.seen = seen  # type: ignore[attr-defined]
        context.attempted = attempted  # type: ignore[attr-defined]
        return context

    yield opened

    report = request.node.stash.get(OUTCOME, {}).get("call")
    if report is not None and report.failed:
        pages = [page for context in contexts for page in context.pages]
        for index, page in enumerate(pages):
            page.screenshot(path=_artifact(request.node, index), full_page=True)
    for context in contexts:
        seen.outside.extend(context.attempted)  # type: ignore[attr-defined]
        context.close()
    assert not seen.outside, f"the page asked outside hosts: {sorted(set(seen.outside))}"
    assert not seen.page_errors, f"uncaught script errors: {seen.page_errors}"


Desks = dict[str, "BrowserContext"]


@pytest.fixture(scope="session")
def desks() -> Iterator[Desks]:
    """Browsers that the stories of a session share, so that their caches are warm."""
    shared: Desks = {}
    yield shared
    for context in shared.values():
        context.close()


@pytest.fixture
def sit_down(
    browser: Browser, desks: Desks, server: str, request: pytest.FixtureRequest
) -> Iterator[Callable[..., BrowserContext]]:
    """Gives the shared browser with these options, with nothing open and nothing seen yet.

    Each tab opened in it is a new reader. Closes the tabs at the end; pictures and what fails a
    test are as for `open_context`.
    """
    seen = Seen()
    used: list[BrowserContext] = []

    def context(**options: Any) -> BrowserContext:
        options = {"viewport": WINDOW, "locale": "en-US", **options}
        key = repr(sorted(options.items()))
        if key not in desks:
            made = desks[key] = browser.new_context(base_url=server, **options)
            made.attempted = cut_off(made)  # type: ignore[attr-defined]
            # Looked up anew for each page, since each story starts with nothing seen.
            made.on("page", lambda page: made.seen.watch(page))  # type: ignore[attr-defined, call-overload]
        desks[key].seen = seen  # type: ignore[attr-defined]
        desks[key].attempted.clear()  # type: ignore[attr-defined]
        used.append(desks[key])
        return desks[key]

    yield context

    report = request.node.stash.get(OUTCOME, {}).get("call")
    for index, page in enumerate([page for one in used for page in one.pages]):
        if report is not None and report.failed:
            page.screenshot(path=_artifact(request.node, index), full_page=True)
        page.close()
    for one in used:
        seen.outside.extend(one.attempted)  # type: ignore[attr-defined]
    assert not seen.outside, f"the page asked outside hosts: {sorted(set(seen.outside))}"
    assert not seen.page_errors, f"uncaught script errors: {seen.page_errors}"


@pytest.fixture
def context(sit_down: Callable[..., BrowserContext]) -> BrowserContext:
    """One reader's browser: light theme, English, a desk's screen."""
    return sit_down()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A blank tab of that reader."""
    return context.new_page()


@pytest.fixture
def seen(context: BrowserContext) -> Seen:
    """What that reader's pages did unasked (`console_errors` are for the test to judge)."""
    return context.seen  # type: ignore[attr-defined,no-any-return]


@pytest.fixture
def atlas(page: Page) -> AtlasPage:
    """The atlas in that tab, not yet opened."""
    return AtlasPage(page)
