"""Where the name of each state stands on a map that is seen from afar: on the widest line in it.

A line of one latitude is level in every projection that the atlas draws in, so that one place
serves the page, which is drawn in Mercator, and the slides, which are drawn in an equal-area one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final, TypedDict

import numpy as np

from geo.atlas import Atlas, load_states

TALL: Final = 0.5
"""Degrees of latitude that the letters of a name take where Mexico fills the map of a slide, and
they are a 36th of the slide high."""

ROWS: Final = 48
"""How many lines of a state are tried."""


class NamePlace(TypedDict):
    """A state's name and its abbreviation, and where: the middle, and half the room, in degrees."""

    name: str
    short: str
    lat: float
    lng: float
    half: float


@lru_cache(maxsize=4)
def name_places(atlas: Atlas, lang: str) -> dict[str, NamePlace]:
    """The place of each state's name, by INEGI code, from the largest room to the smallest."""
    found: dict[str, NamePlace] = {}
    for feature in load_states(atlas.data)["features"]:
        code, geometry = str(feature["id"]), feature["geometry"]
        parts = geometry["coordinates"]
        lat, west, east = _widest(parts if geometry["type"] == "MultiPolygon" else [parts])
        state = atlas.states[code]
        found[code] = {
            "name": state.names[lang],
            "short": state.abbr,
            "lat": round(lat, 3),
            "lng": round((west + east) / 2, 3),
            "half": round((east - west) / 2, 3),
        }
    return dict(sorted(found.items(), key=lambda one: (-one[1]["half"], one[0])))


def _widest(polygons: list[Any]) -> tuple[float, float, float]:
    """Latitude, west and east of the widest level strip in any of these, as tall as a name."""
    strips = []
    for rings in polygons:
        edges = np.concatenate([np.hstack((ring[:-1], ring[1:])) for ring in map(np.array, rings)])
        south, north = edges[:, 1].min(), edges[:, 1].max()
        tall = min(TALL, (north - south) / 3)
        for lat in np.linspace(south + tall / 2, north - tall / 2, ROWS):
            # The outline slants: a strip is as wide as what its edges and its middle share.
            low, middle, high = (_inside(edges, lat + by) for by in (-tall / 2, 0, tall / 2))
            strips += [(lat, west, east) for west, east in _both(_both(low, middle), high)]
    lat, west, east = max(strips, key=lambda strip: strip[2] - strip[1])
    return float(lat), float(west), float(east)


Stretches = list[tuple[float, float]]
"""From west to east, in degrees of longitude."""


def _inside(edges: Any, lat: float) -> Stretches:
    """The stretches of a line of latitude that lie inside a polygon, by its edges."""
    x1, y1, x2, y2 = edges.T
    cut = (y1 > lat) != (y2 > lat)
    at = np.sort(x1[cut] + (lat - y1[cut]) / (y2[cut] - y1[cut]) * (x2[cut] - x1[cut]))
    return list(zip(at[::2].tolist(), at[1::2].tolist(), strict=True))


def _both(one: Stretches, other: Stretches) -> Stretches:
    """What two lists of stretches share."""
    return [(max(a, c), min(b, d)) for a, b in one for c, d in other if max(a, c) < min(b, d)]
