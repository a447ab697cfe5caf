"""One clean nested coverage out of INEGI's municipalities.

INEGI's polygons are each valid, but neighbours do not share every vertex, so they cannot be
simplified one by one without tearing. Here they become a coverage once; whatever follows moves
shared edges once for both sides, and the states are the municipalities dissolved, never a second
drawing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer

from geo.atlas import GEOGRAPHIC
from geo.build.geojson import DECIMALS
from geo.errors import AtlasError

Geometries = npt.NDArray[Any]

WATER_GAP_METRES = 2_500
"""Gaps narrower than this inside the land go to the neighbour with the longest common border.

Two exist, both water in the harbour of Guaymas (7.2 km² together).
"""

SMALLEST_ISLAND_KM2 = 20.0
"""Islands smaller than this go, unless they are named in `KEPT_ISLANDS`."""

KEPT_ISLANDS: Mapping[str, tuple[float, float]] = {
    "Isla Mujeres": (-86.7333, 21.2340),
    "Isla Natividad": (-115.1810, 27.8740),
}
"""Inhabited islands below the size limit: a point (longitude, latitude) on each."""

DROPPED_ISLANDS: Mapping[str, tuple[float, float]] = {
    "Arrecife Alacranes": (-89.6690, 22.4750),
}
"""Above the size limit, and yet not land: the outline is that of a reef (218 km²), and INEGI's
own figure for the surface of Yucatán leaves it out."""

SIMPLIFICATION: tuple[tuple[float, float], ...] = (
    (600, 0),
    (1_000, 25),
    (1_600, 80),
    (2_500, 300),
)
"""(tolerance in metres, smallest part in km² it is used on), applied in this order.

The tolerance is the square root of the area of the triangles that may be cut off. A municipality
of three square kilometres would not survive what a coast can take, so an edge is drawn as finely
as the smaller of its two sides needs.
"""


def clean_coverage(geometries: Geometries) -> Geometries:
    """The same polygons with every common edge identical and no gap or overlap between them."""
    return np.asarray(shapely.coverage_clean(geometries, gap_width=WATER_GAP_METRES))


def without_small_islands(geometries: Geometries, crs: Any) -> Geometries:
    """The coverage less its small islands, which are judged across municipal borders.

    An island shared by several municipalities counts with its whole size.
    """
    land = shapely.get_parts(shapely.coverage_union_all(geometries))
    kept = shapely.area(land) >= SMALLEST_ISLAND_KM2 * 1e6
    kept |= _holds_any(land, KEPT_ISLANDS, crs)
    kept &= ~_holds_any(land, DROPPED_ISLANDS, crs)
    islands = shapely.STRtree(land[kept])
    parts, owner = shapely.get_parts(geometries, return_index=True)
    inside, _ = islands.query(shapely.point_on_surface(parts), predicate="within")
    staying = np.zeros(len(parts), dtype=bool)
    staying[inside] = True
    return _reassemble(parts[staying], owner[staying], len(geometries))


def simplify(geometries: Geometries) -> Geometries:
    """The coverage with fewer vertices, each edge as coarse as the smaller of its sides bears.

    The sea and the foreign land around are one more polygon of the coverage, so that the coast
    and the frontier are edges like any other.
    """
    parts, owner = shapely.get_parts(geometries, return_index=True)
    land = shapely.coverage_union_all(geometries)
    west, south, east, north = shapely.bounds(land)
    margin = 100_000
    frame = shapely.box(west - margin, south - margin, east + margin, north + margin)
    everything = np.append(parts, shapely.difference(frame, land))
    size = shapely.area(everything) / 1e6
    for tolerance, smallest in SIMPLIFICATION:
        chosen = size >= smallest
        everything[chosen] = shapely.coverage_simplify(
            everything[chosen], tolerance, simplify_boundary=False
        )
    return _reassemble(everything[:-1], owner, len(geometries))


def to_degrees(geometries: Geometries, crs: Any) -> Geometries:
    """Longitude and latitude on the fixed grid. A shared vertex stays shared: it moves once."""
    transform = Transformer.from_crs(crs, GEOGRAPHIC, always_xy=True).transform

    def on_the_grid(metres: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.round(np.column_stack(transform(metres[:, 0], metres[:, 1])), DECIMALS)

    return np.asarray(shapely.transform(geometries, on_the_grid))


def dissolve(geometries: Geometries, groups: Iterable[str]) -> dict[str, shapely.Geometry]:
    """Each group's union, made of exactly the vertices its members have."""
    labels = np.array(list(groups))
    return {
        str(label): shapely.coverage_union_all(geometries[labels == label])
        for label in np.unique(labels)
    }


def require_clean(geometries: Geometries, codes: Iterable[str], what: str) -> None:
    """Raise `AtlasError` naming the codes that are empty, invalid or at odds with a neighbour."""
    labels = np.array(list(codes))
    torn = ~shapely.is_empty(shapely.coverage_invalid_edges(geometries))
    bad = labels[shapely.is_empty(geometries) | ~shapely.is_valid(geometries) | torn]
    if len(bad):
        raise AtlasError(
            f"{what}: {len(bad)} of {len(labels)} are empty, invalid or do not fit their "
            f"neighbours ({', '.join(bad[:10])}). Nothing was written. Lower the tolerances in "
            "geo/build/coverage.py or keep more decimals in geo/build/geojson.py."
        )


def _holds_any(
    land: Geometries, places: Mapping[str, tuple[float, float]], crs: Any
) -> npt.NDArray[np.bool_]:
    """Which pieces of land hold one of the places; `AtlasError` names a place on no land."""
    to_metres = Transformer.from_crs(GEOGRAPHIC, crs, always_xy=True).transform
    found = np.zeros(len(land), dtype=bool)
    for name, (longitude, latitude) in places.items():
        holds = shapely.contains_xy(land, *to_metres(longitude, latitude))
        if not holds.any():
            raise AtlasError(
                f"{name} ({longitude}, {latitude}) is on no land of INEGI's polygons. "
                "Correct its point in geo/build/coverage.py."
            )
        found |= holds
    return found


def _reassemble(parts: Geometries, owner: npt.NDArray[np.intp], count: int) -> Geometries:
    """`count` polygons or multipolygons from single parts; `owner` says whose each part is."""
    whole = np.empty(count, dtype=object)
    for index in range(count):
        own = parts[owner == index]
        whole[index] = own[0] if len(own) == 1 else shapely.multipolygons(own)
    return whole
