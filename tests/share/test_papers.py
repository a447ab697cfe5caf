"""The sheet on paper: a state's own pages, and what a PDF tells other programs of itself."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Any

import pypdfium2
import pytest
from matplotlib import _text_helpers
from matplotlib.backends import backend_pdf

from geo.atlas import Atlas, Source, load_atlas
from geo.briefing import FILES, compute_slides
from geo.briefing.computed import ComputedBriefing
from geo.briefing.files import own_slides
from geo.briefing.handout import handout_pages
from geo.briefing.scenes import Briefing, SceneFile
from geo.chapters.map import Profile, profile_of
from geo.language import speech
from geo.paper import text_pages
from geo.paper.pdf_file import NOT_EMBEDDED
from geo.scene import build_scene
from geo.share.files.sheet import _forms, map_pdf, sheet_pages
from geo.view import LANGS, STATE_CODES, View
from geo.words import tell
from tests.covering import covering
from tests.made import BASE, Page, handout_read, read_pages, sheet_read, view_file
from tests.pdfs import fonts, is_tagged, language, links, tags, untagged_texts
from tests.research import newest_source

STATES = ("03", "05", "08", "09", "19", "30")
"""None, few and many activities; a long name; the state of the essay."""

NOTHING = View(measure="usd", pillar=(5,))
"""A view without any source: the shortest sheet of the whole country."""

SOME = View(named="yes")
"""A view of the whole country whose sources take more than a page."""


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas()


@pytest.fixture(scope="module", params=LANGS)
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def sheet(view: View, base: str = BASE) -> bytes:
    return view_file("map.pdf", view, base)


@cache
def some_slides(lang: str) -> ComputedBriefing:
    """The first slides of the atlas's own briefing."""
    told = own_slides(load_atlas(), lang, BASE)
    return replace(told, slides=told.slides[:3], appendix=())


@cache
def handout(lang: str) -> bytes:
    return FILES["briefing-a4.pdf"].make(load_atlas(), some_slides(lang))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\-\ufffe\x02]+", "", text)


def text_of(page: Any) -> str:
    return squeezed(page.get_textpage().get_text_bounded())


def cited(atlas: Atlas, view: View) -> list[Source]:
    """The sources of what names the state of a view."""
    told = profile_of(atlas, build_scene(atlas, view), view.state, speech(view.lang))
    shown = (*told.counted, *told.weak)
    return list(dict.fromkeys(source for one in shown for source in one.sources))


def profile(atlas: Atlas, view: View) -> Profile:
    return profile_of(atlas, build_scene(atlas, view), view.state, speech(view.lang))


@pytest.mark.parametrize("code", STATE_CODES)
def test_every_state_has_two_pages_and_all_that_counts_is_on_them(
    atlas: Atlas, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In Spanish, which is longer; read from the figure, before it is a PDF."""
    view = View(state=code, lang="es")
    monkeypatch.setattr("geo.share.files.sheet.sheet_figure", lambda *_: None)
    figures: list[Any] = sheet_pages(atlas, view, BASE)
    assert len(figures) == 2
    texts = [one for one in figures[1].texts if one.get_text()]
    said, told = squeezed("".join(one.get_text() for one in texts)), profile(atlas, view)
    assert min(one.get_size() for one in texts) >= 5.5
    for one in told.counted:
        assert squeezed(one.title) in said
        assert all(squeezed(source.title) in said for source in one.sources)
    if told.weak:
        assert squeezed(told.weak_title) in said
    others = {other.url for other in atlas.sources.values()} - {
        source.url for one in (*told.counted, *told.weak) for source in one.sources
    }
    assert not others & {one.get_url() for one in texts}


def test_where_even_that_is_too_much_it_says_how_much_more_there_is_and_where(
    atlas: Atlas,
) -> None:
    told, say = profile(atlas, View(state="08")), speech("en")
    many = tuple(replace(one, title=f"{one.title} {n}") for n in range(4) for one in told.counted)
    telling = tell(atlas, View(state="08"), BASE)
    [page] = text_pages(
        "A", _forms(replace(told, counted=many), telling, telling.link, say), "foot"
    )
    said = " ".join(one.get_text() for one in page.texts)
    found = re.search(r"(\d+) more activities[.:]", said)
    assert found
    assert 0 < int(found[1]) < len(many)
    assert telling.link in {one.get_url() for one in page.texts}


@pytest.mark.parametrize("paper", ["country", "state", "nothing", "handout"])
def test_a_file_says_and_links_what_its_pages_say_before_they_are_written(paper: str) -> None:
    """So the other tests look at those, which take a tenth of the time."""
    view = {"state": View(state="30"), "nothing": NOTHING}.get(paper, SOME)
    pages: tuple[Page, ...]
    if paper == "handout":
        made = handout("en")
        pages = read_pages(handout_pages(load_atlas(), some_slides("en"), "a4"))
    else:
        made, pages = sheet(view), sheet_read(view)
    document = pypdfium2.PdfDocument(made)
    assert len(document) == len(pages) > (2 if paper in ("country", "handout") else 1)
    for written, page in zip(document, pages, strict=True):
        said = text_of(written)
        assert [text for text in page.texts if squeezed(text) not in said] == []
        assert len(said) == len(squeezed(page.said))
        assert {link.address for link in links(written)} == page.links
        assert tuple(round(side) for side in written.get_size()) == page.size


@pytest.mark.parametrize(("code", "lang"), covering(STATES, LANGS))
def test_a_states_pages_tell_its_activities_and_no_source_but_theirs(
    atlas: Atlas, code: str, lang: str
) -> None:
    view = View(state=code, lang=lang)
    told = profile(atlas, view)
    own = sheet_read(view)[1:]
    said = "".join(squeezed(page.said) for page in own)
    for one in told.counted:
        assert squeezed(one.title) in said
        assert squeezed(one.facts[0]) in said
    if not told.counted:
        assert squeezed(told.nothing) in said
    for name, value in told.needs:
        assert squeezed(name + value) in said
    sources = [source for source in cited(atlas, view) if squeezed(source.title) in said]
    assert {source for one in told.counted for source in one.sources} <= set(sources)
    linked = {link for page in own for link in page.links} - {tell(atlas, view, BASE).link}
    assert linked == {one.url for one in sources if one.url.startswith("http")}


def test_every_number_beside_an_activity_is_that_of_its_source(atlas: Atlas) -> None:
    view = View(state="09")
    told = profile_of(atlas, build_scene(atlas, view), "09", speech("en"))
    said = "".join(squeezed(page.said) for page in sheet_read(view)[1:])
    for number, source in enumerate(cited(atlas, view), 1):
        assert squeezed(f"[{number}] {source.title}") in said
    for one in told.counted:
        numbers = [cited(atlas, view).index(source) + 1 for source in one.sources]
        assert squeezed("·" + " ".join(f"[{number}]" for number in numbers)) in said


def test_the_country_has_all_its_sources_each_with_a_live_address(atlas: Atlas, lang: str) -> None:
    view = View(lang=lang)
    pages = sheet_read(view)[1:]
    sources = tell(atlas, view).sources
    said = "".join(squeezed(page.said) for page in pages)
    live = {link for page in pages for link in page.links} - {tell(atlas, view, BASE).link}
    assert live == {one.url for one in sources if "://" in one.url}
    assert all(squeezed(source.title) in said for source in sources)


def test_a_link_lies_on_its_own_words(atlas: Atlas) -> None:
    found = [
        link for page in pypdfium2.PdfDocument(sheet(View(state="30"))) for link in links(page)
    ]
    known = {source.url: source for source in atlas.sources.values()}
    assert found[0].address == tell(atlas, View(state="30"), BASE).link
    assert squeezed(found[0].address) in squeezed(found[0].words)
    for link in found[1:-1]:
        one = known[link.address]
        told = squeezed(f"{one.title}. {one.author}. {one.date} {one.url}")
        words = squeezed(re.sub(r"^\[\d+\]|\x02", "", link.words.strip()))
        assert words
        assert words in told


@pytest.mark.parametrize(("code", "lang"), covering(["", "08"], LANGS))
def test_every_page_can_stand_alone(atlas: Atlas, code: str, lang: str) -> None:
    view = NOTHING.with_(state=code, lang=lang)
    telling = tell(atlas, view, BASE)
    pages = sheet_read(view)
    assert len(pages) > 1
    for page in pages:
        assert squeezed(telling.provenance) in squeezed(page.said)
        assert squeezed(telling.link) in squeezed(page.said)
        assert telling.link in page.links
    if code:
        assert squeezed(telling.filters) in squeezed(pages[1].said)


def test_without_a_known_address_nothing_on_paper_pretends_to_be_one(atlas: Atlas) -> None:
    first = pypdfium2.PdfDocument(sheet(View(state="01", layers=()), ""))[0]
    assert links(first) == []
    name = {"en": "A", "es": "B"}
    mine = Briefing(name, (SceneFile("one", View(), "activities", name, name),))
    made = FILES["briefing-a4.pdf"].make(atlas, compute_slides(atlas, mine, "en", ""))
    assert links(pypdfium2.PdfDocument(made)[0]) == []


def test_every_page_of_the_handout_leads_to_its_view(atlas: Atlas, lang: str) -> None:
    slides = own_slides(atlas, lang, BASE).slides
    assert [page.links for page in handout_read("a4", lang)] == [
        {slide.telling.link} for slide in slides
    ]


@pytest.mark.parametrize("paper", ["sheet", "state", "handout"])
def test_a_document_says_what_it_is_in_its_language(atlas: Atlas, lang: str, paper: str) -> None:
    made = {
        "sheet": lambda: sheet(NOTHING.with_(lang=lang)),
        "state": lambda: sheet(View(lang=lang, state="30")),
        "handout": lambda: handout(lang),
    }[paper]()
    told = pypdfium2.PdfDocument(made).get_metadata_dict()
    assert language(made) == {"en": "en-US", "es": "es-MX"}[lang]
    assert told["Author"] == told["Creator"] == "Mérida Atlas"
    assert atlas.version in told["Subject"]
    assert told["CreationDate"][2:10] == newest_source(atlas), "the data's date, not the day's"
    assert len(told["Title"]) > 10
    other = sheet(NOTHING.with_(lang="es" if lang == "en" else "en"))
    assert pypdfium2.PdfDocument(other).get_metadata_dict()["Subject"] != told["Subject"]


@pytest.mark.parametrize("paper", ["state", "handout"])
def test_a_screen_reader_meets_heading_map_and_text_in_that_order(
    atlas: Atlas, lang: str, paper: str
) -> None:
    view = View(lang=lang, state="30")
    made = sheet(view) if paper == "state" else handout(lang)
    assert is_tagged(made)
    assert untagged_texts(made) == 0
    first, *rest = list(pypdfium2.PdfDocument(made))
    read = tags(first)
    assert [tag.role for tag in read[:3]] == ["H1", "Figure", "H2" if paper == "handout" else "P"]
    assert len(read[1].instead.split()) > 20
    links_read = [tag for tag in read if tag.role == "Link"]
    assert [(tag.depth, tag.held) for tag in links_read] == [(1, 2)], "the words and the live link"
    numbers = re.findall(rb"/StructParent (\d+)", made)
    live = sum(len(links(page)) for page in pypdfium2.PdfDocument(made))
    assert len(set(numbers)) == len(numbers) == made.count(b"/Subtype /Link") == live
    for page in rest:
        roles = [tag.role for tag in tags(page)]
        assert roles[0] == "H1"
        assert {"H1", "P", "Link"} <= set(roles)
    if paper == "state":
        assert {"H2", "H3"} <= {tag.role for tag in tags(rest[0])}


def test_a_file_is_to_the_byte_what_the_backend_writes_glyph_by_glyph(
    atlas: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What notes a letter once and loads no outline is quicker, and changes nothing."""
    view = View(state="03")
    made = sheet(view)
    monkeypatch.setattr(backend_pdf, "_text_helpers", _text_helpers)
    monkeypatch.setattr("geo.paper.pdf_file.cache", lambda way: way)
    assert map_pdf(atlas, view, BASE) == made


def test_a_font_on_paper_has_its_glyphs_and_nothing_that_only_who_sets_text_reads() -> None:
    embedded = list(fonts(sheet(View(state="03"))))
    assert len(embedded) >= 2
    for font in embedded:
        assert {"glyf", "hmtx", "loca", "fpgm"} <= set(font.keys())
        assert not {*NOT_EMBEDDED} & set(font.keys())
