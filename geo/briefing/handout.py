"""The handout: the scenes of a briefing as PDF, with vector maps, and as editable PowerPoint."""

from __future__ import annotations

import copy
import io
from typing import TYPE_CHECKING, Any, Final

from geo.atlas import Atlas
from geo.boundaries import load_states
from geo.briefing.page import sources_line
from geo.briefing.told import Told, ToldScene
from geo.export.fitting import fitted_text
from geo.export.key import INK, block, draw_key
from geo.export.picture import DRAWING, SEA, draw_map, paper
from geo.export.sheet import CREATOR, SETTINGS, SOFT
from geo.i18n import speech
from geo.legend import build_legend, fill_of
from geo.palette import OUTLINE
from geo.scene import build_scene
from geo.small_map import project

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PAPERS: Final = {"16:9": (13.333, 7.5), "a4": (11.69, 8.27), "letter": (11.0, 8.5)}
"""Width and height in inches, all across."""

WIDE: Final = PAPERS["16:9"]
ACCENT: Final = "#a8123e"
HEAD_SIZES: Final = (30, 28, 26, 24, 22, 20, 18)


def handout_pdf(atlas: Atlas, told: Told, paper: str = "16:9") -> bytes:
    """One page for each scene, on one of PAPERS: title, number, map, legend, notes and sources."""
    import matplotlib as mpl
    from matplotlib.backends.backend_pdf import PdfPages

    about = {"Title": told.title, "Creator": CREATOR, "CreationDate": None}
    with DRAWING, mpl.rc_context(SETTINGS):
        out = io.BytesIO()
        with PdfPages(out, metadata=about) as pages:
            for number, one in enumerate(told.scenes, 1):
                pages.savefig(_page(atlas, told, one, number, PAPERS[paper]))
        return out.getvalue()


def _page(
    atlas: Atlas, told: Told, one: ToldScene, number: int, size: tuple[float, float]
) -> Figure:
    figure = paper(*size)
    scene, say = build_scene(atlas, one.view), speech(told.lang)
    serif: dict[str, Any] = {"family": "DejaVu Serif", "weight": "bold"}
    fitted_text(
        figure,
        one.title,
        (0.04, 0.96, 0.92, 0.11),
        HEAD_SIZES,
        color=INK,
        **serif,
    )
    place = (0.04, 0.27, 0.55, 0.57)
    axes: Any = figure.add_axes(place)
    figure.patches.append(block(figure, place, SEA))
    draw_map(axes, atlas, scene, one.view)
    sizes = (54, 48, 42, 36, 30, 24, 20)
    fitted_text(figure, one.number, (0.62, 0.85, 0.34, 0.1), sizes, color=ACCENT, **serif)
    fitted_text(
        figure, one.number_label, (0.62, 0.735, 0.34, 0.06), (15, 14, 13, 12, 11, 10), color=INK
    )
    top = draw_key(figure, build_legend(scene, say), (0.62, 0.27, 0.34, 0.2), 0.03)
    fitted_text(
        figure,
        one.finding,
        (0.62, 0.665, 0.34, 0.665 - top - 0.02),
        (13, 12, 11, 10, 9, 8),
        color=INK,
        linespacing=1.25,
    )
    style: dict[str, Any] = {"color": SOFT, "linespacing": 1.3}
    small = (10, 9.5, 9, 8.5, 8, 7.5, 7)
    fitted_text(figure, one.notes, (0.04, 0.24, 0.92, 0.1), small, color=INK, linespacing=1.3)
    fitted_text(figure, one.beside, (0.04, 0.135, 0.92, 0.06), small[2:], **style)
    foot = f"{number} / {len(told.scenes)} · {told.title} · {sources_line(atlas, one, say)}"
    fitted_text(figure, foot, (0.04, 0.06, 0.92, 0.035), small[2:], **style)
    return figure


def handout_pptx(atlas: Atlas, told: Told) -> bytes:
    """One slide for each scene: texts and states that can be edited, and the notes.

    Every state is a shape of its own, named after it.
    """
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE[0]), Inches(WIDE[1])
    deck.core_properties.title = told.title
    deck.core_properties.author = CREATOR
    drawn: dict[str, Any] = {}
    for number, one in enumerate(told.scenes, 1):
        _slide(deck, atlas, told, one, number, drawn)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _slide(
    deck: Any, atlas: Atlas, told: Told, one: ToldScene, number: int, drawn: dict[str, Any]
) -> None:
    """Add a slide; `drawn` holds the states' shapes of the first one, which the others repeat."""
    say = speech(told.lang)
    scene = build_scene(atlas, one.view)
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = _inches(0.5, 0.3, 12.3, 0.9)
    _write(title.text_frame, one.title, 30, bold=True)
    if drawn:
        for element in drawn.values():
            slide.shapes._spTree.append(copy.deepcopy(element))
    else:
        for code, rings in _outlines(atlas).items():
            drawn[code] = _state(slide, rings, atlas.states[code].names[told.lang])
    for code, shape in zip(drawn, list(slide.shapes)[-len(drawn) :], strict=True):
        _paint(shape, fill_of(scene, code))
    _box(slide, one.number, (8.1, 1.3, 4.8, 1.0), 48, colour=ACCENT, bold=True)
    _box(slide, one.number_label, (8.1, 2.3, 4.8, 0.6), 18)
    _box(slide, one.finding, (8.1, 3.0, 4.8, 1.4), 14)
    legend = build_legend(scene, say)
    _box(slide, legend.title, (8.1, 4.4, 4.8, 0.35), 12, bold=True)
    rows = (*legend.classes, *legend.others)
    pitch = min(0.26, 1.75 / len(rows))
    for at, row in enumerate(rows):
        top = 4.8 + pitch * at
        swatch = slide.shapes.add_shape(1, *_inches(8.2, top + 0.03, 0.32, 0.75 * pitch))
        _paint(swatch, row.fill)
        _box(slide, row.label, (8.55, top - 0.06, 4.3, 0.3), 11)
    _box(slide, one.beside, (0.5, 6.5, 12.3, 0.5), 10, colour=SOFT)
    foot = f"{number} / {len(told.scenes)} · {sources_line(atlas, one, say)}"
    _box(slide, foot, (0.5, 7.0, 12.3, 0.35), 10, colour=SOFT)
    slide.notes_slide.notes_text_frame.text = "\n\n".join(
        (one.notes, one.finding, sources_line(atlas, one, say))
    )


MAP_BOX: Final = (0.5, 1.35, 7.3, 5.0)
"""Where the map stands on a slide, in inches."""


def _outlines(atlas: Atlas) -> dict[str, list[Any]]:
    """Each state's outer rings in inches on the slide, by INEGI code."""
    import numpy as np

    rings: dict[str, list[Any]] = {}
    for feature in load_states(atlas.data)["features"]:
        geometry = feature["geometry"]
        parts = geometry["coordinates"]
        polygons = [parts] if geometry["type"] == "Polygon" else parts
        rings[str(feature["id"])] = [np.asarray(project(polygon[0])) for polygon in polygons]
    every = np.concatenate([ring for each in rings.values() for ring in each])
    low, high = every.min(axis=0), every.max(axis=0)
    left, top, width, height = MAP_BOX
    scale = min(width / (high[0] - low[0]), height / (high[1] - low[1]))
    return {
        code: [
            np.column_stack(
                (left + (ring[:, 0] - low[0]) * scale, top + (high[1] - ring[:, 1]) * scale)
            )
            for ring in each
        ]
        for code, each in rings.items()
    }


def _state(slide: Any, rings: list[Any], name: str) -> Any:
    """Draw one state; returns its element, to be repeated."""
    from pptx.util import Inches

    builder = None
    for ring in rings:
        points = [(int(Inches(x)), int(Inches(y))) for x, y in ring]
        if builder is None:
            builder = slide.shapes.build_freeform(*points[0])
        else:
            builder.move_to(*points[0])
        builder.add_line_segments(points[1:], close=True)
    assert builder is not None
    shape = builder.convert_to_shape()
    shape.name = name
    return shape._element


def _rgb(colour: str) -> Any:
    from pptx.dml.color import RGBColor

    make: Any = RGBColor.from_string
    return make(colour.lstrip("#").upper())


def _paint(shape: Any, fill: str) -> None:
    from pptx.util import Pt

    shape.fill.solid()
    shape.fill.fore_color.rgb = _rgb(fill)
    shape.line.color.rgb = _rgb(OUTLINE)
    shape.line.width = Pt(0.5)
    shape.shadow.inherit = False


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
