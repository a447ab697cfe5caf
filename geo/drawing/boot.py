"""What the pages' map begins with: where it looks, what it loads, and words that no view changes.

It goes with the map's script, at its immutable address: what a change of the view sends over the
socket has it not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from geo.atlas import Atlas
from geo.drawing.paint import Boot, CountryName, ground
from geo.language import speech
from geo.view import LANGS

BOUNDS: Final = ((14.5, -118.4), (32.75, -86.68))
"""What the map shows at first: south-west and north-east corner of Mexico in degrees (latitude,
longitude), Guadalupe Island too."""

PADDING: Final = 10
"""CSS pixels between those bounds and the edge of the map's box, on the two sides that are nearer.

Web Mercator, not rounded to a step of the zoom, in the middle of the box."""

SMALL_ZOOM: Final = 4.66
"""From which the names of small neighbours lie on no state of Mexico: 18 pixels a degree, as in a
map 590 pixels wide (`page-first.css`)."""

COUNTRY_NAMES: Final[tuple[CountryName, ...]] = (
    {"en": "United States", "es": "Estados Unidos", "lat": 32.6, "lng": -98.9, "zoom": 0},
    {"en": "Guatemala", "es": "Guatemala", "lat": 15.2, "lng": -90.4, "zoom": SMALL_ZOOM},
    {"en": "Belize", "es": "Belice", "lat": 17.1, "lng": -88.0, "zoom": SMALL_ZOOM},
)


def boot(atlas: Atlas, urls: Mapping[str, str]) -> Boot:
    """All of it; `urls` are the addresses of the shapes by their short names."""
    return {
        **ground(atlas),
        "states": urls["states.geojson"],
        "municipalities": urls["municipalities.geojson"],
        "neighbours": urls["neighbours.geojson"],
        "sites": urls["sites.json"],
        "fit": {"bounds": BOUNDS, "padding": PADDING},
        "names": COUNTRY_NAMES,
        "failed": {
            lang: speech(lang).t(
                "The boundaries could not be loaded. Reload the page to try again."
            )
            for lang in LANGS
        },
    }
