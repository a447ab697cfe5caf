"""Need against aid: each state's third of the need crossed with its third of the aid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from geo.policy import SCENES_KEPT
from geo.scene import NO_DATA, NO_DATA_FILL, VALUE, ZERO, ZERO_FILL, Classes, Scene, classify

SIDE: Final = 3
"""Classes on each axis: nine colours are the most that can be told apart in two directions."""

FILLS: Final = (
    ("#f1ede6", "#ecc68b", "#e8a030"),
    ("#96c6df", "#9ca498", "#a48250"),
    ("#3aa0d8", "#4c82a4", "#5f6470"),
)
"""By third of the aid, then of the need, low to high: blue for aid, orange for need, slate for
both. Chosen so that any two stay apart for every common colour vision; a test measures it."""

LETTERS: Final = ("A", "B", "C")
"""Names of the thirds of the aid, low to high; the thirds of the need are numbered from 1."""

NO_AID: Final = "0"


@dataclass(frozen=True, slots=True)
class StateCross:
    """One state: its share of the need and of the aid, and its class on each axis.

    `aid` is None where nothing is documented (`zero`) or no figure is published (`no_data`).
    """

    code: str
    need: int
    aid: int | None
    status: str
    need_share: float
    share: float | None
    ratio: float | None

    @property
    def name(self) -> str:
        """The class as the legend writes it: "C1" is much aid and little need, "03" no aid."""
        if self.status == NO_DATA:
            return ""
        return f"{NO_AID if self.aid is None else LETTERS[self.aid]}{self.need + 1}"

    @property
    def fill(self) -> str:
        """Its colour on the map."""
        if self.status == NO_DATA:
            return NO_DATA_FILL
        return ZERO_FILL if self.aid is None else FILLS[self.aid][self.need]


@dataclass(frozen=True, slots=True, eq=False)
class Cross:
    """All states of a scene, with the classes of their aid (shares of the country's total)."""

    states: tuple[StateCross, ...]
    aid: Classes

    def counts(self) -> Mapping[str, int]:
        """How many states each class name has."""
        found: dict[str, int] = {}
        for state in self.states:
            found[state.name] = found.get(state.name, 0) + 1
        return found


@lru_cache(maxsize=SCENES_KEPT)
def cross(scene: Scene) -> Cross:
    """Aid against need, in shares, each cut into thirds of the states (quantiles).

    Zero is a class of its own and no published figure is none at all, as on every map: the thirds
    of the aid are those of the states with some. Ties can leave fewer than three classes.
    """
    measured = {state.code: state.measure for state in scene.states}
    shares = [m.share for m in measured.values() if m.share]
    aid = classify(shares, "quantiles", SIDE)
    need = classify([m.need_share for m in measured.values()], "quantiles", SIDE)
    states = []
    for code, measure in measured.items():
        status = NO_DATA if measure.share is None else VALUE if measure.share else ZERO
        states.append(
            StateCross(
                code=code,
                need=need.index_of(measure.need_share),
                aid=aid.index_of(measure.share) if measure.share else None,
                status=status,
                need_share=measure.need_share,
                share=measure.share,
                ratio=measure.ratio,
            )
        )
    return Cross(tuple(states), aid)
