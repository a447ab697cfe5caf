"""What a permutation test comes to, and how its p is defined.

T is the statistic of the real labels, T* of a relabeling, # counts relabelings.

* sampled, n relabelings: p = (1 + #{T* ≥ T}) / (1 + n), the real one counting as one of them;
* exact, all N relabelings, the real one among them: p = #{T* ≥ T} / N.

`p_greater` counts T* ≥ T, `p_less` T* ≤ T. A T* that differs from T by less than a part in 10⁹
counts as equal, since sums in another order differ by their rounding.
A statistic without a unit is taken to be of size 1 at least for this.

References: P. Good (2005), *Permutation, Parametric and Bootstrap Tests of Hypotheses*; B. Phipson
and G. K. Smyth (2010), "Permutation p-values should never be zero", *Statistical Applications in
Genetics and Molecular Biology* 9(1), 39.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.equity.indices import ROUNDING, Vector

BINS = 40
"""Bars of the histogram of a permutation distribution."""

NAN = float("nan")


@dataclass(frozen=True, slots=True)
class PermutationResult:
    """One test; see the module's docstring for the definition of both p.

    `labelings` is n or, when `exact`, N; `mean` is that of the T*. The histogram has `counts[j]` of
    them from `edges[j]` up to but not including `edges[j + 1]`, the last bar including its end.
    Where T is not defined (nothing given, one group empty) every number is NaN and the histogram is
    empty.
    """

    observed: float
    p_greater: float
    p_less: float
    labelings: int
    exact: bool
    mean: float
    edges: tuple[float, ...]
    counts: tuple[int, ...]


def outcome_of(
    observed: float, values: Vector, *, exact: bool, size: float = 1.0
) -> PermutationResult:
    """A test out of T and all T*, as the module's docstring defines it.

    `exact` says that `values` holds every labeling, the real one among them; `size` is how large
    the statistic is, against which a difference is one of rounding.
    """
    if np.isnan(observed) or np.isnan(values).any():
        return nothing_to_tell(defined=False)
    # The real labels are one of all labelings when exact; of a sample they are added.
    also = 0 if exact else 1
    slack = ROUNDING * max(size, abs(observed))

    def p(extreme: NDArray[np.bool_]) -> float:
        return (also + int(np.count_nonzero(extreme))) / (also + values.size)

    all_alike = np.ptp(values) <= slack
    counts, edges = np.histogram(values, bins=1 if all_alike else BINS)
    return PermutationResult(
        observed=observed,
        p_greater=p(values >= observed - slack),
        p_less=p(values <= observed + slack),
        labelings=values.size,
        exact=exact,
        mean=float(values.mean()),
        edges=tuple(edges.tolist()),
        counts=tuple(counts.tolist()),
    )


def nothing_to_tell(*, defined: bool) -> PermutationResult:
    """A test of a statistic that is NaN: every p is 1 where all labelings are alike, else NaN."""
    p = 1.0 if defined else NAN
    return PermutationResult(NAN, p, p, 0, False, NAN, (), ())
