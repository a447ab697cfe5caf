"""TopoJSON to geometries: as much of the format as the atlas reads (polygons, quantized arcs)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

Arc = npt.NDArray[np.float64]

CLOSED_TRIANGLE = 4
"""Points of the smallest ring: three corners and the first one again."""


def decode(topology: Mapping[str, Any], name: str) -> list[tuple[str, str, shapely.Geometry]]:
    """(id, name, geometry) of each polygon of the object `name`, in the file's order.

    An arc is a list of integer steps from its first point; `transform` turns them into degrees. A
    ring is a list of arc numbers, where ~n is arc n backwards, and each arc starts where the one
    before it ended. Geometries come as they are in the file and may be invalid.
    """
    scale = np.array(topology["transform"]["scale"], dtype=float)
    shift = np.array(topology["transform"]["translate"], dtype=float)
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]
    return [
        (str(item.get("id", "")), str(item.get("properties", {}).get("name", "")), shape)
        for item in topology["objects"][name]["geometries"]
        if (shape := _shape(item, arcs)) is not None
    ]


def _shape(item: Mapping[str, Any], arcs: Sequence[Arc]) -> shapely.Geometry | None:
    if item["type"] == "Polygon":
        shells = [item["arcs"]]
    elif item["type"] == "MultiPolygon":
        shells = item["arcs"]
    else:
        return None
    polygons = [_polygon(rings, arcs) for rings in shells]
    return shapely.MultiPolygon([polygon for polygon in polygons if polygon is not None])


def _polygon(rings: Sequence[Sequence[int]], arcs: Sequence[Arc]) -> shapely.Polygon | None:
    """A polygon, or None for an islet that quantization has left with fewer than three corners."""
    outer, *holes = [_ring(ring, arcs) for ring in rings]
    if len(outer) < CLOSED_TRIANGLE:
        return None
    return shapely.Polygon(outer, [hole for hole in holes if len(hole) >= CLOSED_TRIANGLE])


def _ring(numbers: Sequence[int], arcs: Sequence[Arc]) -> Arc:
    pieces = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
    return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])
