"""Everything about the inequality of one view, computed once.

The unit of observation is the state. All 32 states are used: a state without a published dollar
figure has no *documented* dollars and counts as 0, since the indices describe the documents. What
the money without a place could change is the subject of `geo.equity.bounds`; how many states have
no figure is said in `without_figure`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import numpy as np

from geo.atlas import Atlas
from geo.equity.chance import (
    Contiguity,
    Dealt,
    LocalMoran,
    Moran,
    PermutationResult,
    Range,
    Reach,
    between_share_permutation,
    between_shares,
    deals,
    exhaustive_range,
    group_difference_permutation,
    local_moran,
    moran,
    morans,
    queen_neighbours,
    share_as_far,
)
from geo.equity.claims import CountingRule, incidence
from geo.equity.groups import GROUPINGS, INSIDE, RANKINGS, grouping, ranking
from geo.equity.indices import (
    Decomposition,
    Vector,
    concentration_curve,
    concentration_index,
    gini,
    herfindahl,
    hoover,
    lorenz,
    theil,
    theil_decomposition,
)
from geo.policy import DEFAULT_CLASSES, PERMUTATIONS, SUMMARIES_KEPT
from geo.scene import attribute_dollars, build_scene
from geo.view import View

EQUAL: Final = "equal"
"""The need in which every state counts the same."""

NEEDS: Final = (EQUAL, "population", "homicides", "poverty")

AGAINST_NEED: Final[Mapping[str, Callable[..., float]]] = MappingProxyType(
    {"gini": gini, "theil": theil, "hoover": hoover}
)
"""The indices of the whole distribution, by name."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A Lorenz or concentration curve: points from (0, 0) to (1, 1), need across, aid up."""

    need: tuple[float, ...]
    aid: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Concentration:
    """The aid cumulated over states in the order of a ranking."""

    index: float
    curve: Curve


@dataclass(frozen=True, slots=True)
class GroupEquity:
    """The groups of one grouping against each other, with two readings of how special that is.

    `dealt_between` is the share of deals by need that put at least as much of the inequality
    between the groups, `dealt_inside` that of deals in which the group inside has at least as
    much; None where nothing can be dealt. `between` and `difference` (share ratio inside less
    outside) are the second reading, of other states with the groups' labels. Of a grouping of
    more than two there is no group inside.
    """

    name: str
    decomposition: Decomposition
    dealt_between: float | None
    dealt_inside: float | None
    between: PermutationResult
    difference: PermutationResult | None


@dataclass(frozen=True, slots=True)
class EquitySummary:
    """Every index of one view against one need; per-state tuples are in order of `codes`.

    `amounts` are in the view's measure (activities or dollars), 0 for the `without_figure` states
    with no published dollars; `total` is their sum. `gini` is against `need`, and `ranges` has each
    index with every state left out in turn. `local` is empty where Moran's I is not defined.
    `dealt_moran` are the shares of deals by need with a Moran's I as high and as low, None where
    nothing can be dealt. Everything is NaN, or p NaN, where nothing is given at all.
    """

    need: str
    codes: tuple[str, ...]
    amounts: tuple[float, ...]
    needs: tuple[float, ...]
    total: float
    n_used: int
    without_figure: int
    gini: float
    lorenz: Curve
    concentration: Mapping[str, Concentration]
    groups: Mapping[str, GroupEquity]
    ranges: Mapping[str, Range]
    moran: Moran
    dealt_moran: tuple[float, float] | None
    local: tuple[LocalMoran, ...]


def equity_of(
    atlas: Atlas, view: View, need: str | None = None, n: int = PERMUTATIONS
) -> EquitySummary:
    """The summary of a view against a need, cached by what changes a number.

    Parameters
    ----------
    atlas, view
        What the scene is built from. How the map shows it (show, per, classes, selection,
        language) makes no difference here.
    need
        One of `NEEDS`; None takes `view.need`, the one the shares of the map are held against.
    n
        Random relabelings where not all can be tried.

    Raises ValueError for another need, or where a state's need is not above 0.
    """
    chosen = view.need if need is None else need
    # The scene of the map is at hand already; its amounts are the same for every way of showing.
    amounts = tuple(state.measure.amount for state in build_scene(atlas, view).states)
    plain = _plain(view)
    return summarise(atlas, plain, chosen, amounts, n, reaches_of(atlas, plain))


def reaches_of(atlas: Atlas, view: View) -> tuple[Reach, ...]:
    """The activities of a view as they are dealt out; none where it splits them by need.

    One in dollars is dealt with its dollars, which belong to one state.
    """
    if view.evidence != "documented":
        return ()
    weak = view.weak == "include"
    if view.measure == "usd":
        chosen = atlas.ledger.select(view).activities
        shares = attribute_dollars(chosen, include_weak=weak).shares
        return tuple((1, float(share.activity.usd or 0)) for share in shares)
    rule = CountingRule(
        weak=weak,
        found=view.found,
        pillars=view.pillar,
        first=view.from_year,
        last=view.to_year,
        named=view.named,
    )
    return incidence(atlas, view.found).reaches(rule)


def _plain(view: View) -> View:
    return replace(
        view.data_key(),
        show="value",
        per="none",
        scheme="jenks",
        k=DEFAULT_CLASSES,
        split=view.split if view.evidence == "attributed" else "equal",
    )


@lru_cache(maxsize=SUMMARIES_KEPT)
def summarise(
    atlas: Atlas,
    view: View,
    need: str,
    amounts: tuple[float | None, ...],
    n: int = PERMUTATIONS,
    reaches: tuple[Reach, ...] = (),
) -> EquitySummary:
    """The summary of any amounts, in order of the codes.

    `view` gives the years that homicides are summed over; None among the amounts is a state
    without a published figure; `reaches` are the activities that the amounts are made of, where
    they can be dealt out. Errors are those of `equity_of`.
    """
    if need not in NEEDS:
        raise ValueError(f"the need {need!r} is none of {', '.join(NEEDS)}")
    codes = tuple(atlas.states)
    a = np.array([0.0 if amount is None else amount for amount in amounts])
    w = _needs(atlas, need, view)
    total = float(a.sum())
    rates = a / w if total > 0 else np.full_like(a, np.nan)
    contiguity = queen_neighbours(atlas.data).among(codes)
    dealt = deals(reaches, w) if reaches and total > 0 else None
    global_moran = moran(rates, contiguity, n)
    return EquitySummary(
        need=need,
        codes=codes,
        amounts=tuple(a.tolist()),
        needs=tuple(w.tolist()),
        total=total,
        n_used=a.size,
        without_figure=sum(amount is None for amount in amounts),
        gini=gini(a, w),
        lorenz=_curve(*lorenz(a, w)),
        concentration=MappingProxyType(
            {name: _concentration(atlas, name, view, a) for name in RANKINGS}
        ),
        groups=MappingProxyType(
            {name: _group(atlas, name, codes, a, w, n, dealt) for name in GROUPINGS}
        ),
        ranges=MappingProxyType(_ranges(codes, a, w)),
        moran=global_moran,
        dealt_moran=_as_alike(global_moran, dealt, w, contiguity),
        local=local_moran(rates, contiguity, n),
    )


def _needs(atlas: Atlas, need: str, view: View) -> Vector:
    if need == EQUAL:
        return np.ones(len(atlas.states))
    values = atlas.indicators.need(need, atlas.states, view)
    return np.array([values[code] for code in atlas.states])


def _curve(need: Vector, aid: Vector) -> Curve:
    return Curve(tuple(need.tolist()), tuple(aid.tolist()))


def _concentration(atlas: Atlas, name: str, view: View, a: Vector) -> Concentration:
    by = ranking(atlas, name, view)
    return Concentration(
        index=concentration_index(a, by.rank_by, by.needs),
        curve=_curve(*concentration_curve(a, by.rank_by, by.needs)),
    )


def _group(
    atlas: Atlas,
    name: str,
    codes: tuple[str, ...],
    a: Vector,
    w: Vector,
    n: int,
    dealt: Dealt | None,
) -> GroupEquity:
    group_of = grouping(atlas, name)
    labels = [group_of[code] for code in codes]
    decomposition = theil_decomposition(a, labels, w)
    share = decomposition.between_share
    dealt_between = dealt_inside = difference = None
    if dealt is not None and share == share:
        found = between_shares(dealt, w, labels)
        dealt_between = share_as_far(share, found, upward=True)
    if name in INSIDE:
        inside = [label == INSIDE[name] for label in labels]
        difference = group_difference_permutation(a, w, inside, codes, n)
        if dealt is not None:
            observed = float(a[inside].sum())
            dealt_inside = share_as_far(observed, dealt[:, inside].sum(axis=1), upward=True)
    return GroupEquity(
        name=name,
        decomposition=decomposition,
        dealt_between=dealt_between,
        dealt_inside=dealt_inside,
        between=between_share_permutation(a, w, labels, codes, n),
        difference=difference,
    )


def _as_alike(
    found: Moran, dealt: Dealt | None, w: Vector, contiguity: Contiguity
) -> tuple[float, float] | None:
    """The shares of deals with a Moran's I as high and as low as the real one."""
    if dealt is None or found.i != found.i:
        return None
    values = morans(dealt, w, contiguity)
    high, low = (share_as_far(found.i, values, upward=upward) for upward in (True, False))
    return high, low


def _ranges(codes: tuple[str, ...], a: Vector, w: Vector) -> dict[str, Range]:
    against = {name: exhaustive_range(index, codes, a, w) for name, index in AGAINST_NEED.items()}
    return {**against, "herfindahl": exhaustive_range(herfindahl, codes, a)}
