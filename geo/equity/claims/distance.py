"""How far a verdict lies from the next one, in documented times.

The fewest documented times (or places) that, were they added or taken away, would give the claim
another verdict: in the group or in the rest, all of one kind, found in any way or by asking every
state alike. Every reading that counts them is judged again by the size its statistic then has, and
the verdict is put together again; how often deals do as much, and the other ways to count, are held
as they are. For the part that would have to be elsewhere, a time is added or taken away wherever it
tells most, one after another.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

import numpy as np

from geo.equity.claims.claim import Claims, Test
from geo.equity.claims.readings import PLACES, Reading
from geo.equity.claims.statistics import NAN, Outcome
from geo.equity.claims.verdicts import Because, Verdict, combine, judge, together
from geo.equity.indices import Vector, hoover

MOVES: Final = {"more_in": (1, 1), "fewer_in": (-1, -1), "more_out": (0, 1), "fewer_out": (0, -1)}
"""What is added or taken away → what one of it adds to the group and to all."""

RELATIVE: Final = ("group_ratio", "state_ratio")
"""Kinds of test whose statistic is a share of the group over its share of the need."""

Readings = tuple[Reading, ...]
Settle = Callable[[Verdict, Verdict], Verdict]
"""The verdict of a claim out of that of all evidence and that of equal-effort evidence."""


@dataclass(frozen=True, slots=True)
class Away:
    """The next verdict and how far away it lies.

    `unit` is times, places or activities. `move` is one of `MOVES`, or `either` where a time more
    or fewer tells as much. With `alike` they would have to be found by asking every state the same
    questions. With activities, so many more would let a reading be tested that cannot be now, and
    `verdict` is None: it is not known.
    """

    times: int
    unit: str
    move: str
    alike: bool
    verdict: Verdict | None


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """The amounts of the states and their needs, one for each judgement, of a displacement."""

    amounts: Vector
    needs: tuple[Vector, ...]


def nearest(
    claims: Claims,
    test: Test,
    readings: Readings,
    equal: Readings,
    settle: Settle,
    spreads: tuple[Spread, Spread] | None = None,
) -> Away | None:
    """The nearest other verdict of a claim; None where no count of documented times decides.

    `spreads` are those of all and of equal-effort evidence, for a displacement.
    """
    if test.kind in ("no_data", "dollars_share"):
        return None
    now = settle(_together(readings), _together(equal))
    if spreads is not None and now is not Verdict.CANNOT_TEST:
        found = list(_by_states(claims, test, readings, equal, settle, spreads))
    elif now is not Verdict.CANNOT_TEST:
        found = list(_by_group(claims, test, readings, equal, settle))
    else:
        found = []
    found += _untested(claims, readings, alike=False)
    if now is not _together(readings):
        found += _untested(claims, equal, alike=True)
    return min(found, key=lambda one: one.times, default=None)


def _together(readings: Readings) -> Verdict:
    return together(*(one.verdict for one in readings))


def _untested(claims: Claims, readings: Readings, *, alike: bool) -> Iterator[Away]:
    """How many activities are wanting where the claim's own reading has too few to be tested."""
    own = readings[0]
    if own.verdict is Verdict.CANNOT_TEST and own.because is Because.FEW:
        least = min(one.outcome.activities for one in own.judged)
        yield Away(max(claims.min_activities - least, 1), "activities", "more_in", alike, None)


def _by_group(
    claims: Claims, test: Test, readings: Readings, equal: Readings, settle: Settle
) -> Iterator[Away]:
    """The nearest other verdict by each way to add and take away, where there is one.

    What is found by trails changes all evidence; what is found by questions that were asked of
    every state changes equal-effort evidence as well. What is taken away by `both` is taken from
    equal-effort evidence as far as that goes.
    """
    now = settle(_together(readings), _together(equal))
    units = ("times", "places") if test.kind == "places_share" else ("times",)
    for by, unit, move in product(("trails", "questions", "both"), units, MOVES):

        def then(times: int, by: str = by, unit: str = unit, move: str = move) -> Verdict:
            return settle(
                _together_after(claims, test, readings, unit, move, times),
                _together_after(claims, test, equal, unit, move, 0 if by == "trails" else times),
            )

        counted = _counting(equal if by == "questions" else readings, unit)
        times = range(1, _most(test, counted[-1].judged[0].outcome, unit, move) + 1)
        # The further, the more: whether the verdict is another one turns once.
        at = bisect_left(times, True, key=lambda n, then=then: then(n) is not now)  # type: ignore[misc]
        if at < len(times):
            yield Away(times[at], unit, move, by == "questions", then(times[at]))


def _counting(readings: Readings, unit: str) -> list[Reading]:
    """The readings that count a unit: a further time in a place is no further place."""
    return [one for one in readings if unit == "places" or one.name != PLACES]


def _most(test: Test, outcome: Outcome, unit: str, move: str) -> int:
    """How many can be added or taken away at the most."""
    inside, everywhere = round(outcome.amount), round(outcome.total)
    if move == "fewer_in":
        return inside
    if move == "fewer_out":
        return everywhere - inside
    if unit == "places" and move == "more_in" and test.group is not None:
        return max(len(test.group.municipalities) - inside, 0)
    # A hundred times as much moves a share to a hundredth of its distance from 0 or 1.
    return 100 * max(everywhere, 1)


def _together_after(
    claims: Claims, test: Test, readings: Readings, unit: str, move: str, times: int
) -> Verdict:
    counting = _counting(readings, unit) if times else []
    return together(
        *(
            _after(claims, test, one, lambda outcome: _moved(test, outcome, move, times))
            if one in counting
            else one.verdict
            for one in readings
        )
    )


def _moved(test: Test, outcome: Outcome, move: str, times: int) -> float:
    """The statistic with so many times more or fewer."""
    inside, everywhere = MOVES[move]
    rest = outcome.total - outcome.amount + (everywhere - inside) * times
    amount, rest = max(outcome.amount + inside * times, 0.0), max(rest, 0.0)
    share = amount / (amount + rest) if amount + rest else NAN
    return share / outcome.need_share if test.kind in RELATIVE else share


def _after(
    claims: Claims, test: Test, reading: Reading, value: Callable[[Outcome], float]
) -> Verdict:
    """A reading's verdict with another value of each of its statistics, all else as it is."""
    again = (replace(one.outcome, value=value(one.outcome)) for one in reading.judged)
    return combine(tuple(judge(test, outcome, claims) for outcome in again))[0]


def _by_states(
    claims: Claims,
    test: Test,
    readings: Readings,
    equal: Readings,
    settle: Settle,
    spreads: tuple[Spread, Spread],
) -> Iterator[Away]:
    """The nearest other verdict as the most telling state changes by one, again and again."""
    now = settle(_together(readings), _together(equal))
    for alike, best in product((False, True), (np.argmax, np.argmin)):
        reading, spread = (equal, spreads[1]) if alike else (readings, spreads[0])
        for times, counts in enumerate(_changed(spread, best), start=1):
            value = {
                one.outcome.need: hoover(counts, need)
                for one, need in zip(reading[0].judged, spread.needs, strict=True)
            }
            after = _after(claims, test, reading[0], lambda outcome, of=value: of[outcome.need])  # type: ignore[misc]
            ends = (_together(readings), after) if alike else (after, _together(equal))
            if settle(*ends) is not now:
                yield Away(times, "times", "either", alike, settle(*ends))
                break


def _changed(spread: Spread, best: Callable[[Vector], np.intp]) -> Iterator[Vector]:
    """Amounts with one documented time more or fewer each time, where it tells most."""
    counts, q = spread.amounts.copy(), spread.needs[0] / spread.needs[0].sum()
    for _ in range(round(float(counts.sum())) - 1):
        one = np.eye(counts.size)
        tried = counts + np.concatenate((one, -one[counts >= 1]))
        shares = tried / tried.sum(axis=1, keepdims=True)
        counts = tried[int(best(np.abs(shares - q).sum(axis=1)))]
        yield counts
