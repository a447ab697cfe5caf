"""One reader in a browser: opens an app, changes something, and the page's own clock is read."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.chromium import cut_off

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import ExitStack

    from playwright.sync_api import Browser, BrowserContext, Locator

    from tests.bench.apps import App

PROBE = Path(__file__).with_name("probe.js")
LIMIT = 60_000
DESK: dict[str, Any] = {"viewport": {"width": 1400, "height": 1000}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
}
QUIET = 400.0
"""Milliseconds without a socket message after which a change is over."""


@dataclass(frozen=True)
class Change:
    """What one change cost: milliseconds from the click to the repaint, bytes over the socket."""

    milliseconds: float
    bytes_until_repaint: int
    bytes_in_all: int


class Reader:
    """A new browser context with one tab in it, cut off from outside hosts."""

    def __init__(
        self, browser: Browser, app: App, url: str, device: dict[str, Any] | None = None
    ) -> None:
        self.app = app
        self.url = url
        self.context: BrowserContext = browser.new_context(
            **{"locale": "en-US", **(device or DESK)}
        )
        self.context.add_init_script(path=PROBE)
        self.attempted = cut_off(self.context)
        self.page = self.context.new_page()
        self.page.set_default_timeout(LIMIT)

    def close(self) -> None:
        self.context.close()

    def goto(self, query: str = "", signature: str = "") -> float:
        """Milliseconds from the navigation's start to the app's map (or text) being there.

        `signature` tells what is waited for, where that is not the map that can be used.
        """
        self.page.goto(self.url + query, wait_until="commit")
        return self.arrival(signature)

    def reload(self, signature: str = "") -> float:
        """The same for a reload of the page that is open."""
        self.page.reload(wait_until="commit")
        return self.arrival(signature)

    def arrival(self, signature: str = "") -> float:
        """The same for the navigation under way."""
        self.page.evaluate("(kind) => probe.arm(kind, null)", signature or self.app.signature)
        self._wait_seen()
        return float(self.page.evaluate("() => probe.seen - probe.navigated"))

    def _wait_seen(self) -> None:
        self.page.wait_for_function(
            "() => probe.seen !== null || document.querySelector('[data-testid=stException]')",
            polling="raf",
        )
        if self.page.evaluate("() => probe.seen === null"):
            raise RuntimeError(f"the {self.app.name} app shows an error instead of its page")

    def seen_at(self) -> float:
        """When the app was last seen to be there, in seconds since the epoch."""
        return float(self.page.evaluate("() => probe.seen")) / 1000

    def settle(self) -> None:
        """Until the script is done and the socket has been quiet."""
        self.page.wait_for_function(
            """(quiet) => {
                const app = document.querySelector('[data-testid="stApp"]');
                if (!app || document.getElementById("ma-first")) return false;
                return app.dataset.testScriptState === "notRunning" && probe.quietFor() > quiet;
            }""",
            arg=QUIET,
            polling="raf",
        )

    def click(self, what: Locator, signature: str, extra: int = 0) -> Change:
        """Click, wait until `signature` changes, then until the whole change is over."""
        return self._act(what, what.click, signature, extra)

    def press(self, what: Locator, key: str, signature: str, extra: int = 0) -> Change:
        """The same with a key pressed on what has the focus."""
        what.focus()
        return self._act(what, lambda: what.press(key), signature, extra)

    def _act(self, what: Locator, act: Callable[[], object], signature: str, extra: int) -> Change:
        before = self.page.evaluate("(kind) => probe.signatures[kind]()", signature)
        what.scroll_into_view_if_needed()
        self.page.evaluate("(a) => probe.arm(...a)", [signature, before, extra])
        act()
        self._wait_seen()
        self.settle()
        took, first, whole = self.page.evaluate(
            """() => [
                probe.seen - probe.clicked,
                probe.bytes(probe.clicked, probe.seen),
                probe.bytes(probe.clicked, Infinity),
            ]"""
        )
        return Change(float(took), int(first), int(whole))

    def change(self, extra: int = 0) -> Change:
        """Choose the other of the app's first two measures."""
        return self.click(self.app.next_option(self.page), self.app.signature, extra)


def wall_clock() -> float:
    """Seconds since the epoch, the clock a page's `performance.timeOrigin` counts on."""
    return time.time()


def seat(stack: ExitStack, browser: Browser, apps: Iterable[App]) -> dict[str, Reader]:
    """A server and a settled reader for each app, by the app's name; `stack` stops the servers."""
    readers = {}
    for app in apps:
        server = stack.enter_context(app.server())
        readers[app.name] = Reader(browser, app, server.url)
        readers[app.name].goto()
        readers[app.name].settle()
    return readers
