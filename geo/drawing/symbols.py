"""The symbols of the sites: one shape for each kind, drawn alike on the map and on the cards.

Shapes are the inside of an SVG of 24 by 24. `body` is the dark outline shape, `core` the light
detail in it, `line` a shape that is only a line; the map colours them by its style sheet.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote

from geo.atlas import Atlas
from geo.scene import HALO, INK

SHAPES: Final[dict[str, str]] = {
    "city": (
        '<circle class="body" cx="12" cy="12" r="6.5"/>'
        '<circle class="core" cx="12" cy="12" r="2.4"/>'
    ),
    "bridge": (
        '<path class="line" d="M1.5 17.5h21M4.5 17.5a7.5 8.5 0 0 1 15 0M9.5 9.8v7.7M14.5 9.8v7.7"/>'
    ),
    "pre_inspection": (
        '<path class="body" d="M12 3.5 21 20H3z"/>'
        '<path class="core" d="M8 14.2l1.3-1.3 1.8 1.8 3.6-3.9 1.3 1.3-4.9 5.2z"/>'
    ),
    "rail_bridge": (
        '<path class="body" d="M12 2.5 21.5 12 12 21.5 2.5 12z"/>'
        '<path class="core" d="M9 8h1.5v8H9zm4.5 0H15v8h-1.5z"/>'
    ),
    "airport_crossing": (
        '<path class="body" d="M4 4h16v16H4z"/>'
        '<path class="core" d="M12 6.5l1.3 4 4.2 2.5v1.3l-4.2-1.2v2.6l1.2 1v1L12 17l-2.5.7v-1'
        'l1.2-1v-2.6l-4.2 1.2V13l4.2-2.5z"/>'
    ),
}
"""Kind of site → its shape. The map receives them with the sites, from `geo.drawing.shelf`."""

CITY_FILL: Final = "#b5003b"
SITE_FILL: Final = INK
"""Dark, in a light halo, so that both themes carry them."""


@lru_cache
def symbol_uri(kind: str, *, hollow: bool = False) -> str:
    """A symbol as a `data:` address for an image; `hollow` is how what is not open is drawn.

    >>> symbol_uri("city").startswith("data:image/svg+xml,")
    True
    """
    ink = CITY_FILL if kind == "city" else SITE_FILL
    body, core = (HALO, ink) if hollow else (ink, HALO)
    edge = ink if hollow else HALO
    style = (
        f".body{{fill:{body};stroke:{edge};stroke-width:1.6;stroke-linejoin:round}}"
        f".core{{fill:{core}}}"
        f".line{{fill:none;stroke:{ink};stroke-width:2.6}}"
        f".under{{fill:none;stroke:{HALO};stroke-width:5;stroke-linecap:round}}"
    )
    shape = SHAPES[kind]
    if 'class="line"' in shape:
        dashes = ' stroke-dasharray="2.4 1.6"' if hollow else ""
        shape = shape.replace('class="line"', 'class="under"') + shape.replace(
            'class="line"', f'class="line"{dashes}'
        )
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 26 26">'
        f"<style>{style}</style>{shape}</svg>"
    )
    # Wholly quoted: the page's sanitiser drops an attribute in which it sees a closing style tag.
    return "data:image/svg+xml," + quote(svg, safe="")


def drawn_sites(atlas: Atlas) -> list[dict[str, Any]]:
    """The sites as a map draws them: a stretch without a point of its own stands at its middle."""
    rows = []
    for row in atlas.table("sites"):
        stretch = row["stretch"].removeprefix("LINESTRING").strip(" ()")
        line = [[float(part) for part in pair.split()] for pair in stretch.split(",") if pair]
        points = [[lat, lon] for lon, lat in line]
        middle = points[len(points) // 2] if points else [row["lat"], row["lon"]]
        rows.append(
            {
                "id": row["site_id"],
                "kind": row["kind"],
                "symbol": SHAPES[row["kind"]],
                "lat": middle[0],
                "lon": middle[1],
                "stretch": points,
                "precision": row["location_precision"],
                "names": {"en": row["name_en"], "es": row["name_es"]},
                "state": row["state"],
            }
        )
    return rows
