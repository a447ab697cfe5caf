"""What the money without a place could do to each index, checked against every way to spend it."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import tests.strategies  # noqa: F401  (the profile of the generated examples)
from geo.equity import indices
from geo.equity.bounds.bounds import BOUNDS, bounds_of
from geo.equity.bounds.waterfill import fill_within_groups, water_fill
from tests.covering import thorough

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDING = 1e-9

INDEX: dict[str, Any] = {
    "gini": lambda y, w: indices.gini(y, w),
    "theil": lambda y, w: indices.theil(y, w),
    "hoover": lambda y, w: indices.hoover(y, w),
    "herfindahl": lambda y, w: indices.herfindahl(y),
    "top_k_share": lambda y, w, k: indices.top_k_share(y, k),
    "concentration_index": lambda y, w, rank_by: indices.concentration_index(y, rank_by, w),
    "kakwani": lambda y, w, rank_by: indices.kakwani(y, rank_by, w),
    "theil_between": lambda y, w, groups: indices.theil_decomposition(y, groups, w).between,
    "theil_within": lambda y, w, groups: indices.theil_decomposition(y, groups, w).within,
    "group_share": lambda y, w, members: indices.shares(y)[members].sum(),
    "group_ratio": lambda y, w, members: (
        indices.shares(y)[members].sum() / indices.shares(w)[members].sum()
    ),
}
"""Each index as a plain function of an allocation, so that a bound has something to fail at."""

NAMES = sorted(INDEX)


def besides(name: str, n: int) -> dict[str, Any]:
    """What an index needs besides: rows alternate between two groups, the last two ranks tie."""
    ranks = np.minimum(np.arange(n), max(n - 2, 0)).astype(float)
    besides: dict[str, dict[str, Any]] = {
        "top_k_share": {"k": 2},
        "concentration_index": {"rank_by": ranks},
        "kakwani": {"rank_by": ranks + 1},
        "theil_between": {"groups": [i % 2 for i in range(n)]},
        "theil_within": {"groups": [i % 2 for i in range(n)]},
        "group_share": {"members": np.arange(n) % 2 == (n > 1)},
        "group_ratio": {"members": np.arange(n) % 2 == (n > 1)},
    }
    return besides.get(name, {})


def spent(n: int, units: int) -> Iterator[tuple[int, ...]]:
    """Every way to spend a number of units over n states."""
    for head in product(range(units + 1), repeat=n - 1):
        if sum(head) <= units:
            yield (*head, units - sum(head))


SMALL = {
    "one state": ([3.0], [2.0], 5.0),
    "nothing located": ([0.0, 0.0, 0.0], [1.0, 2.0, 5.0], 7.0),
    "equal needs": ([5.0, 1.0, 0.0], [1.0, 1.0, 1.0], 4.0),
    "one has more than it all": ([90.0, 1.0, 0.0, 2.0], [1.0, 3.0, 2.0, 2.0], 6.0),
    "level can be reached": ([1.0, 2.0, 0.0, 1.0], [1.0, 3.0, 2.0, 2.0], 40.0),
    "one group is uneven": ([0.0, 4.0, 8.0, 4.0], [1.0, 2.0, 2.0, 2.0], 3.0),
    "both groups are uneven": ([1.0, 1.0, 8.0, 5.0], [1.0, 2.0, 2.0, 1.0], 2.0),
    "a group has nothing": ([6.0, 0.0, 1.0, 0.0], [2.0, 1.0, 3.0, 4.0], 5.0),
    "ties": ([2.0, 2.0, 2.0, 2.0], [1.0, 1.0, 1.0, 1.0], 2.0),
}


@pytest.mark.covering
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("case", SMALL)
def test_no_way_to_spend_the_remainder_leaves_the_bounds_and_one_attains_each(
    name: str, case: str
) -> None:
    amounts, needs, remainder = (np.array(part) for part in SMALL[case])
    n = len(amounts)
    of = besides(name, n)
    bounds = bounds_of(name, amounts, needs, float(remainder), **of)
    units = (60 if thorough() else 24) if n <= 3 else (16 if thorough() else 8)
    grid = [
        INDEX[name](amounts + np.array(x) * remainder / units, needs, **of) for x in spent(n, units)
    ]
    assert bounds.low - ROUNDING <= min(grid)
    assert max(grid) == pytest.approx(bounds.high, abs=ROUNDING), "vertices are on every grid"
    # The nearest grid point to where the low is said to be comes close to it.
    exact = (bounds.low_at - amounts) * units / remainder
    near = np.floor(exact + ROUNDING)
    near[np.argsort(near - exact)[: round(units - near.sum())]] += 1
    assert near.sum() == units
    assert min(grid) <= INDEX[name](amounts + near * remainder / units, needs, **of) + ROUNDING
    assert min(grid) - bounds.low <= 4 / units, "the low is not far below what the grid finds"
    for value, allocation in ((bounds.low, bounds.low_at), (bounds.high, bounds.high_at)):
        assert (allocation >= amounts).all()
        assert allocation.sum() == pytest.approx(amounts.sum() + remainder)
        assert INDEX[name](allocation, needs, **of) == pytest.approx(value, abs=ROUNDING)


@st.composite
def cases(draw: st.DrawFn, most: int = 32) -> tuple[np.ndarray, np.ndarray, float]:
    n = draw(st.integers(1, most))
    amount = st.one_of(st.just(0.0), st.floats(0.01, 1e8))
    amounts = np.array(draw(st.lists(amount, min_size=n, max_size=n)))
    needs = np.array(draw(st.lists(st.floats(1, 1e7), min_size=n, max_size=n)))
    return amounts, needs, draw(st.one_of(st.just(0.0), st.floats(0.01, 1e9)))


@given(cases(), st.sampled_from(NAMES), st.integers(0, 2**32 - 1))
def test_any_way_to_spend_stays_within_the_bounds(
    case: tuple[np.ndarray, np.ndarray, float], name: str, seed: int
) -> None:
    amounts, needs, remainder = case
    n = amounts.size
    assume(amounts.sum() + remainder > 0)
    of = besides(name, n)
    bounds = bounds_of(name, amounts, needs, remainder, **of)
    assert bounds.low <= bounds.high + ROUNDING
    rng = np.random.default_rng(seed)
    parts = [
        *np.eye(n),
        *rng.dirichlet(np.ones(n), 10),
        *rng.dirichlet(np.full(n, 0.1), 10),
        needs / needs.sum(),
    ]
    for part in parts:
        value = INDEX[name](amounts + part * remainder, needs, **of)
        assert bounds.low - ROUNDING <= value <= bounds.high + ROUNDING


@given(cases(most=7), st.sampled_from(NAMES))
def test_no_small_change_of_the_smallest_allocation_makes_it_smaller(
    case: tuple[np.ndarray, np.ndarray, float], name: str
) -> None:
    """Every index is convex in the allocation, so what no small step improves is the least."""
    amounts, needs, remainder = case
    n = amounts.size
    assume(remainder > 0 and n > 1)
    of = besides(name, n)
    low_at = bounds_of(name, amounts, needs, remainder, **of).low_at
    least = INDEX[name](low_at, needs, **of)
    added = low_at - amounts
    for giver in range(n):
        step = min(added[giver], remainder / 1000)
        for taker in range(n):
            moved = low_at.copy()
            moved[giver] -= step
            moved[taker] += step
            assert INDEX[name](moved, needs, **of) >= least - ROUNDING


@given(cases(), st.sampled_from(NAMES))
def test_without_a_remainder_both_bounds_are_the_index_itself(
    case: tuple[np.ndarray, np.ndarray, float], name: str
) -> None:
    amounts, needs, _ = case
    assume(amounts.sum() > 0)
    of = besides(name, amounts.size)
    bounds = bounds_of(name, amounts, needs, 0.0, **of)
    assert bounds.low == pytest.approx(INDEX[name](amounts, needs, **of))
    assert bounds.high == pytest.approx(bounds.low)
    assert bounds.low_at.tolist() == bounds.high_at.tolist() == amounts.tolist()


@given(cases(), st.sampled_from(NAMES), st.floats(0, 1))
def test_what_is_possible_with_a_sum_stays_possible_when_all_of_it_grows_in_proportion(
    case: tuple[np.ndarray, np.ndarray, float], name: str, factor: float
) -> None:
    """In dollars or in cents, the bounds are the same."""
    amounts, needs, remainder = case
    assume(amounts.sum() + remainder > 0)
    of = besides(name, amounts.size)
    dollars = bounds_of(name, amounts, needs, remainder, **of)
    in_cents = bounds_of(name, amounts * 100, needs * (1 + factor), remainder * 100, **of)
    assert in_cents.low == pytest.approx(dollars.low, abs=1e-7)
    assert in_cents.high == pytest.approx(dollars.high, abs=1e-7)


@given(cases(), st.sampled_from(["gini", "theil", "hoover", "herfindahl", "top_k_share"]))
def test_the_order_of_the_states_does_not_matter(
    case: tuple[np.ndarray, np.ndarray, float], name: str
) -> None:
    amounts, needs, remainder = case
    assume(amounts.sum() + remainder > 0)
    of = besides(name, amounts.size)
    here = bounds_of(name, amounts, needs, remainder, **of)
    there = bounds_of(name, amounts[::-1], needs[::-1], remainder, **of)
    assert there.low == pytest.approx(here.low, abs=ROUNDING)
    assert there.high == pytest.approx(here.high, abs=ROUNDING)


@given(cases(), st.floats(0.01, 1e9), st.sampled_from(NAMES))
def test_more_money_without_a_place_never_makes_more_known(
    case: tuple[np.ndarray, np.ndarray, float], more: float, name: str
) -> None:
    """What was possible, spent in proportion on a larger scale, is possible still."""
    amounts, needs, remainder = case
    assume(amounts.sum() + remainder > 0)
    of = besides(name, amounts.size)
    before = bounds_of(name, amounts, needs, remainder, **of)
    after = bounds_of(name, amounts, needs, remainder + more, **of)
    assert after.low <= before.low + ROUNDING
    assert after.high >= before.high - ROUNDING


EQUAL_32 = {
    "gini": (0, 31 / 32),
    "theil": (0, np.log(32)),
    "hoover": (0, 31 / 32),
    "herfindahl": (1 / 32, 1),
    "top_k_share": (2 / 32, 1),
    "concentration_index": (-31 / 32, 30 / 32),
    "theil_between": (0, np.log(2)),
    "theil_within": (0, np.log(16)),
    "group_share": (0, 1),
    "group_ratio": (0, 2),
}
"""The full range over 32 states of equal need; the last two tie in `rank_by`."""


@pytest.mark.parametrize("name", EQUAL_32)
@pytest.mark.parametrize("located", [0.0, 1.0])
def test_when_almost_nothing_has_a_place_almost_everything_is_possible(
    name: str, located: float
) -> None:
    amounts = np.zeros(32)
    amounts[:3] = located
    bounds = bounds_of(name, amounts, None, 1e12, **besides(name, 32))
    assert (bounds.low, bounds.high) == pytest.approx(EQUAL_32[name], abs=1e-6)


def test_every_index_with_bounds_is_tried() -> None:
    assert set(NAMES) == set(BOUNDS)
    assert set(EQUAL_32) == set(BOUNDS) - {"kakwani"}, "whose range moves with the need"


def test_water_reaches_only_the_lowest_when_there_is_little_of_it() -> None:
    assert water_fill([5.0, 1.0, 0.0], None, 0.5).tolist() == [5.0, 1.0, 0.5]
    assert water_fill([5.0, 1.0, 0.0], None, 1.0).tolist() == [5.0, 1.0, 1.0]
    assert water_fill([5.0, 1.0, 0.0], None, 9.0).tolist() == [5.0, 5.0, 5.0]
    assert water_fill([5.0, 1.0, 0.0], [5.0, 2.0, 1.0], 1.0).tolist() == pytest.approx(
        [5.0, 4 / 3, 2 / 3]
    )


def test_two_uneven_groups_get_water_until_neither_is_the_better_place() -> None:
    """By hand: levels 1/3 and 1/3 below a top of 3 and 3 by symmetry get half each."""
    filled = fill_within_groups([1.0, 3.0, 1.0, 3.0], "aabb", None, 1.0)
    assert filled.tolist() == pytest.approx([1.5, 3.0, 1.5, 3.0])
    # The second group is ten times as large and as uneven: its ratio moves a tenth as fast.
    filled = fill_within_groups([1.0, 3.0, 10.0, 30.0], "aabb", None, 11.0)
    assert filled.tolist() == pytest.approx([2.0, 3.0, 20.0, 30.0])


def test_the_within_part_is_not_always_least_where_all_of_theil_is() -> None:
    """Level inside each group is enough, so evening out between groups is not asked for."""
    amounts, groups = [0.0, 4.0, 0.0, 0.0], "aabb"
    within = bounds_of("theil_within", amounts, None, 4.0, groups=groups)
    assert within.low == 0
    everywhere = water_fill(amounts, None, 4.0)
    assert indices.theil_decomposition(everywhere, groups).within > 0.08


def test_a_state_without_published_money_may_have_had_any() -> None:
    known = bounds_of("gini", [3.0, np.nan, 1.0], None, 2.0)
    assert known.low_at.tolist() == pytest.approx([3.0, 1.5, 1.5])
    assert known.high == bounds_of("gini", [3.0, 0.0, 1.0], None, 2.0).high


@pytest.mark.parametrize("name", NAMES)
def test_where_there_is_no_money_at_all_nothing_is_defined(name: str) -> None:
    bounds = bounds_of(name, [0.0, 0.0, 0.0], [1.0, 2.0, 3.0], 0.0, **besides(name, 3))
    assert np.isnan(bounds.low)
    assert np.isnan(bounds.high)


@pytest.mark.parametrize("remainder", [-1.0, float("nan"), float("inf")])
def test_a_remainder_that_is_no_amount_is_refused(remainder: float) -> None:
    with pytest.raises(ValueError, match="remainder"):
        bounds_of("gini", [1.0, 2.0], None, remainder)


def test_bounds_refuse_what_the_indices_refuse() -> None:
    with pytest.raises(ValueError, match="amount"):
        bounds_of("gini", [-1.0, 2.0], None, 1.0)
    with pytest.raises(ValueError, match="need"):
        bounds_of("gini", [1.0, 2.0], [0.0, 1.0], 1.0)
    with pytest.raises(ValueError, match="groups"):
        bounds_of("theil_within", [1.0, 2.0], None, 1.0, groups="abc")
    with pytest.raises(ValueError, match="no state"):
        bounds_of("theil", [], None, 1.0)


def test_an_allocation_cannot_be_written_to() -> None:
    bounds = bounds_of("gini", [1.0, 2.0], None, 1.0)
    with pytest.raises(ValueError, match="read-only"):
        bounds.low_at[0] = 9.0


def test_a_group_of_nobody_or_of_everybody_has_no_choice() -> None:
    nobody = bounds_of("group_share", [1.0, 2.0], None, 3.0, members=[False, False])
    everybody = bounds_of("group_share", [1.0, 2.0], None, 3.0, members=[True, True])
    assert (nobody.low, nobody.high) == (0, 0)
    assert (everybody.low, everybody.high) == (1, 1)
