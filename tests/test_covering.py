"""What a run takes of many cases: no value is left out, and the thorough profile takes all."""

from __future__ import annotations

import sys
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.covering import covering, seldom, thorough

axes = st.tuples(*(st.lists(st.integers(), min_size=1, max_size=5, unique=True) for _ in "123"))


@given(axes)
def test_no_value_of_the_first_axis_and_no_combination_of_the_others_is_left_out(
    axes: tuple[list[int], list[int], list[int]],
) -> None:
    first, *others = axes
    cases = [one.values for one in covering(first, *others)]
    assert {case[0] for case in cases} == set(first)
    assert {case[1:] for case in cases} == set(product(*others))


def test_the_thorough_profile_takes_every_combination() -> None:
    now = settings.get_current_profile_name()
    settings.load_profile("thorough")
    try:
        cases = covering("abc", [1, 2], make=lambda letter, number: f"{letter}{number}")
        rare = seldom("a", ("b", 1))
    finally:
        settings.load_profile(now)
    assert [case.values for case in rare] == [("a",), ("b", 1)]
    assert [case.values for case in cases] == [(f"{a}{n}",) for a in "abc" for n in (1, 2)]
    assert all([mark.name for mark in case.marks] == ["covering"] for case in [*cases, *rare])


@pytest.mark.skipif(thorough(), reason="it takes them")
def test_what_is_seldom_is_in_no_other_run() -> None:
    assert seldom("a", "b") == []


def test_a_test_whose_coverage_is_not_measured_runs_untraced() -> None:
    """A trace makes a test half as slow again, and a worker's pytest-cov once left one on."""
    assert sys.gettrace() is None
