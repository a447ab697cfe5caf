"""The slides of a briefing as PowerPoint, to edit, with notes."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from geo.atlas import Atlas, load_states
from geo.briefing.arial import INSIDE, PITCH, POINTS, Box, fitted, lines_at, wide
from geo.briefing.computed import ComputedBriefing, Slide
from geo.briefing.deck import (
    BENEATH,
    FINDING,
    FOOT,
    LABEL,
    LEAST,
    NUMBER,
    TITLE,
    Made,
    Place,
    again,
    described,
    empty_deck,
    gathered,
    glow,
    known_outlines,
    outlined,
    own_layout,
    page_number,
    painted,
    saved,
    spoken,
)
from geo.drawing import name_places, project
from geo.language import Speech, speech
from geo.paper import BORDER, OUTER, THIN, about, placed_sites, still_wanted, zipped
from geo.scene import DOT, HALO, INK, OUTLINE, SELECTED, Scene, build_scene, pattern_of
from geo.view import View
from geo.words import Legend, LegendRow, fill_of, in_place_of_map, value_text

MAP_BOX: Final = (0.5, 1.35, 7.2, 4.95)
"""Where the map stands on a slide, in inches."""

PATTERNS: Final = {
    "none": "ltDnDiag",
    "dotted": "pct10",
    "crossed": "smGrid",
}
STRIPED: Final = "wdUpDiag"
"""PowerPoint's names for the patterns of fills that have one, and of a state with a zone."""

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

LEGEND: Final = (7.9, 6.32, 4.933)
"""Left, foot and width of the legend in inches: it grows upwards, and the finding has the rest."""

LEGEND_GAP: Final = 0.1
"""Inches between the finding and the legend."""

LEGEND_LINES: Final = 2
"""At most so many for one text of the legend."""

NAME_INSIDE: Final = 0.75
"""The part of a state's name that its widest place holds at least; no name lies on another."""

NAME_ROOM: Final = 0.05
"""Inches that a name's box is wider on each side, for machines whose Arial is another font."""


def handout_pptx(atlas: Atlas, computed: ComputedBriefing) -> bytes:
    """Every slide: texts and states that can be edited, and the notes.

    Every state is a shape of its own, named after it, in a group that tells what the map shows.
    """
    say = speech(computed.lang)
    told = about(atlas, computed.title, computed.lang)
    deck = empty_deck(told, say)
    ground = _Ground(atlas, told.lang)
    for one in computed.slides:
        _slide(deck, one, ground, say)
    for one in computed.appendix:
        # Hidden: a clicker passes it by, and its number and Enter bring it up.
        _slide(deck, one, ground, say)._element.set("show", "0")
    return zipped(saved(deck))


def _slide(deck: Any, one: Slide, ground: _Ground, say: Speech) -> Any:
    still_wanted()
    telling, layout = one.telling, own_layout(deck)
    slide = deck.slides.add_slide(layout)
    places = {place.placeholder_format.idx: place for place in slide.placeholders}
    rows, top = _legend_rows(telling.legend)
    left, high, width, _ = FINDING.box
    finding = replace(FINDING, box=(left, high, width, top - LEGEND_GAP - high))
    cut = [
        text
        for place, text in (
            (TITLE, one.title),
            (NUMBER, one.number),
            (LABEL, one.number_label),
            (finding, one.finding),
            (BENEATH, one.foot),
            (FOOT, telling.sourced),
        )
        if _fill(places[place.number], place, text, ground.lang)
    ]
    if telling.link.startswith("http"):
        _link(places[FOOT.number], say.t("open this view"), telling.link, ground.lang)
    ground.draw(slide, build_scene(ground.atlas, one.view), one.view)
    # From here on only `slide.shapes` adds to it, and need not look for the next number.
    slide.shapes.turbo_add_enabled = True
    _legend(slide, rows, ground.lang, say)
    # What stands beneath the map is read after it.
    for place in (BENEATH, FOOT):
        if places[place.number]._element.getparent() is not None:
            slide.shapes._spTree.append(places[place.number]._element)
    page_number(slide, layout)
    notes = slide.notes_slide.notes_text_frame
    told = dict.fromkeys((*cut, one.notes, one.finding, one.beneath, telling.sourced))
    notes.text = "\n\n".join(filter(None, told))
    for paragraph in notes.paragraphs:
        for run in paragraph.runs:
            spoken(run, ground.lang)
    return slide


def _fill(shape: Any, place: Place, text: str, lang: str) -> bool:
    """Write a text into its place, as large as it fits; whether it had to be cut."""
    if not text:
        shape._element.getparent().remove(shape._element)
        return False
    shape.name = place.name
    if place.number == FINDING.number:
        shape.left, shape.top, shape.width, shape.height = _inches(*place.box)
    shown, size = fitted(text, place.box, place.sizes, bold=place.bold)
    _write(shape.text_frame, shown, size, lang)
    return shown != text


def _link(shape: Any, text: str, address: str, lang: str) -> None:
    """Add a live link to the end of a text."""
    from pptx.util import Pt

    paragraph = shape.text_frame.paragraphs[0]
    size = paragraph.runs[0].font.size
    for words, target in ((" · ", None), (text, address)):
        run = paragraph.add_run()
        run.text, run.font.size = words, Pt(size.pt)
        spoken(run, lang)
        if target:
            run.hyperlink.address = target


@dataclass(frozen=True)
class _Line:
    """A text of the legend with its box, and the row it tells of; the title has none."""

    text: str
    box: Box
    row: LegendRow | None = None


def _legend_rows(legend: Legend) -> tuple[list[_Line], float]:
    """The title of a legend and its rows, from the top down, and where the first one begins."""
    left, foot, width = LEGEND
    lines: list[_Line] = []
    beside = width - 0.45
    for row in reversed(legend.rows):
        text, high = _held(row.label, beside)
        foot -= high
        lines.append(_Line(text, (left + 0.45, foot, beside, high), row))
    text, high = _held(legend.title, width, bold=True)
    foot -= high
    return [_Line(text, (left, foot, width, high)), *reversed(lines)], foot


def _held(text: str, width: float, *, bold: bool = False) -> tuple[str, float]:
    """A text of the legend in at most two lines, and how high it is."""
    pitch = PITCH * LEAST / POINTS
    most = (0.0, 0.0, width, LEGEND_LINES * pitch + INSIDE)
    text, _ = fitted(text, most, (LEAST,), bold=bold)
    return text, pitch * len(lines_at(text, most, LEAST, bold=bold)) + 0.01


def _legend(slide: Any, rows: list[_Line], lang: str, say: Speech) -> None:
    for at, line in enumerate(rows):
        if line.row:
            left, top, _, high = line.box
            swatch = slide.shapes.add_shape(
                1, *_inches(left - 0.35, top + high / 2 - 0.1, 0.32, 0.2)
            )
            _paint(swatch, line.row.fill)
            described(swatch, say.t("Colour of: {label}", label=line.row.label))
            swatch.name = f"Legend {at} colour"
        label = _box(slide, line.text, line.box, lang)
        label.name = f"Legend {at}" if line.row else "Legend"
        label.text_frame.margin_top = label.text_frame.margin_bottom = 0
        label.text_frame.paragraphs[0].runs[0].font.bold = not line.row


class _Ground:
    """The map on the slides: drawn once, and copied to each of them to be painted anew."""

    def __init__(self, atlas: Atlas, lang: str) -> None:
        import numpy as np

        self.atlas, self.lang = atlas, lang
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
        self.made: Made = {}

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where a projected point stands on a slide, in inches."""
        return self.left + (x - self.west) * self.scale, self.top + (self.north - y) * self.scale

    def draw(self, slide: Any, scene: Scene, view: View) -> None:
        """The map of a scene, with the marks of its layers, as on the page.

        A shape has one filling: a state of a zone is striped, also where it has no figure.
        """
        say = speech(view.lang)
        group = self._outlines(slide, view.lang)
        group.name = say.t("Map")
        described(group, in_place_of_map(self.atlas, scene, say))
        shapes = dict(zip(self.rings, list(group.shapes), strict=True))
        held = gathered(group)
        for code, shape in shapes.items():
            state = scene.state(code)
            striped = "sez" in view.layers and self.atlas.states[code].sez
            _paint(shape, fill_of(scene, code), STRIPED if striped else "")
            number = value_text(state.value, state.status, view, say)
            described(shape, f"{self.atlas.states[code].names[view.lang]}: {number}")
        if "border" in view.layers:
            for code in self.atlas.border:
                _line(shapes[code], OUTLINE, BORDER)
                group._element.append(shapes[code]._element)
        if view.state:
            _line(shapes[view.state], SELECTED, OUTER)
            group._element.append(shapes[view.state]._element)
        self._sites(held, view)
        self._names(held, view)
        group._element.recalculate_extents()

    def _outlines(self, slide: Any, lang: str) -> Any:
        """A group of the states, not painted yet, on a slide."""
        # The states are numbered on from what the first slide holds already.
        first = self.made.setdefault("first", slide.shapes._next_shape_id)
        known = known_outlines(self.atlas.data, lang, first)
        if known:
            slide.shapes._spTree.append(copy.deepcopy(known["group"]))
            return slide.shapes[-1]
        group = slide.shapes.add_group_shape()
        for code, rings in self.rings.items():
            placed = [[_inches(*self.place(x, y)) for x, y in ring] for ring in rings]
            outlined(group, placed, self.atlas.states[code].names[lang])
        known["group"] = copy.deepcopy(group._element)
        return group

    def _names(self, held: Any, view: View) -> None:
        """The names of the states where they fit, of the chosen one always; none on another."""
        taken: list[Box] = []
        every, chosen = name_places(self.atlas, view.lang), view.state
        for code in sorted(every, key=lambda code: (code != chosen, -every[code]["half"])):
            place = every[code]
            ends = (place["lng"] - place["half"], place["lng"] + place["half"])
            (west, down), (east, _) = (
                self.place(*project([(lng, place["lat"])])[0]) for lng in ends
            )
            for name in (place["name"], place["short"]):
                across, high = LEAST * wide(name, bold=True), PITCH * LEAST / POINTS
                box = ((west + east - across) / 2, down - high / 2, across, high)
                if code != chosen and across * NAME_INSIDE > east - west:
                    continue
                if not any(_meet(box, other) for other in taken):
                    taken.append(box)
                    again(held, self.made, (name, box), partial(self._name, held, name, box))
                    break

    def _name(self, held: Any, name: str, box: Box) -> Any:
        from pptx.enum.text import PP_ALIGN

        left, top, width, high = box
        label = held.add_textbox(*_inches(left - NAME_ROOM, top, width + 2 * NAME_ROOM, high))
        frame = label.text_frame
        frame.margin_top = frame.margin_bottom = frame.margin_left = frame.margin_right = 0
        frame.word_wrap = False
        _write(frame, name, LEAST, self.lang)
        paragraph = frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.CENTER
        paragraph.runs[0].font.bold = True
        paragraph.runs[0].font.color.rgb = _rgb(INK)
        glow(paragraph.runs[0], HALO)
        label.name = f"Name {name}"
        return label

    def _sites(self, held: Any, view: View) -> None:
        for site, colour, (x, y) in placed_sites(self.atlas, view):
            name = site["names"][view.lang]
            make = partial(self._site, held, site["kind"], site["id"], name, colour, (x, y))
            again(held, self.made, ("site", site["id"]), make)

    def _site(
        self, held: Any, kind: str, key: str, name: str, colour: str, point: tuple[float, float]
    ) -> Any:
        from pptx.enum.shapes import MSO_SHAPE

        across, down = self.place(*point)
        shape, half = getattr(MSO_SHAPE, SYMBOLS[kind]), SYMBOL / 2
        symbol = held.add_shape(shape, *_inches(across - half, down - half, SYMBOL, SYMBOL))
        symbol.name = key
        described(symbol, name)
        _paint(symbol, colour)
        _line(symbol, HALO, 1)
        return symbol


def _meet(one: Box, other: Box) -> bool:
    """Whether two boxes lie on each other."""
    return (
        abs(2 * one[0] + one[2] - 2 * other[0] - other[2]) < one[2] + other[2]
        and abs(2 * one[1] + one[3] - 2 * other[1] - other[3]) < one[3] + other[3]
    )


def _rgb(colour: str) -> Any:
    from pptx.dml.color import RGBColor

    make: Any = RGBColor.from_string
    return make(colour.lstrip("#").upper())


def _paint(shape: Any, fill: str, pattern: str = "") -> None:
    """Fill a shape; in a pattern, its own or that of its fill, the colour is what lies behind."""
    over = pattern or PATTERNS.get(pattern_of(fill), "")
    painted(shape, fill, over, OUTLINE if pattern else DOT, OUTLINE, THIN)


def _line(shape: Any, colour: str, points: float) -> None:
    from pptx.util import Pt

    shape.line.color.rgb = _rgb(colour)
    shape.line.width = Pt(points)


def _box(slide: Any, text: str, place: Box, lang: str) -> Any:
    box = slide.shapes.add_textbox(*_inches(*place))
    box.text_frame.word_wrap = True
    _write(box.text_frame, text, LEAST, lang)
    box.text_frame.paragraphs[0].runs[0].font.color.rgb = _rgb(INK)
    return box


def _write(frame: Any, text: str, size: int, lang: str) -> None:
    from pptx.util import Pt

    frame.text = " ".join(text.split())
    for run in frame.paragraphs[0].runs:
        run.font.size = Pt(size)
        spoken(run, lang)


def _inches(*numbers: float) -> tuple[int, ...]:
    from pptx.util import Inches

    return tuple(int(Inches(number)) for number in numbers)
