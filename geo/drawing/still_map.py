"""The map of a view as SVG, exactly where the map's script will draw it: see `geo.first`.

Web Mercator, the same fit, the same colours, lines, patterns and symbols; every state a link. The
shapes are those the script loads, as small as they can be drawn without anybody seeing it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from geo.atlas import Atlas, load_states
from geo.drawing.boot import BOUNDS, COUNTRY_NAMES, PADDING
from geo.drawing.html import each
from geo.drawing.paint import Paint
from geo.drawing.small_map import outline
from geo.drawing.symbols import SHAPES, drawn_sites
from geo.paths import DATA
from geo.scene import DOT, HALO, OUTLINE, PATTERNED, SELECTED, pattern_of

FOCUS_PADDING: Final = (10, 12, 10, 48)
"""Pixels between the frame and a part of the country that the map goes to: above it, to the right,
beneath and to the left."""

WIDTH: Final = 860
"""Units of the drawing from west to east; the widest window has about as many pixels for them."""

MOVED: Final = 1.7
"""How far an outline may be moved, in units: a pixel, and less on all but the widest windows."""

MOVED_BEYOND: Final = 5.0
"""The same for what lies around Mexico."""

SMALLEST: Final = 3.0
SMALLEST_BEYOND: Final = 24.0
"""An island of less than this, in square units, is left out, unless the state has nothing else."""

AROUND: Final = 150
"""Units that are drawn beyond the bounds: a frame of other proportions shows more than them."""

KM_PER_DEGREE: Final = 111.32
RING_KM: Final = {2: 25}
"""Location precision of a site → the radius, in kilometres, within which it lies."""

_OVER: Final = {
    "none": Markup('<path d="M0 6.5L6.5 0M-1 1L1 -1M6 8L8 6" stroke="{}" stroke-width=".8"/>'),
    "dotted": Markup('<circle cx="2" cy="2" r=".9" fill="{}"/>'),
    "crossed": Markup('<path d="M0 3.5h7M3.5 0v7" stroke="{}" stroke-width=".8"/>'),
}
"""What lies over a fill that has a pattern, in a tile of 7 pixels, as `map-shared.js` draws it."""


@dataclass(frozen=True, slots=True)
class Land:
    """SVG path data in whole units: each state by INEGI code, and the neighbours by their kind."""

    states: Mapping[str, str]
    neighbours: Mapping[str, str]
    height: float


def flat(lon: float, lat: float) -> tuple[float, float]:
    """A point of the globe in units of the drawing, by Web Mercator.

    >>> flat(BOUNDS[0][1], BOUNDS[1][0]), flat(BOUNDS[1][1], BOUNDS[0][0])[0]
    ((0.0, 0.0), 860.0)
    """
    (_, west), (north, east) = BOUNDS
    scale = WIDTH / (east - west)
    return round((lon - west) * scale, 6), round((_upward(north) - _upward(lat)) * scale, 6)


def _upward(lat: float) -> float:
    return math.degrees(math.asinh(math.tan(math.radians(lat))))


@lru_cache(maxsize=2)
def land(data: Path = DATA) -> Land:
    """The shapes, made when first asked for (a fifth of a second) and then kept."""
    import shapely

    states = load_states(data)["features"]
    around = json.loads((data / "boundaries" / "neighbours.geojson").read_text(encoding="utf-8"))
    height = round(flat(0, BOUNDS[0][0])[1], 2)
    window = (-AROUND, -AROUND, WIDTH + AROUND, height + AROUND)

    def shapes(features: Iterable[Any]) -> list[Any]:
        told = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
        return [shapely.transform(shape, _flattened) for shape in told]

    kinds: dict[str, list[Any]] = {}
    for feature in around["features"]:
        kinds.setdefault(feature["properties"]["kind"], []).append(feature)
    clipped = {
        kind: [shapely.clip_by_rect(shape, *window) for shape in shapes(features)]
        for kind, features in kinds.items()
    }
    seen = {kind: [one for one in shown if one.area] for kind, shown in clipped.items()}
    return Land(
        states={
            str(feature["id"]): _path([shape], SMALLEST)
            for feature, shape in zip(
                states, shapely.coverage_simplify(shapes(states), MOVED), strict=True
            )
        },
        neighbours={
            kind: _path(shapely.coverage_simplify(shown, MOVED_BEYOND), SMALLEST_BEYOND)
            for kind, shown in seen.items()
        },
        height=height,
    )


def _flattened(degrees: Any) -> Any:
    import numpy as np

    return np.array([flat(lon, lat) for lon, lat in degrees])


def _path(shapes: Iterable[Any], smallest: float) -> str:
    """Path data of shapes, without their smallest islands."""
    import shapely

    outlines = []
    for shape in shapes:
        parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
        for at, part in enumerate(sorted(parts, key=lambda part: -part.area)):
            if at and part.area < smallest:
                break
            outlines.append(outline(part))
    return "".join(outlines)


def still_map_html(
    atlas: Atlas,
    paint: Paint,
    link: Callable[[str], str] | None = None,
    at: tuple[float, float, float] | None = None,
) -> Markup:
    """The map under a paint: land, states that are links, layers, symbols and names.

    `link` gives the address that choosing a state leads to; without it none can be chosen. `at` is
    where the reader has moved the map to: latitude, longitude and zoom.
    """
    shapes = land(atlas.data)
    fills = {code: _fill(paint, code) for code in shapes.states}
    frame = _frame(paint, shapes.height)
    return Markup(
        '<div class="ma-still"><div class="ma-fit" style="{fit}"><div style="{box}">'
        '<svg viewBox="{frame}" aria-hidden="true">{patterns}{land}'
        '<g class="states">{states}</g>{over}</svg>{symbols}{names}</div></div>'
        '<div class="ma-zoom" aria-hidden="true"><i>+</i><i>−</i></div></div>'
    ).format(
        fit=_padding(paint),
        box=_moved(at, shapes.height) if at else f"--wide:{frame.width / frame.height:.4f}",
        frame=f"{frame.left:g} {frame.top:g} {frame.width:g} {frame.height:g}",
        patterns=_patterns(set(fills.values()), zones="sez" in paint["layers"]),
        land=_land(shapes, paint),
        states=each(
            '<a{}fill="{}"><path id="m{}" vector-effect="non-scaling-stroke" d="{}"/></a>',
            (
                (_to(link, code), _painted(fills[code]), code, path)
                for code, path in shapes.states.items()
            ),
        ),
        over=_over(atlas, paint),
        symbols=_symbols(atlas, paint, frame),
        names=_names(paint, frame),
    )


@dataclass(frozen=True, slots=True)
class Frame:
    """What of the drawing fills its frame, in units."""

    left: float
    top: float
    width: float
    height: float

    def spot(self, lon: float, lat: float) -> str:
        """Where a point of the globe lies in it, as a style."""
        x, y = flat(lon, lat)
        across, down = (x - self.left) / self.width, (y - self.top) / self.height
        return f"left:{100 * across:.2f}%;top:{100 * down:.2f}%"


def _frame(paint: Paint, height: float) -> Frame:
    """The whole country, or what the paint says that the map goes to."""
    focus: Any = paint.get("focus")
    if not focus:
        return Frame(0, 0, WIDTH, height)
    (south, west), (north, east) = focus
    (left, top), (right, bottom) = flat(west, north), flat(east, south)
    return Frame(round(left), round(top), round(right - left), round(bottom - top))


def _padding(paint: Paint) -> str:
    top, right, bottom, left = FOCUS_PADDING if paint.get("focus") else (PADDING,) * 4
    return f"inset:{top}px {right}px {bottom}px {left}px"


def _to(link: Callable[[str], str] | None, code: str) -> Markup:
    return Markup(' href="{}" tabindex="-1" ').format(link(code)) if link else Markup(" ")


def _fill(paint: Paint, code: str) -> str:
    at = paint["at"][code]
    return paint["others"][-at - 1] if at < 0 else paint["fills"][at]


def _painted(fill: str) -> str:
    kind = pattern_of(fill)
    return f"url(#p-{kind})" if kind else fill


def _patterns(fills: set[str], *, zones: bool) -> Markup:
    """Tiles of seven pixels; the page's script sets them to the scale of the drawing."""
    tiles = Markup("").join(
        Markup(
            '<pattern id="p-{}" width="7" height="7" patternUnits="userSpaceOnUse">'
            '<rect width="7" height="7" fill="{}"/>{}</pattern>'
        ).format(kind, fill, _OVER[kind].format(DOT))
        for fill, kind in PATTERNED.items()
        if fill in fills
    )
    if zones:
        tiles += Markup(
            '<pattern id="p-sez" width="8" height="8" patternUnits="userSpaceOnUse" '
            'patternTransform="rotate(45)" data-turned="rotate(45)">'
            '<rect width="1.6" height="8" fill="{}"/></pattern>'
        ).format(OUTLINE)
    return Markup("<defs>{}</defs>").format(tiles) if tiles else tiles


def _land(shapes: Land, paint: Paint) -> Markup:
    if "neighbours" not in paint["layers"]:
        return Markup("")
    return each('<path class="land {}" d="{}"/>', shapes.neighbours.items())


def _over(atlas: Atlas, paint: Paint) -> Markup:
    """Zones, the border's states, the selected state, and where a site may lie."""
    parts = []
    if "sez" in paint["layers"]:
        zones = [code for code, state in atlas.states.items() if state.sez]
        parts.append(
            Markup('<g fill="url(#p-sez)" fill-opacity=".55" stroke="none">{}</g>').format(
                _again(zones)
            )
        )
    if "border" in paint["layers"]:
        parts.append(_lines(atlas.border, OUTLINE, 2))
    if paint["selected"]:
        chosen = [paint["selected"]]
        parts += [_lines(chosen, HALO, 5), _lines(chosen, SELECTED, 2.6)]
    for site in _shown(atlas, paint):
        if site["stretch"]:
            points = " ".join(
                "{:.1f},{:.1f}".format(*flat(lon, lat)) for lat, lon in site["stretch"]
            )
            parts.append(Markup('<polyline class="stretch" points="{}"/>').format(points))
        if site["precision"] in RING_KM:
            x, y = flat(site["lon"], site["lat"])
            degrees = RING_KM[site["precision"]] / KM_PER_DEGREE
            degrees /= math.cos(math.radians(site["lat"]))
            radius = flat(BOUNDS[0][1] + degrees, 0)[0]
            parts.append(
                Markup('<circle class="ring" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/>').format(
                    x, y, radius
                )
            )
    drawn = Markup("").join(parts)
    return Markup('<g class="over">{}</g>').format(drawn) if drawn else drawn


def _again(codes: Iterable[str]) -> Markup:
    return each('<use href="#m{}"/>', codes)


def _lines(codes: Iterable[str], colour: str, width: float) -> Markup:
    return Markup('<g fill="none" stroke="{}" stroke-width="{}">{}</g>').format(
        colour, width, _again(codes)
    )


def _shown(atlas: Atlas, paint: Paint) -> list[dict[str, Any]]:
    """From north to south: what lies further south is in front, as Leaflet has it."""
    return [
        site
        for site in sorted(drawn_sites(atlas), key=lambda site: -site["lat"])
        if ("cities" if site["kind"] == "city" else "sites") in paint["layers"]
    ]


def _symbols(atlas: Atlas, paint: Paint, frame: Frame) -> Markup:
    """The sites' symbols, which keep their size whatever that of the map is."""
    shown = _shown(atlas, paint)
    if not shown:
        return Markup("")
    told: Any = paint.get("sites", {})
    shapes = each(
        '<symbol id="y-{}" viewBox="0 0 24 24">{}</symbol>',
        (
            (kind, Markup(SHAPES[kind]))  # noqa: S704 - ours
            for kind in dict.fromkeys(site["kind"] for site in shown)
        ),
    )
    marks = each(
        '<svg class="mark {}" style="{}"><use href="#y-{}"/></svg>',
        (
            (
                site["kind"] + (" hollow" if told.get(site["id"], {}).get("hollow") else ""),
                frame.spot(site["lon"], site["lat"]),
                site["kind"],
            )
            for site in shown
        ),
    )
    return Markup('<div aria-hidden="true"><svg width="0" height="0">{}</svg>{}</div>').format(
        shapes, marks
    )


def _names(paint: Paint, frame: Frame) -> Markup:
    if "neighbours" not in paint["layers"]:
        return Markup("")
    names = (
        (frame.spot(name["lng"], name["lat"]), name["es" if paint["lang"] == "es" else "en"])
        for name in COUNTRY_NAMES
    )
    return Markup('<div aria-hidden="true">{}</div>').format(
        each('<span style="{}">{}</span>', names)
    )


def _moved(at: tuple[float, float, float], height: float) -> str:
    """The fit of a map that was moved: its middle in the middle of the frame, at its zoom.

    Leaflet's world is 256 pixels wide at zoom 0, and twice as wide with each level.
    """
    lat, lon, zoom = at
    x, y = flat(lon, lat)
    scale = 256 * 2**zoom / 360 * (BOUNDS[1][1] - BOUNDS[0][1]) / WIDTH
    return (
        f"position:absolute;width:{WIDTH * scale:.1f}px;height:{height * scale:.1f}px;"
        f"left:calc(50% - {x * scale:.1f}px);top:calc(50% - {y * scale:.1f}px)"
    )
