"""How far each index of one view could be from its documented value, and why.

For dollars the doubt is where the money without a place went; for activities it is which evidence
counts and what may be one thing told twice. Every number is for all 32 states: a state without a
published figure has none of the *documented* money, as in `geo.equity.summary`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np

from geo.atlas import Atlas
from geo.equity.bounds import Bounds, bounds_of
from geo.equity.groups import GROUPINGS, INSIDE, RANKINGS, grouping, ranking
from geo.equity.indices import Vector
from geo.equity.summary import EQUAL, NEEDS
from geo.policy import APPROPRIATED_TO_END_USD, SUMMARIES_KEPT, TOP_STATES
from geo.scene import Scene, attribute_dollars, build_scene, cents, counted_in, to_cents
from geo.view import SPLITS, WEAK, View


@dataclass(frozen=True, slots=True)
class Unplaced:
    """The money of a view: tied to a state, in the ledger, and appropriated, in cents.

    `appropriated` is `APPROPRIATED_TO_END_USD`, of the same years as the ledger; None for a view
    with a filter: no source says how much of it was for one priority, for some years or would have
    been found by one search.
    """

    located: int
    ledger: int
    appropriated: int | None

    @property
    def ledger_rest(self) -> int:
        """In the ledger, but tied to no state."""
        return self.ledger - self.located

    @property
    def appropriated_rest(self) -> int | None:
        """Appropriated, and tied to no state; it contains the ledger's rest.

        None where nothing can be said: with a filter, or were more located than appropriated.
        """
        if self.appropriated is None or self.appropriated < self.located:
            return None
        return self.appropriated - self.located


@dataclass(frozen=True, slots=True, eq=False)
class IndexRange:
    """One index of one view: as documented, and what it is or could be otherwise.

    `name` is unique and made of `index` (a key of `geo.equity.bounds.bounds.BOUNDS`) and `of` (a
    grouping, a ranking or k as text; "" where there is none), with `_equal` at the end where every
    state counts the same whatever the need. A value is NaN where there is nothing to compute.

    Attributes
    ----------
    scale
        Over all ways any money at all could be spent: the index's whole range for these states
        and needs.
    documented
        With what sources tie to a state, weak evidence as in the view.
    attributed
        Split rule → with what names several states shared out by it.
    ledger, appropriated
        Over all ways the ledger's, or the appropriated, money that is tied to no state could have
        been spent; None for activities, and where `Unplaced` has none. The documented value, those
        of every split and that with weak evidence lie within: they too leave each state at least
        what is documented, and an index does not change when all amounts grow in proportion.
        `appropriated` contains `ledger` for the same reason.
    weak_excluded, weak_included
        As documented, without and with weak evidence.
    overlaps_certain_once, overlaps_once
        As documented, but what is certainly, or possibly, told twice counted once in each state
        that both tellings name. Equal to `documented` where no overlap touches the view.
    """

    name: str
    index: str
    of: str
    scale: Bounds
    documented: float
    attributed: Mapping[str, float]
    ledger: Bounds | None
    appropriated: Bounds | None
    weak_excluded: float
    weak_included: float
    overlaps_certain_once: float
    overlaps_once: float

    @property
    def alternatives(self) -> tuple[float, float]:
        """Smallest and largest of the values above that are not bounds, NaN left out."""
        values = [
            self.documented,
            *self.attributed.values(),
            self.weak_excluded,
            self.weak_included,
            self.overlaps_certain_once,
            self.overlaps_once,
        ]
        known = [value for value in values if not np.isnan(value)]
        return (min(known), max(known)) if known else (float("nan"), float("nan"))


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """One index to compute: what `bounds_of` takes besides the amounts and the remainder."""

    index: str
    of: str
    equal: bool
    needs: Vector | None
    besides: Mapping[str, Any]

    @property
    def name(self) -> str:
        return "_".join([self.index, *([self.of] if self.of else []), *["equal"] * self.equal])

    def bounds(self, amounts: Vector, remainder: float) -> Bounds:
        return bounds_of(self.index, amounts, self.needs, remainder, **self.besides)

    def values(self, *scenarios: Vector) -> list[float]:
        """The index of each: with nothing left to spend both bounds are it.

        Scenarios are often the same amounts, which are then computed once.
        """
        found: dict[bytes, float] = {}
        for amounts in scenarios:
            key = amounts.tobytes()
            if key not in found:
                found[key] = self.bounds(amounts, 0.0).low
        return [found[amounts.tobytes()] for amounts in scenarios]


def index_ranges(atlas: Atlas, view: View, need: str | None = None) -> tuple[IndexRange, ...]:
    """Every index of a view against a need, with its bounds and its other values.

    Parameters
    ----------
    atlas, view
        What the scene is built from; the view's `measure` says whether dollars or activities.
        `evidence` and `split` make no difference: all rules are computed beside the documented.
    need
        One of `geo.equity.summary.NEEDS`; None takes `view.need`.

    Returns
    -------
    tuple of IndexRange
        In a fixed order: the whole distribution, the top, by ranking, by grouping. Cached by what
        changes a number.

    Raises ValueError for another need.
    """
    chosen = view.need if need is None else need
    if chosen not in NEEDS:
        raise ValueError(f"the need {chosen!r} is none of {', '.join(NEEDS)}")
    return _ranges(atlas, _plain(view), chosen)


def range_of(ranges: tuple[IndexRange, ...], name: str) -> IndexRange:
    """The one of a name, KeyError where there is none."""
    for one in ranges:
        if one.name == name:
            return one
    raise KeyError(name)


def unplaced(atlas: Atlas, view: View) -> Unplaced:
    """How much of the money of a view, documented evidence, is tied to a state."""
    plain = _plain(view)
    scene = build_scene(atlas, plain)
    return Unplaced(
        located=scene.located_cents,
        ledger=scene.ledger_cents,
        appropriated=cents(APPROPRIATED_TO_END_USD) if plain.comparable else None,
    )


def _plain(view: View) -> View:
    """Only what selects: documented, and shown in the one way that asks for no more."""
    return view.selecting(measure=view.measure, dollars=view.dollars, weak=view.weak)


@lru_cache(maxsize=SUMMARIES_KEPT)
def _ranges(atlas: Atlas, view: View, need: str) -> tuple[IndexRange, ...]:
    scene = build_scene(atlas, view)
    documented = _amounts(scene)
    attributed = {
        split: _amounts(build_scene(atlas, view.with_(evidence="attributed", split=split)))
        for split in SPLITS
    }
    weak = {choice: _amounts(build_scene(atlas, view.with_(weak=choice))) for choice in WEAK}
    certain, possible = (
        documented - told_twice(atlas, scene, only_certain=only) for only in (True, False)
    )
    money = unplaced(atlas, view) if view.measure == "usd" else Unplaced(0, 0, None)
    has_dollars = view.measure == "usd"

    def spent(one: _Asked, rest: int | None) -> Bounds | None:
        # Cents are whole in the ledger; what is spent here is dollars in floating point.
        return one.bounds(documented, rest / 100) if has_dollars and rest is not None else None

    ranges = []
    for one in _asked(atlas, view, need):
        now, without, with_weak, sure, once, *split = one.values(
            documented, weak["exclude"], weak["include"], certain, possible, *attributed.values()
        )
        ranges.append(
            IndexRange(
                name=one.name,
                index=one.index,
                of=one.of,
                scale=one.bounds(np.zeros_like(documented), 1.0),
                documented=now,
                attributed=MappingProxyType(dict(zip(attributed, split, strict=True))),
                ledger=spent(one, money.ledger_rest),
                appropriated=spent(one, money.appropriated_rest),
                weak_excluded=without,
                weak_included=with_weak,
                overlaps_certain_once=sure,
                overlaps_once=once,
            )
        )
    return tuple(ranges)


def _asked(atlas: Atlas, view: View, need: str) -> list[_Asked]:
    needs = None
    if need != EQUAL:
        by_state = atlas.indicators.need(need, atlas.states, view)
        needs = np.array([by_state[code] for code in atlas.states])
    asked = [_Asked(index, "", False, needs, {}) for index in ("gini", "theil", "hoover")]
    asked += [_Asked(index, "", True, None, {}) for index in ("gini", "theil", "hoover")]
    asked += [_Asked("herfindahl", "", False, None, {})]
    asked += [_Asked("top_k_share", str(k), False, None, {"k": k}) for k in TOP_STATES]
    for name in RANKINGS:
        by = ranking(atlas, name, view)
        of = {"rank_by": by.rank_by}
        asked.append(_Asked("concentration_index", name, False, by.needs, of))
        if by.ratio_scaled:
            asked.append(_Asked("kakwani", name, False, by.needs, of))
    for name in GROUPINGS:
        group_of = grouping(atlas, name)
        groups = [group_of[code] for code in atlas.states]
        parts = ("theil_between", "theil_within")
        asked += [_Asked(part, name, False, needs, {"groups": groups}) for part in parts]
        if name in INSIDE:
            members = np.array([group == INSIDE[name] for group in groups])
            both = ("group_share", "group_ratio")
            asked += [_Asked(index, name, False, needs, {"members": members}) for index in both]
    return asked


def _amounts(scene: Scene) -> Vector:
    """Shape (n,), in order of the codes: dollars or activities, 0 where none is documented."""
    return np.array([state.measure.amount or 0.0 for state in scene.states])


def told_twice(atlas: Atlas, scene: Scene, *, only_certain: bool) -> Vector:
    """What a state would lose if the known overlaps were counted once; shape (n,).

    An overlap is stated from the later or larger activity, which is the one left out, in each
    state that the other reaches too. Parts of a whole are never counted twice to begin with.
    """
    held = _held(scene)
    twice: set[tuple[str, str]] = set()
    for row in atlas.table("overlaps"):
        later, other = row["activity_id"], row["other_id"]
        if later != other and (row["certain"] or not only_certain):
            twice |= {
                (later, state) for state in held.get(later, {}) if state in held.get(other, {})
            }
    lost = dict.fromkeys(atlas.states, Decimal(0))
    for later, state in sorted(twice):
        lost[state] += held[later][state]
    return np.array([float(amount) for amount in lost.values()])


def _held(scene: Scene) -> dict[str, dict[str, Decimal]]:
    """Activity → state → what it brings to it: dollars, or one activity."""
    held: dict[str, dict[str, Decimal]] = {}
    if scene.view.measure == "usd":
        include_weak = scene.view.weak == "include"
        dollars = attribute_dollars(scene.selection.activities, include_weak=include_weak)
        for share, amount in to_cents(dollars, constant=scene.view.prices_of is not None)[0]:
            of = held.setdefault(share.activity.activity_id, {})
            of[share.state] = Decimal(amount) / 100
        return held
    for activity, places in counted_in(scene):
        held[activity.activity_id] = dict.fromkeys((at.state for at in places), Decimal(1))
    return held
