"""From a click to the repaint: a change of measure, and the municipalities layer."""

from __future__ import annotations

from contextlib import ExitStack
from statistics import median
from typing import TYPE_CHECKING

from tests.bench.apps import ATLAS
from tests.bench.reader import Change, Reader, seat

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Browser, Locator

    from tests.bench.apps import App

WARM_UP = 4
YEARS_THAT_DIFFER = "/?to=2012"
"""A view whose map changes without its last year; what changes nothing is not painted again."""


def measure_changes(
    browser: Browser, apps: Iterable[App], repetitions: int
) -> dict[str, list[Change]]:
    """Changes of measure, the apps taking turns so that the machine's drift hits them alike."""
    with ExitStack() as stack:
        readers = seat(stack, browser, apps)
        changes: dict[str, list[Change]] = {name: [] for name in readers}
        for turn in range(WARM_UP + repetitions):
            for name, reader in readers.items():
                reader.page.bring_to_front()
                change = reader.change()
                if turn >= WARM_UP:
                    changes[name].append(change)
        for reader in readers.values():
            reader.close()
    return changes


def _municipalities(reader: Reader) -> Locator:
    control = reader.page.locator(".st-key-w_layers")
    control.wait_for()
    for role in ("checkbox", "button", "switch"):
        option = control.get_by_role(role, name="Municipalit", exact=False)
        if option.count():
            return option.first
    return control.get_by_text("Municipalit", exact=False).first


def _drawer(reader: Reader, way: str) -> None:
    """Open or close the further choices, where layers and years are."""
    pressed = {"open": "[data-drawer-open='']", "close": "[data-drawer-close]"}
    reader.page.locator(pressed[way]).click()


def measure_layers(browser: Browser, repetitions: int) -> dict[str, list[float]]:
    """Toggling the municipalities (loaded before), changing the measure, and moving a year.

    In turns, each timed to one animation frame after the map says it is done: by then the browser
    has had to draw it.
    """
    times: dict[str, list[float]] = {"municipalities": [], "measure": [], "year": []}
    with ATLAS.server() as server:
        reader = Reader(browser, ATLAS, server.url)
        reader.goto()
        reader.settle()
        for turn in range(WARM_UP + repetitions):
            _drawer(reader, "open")
            layer = reader.click(_municipalities(reader), "layers", extra=1)
            _drawer(reader, "close")
            # An even number of turns of each: half of the changes are made with the layer on.
            change = reader.change(extra=1)
            if turn >= WARM_UP:
                times["municipalities"].append(layer.milliseconds)
                times["measure"].append(change.milliseconds)
        reader.goto(YEARS_THAT_DIFFER)
        reader.settle()
        _drawer(reader, "open")
        last_year = reader.page.locator(".st-key-w_years input[type=range]").last
        for turn in range(WARM_UP + repetitions):
            step = reader.press(last_year, "ArrowRight" if turn % 2 else "ArrowLeft", "values", 1)
            if turn >= WARM_UP:
                times["year"].append(step.milliseconds)
        reader.close()
    return times


def medians(changes: list[Change]) -> Change:
    """The median of each of the three costs."""
    return Change(
        median(c.milliseconds for c in changes),
        int(median(c.bytes_until_repaint for c in changes)),
        int(median(c.bytes_in_all for c in changes)),
    )
