"""From nothing, or from a warm cache, to the first painted map."""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

from tests.bench.reader import Reader, seat, wall_clock
from tests.serving import START_LIMIT, ServerDied

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Browser

    from tests.bench.apps import App
    from tests.serving import StreamlitServer

WARM_UP = 1


def _first_paint(browser: Browser, app: App) -> float:
    """Milliseconds from spawning the server to the map painted in a browser that knows nothing."""
    server: StreamlitServer = app.server()
    reader = Reader(browser, app, server.url)
    try:
        started = wall_clock()
        server.spawn()
        deadline = started + START_LIMIT
        while not server.answers():
            if wall_clock() > deadline:
                raise ServerDied(server.log())
            time.sleep(0.01)
        reader.goto(signature=app.first)
        return (reader.seen_at() - started) * 1000
    finally:
        reader.close()
        server.stop()
        server.log_path.unlink(missing_ok=True)


def measure_starts(
    browser: Browser, apps: Iterable[App], repetitions: int
) -> dict[str, list[float]]:
    """Process start to first painted map, the apps taking turns."""
    times: dict[str, list[float]] = {app.name: [] for app in apps}
    for turn in range(WARM_UP + repetitions):
        for app in apps:
            took = _first_paint(browser, app)
            if turn >= WARM_UP:
                times[app.name].append(took)
    return times


def measure_reloads(
    browser: Browser, apps: Iterable[App], repetitions: int
) -> dict[str, list[float]]:
    """A reload with a warm cache, navigation to painted map (or visible text), in turns."""
    with ExitStack() as stack:
        readers = seat(stack, browser, apps)
        times: dict[str, list[float]] = {name: [] for name in readers}
        for turn in range(WARM_UP + 1 + repetitions):
            for name, reader in readers.items():
                reader.page.bring_to_front()
                took = reader.reload(reader.app.first)
                reader.settle()
                if turn > WARM_UP:
                    times[name].append(took)
        for reader in readers.values():
            reader.close()
    return times
