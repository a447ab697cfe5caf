"""What only geometry can tell: points in their municipality, names as the boundaries have them.

With it `table_faults` is all that `make check` says of tables: for an editor and a reader alike.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo.atlas.joins import great_circle_km
from geo.atlas.rules import all_faults
from geo.atlas.tables import Table
from geo.errors import DataError

if TYPE_CHECKING:
    import shapely

MOST_KM: Final = 2.0
"""How far off its polygon a point may lie: the drawn boundaries are simplified by up to that."""

Areas = Mapping[str, tuple[str, "shapely.Geometry"]]
"""Code → name and shape."""


def table_faults(tables: Mapping[str, Table], data: Path) -> list[DataError]:
    """What is wrong with the tables, also by the boundaries that `data` holds."""
    return [*all_faults(tables), *boundary_faults(tables, data)]


def boundary_faults(tables: Mapping[str, Table], data: Path) -> Iterator[DataError]:
    """Every point outside the area it is said to be in, and names that differ from INEGI's."""
    if not {"states", "activity_places", "sites"} <= tables.keys():
        return
    municipalities, states = _areas(data, "municipalities"), _areas(data, "states")
    for name in ("activity_places", "sites"):
        for number, row in tables[name].rows.items():
            given = None not in (row["lon"], row["lat"])
            points = [(row["lon"], row["lat"])] if given else _line(row.get("stretch", ""))
            yield from _outside(tables[name], number, row, points, municipalities, states)
    for number, row in tables["states"].rows.items():
        official = states.get(row["code"], (row["name_official_es"], None))[0]
        if row["name_official_es"] != official:
            problem = f"{row['name_official_es']!r} is not the official name"
            yield tables["states"].fault(
                number, "name_official_es", problem, official, f"Write {official}."
            )


def _outside(
    table: Table,
    number: int,
    row: Mapping[str, Any],
    points: list[tuple[float, float]],
    municipalities: Areas,
    states: Areas,
) -> Iterator[DataError]:
    """The first point that lies too far off its municipality, or its state where none is named.

    Where the row names no state, all of Mexico is the wrong place.
    """
    code = row["cvegeo"] or row["state"]
    areas = municipalities if row["cvegeo"] else states
    for lon, lat in points:
        field = "lat" if row["lat"] is not None else "stretch"
        if not code:
            inside = next(
                (one for one, (_, shape) in states.items() if _holds(shape, lon, lat)), ""
            )
            if inside:
                problem = f"{lat}, {lon} lies in state {inside}, but state is blank"
                allowed = "a point outside Mexico, or the state it lies in"
                yield table.fault(
                    number, field, problem, allowed, "Correct the point or the state."
                )
                return
        elif (area := areas.get(code)) and (off := _off(area[1], lon, lat)) > MOST_KM:
            problem = f"{lat}, {lon} lies {off:,.0f} km outside {code}"
            allowed = f"a point in {code}, or within {MOST_KM:.0f} km of its drawn boundary"
            mend = "Correct lat, lon or the code; are they exchanged, or is a sign missing?"
            yield table.fault(number, field, problem, allowed, mend)
            return


def _holds(shape: shapely.Geometry, lon: float, lat: float) -> bool:
    """Whether a point lies in an area or on its edge."""
    import shapely

    return bool(shapely.intersects_xy(shape, lon, lat))


def _off(shape: shapely.Geometry, lon: float, lat: float) -> float:
    """Kilometres from a point to an area; 0 inside."""
    import shapely

    if _holds(shape, lon, lat):
        return 0.0
    line = shapely.shortest_line(shapely.Point(lon, lat), shape)
    (at, reached) = shapely.get_coordinates(line)
    return great_circle_km(at[0], at[1], reached[0], reached[1])


def _line(stretch: str) -> list[tuple[float, float]]:
    pairs = stretch.removeprefix("LINESTRING").strip(" ()").split(",")
    return [(float(lon), float(lat)) for lon, lat in (pair.split() for pair in pairs if pair)]


def _areas(data: Path, name: str) -> Areas:
    """Those of a boundary file; none while it is not there."""
    path = data / "boundaries" / f"{name}.geojson"
    return _shapes(path.read_bytes(), name) if path.exists() else {}


@lru_cache(maxsize=2)
def _shapes(content: bytes, name: str) -> Areas:
    import shapely

    try:
        features = json.loads(content)["features"]
        return {
            feature["properties"]["code"]: (
                feature["properties"]["name"],
                shapely.geometry.shape(feature["geometry"]),
            )
            for feature in features
        }
    except (ValueError, KeyError, TypeError) as fault:
        file = f"data/boundaries/{name}.geojson"
        remedy = f"Restore it with `git checkout -- {file}`, or build it: `make data`."
        raise DataError(file, f"the file is no readable GeoJSON ({fault}).", remedy) from None
