"""A small map of the states as SVG: drawn in an equal-area projection, from the served boundaries.

It needs no map library in the browser, prints, and fits many times on a page. The outlines are
the served ones, simplified together, so that neighbours keep one common border.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from geo.atlas import load_states
from geo.paths import DATA
from geo.scene import DOT, OUTLINE, PATTERNED, pattern_of

TRUE_AT: Final = math.radians(24)
"""The parallel at which the cylindrical equal-area projection is true to scale: mid-Mexico."""

WIDTH: Final = 600
"""Width of the drawing in its own units; the height follows."""

SIMPLIFIED: Final = 2.2
"""How far an outline may be moved, in units of the drawing (about 5 km each)."""

SMALLEST: Final = 12.0
"""An island of less than this, in square units, is left out, unless the state has nothing else."""

MARGIN: Final = 6


@dataclass(frozen=True, slots=True)
class StateFill:
    """One state of a small map: its colour, and what its tooltip says."""

    fill: str
    label: str


@dataclass(frozen=True, slots=True)
class Outlines:
    """SVG path data of each state by INEGI code, and the drawing's size."""

    paths: Mapping[str, str]
    width: int
    height: int

    @property
    def box(self) -> str:
        """The SVG viewBox."""
        return f"0 0 {self.width} {self.height}"


@lru_cache(maxsize=4)
def outlines(data: Path = DATA) -> Outlines:
    """The simplified outlines, made when first asked for (a fifth of a second) and then kept."""
    import shapely

    features = load_states(data)["features"]
    codes = [str(feature["id"]) for feature in features]
    shapes = shapely.from_geojson([_geojson(feature["geometry"]) for feature in features])
    flat = [shapely.transform(shape, project) for shape in shapes]
    west, _, east, _ = shapely.total_bounds(flat)
    scale = WIDTH / (east - west)
    drawn = [shapely.transform(shape, lambda xy: xy * (scale, -scale)) for shape in flat]
    simple = shapely.coverage_simplify(drawn, SIMPLIFIED)
    kept = [_without_islets(shape) for shape in simple]
    left, top, right, bottom = shapely.total_bounds(kept)
    moved = [
        shapely.transform(shape, lambda xy: xy - (left - MARGIN, top - MARGIN)) for shape in kept
    ]
    return Outlines(
        paths={
            code: "".join(map(outline, shape.geoms))
            for code, shape in zip(codes, moved, strict=True)
        },
        width=math.ceil(right - left) + 2 * MARGIN,
        height=math.ceil(bottom - top) + 2 * MARGIN,
    )


def small_map_svg(
    paints: Mapping[str, StateFill],
    title: str,
    *,
    desc: str = "",
    selected: str = "",
    shared: bool = False,
    data: Path = DATA,
) -> Markup:
    """A choropleth as SVG, for `geo.drawing.svg.svg_html`.

    Parameters
    ----------
    paints
        State code → `Paint`; states that are not in it are not drawn.
    title, desc
        What a screen reader says of it: a name, and what can be seen.
    selected
        The INEGI code of the state to outline, or empty.
    shared
        Draw outlines that `shared_outlines_svg` has put elsewhere on the same page; otherwise
        the drawing holds its own.
    """
    made = outlines(data)
    states = Markup("").join(
        _state(code, paint, made, shared=shared)
        for code, paint in paints.items()
        if code in made.paths
    )
    ring = Markup("")
    if selected in made.paths and selected in paints:
        ring = Markup('<path class="ma-ring" d="{}"/>').format(made.paths[selected])
    return Markup(
        '<svg class="ma-small-map" viewBox="{box}" role="img"><title>{title}</title>'
        '{desc}{patterns}<g stroke="{line}" stroke-width="1" stroke-linejoin="round">{states}</g>'
        "{ring}</svg>"
    ).format(
        box=made.box,
        title=title,
        desc=Markup("<desc>{}</desc>").format(desc) if desc else "",
        patterns=_patterns({paint.fill for paint in paints.values()}),
        line=OUTLINE,
        states=states,
        ring=ring,
    )


def shared_outlines_svg(data: Path = DATA) -> Markup:
    """The outlines once, invisible, for all small maps of a page that are `shared`."""
    return Markup(
        '<svg class="ma-outlines" width="0" height="0" aria-hidden="true"><defs>{}</defs></svg>'
    ).format(
        Markup("").join(
            Markup('<path id="ma-s{}" d="{}"/>').format(code, path)
            for code, path in outlines(data).paths.items()
        )
    )


_OVER: Final = {
    "none": "M0 6.5L6.5 0M-1 1L1 -1M6 8L8 6",
    "dotted": "M1 2h2M2 1v2",
    "crossed": "M0 3.5h7M3.5 0v7",
}
"""What lies over a fill of each kind that has a pattern, in a tile of 7 units, as on the map."""


def _patterns(fills: set[str]) -> Markup:
    tiles = Markup("").join(
        Markup(
            '<pattern id="ma-{kind}" width="7" height="7" patternUnits="userSpaceOnUse">'
            '<rect width="7" height="7" fill="{fill}"/><path d="{over}" stroke="{line}"/></pattern>'
        ).format(kind=kind, fill=fill, over=_OVER[kind], line=DOT)
        for fill, kind in PATTERNED.items()
        if fill in fills
    )
    return Markup("<defs>{}</defs>").format(tiles) if tiles else tiles


def _state(code: str, paint: StateFill, made: Outlines, *, shared: bool) -> Markup:
    kind = pattern_of(paint.fill)
    fill = f"url(#ma-{kind})" if kind else paint.fill
    shape = (
        Markup('<use href="#ma-s{}"').format(code)
        if shared
        else Markup('<path d="{}"').format(made.paths[code])
    )
    return Markup('{} fill="{}" data-state="{}"><title>{}</title></{}>').format(
        shape, fill, code, paint.label, "use" if shared else "path"
    )


def _geojson(geometry: Any) -> str:
    return json.dumps(geometry)


def project(degrees: Any) -> Any:
    """Cylindrical equal-area: x = λ cos φ₀, y = sin φ / cos φ₀, in radii of the Earth.

    `degrees` is (n, 2): longitude and latitude; so is what is returned: x and y.
    """
    import numpy as np

    radians = np.radians(degrees)
    return np.column_stack(
        (radians[:, 0] * math.cos(TRUE_AT), np.sin(radians[:, 1]) / math.cos(TRUE_AT))
    )


def _without_islets(shape: Any) -> Any:
    import shapely

    parts = sorted(shapely.get_parts(shape), key=lambda part: part.area, reverse=True)
    return shapely.MultiPolygon([p for i, p in enumerate(parts) if not i or p.area >= SMALLEST])


def outline(polygon: Any) -> str:
    """Whole-number path data: one absolute start for each ring, then steps."""
    drawn = ""
    for ring in (polygon.exterior, *polygon.interiors):
        points = [(round(x), round(y)) for x, y in ring.coords[:-1]]
        steps = [
            f"{x - px} {y - py}" for (px, py), (x, y) in pairwise(points) if (x, y) != (px, py)
        ]
        drawn += f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z"
    return drawn.replace(" -", "-")
