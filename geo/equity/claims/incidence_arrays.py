"""Which activity reaches which state and which place, as arrays: one look-up for a thousand views.

`geo.scene.placing` answers one view exactly; a robustness grid asks for hundreds. Here the ledger
is laid out once as rows of activities, and a selection is a few products of arrays. The amounts are
those of `geo.scene.placing` for the same view; a test holds them against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from geo.atlas import counted
from geo.policy import FIRST_YEAR, LAST_YEAR
from geo.view import FOUND, PILLARS, SPLITS, View

if TYPE_CHECKING:
    from geo.atlas import Activity, ActivityPlace, Atlas
    from geo.equity.indices import Vector

Mask = NDArray[np.bool_]

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
        )


@dataclass(frozen=True, slots=True, eq=False)
class Incidence:
    """The ledger as arrays, a row for each activity that is no part of another, by its id.

    `named` and `firm` have shape (activities, states): whether a source names the state at all,
    and whether at least one link to it is not weak. `places` are the municipalities, or the
    states where no municipality is named; `place_named` and `place_firm` are the same for them.
    """

    activities: tuple[Activity, ...]
    codes: tuple[str, ...]
    named: Mask
    firm: Mask
    places: tuple[str, ...]
    place_named: Mask
    place_firm: Mask

    def chosen(self, selection: CountingRule) -> Mask:
        """The activities the selection keeps, as `Ledger.select` does."""
        areas = {PILLARS[number] for number in selection.pillars}
        whole = selection.view.whole_period
        return np.array(
            [
                (not areas or a.area in areas)
                and selection.found in (FOUND[0], a.found_by)
                and (whole or touches(a, selection.first, selection.last))
                for a in self.activities
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
        return _summed(self.named[rows], counted[rows], selection.evidence, weights)

    def by_place(self, selection: CountingRule, keep: Mask | None = None) -> Vector:
        """The same for places, shape (places,); split always in equal parts."""
        rows = self.chosen(selection) if keep is None else keep
        counted = self.place_named if selection.weak else self.place_firm
        return _summed(self.place_named[rows], counted[rows], selection.evidence, None)


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


@lru_cache(maxsize=4)
def incidence(atlas: Atlas) -> Incidence:
    """The atlas's ledger as arrays; cached, since an atlas never changes."""
    named = dict(counted(atlas.ledger.activities, include_weak=True))
    firm = dict(counted(atlas.ledger.activities, include_weak=False))
    activities = tuple(a for a in atlas.ledger.activities if not a.part_of)
    codes = tuple(atlas.states)
    places = tuple(sorted({_place(at) for found in named.values() for at in found}))

    def laid_out(of: Callable[[ActivityPlace], str], columns: Sequence[str]) -> tuple[Mask, Mask]:
        at = {name: column for column, name in enumerate(columns)}
        masks = np.zeros((2, len(activities), len(at)), dtype=bool)
        for mask, found in zip(masks, (named, firm), strict=True):
            for row, activity in enumerate(activities):
                mask[row, [at[of(place)] for place in found.get(activity, ())]] = True
        return masks[0], masks[1]

    return Incidence(
        activities, codes, *laid_out(lambda at: at.state, codes), places, *laid_out(_place, places)
    )


def _place(at: ActivityPlace) -> str:
    """A municipality, or the state where none is named."""
    return at.cvegeo or at.state


@lru_cache(maxsize=64)
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
    return incidence(atlas).by_state(selection, weights, keep)
