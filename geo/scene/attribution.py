"""Attribution: which state an activity counts for, with what share, and what remains.

Documented attribution uses only what a source ties to a state. Split attribution shares an
activity that names several states by a rule the reader chose. Whatever is not attributed is kept
as a remainder with its reason, so that nothing is lost and nothing is counted twice:

    attributed + remainder = selected, to the cent, for every filter and every rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from geo.atlas import Activity, counted

REASONS: Final = (
    "federal_institution",
    "region_not_split",
    "several_states",
    "covers_more",
    "offer_or_plan",
    "us_part_not_stated",
    "mixed_funds",
    "inferred_place",
    "no_aid_stated",
    "undated",
    "no_place",
    "other_search",
    "part_of_whole",
)
"""Why something is not on the map, in the order shown.

The ledger's weaknesses, and five of attribution's own: `several_states` (the source names
several states and no split), `covers_more` (the amount covers more than the place named),
`no_place` (no state is named at all), `other_search` (the part of a state that only a search left
out by the reader found) and `part_of_whole` (counted with the activity it is a part of).
"""


@dataclass(frozen=True, slots=True)
class Share:
    """What part of one activity goes to one state, between 0 (excluded) and 1."""

    activity: Activity
    state: str
    part: Fraction


@dataclass(frozen=True, slots=True)
class Rest:
    """The part of one activity that no state can be given, and why."""

    activity: Activity
    part: Fraction
    reason: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """All shares and rests of a selection of activities; each activity's parts sum to one."""

    shares: tuple[Share, ...]
    rests: tuple[Rest, ...]


Weight = Callable[[str], Fraction]
"""State code → its weight in a split (any unit; only proportions matter)."""


def attribute_presence(
    activities: tuple[Activity, ...], *, include_weak: bool, weight: Weight | None = None
) -> Attribution:
    """Attribute each activity as one unit of presence.

    A part of another activity is never a unit of its own: it is counted with its whole. Without
    a `weight` (documented), an activity that reaches n states has n shares of 1/n: the states it
    reaches are `{share.state}`, and it counts once in each. With a `weight` the unit is split
    over all the states a source names, and the part of a weak link that is left out goes to the
    rest.
    """
    shares: list[Share] = []
    rests: list[Rest] = []
    places_of = dict(counted(activities, include_weak=include_weak))
    for activity in activities:
        states = tuple(sorted({at.state for at in places_of.get(activity, ())}))
        if not states:
            reason = "part_of_whole" if activity.part_of else _weak_reason(activity)
            rests.append(Rest(activity, Fraction(1), reason))
        elif weight is None:
            shares += [Share(activity, state, Fraction(1, len(states))) for state in states]
        else:
            _split(activity, states, weight, shares, rests)
    return Attribution(tuple(shares), tuple(rests))


def attribute_dollars(
    activities: tuple[Activity, ...], *, include_weak: bool, weight: Weight | None = None
) -> Attribution:
    """Attribute each activity that has a dollar amount, leaving out parts of a selected whole.

    Documented (`weight` is None): the whole amount goes to a state only when a source says it
    belongs to the one place named. Split: an amount that covers several named states is shared
    among all of them by weight. An amount that covers more than the single place named is never
    attributed.
    """
    shares: list[Share] = []
    rests: list[Rest] = []
    for activity in countable_amounts(activities):
        states = activity.counted_states(include_weak=include_weak)
        named = activity.named_states
        if not states:
            rests.append(Rest(activity, Fraction(1), _weak_reason(activity)))
        elif len(named) > 1 and weight is not None:
            _split(activity, states, weight, shares, rests)
        elif len(named) > 1:
            rests.append(Rest(activity, Fraction(1), "several_states"))
        elif activity.separable:
            shares.append(Share(activity, states[0], Fraction(1)))
        else:
            rests.append(Rest(activity, Fraction(1), "covers_more"))
    return Attribution(tuple(shares), tuple(rests))


def countable_amounts(activities: tuple[Activity, ...]) -> tuple[Activity, ...]:
    """The activities whose dollars may be added up.

    One that is part of another is left out while the whole it belongs to is selected too and has
    an amount; on its own (the whole filtered away) it counts.
    """
    with_amount = {a.activity_id for a in activities if a.usd is not None}
    return tuple(a for a in activities if a.usd is not None and a.part_of not in with_amount)


def to_cents(
    attribution: Attribution, *, constant: bool = False
) -> tuple[tuple[tuple[Share, int], ...], tuple[tuple[Rest, int], ...]]:
    """Every share and every rest with its dollars in whole cents, conserving each amount exactly.

    The dollars are those of their years, or `constant`.

    Each part is rounded down and the cents that remain go to the largest remainders, ties broken
    by state code and then by reason, so the result depends on no order of rows.
    """
    parts: dict[str, list[Share | Rest]] = {}
    pieces_of_all: tuple[Share | Rest, ...] = (*attribution.shares, *attribution.rests)
    for piece in pieces_of_all:
        parts.setdefault(piece.activity.activity_id, []).append(piece)
    shares: list[tuple[Share, int]] = []
    rests: list[tuple[Rest, int]] = []
    for pieces in parts.values():
        total = cents_of_activity(pieces[0].activity, constant=constant)
        for piece, amount in zip(pieces, _apportion(total, pieces), strict=True):
            if isinstance(piece, Share):
                shares.append((piece, amount))
            else:
                rests.append((piece, amount))
    return tuple(shares), tuple(rests)


def cents_of_activity(activity: Activity, *, constant: bool) -> int:
    """The amount of an activity in whole cents, of dollars of their years or `constant`."""
    return cents(activity.dollars(constant=constant) or Decimal(0))


def cents(usd: Decimal) -> int:
    """An amount of dollars with at most two decimals as whole cents."""
    return int((usd * 100).to_integral_value())


def split_weight(rule: str, indicators: Mapping[str, Mapping[str, float]]) -> Weight:
    """The weight of a split rule: `equal`, or proportional to an indicator by state code."""
    if rule == "equal":
        return lambda _state: Fraction(1)
    values = indicators[rule]
    return lambda state: Fraction(values[state])


def _split(
    activity: Activity,
    states: tuple[str, ...],
    weight: Weight,
    shares: list[Share],
    rests: list[Rest],
) -> None:
    weights = {state: weight(state) for state in activity.named_states}
    total = sum(weights.values(), Fraction(0))
    if total == 0:
        rests.append(Rest(activity, Fraction(1), "several_states"))
        return
    given = Fraction(0)
    for state in states:
        part = weights[state] / total
        given += part
        shares.append(Share(activity, state, part))
    if given < 1:
        rests.append(Rest(activity, 1 - given, _weak_reason(activity)))


def _weak_reason(activity: Activity) -> str:
    """Why the places left out do not count: the reason most of them carry, ties by its name."""
    reasons = [place.weak_reason for place in activity.places if place.weak and place.state]
    if not reasons:
        if len(activity.named_states) > len({place.state for place in activity.places}):
            return "other_search"
        return activity.weak_reason or "no_place"
    return min(set(reasons), key=lambda reason: (-reasons.count(reason), reason))


def _apportion(total: int, pieces: list[Share | Rest]) -> list[int]:
    if len(pieces) == 1:
        return [total]
    exact = [piece.part * total for piece in pieces]
    floors = [amount.numerator // amount.denominator for amount in exact]
    order = sorted(range(len(pieces)), key=lambda i: (floors[i] - exact[i], _tie(pieces[i])))
    for i in order[: total - sum(floors)]:
        floors[i] += 1
    return floors


def _tie(piece: Share | Rest) -> tuple[int, str]:
    return (0, piece.state) if isinstance(piece, Share) else (1, piece.reason)
