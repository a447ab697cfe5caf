"""Bounds of what is said about groups of states: their share, and Theil's T taken apart.

See `geo.equity.bounds.bounds` for what is possible and why such bounds are exact.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from geo.equity import indices
from geo.equity.bounds.possible import (
    Bounds,
    bounds_at,
    entropy,
    first_largest,
    located,
    one_each,
    vertex,
)
from geo.equity.bounds.waterfill import fill_within_groups, rows_of_groups, water_fill
from geo.equity.indices import Vector, amounts_and_needs


def theil_between_bounds(
    amounts: ArrayLike, groups: Sequence[Hashable], needs: ArrayLike | None, remainder: float
) -> Bounds:
    """Theil's between-group part: Theil T of the groups' totals against the groups' needs.

    Which totals are possible is again "located plus a share of R", so it is `theil_bounds` with
    groups in the place of states. How the money lies inside a group does not matter; here it
    lies as evenly as it can.

    >>> bounds = theil_between_bounds([1.0, 0.0, 0.0], "abb", None, 1.0)
    >>> round(bounds.low, 6), round(bounds.high, 6)
    (0.058892, 1.098612)
    """
    a, w, r = located(amounts, needs, remainder)
    rows = rows_of_groups(one_each(a, groups))
    aid, need = (np.array([v[members].sum() for members in rows]) for v in (a, w))
    most = first_largest(entropy(aid + r, need) - entropy(aid, need))
    low_at, high_at = a.copy(), a.copy()
    for spread, totals in ((low_at, water_fill(aid, need, r)), (high_at, vertex(aid, r, most))):
        for members, before, total in zip(rows, aid, totals, strict=True):
            spread[members] = water_fill(a[members], w[members], max(total - before, 0.0))
    return bounds_at(lambda y: indices.theil_decomposition(y, groups, w).between, low_at, high_at)


def theil_within_bounds(
    amounts: ArrayLike, groups: Sequence[Hashable], needs: ArrayLike | None, remainder: float
) -> Bounds:
    """Theil's within-group part, exactly.

    It is Σ_g F_g / (A+R) with F_g the relative entropy of the amounts of a group to its total
    spread by need, which is jointly convex in both; the total is linear in the amounts, so the
    part is convex although it is a difference T − T_between: largest at a vertex. It is not
    Schur-convex, for taking money away from an uneven group lowers it: smallest at
    `fill_within_groups`, whose docstring has the proof.

    >>> bounds = theil_within_bounds([0.0, 4.0, 1.0, 1.0], "aabb", None, 4.0)
    >>> bounds.low, round(bounds.high, 6), bounds.high_at.tolist()
    (0.0, 0.554518, [0.0, 8.0, 1.0, 1.0])
    """
    a, w, r = located(amounts, needs, remainder)
    keys = one_each(a, groups)
    gain = entropy(a + r, w) - entropy(a, w)
    for members in rows_of_groups(keys):
        aid, need = a[members].sum(), w[members].sum()
        gain[members] -= entropy(aid + r, need) - entropy(aid, need)
    high_at = vertex(a, r, first_largest(gain))
    low_at = fill_within_groups(a, keys, w, r)
    return bounds_at(lambda y: indices.theil_decomposition(y, keys, w).within, low_at, high_at)


def group_share_bounds(
    amounts: ArrayLike, members: ArrayLike, needs: ArrayLike | None, remainder: float
) -> Bounds:
    """The share of the aid of a group of states: linear, from none of R to all of it.

    `members` has shape (n,), true for the states of the group. Inside and outside of the group
    the money lies as evenly as it can, which does not matter to the share. A group of nobody has
    0, one of everybody 1.

    >>> bounds = group_share_bounds([1.0, 1.0, 0.0], [True, False, False], None, 2.0)
    >>> bounds.low, bounds.high
    (0.25, 0.75)
    """
    a, w, r = located(amounts, needs, remainder)
    inside = one_each(a, np.asarray(members, dtype=np.bool_))
    low_at, high_at = (
        _spread_over(a, w, r, ~inside if inside.sum() < a.size else inside),
        _spread_over(a, w, r, inside if inside.any() else ~inside),
    )
    return bounds_at(lambda y: _group_share(y, inside), low_at, high_at)


def group_ratio_bounds(
    amounts: ArrayLike, members: ArrayLike, needs: ArrayLike | None, remainder: float
) -> Bounds:
    """The share ratio of a group: its share of the aid over its fixed share of the need.

    For a single state this is `share_ratio`. NaN for a group of nobody.

    >>> bounds = group_ratio_bounds([1.0, 1.0, 0.0], [True, False, False], [1.0, 1.0, 2.0], 2.0)
    >>> bounds.low, bounds.high
    (1.0, 3.0)
    """
    found = group_share_bounds(amounts, members, needs, remainder)
    _, w = amounts_and_needs(amounts, needs)
    inside = np.asarray(members, dtype=np.bool_)
    parity = float(w[inside].sum() / w.sum()) if inside.any() else float("nan")
    return Bounds(found.low / parity, found.high / parity, found.low_at, found.high_at)


def _spread_over(a: Vector, w: Vector, remainder: float, rows: Any) -> Vector:
    y = a.copy()
    y[rows] = water_fill(a[rows], w[rows], remainder)
    return y


def _group_share(y: Vector, inside: Any) -> float:
    total = y.sum()
    return float(y[inside].sum() / total) if total > 0 else float("nan")
