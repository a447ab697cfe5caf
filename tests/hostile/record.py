"""One table of what was tried and what it met, printed at the end of a run.

A hostile test hands each try to the fixture `met`; what it says travels in the test's report, so
that the table is whole when several processes run the tests.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pytest

NAME: Final = "hostile"
"""Name of the property of a report that holds the tries of its test."""

Try = tuple[str, str, int]
"""What was tried, what it met, and how many times."""


class Met:
    """Takes down what a test tried and what each try met."""

    def __init__(self, item: pytest.Item) -> None:
        self.item = item

    def __call__(self, tried: str, met: str, times: int = 1) -> None:
        """Take down that `tried` met `met`, `times` times."""
        self.item.user_properties.append((NAME, (tried, met, times)))


def tally(reports: Iterable[pytest.TestReport]) -> Counter[tuple[str, str]]:
    """How many times each (tried, met) stands in the reports of a run."""
    counted: Counter[tuple[str, str]] = Counter()
    for report in reports:
        for name, value in report.user_properties:
            if name == NAME and report.when == "teardown":
                tried, met, times = cast("Try", value)
                counted[(tried, met)] += times
    return counted


def table(counted: Counter[tuple[str, str]]) -> list[str]:
    """Lines of the table, in the order of what was tried."""
    if not counted:
        return []
    width = max(len(tried) for tried, _ in counted)
    head = f"{'times':>6}  {'tried':<{width}}  met"
    rows = [
        f"{times:>6}  {tried:<{width}}  {met}" for (tried, met), times in sorted(counted.items())
    ]
    return [head, *rows, f"{counted.total():>6}  in all"]
