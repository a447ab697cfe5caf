"""The map of a scene as a drawing: the same colours, outlines and symbols as on the page.

Drawn on the server with matplotlib, in the equal-area projection of the small maps, without a
browser. Importing this module is cheap; matplotlib is loaded when a picture is first drawn. Its
fonts and settings are shared by all threads: a server draws one picture at a time
(`geo/server/drawing_room.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo.atlas import Atlas, load_municipalities, load_neighbours, load_states
from geo.drawing import CITY_FILL, SITE_FILL, drawn_sites, project
from geo.paper.wanted import still_wanted
from geo.paths import DATA
from geo.scene import (
    DOT,
    HALO,
    OUTLINE,
    REACHED,
    SELECTED,
    Scene,
    municipalities_reached,
    pattern_of,
)
from geo.view import View
from geo.words import fill_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LAND: Final = "#f3f0e8"
SEA: Final = "#e1e9ed"
COAST: Final = "#b9bdb9"

MARKS: Final = {
    "city": "o",
    "bridge": "s",
    "pre_inspection": "^",
    "rail_bridge": "D",
    "airport_crossing": "P",
}
"""Kind of site → matplotlib's marker for it: as different in shape as on the page."""

HATCHES: Final = {"": None, "none": "\\\\", "dotted": "....", "crossed": "++"}
"""Kind of pattern of a fill → matplotlib's hatch for it; `STRIPES` are those of a zone."""
STRIPES: Final = "////"

ROOM: Final = 0.04
"""How much wider the drawing is than Mexico, as a part of its width."""

DPI: Final = 100
"""Pixels for each inch that sizes are thought in; a PNG may have more."""

MUNICIPAL: Final = 0.15
THIN: Final = 0.5
BORDER: Final = 1.5
OUTER: Final = 2.4
"""Line widths in points: of municipalities, states, border states, and the selected state."""


def draw_map(
    figure: Figure,
    place: tuple[float, float, float, float],
    atlas: Atlas,
    scene: Scene,
    view: View,
    *,
    fine: bool = True,
) -> Axes:
    """Draw a scene at a `place` of a figure, over the sea: states, and over them layers of `view`.

    States without a class have a pattern, special-economic-zone states hatched, the
    northern border states and the selected one outlined. Sites and cities stand at their points.
    Small pictures leave out what is `fine`: the lines between municipalities.
    """
    shapes = state_paths(atlas.data)
    axes = figure.add_axes(place)
    figure.patches.append(block(figure, place, SEA))
    axes.set_aspect("equal")
    axes.set_axis_off()
    _frame(axes, shapes.values())
    if "neighbours" in view.layers:
        _draw(axes, neighbour_paths(atlas.data), facecolors=LAND, edgecolors=COAST, linewidths=THIN)
    fills = {code: fill_of(scene, code) for code in shapes}
    for kind, hatch in HATCHES.items():
        codes = [code for code in shapes if pattern_of(fills[code]) == kind]
        _draw(
            axes,
            [shapes[code] for code in codes],
            facecolors=[fills[code] for code in codes],
            edgecolors=DOT,
            linewidths=0,
            hatch=hatch,
        )
    _draw(axes, list(shapes.values()), facecolors="none", edgecolors=OUTLINE, linewidths=THIN)
    if "municipalities" in view.layers:
        _draw_municipalities(axes, atlas, scene, fine=fine)
    if "sez" in view.layers:
        zones = [shapes[code] for code in sorted(shapes) if atlas.states[code].sez]
        _draw(axes, zones, facecolors="none", edgecolors=OUTLINE, linewidths=0, hatch=STRIPES)
    if "border" in view.layers:
        border = [shapes[code] for code in sorted(atlas.border)]
        _draw(axes, border, facecolors="none", edgecolors=OUTLINE, linewidths=BORDER)
    if view.state:
        for colour, width in ((HALO, OUTER + 1.6), (SELECTED, OUTER)):
            _draw(
                axes,
                [shapes[view.state]],
                facecolors="none",
                edgecolors=colour,
                linewidths=width,
            )
    _draw_sites(axes, atlas, view)
    return axes


def _draw_municipalities(axes: Axes, atlas: Atlas, scene: Scene, *, fine: bool) -> None:
    """Thin lines for all where `fine`, and over them those that an activity names."""
    shapes = municipality_paths(atlas.data)
    if fine:
        # As pixels: 2,465 outlines would make an SVG or a PDF of a megabyte and a half.
        _draw(
            axes,
            list(shapes.values()),
            facecolors="none",
            edgecolors=OUTLINE,
            linewidths=MUNICIPAL,
            alpha=0.55,
            rasterized=True,
        )
    reached = [shapes[code] for code in municipalities_reached(scene) if code in shapes]
    _draw(axes, reached, facecolors=REACHED, edgecolors=OUTLINE, linewidths=THIN)


def paper(width: float, height: float) -> Figure:
    """An empty figure of this size in inches, on which texts can be measured.

    Every page and picture begins here, so here one that nobody waits for ends.
    """
    still_wanted()
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Made

    figure = Made(figsize=(width, height), dpi=DPI, facecolor="#ffffff")
    FigureCanvasAgg(figure)
    return figure


def block(
    figure: Figure, box: tuple[float, float, float, float], fill: str, line: str = "none"
) -> Any:
    """A filled rectangle under everything else; `box` as parts of the figure."""
    from matplotlib.patches import Rectangle

    return Rectangle(
        box[:2],
        box[2],
        box[3],
        transform=figure.transFigure,
        facecolor=fill,
        edgecolor=line,
        linewidth=0.8,
        zorder=-1,
    )


def _draw(axes: Axes, paths: Sequence[Any], **style: Any) -> None:
    from matplotlib.collections import PathCollection
    from matplotlib.transforms import IdentityTransform

    if paths:
        collection = PathCollection(paths, **style)
        # A collection of markers stands where its offsets say; these stand where they are.
        collection.set_offset_transform(IdentityTransform())
        collection.set_transform(axes.transData)
        axes.add_collection(collection, autolim=False)


def placed_sites(
    atlas: Atlas, view: View
) -> Iterator[tuple[dict[str, Any], str, tuple[float, float]]]:
    """The sites and cities that `view` shows: the row, its colour, and its projected point."""
    for site in drawn_sites(atlas):
        city = site["kind"] == "city"
        if ("cities" if city else "sites") in view.layers:
            [[x, y]] = project([[site["lon"], site["lat"]]])
            yield site, CITY_FILL if city else SITE_FILL, (x, y)


def _draw_sites(axes: Axes, atlas: Atlas, view: View) -> None:
    for site, colour, (x, y) in placed_sites(atlas, view):
        axes.plot(
            [x],
            [y],
            MARKS[site["kind"]],
            color=colour,
            markeredgecolor=HALO,
            markersize=6.5,
            markeredgewidth=1,
            zorder=5,
        )


def _frame(axes: Axes, paths: Any) -> None:
    """Show all of Mexico, and fill the rest of the axes with what lies around it."""
    boxes = [path.get_extents() for path in paths]
    west, east = min(box.x0 for box in boxes), max(box.x1 for box in boxes)
    south, north = min(box.y0 for box in boxes), max(box.y1 for box in boxes)
    place = axes.get_position(original=True)
    figure = axes.get_figure(root=True)
    assert figure is not None
    wide, high = figure.get_size_inches()
    shape = (place.width * wide) / (place.height * high)
    width = max(east - west, (north - south) * shape) * (1 + ROOM)
    height = width / shape
    axes.set_xlim((west + east - width) / 2, (west + east + width) / 2)
    axes.set_ylim((south + north - height) / 2, (south + north + height) / 2)


@lru_cache(maxsize=4)
def state_paths(data: Path = DATA) -> dict[str, Any]:
    """INEGI code → the state's outline as a matplotlib path, in radii of the Earth."""
    return {
        str(feature["id"]): _path(feature["geometry"]) for feature in load_states(data)["features"]
    }


@lru_cache(maxsize=2)
def municipality_paths(data: Path = DATA) -> dict[str, Any]:
    """INEGI code of five digits → the municipality's outline, as `state_paths`."""
    return {
        str(feature["id"]): _path(feature["geometry"])
        for feature in load_municipalities(data)["features"]
    }


@lru_cache(maxsize=4)
def neighbour_paths(data: Path = DATA) -> tuple[Any, ...]:
    """The neighbouring countries and U.S. border states, as paths."""
    return tuple(_path(feature["geometry"]) for feature in load_neighbours(data)["features"])


def _path(geometry: dict[str, Any]) -> Any:
    import numpy as np
    from matplotlib.path import Path as Outline

    points, steps = [], []
    for ring in _rings(geometry):
        points.append(project(ring))
        steps += [Outline.MOVETO, *[Outline.LINETO] * (len(ring) - 2), Outline.CLOSEPOLY]
    return Outline(np.concatenate(points), steps)


def _rings(geometry: dict[str, Any]) -> Iterator[Any]:
    polygons = geometry["coordinates"]
    for polygon in [polygons] if geometry["type"] == "Polygon" else polygons:
        yield from polygon
