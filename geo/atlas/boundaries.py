"""The boundaries as they are served: Mexico's states and municipalities, and what lies around.

Read as plain GeoJSON with the standard library; geometry libraries are loaded only by whoever
asks for a GeoDataFrame. The files are built by `geo.build.boundaries`: municipalities tile their
state exactly, and every coordinate has at most four decimals of a degree.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from geo.atlas.crs import GEOGRAPHIC
from geo.atlas.joins import require_all_states
from geo.atlas.tables import read_table
from geo.errors import DataError
from geo.paths import DATA

FeatureCollection = dict[str, Any]

NAMES: Final = ("states", "municipalities", "neighbours")


@dataclass(frozen=True, slots=True)
class Municipality:
    """One municipality, without its outline; `lat` and `lon` are a point inside it."""

    cvegeo: str
    state: str
    name: str
    area_km2: float
    lat: float
    lon: float


def load_states(data: Path = DATA) -> FeatureCollection:
    """The 32 states; `id` and `properties.code` are the INEGI code, `name` the official name.

    Cached and shared: do not change it. Raises `DataError` where the file is missing or broken,
    and where it is not 32 of 32 states, naming the missing.
    """
    return _load("states", data)


def load_municipalities(data: Path = DATA) -> FeatureCollection:
    """The 2,465 municipalities; `properties` are `code` (five digits), `state` and `name`.

    Cached and shared: do not change it. Raises `DataError` where the file is missing or broken,
    and where a state has no municipality, naming it.
    """
    return _load("municipalities", data)


def load_neighbours(data: Path = DATA) -> FeatureCollection:
    """Countries around Mexico and the four U.S. border states, for context only.

    `properties` are `code` (ISO 3166-1 alpha-3, or ISO 3166-2 such as US-TX), `name` in English
    and `kind` (country, us_state). The border states repeat a part of the United States.
    """
    return _load("neighbours", data)


def municipalities_of(state: str, data: Path = DATA) -> tuple[Municipality, ...]:
    """The municipalities of one state (INEGI code, text), by code; empty for no such state."""
    return _by_state(data).get(state, ())


def as_geodataframe(name: str, data: Path = DATA) -> Any:
    """One of `NAMES` as a GeoDataFrame in `crs.GEOGRAPHIC`, indexed by code; yours to change.

    Measure areas after `to_crs(crs.EQUAL_AREA)`. Imports geopandas, which takes a second.
    """
    import geopandas

    features = _load(name, data)["features"]
    frame = geopandas.GeoDataFrame.from_features(features, crs=GEOGRAPHIC)
    return frame.set_index("code", drop=False)


@lru_cache(maxsize=8)
def _load(name: str, data: Path) -> FeatureCollection:
    if name not in NAMES:
        raise ValueError(f"no boundaries named {name!r}; there are {', '.join(NAMES)}")
    file = f"data/boundaries/{name}.geojson"
    remedy = f"Restore it with `git checkout -- {file}`, or run `make data` if a change was meant."
    try:
        found = json.loads((data / "boundaries" / f"{name}.geojson").read_bytes())
        features = found["features"]
        codes = [feature["properties"]["code"] for feature in features]
    except FileNotFoundError:
        raise DataError(file, "the file is missing.", remedy) from None
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise DataError(
            file, f"the file is no readable GeoJSON with codes ({fault}).", remedy
        ) from None
    if name != "neighbours":
        require_all_states((code[:2] for code in codes), file, "properties.code", remedy)
    return dict(found)


@lru_cache(maxsize=4)
def _by_state(data: Path) -> dict[str, tuple[Municipality, ...]]:
    found: dict[str, list[Municipality]] = {}
    for row in read_table("municipalities", data):
        municipality = Municipality(**{key: row[key] for key in Municipality.__slots__})
        found.setdefault(municipality.state, []).append(municipality)
    return {
        state: tuple(sorted(members, key=lambda municipality: municipality.cvegeo))
        for state, members in found.items()
    }
