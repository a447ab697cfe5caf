"""What leaves the atlas in Spanish is Spanish: cards, files, briefing, previews, refusals."""

from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from pptx import Presentation

from geo.atlas import Atlas, load_atlas
from geo.briefing import FILES
from geo.briefing.scenes import SceneError, read_briefing
from geo.scene import build_scene
from geo.server.previews import PAGES, announced
from geo.share.files.card import card_figure
from geo.view import View
from tests.english import SPANISH_TEXTS, english_of, english_within
from tests.made import briefing_file, handout_read, sheet_read, view_file
from tests.server.test_api import Client

if TYPE_CHECKING:
    from collections.abc import Iterator

VIEWS = (
    View(lang="es"),
    View(lang="es", measure="usd", state="30"),
    View(lang="es", show="ratio", per="poverty", from_year=2010, weak="include", pillar=(1, 3)),
    View(lang="es", measure="usd", evidence="attributed", show="gap", scheme="log"),
)
NAMES = ["plain", "dollars", "ratio", "gap"]

ON_PAPER = {"briefing.pdf": "16:9", "briefing-a4.pdf": "a4", "briefing-letter.pdf": "letter"}


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas()


class Texts(HTMLParser):
    """The texts of a page that are shown, and those its script holds for later."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "cite", "a"):
            self.inside.append(tag)
        self.found += [v or "" for k, v in attrs if k in ("title", "alt", "aria-label")]

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.found.append(" ".join(data.split()))
        elif self.inside[-1] == "script" and data.lstrip().startswith("{"):
            self.found += strings(json.loads(data))


def strings(told: Any) -> Iterator[str]:
    """Every text in what was read from JSON but what is not shown or stays as published."""
    if isinstance(told, str):
        if not (told.isidentifier() and told.islower()):  # A machine's word, like a site's status.
            yield " ".join(told.split())
    elif isinstance(told, list):
        for one in told:
            yield from strings(one)
    elif isinstance(told, dict):
        for name, one in told.items():
            if name not in ("sourceTitles", "properties", "en"):
                yield from strings(one)


def texts_of_page(page: bytes) -> list[str]:
    reader = Texts()
    reader.feed(page.decode())
    return reader.found


def test_english_is_known_in_the_middle_of_a_text() -> None:
    assert english_within("1 / 12 · Where every state was asked alike · 4")
    assert not english_within("1 / 12 · Con preguntas iguales en cada estado · 4")


@pytest.mark.parametrize("view", VIEWS, ids=NAMES)
def test_a_card_is_spanish(atlas: Atlas, view: View) -> None:
    said = [" ".join(text.get_text().split()) for text in card_figure(atlas, view).texts]
    assert len(said) > 5
    assert english_of(said) == []
    assert english_within(" ".join(said)) == []


@pytest.mark.parametrize("view", VIEWS, ids=NAMES)
def test_a_sheet_is_spanish(atlas: Atlas, view: View) -> None:
    first, *lists = (page.said for page in sheet_read(view))
    assert english_within(first) == []
    listed = " ".join(" ".join(lists).split())
    for source_id in build_scene(atlas, view).source_ids:
        source = atlas.sources[source_id]
        for published in (source.title, source.author):
            listed = listed.replace(" ".join(published.split()), "")
    assert english_within(listed) == []


@pytest.mark.parametrize("view", VIEWS, ids=NAMES)
def test_a_one_file_map_is_spanish(view: View) -> None:
    said = texts_of_page(view_file("view.html", view))
    assert len(SPANISH_TEXTS & set(said)) > 5, "hardly a text of the catalogue is in the file"
    assert english_of(said) == []


@pytest.mark.parametrize("view", VIEWS, ids=NAMES)
def test_a_workbook_is_spanish(atlas: Atlas, view: View) -> None:
    book = openpyxl.load_workbook(io.BytesIO(view_file("values.xlsx", view)))
    assert [sheet.title for sheet in book.worksheets] == ["Valores", "Acerca de"]
    about = {row[0]: str(row[1]) for row in book.worksheets[1].iter_rows(values_only=True)}
    # Columns and their words are the API's; sources and terms of use stay as they were published.
    ours = {
        name: said
        for name, said in about.items()
        if name not in atlas.sources
        and name not in ("unit", "need")
        and not str(name).startswith("terms_")
    }
    assert len(ours) > 10
    assert english_of(ours.values()) == []


@pytest.mark.parametrize("name", FILES)
def test_the_briefing_is_spanish_in_every_form(name: str) -> None:
    if name in ON_PAPER:
        # All slides on one paper; the others say the same, by the same hand.
        pages = handout_read(ON_PAPER[name], "es", most=None if name == "briefing-a4.pdf" else 3)
        assert [found for page in pages for found in english_within(page.said)] == []
        return
    made = briefing_file(name, "es")
    if name.endswith(".pptx"):
        deck = Presentation(io.BytesIO(made))
        shapes = [shape for slide in deck.slides for shape in slide.shapes]
        said = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
        said += [slide.notes_slide.notes_text_frame.text for slide in deck.slides]
        assert english_of(said) == []
        assert english_within(" ".join(said)) == []
    else:
        said = texts_of_page(made)
        assert len(said) > 100
        assert english_of(said) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_link_unfolds_in_spanish(atlas: Atlas, path: str) -> None:
    preview = announced(atlas, f"/{path}", {"lang": ["es"], "measure": ["usd"]})
    assert preview.lang == "es"
    assert english_of([preview.title, preview.description]) == []
    assert english_within(f"{preview.title} · {preview.description}") == []


SCENE = "key: one, number: activities, title: {en: A, es: B}, notes: {en: A, es: B}"


@pytest.mark.parametrize(
    "text",
    [
        "scenes: 3",
        "scenes: []",
        "- [",
        "title: 2001-99-99",
        "[" * 50,
        "a: &a [x]\nb: *a",
        "#" * 300_000,
        "3",
        "scenes: [3]",
        "scenes: [{colour: red}]",
        "scenes: [{key: a b}]",
        "scenes: [{key: one, number: all}]",
        "scenes: [{key: one, number: state_value}]",
        "scenes: [{key: one, number: activities}]",
        "scenes: [{key: one, number: activities, title: {en: A, es: ' '}}]",
        f"scenes: [{{{SCENE}, view: measure=zz}}]",
        f"scenes: [{{{SCENE}, claim: none}}]",
        f"scenes: [{{{SCENE}, claim: border, view: to=2016}}]",
        f"scenes: [{{{SCENE}, claim: border, view: to=2012}}]",
        f"scenes: [{{{SCENE}, claim: border, view: 'to=2016&pillar=4'}}]",
        f"scenes: [{{{SCENE}, claim: border, view: 'to=2016&weak=include'}}]",
        f"title: {{en: A, es: B}}\nscenes: [{{{SCENE}}}, {{{SCENE}}}]",
        "scenes: [" + ", ".join("{}" for _ in range(70)) + "]",
    ],
)
def test_a_scene_file_is_refused_in_the_language_of_who_brought_it(text: str) -> None:
    with pytest.raises(SceneError) as told:
        read_briefing(text.encode(), "mía.yaml", "es")
    assert str(told.value).startswith("mía.yaml")
    assert english_of([told.value.problem, told.value.remedy]) == []
    with pytest.raises(SceneError) as english:
        read_briefing(text.encode(), "mía.yaml")
    assert english.value.problem != told.value.problem
    assert english.value.remedy != told.value.remedy
    assert not re.search(r"\b(row|field)\b", str(told.value).split(":")[0])


@pytest.mark.parametrize(
    "path",
    ["/export/map.doc", "/handout/briefing.doc", "/api/v1/values.doc", "/api/v1/rebalance.doc"],
)
def test_a_file_there_is_not_is_refused_in_the_language_of_the_link(path: str) -> None:
    english, spanish = Client().get(path), Client().get(f"{path}?lang=es")
    assert (english.status_code, spanish.status_code) == (404, 404)
    assert english_of([english.text]) == [english.text]
    assert english_of([spanish.text]) == []
