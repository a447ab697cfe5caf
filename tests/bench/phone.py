"""The first map on a slow phone: four times slower processor, 1.6 Mbit/s, nothing in its cache."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from tests.bench.reader import PHONE, Reader

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Browser

    from tests.bench.apps import App

SLOWER = 4
DOWN = 1.6e6 / 8
UP = 0.75e6 / 8
"""Bytes in a second."""
DELAY = 150
"""Milliseconds from the phone to the server and back."""
WARM_UP = 1


def measure_phones(
    browser: Browser, apps: Iterable[App], repetitions: int
) -> dict[str, list[float]]:
    """Navigation to the first painted map, each time in a browser that knows nothing, in turns."""
    times: dict[str, list[float]] = {app.name: [] for app in apps}
    with ExitStack() as stack:
        urls = {app: stack.enter_context(app.server()).url for app in apps}
        for turn in range(WARM_UP + repetitions):
            for app, url in urls.items():
                reader = Reader(browser, app, url, PHONE)
                cdp = reader.context.new_cdp_session(reader.page)
                cdp.send("Network.enable")
                cdp.send(
                    "Network.emulateNetworkConditions",
                    {
                        "offline": False,
                        "latency": DELAY,
                        "downloadThroughput": DOWN,
                        "uploadThroughput": UP,
                    },
                )
                cdp.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
                took = reader.goto()
                reader.close()
                if turn >= WARM_UP:
                    times[app.name].append(took)
    return times
