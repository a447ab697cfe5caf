"""Objections to the finding that the border got more than its share, each one recomputed.

An objection is a filter of the evidence or another yardstick. The answer is the share ratio of the
border states it gives, judged by the thresholds of the claim `border`, whichever way it falls.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Final

import numpy as np

from geo.atlas import Activity, Atlas
from geo.equity.bounds import group_share_bounds
from geo.equity.chance import benjamini_hochberg
from geo.equity.claims.claim import Claims
from geo.equity.claims.file import load_claims
from geo.equity.claims.incidence_arrays import CountingRule, amounts_of, incidence, needs_of
from geo.equity.claims.statistics import Outcome, members, state_outcome, with_p
from geo.equity.claims.verdicts import LADDER, Verdict, judge
from geo.policy import APPROPRIATED_TO_END_USD
from geo.scene import place
from geo.view import View

CLAIM: Final = "border"
LEAD: Final = "population"


class Effect(StrEnum):
    """What an objection does to the finding."""

    STANDS = "stands"
    WEAKENS = "weakens"
    FALLS = "falls"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Reply:
    """An objection recomputed: outcome, verdict, and what it does to the finding without it.

    `named` is what was left out where the objection looks for the worst case (a state's code, a
    kind of activity). The outcome's `low` and `high` are the ends where the answer is a range.
    """

    objection: str
    outcome: Outcome
    verdict: Verdict
    effect: Effect
    named: str
    selection: CountingRule


def plain(claims: Claims) -> CountingRule:
    """What the objections are raised against: all firm, documented evidence of all years."""
    return CountingRule(first=claims.later.first, last=claims.later.last)


@lru_cache(maxsize=16)
def replies(atlas: Atlas) -> tuple[Reply, ...]:
    """The baseline and then every objection with its answer, in the order they are shown."""
    claims = load_claims(atlas.data)
    base = plain(claims)
    first = _reply(atlas, "baseline", base)
    before = CountingRule(first=claims.written.first, last=claims.written.last)
    after = replace(base, first=claims.written.last + 1)
    answered = [
        _reply(atlas, "homicides", base, need="homicides"),
        _reply(atlas, "homicides_before", before, need="homicides"),
        _reply(atlas, "poverty", base, need="poverty"),
        _reply(atlas, "population", base, need="equal"),
        _reply(atlas, "one_priority", base, keep=lambda a: a.area != "prevention"),
        _reply(atlas, "after", after),
        _reply(atlas, "press", base, keep=_official(atlas)),
        _reply(atlas, "essay_search", replace(base, found="systematic")),
        _reply(atlas, "targeted", replace(base, found="targeted")),
        _reply(atlas, "hardest", replace(base, found="systematic"), need="homicides"),
        _reply(atlas, "weak", replace(base, weak=True)),
        _reply(atlas, "many_states", replace(base, evidence="attributed")),
        _without_one_state(atlas, base, claims),
        _without_one_kind(atlas, base, claims),
        _reply(atlas, "capital", base, keep=lambda a: a.recipient_level != "federal", without="09"),
        _money(atlas, claims),
    ]
    first, *answered = _corrected((first, *answered), claims)
    return (first, *(replace(one, effect=_effect(first, one)) for one in answered))


def _corrected(found: tuple[Reply, ...], claims: Claims) -> list[Reply]:
    """The replies judged with every p corrected for all that are asked (Benjamini-Hochberg)."""
    test = claims.of(CLAIM).test
    p = benjamini_hochberg([one.outcome.p for one in found if one.outcome.p is not None]).tolist()
    judged = []
    for reply in found:
        if reply.outcome.p is not None:
            outcome = replace(reply.outcome, corrected=p.pop(0))
            reply = replace(reply, outcome=outcome, verdict=judge(test, outcome, claims).verdict)
        judged.append(reply)
    return judged


def _reply(
    atlas: Atlas,
    name: str,
    selection: CountingRule,
    *,
    need: str = LEAD,
    keep: Callable[[Activity], bool] | None = None,
    without: str = "",
    named: str = "",
) -> Reply:
    claims = load_claims(atlas.data)
    test = claims.of(CLAIM).test
    ledger = incidence(atlas, selection.found)
    rows = ledger.chosen(selection)
    if keep is not None:
        rows = rows & np.array([keep(a) for a in ledger.activities], dtype=bool)
    among = np.array([code != without for code in atlas.states], dtype=bool)
    amounts = amounts_of(atlas, selection, rows)
    outcome = state_outcome(atlas, test, selection, amounts, need, keep=rows, among=among)
    outcome = with_p(atlas, test, selection, outcome, keep=rows, among=among)
    judged = judge(test, outcome, claims)
    return Reply(name, outcome, judged.verdict, Effect.STANDS, named, selection)


def _without_one_state(atlas: Atlas, base: CountingRule, claims: Claims) -> Reply:
    """The border state whose absence takes most of the finding away."""
    codes = np.array(list(atlas.states))
    inside = members(atlas, claims.groups["border"])
    a, w = amounts_of(atlas, base), needs_of(atlas, LEAD, base.first, base.last)

    def ratio_without(code: str) -> float:
        kept = codes != code
        share = a[kept & inside].sum() / max(a[kept].sum(), 1e-12)
        return float(share / (w[kept & inside].sum() / w[kept].sum()))

    worst = min(codes[inside].tolist(), key=lambda code: (ratio_without(code), code))
    return _reply(atlas, "one_state", base, without=worst, named=worst)


def _without_one_kind(atlas: Atlas, base: CountingRule, claims: Claims) -> Reply:
    """The kind of activity whose absence takes most of the finding away."""
    ledger = incidence(atlas)
    inside = members(atlas, claims.groups["border"])
    kind_of = np.array([a.kind for a in ledger.activities])
    rows = ledger.chosen(base)

    def share_without(kind: str) -> float:
        amounts = amounts_of(atlas, base, rows & (kind_of != kind))
        return float(amounts[inside].sum() / max(amounts.sum(), 1e-12))

    worst = min(sorted(set(kind_of.tolist())), key=share_without, default="")
    return _reply(atlas, "one_kind", base, keep=lambda a: a.kind != worst, named=worst)


def _money(atlas: Atlas, claims: Claims) -> Reply:
    """The border's share of dollars, over every way the money without a place could be spent."""
    view = View(measure="usd", from_year=claims.later.first, to_year=claims.later.last)
    known = place(atlas, view).cents_of
    dollars = np.array([known.get(code, 0) / 100 for code in atlas.states])
    inside = members(atlas, claims.groups["border"])
    remainder = max(float(APPROPRIATED_TO_END_USD) - float(dollars.sum()), 0.0)
    found = group_share_bounds(dollars, inside, None, remainder)
    needs = needs_of(atlas, LEAD, view.from_year, view.to_year)
    need_share = float(needs[inside].sum() / needs.sum())
    total, amount = float(dollars.sum()), float(dollars[inside].sum())
    share = amount / total if total else float("nan")
    outcome = Outcome(
        LEAD,
        share / need_share,
        found.low / need_share,
        found.high / need_share,
        share,
        need_share,
        amount,
        total,
        int((dollars > 0).sum()),
        0,
        None,
    )
    return Reply("money", outcome, _of_range(outcome, claims), Effect.STANDS, "", plain(claims))


def _of_range(outcome: Outcome, claims: Claims) -> Verdict:
    test = claims.of(CLAIM).test
    ends = [
        judge(test, replace(outcome, value=end, activities=claims.min_activities), claims).verdict
        for end in (outcome.low, outcome.high)
    ]
    return ends[0] if ends[0] is ends[1] else Verdict.CANNOT_TEST


def _effect(first: Reply, other: Reply) -> Effect:
    if other.verdict is Verdict.CANNOT_TEST:
        return Effect.CANNOT_TELL
    if other.verdict not in (Verdict.SUPPORTED, Verdict.PARTLY):
        return Effect.FALLS
    if LADDER.index(other.verdict) < LADDER.index(first.verdict):
        return Effect.WEAKENS
    return Effect.STANDS


def _official(atlas: Atlas) -> Callable[[Activity], bool]:
    official = atlas.official_sources
    return lambda activity: bool(official.intersection(activity.sources))
