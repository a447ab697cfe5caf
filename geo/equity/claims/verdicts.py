"""Verdicts: from what a test found to what it means for the claim, by rule alone.

The size of the statistic gives the level, by the thresholds of `data/claims.yaml`:

    supported       the threshold is met
    partly          only a weaker reading of the words is
    contradicted    what the claim says would refute it is the case
    not_as_worded   in between

Then three things can lower or withhold it. Where chance alone would do as much more often than
`p_limit`, "supported" becomes "partly". Where the rule asks for nothing at all (a threshold of 0)
and weak evidence exists, it is "partly" too. And a claim cannot be tested with fewer activities
than `min_activities`, where the dollars without a place could tip it either way, or where the data
it needs do not exist.

A claim held against several needs is led by the first, which is population, the plain reading of
"equitably". The others can lower it, since a need may explain what people do not, and never raise
it: supported against people but not against every need is "partly"; contradicted against people
but not against every need is "not as worded".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import isnan

from geo.atlas import Atlas, kept
from geo.equity.claims.claim import Claim, Claims, Period, Test
from geo.equity.claims.file import load_claims
from geo.equity.claims.statistics import Outcome, counting_rule_of, outcomes


class Verdict(StrEnum):
    """What the documents say of a claim."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    NOT_AS_WORDED = "not_as_worded"
    CONTRADICTED = "contradicted"
    CANNOT_TEST = "cannot_test"


class Because(StrEnum):
    """What decided: the size, chance, weak evidence, too few, money without a place, no data."""

    SIZE = "size"
    CHANCE = "chance"
    WEAK = "weak"
    FEW = "few"
    UNPLACED = "unplaced"
    NO_DATA = "no_data"
    NEEDS = "needs"


@dataclass(frozen=True, slots=True)
class Judged:
    """One outcome with its verdict and what decided it."""

    outcome: Outcome
    verdict: Verdict
    because: Because


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim in one period: a judgement against each need, and the verdict they add up to."""

    claim: Claim
    period: Period
    judged: tuple[Judged, ...]
    verdict: Verdict
    because: Because


def finding(atlas: Atlas, claim: Claim, period: Period) -> Finding:
    """Test a claim over one period and judge it. Cached by atlas, claim and period."""
    return _finding(atlas, claim, period)


@kept(maxsize=128)
def _finding(atlas: Atlas, claim: Claim, period: Period) -> Finding:
    claims = load_claims(atlas.data)
    found = outcomes(atlas, claim, counting_rule_of(claim.test, period))
    judged = tuple(judge(claim.test, outcome, claims) for outcome in found)
    verdict, because = combine(judged)
    return Finding(claim, period, judged, verdict, because)


def judge(test: Test, outcome: Outcome, claims: Claims) -> Judged:
    """The verdict on one outcome; see the module's docstring for the rule."""
    few = claims.min_activities
    if test.kind == "dollars_share":
        return Judged(outcome, *_of_dollars(test, outcome))
    if outcome.activities < few or isnan(outcome.value):
        return Judged(outcome, Verdict.CANNOT_TEST, Because.FEW)
    verdict = level(test, outcome.value)
    if verdict is Verdict.SUPPORTED and outcome.p is not None and outcome.p > claims.p_limit:
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


def _of_dollars(test: Test, outcome: Outcome) -> tuple[Verdict, Because]:
    """Decided only where every way to spend the dollars without a place gives the same level."""
    if isnan(outcome.low) or isnan(outcome.high):
        return Verdict.CANNOT_TEST, Because.UNPLACED
    least, most = level(test, outcome.low), level(test, outcome.high)
    if least is most:
        return least, Because.SIZE
    return Verdict.CANNOT_TEST, Because.UNPLACED
