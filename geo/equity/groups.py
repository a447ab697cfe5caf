"""The groups of states whose differences are looked at, and what states are ranked by.

A group is a key for each state; a ranking is how dense need is in each, for concentration curves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.atlas import Atlas
from geo.equity.indices import Vector
from geo.errors import DataError
from geo.view import View

GROUPINGS: Final = ("border", "sez", "marginalization", "marginalization_2010")

RANKINGS: Final = ("population", "homicides", "poverty", "marginalization")

INSIDE: Final = {"border": "border", "sez": "sez"}
"""The key of those inside, for the groupings into a group and all others."""

OTHERS: Final = "other"

DEGREES: Final = {
    "Muy alto": "very_high",
    "Alto": "high",
    "Medio": "medium",
    "Bajo": "low",
    "Muy bajo": "very_low",
}
"""CONAPO's five degrees as published → key, most marginalized first."""

SERIES: Final = {
    "marginalization": (2020, "conapo_dp2"),
    "marginalization_2010": (2010, "conapo_pca"),
}
"""The year and series of each grouping by degree.

2020 goes with the census of the other baselines; 2010 lies within the Initiative's years. CONAPO
changed its method in between, so the two are not a time series.
"""


def grouping(atlas: Atlas, name: str) -> Mapping[str, str]:
    """State → key of its group, in order of the codes.

    `border`: "border" for the six states on the northern border, else "other". `sez`: "sez" for
    the states that were to host a special economic zone, else "other". `marginalization` and
    `marginalization_2010`: "very_high" to "very_low", CONAPO's degree of 2020 or 2010.

    Raises KeyError for another name and `DataError` where a state's degree is missing.
    """
    if name == "border":
        return {c: "border" if s.northern_border else OTHERS for c, s in atlas.states.items()}
    if name == "sez":
        return {c: "sez" if s.sez else OTHERS for c, s in atlas.states.items()}
    year, series = SERIES[name]
    return {code: _degree(atlas, code, year, series) for code in atlas.states}


def _degree(atlas: Atlas, code: str, year: int, series: str) -> str:
    row = atlas.indicators.of(code, "marginalization_degree", year, series)
    if row is None or row["value_text"] not in DEGREES:
        raise DataError(
            "data/indicators.csv",
            f"state {code} has no marginalization degree of {year} ({series}) among "
            f"{', '.join(DEGREES)}",
            "Restore it with `git checkout -- data/indicators.csv`.",
            field="value_text",
        )
    return DEGREES[row["value_text"]]


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """One way of ranking states from least to most need, in order of the codes.

    `rank_by` is the need per unit of `needs`, the width of each state on the horizontal axis.
    `ratio_scaled` says that `rank_by` has a true zero, so that `kakwani` is defined.
    """

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
        return Ranking(people, np.ones_like(people), ratio_scaled=True)
    if name in ("homicides", "poverty"):
        return Ranking(_column(atlas, name, view) / people, people, ratio_scaled=True)
    if name == "marginalization":
        return Ranking(-_index(atlas), people, ratio_scaled=False)
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
