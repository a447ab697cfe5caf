"""The groups of states whose differences are looked at, as state → group key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from geo.atlas import Atlas
from geo.errors import DataError

GROUPINGS: Final = ("border", "sez", "marginalization", "marginalization_2010")

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
