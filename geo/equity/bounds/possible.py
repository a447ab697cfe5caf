"""What every bound is made of: the allocations that are possible, and the index at two of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from geo.equity.indices import Vector, amounts_and_needs


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """The smallest and the largest value of an index, and an allocation that attains each.

    `low_at` and `high_at` have shape (n,), the unit of the amounts and the sum Σ a + R; other
    allocations may attain the same. Both cannot be written to.
    """

    low: float
    high: float
    low_at: Vector
    high_at: Vector

    @property
    def width(self) -> float:
        """How much is not known: high − low."""
        return self.high - self.low


def located(
    amounts: ArrayLike, needs: ArrayLike | None, remainder: float
) -> tuple[Vector, Vector, float]:
    """Amounts with 0 where none is known, needs, and the remainder; shapes (n,), all checked.

    Raises ValueError for what the indices refuse, no state at all, or a remainder that is
    negative or not finite.
    """
    a, w = amounts_and_needs(amounts, needs)
    if not (np.isfinite(remainder) and remainder >= 0):
        raise ValueError(f"the remainder {remainder} is not an amount: it is at least 0")
    if not a.size:
        raise ValueError("there is no state the remainder could have gone to")
    return np.where(np.isnan(a), 0.0, a), w, float(remainder)


def one_each(a: Vector, column: Any) -> Any:
    """The column itself; ValueError where it has not one entry for each state."""
    if len(column) != a.size:
        raise ValueError(f"there are {a.size} amounts but {len(column)} groups or members")
    return column


def first_largest(gains: Vector) -> int:
    """The vertex with the largest gain; among equals the first in the order of the rows."""
    return int(np.argmax(gains))


def vertex(a: Vector, remainder: float, state: int) -> Vector:
    """All of the remainder in one state."""
    y = a.copy()
    y[state] += remainder
    return y


def entropy(u: Any, v: Any) -> Any:
    """u·ln(u/v), 0 where u is 0."""
    u = np.asarray(u, dtype=np.float64)
    return u * np.log(np.where(u > 0, u, v) / v)


def bounds_at(index: Callable[[Vector], float], low_at: Vector, high_at: Vector) -> Bounds:
    """The index at the two allocations that were shown to be its least and its largest."""
    low_at.setflags(write=False)
    high_at.setflags(write=False)
    low = index(low_at)
    high = low if np.array_equal(low_at, high_at) else index(high_at)
    return Bounds(low, high, low_at, high_at)
