"""Findings: the one verdict of a claim, out of its readings and all other ways to count.

The readings of all evidence are lowered, one after another, and never raised:

    places, off_border   the lowest of the readings (`geo.equity.claims.readings`)
    effort               no surer than the evidence alone that was found by asking every state the
                         same questions; where that is too thin to tell, nothing is sure
    ways                 no surer than most ways to count: a verdict that half of them or more do
                         not share is at most "in part" (`geo.equity.claims.robustness`)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from geo.atlas import Atlas, kept
from geo.equity.claims.claim import Claim, Period
from geo.equity.claims.distance import Away, Spread, nearest
from geo.equity.claims.file import load_claims
from geo.equity.claims.incidence_arrays import amounts_of, needs_of
from geo.equity.claims.readings import (
    OFF_BORDER,
    PLACES,
    Reading,
    readings_of,
    rule_of,
    verdict_of,
)
from geo.equity.claims.robustness import grid_of
from geo.equity.claims.verdicts import Because, Judged, Verdict, in_part, no_surer, shares

EQUAL_EFFORT: Final = "systematic"
"""The choice of searches that asked every state the same questions."""


@dataclass(frozen=True, slots=True)
class Ways:
    """How many of the ways to count that can be tested share a verdict."""

    verdict: Verdict
    shared: int
    tested: int

    @property
    def most(self) -> bool:
        """Whether more than half of them do."""
        return 2 * self.shared > self.tested


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim in one period: its readings, and the verdict they add up to.

    `readings` are by all evidence, `equal` the same by equal-effort evidence alone. `ways` says
    how many ways to count share the verdict, `sought` how many shared the one it would have had.
    `decided` is the reading that the verdict hangs on.
    """

    claim: Claim
    period: Period
    readings: tuple[Reading, ...]
    equal: tuple[Reading, ...]
    ways: Ways
    sought: Ways
    verdict: Verdict
    because: Because
    decided: Reading
    look: Callable[[], Away | None] = field(compare=False, repr=False)

    @property
    def away(self) -> Away | None:
        """How far the next verdict lies; None where no count of documented times decides.

        Looked for once it is asked for: of most findings only the verdict is wanted.
        """
        return self.look()

    @property
    def judged(self) -> tuple[Judged, ...]:
        """The judgements of the claim's own statistic by all evidence, one for each need."""
        return self.readings[0].judged

    @property
    def equal_verdict(self) -> Verdict:
        """What equal-effort evidence alone would say."""
        return verdict_of(self.equal)[0]


@kept(maxsize=256)
def finding(atlas: Atlas, claim: Claim, period: Period) -> Finding:
    """Test a claim over one period and judge it."""
    readings = readings_of(atlas, period, "all")[claim.claim_id]
    equal = readings_of(atlas, period, EQUAL_EFFORT)[claim.claim_id]
    verdict, decided = verdict_of(readings)
    because = {PLACES: Because.PLACES, OFF_BORDER: Because.OFF_BORDER}.get(
        decided.name, decided.because
    )
    by_equal_effort, weakest = verdict_of(equal)
    fair = no_surer(verdict, by_equal_effort)
    if fair is not verdict:
        verdict, because, decided = fair, Because.EFFORT, weakest
    sought = ways = ways_of(atlas, claim, verdict)
    most = by_most_ways(atlas, claim, verdict)
    if most is not verdict:
        verdict, because, ways = most, Because.WAYS, ways_of(atlas, claim, most)

    @cache
    def look() -> Away | None:
        return nearest(
            load_claims(atlas.data),
            claim.test,
            readings,
            equal,
            lambda all_of_it, fair: by_most_ways(atlas, claim, no_surer(all_of_it, fair)),
            _spreads(atlas, claim, period) if claim.test.kind == "displacement" else None,
        )

    return Finding(claim, period, readings, equal, ways, sought, verdict, because, decided, look)


def _spreads(atlas: Atlas, claim: Claim, period: Period) -> tuple[Spread, Spread]:
    """What the states have of all evidence and of equal-effort evidence, beside their needs."""
    rule, alike = (rule_of(claim, period, found) for found in ("all", EQUAL_EFFORT))
    needs = tuple(needs_of(atlas, need, rule.first, rule.last) for need in claim.test.needs)
    return Spread(amounts_of(atlas, rule), needs), Spread(amounts_of(atlas, alike), needs)


def by_most_ways(atlas: Atlas, claim: Claim, verdict: Verdict) -> Verdict:
    """A verdict, at most "in part" where most ways to count do not share it."""
    ways = ways_of(atlas, claim, verdict)
    return verdict if ways.most or not ways.tested else in_part(verdict)


@kept(maxsize=256)
def ways_of(atlas: Atlas, claim: Claim, verdict: Verdict) -> Ways:
    """How many cells of the claim's grid share a verdict, of those that can be tested."""
    grid = grid_of(atlas, claim)
    shared = sum(
        1
        for cell in grid.cells
        if cell.verdict is not Verdict.CANNOT_TEST and shares(verdict, cell.verdict)
    )
    return Ways(verdict, shared, grid.tested)
