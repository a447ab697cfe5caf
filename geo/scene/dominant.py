"""The dominant row: the one activity that holds more than half of a view's total, if one does.

A total that rests on one row is that row: whoever tells the total names it, and says what is left
without it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from geo.atlas import Activity
from geo.scene.placing import Placed
from geo.view import View

HALF = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class DominantRow:
    """One activity with more than half of the states' sum, in the view's own measure.

    `amount` is in dollars or activities, `share` its part of the states' sum, over 0.5 and at most
    1. `states` are those it lies in. `border_share_without` is the border states' share of what is
    left without it, None where nothing is.
    """

    activity: Activity
    amount: float
    share: float
    states: tuple[str, ...]
    border_share_without: float | None


def dominant_row(placed: Placed, view: View, border: Collection[str]) -> DominantRow | None:
    """The dominant row of what a view shows, None where no activity holds more than half."""
    amounts = _amounts(placed, view)
    total = sum(sum(by_state.values()) for by_state in amounts.values())
    if not total:
        return None
    activity, by_state = max(
        amounts.items(), key=lambda one: (sum(one[1].values()), one[0].activity_id)
    )
    amount = sum(by_state.values())
    if amount <= HALF * total:
        return None
    inside = sum(
        part
        for other, parts in amounts.items()
        for state, part in parts.items()
        if other is not activity and state in border
    )
    rest = total - amount
    return DominantRow(
        activity=activity,
        amount=amount,
        share=amount / total,
        states=tuple(sorted(by_state)),
        border_share_without=inside / rest if rest else None,
    )


def _amounts(placed: Placed, view: View) -> dict[Activity, dict[str, float]]:
    """What each activity adds to each state, as the view counts."""
    amounts: dict[Activity, dict[str, float]] = {}
    if view.measure == "usd":
        for share, cents in placed.dollars:
            amounts.setdefault(share.activity, {})[share.state] = cents / 100
        return amounts
    for share in placed.presence:
        part = 1.0 if placed.parts is None else float(share.part)
        amounts.setdefault(share.activity, {})[share.state] = part
    return amounts
