"""The one null: activities dealt out to the states in proportion to a need.

The 32 states are a census; what could have been otherwise is where an activity went. Each activity
keeps the number of states it reached and what it brings to each; which states these are is dealt
anew, one after another without replacement, in proportion to the need (successive sampling). An
activity is dealt whole: its states are not independent, so no pair of it is dealt by itself.

    p = (1 + b) / (1 + m)

with m deals, of which b are at least as far in the claim's direction; what differs by rounding
counts as equal. Only uniform numbers of our own PCG64 are drawn, whose stream numpy keeps from
version to version.

References: B. Rosén (1972), "Asymptotic theory for successive sampling with varying probabilities
without replacement", *Annals of Mathematical Statistics* 43(2), 373-397; B. Phipson and G. K.
Smyth (2010), "Permutation p-values should never be zero", *Statistical Applications in Genetics
and Molecular Biology* 9(1), 39.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.equity.chance import relabeling
from geo.equity.indices import ROUNDING, Vector
from geo.policy import DEALS, PERMUTATION_SEED

Reach = tuple[int, float]
"""An activity as it is dealt: how many states it reached, and what it brings to each."""

MOST_STATES: Final = 32
"""As many as Mexico has: a bit of a number for each."""

ROUNDS: Final = 24
"""Rounds of drawing before the few activities still without all their states get them by keys."""

GUIDE: Final = 4096
"""Steps of the table that says where in the order of states a uniform number begins to look."""

BLOCK: Final = 16_384
"""Numbers that are drawn at a time: what is made of them then stays near the processor."""

Dealt = NDArray[np.uint16] | Vector
"""What each state has in each deal, shape (deals, states): whole numbers where activities are."""


def deals(reaches: Iterable[Reach], needs: Vector, count: int = DEALS) -> Dealt:
    """What each state has in each deal, shape (count, states); read only, since it is shared.

    `reaches` come in any order. `needs` are above 0, in order of the states' codes; only their
    proportions matter. ValueError where an activity reaches more states than there are, or where
    there are more than 32.
    """
    kept = tuple(sorted((states, value) for states, value in reaches if states))
    if kept and kept[-1][0] > needs.size:
        raise ValueError(f"an activity reaches {kept[-1][0]} of {needs.size} states")
    if needs.size > MOST_STATES:
        raise ValueError(
            f"{needs.size} states are more than the {MOST_STATES} that can be dealt to"
        )
    return _deals(kept, np.ascontiguousarray(needs, dtype=np.float64).tobytes(), count)


@lru_cache(maxsize=16)
def _deals(reaches: tuple[Reach, ...], needs: bytes, count: int) -> Dealt:
    q = np.frombuffer(needs, dtype=np.float64)
    q = q / q.sum()
    whole = all(value == 1 for _, value in reaches)
    random = np.random.Generator(np.random.PCG64(PERMUTATION_SEED))
    ones = np.array([value for states, value in reaches if states == 1])
    dealt = np.zeros(count * q.size, dtype=np.int64 if whole else np.float64)
    at_once = max(BLOCK // max(ones.size, 1), 1)
    for begin in range(0, count if ones.size else 0, at_once):
        block = np.arange(begin, min(begin + at_once, count))
        cells = np.repeat(block * q.size, ones.size)
        cells += _drawn(q, random, cells.size)
        np.add.at(dealt, cells, 1 if whole else np.tile(ones, block.size))
    several = [reach for reach in reaches if reach[0] > 1]
    if several:
        # One row for each activity in each deal: where its deal begins, and which activity it is.
        deal = np.repeat(np.arange(count, dtype=np.int32) * q.size, len(several))
        which = np.tile(np.arange(len(several), dtype=np.uint16), count)
        states = np.array([states for states, _ in several], dtype=np.int8)
        brings = np.array([value for _, value in several])
        for cells, one in _without_replacement(q, random, deal, which, states):
            np.add.at(dealt, cells, 1 if whole else brings[one])
    by_deal = dealt.reshape(count, q.size)
    found: Dealt = by_deal.astype(np.uint16) if whole else by_deal
    found.flags.writeable = False
    return found


def forget_arrays() -> None:
    """Give up the deals and choices that are held to be used again: tens of megabytes.

    What was found by them is kept elsewhere; who needs one again has it made again.
    """
    for held in (_deals, relabeling.choices, relabeling.sums_by_bytes, relabeling.shuffles):
        held.cache_clear()


def _drawn(q: Vector, random: np.random.Generator, size: int) -> NDArray[np.uint8]:
    """States drawn one by one, each with its share q: a uniform number's place in their sum."""
    ends, guide, ending = _guide(q.tobytes())
    uniform = random.random(size)
    step = (uniform * GUIDE).astype(np.intp)
    state = guide.take(step)
    # Only in the steps in which a state ends does it matter where in the step the number lies.
    unsure = np.flatnonzero(ending.take(step))
    state[unsure] = np.searchsorted(ends, uniform[unsure], side="right")
    return state


@lru_cache(maxsize=8)
def _guide(q: bytes) -> tuple[Vector, NDArray[np.uint8], NDArray[np.bool_]]:
    """Where each state ends, in which state each step begins, and in which steps a state ends."""
    ends = np.cumsum(np.frombuffer(q, dtype=np.float64))[:-1]
    guide = np.searchsorted(ends, np.arange(GUIDE + 1) / GUIDE, side="right").astype(np.uint8)
    return ends, guide, guide[1:] != guide[:-1]


def _without_replacement(
    q: Vector,
    random: np.random.Generator,
    deal: NDArray[np.int32],
    which: NDArray[np.uint16],
    states: NDArray[np.int8],
) -> Iterator[tuple[NDArray[np.int32], NDArray[np.uint16]]]:
    """The cells that each row falls on, as many as its activity reached, and which activity it is.

    To draw again where the state is had already is to draw from those that are left.
    """
    bits = np.left_shift(np.uint32(1), np.arange(q.size, dtype=np.uint32))
    taken, left = np.zeros(deal.size, dtype=np.uint32), states[which]
    for _ in range(ROUNDS):
        rest = []
        for begin in range(0, deal.size, BLOCK):
            rows = slice(begin, begin + BLOCK)
            state = _drawn(q, random, deal[rows].size)
            bit = bits.take(state)
            fresh = (taken[rows] & bit) == 0
            new = np.flatnonzero(fresh)
            yield deal[rows].take(new) + state.take(new), which[rows].take(new)
            still = left[rows] - fresh
            more = np.flatnonzero(still)
            had = (taken[rows] | bit).take(more)
            rest.append((deal[rows].take(more), which[rows].take(more), had, still.take(more)))
        deal, which, taken, left = (np.concatenate(part) for part in zip(*rest, strict=True))
        if not deal.size:
            return
    # Independent clocks of rate q ring in the order of drawing without replacement.
    clocks = -np.log1p(-random.random((deal.size, q.size))) / q
    clocks[(taken[:, None] & bits) > 0] = np.inf
    order = np.argsort(clocks, axis=1, kind="stable").astype(np.int32)
    ring, places = np.nonzero(np.arange(q.size) < left[:, None])
    yield deal[ring] + order[ring, places], which[ring]


def share_as_far(observed: float, dealt: Vector, *, upward: bool) -> float:
    """p: of the deals and what is observed, the part at least as high, or at least as low.

    >>> share_as_far(2.0, np.array([1.0, 2.0, 3.0]), upward=True)
    0.75
    """
    slack = ROUNDING * max(1.0, abs(observed))
    far = dealt >= observed - slack if upward else dealt <= observed + slack
    return (1 + int(np.count_nonzero(far))) / (1 + dealt.size)
