"""What the place search of the Map page looks in: states, sites and municipalities, in one file."""

from __future__ import annotations

import math
from typing import Any, Final

from geo.atlas import Atlas, municipalities_of
from geo.drawing.symbols import drawn_sites
from geo.language import folded

CODES: Final = "code_"
"""How the kinds of those spellings of a state begin that are codes, which nobody searches for."""

SITE_RADIUS: Final = 20
"""Kilometres around a site that the map then shows."""


def places(atlas: Atlas) -> dict[str, Any]:
    """States with every spelling, sites, and municipalities with the radius of their area in km."""
    spelled: dict[str, set[str]] = {}
    for row in atlas.table("state_name_variants"):
        if not row["kind"].startswith(CODES) and not row["ambiguous_with"]:
            spelled.setdefault(row["code"], set()).add(folded(row["variant"]))
    return {
        "states": [
            [
                code,
                state.names["en"],
                state.names["es"],
                sorted({folded(state.capital), *spelled.get(code, ())}),
            ]
            for code, state in atlas.states.items()
        ],
        "sites": [
            [
                site["state"],
                site["names"]["en"],
                site["names"]["es"],
                round(site["lat"], 3),
                round(site["lon"], 3),
                SITE_RADIUS,
            ]
            for site in drawn_sites(atlas)
        ],
        "municipalities": [
            [
                code,
                place.name,
                round(place.lat, 2),
                round(place.lon, 2),
                math.ceil(math.sqrt(place.area_km2 / math.pi)),
            ]
            for code in atlas.states
            for place in municipalities_of(code, atlas.data)
        ],
    }
