"""Share against share: how far each state, and all of them, are from parity with need.

For state i with amount a_i and need w_i, and the sums A and W over the states with a known
amount, s_i = a_i / A is its share of the aid and q_i = w_i / W its share of the need. At parity
s_i = q_i everywhere.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from geo.equity.indices.arrays import Vector, amounts_and_needs, known_rows


def shares(values: ArrayLike) -> Vector:
    """Each state's share of the total: s_i = a_i / Σa.

    Range 0 to 1, sum 1. NaN stays NaN and is not part of the total; all NaN where the total is 0.

    >>> shares([1.0, 3.0, 0.0]).tolist()
    [0.25, 0.75, 0.0]
    """
    a, _ = amounts_and_needs(values)
    total = np.nansum(a)
    return a / total if total > 0 else np.full_like(a, np.nan)


def hoover(amounts: ArrayLike, needs: ArrayLike | None = None) -> float:
    """Hoover index: the part of the aid that would have to move to reach parity with need.

        H = ½ · Σ |s_i − q_i|

    Range 0 (parity) to 1 − min q_i (all of it in the state with the least need), which is 31/32
    for 32 states of equal need. H × total is exactly the amount that must change place. NaN when
    nothing is given at all. States with an unknown amount are left out with their need.

    Reference: E. M. Hoover (1936), "The measurement of industrial localization", *Review of
    Economics and Statistics* 18(4), 162-171.

    Of 8, one state has 6 and its share is 2; 4 have to move:

    >>> hoover([6.0, 2.0, 0.0, 0.0])
    0.5
    """
    a, w = known_rows(amounts, needs)
    total = a.sum()
    if not total > 0:
        return float("nan")
    return float(np.abs(a / total - w / w.sum()).sum() / 2)


def top_k_share(amounts: ArrayLike, k: int) -> float:
    """The share of the aid that the k states with most of it have together.

        C_k = Σ of the k largest s_i

    Range k/n to 1; 1 when k reaches the number of states. Ties do not matter to the sum. NaN when
    nothing is given at all. Needs do not enter. Raises ValueError for k below 1.

    Reference: M. Hall and N. Tideman (1967), "Measures of concentration", *Journal of the
    American Statistical Association* 62(317), 162-168.

    >>> top_k_share([5.0, 1.0, 3.0, 1.0], 2)
    0.8
    """
    if k < 1:
        raise ValueError(f"the top {k} states are nobody: k is at least 1")
    a, _ = known_rows(amounts)
    total = a.sum()
    return float(np.sort(a)[::-1][:k].sum() / total) if total > 0 else float("nan")


def herfindahl(amounts: ArrayLike) -> float:
    """Herfindahl index of concentration: HHI = Σ s_i².

    Range 1/n (all the same) to 1 (one state has it all); 1 / HHI is the number of equal states
    that would be as concentrated. NaN when nothing is given at all. Needs do not enter.

    Reference: O. C. Herfindahl (1950), *Concentration in the U.S. Steel Industry*, and A. O.
    Hirschman (1964), "The paternity of an index", *American Economic Review* 54(5), 761-762.

    One half and two quarters are as concentrated as 2.67 equal states:

    >>> herfindahl([2.0, 1.0, 1.0])
    0.375
    """
    a, _ = known_rows(amounts)
    total = a.sum()
    return float(np.square(a / total).sum()) if total > 0 else float("nan")
