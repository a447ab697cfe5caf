"""What chance alone would do: presences dealt out to the states in proportion to need."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from geo.equity.indices import Vector, hoover
from geo.policy import PERMUTATION_SEED


def p_of_displacement(amounts: Vector, needs: Vector, draws: int) -> float:
    """How often chance alone displaces at least as much: p = (1 + #{H* ≥ H}) / (1 + draws).

    H is the Hoover index of the amounts against the needs; H* that of as many presences (the sum
    of the amounts, rounded), each falling on a state with the probability of its share of the
    need. A small number of presences is uneven by chance alone, and this says how uneven. Seeded;
    the order of the states has no influence beyond the seed's. NaN where nothing is given.

    >>> p_of_displacement(np.array([4.0, 4.0]), np.array([1.0, 1.0]), 99)
    1.0
    """
    count = round(float(amounts.sum()))
    if count < 1:
        return float("nan")
    observed = hoover(amounts, needs)
    by_chance = displacements(needs.tobytes(), count, draws)
    return (1 + int(np.count_nonzero(by_chance >= observed - 1e-12))) / (1 + draws)


@lru_cache(maxsize=512)
def displacements(needs: bytes, count: int, draws: int) -> Vector:
    """The Hoover index of `count` presences dealt out by need, `draws` times, shape (draws,)."""
    q = np.frombuffer(needs, dtype=np.float64)
    q = q / q.sum()
    fell_on = np.searchsorted(np.cumsum(q)[:-1], _uniform(draws, count), side="right")
    cells = fell_on + np.arange(draws)[:, None] * q.size
    counts = np.bincount(cells.ravel(), minlength=draws * q.size).reshape(draws, q.size)
    found: Vector = np.abs(counts / count - q).sum(axis=1) / 2
    found.flags.writeable = False
    return found


def _uniform(draws: int, count: int) -> NDArray[np.float64]:
    return np.random.Generator(np.random.PCG64(PERMUTATION_SEED)).random((draws, count))
