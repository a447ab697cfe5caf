"""Bounds: how small and how large an index could be, wherever the money without a place went.

Known are the located amounts a and a remainder R ≥ 0. Possible is every allocation

    y = a + x,   x ≥ 0,   Σ x = R,

and the needs do not move. For each index the smallest and the largest value over all of them is
found exactly (in floating point, not in whole cents), with an allocation that attains it. The set
of allocations is convex and every index is continuous on it, so each value between the two is
attained as well: the interval is the whole of what is possible, not an estimate.

Why this is exact, once for all. The total A + R is the same everywhere, so an index that is convex
in shares is convex in x:

* a convex function on a simplex is largest at a vertex: all of R in one state;
* one that is also of the form "more even relative to need is less" (Schur-convex relative to the
  needs) is smallest at `water_fill`, which is more even than every other allocation;
* a linear one is both largest and smallest at a vertex.

R = 0 gives the index of the located amounts alone. A larger R never gives a narrower interval: with
y possible for R, y·(A+R')/(A+R) is possible for R' > R and has the same shares, so the same index;
therefore the index of the located amounts, and of any part of R spent in any way, lies within. As
R grows without limit, what is known stops to matter and each interval opens to the full range of
its index.

A state whose amount is NaN has no located money and may have received any: it counts as 0 here,
where the indices would leave it out. A need that is not known is refused. With A + R = 0 there is
no distribution: both bounds are NaN.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from geo.equity import indices
from geo.equity.bounds.group_bounds import (
    group_ratio_bounds,
    group_share_bounds,
    theil_between_bounds,
    theil_within_bounds,
)
from geo.equity.bounds.possible import (
    Bounds,
    bounds_at,
    entropy,
    first_largest,
    located,
    one_each,
    vertex,
)
from geo.equity.bounds.waterfill import water_fill
from geo.equity.indices import Vector


def gini_bounds(amounts: ArrayLike, needs: ArrayLike | None, remainder: float) -> Bounds:
    """The Gini index over all allocations of the remainder.

    G = Σ_ij q_i·q_j·|y_i/w_i − y_j/w_j| / (2·(A+R)/W) is a sum of absolute values of linear
    functions, so convex: largest at a vertex. A Lorenz curve that is nowhere lower encloses no
    more area, so `water_fill`, whose curve is the highest, gives the smallest.

    All of a remainder of 4 goes to one of four states, or 3, 1, 0, 0 becomes 3, 5/3, 5/3, 5/3:

    >>> bounds = gini_bounds([3.0, 1.0, 0.0, 0.0], None, 4.0)
    >>> round(bounds.low, 6), bounds.high, bounds.high_at.tolist()
    (0.125, 0.6875, [7.0, 1.0, 0.0, 0.0])
    """
    a, w, r = located(amounts, needs, remainder)
    x = a / w
    after = np.abs((x + r / w)[:, None] - x) - np.abs(x[:, None] - x)
    np.fill_diagonal(after, 0.0)
    best = first_largest(w * (after @ w))
    return _bounds(indices.gini, a, w, r, water_fill(a, w, r), best)


def theil_bounds(amounts: ArrayLike, needs: ArrayLike | None, remainder: float) -> Bounds:
    """Theil T: T = Σ q_i·f(s_i/q_i) with f(x) = x·ln x convex: `water_fill`, and a vertex.

    >>> bounds = theil_bounds([0.0, 0.0], None, 1.0)
    >>> bounds.low, round(bounds.high, 6)
    (0.0, 0.693147)
    """
    a, w, r = located(amounts, needs, remainder)
    best = first_largest(entropy(a + r, w) - entropy(a, w))
    return _bounds(indices.theil, a, w, r, water_fill(a, w, r), best)


def hoover_bounds(amounts: ArrayLike, needs: ArrayLike | None, remainder: float) -> Bounds:
    """Hoover: H = ½·Σ q_i·f(s_i/q_i) with f(x) = |x − 1| convex: `water_fill`, and a vertex.

    >>> bounds = hoover_bounds([6.0, 2.0, 0.0, 0.0], None, 2.0)
    >>> round(bounds.low, 6), round(bounds.high, 6)
    (0.35, 0.55)
    """
    a, w, r = located(amounts, needs, remainder)
    parity = (a.sum() + r) * w / w.sum()
    best = first_largest(np.abs(a + r - parity) - np.abs(a - parity))
    return _bounds(indices.hoover, a, w, r, water_fill(a, w, r), best)


def herfindahl_bounds(amounts: ArrayLike, remainder: float) -> Bounds:
    """Herfindahl: Σ s_i² is convex and without needs: `water_fill` of equal needs, and a vertex.

    The vertex is the state with most already: adding R to a_i adds 2·a_i·R + R².

    >>> bounds = herfindahl_bounds([1.0, 0.0], 1.0)
    >>> bounds.low, bounds.high
    (0.5, 1.0)
    """
    a, w, r = located(amounts, None, remainder)
    even, best = water_fill(a, w, r), first_largest(a)
    return _bounds(lambda y, _w: indices.herfindahl(y), a, w, r, even, best)


def top_k_bounds(amounts: ArrayLike, k: int, remainder: float) -> Bounds:
    """Share of the k states with most: the maximum of sums of k shares, so convex.

    Largest when the state with most gets all, since no sum of k can grow by more than R; smallest
    by `water_fill` of equal needs, since 1 − C_k is the point of the Lorenz curve at n − k.

    >>> bounds = top_k_bounds([4.0, 1.0, 0.0, 0.0], 1, 3.0)
    >>> round(bounds.low, 6), bounds.high
    (0.5, 0.875)
    """
    a, w, r = located(amounts, None, remainder)
    even, best = water_fill(a, w, r), first_largest(a)
    return _bounds(lambda y, _w: indices.top_k_share(y, k), a, w, r, even, best)


def concentration_bounds(
    amounts: ArrayLike, rank_by: ArrayLike, needs: ArrayLike | None, remainder: float
) -> Bounds:
    """Concentration index: linear in the shares, so both bounds are at vertices.

    The order of the states is fixed by `rank_by`, so C = Σ s_i·(2·m_i − 1) with m_i the middle of
    the state's (or its tie's) stretch of the horizontal axis: a ratio of two linear functions
    whose denominator A + R is fixed. Smallest with all of R in the state ranked first (least
    need), largest with all of it in the one ranked last.

    >>> bounds = concentration_bounds([1.0, 1.0], [5.0, 9.0], None, 2.0)
    >>> bounds.low, bounds.high
    (-0.25, 0.25)
    """
    return _ranked_bounds(indices.concentration_index, amounts, rank_by, needs, remainder)


def kakwani_bounds(
    amounts: ArrayLike, rank_by: ArrayLike, needs: ArrayLike | None, remainder: float
) -> Bounds:
    """Kakwani: the concentration index less the Gini of the need, which does not move.

    >>> bounds = kakwani_bounds([2.0, 2.0], [1.0, 3.0], None, 4.0)
    >>> bounds.low, bounds.high
    (-0.5, 0.0)
    """
    return _ranked_bounds(indices.kakwani, amounts, rank_by, needs, remainder)


BOUNDS: Final[dict[str, Callable[..., Bounds]]] = {
    "gini": gini_bounds,
    "theil": theil_bounds,
    "hoover": hoover_bounds,
    "herfindahl": lambda a, _w, r: herfindahl_bounds(a, r),
    "top_k_share": lambda a, _w, r, *, k: top_k_bounds(a, k, r),
    "concentration_index": lambda a, w, r, *, rank_by: concentration_bounds(a, rank_by, w, r),
    "kakwani": lambda a, w, r, *, rank_by: kakwani_bounds(a, rank_by, w, r),
    "theil_between": lambda a, w, r, *, groups: theil_between_bounds(a, groups, w, r),
    "theil_within": lambda a, w, r, *, groups: theil_within_bounds(a, groups, w, r),
    "group_share": lambda a, w, r, *, members: group_share_bounds(a, members, w, r),
    "group_ratio": lambda a, w, r, *, members: group_ratio_bounds(a, members, w, r),
}
"""Index by name → its bounds; what an index needs besides is passed by name to `bounds_of`."""


def bounds_of(
    name: str, amounts: ArrayLike, needs: ArrayLike | None, remainder: float, **of: Any
) -> Bounds:
    """The bounds of an index by its name, a key of `BOUNDS`.

    Parameters
    ----------
    amounts, needs
        Shape (n,), as in the indices; NaN among the amounts counts as 0.
    remainder
        R, finite and at least 0, in the unit of the amounts.
    **of
        `rank_by` for concentration_index and kakwani, `k` for top_k_share, `groups` for
        theil_between and theil_within, `members` for group_share and group_ratio.

    Raises
    ------
    KeyError
        For a name that is no index.
    ValueError
        For a negative amount, a need that is not above 0, or a remainder below 0.

    >>> round(bounds_of("top_k_share", [4.0, 0.0], None, 4.0, k=1).low, 6)
    0.5
    """
    return BOUNDS[name](amounts, needs, remainder, **of)


def _ranked_bounds(
    index: Callable[..., float],
    amounts: ArrayLike,
    rank_by: ArrayLike,
    needs: ArrayLike | None,
    remainder: float,
) -> Bounds:
    a, w, r = located(amounts, needs, remainder)
    ranks = one_each(a, np.asarray(rank_by, dtype=np.float64))
    low_at, high_at = vertex(a, r, int(np.argmin(ranks))), vertex(a, r, int(np.argmax(ranks)))
    return bounds_at(lambda y: index(y, ranks, w), low_at, high_at)


def _bounds(
    index: Callable[[Vector, Vector], float],
    a: Vector,
    w: Vector,
    remainder: float,
    low_at: Vector,
    best: int,
) -> Bounds:
    return bounds_at(lambda y: index(y, w), low_at, vertex(a, remainder, best))
