"""Do states that get much lie beside states that get much? Moran's I, for all and for each.

With only 32 states, many of them often at zero, these are hints about a pattern and never proof
of one: `Caution` says as data which reservations apply, the pages say it in words.

References: P. A. P. Moran (1950), "Notes on continuous stochastic phenomena", *Biometrika*
37(1/2), 17-23; L. Anselin (1995), "Local indicators of spatial association (LISA)", *Geographical
Analysis* 27(2), 93-115.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from geo.equity.chance.neighbours import Contiguity
from geo.equity.chance.outcome import PermutationResult, nothing_to_tell, outcome_of
from geo.equity.chance.relabeling import shuffles
from geo.equity.indices import ROUNDING, Vector
from geo.policy import FALSE_DISCOVERY_RATE, FEW_AREAS, PERMUTATION_SEED, PERMUTATIONS

NAN = float("nan")


class Caution(StrEnum):
    """Why a spatial statistic has to be read with care."""

    FEW_AREAS = "few_areas"
    """There are fewer than `policy.FEW_AREAS` states with a number."""
    MANY_TIES = "many_ties"
    """At least half of the states have the same number, mostly zero."""
    ISLANDS = "islands"
    """Some state has no neighbour with a number; its surroundings count as average."""
    NO_VARIATION = "no_variation"
    """All states have the same number: there is no pattern to find."""


class Quadrant(StrEnum):
    """A state and its neighbours' mean, each above the national mean (high) or not (low)."""

    HIGH_HIGH = "high_high"
    LOW_HIGH = "low_high"
    LOW_LOW = "low_low"
    HIGH_LOW = "high_low"


@dataclass(frozen=True, slots=True)
class Moran:
    """Moran's I with its permutation test; `expected` is −1/(n − 1), what chance gives on average.

    `test.observed` is `i`.
    """

    i: float
    expected: float
    test: PermutationResult
    cautions: tuple[Caution, ...]


@dataclass(frozen=True, slots=True)
class LocalMoran:
    """One state beside its neighbours.

    `p` is two-sided: twice the smaller one of the two one-sided p, at most 1. `adjusted` is p after
    the correction for looking at all states at once; `marked` whether it is at most the false
    discovery rate. `neighbours` counts those with a number.
    """

    code: str
    i: float
    quadrant: Quadrant
    neighbours: int
    p: float
    adjusted: float
    marked: bool


def moran(
    values: ArrayLike,
    contiguity: Contiguity,
    n: int = PERMUTATIONS,
    seed: int = PERMUTATION_SEED,
) -> Moran:
    """Moran's I: are neighbours alike (above `expected`) or unlike (below)?

        I = (n / S0) · Σ_i Σ_j w_ij z_i z_j / Σ_i z_i²

    with z_i the deviation from the mean, w the row-standardised weights and S0 their sum. Mostly
    between −1 and 1.

    Parameters
    ----------
    values
        Shape (n,), in order of `contiguity.codes`: best something per need, such as aid per
        inhabitant. States with NaN are left out together with their links.
    contiguity
        Who is whose neighbour.
    n, seed
        Random orders of the values over the map, as defined in `geo.equity.chance.outcome`.

    NaN, with every p NaN, where fewer than three states have a number, where no two of these are
    neighbours, and where all numbers are the same.

    Four states in a row with 1, 1, 0, 0: the neighbours' means are 1, ½, ½, 0, all deviations
    ½, so that I = (½·½ + ½·0 + ½·0 + ½·½) / (4·¼) = ½:

    >>> row = Contiguity(("1", "2", "3", "4"), (("2",), ("1", "3"), ("2", "4"), ("3",)))
    >>> moran([1, 1, 0, 0], row, n=99).i
    0.5
    """
    z, near, cautions = _deviations(values, contiguity)
    expected = -1 / (z.size - 1) if z.size > 1 else NAN
    weights = near.row_standardised()
    if z.size < 3 or Caution.NO_VARIATION in cautions or not weights.any():
        return Moran(NAN, expected, nothing_to_tell(defined=False), cautions)
    scale = z.size / weights.sum() / (z @ z)
    many = z[shuffles(z.size, n, seed)]
    test = outcome_of(
        float(scale * (z @ (weights @ z))),
        scale * (many * (many @ weights.T)).sum(axis=1),
        exact=False,
    )
    return Moran(test.observed, expected, test, cautions)


def local_moran(
    values: ArrayLike,
    contiguity: Contiguity,
    n: int = PERMUTATIONS,
    seed: int = PERMUTATION_SEED,
    rate: float = FALSE_DISCOVERY_RATE,
) -> tuple[LocalMoran, ...]:
    """Local Moran's I of each state with a number, in order of the codes.

        I_i = (n − 1) · z_i · Σ_j w_ij z_j / Σ_k z_k²

    Positive: a state like its neighbours; negative: unlike. p is conditional: the state keeps its
    own value and the others' are dealt out anew n times, p = (1 + #{at least as extreme}) /
    (1 + n) on either side. What differs by rounding only counts as equal. The p of all states are
    corrected together by `benjamini_hochberg`.

    Parameters are those of `moran`; `rate` is the false discovery rate below which a state is
    marked. Empty where `moran` is NaN. A state without neighbours has I_i = 0 and p = 1.

    >>> row = Contiguity(("1", "2", "3", "4"), (("2",), ("1", "3"), ("2", "4"), ("3",)))
    >>> [(here.i, here.quadrant.value) for here in local_moran([1, 1, 0, 0], row, n=99)][:2]
    [(0.75, 'high_high'), (0.0, 'high_low')]
    """
    z, near, cautions = _deviations(values, contiguity)
    weights = near.row_standardised()
    if z.size < 3 or Caution.NO_VARIATION in cautions or not weights.any():
        return ()
    scale = (z.size - 1) / (z @ z)
    lag = weights @ z
    local = scale * z * lag
    orders = shuffles(z.size - 1, n, seed)
    p_values = []
    for i, others in enumerate(near.neighbours):
        if not others:
            p_values.append(1.0)
            continue
        dealt = np.delete(z, i)[orders[:, : len(others)]]
        chance = scale * z[i] * dealt.mean(axis=1)
        slack = ROUNDING * max(1.0, abs(local[i]))
        above = int(np.count_nonzero(chance >= local[i] - slack))
        below = int(np.count_nonzero(chance <= local[i] + slack))
        p_values.append(min(1.0, 2 * (1 + min(above, below)) / (1 + n)))
    adjusted = benjamini_hochberg(p_values)
    return tuple(
        LocalMoran(
            code=code,
            i=float(local[i]),
            quadrant=_quadrant(float(z[i]), float(lag[i])),
            neighbours=len(near.neighbours[i]),
            p=p_values[i],
            adjusted=float(adjusted[i]),
            marked=bool(adjusted[i] <= rate),
        )
        for i, code in enumerate(near.codes)
    )


def benjamini_hochberg(p_values: Sequence[float]) -> Vector:
    """p-values corrected for looking at many at once, so that few of the finds are false.

    With m p-values in ascending order, the corrected j-th is the smallest of p_k · m / k over
    k ≥ j, at most 1. Marking those with a corrected p of at most q keeps the expected share of
    false marks among all marks at q or below. Shape (m,), in the order given.

    Reference: Y. Benjamini and Y. Hochberg (1995), "Controlling the false discovery rate: a
    practical and powerful approach to multiple testing", *Journal of the Royal Statistical
    Society B* 57(1), 289-300; for local spatial statistics, M. C. de Castro and B. H. Singer
    (2006), *Geographical Analysis* 38(2), 180-208.

    0.01 · 3/1, and 0.04 · 3/3, which is below 0.03 · 3/2:

    >>> [round(p, 6) for p in benjamini_hochberg([0.01, 0.04, 0.03]).tolist()]
    [0.03, 0.04, 0.04]
    """
    p = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(p, kind="stable")
    scaled = p[order] * p.size / np.arange(1, p.size + 1)
    corrected = np.empty_like(p)
    corrected[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return corrected


def _deviations(
    values: ArrayLike, contiguity: Contiguity
) -> tuple[Vector, Contiguity, tuple[Caution, ...]]:
    """Deviations from the mean of the states with a number, their links, and what to beware of."""
    x = np.asarray(values, dtype=np.float64)
    if x.shape != (len(contiguity.codes),):
        raise ValueError(f"{len(contiguity.codes)} states need as many values, not {x.shape}")
    if np.isinf(x).any():
        raise ValueError("a value is infinite: every state has a number, or NaN where unknown")
    known = ~np.isnan(x)
    near = contiguity.among(c for c, k in zip(contiguity.codes, known, strict=True) if k)
    x = x[known]
    if not x.size:
        return x, near, (Caution.FEW_AREAS, Caution.NO_VARIATION)
    z: Vector = x - x.mean()
    counts = np.unique(x, return_counts=True)[1]
    found = {
        Caution.FEW_AREAS: x.size < FEW_AREAS,
        Caution.MANY_TIES: 2 * int(counts.max()) >= x.size,
        Caution.ISLANDS: bool(near.islands),
        Caution.NO_VARIATION: bool(np.ptp(x) <= ROUNDING * np.abs(x).max()),
    }
    return z, near, tuple(caution for caution, holds in found.items() if holds)


def _quadrant(own: float, around: float) -> Quadrant:
    if own > 0:
        return Quadrant.HIGH_HIGH if around > 0 else Quadrant.HIGH_LOW
    return Quadrant.LOW_HIGH if around > 0 else Quadrant.LOW_LOW
