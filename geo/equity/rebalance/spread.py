"""What a scenario would change: each state's amount now and after, and what would have to move.

What is spread is what the view locates, in its own measure: dollars in cents, activities in
hundredths. The order of the rules, which `geo.chapters.rebalance.words` tells the reader:

1. yardstick: a state's weight is its share of the need; in a mix, Σ m_k · share_k / Σ m_k;
2. bonus: the weight of a state with a special economic zone is multiplied by 1 + bonus;
3. floor: x_i = max(floor, λ·w_i) for the λ that spends the total, the floor being its share of
   the total rounded down to a unit;
4. reserve: where the states off the northern border then have less than their reserve (its share
   of the total rounded up to a unit), they share the reserve and the border states the rest, each
   part by rule 3;
5. units: exact amounts to whole units by largest remainders (`rebalance.apportion.in_units`).

What must move is ½ · Σ |after − now|: the Hoover index of now against after, times the total, to
the unit. With the yardstick alone it is the Hoover index against that need, times the total, to
the nearest unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Final, Literal

from geo.atlas import Atlas
from geo.equity.indices import gini, hoover, theil, top_k_share
from geo.equity.rebalance.apportion import (
    ImpossibleError,
    Spread,
    Trouble,
    apportion,
    in_units,
    spread,
)
from geo.equity.rebalance.scenario import ALL, YARDSTICKS, Scenario
from geo.policy import SCENES_KEPT, UNITS
from geo.scene import place
from geo.view import View

Index = Callable[[list[float], list[float] | None], float]
"""An index of `geo.equity.indices` that takes amounts and needs."""

LARGEST: Final = 3
"""How many states the share of the largest is told of."""


@dataclass(frozen=True, slots=True)
class StateRow:
    """One state: `now` and `after` in units, its weight as a share of all weights.

    `known` is False where no dollars are published for the state: it counts as zero documented,
    which is not zero given.
    """

    code: str
    now: int
    known: bool
    after: int
    weight: float
    at_floor: bool

    @property
    def change(self) -> int:
        """Units gained, or, below 0, lost."""
        return self.after - self.now


@dataclass(frozen=True, slots=True)
class Indices:
    """How one distribution stands; None where it is not defined.

    `gini`, `theil` and `hoover` are held against the scenario's yardstick, before bonus, floor
    and reserve; `gini_states` counts every state alike; `hoover_to` is held against each need.
    """

    gini: float | None
    theil: float | None
    hoover: float | None
    gini_states: float | None
    largest: float | None
    border: float | None
    sez: float | None
    hoover_to: Mapping[str, float | None]


@dataclass(frozen=True, slots=True, eq=False)
class Rebalanced:
    """What a scenario gives. Impossible ones have a `trouble` and change nothing.

    `total` and `moved` are in units; `rows` are in order of the INEGI code. `reserve_binds` tells
    whether the reserve made a difference, `off_border` what the states off the northern border
    have after, in units.
    """

    scenario: Scenario
    total: int
    moved: int
    rows: tuple[StateRow, ...]
    trouble: Trouble | Literal["nothing"] | None
    reserve_binds: bool
    off_border: int
    before: Indices
    after: Indices

    @property
    def gaining(self) -> tuple[StateRow, ...]:
        """States that gain, the most first."""
        return tuple(row for row in self.ranked if row.change > 0)

    @property
    def losing(self) -> tuple[StateRow, ...]:
        """States that lose, the most first."""
        return tuple(row for row in reversed(self.ranked) if row.change < 0)

    @property
    def ranked(self) -> tuple[StateRow, ...]:
        """All states from the largest gain to the largest loss, ties by code."""
        return tuple(sorted(self.rows, key=lambda row: (-row.change, row.code)))


def rebalance(atlas: Atlas, view: View, scenario: Scenario) -> Rebalanced:
    """What a scenario would make of what a view locates. Never raises for a scenario."""
    return _rebalance(atlas, view.data_key(), replace(scenario, name=""))


@lru_cache(maxsize=SCENES_KEPT)
def _rebalance(atlas: Atlas, view: View, scenario: Scenario) -> Rebalanced:
    found = located(atlas, view)
    now = {code: found.get(code, 0) for code in atlas.states}
    total = sum(now.values())
    needs = {need: atlas.indicators.need(need, atlas.states, view) for need in YARDSTICKS}
    yardstick = mixed(needs, scenario.weights)
    weights = with_bonus(yardstick, (c for c, s in atlas.states.items() if s.sez), scenario.sez)
    floor = total * scenario.floor // ALL
    off_border = frozenset(atlas.states) - frozenset(atlas.border)
    trouble: Trouble | Literal["nothing"] | None = "nothing"
    if total:
        trouble = contradiction(scenario, len(atlas.states), len(atlas.border))
    exact = Spread({code: Fraction(units) for code, units in now.items()}, reserve_binds=False)
    pools: tuple[Iterable[str], ...] = (now,)
    if not trouble:
        try:
            reserved = -(-total * scenario.reserve // 100)
            exact = spread(total, weights, floor=floor, reserved=reserved, inside=off_border)
        except ImpossibleError as impossible:
            trouble = impossible.trouble
    if scenario.reserve:
        pools = (off_border, atlas.border)
    after = in_units(exact.amounts, now, pools)
    all_weight = sum(weights.values())
    rows = tuple(
        StateRow(
            code=code,
            now=now[code],
            known=view.measure == "activities" or code in found,
            after=after[code],
            weight=float(weights[code] / all_weight) if all_weight else 0.0,
            at_floor=bool(scenario.floor) and not trouble and exact.amounts[code] == floor,
        )
        for code in atlas.states
    )
    return Rebalanced(
        scenario=scenario,
        total=total,
        moved=sum(max(0, row.change) for row in rows),
        rows=rows,
        trouble=trouble,
        reserve_binds=exact.reserve_binds,
        off_border=sum(after[code] for code in off_border),
        before=_indices(atlas, now, yardstick, needs),
        after=_indices(atlas, after, yardstick, needs),
    )


def contradiction(scenario: Scenario, states: int, border: int) -> Trouble | None:
    """Which rule asks for more than the whole, whatever the total is; None where none does.

    >>> contradiction(Scenario(floor=312), 32, 6), contradiction(Scenario(floor=313), 32, 6)
    (None, 'floor')
    """
    if scenario.floor * states > ALL:
        return "floor"
    if scenario.reserve * 100 + scenario.floor * border > ALL:
        return "reserve"
    return None


def located(atlas: Atlas, view: View) -> dict[str, int]:
    """State → what the view locates there in units, without states that have nothing.

    Documented activities count once in each state they reach; parts of shared ones are rounded to
    hundredths by largest remainders, so that their sum is right to the hundredth.
    """
    placed = place(atlas, view)
    if view.measure == "usd":
        return dict(placed.cents_of)
    if placed.parts is None:
        return {code: count * UNITS for code, count in placed.reached.items() if count}
    exact = {code: part * UNITS for code, part in placed.parts.items() if part}
    return apportion(round(sum(exact.values(), Fraction(0))), exact)


def mixed(
    needs: Mapping[str, Mapping[str, float]], weights: tuple[int, ...]
) -> dict[str, Fraction]:
    """State → weight by a mix of needs: the mean of its shares of them, weighted; all 0 for none.

    >>> needs = {"population": {"01": 1.0, "02": 3.0}, "homicides": {"01": 1.0, "02": 1.0}}
    >>> {code: float(weight) for code, weight in mixed(needs, (1, 1)).items()}
    {'01': 0.375, '02': 0.625}
    """
    mix: dict[str, Fraction] = {}
    for need, part in zip(needs.values(), weights, strict=True):
        exact = {code: Fraction(value) for code, value in need.items()}
        all_need = sum(exact.values(), Fraction(0))
        for code, value in exact.items():
            counted = Fraction(part, sum(weights)) * value / all_need if part and all_need else 0
            mix[code] = mix.get(code, Fraction(0)) + counted
    return mix


def with_bonus(
    weights: Mapping[str, Fraction], favoured: Iterable[str], percent: int
) -> dict[str, Fraction]:
    """The weights, those of some states raised by so many percent of themselves."""
    more = {code: Fraction(100 + percent, 100) for code in favoured}
    return {code: weight * more.get(code, 1) for code, weight in weights.items()}


def _indices(
    atlas: Atlas,
    units: Mapping[str, int],
    yardstick: Mapping[str, Fraction],
    needs: Mapping[str, Mapping[str, float]],
) -> Indices:
    amounts = [float(units[code]) for code in atlas.states]
    total = sum(units.values())

    def share(codes: Iterable[str]) -> float | None:
        return sum(units[code] for code in codes) / total if total else None

    def against(index: Index, need: Iterable[float | Fraction] | None = None) -> float | None:
        held = None if need is None else [float(value) for value in need]
        if not total or (held is not None and min(held) <= 0):
            return None
        return index(amounts, held)

    measured = [yardstick[code] for code in atlas.states]
    return Indices(
        gini=against(gini, measured),
        theil=against(theil, measured),
        hoover=against(hoover, measured),
        gini_states=against(gini),
        largest=top_k_share(amounts, LARGEST) if total else None,
        border=share(atlas.border),
        sez=share(code for code, state in atlas.states.items() if state.sez),
        hoover_to={
            name: against(hoover, [need[code] for code in atlas.states])
            for name, need in needs.items()
        },
    )
