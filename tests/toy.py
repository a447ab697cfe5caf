"""A toy country of four square states, one degree wide, drawn by hand around the point (1, 1).

03 | 04
---+---
01 | 02
"""

from __future__ import annotations

from typing import Any

CORNERS = {"01": (0, 0), "02": (1, 0), "03": (0, 1), "04": (1, 1)}
"""South-west corner (longitude, latitude) of each state."""


def toy_country(*codes: str) -> dict[str, Any]:
    """A FeatureCollection of the toy states, all four unless some are named."""
    return {
        "type": "FeatureCollection",
        "features": [_square(code) for code in codes or tuple(CORNERS)],
    }


def _square(code: str) -> dict[str, Any]:
    x, y = CORNERS[code]
    ring = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]
    return {
        "type": "Feature",
        "id": code,
        "properties": {"code": code, "name": f"State {code}"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
