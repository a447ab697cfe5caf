"""The statistics behind the claims: one number for a claim, a selection and a yardstick.

For a group G of states, with a_i documented activities and need w_i, A and W the sums over all:

    group_share     S = Σ_G a_i / A
    group_ratio     S / Q with Q = Σ_G w_i / W       1 is parity
    state_ratio     the same for a single state
    displacement    ½ Σ |a_i/A − w_i/W|              Hoover: the part that lies elsewhere than need
    places_share    the group's part of all documented times in a place, pairs of an activity and a
                    municipality; held against the group's part of the different municipalities
    dollars_share   the group's part of the dollars whose place is published, with the lowest and
                    highest part of *all* dollars, over every way to spend those without a place
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from math import comb
from typing import Final

import numpy as np

from geo.atlas import Atlas
from geo.equity.chance import deals, displacements, share_as_far
from geo.equity.claims.claim import Claim, Group, Period, Test
from geo.equity.claims.incidence_arrays import CountingRule, Mask, amounts_of, incidence, needs_of
from geo.equity.indices import Vector, hoover
from geo.scene import attribute_dollars

NAN: Final = float("nan")

LESS: Final = ("group_ratio", "state_ratio")
"""Kinds of test that may say that a group got less."""

DEALT: Final = (*LESS, "displacement")
"""Kinds of test whose outcome is held against deals of the activities by need."""

MUNICIPALITY_DIGITS: Final = 5
"""Digits of a municipality's INEGI code; a state's has two."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a test found, held against one need (`need` is empty where none is involved).

    `value` is the statistic; `low` and `high` are what it could be at the least and at the most,
    equal to it except for dollars. `share` and `need_share` are the group's, `amount` and `total`
    documented times (or places, or dollars) of the group and of all. `activities` are those with a
    counted place, `reached` those of them that reach the group. `weak_links` counts the group's
    activities known only by weak evidence. `p` is the share of deals by need that are at least as
    far in the claim's direction (`geo.equity.chance.null`), `corrected` the same corrected for
    all that is asked of the period at once; None where nothing is dealt.
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
    reached: int = 0
    corrected: float | None = None


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


def outcomes(
    atlas: Atlas, claim: Claim, selection: CountingRule, *, dealt: bool = True
) -> tuple[Outcome, ...]:
    """The outcome against each need of the claim, or the one outcome where no need is involved.

    With its p where it is `dealt`.
    """
    test = claim.test
    if test.kind == "no_data":
        return ()
    if test.kind == "places_share":
        return (times_outcome(atlas, test, selection),)
    if test.kind == "dollars_share":
        return (dollars_outcome(atlas, test, selection),)
    amounts = amounts_of(atlas, selection)
    found = tuple(
        state_outcome(atlas, test, selection, amounts, need) for need in test.needs or ("equal",)
    )
    return tuple(with_p(atlas, test, selection, one) for one in found) if dealt else found


def off_border(atlas: Atlas, test: Test) -> Mask | None:
    """The states off the border, for a claim that a group among them got less; None for others.

    Where the border takes more than its share, every other group has less: such a claim would
    borrow that finding.
    """
    if test.kind not in LESS or test.direction != "at_most" or test.group is None:
        return None
    border = np.array([state.northern_border for state in atlas.states.values()], dtype=bool)
    return None if (members(atlas, test.group) & border).any() else ~border


def off_border_outcomes(
    atlas: Atlas, claim: Claim, selection: CountingRule, *, dealt: bool = True
) -> tuple[Outcome, ...]:
    """The same among the states off the border, where the claim asks for it."""
    test = claim.test
    among = off_border(atlas, test)
    if among is None:
        return ()
    amounts = amounts_of(atlas, selection)
    found = tuple(
        state_outcome(atlas, test, selection, amounts, need, among=among) for need in test.needs
    )
    if not dealt:
        return found
    return tuple(with_p(atlas, test, selection, one, among=among) for one in found)


def state_outcome(
    atlas: Atlas,
    test: Test,
    selection: CountingRule,
    amounts: Vector,
    need: str,
    *,
    keep: Mask | None = None,
    among: Mask | None = None,
) -> Outcome:
    """The outcome of a test on amounts by state, held against one need, without its p.

    `keep` are the activities that were counted, where they are not the selection's own; `among`
    are the states that make up the country, all of them where none are given.
    """
    country = np.ones(len(amounts), dtype=bool) if among is None else among
    group = members(atlas, test.group) if test.group else country
    inside = group & country
    needs = needs_of(atlas, need, selection.first, selection.last)
    total = float(amounts[country].sum())
    amount = float(amounts[inside].sum())
    share = amount / total if total else NAN
    need_share = float(needs[inside].sum() / needs[country].sum())
    value = share / need_share
    if test.kind == "group_share":
        value = share
    if test.kind == "displacement":
        value = hoover(amounts[country], needs[country]) if total else NAN
    return Outcome(
        need="" if test.kind == "group_share" else need,
        value=value,
        low=value,
        high=value,
        share=share,
        need_share=need_share,
        amount=amount,
        total=total,
        activities=located(atlas, selection, keep, country),
        weak_links=weak_links(atlas, selection, inside),
        p=None,
        reached=located(atlas, selection, keep, inside),
    )


def with_p(
    atlas: Atlas,
    test: Test,
    selection: CountingRule,
    outcome: Outcome,
    *,
    keep: Mask | None = None,
    among: Mask | None = None,
) -> Outcome:
    """The outcome with its p, for a kind of test that is held against a need."""
    if test.kind not in DEALT or not outcome.total:
        return outcome
    country = np.ones(len(atlas.states), dtype=bool) if among is None else among
    needs = needs_of(atlas, outcome.need, selection.first, selection.last)[country]
    reaches = incidence(atlas, selection.found).reaches(selection, keep, country)
    dealt = deals(reaches, needs)
    if test.kind == "displacement":
        found, observed = displacements(dealt, needs), outcome.value
    else:
        group = members(atlas, test.group) if test.group else country
        found, observed = dealt[:, group[country]].sum(axis=1), outcome.amount
    return replace(outcome, p=share_as_far(observed, found, upward=test.direction == "at_least"))


def times_outcome(atlas: Atlas, test: Test, selection: CountingRule) -> Outcome:
    """The group's part of all documented times in a place; a whole state is not a place."""
    ledger = incidence(atlas, selection.found)
    pairs, inside = ledger.by_place(selection), _in_group(ledger.places, test)
    named = _municipalities(ledger.places)
    total, amount = float(pairs[named].sum()), float(pairs[inside].sum())
    share = amount / total if total else NAN
    rows = ledger.chosen(selection)
    counted = (ledger.place_named if selection.weak else ledger.place_firm)[rows]
    return Outcome(
        *("", share, share, share, share, NAN, amount, total),
        activities=int(counted[:, named].any(axis=1).sum()),
        weak_links=0,
        p=None,
        reached=int(counted[:, inside].any(axis=1).sum()),
    )


def places_outcome(atlas: Atlas, test: Test, selection: CountingRule) -> Outcome:
    """The group's part of the different municipalities."""
    reached = places_reached(atlas, test, selection)
    total, amount = float(reached.municipalities), float(reached.inside)
    share = amount / total if total else NAN
    return replace(
        times_outcome(atlas, test, selection),
        value=share,
        low=share,
        high=share,
        share=share,
        amount=amount,
        total=total,
    )


def _municipalities(places: tuple[str, ...]) -> Mask:
    """Which places are municipalities and not whole states, by the digits of their codes."""
    return np.array([len(place) == MUNICIPALITY_DIGITS for place in places], dtype=bool)


def _in_group(places: tuple[str, ...], test: Test) -> Mask:
    cities = set(test.group.municipalities) if test.group else set()
    return np.array([place in cities for place in places], dtype=bool)


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
    """At how many different places the pairs of `times_outcome` lie."""
    ledger = incidence(atlas, selection.found)
    reached = ledger.by_place(selection) > 0
    named = _municipalities(ledger.places)
    return PlacesReached(
        municipalities=int((reached & named).sum()),
        inside=int((reached & _in_group(ledger.places, test)).sum()),
        whole_states=int((reached & ~named).sum()),
    )


def dollars_outcome(atlas: Atlas, test: Test, selection: CountingRule) -> Outcome:
    """The group's part of the dollars, and its bounds over all ways to spend the rest.

    `total` is the published total, or what the ledger itself ties to a place where that is more.
    With K_in and K_out the dollars tied to the group and elsewhere, the group's part of all T
    dollars lies between K_in/T (the rest went elsewhere) and (T − K_out)/T (all of it went there).
    What is divided is of the years of the total.
    """
    selection = like_over_like(test, selection)
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


def like_over_like(test: Test, selection: CountingRule) -> CountingRule:
    """The selection of a dollar claim over the years of its published total, whatever the period.

    Dollars of other years than the total's are no part of it.
    """
    return replace(selection, first=int(test.total["first"]), last=int(test.total["last"]))


def located(
    atlas: Atlas, selection: CountingRule, keep: Mask | None = None, among: Mask | None = None
) -> int:
    """How many selected activities, or of those to keep, reach a state, or one of some states."""
    ledger = incidence(atlas, selection.found)
    counted = ledger.named if selection.weak else ledger.firm
    rows = ledger.chosen(selection) if keep is None else keep
    return int((rows & (counted if among is None else counted[:, among]).any(axis=1)).sum())


def binomial_at_most(found: int, draws: int, chance: float) -> float:
    """How likely at most `found` of `draws` independent tries succeed, each with that `chance`.

    Σ_{k ≤ found} C(n, k) q^k (1−q)^(n−k).

    >>> binomial_at_most(0, 2, 0.5)
    0.25
    """
    return sum(comb(draws, k) * chance**k * (1 - chance) ** (draws - k) for k in range(found + 1))


def weak_links(atlas: Atlas, selection: CountingRule, inside: Mask) -> int:
    """How many selected activities reach the states `inside` by weak evidence that is left out."""
    if selection.weak:
        return 0
    ledger = incidence(atlas, selection.found)
    rows = ledger.chosen(selection)
    only_weak = ledger.named[:, inside].any(axis=1) & ~ledger.firm[:, inside].any(axis=1)
    return int((rows & only_weak).sum())
