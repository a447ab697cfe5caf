"""The icon of the atlas as a picture, for whoever asks for `/favicon.ico` and reads no SVG."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Final
from xml.etree import ElementTree as ET

from geo.paths import ASSETS

DRAWN: Final = ASSETS / "favicon.svg"
"""The one drawing: a rounded square, a line and a dot, in a square of 32."""

SIDE: Final = 32
FINER: Final = 8
"""Drawn so many times as large and then reduced, so that edges are smooth."""


@lru_cache(maxsize=1)
def icon_ico() -> bytes:
    """The icon in 16, 32 and 48 pixels, as one ICO file."""
    # Loaded when first asked for.
    from PIL import Image, ImageDraw

    picture = Image.new("RGBA", (SIDE * FINER, SIDE * FINER), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    # Ours, from the package.
    for shape in ET.parse(DRAWN).getroot():  # noqa: S314
        told = shape.attrib
        kind = shape.tag.rpartition("}")[2]
        if kind == "rect":
            box = (0, 0, float(told["width"]) * FINER - 1, float(told["height"]) * FINER - 1)
            pen.rounded_rectangle(box, float(told["rx"]) * FINER, fill=told["fill"])
        elif kind == "polyline":
            points = [float(n) * FINER for n in told["points"].replace(",", " ").split()]
            width = int(told["stroke-width"]) * FINER
            pen.line(points, fill=told["stroke"], width=width, joint="curve")
        else:
            x, y, radius = (float(told[name]) * FINER for name in ("cx", "cy", "r"))
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=told["fill"])
    file = io.BytesIO()
    picture.resize((48, 48), Image.Resampling.LANCZOS).save(
        file, format="ICO", sizes=[(16, 16), (32, 32), (48, 48)]
    )
    return file.getvalue()
