"""Which states could have been in a group: all choices where they are few, else seeded samples.

Random numbers come from our own PCG64 and only as uniform numbers, whose stream numpy keeps from
version to version; a relabeling is the order of one uniform number per state.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from geo.equity.indices import Vector
from geo.policy import EXACT_LABELINGS

Positions = NDArray[np.uint8]
"""Positions of states, counted from 0; fewer than 256."""


def enumerable(states: int, members: int) -> bool:
    """Whether all ways of choosing the members are few enough to try each of them."""
    return math.comb(states, members) <= EXACT_LABELINGS


@lru_cache(maxsize=2)
def choices(states: int, members: int) -> Positions:
    """Every way of choosing `members` of `states`, in lexicographic order.

    Shape (members, C(states, members)): column j is one choice, its positions ascending. Read
    only, since it is shared.

    >>> choices(4, 2).T.tolist()
    [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]
    """
    rows: list[Positions] = []
    for still in range(members - 1, -1, -1):
        last = rows[-1].astype(np.intp) if rows else np.array([-1])
        # The next member comes after the last one and leaves room for those still to choose.
        ways = states - still - 1 - last
        first = np.repeat(np.cumsum(ways) - ways, ways)
        following = np.repeat(last + 1, ways) + np.arange(ways.sum()) - first
        rows = [np.repeat(row, ways) for row in rows] + [following.astype(np.uint8)]
    chosen = np.stack(rows) if rows else np.zeros((0, 1), dtype=np.uint8)
    chosen.flags.writeable = False
    return chosen


def sums_of_choices(values: Vector, members: int) -> Vector:
    """The sum of the values of the members, for every one of `choices`."""
    return sums_by_bytes(values.tobytes(), members)


@lru_cache(maxsize=4)
def sums_by_bytes(values: bytes, members: int) -> Vector:
    """The same, of the bytes of the values, by which it is held to be used again."""
    numbers = np.frombuffer(values, dtype=np.float64)
    total = np.zeros(math.comb(numbers.size, members))
    for row in choices(numbers.size, members):
        total += numbers[row]
    total.flags.writeable = False
    return total


@lru_cache(maxsize=8)
def shuffles(states: int, n: int, seed: int) -> Positions:
    """Random orders of the positions 0 … states − 1, shape (n, states); read only."""
    draws = np.random.Generator(np.random.PCG64(seed)).random((n, states))
    order = np.argsort(draws, axis=1, kind="stable").astype(np.uint8)
    order.flags.writeable = False
    return order
