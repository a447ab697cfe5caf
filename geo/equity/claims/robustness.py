"""The robustness grid: a claim judged again for every reasonable way to count.

The axes are evidence with its split rule (documented; split equally, by population, by homicides),
period, weak rows out or in, how the evidence was found, and, for a claim held against needs, the
need. Every cell is judged by the same rule as the claim itself, against its one need, except that
chance is sampled `GRID_DRAWS` times instead of taken exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Final

import numpy as np

from geo.atlas import Atlas
from geo.equity.chance import p_of_displacement, shuffles
from geo.equity.claims.claim import NEEDS, Claim, Claims, Period, Test
from geo.equity.claims.file import load_claims
from geo.equity.claims.incidence_arrays import WAYS, CountingRule, Mask, amounts_of
from geo.equity.claims.statistics import (
    Outcome,
    dollars_outcome,
    likelihood,
    places_outcome,
    state_outcome,
)
from geo.equity.claims.verdicts import Verdict, judge
from geo.equity.indices import Vector
from geo.policy import FIRST_YEAR, GRID_DRAWS, LAST_YEAR, PERMUTATION_SEED
from geo.view import FOUND

WEAK: Final = (False, True)

STANDS: Final = (Verdict.SUPPORTED, Verdict.PARTLY)
"""Verdicts with which a claim holds in a cell, in full or in part."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One way to count, what the test found in it, and the verdict."""

    selection: CountingRule
    outcome: Outcome
    verdict: Verdict


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """All cells of a claim, in order of need, period, search, evidence and weak rows."""

    claim: Claim
    cells: tuple[Cell, ...]

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


def grid_of(atlas: Atlas, claim: Claim) -> Grid:
    """The grid of a claim; empty where it cannot be tested at all. Cached by atlas and claim."""
    return _grid(atlas, claim)


@lru_cache(maxsize=64)
def _grid(atlas: Atlas, claim: Claim) -> Grid:
    test = claim.test
    if test.kind == "no_data":
        return Grid(claim, ())
    claims = load_claims(atlas.data)
    cells = [
        Cell(selection, outcome, judge(test, outcome, claims).verdict)
        for need in (NEEDS if test.needs else ("",))
        for selection in _selections(test, claims)
        for outcome in (_outcome(atlas, test, selection, need),)
    ]
    return Grid(claim, tuple(cells))


def _selections(test: Test, claims: Claims) -> list[CountingRule]:
    """Every way to count that gives numbers of its own for this kind of test."""
    ways = {
        "places_share": WAYS[:2],  # a place has no people or homicides of its own to split by
        "dollars_share": WAYS[:1],  # no dollars name several states and a city
    }.get(test.kind, WAYS)
    return [
        CountingRule(evidence, split, weak, found, test.pillars, period.first, period.last)
        for period, found, (evidence, split), weak in product(periods(claims), FOUND, ways, WEAK)
    ]


def _outcome(atlas: Atlas, test: Test, selection: CountingRule, need: str) -> Outcome:
    if test.kind == "places_share":
        return places_outcome(atlas, test, selection)
    if test.kind == "dollars_share":
        return dollars_outcome(atlas, test, selection)
    amounts = _amounts(atlas, selection)
    return state_outcome(atlas, test, selection, amounts, need or "equal", _sampled)


@lru_cache(maxsize=1024)
def _amounts(atlas: Atlas, selection: CountingRule) -> Vector:
    """Amounts by state: shared by claims and needs."""
    amounts = amounts_of(atlas, selection)
    amounts.flags.writeable = False
    return amounts


def _sampled(
    atlas: Atlas, test: Test, amounts: Vector, needs: Vector, inside: Mask
) -> float | None:
    """`likelihood`, from `GRID_DRAWS` draws where that one takes more, or all there are."""
    if test.kind == "group_ratio":
        return _relabeled(test, amounts, needs, inside)
    if test.kind == "displacement":
        return p_of_displacement(amounts, needs, GRID_DRAWS)
    return likelihood(atlas, test, amounts, needs, inside)


def _relabeled(test: Test, amounts: Vector, needs: Vector, inside: Mask) -> float:
    """How often sampled relabelings lift the group as far above the others per need."""
    group = _groups(inside.tobytes(), inside.size)
    aid, need = amounts @ group, needs @ group
    ratio = aid / need - (amounts.sum() - aid) / (needs.sum() - need)
    own = amounts[inside].sum() / needs[inside].sum()
    rest = amounts[~inside].sum() / needs[~inside].sum()
    sign = 1 if test.direction == "at_least" else -1
    slack = 1e-9 * abs(own - rest)
    extreme = int(np.count_nonzero(sign * ratio >= sign * (own - rest) - slack))
    return (1 + extreme) / (1 + GRID_DRAWS)


@lru_cache(maxsize=8)
def _groups(inside: bytes, states: int) -> Vector:
    """Relabelings of a group as columns of 0 and 1, shape (states, GRID_DRAWS)."""
    mask = np.frombuffer(inside, dtype=bool)
    relabeled = mask[shuffles(states, GRID_DRAWS, PERMUTATION_SEED)]
    columns: Vector = np.ascontiguousarray(relabeled.T, dtype=np.float64)
    return columns
