"""The coordinate reference systems of the atlas, by name. No other module spells one."""

from __future__ import annotations

from typing import Final

GEOGRAPHIC: Final = "EPSG:4326"
"""Longitude and latitude in degrees, WGS 84: what is stored, served and drawn."""

INEGI_LAMBERT: Final = "EPSG:6372"
"""Mexico ITRF2008, Lambert conformal conic, metres: how INEGI publishes the Marco Geoestadístico.

Conformal, so shapes and distances are right and areas are not.
"""

EQUAL_AREA: Final = (
    "+proj=aea +lat_1=17.5 +lat_2=29.5 +lat_0=24 +lon_0=-102 +datum=WGS84 +units=m +no_defs"
)
"""Albers equal-area conic with INEGI's own standard parallels, metres: where areas are measured."""
