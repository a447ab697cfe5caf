"""The icon of the atlas as a picture, for whoever asks for `/favicon.ico` and reads no SVG."""

from __future__ import annotations

import io
import struct
from functools import lru_cache
from typing import Final
from xml.etree import ElementTree as ET

from geo.paths import ASSETS

DRAWN: Final = ASSETS / "favicon.svg"
"""The one drawing: a rounded square, a line and a dot, in a square of 32."""

SIDE: Final = 32
PIXELS: Final = 48

HEADER: Final = struct.Struct("<HHHBBBBHHII")
"""Of an ICO file that holds one picture: three numbers of the file, and eight of the picture."""


@lru_cache(maxsize=1)
def icon_ico() -> bytes:
    """The icon as an ICO file, whose picture is a PNG."""
    picture = _png()
    told = (0, 1, 1, PIXELS, PIXELS, 0, 0, 1, 32, len(picture), HEADER.size)
    return HEADER.pack(*told) + picture


def _png() -> bytes:
    # Loaded when first asked for.
    from matplotlib.figure import Figure
    from matplotlib.patches import Circle, FancyBboxPatch

    figure = Figure(figsize=(1, 1), dpi=PIXELS)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, SIDE), ylim=(SIDE, 0))
    axes.set_axis_off()
    # Ours, from the package.
    for shape in ET.parse(DRAWN).getroot():  # noqa: S314
        told, kind = shape.attrib, shape.tag.rpartition("}")[2]
        if kind == "rect":
            round_by = float(told["rx"])
            box = FancyBboxPatch(
                (round_by, round_by),
                float(told["width"]) - 2 * round_by,
                float(told["height"]) - 2 * round_by,
                boxstyle=f"round,pad={round_by}",
                color=told["fill"],
                linewidth=0,
            )
            axes.add_patch(box)
        elif kind == "polyline":
            points = [tuple(map(float, pair.split(","))) for pair in told["points"].split()]
            across, down = zip(*points, strict=True)
            # A point is a 72nd of an inch, and the picture an inch wide.
            width = float(told["stroke-width"]) * 72 / SIDE
            axes.plot(across, down, color=told["stroke"], linewidth=width)
        else:
            x, y, radius = (float(told[name]) for name in ("cx", "cy", "r"))
            axes.add_patch(Circle((x, y), radius, color=told["fill"], zorder=3))
    file = io.BytesIO()
    figure.savefig(file, format="png", transparent=True, metadata={"Software": None})
    return file.getvalue()
