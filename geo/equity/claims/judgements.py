"""Judgement calls on single rows of the ledger, and the ledger with the other decision.

`data/ledger/judgements.csv` says of each what was decided, what could have been, and why:

    left_out        the activity counts nowhere
    once_per_state  it counts only in states where no activity that it includes counts
    weak, firm      the strength of all its places is turned
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from geo.atlas import Activity, Atlas, kept
from geo.equity.claims.claim import Text
from geo.equity.claims.incidence_arrays import CountingRule, amounts_of
from geo.scene import attribute_dollars
from geo.view import LANGS

INCLUDES: Final = ("probably_includes",)
"""Relations of the overlaps in which an activity holds another one."""


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """A decision on one activity that could have been another; see the module's docstring."""

    activity_id: str
    decision: str
    alternative: str
    reason: Text


@kept(maxsize=4)
def calls(atlas: Atlas) -> tuple[Call, ...]:
    """The judgement calls on activities that the ledger holds, in order of the file."""
    held = {activity.activity_id for activity in atlas.ledger.activities}
    return tuple(
        Call(
            row["activity_id"],
            row["decision"],
            row["alternative"],
            {lang: row[f"reason_{lang}"] for lang in LANGS},
        )
        for row in atlas.table("judgements")
        if row["activity_id"] in held
    )


@kept(maxsize=8)
def otherwise(atlas: Atlas, call: Call) -> Atlas:
    """The atlas with the other decision in its ledger, all else alike."""
    changed = (
        _changed(atlas, activity, call.alternative)
        if activity.activity_id == call.activity_id
        else (activity,)
        for activity in atlas.ledger.activities
    )
    return atlas.with_activities(activity for some in changed for activity in some)


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole ledger: documented times, the share of them at the border, dollars of one state."""

    times: int
    border: float
    dollars: float


@kept(maxsize=16)
def whole_of(atlas: Atlas) -> Whole:
    """What all firm evidence of an atlas's ledger comes to."""
    amounts = dict(zip(atlas.states, amounts_of(atlas, CountingRule()).tolist(), strict=True))
    times = sum(amounts.values())
    border = sum(amounts[code] for code in atlas.border)
    shares = attribute_dollars(atlas.ledger.activities, include_weak=False).shares
    dollars = sum(float(share.activity.usd or 0) for share in shares)
    return Whole(round(times), border / times if times else float("nan"), dollars)


def _changed(atlas: Atlas, activity: Activity, alternative: str) -> Iterable[Activity]:
    if alternative == "left_out":
        return ()
    if alternative == "once_per_state":
        elsewhere = _counted_by_its_parts(atlas, activity)
        kept = tuple(at for at in activity.places if at.weak or at.state not in elsewhere)
        return (replace(activity, places=kept),)
    weak = alternative == "weak"
    places = tuple(replace(at, weak=weak) for at in activity.places)
    return (replace(activity, weak=weak, places=places),)


def _counted_by_its_parts(atlas: Atlas, activity: Activity) -> set[str]:
    """The states in which an activity that this one includes counts already."""
    included = {
        row["other_id"]
        for row in atlas.table("overlaps")
        if row["activity_id"] == activity.activity_id and row["relation"] in INCLUDES
    }
    return {
        state
        for other in atlas.ledger.activities
        if other.activity_id in included
        for state in other.counted_states(include_weak=False)
    }
