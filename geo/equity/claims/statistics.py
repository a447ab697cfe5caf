"""The statistics behind the claims: one number for a claim, a selection and a yardstick.

For a group G of states, with a_i documented activities and need w_i, A and W the sums over all:

    group_share     S = Σ_G a_i / A
    group_ratio     S / Q with Q = Σ_G w_i / W       1 is parity
    state_ratio     the same for a single state
    displacement    ½ Σ |a_i/A − w_i/W|              Hoover: the part that lies elsewhere than need
    places_share    the group's part of all pairs of an activity and a place (municipality, or the
                    state where no municipality is named)
    dollars_share   the group's part of the dollars whose place is published, with the lowest and
                    highest part of *all* dollars, over every way to spend those without a place
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from math import comb
from typing import Final

import numpy as np

from geo.atlas import Atlas, kept
from geo.equity.chance import group_difference_permutation, p_of_displacement
from geo.equity.claims.claim import Claim, Group, Period, Test
from geo.equity.claims.incidence_arrays import CountingRule, Mask, amounts_of, incidence, needs_of
from geo.equity.indices import Vector, hoover
from geo.policy import DISPLACEMENT_DRAWS
from geo.scene import attribute_dollars

NAN: Final = float("nan")

MUNICIPALITY_DIGITS: Final = 5
"""Digits of a municipality's INEGI code; a state's has two."""

Chance = Callable[[Atlas, Test, Vector, Vector, Mask], float | None]
"""How often chance alone does as much: atlas, test, amounts, needs and the group's states → p."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a test found, held against one need (`need` is empty where none is involved).

    `value` is the statistic; `low` and `high` are what it could be at the least and at the most,
    equal to it except for dollars. `share` and `need_share` are the group's, `amount` and `total`
    activities (or pairs, or dollars) of the group and of all. `activities` are those with a
    counted place. `weak_links` counts the group's activities known only by weak evidence. `p` is
    how often chance alone does as much, None where nothing is tested.
    """

    need: str
    value: float
    low: float
    high: float
    share: float
    need_share: float
    amount: float
    total: float
    activities: int
    weak_links: int
    p: float | None


def members(atlas: Atlas, group: Group) -> Mask:
    """Which states belong to a group, shape (states,), by code."""
    return np.array(
        [
            getattr(state, group.flag) if group.flag else code in group.codes
            for code, state in atlas.states.items()
        ],
        dtype=bool,
    )


def counting_rule_of(test: Test, period: Period) -> CountingRule:
    """What the claim itself asks for: documented, firm evidence from all searches."""
    return CountingRule(pillars=test.pillars, first=period.first, last=period.last)


def outcomes(atlas: Atlas, claim: Claim, selection: CountingRule) -> tuple[Outcome, ...]:
    """The outcome against each need of the claim, or the one outcome where no need is involved."""
    return _outcomes(atlas, claim, selection)


@kept(maxsize=256)
def _outcomes(atlas: Atlas, claim: Claim, selection: CountingRule) -> tuple[Outcome, ...]:
    test = claim.test
    if test.kind == "no_data":
        return ()
    if test.kind == "places_share":
        return (places_outcome(atlas, test, selection),)
    if test.kind == "dollars_share":
        return (dollars_outcome(atlas, test, selection),)
    amounts = amounts_of(atlas, selection)
    return tuple(
        state_outcome(atlas, test, selection, amounts, need) for need in test.needs or ("equal",)
    )


def state_outcome(
    atlas: Atlas,
    test: Test,
    selection: CountingRule,
    amounts: Vector,
    need: str,
    chance: Chance | None = None,
) -> Outcome:
    """The outcome of a test on amounts by state, held against one need.

    `chance` says how often chance alone does as much; without one, `likelihood` does.
    """
    needs = needs_of(atlas, need, selection.first, selection.last)
    inside = members(atlas, test.group) if test.group else np.ones(len(amounts), dtype=bool)
    total = float(amounts.sum())
    amount = float(amounts[inside].sum())
    share = amount / total if total else NAN
    need_share = float(needs[inside].sum() / needs.sum())
    value = {
        "group_share": share,
        "displacement": hoover(amounts, needs) if total else NAN,
    }.get(test.kind, share / need_share)
    return Outcome(
        need="" if test.kind == "group_share" else need,
        value=value,
        low=value,
        high=value,
        share=share,
        need_share=need_share,
        amount=amount,
        total=total,
        activities=located(atlas, selection),
        weak_links=weak_links(atlas, selection, inside),
        p=(chance or likelihood)(atlas, test, amounts, needs, inside) if total else None,
    )


def places_outcome(atlas: Atlas, test: Test, selection: CountingRule) -> Outcome:
    """The group's part of all pairs of an activity and a place."""
    ledger = incidence(atlas, selection.found)
    pairs = ledger.by_place(selection)
    cities = set(test.group.municipalities) if test.group else set()
    inside = np.array([place in cities for place in ledger.places], dtype=bool)
    total, amount = float(pairs.sum()), float(pairs[inside].sum())
    share = amount / total if total else NAN
    count = located(atlas, selection)
    return Outcome("", share, share, share, share, NAN, amount, total, count, 0, None)


@dataclass(frozen=True, slots=True)
class PlacesReached:
    """Different places at which a selection is documented.

    `municipalities` are counted once each, `inside` are those of the group; `whole_states` are
    states named without any municipality by at least one activity.
    """

    municipalities: int
    inside: int
    whole_states: int


def places_reached(atlas: Atlas, test: Test, selection: CountingRule) -> PlacesReached:
    """At how many different places the pairs of `places_outcome` lie."""
    ledger = incidence(atlas, selection.found)
    pairs = ledger.by_place(selection)
    reached = [place for place, count in zip(ledger.places, pairs, strict=True) if count]
    cities = set(test.group.municipalities) if test.group else set()
    municipalities = [place for place in reached if len(place) == MUNICIPALITY_DIGITS]
    return PlacesReached(
        municipalities=len(municipalities),
        inside=sum(place in cities for place in municipalities),
        whole_states=len(reached) - len(municipalities),
    )


def dollars_outcome(atlas: Atlas, test: Test, selection: CountingRule) -> Outcome:
    """The group's part of the dollars, and its bounds over all ways to spend the rest.

    `total` is the published total, or what the ledger itself ties to a place where that is more.
    With K_in and K_out the dollars tied to the group and elsewhere, the group's part of all T
    dollars lies between K_in/T (the rest went elsewhere) and (T − K_out)/T (all of it went there).
    """
    cities = set(test.group.municipalities) if test.group else set()
    chosen = atlas.ledger.select(selection.view).activities
    inside = outside = Decimal(0)
    shares = attribute_dollars(chosen, include_weak=selection.weak).shares
    for share in shares:
        places = {at.cvegeo for at in share.activity.counted_places(include_weak=selection.weak)}
        if places <= cities:
            inside += share.activity.usd or 0
        else:
            outside += share.activity.usd or 0
    known = float(inside + outside)
    total = max(published_total(atlas, test), known)
    value = float(inside) / known if known else NAN
    low = float(inside) / total if total else NAN
    high = (total - float(outside)) / total if total else NAN
    count = len(shares)
    return Outcome("", value, low, high, value, NAN, float(inside), total, count, 0, None)


def published_total(atlas: Atlas, test: Test) -> float:
    """The published total a dollar claim is about, in dollars; 0 where the table has none."""
    key, wanted, column = (test.total[name] for name in ("key", "id", "value"))
    for row in atlas.table(test.total["table"]):
        if row[key] == wanted:
            return float(row[column] or 0)
    return 0.0


def located(atlas: Atlas, selection: CountingRule) -> int:
    """How many selected activities have at least one counted state."""
    ledger = incidence(atlas, selection.found)
    counted = ledger.named if selection.weak else ledger.firm
    return int((ledger.chosen(selection) & counted.any(axis=1)).sum())


def binomial_at_most(found: int, draws: int, chance: float) -> float:
    """How likely at most `found` of `draws` fall on a state whose share of the need is `chance`.

    Σ_{k ≤ found} C(n, k) q^k (1−q)^(n−k), as if every pair of state and activity fell by itself.

    >>> binomial_at_most(0, 2, 0.5)
    0.25
    """
    return sum(comb(draws, k) * chance**k * (1 - chance) ** (draws - k) for k in range(found + 1))


def likelihood(
    atlas: Atlas, test: Test, amounts: Vector, needs: Vector, inside: Mask
) -> float | None:
    """How often chance alone does as much; None for a kind of test that asks for no such thing."""
    if test.kind == "group_ratio":
        result = group_difference_permutation(amounts, needs, inside.tolist(), list(atlas.states))
        return result.p_greater if test.direction == "at_least" else result.p_less
    if test.kind == "state_ratio":
        found, draws = round(float(amounts[inside].sum())), round(float(amounts.sum()))
        return binomial_at_most(found, draws, float(needs[inside].sum() / needs.sum()))
    if test.kind == "displacement":
        return p_of_displacement(amounts, needs, DISPLACEMENT_DRAWS)
    return None


def weak_links(atlas: Atlas, selection: CountingRule, inside: Mask) -> int:
    """How many selected activities reach the states `inside` by weak evidence that is left out."""
    if selection.weak:
        return 0
    ledger = incidence(atlas, selection.found)
    rows = ledger.chosen(selection)
    only_weak = ledger.named[:, inside].any(axis=1) & ~ledger.firm[:, inside].any(axis=1)
    return int((rows & only_weak).sum())
