"""The slides of a briefing as PowerPoint, to edit, with notes."""

from __future__ import annotations

import copy
import io
import textwrap
from typing import Any, Final

from geo.atlas import Atlas, load_states
from geo.briefing.computed import ComputedBriefing, Slide
from geo.briefing.handout import ACCENT, PAPERS
from geo.drawing import project
from geo.paper import BORDER, CREATOR, OUTER, THIN, placed_sites
from geo.scene import DOT, HALO, INK, NO_DATA, OUTLINE, SELECTED, SOFT, Scene, build_scene
from geo.view import View
from geo.words import fill_of

WIDE: Final = PAPERS["16:9"]

MAP_BOX: Final = (0.5, 1.35, 7.3, 5.0)
"""Where the map stands on a slide, in inches."""

DOTTED: Final = "PERCENT_10"
STRIPED: Final = "WIDE_UPWARD_DIAGONAL"
"""PowerPoint's names for the patterns of a state without a figure and of one with a zone."""

SYMBOLS: Final = {
    "city": "OVAL",
    "bridge": "RECTANGLE",
    "pre_inspection": "ISOSCELES_TRIANGLE",
    "rail_bridge": "DIAMOND",
    "airport_crossing": "CROSS",
}
"""Kind of site → PowerPoint's shape for it, as different as on the page."""

SYMBOL: Final = 0.13
"""Inches."""

INSIDE: Final = 0.1
"""Inches that PowerPoint leaves free on each side in a box, half of it above and below."""

LETTER: Final = 0.58
"""Mean width of a letter as a part of the type's size: of a wide sans-serif, so that others fit."""


def handout_pptx(atlas: Atlas, computed: ComputedBriefing) -> bytes:
    """Every slide: texts and states that can be edited, and the notes.

    Every state is a shape of its own, named after it.
    """
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE[0]), Inches(WIDE[1])
    deck.core_properties.title = computed.title
    deck.core_properties.author = CREATOR
    ground = _Ground(atlas)
    for number, one in enumerate(computed.slides, 1):
        _slide(deck, atlas, computed, one, number, ground)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _slide(
    deck: Any, atlas: Atlas, computed: ComputedBriefing, one: Slide, number: int, ground: _Ground
) -> None:
    telling = one.telling
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = _inches(0.5, 0.3, 12.3, 0.9)
    _write(title.text_frame, one.title, 30, bold=True)
    ground.draw(slide, build_scene(atlas, one.view), one.view)
    _box(slide, one.number, (8.1, 1.3, 4.8, 1.0), 48, colour=ACCENT, bold=True)
    for text, place, sizes in (
        (one.number_label, (8.1, 2.25, 4.8, 0.75), (18, 16, 14, 12)),
        (one.finding, (8.1, 3.05, 4.8, 1.4), (14, 13, 12, 11, 10, 9)),
    ):
        _box(slide, text, place, _size(text, place, sizes))
    legend = telling.legend
    place = (8.1, 4.45, 4.8, 0.4)
    _box(slide, legend.title, place, _size(legend.title, place, (12, 11, 10, 9, 8)), bold=True)
    rows = (*legend.classes, *legend.others)
    pitch = min(0.26, 1.65 / len(rows))
    for at, row in enumerate(rows):
        top = 4.9 + pitch * at
        swatch = slide.shapes.add_shape(1, *_inches(8.2, top + 0.03, 0.32, 0.75 * pitch))
        _paint(swatch, row.fill, DOTTED if row.status == NO_DATA else "")
        place = (8.55, top - 0.06, 4.3, 0.3)
        _box(slide, row.label, place, _size(row.label, place, (11, 10, 9, 8, 7)))
    _box(slide, one.beneath, (0.5, 6.5, 12.3, 0.5), 10, colour=SOFT)
    foot = f"{number} / {len(computed.slides)} · {telling.sourced}"
    _box(slide, foot, (0.5, 7.0, 12.3, 0.35), 10, colour=SOFT)
    slide.notes_slide.notes_text_frame.text = f"{one.notes}\n\n{one.finding}\n\n{telling.sourced}"


class _Ground:
    """The map on the slides: drawn on the first, and copied to the others to be painted anew."""

    def __init__(self, atlas: Atlas) -> None:
        import numpy as np

        self.atlas = atlas
        rings: dict[str, list[Any]] = {}
        for feature in load_states(atlas.data)["features"]:
            geometry = feature["geometry"]
            parts = geometry["coordinates"]
            polygons = [parts] if geometry["type"] == "Polygon" else parts
            rings[str(feature["id"])] = [np.asarray(project(polygon[0])) for polygon in polygons]
        every = np.concatenate([ring for each in rings.values() for ring in each])
        low, high = every.min(axis=0), every.max(axis=0)
        left, top, width, height = MAP_BOX
        self.west, self.north, self.left, self.top = low[0], high[1], left, top
        self.scale = min(width / (high[0] - low[0]), height / (high[1] - low[1]))
        self.rings = rings
        self.drawn: dict[str, Any] = {}

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where a projected point stands on a slide, in inches."""
        return self.left + (x - self.west) * self.scale, self.top + (self.north - y) * self.scale

    def draw(self, slide: Any, scene: Scene, view: View) -> None:
        """The map of a scene, with the marks of its layers, as on the page.

        A shape has one filling: a state of a zone is striped, also where it has no figure.
        """
        if self.drawn:
            for element in self.drawn.values():
                slide.shapes._spTree.append(copy.deepcopy(element))
        else:
            for code, rings in self.rings.items():
                self.drawn[code] = self._state(
                    slide, rings, self.atlas.states[code].names[view.lang]
                )
        shapes = dict(zip(self.drawn, list(slide.shapes)[-len(self.drawn) :], strict=True))
        for code, shape in shapes.items():
            striped = "sez" in view.layers and self.atlas.states[code].sez
            dotted = scene.state(code).status == NO_DATA
            _paint(shape, fill_of(scene, code), STRIPED if striped else DOTTED if dotted else "")
        if "border" in view.layers:
            for code in self.atlas.border:
                _line(shapes[code], OUTLINE, BORDER)
                slide.shapes._spTree.append(shapes[code]._element)
        if view.state:
            _line(shapes[view.state], SELECTED, OUTER)
            slide.shapes._spTree.append(shapes[view.state]._element)
        self._sites(slide, view)

    def _state(self, slide: Any, rings: list[Any], name: str) -> Any:
        """Draw one state; returns its element, to be repeated."""
        from pptx.util import Inches

        builder = None
        for ring in rings:
            placed = [self.place(x, y) for x, y in ring]
            points = [(int(Inches(x)), int(Inches(y))) for x, y in placed]
            if builder is None:
                builder = slide.shapes.build_freeform(*points[0])
            else:
                builder.move_to(*points[0])
            builder.add_line_segments(points[1:], close=True)
        assert builder is not None
        shape = builder.convert_to_shape()
        shape.name = name
        return shape._element

    def _sites(self, slide: Any, view: View) -> None:
        from pptx.enum.shapes import MSO_SHAPE

        half = SYMBOL / 2
        for site, colour, (x, y) in placed_sites(self.atlas, view):
            across, down = self.place(x, y)
            kind = getattr(MSO_SHAPE, SYMBOLS[site["kind"]])
            symbol = slide.shapes.add_shape(
                kind, *_inches(across - half, down - half, SYMBOL, SYMBOL)
            )
            symbol.name = site["id"]
            _paint(symbol, colour)
            _line(symbol, HALO, 1)


def _rgb(colour: str) -> Any:
    from pptx.dml.color import RGBColor

    make: Any = RGBColor.from_string
    return make(colour.lstrip("#").upper())


def _paint(shape: Any, fill: str, pattern: str = "") -> None:
    """Fill a shape; with a pattern the colour is what lies behind its dots or stripes."""
    from pptx.enum.dml import MSO_PATTERN_TYPE

    if pattern:
        shape.fill.patterned()
        shape.fill.pattern = getattr(MSO_PATTERN_TYPE, pattern)
        shape.fill.fore_color.rgb = _rgb(DOT if pattern == DOTTED else OUTLINE)
        shape.fill.back_color.rgb = _rgb(fill)
    else:
        shape.fill.solid()
        shape.fill.fore_color.rgb = _rgb(fill)
    _line(shape, OUTLINE, THIN)
    shape.shadow.inherit = False


def _line(shape: Any, colour: str, points: float) -> None:
    from pptx.util import Pt

    shape.line.color.rgb = _rgb(colour)
    shape.line.width = Pt(points)


def _box(
    slide: Any,
    text: str,
    place: tuple[float, float, float, float],
    size: int,
    *,
    colour: str = INK,
    bold: bool = False,
) -> None:
    frame = slide.shapes.add_textbox(*_inches(*place)).text_frame
    _write(frame, text, size, colour=colour, bold=bold)


def _size(text: str, place: tuple[float, float, float, float], sizes: tuple[int, ...]) -> int:
    """The largest of the sizes in which the text fits its box; the smallest where none does."""
    _, _, width, height = place
    for size in sizes:
        letters = int((width - 2 * INSIDE) * 72 / (LETTER * size))
        lines = len(textwrap.wrap(text, letters))
        if lines * 1.2 * size / 72 + INSIDE <= height:
            return size
    return sizes[-1]


def _write(frame: Any, text: str, size: int, *, colour: str = INK, bold: bool = False) -> None:
    from pptx.util import Pt

    frame.word_wrap = True
    frame.text = text
    font = frame.paragraphs[0].runs[0].font if frame.paragraphs[0].runs else None
    if font is not None:
        font.size, font.bold = Pt(size), bold
        font.color.rgb = _rgb(colour)


def _inches(*numbers: float) -> tuple[int, ...]:
    from pptx.util import Inches

    return tuple(int(Inches(number)) for number in numbers)
