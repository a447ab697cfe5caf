"""One telling: every outlet of a view says its part of the same words, and all of that part.

The table says which part each outlet shows. It is held to what the outlet really gives out: a page
that is run, a file that is read again, a figure's texts.
"""

from __future__ import annotations

import datetime as dt
import html
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from functools import cache
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote_plus

import openpyxl
import pyogrio
import pytest
from markupsafe import Markup
from pptx import Presentation

from geo import words
from geo.atlas import Atlas, load_atlas
from geo.briefing import FILES
from geo.briefing.computed import ComputedBriefing, compute_slides
from geo.briefing.handout import handout_pages
from geo.briefing.listing import briefing_body, slide_html
from geo.briefing.scenes import Briefing, SceneFile, own_briefing
from geo.chapters.map import receipt_page_html
from geo.language import speech
from geo.server.previews import announced
from geo.share import KINDS, downloads_part_html, tags_html
from geo.share.dialog import citations, dialog_html
from geo.share.files import bundle_zip
from geo.share.files.card import card_figure
from geo.share.files.sheet import sheet_figure
from geo.view import View, spell_query
from geo.words import Telling, tell
from tests.covering import covering
from tests.made import BASE, Page, read_pages, sheet_read, view_file
from tests.page_run import markup_of, run_page

TODAY = dt.date(2026, 11, 24)

VIEWS = {
    "all": View(),
    "priority": View(pillar=(4,)),
    "years": View(from_year=2015, show="ratio", per="homicides"),
    "search": View(found="systematic"),
    "given": View(kind=("training", "prisons"), funder=("merida", "usaid"), recipient=("state",)),
    "weak": View(weak="include", evidence="attributed", from_year=2012, to_year=2018),
    "dollars": View(measure="usd", pillar=(3, 4)),
    "constant": View(measure="usd", dollars="constant"),
    "state": View(state="30", pillar=(1,)),
    "spanish": View(lang="es", measure="usd", pillar=(1, 3), from_year=2010, state="02"),
    "nothing": View(measure="usd", pillar=(5,)),
}

TABLE = """
                 headline title alike caveat filters state remainder reasons legend provenance sourced licence link sources
page                x      .       x     x       x      .       x        x      x        .         .       .      x     .
embed               x      .       x     x       x      .       x        .      x        x         .       .      x     .
preview             x      x       x     x       x      x       .        .      .        .         .       .      x     .
panel               x      .       x     .       x      .       .        .      .        .         .       .      x     .
downloads           x      .       x     .       x      .       .        .      .        .         .       .      .     .
card.png            x      .       x     x       x      .       .        .      x        x         .       .      .     .
map.png             x      .       x     x       x      x       x        x      x        x         x       x      x     .
map.svg             x      .       x     x       x      x       x        x      x        x         x       x      x     .
map.pdf             x      .       x     x       x      x       x        x      x        x         x       x      x     x
view.html           x      .       x     x       x      .       x        x      x        x         .       .      x     x
values.csv          .      .       .     .       .      .       .        .      .        .         .       .      .     .
values.xlsx         x      .       x     x       x      .       .        .      .        .         .       x      .     x
values.json         x      .       x     .       x      .       .        .      .        .         .       .      .     x
values.geojson      .      .       .     .       .      .       .        .      .        .         .       .      .     .
values.gpkg         x      .       x     x       x      .       .        x      .        .         .       x      .     x
activities.csv      .      .       .     .       .      .       .        .      .        .         .       .      .     .
view.zip            x      .       x     x       x      .       x        .      .        x         .       .      x     x
about.json          x      .       x     x       x      .       .        .      .        .         .       x      .     .
briefing.html       x      .       x     x       x      .       .        .      x        x         x       .      .     x
briefing.pdf        x      .       x     x       x      .       .        .      x        x         x       .      .     .
briefing-a4.pdf     x      .       x     x       x      .       .        .      x        x         x       .      .     .
briefing-letter.pdf x      .       x     x       x      .       .        .      x        x         x       .      .     .
briefing.pptx       x      .       x     x       x      .       .        .      x        x         x       .      .     .
receipt.html        x      .       x     x       x      x       x        x      .        x         .       .      x     .
briefing            x      .       x     .       x      .       .        .      .        .         .       .      x     .
"""  # noqa: E501
"""Outlet → which parts of the telling it shows.

The panel is that to share, `about.json` lies in the zip, and the last is the Briefing page's list.
"""

OF_THE_STATE_ALONE = {("map.pdf", "sources")}
"""With a state selected this outlet shows its part for that state; see `test_papers.py`."""

PARTS, *LINES = (line.split() for line in TABLE.strip().splitlines())
SHOWN = {
    outlet: {part for part, mark in zip(PARTS, marks, strict=True) if mark == "x"}
    for outlet, *marks in LINES
}

DEAR = (
    *("briefing.pdf", "briefing-a4.pdf", "briefing-letter.pdf", "map.pdf", "briefing.pptx"),
    *("card.png", "map.png", "map.svg", "values.xlsx", "values.gpkg", "briefing.html"),
)
"""Outlets that are drawn for a view, or written and read again, which takes a tenth of a second."""

TELLS_ALL = ("all", "spanish")
"""Between them these views have something to say in every part."""

ALWAYS = [pair for pair in product(VIEWS, SHOWN) if pair[1] not in DEAR or pair[0] in TELLS_ALL]
OTHERS = [view for view in VIEWS if view not in TELLS_ALL]


def test_the_table_has_every_part_and_every_file_of_a_view() -> None:
    assert [field.name for field in fields(Telling)] == PARTS
    assert set(SHOWN) >= {*KINDS, *FILES}
    assert set(SHOWN) == set(OUTLETS)


def test_two_views_have_something_to_say_in_every_part() -> None:
    told = [tell(load_atlas(), VIEWS[name], BASE) for name in TELLS_ALL]
    assert [part for part in PARTS if not any(words_of(one, part) for one in told)] == []


def test_whoever_shows_a_headline_shows_its_filters_and_what_it_is_by_even_search() -> None:
    assert [outlet for outlet, shown in SHOWN.items() if 0 < len({*LAW} & shown) < len(LAW)] == []


def test_nobody_can_word_a_view_beside_the_telling() -> None:
    worded = {"headline", "alike", "caveat", "filters", "state_line", "remainder", "reason_texts"}
    assert not {*worded, "provenance"} & set(vars(words))


@pytest.mark.parametrize(("view", "outlet"), [*ALWAYS, *covering(OTHERS, DEAR)])
def test_an_outlet_says_what_the_table_says_of_it(view: str, outlet: str) -> None:
    telling, found = told(outlet, view)
    there = {part for part in PARTS if words_of(telling, part)}
    if VIEWS[view].state:
        there -= {part for part in PARTS if (outlet, part) in OF_THE_STATE_ALONE}
    assert found == SHOWN[outlet] & there


@pytest.mark.parametrize("view", ["priority", "spanish"])
def test_no_text_to_send_has_the_headline_without_the_filters(view: str) -> None:
    atlas, asked = load_atlas(), VIEWS[view]
    telling = tell(atlas, asked, BASE)
    preview = announced(atlas, "/", queried(asked))
    assert telling.finding == preview.card_shows
    assert telling.alike
    assert telling.alike in telling.finding
    said = unquote_plus(panel(atlas, asked, BASE).replace("\\", ""))
    assert said.count(telling.headline.rstrip(".")) > 8, "message, six links, frame, citations"
    whole = telling.finding.rstrip(".")
    assert said.count(whole) == said.count(telling.headline.rstrip("."))
    cited = citations(atlas, preview, BASE, TODAY, speech(asked.lang))
    assert all(telling.filters.rstrip(".") in text for text in cited.values())


@pytest.mark.parametrize("page", ["sites", "evidence", "methods", "rebalance", "background"])
def test_on_another_page_the_card_of_the_view_is_described_with_its_filters(page: str) -> None:
    view = VIEWS["priority"]
    preview = announced(load_atlas(), f"/{page}", queried(view))
    assert tell(load_atlas(), view).filters in preview.card_shows


def test_the_listed_briefing_shows_the_filters_of_every_slide() -> None:
    atlas, say = load_atlas(), speech("es")
    said = squeezed(text(briefing_body(atlas, say)))
    own = compute_slides(atlas, own_briefing(atlas.data), "es").slides
    filtered = [one.telling.filters for one in own if one.telling.filters]
    assert filtered
    assert [each for each in filtered if squeezed(each) not in said] == []


LAW = ("headline", "alike", "filters")


@dataclass(frozen=True)
class Outlet:
    """How what an outlet gives out is read as text; `base` is the address its links begin with."""

    read: Callable[[Atlas, View, str], str]
    base: str = BASE


@cache
def told(outlet: str, view: str) -> tuple[Telling, set[str]]:
    """What a view has to say, and the parts of it that stand in what the outlet gives out."""
    atlas, asked, way = load_atlas(), VIEWS[view], OUTLETS[outlet]
    said, telling = squeezed(way.read(atlas, asked, way.base)), tell(atlas, asked, way.base)
    found = {
        part
        for part in PARTS
        if (known := words_of(telling, part)) and all(squeezed(one) in said for one in known)
    }
    return telling, found


def words_of(telling: Telling, part: str) -> list[str]:
    """The texts by which a part is known; none where the view has nothing of it to say."""
    value = getattr(telling, part)
    if part == "reasons":
        return [reason for reason, _ in value]
    if part == "legend":
        return [value.title, *(row.label for row in (*value.classes, *value.others))]
    if part == "sources":  # A list on paper breaks long titles where they have no spaces.
        return [source.title[:40] for source in value]
    if part == "link":  # That of the whole atlas is the beginning of any address.
        return [value] if "?" in value else []
    return [value] if value else []


def squeezed(said: str) -> str:
    """A text without what a break of lines changes, the quotes of CSV, and the blanks of CC BY."""
    return re.sub(r"[\s\-\ufffe\"]+", "", said.replace(r"\$", "$"))


TERM = re.compile(r'<button [^>]*class="ma-term"[^>]*>(.*?)</button><span [^>]*>.*?</span>')
WHOLE = re.compile(r'<span class="ma-whole">([^<]*)</span>')
"""A term of the glossary, with its meaning; and one that is kept with the mark behind it."""


def text(markup: Markup | str) -> str:
    """Markup as it reads, with what stands in its attributes; terms with their meaning shut.

    The map in words repeats much of the page and is left out, so that it hides no gap there.
    """
    shown = str(markup).partition('<script type="application/json"')[0]
    shown = WHOLE.sub(r"\1", TERM.sub(r"\1", shown))
    return html.unescape(re.sub(r'<details class="ma-described">.*?</details>', "", shown))


def queried(view: View) -> dict[str, list[str]]:
    return {name: [value] for name, value in spell_query(view).items()}


def strings(value: Any) -> Iterator[str]:
    """Every text in what was read from JSON; what a paint says is the map's own business."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name != "paint":
                yield from strings(one)


def page(_atlas: Atlas, view: View, _base: str) -> str:
    return text(markup_of(run_page("map.py", **spell_query(view))))


def embed(_atlas: Atlas, view: View, _base: str) -> str:
    return text(markup_of(run_page("map.py", embedded=True, **spell_query(view))))


def preview_tags(atlas: Atlas, view: View, base: str) -> str:
    return text(tags_html(announced(atlas, "/", queried(view)), base))


def panel(atlas: Atlas, view: View, base: str) -> str:
    return text(dialog_html(atlas, announced(atlas, "/", queried(view)), base, TODAY))


def downloads(atlas: Atlas, view: View, _base: str) -> str:
    return re.sub(r"<[^>]+>", " ", text(downloads_part_html(atlas, view, "", speech(view.lang))))


def figure_texts(figure: Any) -> str:
    return " ".join(one.get_text() for one in figure.texts)


def made(name: str, read: Callable[[bytes], str]) -> Outlet:
    """The outlet of a file, as it is read again."""
    return Outlet(lambda _atlas, view, base: read(view_file(name, view, base)))


def on_paper(pages: tuple[Page, ...]) -> str:
    return " ".join(page.said for page in pages)


def printed(paper: str) -> Outlet:
    """A briefing on one of PAPERS, before it is written; see `tests/made.py`."""

    def read(atlas: Atlas, view: View, _base: str) -> str:
        return on_paper(read_pages(handout_pages(atlas, one_slide(atlas, view), paper)))

    return Outlet(read, "")


def plain(content: bytes) -> str:
    return content.decode()


def js(content: bytes) -> str:
    return " ".join(strings(json.loads(content)))


def workbook(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = [row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)]
    return " ".join(str(cell) for row in rows for cell in row if cell is not None)


def geopackage(content: bytes) -> str:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "view.gpkg"
        path.write_bytes(content)
        tables = [
            pyogrio.read_dataframe(path, layer=name, read_geometry=False)
            for name, _ in pyogrio.list_layers(path)
        ]
    return " ".join(str(cell) for table in tables for row in table.to_numpy() for cell in row)


def in_zip(*names: str) -> Outlet:
    """What the zip adds to the files it holds, each of which has a line of its own."""

    def read(atlas: Atlas, view: View, base: str) -> str:
        packed = zipfile.ZipFile(io.BytesIO(bundle_zip(atlas, view, base, {})))
        return " ".join(packed.read(f"merida-atlas/{name}").decode() for name in names)

    return Outlet(read)


def one_slide(atlas: Atlas, view: View) -> ComputedBriefing:
    """A briefing of a presenter's own, whose one slide shows the view."""
    name = {"en": "A", "es": "B"}
    mine = Briefing(name, (SceneFile("one", view, "activities", name, name),))
    return compute_slides(atlas, mine, view.lang)


def presented(name: str, read: Callable[[bytes], str]) -> Outlet:
    return Outlet(
        lambda atlas, view, _base: read(FILES[name].make(atlas, one_slide(atlas, view))), ""
    )


def held(content: bytes) -> str:
    """What the page to present holds for its script."""
    found = re.findall(r'id="told">(.*?)</script>', content.decode())
    return " ".join(strings(json.loads(found[0])["scenes"]))


def deck(content: bytes) -> str:
    slides = Presentation(io.BytesIO(content)).slides
    shapes = [shape for slide in slides for shape in slide.shapes if shape.has_text_frame]
    # What a slide's foot has no room for, at a size that can be read, stands in its notes.
    notes = [slide.notes_slide.notes_text_frame.text for slide in slides]
    return " ".join((*(shape.text_frame.text for shape in shapes), *notes))


def listed(atlas: Atlas, view: View, _base: str) -> str:
    (one,) = one_slide(atlas, view).slides
    return text(slide_html(one, speech(view.lang)))


OUTLETS = {
    "page": Outlet(page, ""),
    "embed": Outlet(embed, ""),
    "preview": Outlet(preview_tags),
    "panel": Outlet(panel),
    "downloads": Outlet(downloads, ""),
    "card.png": Outlet(lambda atlas, view, _: figure_texts(card_figure(atlas, view))),
    "map.png": Outlet(lambda atlas, view, base: figure_texts(sheet_figure(atlas, view, base))),
    "map.svg": made("map.svg", lambda content: re.sub(r"<[^>]+>", " ", text(content.decode()))),
    "map.pdf": Outlet(lambda _atlas, view, base: on_paper(sheet_read(view, base))),
    "view.html": made("view.html", lambda content: text(content.decode())),
    "values.csv": made("values.csv", plain),
    "values.xlsx": made("values.xlsx", workbook),
    "values.json": made("values.json", js),
    "values.geojson": made("values.geojson", js),
    "values.gpkg": made("values.gpkg", geopackage),
    "activities.csv": made("activities.csv", plain),
    "view.zip": in_zip("README.txt", "sources.csv"),
    "about.json": in_zip("about.json"),
    "briefing.html": presented("briefing.html", held),
    "briefing.pdf": printed("16:9"),
    "briefing-a4.pdf": printed("a4"),
    "briefing-letter.pdf": printed("letter"),
    "briefing.pptx": presented("briefing.pptx", deck),
    "receipt.html": Outlet(
        lambda atlas, view, _base: text(receipt_page_html(atlas, view, speech(view.lang))), ""
    ),
    "briefing": Outlet(listed, ""),
}
