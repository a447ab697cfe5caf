"""Permutation tests against brute force, against PySAL's published p, and against their order."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import ArrayLike

from geo.equity.chance.inference import (
    _in_order,
    between_share_permutation,
    exhaustive_range,
    group_difference_permutation,
)
from geo.equity.chance.outcome import PermutationResult, outcome_of
from geo.equity.chance.relabeling import choices, shuffles, sums_of_choices
from geo.equity.indices import gini, hoover, theil_decomposition
from geo.policy import EXACT_LABELINGS, PERMUTATION_SEED
from tests.equity_strategies import Drawn, states
from tests.mexico_gdp import YEARS, codes, income, regions


def permutation_test(
    statistic: Callable[[np.ndarray, np.ndarray, np.ndarray], float],
    amounts: ArrayLike,
    needs: ArrayLike | None,
    groups: Sequence[Hashable],
    codes: Sequence[str],
    n: int,
) -> PermutationResult:
    """Test any statistic of amounts, needs and labels by n random relabelings, one after another.

    `statistic` is called n + 1 times with arrays in order of the codes, the labels numbered from 0
    in sorted order of the groups' text.
    """
    a, w, labels, _ = _in_order(amounts, needs, groups, codes)
    values = [statistic(a, w, labels[order]) for order in shuffles(a.size, n, PERMUTATION_SEED)]
    return outcome_of(statistic(a, w, labels), np.array(values), exact=False, size=1.0)


PUBLISHED_P = (0.4, 0.344, 0.001, 0.001, 0.034, 0.072, 0.032)
"""PySAL's documentation of TheilDSim: 999 permutations of the regions of 1998."""

BORDER = ("02", "05", "08", "19", "26", "28")
ALL = [f"{code:02d}" for code in range(1, 33)]


def rates(drawn: Drawn, inside: np.ndarray) -> float:
    """Share ratio of a group less that of the others, the plain way."""
    whole = drawn.amounts.sum() / drawn.needs.sum()
    within = drawn.amounts[inside].sum() / drawn.needs[inside].sum()
    outside = drawn.amounts[~inside].sum() / drawn.needs[~inside].sum()
    return float((within - outside) / whole)


@given(states(most=7), st.data())
def test_with_few_labelings_p_is_what_trying_each_by_hand_gives(
    drawn: Drawn, data: st.DataObject
) -> None:
    n = drawn.amounts.size
    members = set(data.draw(st.lists(st.integers(0, n - 1), min_size=1, max_size=n - 1)))
    members = set(sorted(members)[: n - 1])
    inside = np.array([i in members for i in range(n)])
    real = rates(drawn, inside)
    every = [
        rates(drawn, np.array([i in chosen for i in range(n)]))
        for chosen in combinations(range(n), len(members))
    ]
    test = group_difference_permutation(drawn.amounts, drawn.needs, inside.tolist(), drawn.codes)
    assert test.exact
    assert test.labelings == math.comb(n, len(members))
    assert test.observed == pytest.approx(real, abs=1e-9)
    slack = 1e-9
    assert test.p_greater == np.mean([value >= real - slack for value in every])
    assert test.p_less == np.mean([value <= real + slack for value in every])
    assert test.mean == pytest.approx(np.mean(every), abs=1e-9)
    assert sum(test.counts) == len(every)


@given(states(most=7), st.data())
def test_the_exact_between_share_is_what_decomposing_each_labeling_gives(
    drawn: Drawn, data: st.DataObject
) -> None:
    n = drawn.amounts.size
    size = data.draw(st.integers(1, n - 1))
    labels = ["in"] * size + ["out"] * (n - size)
    real = theil_decomposition(drawn.amounts, labels, drawn.needs)
    test = between_share_permutation(drawn.amounts, drawn.needs, labels, drawn.codes)
    if math.isnan(real.between_share):
        assert test.p_greater == 1
        return
    every = [
        theil_decomposition(
            drawn.amounts, ["in" if i in chosen else "out" for i in range(n)], drawn.needs
        ).between_share
        for chosen in combinations(range(n), size)
    ]
    assert test.exact
    assert test.observed == pytest.approx(real.between_share, abs=1e-9)
    assert test.p_greater == np.mean([v >= real.between_share - 1e-9 for v in every])


@pytest.mark.parametrize(("year", "published"), [*zip(YEARS, PUBLISHED_P, strict=True)])
def test_p_of_the_between_share_agrees_with_the_published_ones(year: int, published: float) -> None:
    """Both are samples of the same p: theirs of 999, ours of 9,999."""
    test = between_share_permutation(income(year), None, regions().tolist(), codes())
    assert not test.exact, "five regions have too many labelings to try all"
    spread = math.sqrt(published * (1 - published) / 1000)
    assert test.p_greater == pytest.approx(published, abs=4 * spread + 0.001)
    shown = theil_decomposition(income(year), regions().tolist()).between_share
    assert test.observed == pytest.approx(shown, abs=1e-12)


def test_the_exact_p_of_the_border_is_what_a_sample_comes_close_to() -> None:
    inside = [code in BORDER for code in codes()]
    amounts = income(1970)
    exact = group_difference_permutation(amounts, None, inside, codes())
    assert (exact.exact, exact.labelings) == (True, 906_192)

    def difference(a: np.ndarray, w: np.ndarray, labels: np.ndarray) -> float:
        border = labels == 1
        ratios = (a / a.sum()) / (w / w.sum())
        return float(ratios[border].mean() - ratios[~border].mean())

    sampled = permutation_test(difference, amounts, None, inside, codes(), n=1999)
    assert sampled.observed == pytest.approx(exact.observed, abs=1e-12)
    assert sampled.p_greater == pytest.approx(exact.p_greater, abs=0.01)
    assert sampled.mean == pytest.approx(exact.mean, abs=0.02)
    assert 0 < exact.p_greater <= 1 / 100, "border states were richer in 1970"


def test_a_sample_can_be_asked_for_where_all_labelings_could_be_tried() -> None:
    inside = [code in BORDER for code in codes()]
    for test_of in (between_share_permutation, group_difference_permutation):
        exact = test_of(income(1990), None, inside, codes())
        sampled = test_of(income(1990), None, inside, codes(), try_all=False)
        assert (exact.exact, sampled.exact, sampled.labelings) == (True, False, 9_999)
        assert sampled.observed == exact.observed
        assert sampled.p_greater == pytest.approx(exact.p_greater, abs=0.01)


def test_six_states_that_have_it_all_are_one_labeling_of_906192() -> None:
    amounts = [float(code in BORDER) for code in ALL]
    inside = [code in BORDER for code in ALL]
    test = group_difference_permutation(amounts, None, inside, ALL)
    assert test.observed == pytest.approx(32 / 6)
    assert test.p_greater == 1 / math.comb(32, 6)
    assert test.p_less == 1
    share = between_share_permutation(amounts, None, inside, ALL)
    assert (share.observed, share.p_greater) == (pytest.approx(1), 1 / math.comb(32, 6))


def test_a_sample_never_finds_a_p_of_zero() -> None:
    amounts = [100.0 if i < 8 else 0.0 for i in range(32)]
    inside = [i < 8 for i in range(32)]
    test = group_difference_permutation(amounts, None, inside, ALL, n=499)
    assert not test.exact
    assert math.comb(32, 8) > EXACT_LABELINGS
    assert test.p_greater == pytest.approx(1 / 500)
    assert test.labelings == 499


@given(states(least=4), st.randoms())
def test_the_order_of_the_rows_changes_no_p(drawn: Drawn, order: object) -> None:
    rows = list(range(drawn.amounts.size))
    order.shuffle(rows)  # type: ignore[attr-defined]

    def gini_inside(a: np.ndarray, w: np.ndarray, labels: np.ndarray) -> float:
        return gini(a[labels == 0] + 1, w[labels == 0])

    def both(at: list[int]) -> list[object]:
        a, w = drawn.amounts[at], drawn.needs[at]
        groups, at_codes = [drawn.groups[i] for i in at], [drawn.codes[i] for i in at]
        return [
            between_share_permutation(a, w, groups, at_codes, n=99),
            permutation_test(gini_inside, a, w, groups, at_codes, n=99),
        ]

    for one, other in zip(both(sorted(rows)), both(rows), strict=True):
        # Compared as text, since NaN is not equal to itself.
        assert repr(one) == repr(other)


def test_the_seed_decides_a_sample_and_another_one_gives_another() -> None:
    def p(seed: int) -> float:
        return between_share_permutation(
            income(1950), None, regions().tolist(), codes(), n=999, seed=seed
        ).p_greater

    assert p(1) == p(1)
    assert len({p(seed) for seed in range(5)}) > 1


def test_our_random_orders_stay_what_they_are() -> None:
    """A number on a page may not change with a version of numpy."""
    assert shuffles(6, 3, 7).tolist() == FIRST_SHUFFLES


FIRST_SHUFFLES = [[3, 4, 0, 2, 5, 1], [0, 5, 4, 3, 2, 1], [0, 1, 2, 3, 5, 4]]


@given(states())
def test_aid_proportional_to_need_makes_all_labelings_alike(drawn: Drawn) -> None:
    amounts = drawn.needs * 7.3
    inside = [i == 0 for i in range(amounts.size)]
    difference = group_difference_permutation(amounts, drawn.needs, inside, drawn.codes)
    assert difference.observed == pytest.approx(0, abs=1e-9)
    assert (difference.p_greater, difference.p_less) == (1, 1)
    share = between_share_permutation(amounts, drawn.needs, inside, drawn.codes)
    assert math.isnan(share.observed)
    assert (share.p_greater, share.p_less) == (1, 1)


@pytest.mark.parametrize(
    ("amounts", "inside"),
    [([0.0, 0.0, 0.0], [True, False, False]), ([1.0, 2.0, 3.0], [True] * 3)],
    ids=["nothing given", "nobody outside"],
)
def test_a_difference_that_is_not_defined_has_no_p(
    amounts: list[float], inside: list[bool]
) -> None:
    test = group_difference_permutation(amounts, None, inside, ["01", "02", "03"])
    assert all(math.isnan(x) for x in (test.observed, test.p_greater, test.p_less))
    assert (test.edges, test.counts) == ((), ())


def test_a_state_without_a_known_amount_takes_no_part() -> None:
    with_unknown = group_difference_permutation(
        [3, np.nan, 1, 0], [1, 9, 1, 2], [True, True, False, False], ["01", "02", "03", "04"]
    )
    without = group_difference_permutation(
        [3, 1, 0], [1, 1, 2], [True, False, False], ["01", "03", "04"]
    )
    assert with_unknown == without


def test_every_state_has_one_group_and_a_code_of_its_own() -> None:
    with pytest.raises(ValueError, match="as many groups"):
        between_share_permutation([1, 2], None, ["a"], ["01", "02"])
    with pytest.raises(ValueError, match=r"different codes \(1 of 2\)"):
        between_share_permutation([1, 2], None, ["a", "b"], ["01", "01"])


@given(st.integers(1, 9), st.data())
def test_the_choices_are_all_combinations_and_their_sums(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))
    expected = [*combinations(range(n), k)]
    assert [tuple(row) for row in choices(n, k).T.tolist()] == expected
    values = np.arange(n, dtype=np.float64) ** 2 + 0.5
    sums = sums_of_choices(values, k)
    assert sums == pytest.approx([values[list(chosen)].sum() for chosen in expected])


@given(states(least=3), st.randoms())
def test_the_range_is_that_of_the_index_with_each_state_left_out(
    drawn: Drawn, order: object
) -> None:
    n = drawn.amounts.size
    amounts = drawn.amounts + 1
    by_hand = {
        drawn.codes[i]: hoover(np.delete(amounts, i), np.delete(drawn.needs, i)) for i in range(n)
    }
    rows = list(range(n))
    order.shuffle(rows)  # type: ignore[attr-defined]
    found = exhaustive_range(
        hoover, [drawn.codes[i] for i in rows], amounts[rows], drawn.needs[rows]
    )
    assert found.low == pytest.approx(min(by_hand.values()), abs=1e-12)
    assert found.high == pytest.approx(max(by_hand.values()), abs=1e-12)
    assert by_hand[found.low_without] == pytest.approx(found.low, abs=1e-12)
    assert by_hand[found.high_without] == pytest.approx(found.high, abs=1e-12)
    assert found.value == pytest.approx(hoover(amounts, drawn.needs), abs=1e-12)


def test_a_range_is_not_defined_where_one_state_has_all_there_is() -> None:
    found = exhaustive_range(gini, ["01", "02", "03"], [0, 5, 0])
    assert math.isnan(found.low)
    assert math.isnan(found.high)
    assert found.value == pytest.approx(2 / 3)
