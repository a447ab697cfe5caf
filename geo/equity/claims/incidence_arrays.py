"""Which activity reaches which state and which place, as arrays: one look-up for a thousand views.

`geo.scene.placing` answers one view exactly; a robustness grid asks for hundreds. Here the ledger
is laid out once as rows of activities, and a selection is a few products of arrays. The amounts are
those of `geo.scene.placing` for the same view; a test holds them against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from geo.atlas import counted, found_in, kept, left_out
from geo.equity.chance import Reach
from geo.policy import FIRST_YEAR, LAST_YEAR
from geo.view import FOUND, SPLITS, View

if TYPE_CHECKING:
    from geo.atlas import Activity, ActivityPlace, Atlas, Memory
    from geo.equity.indices import Vector

Mask = NDArray[np.bool_]
Masks = tuple[Mask, Mask, Mask]

WAYS: Final = (("documented", "equal"), *product(("attributed",), SPLITS))
"""Every pair of evidence and split rule that gives numbers of its own."""


@dataclass(frozen=True, slots=True)
class CountingRule:
    """What of the ledger is looked at, and how it is counted.

    The fields are those of `View`; `weak` says whether weak links count.
    """

    evidence: str = "documented"
    split: str = "equal"
    weak: bool = False
    found: str = "all"
    pillars: tuple[int, ...] = ()
    first: int = FIRST_YEAR
    last: int = LAST_YEAR
    named: str = "all"
    funder: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()

    @property
    def view(self) -> View:
        """The same choice as a view of the atlas, which a link can spell."""
        return View(
            evidence=self.evidence,
            split=self.split,
            weak="include" if self.weak else "exclude",
            found=self.found,
            pillar=self.pillars,
            from_year=self.first,
            to_year=self.last,
            named=self.named,
            funder=self.funder,
            kind=self.kind,
            recipient=self.recipient,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Incidence:
    """The ledger as some searches found it, a row for each activity that is no part of another.

    `met` says whether these searches found the activity at all. `named` and `firm` have shape
    (activities, states): whether they found it there, and whether at least one link to the state
    is not weak; `spread` are all states that a source names, over which a split goes. `places` are
    the municipalities, or the states where no municipality is named; `place_named`, `place_firm`
    and `place_spread` are the same for them.
    """

    activities: tuple[Activity, ...]
    met: Mask
    spread: Mask
    named: Mask
    firm: Mask
    places: tuple[str, ...]
    place_spread: Mask
    place_named: Mask
    place_firm: Mask
    memory: Memory | None = None
    """That of a ledger with rows of a reader's own, see `geo.atlas.memory`."""

    def chosen(self, selection: CountingRule) -> Mask:
        """The activities the selection keeps, as `Ledger.select` does; read only."""
        return _chosen(self, selection)

    def by_state(
        self, selection: CountingRule, weights: Vector | None = None, keep: Mask | None = None
    ) -> Vector:
        """Activities of each state, shape (states,): counted, or their parts where they are split.

        `weights` are those of the split rule, None for equal parts; `keep` replaces the
        selection's own choice of activities.
        """
        rows = self.chosen(selection) if keep is None else keep
        counted = self.named if selection.weak else self.firm
        return _summed(self.spread[rows], counted[rows], selection.evidence, weights)

    def reaches(
        self, selection: CountingRule, keep: Mask | None = None, among: Mask | None = None
    ) -> tuple[Reach, ...]:
        """Each selected activity as it is dealt out: the states it reached, what it brings to each.

        With `among` only these states count. Parts are those of an equal split; ValueError where
        another one is asked for, whose parts hang on the states themselves.
        """
        if selection.evidence != "documented" and selection.split != "equal":
            raise ValueError(f"an activity split by {selection.split} cannot be dealt out anew")
        rows = self.chosen(selection) if keep is None else keep
        counted = (self.named if selection.weak else self.firm)[rows]
        states = (counted if among is None else counted[:, among]).sum(axis=1)
        brings = np.ones(len(states))
        if selection.evidence != "documented":
            brings = 1 / np.maximum(self.spread[rows].sum(axis=1), 1)
        pairs = zip(states.tolist(), brings.tolist(), strict=True)
        return tuple((reached, brought) for reached, brought in pairs if reached)

    def by_place(self, selection: CountingRule) -> Vector:
        """The same for places, shape (places,); split always in equal parts."""
        rows = self.chosen(selection)
        counted = self.place_named if selection.weak else self.place_firm
        return _summed(self.place_spread[rows], counted[rows], selection.evidence, None)


@kept(maxsize=512)
def _chosen(ledger: Incidence, selection: CountingRule) -> Mask:
    why = left_out(selection.view)
    met = zip(ledger.activities, ledger.met.tolist(), strict=True)
    kept = np.array([not why(activity, found) for activity, found in met], dtype=bool)
    kept.flags.writeable = False
    return kept


def _summed(named: Mask, counted: Mask, evidence: str, weights: Vector | None) -> Vector:
    if evidence == "documented":
        total: Vector = counted.sum(axis=0).astype(np.float64)
        return total
    given = named if weights is None else named * weights
    sums = given.sum(axis=1, keepdims=True)
    parts = np.divide(given, sums, out=np.zeros(named.shape), where=sums > 0)
    split: Vector = np.where(counted, parts, 0.0).sum(axis=0)
    return split


@kept(maxsize=4 * len(FOUND))
def incidence(atlas: Atlas, found: str = "all") -> Incidence:
    """The atlas's ledger as arrays, as a choice of searches found it; an atlas never changes."""
    activities = tuple(a for a in atlas.ledger.activities if not a.part_of)
    here = found_in(atlas.ledger, found)
    met = [here[a.activity_id] for a in activities]
    spread = dict(counted(activities, include_weak=True))
    places = tuple(sorted({_place(at) for found in spread.values() for at in found}))

    def reached(include_weak: bool) -> Mapping[str, tuple[ActivityPlace, ...]]:
        found = counted((a for a in met if a is not None), include_weak=include_weak)
        return {activity.activity_id: at for activity, at in found}

    every = {activity.activity_id: at for activity, at in spread.items()}

    def laid_out(of: Callable[[ActivityPlace], str], columns: Sequence[str]) -> Masks:
        at = {name: column for column, name in enumerate(columns)}

        def mask_of(found: Mapping[str, tuple[ActivityPlace, ...]]) -> Mask:
            mask = np.zeros((len(activities), len(at)), dtype=bool)
            for row, activity in enumerate(activities):
                mask[row, [at[of(place)] for place in found.get(activity.activity_id, ())]] = True
            return mask

        return mask_of(every), mask_of(reached(True)), mask_of(reached(False))

    return Incidence(
        activities,
        np.array([a is not None for a in met], dtype=bool),
        *laid_out(lambda at: at.state, tuple(atlas.states)),
        places,
        *laid_out(_place, places),
        memory=None if atlas.memory is None else {},
    )


def _place(at: ActivityPlace) -> str:
    """A municipality, or the state where none is named."""
    return at.cvegeo or at.state


@kept(maxsize=64)
def needs_of(atlas: Atlas, need: str, first: int, last: int) -> Vector:
    """The need of each state, shape (states,), by code; `equal` gives each state the same.

    Read only, since it is shared.
    """
    if need == "equal":
        found = np.ones(len(atlas.states))
    else:
        view = View(from_year=first, to_year=last)
        by_code = atlas.indicators.need(need, atlas.states, view)
        found = np.array([by_code[code] for code in atlas.states], dtype=np.float64)
    found.flags.writeable = False
    return found


def amounts_of(atlas: Atlas, selection: CountingRule, keep: Mask | None = None) -> Vector:
    """Activities of each state under a selection, with the weights its split rule asks for."""
    weights = None
    if selection.evidence == "attributed" and selection.split != "equal":
        weights = needs_of(atlas, selection.split, selection.first, selection.last)
    return incidence(atlas, selection.found).by_state(selection, weights, keep)
