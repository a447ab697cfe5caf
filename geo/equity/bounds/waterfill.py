"""Water-filling: the most even way to spend a remainder on top of what is already there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.equity.indices import Vector, amounts_and_needs

HALVINGS = 200
"""More halvings than a double has steps between 0 and 1 that matter here; it stops by itself."""


def water_fill(
    amounts: ArrayLike, needs: ArrayLike | None = None, remainder: float = 0.0
) -> Vector:
    """Spend the remainder where there is least per need, until the level is even.

        z_i = max(a_i, λ·w_i),   λ the level at which Σ z_i = Σ a_i + R

    Among all y = a + x with x ≥ 0 and Σ x = R, z makes Σ w_i·f(y_i/w_i) smallest for *every*
    convex f at once. Proof: with g a subgradient of f, nondecreasing,

        Σ w_i·[f(y_i/w_i) − f(z_i/w_i)] ≥ Σ g(z_i/w_i)·(y_i − z_i) ≥ g(λ)·Σ (y_i − z_i) = 0,

    since z_i/w_i = λ where money was added, and elsewhere z_i = a_i ≤ y_i and z_i/w_i ≥ λ.
    Taking f(x) = max(c − x, 0) for every c says that the Lorenz curve of z is nowhere below that
    of any y (relative majorisation; A. W. Marshall, I. Olkin and B. Arnold, *Inequalities*, 2nd
    ed. 2011, chapter 14).

    Parameters
    ----------
    amounts, needs
        Shape (n,), as in the indices, but every amount known.
    remainder
        R, at least 0, in the unit of the amounts.

    Returns
    -------
    Vector
        Shape (n,), in floating point: the sum is Σ a + R to rounding.

    Four more on 5, 1, 0: the two that have less both reach 2.5:

    >>> water_fill([5.0, 1.0, 0.0], remainder=4.0).tolist()
    [5.0, 2.5, 2.5]
    """
    a, w = amounts_and_needs(amounts, needs)
    if not remainder or not a.size:
        return a.copy()
    level = a / w
    order = np.argsort(level, kind="stable")
    need, there = np.cumsum(w[order]), np.cumsum(a[order])
    # What it costs to raise all that have less up to the level of the k-th; never falls with k.
    cost = level[order] * need - there
    k = max(int(np.searchsorted(np.maximum.accumulate(cost), remainder, side="right")), 1) - 1
    filled: Vector = a.copy()
    reached = order[: k + 1]
    filled[reached] = np.maximum(a[reached], (there[k] + remainder) / need[k] * w[reached])
    return filled


def fill_within_groups(
    amounts: ArrayLike, groups: Sequence[Hashable], needs: ArrayLike | None, remainder: float
) -> Vector:
    """Spend the remainder so that inequality *inside* the groups, Theil's within part, is least.

    With Y_g = A_g + X_g the total of group g, the within part times the grand total is
    Σ_g F_g with F_g(y) = Σ_{i in g} y_i·ln((y_i/Y_g) / (w_i/W_g)). F_g is convex (the relative
    entropy of y to Y_g·w/W_g, jointly convex in both, the second linear in y). For a given X_g it
    is least by `water_fill` inside the group; call that least value m_g(X_g): convex, since
    minimising a jointly convex function over some of its variables is, with slope
    ln ρ_g, where ρ_g = λ_g·W_g/Y_g is the group's water level over its mean, rising from its
    start to 1 as X_g grows. So Σ m_g(X_g) with Σ X_g = R is least where every group that gets
    money has the same ρ and every other one has more (Karush-Kuhn-Tucker, sufficient because it
    is convex). ρ is found by halving, down to floating point; between two breakpoints
    λ_g = ρ·(rest of the group)/(W_g − ρ·W_filled). Once every group is level the part is 0, and
    what is left is spent in proportion to need.

    The first group is uneven (0 and 4), the second level (1 and 1): all 2 go to the first.

    >>> fill_within_groups([0.0, 4.0, 1.0, 1.0], "aabb", None, 2.0).tolist()
    [2.0, 4.0, 1.0, 1.0]
    """
    a, w = amounts_and_needs(amounts, needs)
    if not remainder:
        return a.copy()
    basins = [_basin(a, w, rows) for rows in rows_of_groups(groups)]
    to_level = sum(basin.to_level for basin in basins)
    filled = a.copy()
    if remainder >= to_level:
        for basin in basins:
            filled[basin.rows] = basin.highest * w[basin.rows]
        # Spreading by need keeps each group level, whatever the levels of the others.
        filled += (remainder - to_level) * w / w.sum()
        return filled
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        if sum(basin.drawn(middle) for basin in basins) <= remainder:
            low = middle
        else:
            high = middle
    least = [basin.drawn(low) for basin in basins]
    most = [basin.drawn(high) if high < 1 else basin.to_level for basin in basins]
    step = sum(most) - sum(least)
    part = (remainder - sum(least)) / step if step > 0 else 0.0
    for basin, lower, upper in zip(basins, least, most, strict=True):
        own = lower + part * (upper - lower)
        filled[basin.rows] = water_fill(a[basin.rows], w[basin.rows], own)
    return filled


def rows_of_groups(groups: Sequence[Hashable]) -> list[NDArray[np.intp]]:
    """The positions of each group's states, groups in order of first appearance."""
    rows: dict[Hashable, list[int]] = {}
    for position, group in enumerate(groups):
        rows.setdefault(group, []).append(position)
    return [np.array(positions, dtype=np.intp) for positions in rows.values()]


@dataclass(frozen=True, slots=True)
class _Basin:
    """One group by its breakpoints: where the k-th state (least per need first) gets wet."""

    rows: NDArray[np.intp]
    total: float
    need: float
    highest: float
    to_level: float
    ratios: list[float]
    wet_need: list[float]
    dry: list[float]

    def drawn(self, ratio: float) -> float:
        """The money that brings water level over mean to `ratio` < 1; 0 where it is there."""
        k = bisect_right(self.ratios, ratio) - 1
        if k < 0 or self.dry[k] <= 0:
            return 0.0 if k < 0 else self.to_level
        level = ratio * self.dry[k] / (self.need - ratio * self.wet_need[k])
        return min(max(level * self.wet_need[k] + self.dry[k] - self.total, 0.0), self.to_level)


def _basin(a: Vector, w: Vector, rows: NDArray[np.intp]) -> _Basin:
    order = rows[np.argsort(a[rows] / w[rows], kind="stable")]
    level = a[order] / w[order]
    wet = np.cumsum(w[order])
    dry = np.append(np.cumsum(a[order][::-1])[::-1][1:], 0.0)
    total, need, highest = float(a[rows].sum()), float(wet[-1]), float(level[-1])
    filled = level * wet + dry
    ratios = np.divide(level * need, filled, out=np.ones_like(level), where=filled > 0)
    return _Basin(
        rows=rows,
        total=total,
        need=need,
        highest=highest,
        to_level=max(highest * need - total, 0.0),
        ratios=np.maximum.accumulate(ratios).tolist(),
        wet_need=wet.tolist(),
        dry=dry.tolist(),
    )
