"""Placing: which selected activities and dollars go to which state, and what remains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from geo.atlas import Atlas, Selection, kept
from geo.policy import SCENES_KEPT
from geo.scene.attribution import (
    REASONS,
    Attribution,
    Rest,
    Share,
    Weight,
    attribute_dollars,
    attribute_presence,
    cents_of_activity,
    countable_amounts,
    split_weight,
    to_cents,
)
from geo.view import View


@dataclass(frozen=True, slots=True)
class RemainderLine:
    """What is not on the map for one reason: activities (whole or in part) and dollars."""

    reason: str
    activities: float
    cents: int


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """What attribution gives for a selection, before anything is measured or classed.

    `reached` maps a state to how many activities reach it; `parts` to the sum of their parts,
    None for documented evidence, which is never split; `cents_of` to dollars in cents, without
    the states that have none published. `presence` and `dollars` hold the shares these are the
    sums of, `rests` and `rest_dollars` what no state is given, all dollars each with its cents.
    `without_price` amounts are counted as published in constant dollars, since they have no year.
    """

    selection: Selection
    reached: Mapping[str, int]
    parts: Mapping[str, Fraction] | None
    cents_of: Mapping[str, int]
    located: float
    not_located: float
    ledger_cents: int
    remainder: tuple[RemainderLine, ...]
    without_amount: int
    without_price: int
    source_ids: tuple[str, ...]
    presence: tuple[Share, ...]
    dollars: tuple[tuple[Share, int], ...]
    rests: tuple[Rest, ...]
    rest_dollars: tuple[tuple[Rest, int], ...]


def _key(view: View) -> View:
    """The view with only what decides which activity goes where; it holds for many views."""
    split = view.split if view.evidence == "attributed" else "equal"
    money = {"measure": "usd", "dollars": "constant"} if view.prices_of else {}
    return view.selecting(evidence=view.evidence, split=split, weak=view.weak, **money)


def place(atlas: Atlas, view: View) -> Placed:
    """Select and attribute for a view. Cached by what decides it, which many views share."""
    return _place(atlas, _key(view))


@kept(maxsize=SCENES_KEPT)
def _place(atlas: Atlas, view: View) -> Placed:
    selection = atlas.ledger.select(view)
    chosen = selection.activities
    include_weak, constant = view.weak == "include", view.prices_of is not None
    weight = _weight(atlas, view)
    presence = attribute_presence(chosen, include_weak=include_weak, weight=weight)
    dollars, rest_dollars = to_cents(
        attribute_dollars(chosen, include_weak=include_weak, weight=weight), constant=constant
    )
    cents_of: dict[str, int] = {}
    for share, amount in dollars:
        cents_of[share.state] = cents_of.get(share.state, 0) + amount
    rest_cents: dict[str, int] = {}
    for rest, amount in rest_dollars:
        rest_cents[rest.reason] = rest_cents.get(rest.reason, 0) + amount
    parts: dict[str, Fraction] = {}
    for share in presence.shares:
        parts[share.state] = parts.get(share.state, Fraction(0)) + share.part
    rest_activities: dict[str, Fraction] = {}
    for rest in presence.rests:
        rest_activities[rest.reason] = rest_activities.get(rest.reason, Fraction(0)) + rest.part
    not_located = sum(rest_activities.values(), Fraction(0))
    countable = countable_amounts(chosen)
    return Placed(
        selection=selection,
        reached=_reached(presence),
        parts=None if weight is None else parts,
        cents_of=cents_of,
        located=float(len(chosen) - not_located),
        not_located=float(not_located),
        ledger_cents=sum(cents_of_activity(one, constant=constant) for one in countable),
        without_price=sum(1 for one in countable if constant and one.constant_usd is None),
        remainder=tuple(
            RemainderLine(reason, float(rest_activities.get(reason, 0)), rest_cents.get(reason, 0))
            for reason in REASONS
            if reason in rest_activities or reason in rest_cents
        ),
        without_amount=sum(1 for activity in chosen if activity.usd is None),
        source_ids=tuple(sorted({source for a in chosen for source in a.sources})),
        presence=presence.shares,
        dollars=dollars,
        rests=presence.rests,
        rest_dollars=rest_dollars,
    )


def _weight(atlas: Atlas, view: View) -> Weight | None:
    if view.evidence == "documented":
        return None
    if view.split == "equal":
        return split_weight("equal", {})
    need = atlas.indicators.need(view.split, atlas.states, view)
    return split_weight(view.split, {view.split: need})


def _reached(presence: Attribution) -> dict[str, int]:
    """State → how many activities reach it; each has at most one share in a state."""
    reached: dict[str, int] = {}
    for share in presence.shares:
        reached[share.state] = reached.get(share.state, 0) + 1
    return reached
