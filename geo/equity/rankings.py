"""What states are ranked by in a concentration curve: how dense need is in each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.atlas import Atlas
from geo.equity.indices import Vector
from geo.errors import DataError
from geo.view import View

RANKINGS: Final = ("population", "homicides", "poverty", "marginalization")


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """One way of ranking states from least to most need, in order of the codes.

    `rank_by` is the need per unit of `needs`, the width of each state on the horizontal axis.
    `ratio_scaled` says that `rank_by` has a true zero, so that `kakwani` is defined.
    """

    name: str
    rank_by: Vector
    needs: Vector
    ratio_scaled: bool


def ranking(atlas: Atlas, name: str, view: View) -> Ranking:
    """A ranking by its name.

    `population`: by how many people live there, every state equally wide. `homicides` (of the
    view's years) and `poverty`: by their number per inhabitant, states as wide as their people.
    `marginalization`: by CONAPO's index of 2020 with its sign turned, so that more is worse; it
    ranks but has no true zero.

    Raises KeyError for another name and `DataError` where an index is missing.
    """
    people = _column(atlas, "population", view)
    if name == "population":
        return Ranking(name, people, np.ones_like(people), ratio_scaled=True)
    if name in ("homicides", "poverty"):
        return Ranking(name, _column(atlas, name, view) / people, people, ratio_scaled=True)
    if name == "marginalization":
        return Ranking(name, -_index(atlas), people, ratio_scaled=False)
    raise KeyError(name)


def _column(atlas: Atlas, name: str, view: View) -> Vector:
    needs = atlas.indicators.need(name, atlas.states, view)
    return np.array([needs[code] for code in atlas.states])


def _index(atlas: Atlas) -> Vector:
    values = []
    for code in atlas.states:
        row = atlas.indicators.of(code, "marginalization_index", 2020, "conapo_dp2")
        if row is None or row["value"] is None:
            raise DataError(
                "data/indicators.csv",
                f"state {code} has no marginalization index of 2020 (conapo_dp2)",
                "Restore it with `git checkout -- data/indicators.csv`.",
                field="value",
            )
        values.append(row["value"])
    return np.array(values)
