"""Verdicts: from what a test found to what it means for the claim, by rule alone.

The size of the statistic gives the level, by the thresholds of `data/claims.yaml`:

    supported       the threshold is met
    partly          only a weaker reading of the words is
    contradicted    what the claim says would refute it is the case
    not_as_worded   in between

Then three things can lower or withhold it. Where deals by need alone would come up with as much
more often than `p_limit`, corrected for all that is asked of the period, "supported" becomes
"partly". Where the rule asks for nothing at all (a threshold of 0) and weak evidence exists, it is
"partly" too. And a claim cannot be tested with fewer activities than `min_activities`, where the
dollars without a place could tip it either way, or where the data it needs do not exist.

A claim held against several needs is led by the first, which is population, the plain reading of
"equitably". The others can lower it, since a need may explain what people do not, and never raise
it: supported against people but not against every need is "partly"; contradicted against people
but not against every need is "not as worded".

`geo.equity.claims.findings` puts the readings of a claim together.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import isnan
from typing import Final

from geo.equity.claims.claim import Claims, Test
from geo.equity.claims.statistics import Outcome


class Verdict(StrEnum):
    """What the documents say of a claim."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    NOT_AS_WORDED = "not_as_worded"
    CONTRADICTED = "contradicted"
    CANNOT_TEST = "cannot_test"


LADDER: Final = (
    Verdict.CANNOT_TEST,
    Verdict.CONTRADICTED,
    Verdict.NOT_AS_WORDED,
    Verdict.PARTLY,
    Verdict.SUPPORTED,
)
"""From the least support of a claim to the most."""

STANDS: Final = (Verdict.SUPPORTED, Verdict.PARTLY)
"""Verdicts with which a claim holds, in full or in part."""

SURE: Final = (Verdict.SUPPORTED, Verdict.CONTRADICTED)
"""Verdicts that leave nothing open."""


class Because(StrEnum):
    """What decided a verdict.

    Of one outcome: its size, chance, weak evidence, too few activities, money without a place. Of
    a claim also: no data, a need, the different places, the states off the border, the evidence
    from questions asked of every state alike, the other ways to count.
    """

    SIZE = "size"
    CHANCE = "chance"
    WEAK = "weak"
    FEW = "few"
    UNPLACED = "unplaced"
    NO_DATA = "no_data"
    NEEDS = "needs"
    PLACES = "places"
    OFF_BORDER = "off_border"
    EFFORT = "effort"
    WAYS = "ways"


@dataclass(frozen=True, slots=True)
class Judged:
    """One outcome with its verdict and what decided it."""

    outcome: Outcome
    verdict: Verdict
    because: Because


def judge(test: Test, outcome: Outcome, claims: Claims) -> Judged:
    """The verdict on one outcome; see the module's docstring for the rule."""
    few = claims.min_activities
    if test.kind == "dollars_share":
        return Judged(outcome, *_of_dollars(test, outcome))
    if outcome.activities < few or isnan(outcome.value):
        return Judged(outcome, Verdict.CANNOT_TEST, Because.FEW)
    verdict = level(test, outcome.value)
    p = outcome.p if outcome.corrected is None else outcome.corrected
    if verdict is Verdict.SUPPORTED and p is not None and p > claims.p_limit:
        return Judged(outcome, Verdict.PARTLY, Because.CHANCE)
    if verdict is Verdict.SUPPORTED and test.supported == 0 and outcome.weak_links:
        return Judged(outcome, Verdict.PARTLY, Because.WEAK)
    return Judged(outcome, verdict, Because.SIZE)


def level(test: Test, value: float) -> Verdict:
    """What the size of the statistic alone says."""
    sign = 1 if test.direction == "at_least" else -1
    if sign * value >= sign * test.supported:
        return Verdict.SUPPORTED
    if sign * value >= sign * test.partly:
        return Verdict.PARTLY
    if sign * value <= sign * test.contradicted:
        return Verdict.CONTRADICTED
    return Verdict.NOT_AS_WORDED


def combine(judged: tuple[Judged, ...]) -> tuple[Verdict, Because]:
    """One verdict out of those against each need."""
    if not judged:
        return Verdict.CANNOT_TEST, Because.NO_DATA
    found = {one.verdict for one in judged}
    lead = judged[0]
    if len(found) == 1:
        return lead.verdict, lead.because
    if Verdict.CANNOT_TEST in found:
        return Verdict.CANNOT_TEST, Because.FEW
    if lead.verdict is Verdict.SUPPORTED:
        return Verdict.PARTLY, Because.NEEDS
    if lead.verdict is Verdict.CONTRADICTED:
        return Verdict.NOT_AS_WORDED, Because.NEEDS
    return lead.verdict, lead.because


def together(own: Verdict, *others: Verdict) -> Verdict:
    """What the readings of the same evidence add up to: the verdict that supports a claim least.

    Another reading that cannot be tested lowers nothing, but leaves nothing sure; where the
    claim's own cannot, there is nothing to tell.
    """
    if own is Verdict.CANNOT_TEST:
        return own
    told = [one for one in (own, *others) if one is not Verdict.CANNOT_TEST]
    found = min(told, key=LADDER.index)
    return found if len(told) == 1 + len(others) else in_part(found)


def no_surer(verdict: Verdict, other: Verdict) -> Verdict:
    """A verdict, made no surer than another reading is, for the claim or against it.

    For the claim it is at most what the other reading says, and against it likewise; where the two
    point in different directions nothing is left but "not as worded". A reading that cannot tell
    leaves no verdict sure.

    >>> no_surer(Verdict.CONTRADICTED, Verdict.PARTLY).value
    'not_as_worded'
    >>> no_surer(Verdict.SUPPORTED, Verdict.CANNOT_TEST).value
    'partly'
    """
    if verdict is Verdict.CANNOT_TEST:
        return verdict
    if other is Verdict.CANNOT_TEST:
        return in_part(verdict)
    if (verdict in STANDS) == (other in STANDS):
        return verdict if other in SURE else in_part(verdict)
    return Verdict.NOT_AS_WORDED


def in_part(verdict: Verdict) -> Verdict:
    """The less sure verdict of the same direction."""
    return {
        Verdict.SUPPORTED: Verdict.PARTLY,
        Verdict.CONTRADICTED: Verdict.NOT_AS_WORDED,
    }.get(verdict, verdict)


def shares(verdict: Verdict, other: Verdict) -> bool:
    """Whether another reading shares a verdict: it goes at least as far in its direction."""
    if Verdict.CANNOT_TEST in (verdict, other):
        return verdict is other
    if verdict in STANDS:
        return LADDER.index(other) >= LADDER.index(verdict)
    return LADDER.index(other) <= LADDER.index(verdict)


def _of_dollars(test: Test, outcome: Outcome) -> tuple[Verdict, Because]:
    """Decided only where every way to spend the dollars without a place gives the same level."""
    if isnan(outcome.low) or isnan(outcome.high):
        return Verdict.CANNOT_TEST, Because.UNPLACED
    least, most = level(test, outcome.low), level(test, outcome.high)
    if least is most:
        return least, Because.SIZE
    return Verdict.CANNOT_TEST, Because.UNPLACED
