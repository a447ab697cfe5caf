"""Curves of cumulated shares, and the indices that are areas between them.

A Lorenz curve lines the states up by what they get per need; a concentration curve lines them up
by something else, such as how poor they are. Horizontally runs the share of the need, vertically
the share of the aid; the diagonal is parity.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from geo.equity.indices.arrays import Vector, beside, known_rows


def lorenz(amounts: ArrayLike, needs: ArrayLike | None = None) -> tuple[Vector, Vector]:
    """The Lorenz curve of the amounts against the needs.

    The states are ordered by amount per need, least first; point j of the curve is the share of
    the need and the share of the aid of the first j states. The curve starts at (0, 0), ends at
    (1, 1), never rises above the diagonal and is convex.

    Returns
    -------
    need_cum, amount_cum
        Two arrays of shape (m + 1,), m being the states with a known amount. `amount_cum` is NaN
        after its first point when nothing is given at all.

    Reference: M. O. Lorenz (1905), "Methods of measuring the concentration of wealth",
    *Publications of the American Statistical Association* 9(70), 209-219.

    >>> need_cum, amount_cum = lorenz([6.0, 2.0, 0.0, 0.0])
    >>> need_cum.tolist(), amount_cum.tolist()
    ([0.0, 0.25, 0.5, 0.75, 1.0], [0.0, 0.0, 0.0, 0.25, 1.0])
    """
    a, w = known_rows(amounts, needs)
    order = np.argsort(a / w, kind="stable")
    return _cumulated(w[order]), _cumulated(a[order])


def gini(amounts: ArrayLike, needs: ArrayLike | None = None) -> float:
    """Gini index: twice the area between the diagonal and the Lorenz curve.

        G = 1 − Σ_j (P_j − P_{j−1}) · (L_j + L_{j−1})

    with (P_j, L_j) the points of `lorenz`. Without needs every state counts the same; with the
    population as need every inhabitant does.

    Range 0 (parity) to 1 − min q_i (all of it in the state with the least share q of the need),
    which is 31/32 for 32 states of equal need, not 1: there is no correction for a small n. NaN
    when nothing is given at all. States with an unknown amount are left out with their need.

    Reference: C. Gini (1912), *Variabilità e mutabilità*; with weights, R. I. Lerman and S.
    Yitzhaki (1989), "Improving the accuracy of estimates of Gini coefficients", *Journal of
    Econometrics* 42(1), 43-47.

    For 6, 2, 0, 0 the curve runs 0, 0, 0, 1/4, 1 in steps of 1/4, so that
    G = 1 − 1/4 · (0 + 0 + 1/4 + 5/4) = 5/8:

    >>> gini([6.0, 2.0, 0.0, 0.0])
    0.625
    """
    return max(_twice_the_area(*lorenz(amounts, needs)), 0.0)


def concentration_curve(
    amounts: ArrayLike, rank_by: ArrayLike, needs: ArrayLike | None = None
) -> tuple[Vector, Vector]:
    """The shares of the aid, cumulated over states ranked by something else than the aid.

    Parameters
    ----------
    amounts
        Shape (n,): what each state gets.
    rank_by
        Shape (n,), any finite numbers: the states are ordered by it, lowest first. Use what grows
        with need (a homicide rate, a poverty rate, a marginalization index).
    needs
        Shape (n,): how wide each state is on the horizontal axis, for example its population;
        None makes all states equally wide.

    Returns
    -------
    need_cum, amount_cum
        Two arrays of shape (m + 1,), m being the number of different values of `rank_by`. States
        that tie form one point: between them the curve is straight, so that each gets the average
        over all orders of the tie and the order of the rows does not matter.

    Reference: N. C. Kakwani (1977), "Applications of Lorenz curves in economic analysis",
    *Econometrica* 45(3), 719-727.

    The two neediest states tie and have 1 of 4 between them:

    >>> need_cum, amount_cum = concentration_curve([3.0, 1.0, 0.0, 0.0], [1.0, 7.0, 7.0, 3.0])
    >>> need_cum.tolist(), amount_cum.tolist()
    ([0.0, 0.25, 0.5, 1.0], [0.0, 0.75, 0.75, 1.0])
    """
    a, w = known_rows(amounts, needs)
    ranks, place = np.unique(beside(amounts, rank_by, "rank_by"), return_inverse=True)
    need, amount = np.zeros_like(ranks), np.zeros_like(ranks)
    np.add.at(need, place, w)
    np.add.at(amount, place, a)
    return _cumulated(need), _cumulated(amount)


def concentration_index(
    amounts: ArrayLike, rank_by: ArrayLike, needs: ArrayLike | None = None
) -> float:
    """Concentration index: twice the area between the diagonal and the concentration curve.

        C = 1 − Σ_j (P_j − P_{j−1}) · (K_j + K_{j−1})

    with (P_j, K_j) the points of `concentration_curve`. Positive: the states that `rank_by` puts
    last (most need) have more than their share; negative: less; 0 also when every state ties.

    Range −(1 − q_first) to 1 − q_last, q being the shares of the horizontal axis; never outside
    ±`gini` of the same amounts and needs, and equal to it when the states are ranked by amount
    per need. NaN when nothing is given at all.

    Reference: N. Kakwani, A. Wagstaff and E. van Doorslaer (1997), "Socioeconomic inequalities in
    health: measurement, computation, and statistical inference", *Journal of Econometrics* 77(1),
    87-103.

    All of it in the least needy of four states, C = 1 − 1/4 · (1 + 2 + 2 + 2) = −3/4:

    >>> concentration_index([5.0, 0.0, 0.0, 0.0], [1.0, 2.0, 3.0, 4.0])
    -0.75
    """
    return _twice_the_area(*concentration_curve(amounts, rank_by, needs))


def kakwani(amounts: ArrayLike, rank_by: ArrayLike, needs: ArrayLike | None = None) -> float:
    """Kakwani-type progressivity: does the aid lean to high need more than the need itself does?

        K = C(a; r, w) − G(r · w; w)

    with r = `rank_by`, the need of each state per unit of `needs` w (homicides per inhabitant and
    inhabitants; or people and one per state). C is `concentration_index`, G the Gini of the need
    itself, r·w. K > 0: more of the aid is where need is densest than of the need; K < 0: less;
    0 when aid is proportional to the need r·w. C alone is 0 when aid follows w and says only
    whether aid leans to need at all; K says whether it leans enough.

    Range −1 − G to 1 − G, within −2 to 1. NaN when nothing is given at all or nobody has need.
    Raises ValueError where `rank_by` is negative: an index without a true zero, such as
    marginalization, has shares of nothing.

    Reference: N. C. Kakwani (1977), "Measurement of tax progressivity: an international
    comparison", *Economic Journal* 87(345), 71-80, with aid in the place of tax and need in the
    place of income.

    Half of each to two states with a need of 1 and 3: C = 0, G = 1/4, K = −1/4:

    >>> kakwani([2.0, 2.0], [1.0, 3.0])
    -0.25
    """
    a, w = known_rows(amounts, needs)
    r = beside(amounts, rank_by, "rank_by")
    if (r < 0).any():
        raise ValueError(f"rank_by {r.min()} is below 0: progressivity needs a true zero")
    return concentration_index(a, r, w) - gini(r * w, w)


def _cumulated(parts: Vector) -> Vector:
    """Cumulated shares from 0 to exactly 1; NaN after the 0 when the parts sum to nothing."""
    cumulated = np.concatenate(([0.0], np.cumsum(parts)))
    total = cumulated[-1]
    cumulated[1:] = cumulated[1:] / total if total > 0 else np.nan
    return cumulated


def _twice_the_area(across: Vector, up: Vector) -> float:
    if across.size < 2:
        return float("nan")
    return float(1 - np.dot(np.diff(across), up[1:] + up[:-1]))
