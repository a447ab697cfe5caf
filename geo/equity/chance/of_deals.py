"""Statistics of every deal at once: what the country would look like, deal by deal.

Each function takes the deals, shape (deals, states), and gives one number for each deal, by the
same formula as the statistic of the real amounts.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np

from geo.equity.chance.neighbours import Contiguity
from geo.equity.chance.null import Dealt
from geo.equity.indices import Vector


def displacements(dealt: Dealt, needs: Vector) -> Vector:
    """The Hoover index of every deal against the need, shape (deals,)."""
    found: Vector = np.abs(_shares(dealt) - needs / needs.sum()).sum(axis=1) / 2
    return found


def between_shares(dealt: Dealt, needs: Vector, groups: Sequence[Hashable]) -> Vector:
    """The part of Theil's T of every deal that lies between the groups, 0 where T is 0."""
    names = sorted(set(groups), key=str)
    member = np.array([[group == name for name in names] for group in groups], dtype=np.float64)
    q = needs / needs.sum()
    shares = _shares(dealt)
    total = _divergence(shares, q)
    between = _divergence(shares @ member, q @ member)
    found: Vector = np.divide(between, total, out=np.zeros_like(total), where=total > 0)
    return found


def morans(dealt: Dealt, needs: Vector, contiguity: Contiguity) -> Vector:
    """Moran's I of the amount per need of every deal; the states are those of the contiguity."""
    weights = contiguity.row_standardised()
    rates = dealt / needs
    z = rates - rates.mean(axis=1, keepdims=True)
    squares = (z * z).sum(axis=1)
    crossed = (z * (z @ weights.T)).sum(axis=1) * (needs.size / weights.sum())
    found: Vector = np.divide(crossed, squares, out=np.zeros_like(squares), where=squares > 0)
    return found


def _shares(dealt: Dealt) -> Vector:
    shares: Vector = dealt / dealt.sum(axis=1, keepdims=True)
    return shares


def _divergence(shares: Vector, q: Vector) -> Vector:
    """Σ s · ln(s / q), with nothing for a share of nothing."""
    logs = np.log(np.where(shares > 0, shares, q) / q)
    total: Vector = np.maximum((shares * logs).sum(axis=1), 0.0)
    return total
