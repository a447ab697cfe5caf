"""How complete the ledger is: what an independent search met again of what was already known.

Of n₁ pairs of a state and an activity that were known, the second search by equal questions met m
again, and n₂ in all. The rate m/n₁ says how much such a search sees. Were both searches
independent and every pair as easy to meet as any other, there would be about

    N̂ = (n₁ + 1)(n₂ + 1)/(m + 1) − 1                      (Chapman)

pairs to be found. They are not independent: both read one stock of pages, and most meetings are
the very page that the ledger cites. What is easy to find is met twice, so m is too large and N̂ too
small: it is a floor, never a count.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import comb, sqrt
from typing import TYPE_CHECKING

from geo.atlas import counted
from geo.equity.claims import Recall, recall_of

if TYPE_CHECKING:
    from geo.atlas import Atlas


@dataclass(frozen=True, slots=True)
class Catches:
    """Two catches of pairs of a state and an activity.

    `first` were caught by the one, `second` by the other, `both` by both of them.
    """

    first: int
    second: int
    both: int

    @property
    def rate(self) -> Recall:
        """The part of the first catch that the second met again, with its exact 95% range."""
        return recall_of(self.both, self.first)

    @property
    def all(self) -> tuple[float, float]:
        """Chapman's estimate of all pairs there are to be found, and its standard error."""
        return chapman(self.first, self.second, self.both)


@dataclass(frozen=True, slots=True)
class Completeness:
    """What the second search met again, at the northern border and elsewhere.

    `border` and `others` hold the firm pairs of the ledger as it stood before the second search
    against all that this search met. `border_alone` and `others_alone` hold the first equal-effort
    search against the second, both by what is firm today. `same_source` are the pairs met again
    only through the source that the ledger cites. `p` is how often rates at least as far apart
    would come up if border and others were met alike (Fisher's exact test, two-sided).
    """

    border: Catches
    others: Catches
    border_alone: Catches
    others_alone: Catches
    same_source: int
    p: float

    @property
    def known(self) -> int:
        """The pairs that were known before the second search."""
        return self.border.first + self.others.first

    @property
    def met(self) -> int:
        """How many of them it met again."""
        return self.border.both + self.others.both


@lru_cache(maxsize=4)
def completeness(atlas: Atlas) -> Completeness:
    """What `data/recapture.csv` and the ledger say of how much is found when one looks again."""
    border = set(atlas.border)
    rows = atlas.table("recapture")
    new = _pairs(atlas, "systematic2")
    then = {(str(row["state"]), str(row["activity_id"])) for row in rows}
    again = {(str(row["state"]), str(row["activity_id"])) for row in rows if row["met_again"]}
    one = _pairs(atlas, "systematic") & then
    today = again & _pairs(atlas, "")
    inside, outside = (
        (Catches(*counts), Catches(*alone))
        for counts, alone in (
            (
                _counts(then, again | new, region, border),
                _counts(one, today | new, region, border),
            )
            for region in (True, False)
        )
    )
    here, there = inside[0], outside[0]
    return Completeness(
        border=here,
        others=there,
        border_alone=inside[1],
        others_alone=outside[1],
        same_source=sum(1 for row in rows if row["by_same_source"]),
        p=fisher_exact(here.both, here.first - here.both, there.both, there.first - there.both),
    )


Pairs = set[tuple[str, str]]


def _pairs(atlas: Atlas, search: str) -> Pairs:
    """The firm pairs of today's ledger that a search found; all of them where none is named."""
    return {
        (at.state, activity.activity_id)
        for activity, places in counted(atlas.ledger.activities, include_weak=False)
        for at in places
        if search in ("", at.found_by)
    }


def _counts(first: Pairs, second: Pairs, inside: bool, border: set[str]) -> tuple[int, int, int]:
    one, other = (
        {pair for pair in pairs if (pair[0] in border) is inside} for pairs in (first, second)
    )
    return len(one), len(other), len(one & other)


def chapman(first: int, second: int, both: int) -> tuple[float, float]:
    """How many there are by two catches, and the standard error.

    N̂ = (n₁+1)(n₂+1)/(m+1) − 1, with the variance
    (n₁+1)(n₂+1)(n₁−m)(n₂−m) / ((m+1)²(m+2)). At least n₁ + n₂ − m, unbiased where n₁ + n₂ is
    at least the true number, and finite also where nothing was met again.

    Raises ValueError where more were met again than were caught.

    References: Chapman 1951, *Univ. California Publ. Statistics* 1, 131-160; the variance: Seber
    1970, *Biometrics* 26, 13-22.

    Of 10 marked turtles 5 were among 15 caught later: 11 × 16 ÷ 6 − 1.

    >>> number, error = chapman(10, 15, 5)
    >>> round(number, 2), round(error, 2)
    (28.33, 5.91)
    """
    if not 0 <= both <= min(first, second):
        raise ValueError(f"{both} in both catches do not go with {first} and {second}")
    number = Fraction((first + 1) * (second + 1), both + 1) - 1
    variance = Fraction(
        (first + 1) * (second + 1) * (first - both) * (second - both),
        (both + 1) ** 2 * (both + 2),
    )
    return float(number), sqrt(variance)


def fisher_exact(a: int, b: int, c: int, d: int) -> float:
    """How often two groups would differ at least so much, had chance dealt out the yeses; 0 … 1.

    With a of a + b and c of c + d yeses, all sums held fixed, a table has the probability
    C(a+b, k) C(c+d, a+c−k) / C(n, a+c). p is the sum over all tables that are no likelier than the
    one seen (two-sided), in whole numbers, so that ties are ties.

    Raises ValueError for a negative count.

    Reference: Fisher 1935, *The Design of Experiments*, chapter 2.

    The lady who told three of four cups right (34 of 70 deals are no likelier):

    >>> round(fisher_exact(3, 1, 1, 3), 4)
    0.4857
    """
    if min(a, b, c, d) < 0:
        raise ValueError("a count cannot be negative")
    one, other, yes = a + b, c + d, a + c
    ways = [
        comb(one, k) * comb(other, yes - k) for k in range(max(0, yes - other), min(one, yes) + 1)
    ]
    seen = comb(one, a) * comb(other, c)
    return float(Fraction(sum(way for way in ways if way <= seen), sum(ways)))
