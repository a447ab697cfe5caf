"""The indices against published numbers, PySAL, sums by hand and the axioms they are known for."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.equity import indices
from geo.equity.indices import (
    concentration_curve,
    concentration_index,
    gini,
    herfindahl,
    hoover,
    kakwani,
    lorenz,
    shares,
    theil,
    theil_decomposition,
    top_k_share,
)
from tests.equity_strategies import Drawn, states
from tests.mexico_gdp import YEARS, income, regions


def share_ratio(amounts: np.ndarray, needs: np.ndarray) -> np.ndarray:
    """Each state's share of the aid over its share of the need."""
    found: np.ndarray = shares(amounts) * needs[~np.isnan(amounts)].sum() / needs
    return found


def gap_to_parity(amounts: np.ndarray, needs: np.ndarray) -> np.ndarray:
    """What each state has above its share of the need."""
    found: np.ndarray = amounts - np.nansum(amounts) * needs / needs[~np.isnan(amounts)].sum()
    return found


PUBLISHED_GINI = (
    0.3537237117,
    0.2964461344,
    0.2537183286,
    0.2551335649,
    0.2450533805,
    0.2518182588,
    0.2581130825,
)
PUBLISHED_THEIL = (
    0.20894344,
    0.15222451,
    0.10472941,
    0.10194725,
    0.09560113,
    0.10511256,
    0.10660832,
)
PUBLISHED_BETWEEN = (
    0.0345889,
    0.02816853,
    0.05260921,
    0.05931219,
    0.03205257,
    0.02963731,
    0.03635872,
)
PUBLISHED_WITHIN = (
    0.17435454,
    0.12405598,
    0.0521202,
    0.04263506,
    0.06354856,
    0.07547525,
    0.0702496,
)

OF_THE_DISTRIBUTION: dict[str, Callable[..., float]] = {
    "gini": gini,
    "theil": theil,
    "hoover": hoover,
}
WITHOUT_NEED: dict[str, Callable[..., float]] = {
    "herfindahl": herfindahl,
    "top_2": lambda amounts: top_k_share(amounts, 2),
}

by_name = pytest.mark.parametrize("name", OF_THE_DISTRIBUTION)


def replicated(drawn: Drawn) -> np.ndarray:
    """One row per unit of need, each with what its state gets per need."""
    return np.repeat(drawn.amounts / drawn.needs, drawn.needs.astype(int))


@pytest.mark.parametrize(("year", "published"), [*zip(YEARS, PUBLISHED_GINI, strict=True)])
def test_gini_reproduces_the_published_figures(year: int, published: float) -> None:
    assert gini(income(year)) == pytest.approx(published, abs=5e-11)


@pytest.mark.parametrize(("year", "published"), [*zip(YEARS, PUBLISHED_THEIL, strict=True)])
def test_theil_reproduces_the_published_figures(year: int, published: float) -> None:
    assert theil(income(year)) == pytest.approx(published, abs=5.1e-9)


@pytest.mark.parametrize(
    ("year", "between", "within"), [*zip(YEARS, PUBLISHED_BETWEEN, PUBLISHED_WITHIN, strict=True)]
)
def test_theil_between_and_within_regions_reproduce_the_published_figures(
    year: int, between: float, within: float
) -> None:
    parts = theil_decomposition(income(year), regions().tolist())
    assert parts.between == pytest.approx(between, abs=5.1e-9)
    assert parts.within == pytest.approx(within, abs=5.1e-9)


@given(states())
def test_every_index_agrees_with_pysal_when_each_unit_of_need_is_a_row(drawn: Drawn) -> None:
    from inequality.gini import Gini
    from inequality.theil import Theil, TheilD

    rows = replicated(drawn)
    assert gini(drawn.amounts, drawn.needs) == pytest.approx(Gini(rows).g, abs=1e-12)
    assert theil(drawn.amounts, drawn.needs) == pytest.approx(float(Theil(rows).T), abs=1e-12)
    keys = np.repeat(np.array(drawn.groups), drawn.needs.astype(int))
    theirs = TheilD(rows, keys)
    ours = theil_decomposition(drawn.amounts, drawn.groups, drawn.needs)
    assert ours.between == pytest.approx(theirs.bg.item(), abs=1e-12)
    assert ours.within == pytest.approx(theirs.wg.item(), abs=1e-12)


@pytest.mark.parametrize("year", YEARS)
def test_hoover_is_the_distance_pysal_calls_schutz(year: int) -> None:
    from inequality.schutz import Schutz

    theirs = Schutz(pd.DataFrame({"income": income(year)}), "income").distance
    assert hoover(income(year)) == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize(
    ("firms", "points"), [((30, 30, 20, 20), 2600), ((100,), 10_000), ((25,) * 4, 2500)]
)
def test_herfindahl_reproduces_the_example_of_the_merger_guidelines(
    firms: tuple[int, ...], points: int
) -> None:
    """U.S. Department of Justice: "30, 30, 20, and 20 percent, the HHI is 2,600"."""
    assert herfindahl(firms) * 10_000 == pytest.approx(points)


def test_all_of_it_in_one_state_of_32_is_the_largest_there_is() -> None:
    amounts = np.zeros(32)
    amounts[7] = 12.0
    assert gini(amounts) == pytest.approx(31 / 32, abs=1e-15)
    assert hoover(amounts) == pytest.approx(31 / 32, abs=1e-15)
    assert theil(amounts) == pytest.approx(math.log(32), abs=1e-14)
    assert herfindahl(amounts) == 1.0
    assert top_k_share(amounts, 1) == 1.0


def test_all_of_it_in_three_border_states_of_32() -> None:
    amounts, border = np.zeros(32), ["border" if i < 6 else "other" for i in range(32)]
    amounts[:3] = 5.0
    assert gini(amounts) == pytest.approx(0.90625, abs=1e-15)
    assert hoover(amounts) == pytest.approx(0.90625, abs=1e-15)
    assert theil(amounts) == pytest.approx(2.3671236, abs=5e-8)
    parts = theil_decomposition(amounts, border)
    assert parts.between == pytest.approx(1.6739764, abs=5e-8)
    assert parts.within == pytest.approx(math.log(2), abs=1e-14)
    assert {part.group: part.between for part in parts.groups} == {
        "border": parts.between,
        "other": 0.0,
    }
    assert [part.theil for part in parts.groups] == [pytest.approx(math.log(2)), None]


def test_two_groups_of_three_with_nothing_in_one_lie_wholly_between() -> None:
    parts = theil_decomposition([0, 0, 0, 10, 10, 10], [1, 1, 1, 2, 2, 2])
    assert parts.total == pytest.approx(math.log(2), abs=1e-15)
    assert parts.between == pytest.approx(math.log(2), abs=1e-15)
    assert parts.within == 0
    assert parts.between_share == pytest.approx(1)


@given(states(), st.floats(0.01, 1e6))
def test_aid_proportional_to_need_is_parity_in_every_index(drawn: Drawn, per_need: float) -> None:
    amounts = drawn.needs * per_need
    for index in OF_THE_DISTRIBUTION.values():
        assert index(amounts, drawn.needs) == pytest.approx(0, abs=1e-12)
    parts = theil_decomposition(amounts, drawn.groups, drawn.needs)
    assert (parts.between, parts.within) == (
        pytest.approx(0, abs=1e-12),
        pytest.approx(0, abs=1e-12),
    )
    assert math.isnan(parts.between_share), "there is nothing to take apart"
    assert share_ratio(amounts, drawn.needs) == pytest.approx(np.ones_like(amounts))
    assert gap_to_parity(amounts, drawn.needs) / per_need == pytest.approx(
        np.zeros_like(amounts), abs=1e-9
    )
    assert concentration_index(amounts, drawn.ranks, drawn.needs) == pytest.approx(0, abs=1e-12)
    assert kakwani(amounts * drawn.needs, drawn.needs, drawn.needs) == pytest.approx(0, abs=1e-12)


@by_name
@given(drawn=states(), order=st.randoms(), by=st.floats(1e-3, 1e9))
def test_neither_scale_nor_order_changes_an_index(
    name: str, drawn: Drawn, order: object, by: float
) -> None:
    index = OF_THE_DISTRIBUTION[name]
    rows = list(range(drawn.amounts.size))
    order.shuffle(rows)  # type: ignore[attr-defined]
    was = index(drawn.amounts, drawn.needs)
    assert index(drawn.amounts[rows], drawn.needs[rows]) == pytest.approx(was, abs=1e-12)
    assert index(drawn.amounts * by, drawn.needs) == pytest.approx(was, abs=1e-12)
    assert index(drawn.amounts, drawn.needs * by) == pytest.approx(was, abs=1e-12)
    ranked = concentration_index(drawn.amounts, drawn.ranks, drawn.needs)
    assert concentration_index(
        drawn.amounts[rows] * by, drawn.ranks[rows], drawn.needs[rows]
    ) == pytest.approx(ranked, abs=1e-12)
    assert concentration_index(
        drawn.amounts, np.exp(drawn.ranks * 2), drawn.needs
    ) == pytest.approx(ranked, abs=1e-12), "only the order of the ranks matters"


@by_name
@given(drawn=states(), part=st.floats(0, 1), data=st.data())
def test_a_transfer_from_above_its_share_to_below_it_never_raises_an_index(
    name: str, drawn: Drawn, part: float, data: st.DataObject
) -> None:
    index = OF_THE_DISTRIBUTION[name]
    gaps = gap_to_parity(drawn.amounts, drawn.needs)
    above, below = np.flatnonzero(gaps > 1e-9), np.flatnonzero(gaps < -1e-9)
    if not above.size:
        return
    giver, taker = data.draw(st.sampled_from([*above])), data.draw(st.sampled_from([*below]))
    moved = part * min(gaps[giver], -gaps[taker])
    after = drawn.amounts.copy()
    after[giver] -= moved
    after[taker] += moved
    assert index(after, drawn.needs) <= index(drawn.amounts, drawn.needs) + 1e-12
    if name == "hoover":
        fell = index(drawn.amounts, drawn.needs) - index(after, drawn.needs)
        assert fell * drawn.amounts.sum() == pytest.approx(moved, abs=1e-9), "dollar for dollar"


@by_name
@given(drawn=states())
def test_an_index_lies_between_parity_and_all_in_the_state_of_least_need(
    name: str, drawn: Drawn
) -> None:
    index = OF_THE_DISTRIBUTION[name]
    worst = np.zeros_like(drawn.amounts)
    worst[np.argmin(drawn.needs)] = 1.0
    least = drawn.needs.min() / drawn.needs.sum()
    largest = {"gini": 1 - least, "hoover": 1 - least, "theil": -math.log(least)}[name]
    assert index(worst, drawn.needs) == pytest.approx(largest, abs=1e-12)
    assert 0 <= index(drawn.amounts, drawn.needs) <= largest + 1e-12


@given(states())
def test_the_decomposition_leaves_nothing_over_for_any_grouping(drawn: Drawn) -> None:
    parts = theil_decomposition(drawn.amounts, drawn.groups, drawn.needs)
    assert parts.between + parts.within == pytest.approx(parts.total, abs=1e-12)
    assert parts.total == pytest.approx(theil(drawn.amounts, drawn.needs), abs=1e-15)
    assert sum(part.share for part in parts.groups) == pytest.approx(1)
    assert sum(part.states for part in parts.groups) == drawn.amounts.size
    alone = theil_decomposition(drawn.amounts, drawn.codes, drawn.needs)
    assert (alone.within, alone.between) == (0, pytest.approx(alone.total, abs=1e-12))
    together = theil_decomposition(drawn.amounts, ["all"] * len(drawn.codes), drawn.needs)
    assert (together.between, together.within) == (0, pytest.approx(together.total, abs=1e-12))


@given(states())
def test_the_lorenz_curve_is_convex_below_the_diagonal_and_twice_its_area_is_gini(
    drawn: Drawn,
) -> None:
    across, up = lorenz(drawn.amounts, drawn.needs)
    assert across.shape == up.shape == (drawn.amounts.size + 1,)
    assert (across[0], up[0], across[-1], up[-1]) == (0, 0, 1, 1)
    assert (up <= across + 1e-12).all()
    slopes = np.diff(up) / np.diff(across)
    assert (np.diff(slopes) >= -1e-9).all()
    area = 1 - 2 * np.trapezoid(up, across)
    assert gini(drawn.amounts, drawn.needs) == pytest.approx(area, abs=1e-12)
    assert hoover(drawn.amounts, drawn.needs) == pytest.approx((across - up).max(), abs=1e-12)


@given(states())
def test_concentration_is_within_gini_and_equal_to_it_when_ranked_by_aid_per_need(
    drawn: Drawn,
) -> None:
    most = gini(drawn.amounts, drawn.needs)
    ranked = concentration_index(drawn.amounts, drawn.ranks, drawn.needs)
    assert -most - 1e-12 <= ranked <= most + 1e-12
    by_aid = concentration_index(drawn.amounts, drawn.amounts / drawn.needs, drawn.needs)
    assert by_aid == pytest.approx(most, abs=1e-12)
    turned = concentration_index(drawn.amounts, -drawn.ranks, drawn.needs)
    assert turned == pytest.approx(-ranked, abs=1e-12)


@given(states())
def test_states_that_tie_in_rank_get_the_average_over_the_orders_of_the_tie(drawn: Drawn) -> None:
    rows = np.lexsort((drawn.amounts / drawn.needs, drawn.ranks))
    best = np.lexsort((-drawn.amounts / drawn.needs, drawn.ranks))

    def in_order(order: np.ndarray) -> float:
        ranks = np.empty(order.size)
        ranks[order] = np.arange(order.size)
        return concentration_index(drawn.amounts, ranks, drawn.needs)

    tied = concentration_index(drawn.amounts, drawn.ranks, drawn.needs)
    assert tied == pytest.approx((in_order(rows) + in_order(best)) / 2, abs=1e-12)


def test_a_concentration_curve_by_hand() -> None:
    """Need 1, 1, 2 by rising rank; aid 1, 0, 3: after a quarter of the need a quarter of the aid.

    C = 1 − (¼·¼ + ¼·(¼ + ¼) + ½·(¼ + 1)) = 3/16.
    """
    across, up = concentration_curve([3, 1, 0], [9, 1, 5], [2, 1, 1])
    assert across.tolist() == [0, 0.25, 0.5, 1]
    assert up.tolist() == [0, 0.25, 0.25, 1]
    assert concentration_index([3, 1, 0], [9, 1, 5], [2, 1, 1]) == pytest.approx(3 / 16)


def test_progressivity_by_hand() -> None:
    """Two states of one person each with a need of 1 and 3, so that G of the need is ¼.

    All to the second: C = ½, K = ¼. In proportion to need: 0. All to the first: −½ − ¼.
    """
    assert kakwani([0, 8], [1, 3]) == pytest.approx(0.25)
    assert kakwani([2, 6], [1, 3]) == pytest.approx(0)
    assert kakwani([8, 0], [1, 3]) == pytest.approx(-0.75)


def test_progressivity_needs_a_true_zero() -> None:
    with pytest.raises(ValueError, match=r"rank_by -0\.5 is below 0"):
        kakwani([1, 2], [0.3, -0.5])


@given(states())
def test_share_ratios_and_gaps_say_the_same_as_hoover(drawn: Drawn) -> None:
    total = drawn.amounts.sum()
    ratios = share_ratio(drawn.amounts, drawn.needs)
    need_shares = drawn.needs / drawn.needs.sum()
    assert ratios * need_shares == pytest.approx(shares(drawn.amounts))
    gaps = gap_to_parity(drawn.amounts, drawn.needs)
    assert gaps == pytest.approx((ratios - 1) * need_shares * total, abs=1e-9)
    assert gaps.sum() == pytest.approx(0, abs=1e-9)
    to_move = hoover(drawn.amounts, drawn.needs) * total
    assert gaps[gaps > 0].sum() == pytest.approx(to_move, abs=1e-9)


@given(states())
def test_top_k_and_herfindahl_rise_with_concentration(drawn: Drawn) -> None:
    n = drawn.amounts.size
    tops = [top_k_share(drawn.amounts, k) for k in range(1, n + 2)]
    assert tops == sorted(tops)
    assert tops[n - 1] == pytest.approx(1)
    assert tops[n] == pytest.approx(1)
    assert tops[0] >= 1 / n - 1e-12
    assert 1 / n - 1e-12 <= herfindahl(drawn.amounts) <= 1 + 1e-12
    assert herfindahl(np.ones(n)) == pytest.approx(1 / n)


@given(states(least=3), st.data())
def test_a_state_with_an_unknown_amount_is_left_out_with_its_need(
    drawn: Drawn, data: st.DataObject
) -> None:
    missing = data.draw(st.integers(0, drawn.amounts.size - 1))
    amounts = drawn.amounts.copy()
    amounts[missing] = np.nan
    kept = np.arange(amounts.size) != missing
    a, w, ranks = amounts[kept], drawn.needs[kept], drawn.ranks[kept]
    groups = [group for group, is_kept in zip(drawn.groups, kept, strict=True) if is_kept]

    def same(ours: object, theirs: object) -> None:
        np.testing.assert_array_equal(np.asarray(ours), np.asarray(theirs))

    for index in OF_THE_DISTRIBUTION.values():
        same(index(amounts, drawn.needs), index(a, w))
    for index in WITHOUT_NEED.values():
        same(index(amounts), index(a))
    same(lorenz(amounts, drawn.needs), lorenz(a, w))
    same(concentration_index(amounts, drawn.ranks, drawn.needs), concentration_index(a, ranks, w))
    same(kakwani(amounts, drawn.ranks + 3, drawn.needs), kakwani(a, ranks + 3, w))
    same(
        theil_decomposition(amounts, drawn.groups, drawn.needs).between,
        theil_decomposition(a, groups, w).between,
    )
    assert np.isnan(shares(amounts)[missing])


def test_a_zero_is_an_amount_and_not_a_missing_one() -> None:
    assert gini([1, 1, 0]) == pytest.approx(1 / 3)
    assert gini([1, 1, np.nan]) == 0
    assert theil([1, 1, 0]) == pytest.approx(math.log(3 / 2))


@pytest.mark.parametrize("amounts", [[0.0, 0.0], [np.nan, np.nan], [0.0, np.nan], []])
def test_nothing_given_has_no_distribution_and_raises_nothing(amounts: list[float]) -> None:
    needs, ranks = [2.0] * len(amounts), [1.0] * len(amounts)
    for index in OF_THE_DISTRIBUTION.values():
        assert math.isnan(index(amounts))
        assert math.isnan(index(amounts, needs))
    for index in WITHOUT_NEED.values():
        assert math.isnan(index(amounts))
    assert math.isnan(concentration_index(amounts, ranks))
    assert math.isnan(kakwani(amounts, ranks))
    parts = theil_decomposition(amounts, ranks)
    assert all(math.isnan(x) for x in (parts.total, parts.between, parts.within))
    assert math.isnan(parts.between_share)
    assert np.isnan(shares(amounts)).all()
    assert shares(amounts).shape == (len(amounts),)
    across, up = lorenz(amounts)
    assert (across[0], up[0]) == (0, 0)
    assert np.isnan(up[1:]).all()


@pytest.mark.parametrize(
    ("amounts", "needs", "said"),
    [
        ([1, -2], None, r"amount -2\.0 at position 1: an amount is at least 0"),
        ([1, np.inf], None, "amount inf at position 1"),
        ([1, 2], [1, 0], r"need 0\.0 at position 1: a need is a number above 0"),
        ([1, 2], [-3, 1], r"need -3\.0 at position 0"),
        ([1, 2], [1, np.nan], "need nan at position 1"),
        ([1, 2], [1, 2, 3], r"2 amounts but needs of shape \(3,\)"),
        ([[1, 2]], None, r"not an array of shape \(1, 2\)"),
    ],
)
def test_a_value_that_cannot_be_is_refused_and_named(
    amounts: list[float], needs: list[float] | None, said: str
) -> None:
    for index in OF_THE_DISTRIBUTION.values():
        with pytest.raises(ValueError, match=said):
            index(amounts, needs)


def test_ranks_groups_and_k_are_checked_too() -> None:
    with pytest.raises(ValueError, match=r"rank_by nan at position 0"):
        concentration_index([1, 2], [np.nan, 1])
    with pytest.raises(ValueError, match=r"rank_by of shape \(1,\)"):
        concentration_index([1, 2], [1])
    with pytest.raises(ValueError, match="2 amounts but 3 groups"):
        theil_decomposition([1, 2], "abc")
    with pytest.raises(ValueError, match="k is at least 1"):
        top_k_share([1, 2], 0)


def test_the_arrays_given_are_never_changed() -> None:
    amounts, needs = np.array([3.0, 1.0, 0.0]), np.array([1.0, 2.0, 3.0])
    amounts.flags.writeable = needs.flags.writeable = False
    not_an_index = {"Decomposition", "GroupPart", "ROUNDING", "Vector", "amounts_and_needs"}
    for name in set(indices.__all__) - not_an_index:
        function = getattr(indices, name)
        second = {"top_k_share": (2,), "shares": (), "herfindahl": ()}.get(name, (needs,))
        function(amounts, *second)
