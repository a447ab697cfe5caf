"""The one null: activities dealt out whole, without replacement, in proportion to need."""

from __future__ import annotations

from collections import Counter
from itertools import permutations, product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.equity.chance import between_shares, displacements, morans, null, share_as_far
from geo.equity.chance.neighbours import Contiguity
from geo.equity.chance.null import deals
from geo.equity.chance.spatial import moran
from geo.equity.indices import hoover, theil_decomposition

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNT = 40_000

CARDS = [
    ([1.0, 2.0, 3.0, 4.0], [(1, 1.0), (2, 1.0)]),
    ([1.0, 1.0, 6.0, 2.0], [(2, 1.0), (3, 1.0)]),
    ([5.0, 1.0, 1.0, 1.0], [(1, 1.0), (1, 1.0), (3, 1.0)]),
    ([1.0, 2.0, 3.0, 10.0], [(4, 1.0), (2, 0.5)]),
    ([0.02, 0.5, 0.5, 0.98], [(3, 1.0), (1, 2.0)]),
]
"""Needs of four states, and the reaches of a few activities."""


def outcomes_of(states: int, needs: list[float]) -> dict[tuple[int, ...], float]:
    """Which states one activity reaches → how likely, all orders of drawing written out."""
    found: Counter[tuple[int, ...]] = Counter()
    for order in permutations(range(len(needs)), states):
        likely, left = 1.0, sum(needs)
        for state in order:
            likely *= needs[state] / left
            left -= needs[state]
        found[tuple(sorted(order))] += likely  # type: ignore[assignment]
    return dict(found)


def by_hand(
    needs: list[float], reaches: list[tuple[int, float]]
) -> Iterator[tuple[np.ndarray, float]]:
    """What the states have in every possible deal, and how likely that deal is."""
    for some in product(*(outcomes_of(states, needs).items() for states, _ in reaches)):
        amounts, likely = np.zeros(len(needs)), 1.0
        for (chosen, chance), (_, value) in zip(some, reaches, strict=True):
            amounts[list(chosen)] += value
            likely *= chance
        yield amounts, likely


def furthest(needs: list[float], reaches: list[tuple[int, float]], dealt: np.ndarray) -> float:
    """By how many standard errors the deals differ from the exact chances, at the most.

    Compared is how often each state, and each pair of states, has each possible amount.
    """
    worst = 0.0
    groups = [[0], [1], [2], [3], [0, 1], [0, 3], [1, 2]]
    for group in groups:
        exact: Counter[float] = Counter()
        for amounts, likely in by_hand(needs, reaches):
            exact[float(amounts[group].sum())] += likely  # type: ignore[assignment]
        found = dealt[:, group].sum(axis=1)
        for amount, chance in exact.items():
            share = float(np.isclose(found, amount).mean())
            error = np.sqrt(max(chance * (1 - chance), 1e-12) / len(dealt))
            worst = max(worst, abs(share - chance) / error)
    return worst


@pytest.mark.parametrize(("needs", "reaches"), CARDS)
def test_deals_come_up_as_often_as_the_chances_written_out_say(
    needs: list[float], reaches: list[tuple[int, float]]
) -> None:
    assert furthest(needs, reaches, deals(reaches, np.array(needs), COUNT)) < 4.5


@pytest.mark.parametrize(("needs", "reaches"), CARDS)
def test_so_do_those_that_are_finished_by_clocks(
    needs: list[float], reaches: list[tuple[int, float]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(null, "ROUNDS", 1)
    null._deals.cache_clear()
    dealt = deals(reaches, np.array(needs), COUNT)
    null._deals.cache_clear()
    assert furthest(needs, reaches, dealt) < 4.5


def test_a_deal_with_replacement_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def with_replacement(q, random, deal, which, states):  # type: ignore[no-untyped-def]
        for again in range(int(states.max())):
            rows = states[which] > again
            yield deal[rows] + null._drawn(q, random, int(rows.sum())), which[rows]

    def all_alike(q, random, size):  # type: ignore[no-untyped-def]
        return (random.random(size) * q.size).astype(np.uint8)

    for name, mutant in (("_without_replacement", with_replacement), ("_drawn", all_alike)):
        with monkeypatch.context() as patched:
            patched.setattr(null, name, mutant)
            null._deals.cache_clear()
            needs, reaches = CARDS[1]
            assert furthest(needs, reaches, deals(reaches, np.array(needs), COUNT)) > 20, name
    null._deals.cache_clear()


REACHES = st.lists(
    st.tuples(st.integers(1, 6), st.sampled_from([1.0, 1.0, 0.5])), min_size=1, max_size=8
)
NEEDS = st.lists(st.integers(1, 50), min_size=6, max_size=9)


@settings(max_examples=40)
@given(REACHES, NEEDS, st.randoms(use_true_random=False), st.sampled_from([1e-3, 7.0, 1e9]))
def test_neither_the_order_of_the_rows_nor_the_scale_of_the_need_moves_a_deal(
    reaches: list[tuple[int, float]], needs: list[int], shuffle: object, scale: float
) -> None:
    w = np.array(needs, dtype=float)
    first = deals(reaches, w, 200)
    turned = list(reaches)
    shuffle.shuffle(turned)  # type: ignore[attr-defined]
    assert (deals(turned, w, 200) == first).all()
    assert (deals(reaches, w * scale, 200) == first).mean() > 0.999


@settings(max_examples=40)
@given(REACHES, NEEDS)
def test_an_activity_is_dealt_whole_and_keeps_the_number_of_its_states(
    reaches: list[tuple[int, float]], needs: list[int]
) -> None:
    w = np.array(needs, dtype=float)
    dealt = deals(reaches, w, 100)
    assert dealt.sum(axis=1) == pytest.approx(sum(states * value for states, value in reaches))
    # No state has more of an activity than the activity brings to one state.
    assert dealt.max() <= sum(value for _, value in reaches) + 1e-9
    one = deals(reaches[:1], w, 100)
    assert ((one > 0).sum(axis=1) == reaches[0][0]).all()


def test_an_activity_in_every_state_is_in_every_state_however_small_its_need() -> None:
    w = np.array([1e-6, *[1.0] * 31])
    assert (deals([(32, 1.0)], w, 50) == 1).all()
    with pytest.raises(ValueError, match="reaches 33 of 32"):
        deals([(33, 1.0)], w)
    assert deals([], w, 5).sum() == 0


def test_a_p_counts_the_real_deal_as_one_of_them() -> None:
    dealt = np.array([0.0, 1.0, 2.0, 3.0])
    assert share_as_far(2.0, dealt, upward=True) == pytest.approx(3 / 5)
    assert share_as_far(2.0, dealt, upward=False) == pytest.approx(4 / 5)
    assert share_as_far(9.0, dealt, upward=True) == pytest.approx(1 / 5)
    assert share_as_far(2.0 + 1e-12, dealt, upward=True) == pytest.approx(3 / 5)


def test_the_statistics_of_deals_are_those_of_each_deal_by_itself() -> None:
    codes = ("01", "02", "03", "04", "05")
    near = Contiguity(codes, (("02",), ("01", "03"), ("02", "04"), ("03", "05"), ("04",)))
    w, groups = np.array([3.0, 1.0, 2.0, 5.0, 4.0]), ["a", "b", "a", "c", "b"]
    dealt = deals([(1, 1.0), (2, 1.0), (3, 1.0), (1, 1.0)], w, 60)
    found = zip(
        dealt.astype(float),
        displacements(dealt, w),
        between_shares(dealt, w, groups),
        morans(dealt, w, near),
        strict=True,
    )
    for amounts, elsewhere, between, alike in found:
        assert elsewhere == pytest.approx(hoover(amounts, w))
        assert between == pytest.approx(theil_decomposition(amounts, groups, w).between_share)
        assert alike == pytest.approx(moran(amounts / w, near, n=9).i)
