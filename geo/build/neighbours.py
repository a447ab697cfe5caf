"""What lies around Mexico: countries, and the four U.S. states along the line.

Countries come from Natural Earth (npm package world-atlas), the United States from the Census
Bureau (us-atlas). Both are fetched when the data are built, never when the atlas runs.
"""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geo.build.geojson import DECIMALS
from geo.build.topojson import decode
from geo.errors import AtlasError

Feature = tuple[dict[str, str], shapely.Geometry]


@dataclass(frozen=True)
class NpmPackage:
    """One version of one npm package, recognised by the hash of its archive."""

    name: str
    version: str
    sha512: str
    file: str


WORLD = NpmPackage(
    "world-atlas",
    "2.0.2",
    "IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ==",
    "countries-10m.json",
)
UNITED_STATES = NpmPackage(
    "us-atlas",
    "3.0.1",
    "wEIZCq0ImPvGblTd8gZMqNNCPkQshugMUG/8nkSWXb02+XqNFREg9atHOKP9w6prLZTpqcLhSvdBW81MkV3/0Q==",
    "states-10m.json",
)

WINDOW = (-130.0, 5.0, -68.0, 41.5)
"""West, south, east, north in degrees: what a wide screen shows around Mexico, and a drag further.

It ends south of Canada, so that the Great Lakes need not be drawn.
"""

TOLERANCE_DEGREES = 0.04
"""Square root of the area of the triangles that may be cut off; this is context, not subject."""

SMALLEST_PART = 0.02
"""Islands below this many square degrees (about 230 km²) are left out."""

JOINT_DEGREES = 0.05
"""Openings along the frontier narrower than twice this are closed.

The three drawings of the same line (INEGI, Census, Natural Earth) differ by a few kilometres.
"""

COUNTRIES = {
    "084": "BLZ",
    "044": "BHS",
    "170": "COL",
    "188": "CRI",
    "192": "CUB",
    "214": "DOM",
    "222": "SLV",
    "320": "GTM",
    "332": "HTI",
    "340": "HND",
    "388": "JAM",
    "558": "NIC",
    "591": "PAN",
    "862": "VEN",
}
"""ISO 3166-1 numeric to alpha-3, for what the window shows besides Mexico and the United States."""

NAMES = {"214": "Dominican Republic"}
"""Where Natural Earth only has an abbreviation."""

BORDER_STATES = {"04": "US-AZ", "06": "US-CA", "35": "US-NM", "48": "US-TX"}
"""Census (FIPS) code to ISO 3166-2 for the states that touch Mexico."""


def neighbours(mexico: shapely.Geometry) -> list[Feature]:
    """Properties (code, name, kind) and geometry of each neighbour, in degrees on the grid.

    Nothing overlaps Mexico, and along the frontier nothing is left open. The United States is
    whole under its border states, which only repeat its outline: draw them as lines or on top.
    """
    around = _coverage(_countries(fetch(WORLD)))
    union = _coverage(_states(fetch(UNITED_STATES)))
    features = [
        ({"code": code, "name": name, "kind": "country"}, shape)
        for (code, name), shape in around.items()
    ]
    features += [
        ({"code": code, "name": name, "kind": "us_state"}, shape)
        for (code, name), shape in union.items()
        if code != "USA"
    ]
    whole = shapely.coverage_union_all(np.array(list(union.values())))
    features.append(({"code": "USA", "name": "United States", "kind": "country"}, whole))
    return _joined(features, mexico)


def fetch(package: NpmPackage) -> dict[str, Any]:
    """The package's one file, through `npm pack` and only if the archive is the pinned one."""
    wanted = f"{package.name}@{package.version}"
    with tempfile.TemporaryDirectory() as folder:
        try:
            subprocess.run(  # noqa: S603 — a fixed command, by name and version
                ["npm", "pack", "--silent", "--pack-destination", folder, wanted],  # noqa: S607
                check=True,
                capture_output=True,
                text=True,
                cwd=folder,
            )
        except FileNotFoundError:
            raise AtlasError(
                f"npm is not installed; it fetches {wanted}. Install Node.js with npm and run "
                "`make data` again. The served files are committed and need none of this."
            ) from None
        except subprocess.CalledProcessError as fault:
            raise AtlasError(
                f"npm could not fetch {wanted}: {fault.stderr.strip() or fault.returncode}. "
                "Check the network and npm's settings, then run `make data` again."
            ) from None
        archive = Path(folder) / f"{package.name}-{package.version}.tgz"
        found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if found != package.sha512:
            raise AtlasError(
                f"{wanted} is not the archive this project was built from: sha512-{found}, "
                f"expected sha512-{package.sha512}. Nothing was written. If a new version is "
                "meant, pin its hash in geo/build/neighbours.py."
            )
        with tarfile.open(archive) as files:
            member = files.extractfile(f"package/{package.file}")
            if member is None:
                raise AtlasError(f"{wanted} holds no {package.file}.")
            topology: dict[str, Any] = json.load(member)
            return topology


def _countries(topology: dict[str, Any]) -> dict[tuple[str, str], shapely.Geometry]:
    return {
        (COUNTRIES[number], NAMES.get(number, name)): shape
        for number, name, shape in decode(topology, "countries")
        if number in COUNTRIES
    }


def _states(topology: dict[str, Any]) -> dict[tuple[str, str], shapely.Geometry]:
    """The four border states, and everything else of the United States as one piece."""
    decoded = {code: (name, shape) for code, name, shape in decode(topology, "states")}
    found = {
        (iso, decoded[code][0]): decoded[code][1] for code, iso in sorted(BORDER_STATES.items())
    }
    rest = [
        shapely.make_valid(shape)
        for code, (_, shape) in decoded.items()
        if code not in BORDER_STATES
    ]
    found["USA", "United States"] = shapely.union_all(rest)
    return found


def _coverage(
    shapes: dict[tuple[str, str], shapely.Geometry],
) -> dict[tuple[str, str], shapely.Geometry]:
    """Clipped to the window, without small islands, simplified together; empty ones go."""
    clipped = {
        key: _large_parts(shapely.intersection(shapely.make_valid(shape), shapely.box(*WINDOW)))
        for key, shape in sorted(shapes.items())
    }
    present = {key: shape for key, shape in clipped.items() if not shape.is_empty}
    clean = shapely.coverage_clean(np.array(list(present.values())))
    simple = shapely.coverage_simplify(clean, TOLERANCE_DEGREES)
    return dict(zip(present, simple, strict=True))


def _large_parts(shape: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(shape)
    return shapely.multipolygons(parts[shapely.area(parts) >= SMALLEST_PART])


def _joined(features: list[Feature], mexico: shapely.Geometry) -> list[Feature]:
    """Each neighbour drawn up to Mexico's frontier and no further, on the grid."""
    land = {
        kind: shapely.union_all(
            [mexico, *(shape for properties, shape in features if properties["kind"] == kind)]
        )
        for kind in ("country", "us_state")
    }
    openings = {
        kind: shapely.difference(
            # Growing and shrinking again fills what is narrow and leaves an open coast as it was.
            shapely.buffer(shapely.buffer(whole, JOINT_DEGREES), -JOINT_DEGREES),
            whole,
        )
        for kind, whole in land.items()
    }
    near_mexico = shapely.buffer(mexico, 2 * JOINT_DEGREES)
    joined = []
    for properties, shape in features:
        near_both = shapely.intersection(shapely.buffer(shape, 2 * JOINT_DEGREES), near_mexico)
        strip = shapely.intersection(openings[properties["kind"]], near_both)
        closed = shapely.difference(shapely.union(shape, strip), mexico)
        snapped = _large_parts(shapely.set_precision(closed, 10.0**-DECIMALS))
        joined.append((properties, snapped))
    return joined
