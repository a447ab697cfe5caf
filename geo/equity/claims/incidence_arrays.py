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

from geo.atlas import counted, found_in, kept
from geo.policy import FIRST_YEAR, LAST_YEAR
from geo.view import FOUND, PILLARS, SPLITS, View

if TYPE_CHECKING:
    from geo.atlas import Activity, ActivityPlace, Atlas
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
    codes: tuple[str, ...]
    met: Mask
    spread: Mask
    named: Mask
    firm: Mask
    places: tuple[str, ...]
    place_spread: Mask
    place_named: Mask
    place_firm: Mask

    def chosen(self, selection: CountingRule) -> Mask:
        """The activities the selection keeps, as `Ledger.select` does."""
        areas = {PILLARS[number] for number in selection.pillars}
        whole = selection.view.whole_period
        return np.array(
            [
                (not areas or a.area in areas)
                and met
                and (selection.named == "all" or a.names_merida == "yes")
                and (whole or touches(a, selection.first, selection.last))
                for a, met in zip(self.activities, self.met.tolist(), strict=True)
            ],
            dtype=bool,
        )

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

    def by_place(self, selection: CountingRule, keep: Mask | None = None) -> Vector:
        """The same for places, shape (places,); split always in equal parts."""
        rows = self.chosen(selection) if keep is None else keep
        counted = self.place_named if selection.weak else self.place_firm
        return _summed(self.place_spread[rows], counted[rows], selection.evidence, None)


def touches(activity: Activity, first: int, last: int) -> bool:
    """Whether the activity's years touch a span; an undated one touches none."""
    years = activity.years
    return years is not None and years[0] <= last and years[1] >= first


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
    codes = tuple(atlas.states)
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
        codes,
        np.array([a is not None for a in met], dtype=bool),
        *laid_out(lambda at: at.state, codes),
        places,
        *laid_out(_place, places),
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
