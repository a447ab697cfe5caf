"""The first map of a reader who knows nothing: on a slow phone, and at a desk.

The phone: four times slower processor, 1.6 Mbit/s. The first map is there in the first frame in
which the states are painted, be it in the page itself; the live one can be moved.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.bench.reader import DESK, PHONE, Reader

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

Times = dict[str, list[float]]


@dataclass
class FirstMaps:
    """What the loads cost, by the app's name: times in milliseconds, sizes in kilobytes."""

    phone_first: Times = field(default_factory=dict)
    phone_live: Times = field(default_factory=dict)
    desk_first: Times = field(default_factory=dict)
    page: Times = field(default_factory=dict)
    whole: Times = field(default_factory=dict)
    shift_desk: Times = field(default_factory=dict)
    shift_phone: Times = field(default_factory=dict)


def measure_first_maps(browser: Browser, apps: Iterable[App], repetitions: int) -> FirstMaps:
    """Cold loads, the apps taking turns, each time in a browser that knows nothing."""
    found = FirstMaps()
    with ExitStack() as stack:
        urls = {app: stack.enter_context(app.server()).url for app in apps}
        for turn in range(WARM_UP + repetitions):
            for app, url in urls.items():
                phone, desk = _load(browser, app, url, PHONE), _load(browser, app, url, DESK)
                if turn < WARM_UP:
                    continue
                for times, value in (
                    (found.phone_first, phone["first"]),
                    (found.phone_live, phone["live"]),
                    (found.desk_first, desk["first"]),
                    (found.page, desk["page"]),
                    (found.whole, desk["whole"]),
                    (found.shift_desk, desk["shift"]),
                    (found.shift_phone, phone["shift"]),
                ):
                    times.setdefault(app.name, []).append(value)
    return found


def _load(browser: Browser, app: App, url: str, device: dict[str, Any]) -> dict[str, float]:
    reader = Reader(browser, app, url, device)
    cdp = reader.context.new_cdp_session(reader.page)
    sizes: dict[str, float] = {}

    def finished(told: dict[str, Any]) -> None:
        sizes[told["requestId"]] = told["encodedDataLength"]

    cdp.on("Network.loadingFinished", finished)
    cdp.send("Network.enable")
    if device is PHONE:
        _slow(cdp)
    first = reader.goto(signature=app.first)
    live = reader.arrival()
    if app.name != "static":
        reader.settle()
    carried = reader.page.evaluate("() => probe.bytes(0, Infinity)")
    page = reader.page.evaluate(
        "() => performance.getEntriesByType('navigation')[0].encodedBodySize"
    )
    shift = reader.page.evaluate("() => probe.shifted")
    reader.close()
    return {
        "first": first,
        "live": live,
        "page": page / 1000,
        "whole": (sum(sizes.values()) + carried) / 1000,
        "shift": float(shift),
    }


def _slow(cdp: Any) -> None:
    line = {"latency": DELAY, "downloadThroughput": DOWN, "uploadThroughput": UP}
    cdp.send("Network.emulateNetworkConditions", {"offline": False, **line})
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
