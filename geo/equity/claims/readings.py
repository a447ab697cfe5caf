"""The readings of one claim by one choice of evidence, each with its verdict.

    all         the claim's own statistic
    places      of a claim about places: the different municipalities instead of documented times
    off_border  of a claim that a group off the border got less: the states off the border alone

`verdict_of` says what they add up to. Every p of a period is corrected together, over all
claims, needs and readings that are held against deals (Benjamini and Hochberg).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.equity.chance import benjamini_hochberg
from geo.equity.claims.file import load_claims
from geo.equity.claims.statistics import (
    Outcome,
    counting_rule_of,
    off_border_outcomes,
    outcomes,
    places_outcome,
)
from geo.equity.claims.verdicts import Because, Judged, Verdict, combine, judge, together

if TYPE_CHECKING:
    from geo.atlas import Atlas
    from geo.equity.claims.claim import Claim, Period
    from geo.equity.claims.incidence_arrays import CountingRule

ALL, PLACES, OFF_BORDER = "all", "places", "off_border"


@dataclass(frozen=True, slots=True)
class Reading:
    """One statistic of a claim: a judgement against each need, the verdict they add up to."""

    name: str
    judged: tuple[Judged, ...]
    verdict: Verdict
    because: Because


def verdict_of(readings: tuple[Reading, ...]) -> tuple[Verdict, Reading]:
    """What readings of the same evidence add up to, and the reading it hangs on."""
    own, *others = readings
    verdict = together(own.verdict, *(one.verdict for one in others))
    if own.verdict is verdict:
        return verdict, own
    same = (one for one in others if one.verdict is verdict)
    return verdict, next(same, others[0] if others else own)


def outcomes_of(
    atlas: Atlas, claim: Claim, selection: CountingRule, *, dealt: bool = True
) -> Iterator[tuple[str, tuple[Outcome, ...]]]:
    """The readings there are of a claim under a selection, by name, with their outcomes."""
    yield ALL, outcomes(atlas, claim, selection, dealt=dealt)
    if claim.test.kind == "places_share":
        yield PLACES, (places_outcome(atlas, claim.test, selection),)
    elsewhere = off_border_outcomes(atlas, claim, selection, dealt=dealt)
    if elsewhere:
        yield OFF_BORDER, elsewhere


@lru_cache(maxsize=16)
def readings_of(atlas: Atlas, period: Period, found: str) -> dict[str, tuple[Reading, ...]]:
    """Every claim's readings over a period, by evidence of a choice of searches; by claim id."""
    claims = load_claims(atlas.data)
    outcome_of = {
        claim.claim_id: tuple(outcomes_of(atlas, claim, rule_of(claim, period, found)))
        for claim in claims.claims
    }
    corrected = _corrected(
        [outcome for named in outcome_of.values() for _, ones in named for outcome in ones]
    )
    readings: dict[str, tuple[Reading, ...]] = {}
    for claim in claims.claims:
        made = []
        for name, ones in outcome_of[claim.claim_id]:
            judged = tuple(judge(claim.test, corrected[id(one)], claims) for one in ones)
            made.append(Reading(name, judged, *combine(judged)))
        readings[claim.claim_id] = tuple(made)
    return readings


def by_size(atlas: Atlas, claim: Claim, period: Period) -> tuple[Outcome, Verdict]:
    """The claim's own outcome, and the verdict of its readings by nothing but their size."""
    claims, rule = load_claims(atlas.data), rule_of(claim, period, "all")
    named = tuple(outcomes_of(atlas, claim, rule, dealt=False))
    verdicts = [
        combine(tuple(judge(claim.test, one, claims) for one in ones))[0] for _, ones in named
    ]
    return named[0][1][0], together(*verdicts)


def rule_of(claim: Claim, period: Period, found: str) -> CountingRule:
    """What a claim asks for, of the evidence of a choice of searches."""
    return replace(counting_rule_of(claim.test, period), found=found)


def _corrected(outcomes: list[Outcome]) -> dict[int, Outcome]:
    """Each outcome with its p corrected for all of them, by its identity."""
    tested = [one for one in outcomes if one.p is not None]
    found = {id(one): one for one in outcomes}
    if tested:
        p = benjamini_hochberg([one.p for one in tested if one.p is not None]).tolist()
        for one, corrected in zip(tested, p, strict=True):
            found[id(one)] = replace(one, corrected=corrected)
    return found
