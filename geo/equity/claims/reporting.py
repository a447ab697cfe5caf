"""Reporting bias: what if what happened in one part of the country was reported less?

With B activities documented at the border, U in the part thought to be under-reported, M in the
rest, and q the border's share of the need, evidence there that is too small by the factor f gives

    r(f) = B / (B + M + f·U) / q

the border's share ratio. It falls to a level r* at f* = (B/(r*·q) − B − M) / U, in closed form.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from geo.atlas import Atlas
from geo.equity.claims.file import load_claims
from geo.equity.claims.incidence_arrays import CountingRule, Mask, amounts_of, needs_of
from geo.equity.claims.statistics import NAN, binomial_at_most, members
from geo.equity.indices import Vector
from geo.policy import RECALL, RECALL_CONFIDENCE

PARITY = 1.0


@dataclass(frozen=True, slots=True)
class UnderReporting:
    """The border's share ratio when one part of the country is thought to be under-reported.

    `border`, `under` and `rest` are documented activities; `need_share` is the border's.
    """

    border: float
    under: float
    rest: float
    need_share: float

    def share(self, factor: float) -> float:
        """The border's share of all when the evidence of `under` is multiplied by the factor."""
        total = self.border + self.rest + factor * self.under
        return self.border / total if total else NAN

    def ratio(self, factor: float) -> float:
        """The border's share ratio at that factor; 1 is parity."""
        return self.share(factor) / self.need_share

    def vanishes_at(self, level: float = PARITY) -> float:
        """The factor at which the ratio falls to the level; infinite where nothing is multiplied.

        Below 1 the ratio is under the level as documented.

        Of 10, six at the border, which has half of the need: with 2 in the part in question,
        these would have to be 4, twice as many, for parity:

        >>> UnderReporting(6, 2, 2, 0.5).vanishes_at()
        2.0
        """
        if not self.under:
            return float("inf")
        return (self.border / (level * self.need_share) - self.border - self.rest) / self.under


@lru_cache(maxsize=64)
def under_reporting(
    atlas: Atlas, need: str, group: str = "south", found: str = "all"
) -> UnderReporting:
    """The documented activities of all years, held against a need, parted by the group in question.

    `group` is a group of the claims file, or `others`: all states off the border.
    """
    claims = load_claims(atlas.data)
    selection = CountingRule(found=found, first=claims.later.first, last=claims.later.last)
    amounts = amounts_of(atlas, selection)
    needs = needs_of(atlas, need, selection.first, selection.last)
    border = members(atlas, claims.groups["border"])
    under = ~border if group == "others" else members(atlas, claims.groups[group]) & ~border
    return UnderReporting(
        border=_sum(amounts, border),
        under=_sum(amounts, under),
        rest=_sum(amounts, ~border & ~under),
        need_share=_sum(needs, border) / float(needs.sum()),
    )


@dataclass(frozen=True, slots=True)
class Recall:
    """What part of the known activities a search met again, with an exact range.

    `worst` is how much more the search could have missed elsewhere than at the border, at both
    ends of the range at once: high / low.
    """

    met: int
    known: int
    low: float
    high: float

    @property
    def rate(self) -> float:
        """The part met again."""
        return self.met / self.known

    @property
    def worst(self) -> float:
        """The factor between the best and the worst recall of the range."""
        return self.high / self.low


@lru_cache(maxsize=4)
def recall_of(met: int = RECALL[0], known: int = RECALL[1]) -> Recall:
    """The recall with its exact binomial range (Clopper and Pearson 1934, *Biometrika* 26, 404).

    It assumes that each known activity was as likely to be met as any other, which nobody tested,
    and holds for the search as a whole: no recall by region was counted.

    >>> found = recall_of(9, 13)
    >>> round(found.rate, 3), round(found.low, 3), round(found.high, 3)
    (0.692, 0.386, 0.909)
    """
    tail = (1 - RECALL_CONFIDENCE) / 2
    low = _solve(lambda p: 1 - binomial_at_most(met - 1, known, p), tail) if met else 0.0
    high = _solve(lambda p: -binomial_at_most(met, known, p), -tail) if met < known else 1.0
    return Recall(met, known, low, high)


def _solve(rising: Callable[[float], float], level: float) -> float:
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if rising(middle) < level:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _sum(values: Vector, rows: Mask) -> float:
    return float(np.asarray(values)[rows].sum())
