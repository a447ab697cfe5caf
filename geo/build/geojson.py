"""GeoJSON written the same way every time: one feature a line, sorted, four decimals."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import shapely

DECIMALS = 4
"""Decimals of a degree kept in every served coordinate; 0.0001° is 11 metres at most."""


def write_features(
    path: Path, features: Iterable[tuple[Mapping[str, str], shapely.Geometry]]
) -> None:
    """Write (properties, geometry) pairs as a FeatureCollection, ordered by `properties["code"]`.

    The code is the feature's id as well, so that a client can address a feature without searching
    its properties. Coordinates must already lie on the grid; they are not rounded here.
    """
    lines = [
        json.dumps(
            {
                "type": "Feature",
                "id": properties["code"],
                "properties": dict(properties),
                "geometry": _geometry(geometry),
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for properties, geometry in sorted(features, key=lambda feature: feature[0]["code"])
    ]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))


def _geometry(geometry: shapely.Geometry) -> dict[str, Any]:
    """RFC 7946: outer rings run counter-clockwise; the start of each ring is made canonical."""
    canonical = shapely.orient_polygons(shapely.normalize(geometry), exterior_cw=False)
    found: dict[str, Any] = json.loads(shapely.to_geojson(canonical))
    return found
