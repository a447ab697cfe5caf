"""The system's Chromium, driven by Playwright, cut off from everything but this machine."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # There is no world outside this machine: a test that needs one would fail in a closed room too.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    # A loaded machine must not make a hidden or unfocused page wait for its timers.
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
)
LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "::1"}


def chromium_path() -> str | None:
    """The browser to drive: $CHROMIUM, else the first one found, else None."""
    wanted = os.environ.get("CHROMIUM")
    if wanted:
        return wanted
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        found = shutil.which(name)
        if found:
            return found
    mac = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    return str(mac) if mac.exists() else None


@contextmanager
def chromium() -> Iterator[Browser]:
    """One headless browser; RuntimeError where there is none."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, launched(playwright) as browser:
        yield browser


@contextmanager
def launched(
    playwright: Playwright, env: dict[str, str] | None = None, flags: tuple[str, ...] = ()
) -> Iterator[Browser]:
    """One headless browser of this Playwright, of which a process can run only one.

    `env` is added to the environment that the browser sees, `flags` to what it is started with.
    """
    path = chromium_path()
    if path is None:
        raise RuntimeError(
            "No Chromium found. Install one (Debian: apt-get install chromium), "
            "or name it: CHROMIUM=/path/to/chromium"
        )
    browser = playwright.chromium.launch(
        executable_path=path,
        headless=True,
        args=[*FLAGS, *flags],
        env={**os.environ, **(env or {})},
    )
    try:
        yield browser
    finally:
        browser.close()


def is_outside(url: str) -> bool:
    """True for an address that leaves this machine (data: and blob: addresses do not)."""
    parts = urlsplit(url)
    return parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in LOOPBACK


def cut_off(context: BrowserContext) -> list[str]:
    """Note every request of `context` to an outside host; the list returned fills with them.

    The browser's own resolver (see FLAGS) finds no outside host, so each of them fails. Request
    interception by Playwright would do the same, but it switches the browser's cache off.
    """
    attempted: list[str] = []

    def note(request: Request) -> None:
        if is_outside(request.url):
            attempted.append(request.url)

    def watch_sockets(page: Page) -> None:
        page.on("websocket", lambda ws: attempted.append(ws.url) if is_outside(ws.url) else None)

    context.on("request", note)
    context.on("page", watch_sockets)
    return attempted
