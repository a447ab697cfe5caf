"""The slides to edit: made for 16:9, nobody's but ours, read in order, and nothing leaves them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pytest
from fontTools.afmLib import AFM
from fontTools.agl import UV2AGL
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_FILL_TYPE, MSO_PATTERN_TYPE
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.util import Emu, Pt

from geo.atlas import Atlas, load_atlas
from geo.briefing.arial import fitted, lines_at, most_lines, wide
from geo.briefing.computed import ComputedBriefing, Slide
from geo.briefing.files import own_slides
from geo.briefing.scenes import LONGEST
from geo.briefing.slides import handout_pptx
from geo.drawing import drawn_sites
from geo.paper import unzipped
from geo.scene import SELECTED, build_scene, pattern_of
from geo.view import LANGS
from geo.words import fill_of
from tests.made import BASE, briefing_file
from tests.strategies import one_in

LONG = {
    "en": "How the aid that was meant for the rule of law in every state of the country was spent "
    "at one single border",
    "es": "Cómo la ayuda que debía servir al estado de derecho en todas las entidades del país se "
    "gastó en una frontera",
}
"""Titles of at least 107 letters."""

TAGS = {"en": "en-US", "es": "es-MX"}


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas()


@pytest.fixture(scope="module", params=LANGS)
def told(atlas: Atlas, request: pytest.FixtureRequest) -> ComputedBriefing:
    return own_slides(atlas, request.param, BASE)


def made(told: ComputedBriefing) -> bytes:
    return briefing_file("briefing.pptx", told.lang)


@cache
def deck_in(lang: str) -> Any:
    return Presentation(io.BytesIO(briefing_file("briefing.pptx", lang)))


def deck_of(told: ComputedBriefing) -> Any:
    return deck_in(told.lang)


def deck_with(told: ComputedBriefing, title: str) -> Any:
    return Presentation(io.BytesIO(handout_pptx(load_atlas(), with_titles(told, title))))


KNOWN: dict[Any, list[Any]] = {}
"""Element of a slide → its shapes, which take longer to find than to look at."""


def shapes_in(slide: Any) -> list[Any]:
    if slide._element not in KNOWN:
        KNOWN[slide._element] = list(found_in(slide))
    return KNOWN[slide._element]


def found_in(holder: Any) -> Iterator[Any]:
    for shape in holder.shapes:
        yield shape
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from found_in(shape)


def instead_of(shape: Any) -> str:
    return str(shape._element._nvXxPr.cNvPr.get("descr") or "")


def every(told: ComputedBriefing) -> tuple[Slide, ...]:
    """What the deck holds: the slides on the way, and after them the appendix."""
    return told.slides + told.appendix


def with_titles(told: ComputedBriefing, title: str) -> ComputedBriefing:
    slides = tuple(replace(one, title=title) for one in told.slides[:2])
    return replace(told, slides=slides, appendix=())


@cache
def letters(*, bold: bool) -> dict[str, float]:
    """Widths of letters in thousandths of the size, by Adobe's metrics of the same widths."""
    name = "Helvetica-Bold.afm" if bold else "Helvetica.afm"
    metrics = AFM(str(Path(mpl.get_data_path(), "fonts", "pdfcorefonts", name)))
    return {chr(c): metrics[n][1] for c, n in UV2AGL.items() if metrics.has_char(n)}


def needed(text: str, width: float, size: float, *, bold: bool) -> float:
    """The height in inches that a text takes in lines of this width, counted letter by letter."""
    known, lines, taken = letters(bold=bold), 1, 0.0
    for word in text.split():
        long = sum(known[letter] for letter in word) * size / 72000
        if taken and taken + long > width:
            lines, taken = lines + 1, 0.0
        taken += long + known[" "] * size / 72000
    return lines * 1.15 * size / 72


def too_tall(deck: Any) -> list[str]:
    """The texts of a deck that do not fit their boxes."""
    found = []
    for slide in deck.slides:
        for shape in shapes_in(slide):
            if not shape.has_text_frame or not (runs := shape.text_frame.paragraphs[0].runs):
                continue
            frame, size = shape.text_frame, runs[0].font.size.pt
            room = Emu(shape.width - frame.margin_left - frame.margin_right).inches
            text = frame.text
            bold = "Title" in shape.name or shape.name.startswith(("Number", "Name "))
            bold = bold or shape.name == "Legend"
            high = needed(text, room, size, bold=bold)
            if high > Emu(shape.height - frame.margin_top - frame.margin_bottom).inches + 0.01:
                found.append(text)
    return found


def as_the_library_outlines_it(
    group: Any, rings: Sequence[Sequence[tuple[int, ...]]], name: str
) -> None:
    builder = group.shapes.build_freeform(*rings[0][0])
    for at, (first, *others) in enumerate(rings):
        if at:
            builder.move_to(*first)
        builder.add_line_segments(others)
    builder.convert_to_shape().name = name


def as_the_library_paints_it(
    shape: Any, fill: str, pattern: str, over: str, line: str, points: float
) -> None:
    colour: Any = RGBColor.from_string
    behind, before, around = (colour(one[1:].upper()) for one in (fill, over, line))
    if pattern:
        shape.fill.patterned()
        shape.fill.pattern = MSO_PATTERN_TYPE.from_xml(pattern)
        shape.fill.fore_color.rgb, shape.fill.back_color.rgb = before, behind
    else:
        shape.fill.solid()
        shape.fill.fore_color.rgb = behind
    shape.line.color.rgb, shape.line.width = around, Pt(points)
    shape.shadow.inherit = False


def as_the_library_saves_it(deck: Any) -> dict[str, bytes]:
    out = io.BytesIO()
    deck.save(out)
    return unzipped(out)


@pytest.fixture
def two(atlas: Atlas) -> ComputedBriefing:
    """Two of the slides."""
    return with_titles(own_slides(atlas, "es", BASE), "A")


class TestPages:
    def test_the_slides_can_be_edited_and_nothing_leaves_them(
        self, atlas: Atlas, told: ComputedBriefing
    ) -> None:
        deck = deck_of(told)
        assert len(deck.slides) == len(every(told))
        for slide, one in zip(deck.slides, every(told), strict=True):
            scene = build_scene(atlas, one.view)
            shapes = {shape.name: shape for shape in shapes_in(slide)}
            said = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
            for text in (one.title, one.number):
                assert text in said
            assert [text for text in said if text and one.finding.startswith(text)]
            notes = slide.notes_slide.notes_text_frame.text
            assert one.notes in notes
            assert one.finding in notes
            for code, state in atlas.states.items():
                fill = shapes[state.names[told.lang]].fill
                striped = "sez" in one.view.layers and state.sez
                patterned = bool(pattern_of(fill_of(scene, code)))
                marked = fill.type == MSO_FILL_TYPE.PATTERNED
                assert marked == (striped or patterned)
                colour = str((fill.back_color if marked else fill.fore_color).rgb)
                assert f"#{colour.lower()}" == fill_of(scene, code).lower()
            lines = {
                code: str(shapes[state.names[told.lang]].line.color.rgb)
                for code, state in atlas.states.items()
            }
            chosen = [code for code, colour in lines.items() if f"#{colour.lower()}" == SELECTED]
            assert chosen == ([one.view.state] if one.view.state else [])
            sites = {site["id"] for site in drawn_sites(atlas) if site["kind"] != "city"}
            assert (sites <= set(shapes)) == ("sites" in one.view.layers)
            for shape in shapes_in(slide):
                assert shape.left >= 0
                assert shape.top >= 0
                assert shape.left + shape.width <= deck.slide_width
                assert shape.top + shape.height <= deck.slide_height

    def test_no_type_is_smaller_than_a_36th_of_the_slides_height(
        self, told: ComputedBriefing
    ) -> None:
        deck = deck_of(told)
        least = Emu(deck.slide_height).pt / 36
        for slide in deck.slides:
            for shape in shapes_in(slide):
                for paragraph in shape.text_frame.paragraphs if shape.has_text_frame else ():
                    for run in paragraph.runs:
                        assert run.font.size.pt >= least, (shape.name, run.text)

    def test_no_title_has_one_word_alone_in_its_second_line(self, told: ComputedBriefing) -> None:
        title = (
            "Where did the aid for the rule of law in every single state go, and to whom exactly"
        )
        for deck in (deck_of(told), deck_with(told, title)):
            for slide in deck.slides:
                shape = slide.shapes.title
                box = (0.0, 0.0, Emu(shape.width).inches, Emu(shape.height).inches)
                size = shape.text_frame.paragraphs[0].runs[0].font.size.pt
                lines = lines_at(shape.text_frame.text, box, size, bold=True)
                assert len(lines) != 2 or " " in lines[1], lines

    def test_states_are_named_on_the_map_and_no_name_lies_on_another(
        self, atlas: Atlas, told: ComputedBriefing
    ) -> None:
        known = {name for s in atlas.states.values() for name in (s.abbr, s.names[told.lang])}
        for slide, one in zip(deck_of(told).slides, every(told), strict=True):
            names = [shape for shape in shapes_in(slide) if shape.name.startswith("Name ")]
            assert len(names) > 12
            assert {shape.text_frame.text for shape in names} <= known
            if one.view.state:
                chosen = atlas.states[one.view.state].names[told.lang]
                assert chosen in [shape.text_frame.text for shape in names]
            for at, shape in enumerate(names):
                for other in names[at + 1 :]:
                    across = min(shape.left + shape.width, other.left + other.width) - max(
                        shape.left, other.left
                    )
                    down = min(shape.top + shape.height, other.top + other.height) - max(
                        shape.top, other.top
                    )
                    # Each box is a twentieth of an inch wider on each side than its name.
                    assert min(across - Emu(91440), down) <= Emu(914)

    def test_the_objections_wait_at_the_end_and_a_clicker_passes_them_by(
        self, told: ComputedBriefing
    ) -> None:
        hidden = [slide._element.get("show") == "0" for slide in deck_of(told).slides]
        assert hidden == [False] * len(told.slides) + [True] * len(told.appendix)

    def test_no_text_of_a_slide_runs_out_of_its_box(self, told: ComputedBriefing) -> None:
        assert too_tall(deck_of(told)) == []

    def test_no_box_of_a_text_lies_on_another(self, told: ComputedBriefing) -> None:
        for slide in deck_of(told).slides:
            texts = [
                (shape.name, shape.left, shape.top, shape.width, shape.height)
                for shape in slide.shapes
                if shape.has_text_frame and shape.height and shape.text_frame.text
            ]
            assert len(texts) > 4
            for (one, *first), (two, *second) in combinations(texts, 2):
                across, down = (
                    min(first[at] + first[at + 2], second[at] + second[at + 2])
                    - max(first[at], second[at])
                    for at in (0, 1)
                )
                assert min(across, down) <= Emu(914), (one, two)

    def test_a_title_of_107_letters_stays_on_the_slide_whole(self, told: ComputedBriefing) -> None:
        title = LONG[told.lang]
        assert len(title) >= 107
        deck = deck_with(told, title)
        assert too_tall(deck) == []
        for slide in deck.slides:
            assert slide.shapes.title.text_frame.text == title
            assert slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size.pt >= 20

    def test_a_title_as_long_as_a_file_may_have_is_cut_and_told_in_the_notes(
        self, told: ComputedBriefing
    ) -> None:
        title = ("Mérida " * LONGEST)[:LONGEST].strip()
        deck = deck_with(told, title)
        assert too_tall(deck) == []
        for slide in deck.slides:
            assert slide.shapes.title.text_frame.text.endswith(" …")
            assert slide.notes_slide.notes_text_frame.text.startswith(title)

    def test_every_layout_is_made_for_the_width_of_the_slide(self, told: ComputedBriefing) -> None:
        deck = deck_of(told)
        assert (deck.slide_width, deck.slide_height) == (12_192_000, 6_858_000), "16:9 as it is"
        for layout in (deck.slide_master, *deck.slide_layouts):
            for place in layout.placeholders:
                assert place.left + place.width <= deck.slide_width
                if place.placeholder_format.type == PP_PLACEHOLDER.TITLE:
                    left = place.left
                    assert left == pytest.approx(deck.slide_width - place.width - left, abs=9144)
        picture = next(
            place
            for place in deck.notes_master.placeholders
            if place.placeholder_format.type == PP_PLACEHOLDER.SLIDE_IMAGE
        )
        assert picture.width / picture.height == pytest.approx(16 / 9, rel=0.01)


class TestProperties:
    def test_they_are_ours_and_of_the_data(self, atlas: Atlas, told: ComputedBriefing) -> None:
        own = deck_of(told).core_properties
        assert own.title == told.title
        assert own.author == own.last_modified_by == "Mérida Atlas"
        assert own.language == TAGS[told.lang]
        assert atlas.version in own.subject
        assert own.created == own.modified
        newest = max(one.date for one in atlas.sources.values() if re.fullmatch(DAY, one.date))
        assert own.created.date().isoformat() == newest

    def test_nothing_is_left_of_the_file_it_began_as(self, told: ComputedBriefing) -> None:
        package = zipfile.ZipFile(io.BytesIO(made(told)))
        names = package.namelist()
        assert not [
            name for name in names if re.search(r"thumbnail|printerSettings|app\.xml", name)
        ]
        text = " ".join(
            package.read(name).decode() for name in names if name.endswith((".xml", ".rels"))
        )
        for trace in (
            "Canny",
            "python-pptx",
            "2013-",
            "1/27/13",
            "10/17/16",
            "4x3",
            "Click to edit",
        ):
            assert trace not in text, trace
        theme = package.read("ppt/theme/theme1.xml").decode()
        assert "Calibri" not in theme

    def test_the_same_briefing_is_the_same_slides(self, two: ComputedBriefing) -> None:
        def parts(content: bytes) -> dict[str, bytes]:
            package = zipfile.ZipFile(io.BytesIO(content))
            return {name: package.read(name) for name in package.namelist()}

        assert parts(handout_pptx(load_atlas(), two)) == parts(handout_pptx(load_atlas(), two))

    def test_they_are_to_the_byte_what_the_library_makes_shape_by_shape(
        self, atlas: Atlas, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What makes many shapes at once, or copies them, is quicker, and changes nothing."""
        told = own_slides(atlas, "es", BASE)
        striped = next(one for one in told.slides if "sez" in one.view.layers)
        some = replace(told, slides=(*told.slides[:2], striped), appendix=())
        made = handout_pptx(load_atlas(), some)
        outlines: dict[Any, Any] = {}
        ordinary: dict[str, Callable[..., Any]] = {
            "outlined": as_the_library_outlines_it,
            "gathered": lambda group: group.shapes,
            "again": lambda _held, _made, _key, make: make(),
            "painted": as_the_library_paints_it,
            "known_outlines": lambda *_: outlines,
            "saved": as_the_library_saves_it,
        }
        for name, own in ordinary.items():
            monkeypatch.setattr(f"geo.briefing.slides.{name}", own)
        assert handout_pptx(load_atlas(), some) == made


class TestReadAloud:
    def test_every_run_says_its_language(self, told: ComputedBriefing) -> None:
        package = zipfile.ZipFile(io.BytesIO(made(told)))
        for name in package.namelist():
            if re.match(
                r"ppt/(slides|notesSlides|slideLayouts|slideMasters|notesMasters)/[^_]", name
            ):
                text = package.read(name).decode()
                runs = re.findall(r"<a:(?:r|fld)\b.*?</a:(?:r|fld)>", text, re.S)
                assert runs, name
                assert [run for run in runs if f'lang="{TAGS[told.lang]}"' not in run] == [], name
                others = set(re.findall(r'lang="([^"]*)"', text)) - {TAGS[told.lang]}
                assert not others, name

    def test_whatever_is_drawn_has_a_text_in_its_place(
        self, atlas: Atlas, told: ComputedBriefing
    ) -> None:
        for slide, one in zip(deck_of(told).slides, every(told), strict=True):
            for shape in shapes_in(slide):
                if not shape.has_text_frame or not shape.text_frame.text:
                    assert instead_of(shape), shape.name
            [group] = [s for s in slide.shapes if s.shape_type == MSO_SHAPE_TYPE.GROUP]
            assert len(instead_of(group).split()) > 15
            shapes = {shape.name: shape for shape in group.shapes}
            for state in atlas.states.values():
                assert instead_of(shapes[state.names[told.lang]]).startswith(state.names[told.lang])
            labels = [row.label for row in one.telling.legend.rows]
            assert [
                label
                for label in labels
                if not any(label in instead_of(shape) for shape in slide.shapes)
            ] == []

    def test_a_slide_is_read_title_first_and_what_stands_beneath_the_map_last(
        self, told: ComputedBriefing
    ) -> None:
        for slide in deck_of(told).slides:
            shapes = list(slide.shapes)
            assert shapes[0] == slide.shapes.title
            assert shapes[0].placeholder_format.type == PP_PLACEHOLDER.TITLE
            names = [shape.name for shape in shapes]
            order = ["Title", "Number", "Label", "Finding", "Legend", "Beneath", "Foot", "Page"]
            assert [name for name in names if name in order] == order
            assert shapes[4].shape_type == MSO_SHAPE_TYPE.GROUP

    def test_no_two_shapes_of_a_slide_have_one_number(self, told: ComputedBriefing) -> None:
        for slide in deck_of(told).slides:
            numbers = [shape.shape_id for shape in shapes_in(slide)]
            assert len(set(numbers)) == len(numbers)

    def test_every_slide_leads_to_its_view(self, told: ComputedBriefing) -> None:
        for slide, one in zip(deck_of(told).slides, every(told), strict=True):
            addresses = [
                run.hyperlink.address
                for shape in slide.shapes
                if shape.has_text_frame
                for paragraph in shape.text_frame.paragraphs
                for run in paragraph.runs
                if run.hyperlink.address
            ]
            assert addresses == [one.telling.link]


DAY = r"\d{4}-\d{2}-\d{2}"


class TestArial:
    def test_words_are_as_wide_as_the_font_makes_them(self) -> None:
        # H 722, e 556, l 222 twice, o 556 thousandths of the size.
        assert wide("Hello") == pytest.approx(2278 / 1000 / 72)
        assert wide("Número", bold=True) > wide("Número")

    @given(st.text(min_size=1, max_size=400), st.booleans())
    @one_in(2)
    def test_what_is_fitted_fits_or_says_that_it_was_cut(self, text: str, bold: bool) -> None:
        box = (0.0, 0.0, 3.0, 0.6)
        shown, size = fitted(text, box, (20, 14, 9), bold=bold)
        assert len(lines_at(shown, box, size, bold=bold)) <= most_lines(box, size)
        assert shown == text or shown.endswith("…") or " ".join(text.split()).startswith(shown)
