"""The scene: everything one view shows, computed once from the atlas.

The map, the ranking, the legend, the sentence, the exports and the API all read the same scene,
so they cannot disagree. A scene speaks no language; `geo.words.sentence` and `geo.words.legend` do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from geo.atlas import (
    Activity,
    ActivityPlace,
    Atlas,
    NationalLine,
    Selection,
    counted,
    kept,
    national_lines,
)
from geo.policy import SCENES_KEPT
from geo.scene.classes import Classes, classify
from geo.scene.dominant import DominantRow, dominant_row
from geo.scene.measures import VALUE, StateMeasure, measure_states, status_of, unit_of
from geo.scene.placing import Placed, RemainderLine, place
from geo.view import View

CENTRES = {"ratio": 1.0, "gap": 0.0}
"""Where the scale of a diverging measure turns: parity."""


@dataclass(frozen=True, slots=True)
class StateScene:
    """One state in a scene.

    `klass` is the class index of a value, None for zero, no data and not applicable. `rank`
    counts from 1, ties share the better rank; None where there is no number, and for every state
    where all of them are zero: thirty-two firsts are no ranking. `activities` is
    how many selected activities count as reaching the state, `cents` the dollars tied to it
    under the view's rule, None where none is published.
    """

    code: str
    value: float | None
    status: str
    klass: int | None
    rank: int | None
    measure: StateMeasure
    activities: int
    cents: int | None


@dataclass(frozen=True, slots=True)
class GroupShare:
    """A set of states against its share of the need, in the view's own measure."""

    states: tuple[str, ...]
    amount: float
    share: float | None
    need_share: float


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """All that one view shows; see the module's docstring.

    `total` is the sum of the states' amounts in the view's measure (for documented activities:
    activity-places, since an activity counts once in each state it reaches). `located` and
    `not_located` count activities and add up to all selected ones; `located_cents` and
    `remainder` cents add up to `ledger_cents`.
    """

    view: View
    states: tuple[StateScene, ...]
    classes: Classes
    unit: str
    total: float
    selection: Selection
    located: float
    not_located: float
    located_cents: int
    ledger_cents: int
    remainder: tuple[RemainderLine, ...]
    national: tuple[NationalLine, ...]
    without_amount: int
    without_price: int
    border: GroupShare
    sez: GroupShare
    source_ids: tuple[str, ...]
    dominant: DominantRow | None

    def state(self, code: str) -> StateScene:
        """The scene of one state by its INEGI code."""
        return self.states[int(code) - 1]

    @property
    def numbered(self) -> int:
        """How many states have a number, zero included."""
        return sum(1 for state in self.states if state.rank is not None)

    @property
    def ranked(self) -> tuple[StateScene, ...]:
        """States with a number from the highest down, then the others by code."""
        return tuple(sorted(self.states, key=lambda s: (s.rank is None, s.rank or 0, s.code)))


def build_scene(atlas: Atlas, view: View) -> Scene:
    """The scene of a view. Cached by what changes a number; selection and language do not."""
    return _build(atlas, view.data_key())


@kept(maxsize=SCENES_KEPT)
def _build(atlas: Atlas, view: View) -> Scene:
    placed = place(atlas, view)
    amounts = _amounts(atlas, placed, view)
    needs = atlas.indicators.need(view.need, atlas.states, view)
    measured = measure_states(amounts, needs, view.need)
    states, classes = _states(view, measured, placed.reached, placed.cents_of)
    return Scene(
        view=view,
        states=states,
        classes=classes,
        unit=unit_of(view),
        total=sum(amount for amount in amounts.values() if amount is not None),
        selection=placed.selection,
        located=placed.located,
        not_located=placed.not_located,
        located_cents=sum(placed.cents_of.values()),
        ledger_cents=placed.ledger_cents,
        remainder=placed.remainder,
        national=national_lines(atlas.ledger.national, view),
        without_amount=placed.without_amount,
        without_price=placed.without_price,
        border=_group(atlas.border, measured),
        sez=_group((code for code, state in atlas.states.items() if state.sez), measured),
        source_ids=placed.source_ids,
        dominant=dominant_row(placed, view, atlas.border),
    )


def _amounts(atlas: Atlas, placed: Placed, view: View) -> dict[str, float | None]:
    """The amount of each state in the view's measure; None where no dollars are published."""
    if view.measure == "usd":
        known = placed.cents_of
        return {code: known[code] / 100 if code in known else None for code in atlas.states}
    if placed.parts is None:
        return {code: float(placed.reached.get(code, 0)) for code in atlas.states}
    return {code: float(placed.parts.get(code, 0)) for code in atlas.states}


def reaching(scene: Scene, code: str) -> tuple[Activity, ...]:
    """The selected activities that count as reaching a state, in order of their id.

    Parts of another activity are not among them, as in the count; `parts_of` gives them.
    """
    return tuple(a for a, places in counted_in(scene) if any(at.state == code for at in places))


def reaching_each(scene: Scene) -> dict[str, tuple[Activity, ...]]:
    """`reaching` for every state that has any, in one pass."""
    found: dict[str, list[Activity]] = {}
    for activity, places in counted_in(scene):
        for code in {at.state for at in places}:
            found.setdefault(code, []).append(activity)
    return {code: tuple(activities) for code, activities in found.items()}


def counted_in(scene: Scene) -> Iterator[tuple[Activity, tuple[ActivityPlace, ...]]]:
    """The selected activities that count, each with the places it counts in."""
    return counted(scene.selection.activities, include_weak=scene.view.weak == "include")


def parts_of(atlas: Atlas, whole: Activity) -> tuple[Activity, ...]:
    """The activities whose amount is already inside another one's."""
    return tuple(a for a in atlas.ledger.activities if a.part_of == whole.activity_id)


def municipalities_reached(scene: Scene) -> dict[str, int]:
    """Municipality (five-digit INEGI code) → how many selected activities name it."""
    reached = Counter(
        cvegeo for _, places in counted_in(scene) for cvegeo in {at.cvegeo for at in places}
    )
    return {code: count for code, count in sorted(reached.items()) if code}


def _states(
    view: View,
    measured: dict[str, StateMeasure],
    reached: Mapping[str, int],
    cents_of: Mapping[str, int],
) -> tuple[tuple[StateScene, ...], Classes]:
    values = {code: measure.shown(view) for code, measure in measured.items()}
    status = {code: status_of(measured[code], value) for code, value in values.items()}
    classed = [value for code, value in values.items() if value is not None and value != 0]
    classes = classify(classed, view.scheme, view.k, centre=CENTRES.get(view.show))
    numbers = [value for value in values.values() if value is not None]
    ranked = any(numbers)
    states = []
    for code, value in values.items():
        classable = status[code] == VALUE and value is not None
        states.append(
            StateScene(
                code=code,
                value=value,
                status=status[code],
                klass=classes.index_of(value) if classable and value is not None else None,
                rank=1 + sum(1 for other in numbers if other > value)
                if ranked and value is not None
                else None,
                measure=measured[code],
                activities=reached.get(code, 0),
                cents=cents_of.get(code),
            )
        )
    return tuple(states), classes


def _group(codes: Iterable[str], measured: dict[str, StateMeasure]) -> GroupShare:
    members = tuple(codes)
    total = sum(m.amount for m in measured.values() if m.amount is not None)
    amount = sum(measured[code].amount or 0.0 for code in members)
    return GroupShare(
        states=members,
        amount=amount,
        share=amount / total if total else None,
        need_share=sum(measured[code].need_share for code in members),
    )
