from __future__ import annotations

from collections import Counter
from typing import Any, Literal

import pytest

from tests.hostile.record import NAME, table, tally


def report(when: Literal["call", "teardown"], *tries: tuple[str, str, int]) -> pytest.TestReport:
    properties: list[Any] = [(NAME, one) for one in tries]
    return pytest.TestReport(
        "t",
        ("t", 0, "t"),
        {},
        "passed",
        None,
        when,
        user_properties=properties,
    )


def test_tries_of_all_reports_are_added_once_each() -> None:
    tries = (("a post of 300 MB", "413", 1), ("20 MB of &", "413", 2))

    counted = tally(
        [report("call", *tries), report("teardown", *tries), report("teardown", tries[0])]
    )

    assert counted == {("a post of 300 MB", "413"): 2, ("20 MB of &", "413"): 2}


def test_the_table_names_each_try_and_their_sum() -> None:
    lines = table(Counter({("20 MB of &", "413"): 2, ("a post of 300 MB", "413"): 1}))

    assert [line.split() for line in lines] == [
        ["times", "tried", "met"],
        ["2", "20", "MB", "of", "&", "413"],
        ["1", "a", "post", "of", "300", "MB", "413"],
        ["3", "in", "all"],
    ]


def test_a_run_without_hostile_tests_prints_no_table() -> None:
    assert table(Counter()) == []
