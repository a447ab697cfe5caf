"""The robustness grid: a claim judged again for every reasonable way to count.

The axes are evidence with its split rule (documented; split equally, by population, by homicides),
period, weak rows out or in, how the evidence was found, and, for a claim held against needs, the
need. Every cell is judged by the same thresholds as the claim itself, against its one need, and
like it takes the lower verdict of its readings. The grid asks how much hangs on how one counts, so
it judges by size: how often deals do as much is asked of the claim's own way alone, and could only
turn "supported" into "in part".

Beside the cells stand the judgement calls of `data/ledger/judgements.csv`: the claim's own way of
counting, with the other decision on one row of the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from geo.atlas import Atlas, kept
from geo.equity.claims.claim import NEEDS, Claim, Claims, Period, Test
from geo.equity.claims.file import load_claims
from geo.equity.claims.incidence_arrays import WAYS, CountingRule, amounts_of
from geo.equity.claims.judgements import Call, calls, otherwise
from geo.equity.claims.readings import by_size
from geo.equity.claims.statistics import (
    Outcome,
    dollars_outcome,
    off_border,
    places_outcome,
    state_outcome,
    times_outcome,
)
from geo.equity.claims.verdicts import STANDS, Verdict, judge, together
from geo.equity.indices import Vector
from geo.policy import FIRST_YEAR, LAST_YEAR

WEAK: Final = (False, True)

SEARCHES: Final = ("all", "systematic", "targeted")
"""Choices of searches: all, those that asked every state alike, those that followed trails.

The single equal-effort searches are parts of one choice and no ways of their own.
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """One way to count, what the test found in it, and the verdict."""

    selection: CountingRule
    outcome: Outcome
    verdict: Verdict


@dataclass(frozen=True, slots=True, eq=False)
class Called:
    """A claim in one period as it was decided, and with the other decision of a judgement call.

    The verdicts are by nothing but size.
    """

    call: Call
    period: Period
    decided: tuple[Outcome, Verdict]
    otherwise: tuple[Outcome, Verdict]


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """All cells of a claim, in order of need, period, search, evidence and weak rows.

    `called` are the judgement calls in each of the claim's periods; they are no cells.
    """

    claim: Claim
    cells: tuple[Cell, ...]
    called: tuple[Called, ...]

    def count(self, *verdicts: Verdict) -> int:
        """In how many cells the verdict is one of these."""
        return sum(1 for cell in self.cells if cell.verdict in verdicts)

    @property
    def tested(self) -> int:
        """In how many cells there was enough to test."""
        return len(self.cells) - self.count(Verdict.CANNOT_TEST)

    @property
    def holds(self) -> int:
        """In how many cells the claim is supported, in full or in part."""
        return self.count(*STANDS)


def periods(claims: Claims) -> tuple[Period, ...]:
    """To the year before the essay, to the essay, after it, and all: none hangs on one year."""
    return (
        Period(FIRST_YEAR, claims.written.last - 1),
        claims.written,
        Period(claims.written.last + 1, LAST_YEAR),
        claims.later,
    )


@kept(maxsize=64)
def grid_of(atlas: Atlas, claim: Claim) -> Grid:
    """The grid of a claim; empty where it cannot be tested at all."""
    test = claim.test
    if test.kind == "no_data":
        return Grid(claim, (), ())
    claims = load_claims(atlas.data)
    cells = [
        _cell(atlas, claims, test, selection, need)
        for need in (NEEDS if test.needs else ("",))
        for selection in _selections(test, claims)
    ]
    return Grid(claim, tuple(cells), tuple(_called(atlas, claim, claims)))


def _called(atlas: Atlas, claim: Claim, claims: Claims) -> Iterator[Called]:
    for call in calls(atlas):
        other = otherwise(atlas, call)
        for period in (claims.written, claims.later):
            yield Called(call, period, by_size(atlas, claim, period), by_size(other, claim, period))


def _selections(test: Test, claims: Claims) -> list[CountingRule]:
    """Every way to count that gives numbers of its own for this kind of test."""
    ways = {
        "places_share": WAYS[:2],  # a place has no people or homicides of its own to split by
        "dollars_share": WAYS[:1],  # no dollars name several states and a city
    }.get(test.kind, WAYS)
    # Dollars are counted over the years of their total alone.
    spans = (claims.later,) if test.kind == "dollars_share" else periods(claims)
    return [
        CountingRule(evidence, split, weak, found, test.pillars, period.first, period.last)
        for period, found, (evidence, split), weak in product(spans, SEARCHES, ways, WEAK)
    ]


def _cell(atlas: Atlas, claims: Claims, test: Test, selection: CountingRule, need: str) -> Cell:
    outcomes = tuple(_outcomes(atlas, test, selection, need))
    verdict = together(*(judge(test, outcome, claims).verdict for outcome in outcomes))
    return Cell(selection, outcomes[0], verdict)


def _outcomes(atlas: Atlas, test: Test, selection: CountingRule, need: str) -> Iterator[Outcome]:
    """What each reading of the claim finds (`geo.equity.claims.readings`), without its p."""
    if test.kind == "places_share":
        yield times_outcome(atlas, test, selection)
        yield places_outcome(atlas, test, selection)
    elif test.kind == "dollars_share":
        yield dollars_outcome(atlas, test, selection)
    else:
        amounts = _amounts(atlas, selection)
        yield state_outcome(atlas, test, selection, amounts, need or "equal")
        among = off_border(atlas, test)
        if among is not None:
            yield state_outcome(atlas, test, selection, amounts, need, among=among)


@kept(maxsize=1024)
def _amounts(atlas: Atlas, selection: CountingRule) -> Vector:
    """Amounts by state: shared by claims and needs."""
    amounts = amounts_of(atlas, selection)
    amounts.flags.writeable = False
    return amounts
