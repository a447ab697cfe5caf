"""What is taken away: every kind of file parses back, equals the page, and says what it is."""

from __future__ import annotations

import csv
import io
import json
import re
import time
import zipfile
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import openpyxl
import pypdfium2
import pytest
from PIL import Image

from geo.__main__ import main
from geo.atlas import Atlas, load_atlas
from geo.briefing.files import own_slides
from geo.chapters.map import map_key_html
from geo.language import speech
from geo.scene import REACHED, ZERO, build_scene
from geo.share.files.values import COLUMNS, values_csv
from geo.share.kinds import IN_BUNDLE, KINDS
from geo.view import View, spell_query
from geo.words import build_legend
from geo.words.finding import headline
from geo.words.sentence import remainder
from tests.made import BASE, sheet_read, view_file
from tests.research import newest_source
from tests.server.test_api import Client

if TYPE_CHECKING:
    from pathlib import Path

    from geo.briefing.computed import ComputedBriefing

VIEWS = (
    View(),
    View(measure="usd", state="30", lang="es"),
    View(show="ratio", per="poverty", k=9, layers=()),
    View(measure="usd", pillar=(5,)),
)
"""The default, dollars with Veracruz in Spanish, a ratio with nine classes, a view of nothing."""


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas()


def spelled(view: View) -> str:
    return str(spell_query(view))


def words(text: str) -> str:
    return " ".join(text.split())


DRAWN = [name for name in IN_BUNDLE if KINDS[name].takes_long]


@pytest.fixture
def drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes long is not drawn anew for the second view, but taken from what the run has."""

    def made(name: str, _atlas: Atlas, view: View, _base: str) -> bytes:
        assert view == VIEWS[1]
        return view_file(name, view)

    for name in DRAWN:
        view_file(name, VIEWS[1])  # While it is still made as ever.
    for name in DRAWN:
        monkeypatch.setitem(KINDS, name, replace(KINDS[name], make=partial(made, name)))


@pytest.mark.parametrize("view", VIEWS, ids=spelled)
def test_the_sheet_as_svg_says_the_finding_the_legend_and_what_is_not_on_it(
    atlas: Atlas, view: View
) -> None:
    scene, say = build_scene(atlas, view), speech(view.lang)
    tree = ET.fromstring(view_file("map.svg", view))
    said = words(" ".join(tree.itertext()))
    assert words(headline(atlas, scene, say, view.state)) in said
    assert words(remainder(scene, say)) in said
    for row in build_legend(scene, say).classes:
        assert words(row.label) in said
    assert atlas.version in said
    assert BASE in said


@pytest.mark.parametrize("view", VIEWS, ids=spelled)
def test_the_sheet_as_pdf_is_a4_across_with_its_lists_after_it(atlas: Atlas, view: View) -> None:
    """As it stands before it is written, see `tests/made.py`."""
    scene, say = build_scene(atlas, view), speech(view.lang)
    pages = sheet_read(view)
    assert pages[0].size == (842, 595)
    texts = [words(page.said) for page in pages]
    assert words(headline(atlas, scene, say, view.state)) in texts[0]
    listed = " ".join(texts[1:])
    if view.state:
        assert atlas.states[view.state].names[view.lang] in texts[1]
    else:
        for source_id in scene.source_ids:
            assert words(atlas.sources[source_id].title)[:30] in listed


@pytest.mark.parametrize("view", VIEWS[1::2], ids=spelled)
def test_the_sheet_as_pdf_has_the_finding_as_its_title(atlas: Atlas, view: View) -> None:
    told = pypdfium2.PdfDocument(view_file("map.pdf", view)).get_metadata_dict()
    scene, say = build_scene(atlas, view), speech(view.lang)
    assert told["Title"].endswith(headline(atlas, scene, say, view.state))


LAYERS_SHOWN: tuple[tuple[str, ...], ...] = (("municipalities",), ())


@pytest.mark.parametrize("name", ["map.png", "map.svg", "map.pdf"])
def test_a_picture_shows_the_municipalities_that_its_view_shows(name: str) -> None:
    # With a state's page after it, as the country's list of sources takes the longest to set.
    made = [view_file(name, View(state="01", layers=layers), "") for layers in LAYERS_SHOWN]
    if name == "map.svg":
        assert [REACHED in picture.decode() for picture in made] == [True, False]
        return
    orange = tuple(int(REACHED[at : at + 2], 16) for at in (1, 3, 5))
    pictures = [
        Image.open(io.BytesIO(picture)).convert("RGB")
        if name == "map.png"
        else pypdfium2.PdfDocument(picture)[0].render(scale=2).to_pil().convert("RGB")
        for picture in made
    ]
    counts = [
        sum(count for count, colour in picture.getcolors(1 << 24) or () if near(colour, orange))
        for picture in pictures
    ]
    assert counts[0] > 500
    assert counts[1] == 0


def near(one: object, other: tuple[int, ...]) -> bool:
    assert isinstance(one, tuple)
    return all(abs(a - b) < 6 for a, b in zip(one, other, strict=True))


def test_the_sheet_as_png_is_twice_the_size_of_a_screen_page() -> None:
    picture = Image.open(io.BytesIO(view_file("map.png", View())))
    assert picture.size == (2338, 1654)
    assert len(picture.convert("RGB").getcolors(1 << 20) or ()) > 100


@pytest.mark.parametrize("name", sorted(KINDS))
def test_the_same_view_gives_the_same_file_whenever_it_is_made(
    atlas: Atlas, name: str, request: pytest.FixtureRequest
) -> None:
    if name == "view.zip":
        # Each of the files in it has a case of its own.
        request.getfixturevalue("drawn_once")
    first = view_file(name, VIEWS[1])
    # A zip notes every other second, a GeoPackage each thousandth.
    time.sleep(2.1 if name.endswith(("xlsx", "zip")) else 0.002)
    assert KINDS[name].make(atlas, VIEWS[1], BASE) == first


@pytest.mark.parametrize("view", VIEWS, ids=spelled)
def test_the_workbook_holds_the_values_and_a_sheet_of_units_and_sources(
    atlas: Atlas, view: View
) -> None:
    scene = build_scene(atlas, view)
    book = openpyxl.load_workbook(io.BytesIO(view_file("values.xlsx", view)))
    values, about = book.worksheets
    assert book.properties.creator == "Mérida Atlas"
    assert book.properties.language == {"en": "en-US", "es": "es-MX"}[view.lang]
    created = f"{book.properties.created:%Y%m%d}"
    assert created == newest_source(atlas), "the date of the data, not of the day"
    rows = list(values.iter_rows(values_only=True))
    assert rows[0] == COLUMNS
    for row, state in zip(rows[1:], scene.states, strict=True):
        told = dict(zip(COLUMNS, row, strict=True))
        assert told["code"] == state.code
        assert told["value"] == pytest.approx(state.value)
        if state.status == ZERO:
            assert told["value"] == 0
    said = {row[0]: row[1] for row in about.iter_rows(values_only=True) if row[0]}
    assert said["sentence"] == headline(atlas, scene, speech(view.lang), view.state)
    assert said["unit"] == scene.unit
    assert said["data_version"] == atlas.version
    for source_id in scene.source_ids:
        assert said[source_id] == atlas.sources[source_id].title


@pytest.mark.parametrize("view", VIEWS, ids=spelled)
def test_the_zip_holds_every_file_of_the_view_and_says_what_they_are(
    atlas: Atlas, view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What takes long to draw is here its own name, and the view and the address it is made for."""
    scene, say = build_scene(atlas, view), speech(view.lang)

    def told(name: str, _atlas: Atlas, view: View, base: str) -> bytes:
        return f"{name} of {spelled(view)} for {base}".encode()

    for name in DRAWN:
        monkeypatch.setitem(KINDS, name, replace(KINDS[name], make=partial(told, name)))
    files = {name: KINDS[name].make(atlas, view, BASE) for name in IN_BUNDLE}
    archive = zipfile.ZipFile(io.BytesIO(KINDS["view.zip"].make(atlas, view, BASE)))
    assert archive.testzip() is None
    names = {name.removeprefix("merida-atlas/") for name in archive.namelist()}
    assert names == {*IN_BUNDLE, "README.txt", "about.json", "sources.csv"}
    read_me = archive.read("merida-atlas/README.txt").decode()
    assert headline(atlas, scene, say, view.state) in read_me
    assert all(name in read_me for name in IN_BUNDLE)
    for name, content in files.items():
        assert archive.read(f"merida-atlas/{name}") == content
    assert archive.read("merida-atlas/values.csv").decode() == values_csv(atlas, scene, view)
    assert json.loads(archive.read("merida-atlas/about.json"))["data_version"] == atlas.version
    sources = list(csv.DictReader(io.StringIO(archive.read("merida-atlas/sources.csv").decode())))
    assert [row["source_id"] for row in sources] == list(scene.source_ids)


@pytest.mark.parametrize("view", VIEWS, ids=spelled)
def test_the_one_file_is_small_and_names_no_file_or_host_to_load(atlas: Atlas, view: View) -> None:
    page = view_file("view.html", view).decode()
    assert len(page.encode()) < 1_500_000
    assert not re.search(r'<(?:script|link|img|iframe)[^>]+(?:src|href)=(?!"data:)', page)
    assert str(map_key_html(view, speech(view.lang))) in page
    assert ('class="ma-key"' in page) == bool(view.layers)
    style = page.partition("</style>")[0].replace('url("data:font/woff2;base64,', "")
    assert "url(" not in style.replace("url(#", "")
    told = json.loads(re.findall(r'id="told">(.*?)</script>', page)[0])
    assert set(told["paint"]["at"]) == set(atlas.states)
    assert len(told["states"]["features"]) == 32


@pytest.mark.usefixtures("drawn_once")
@pytest.mark.parametrize("name", KINDS)
def test_the_server_gives_out_every_kind_under_its_name(name: str) -> None:
    answer = Client().get(f"/export/{name}?measure=usd&state=30&lang=es&nonsense=%3Cscript%3E")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == KINDS[name].media_type
    stem, ending = name.split(".")
    kept = answer.headers["content-disposition"]
    assert re.search(rf'filename="merida-atlas_{stem}_.*_es_[0-9a-f]{{7}}\.{ending}"', kept)
    assert b"<script>nonsense" not in answer.content
    assert not name.startswith("map.") or answer.content == view_file(name, VIEWS[1])


def test_a_kind_there_is_not_is_answered_with_those_there_are() -> None:
    answer = Client().get("/export/map.doc")
    assert answer.status_code == 404
    assert "map.pdf" in answer.text


class TestShell:
    def test_a_link_becomes_the_file_the_server_would_give(
        self, atlas: Atlas, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        out = tmp_path / "values.csv"
        main(
            [
                "export",
                "values.csv",
                "--view",
                f"{BASE}/?measure=usd",
                "--lang",
                "es",
                "-o",
                str(out),
            ]
        )
        view = View(measure="usd", lang="es")
        assert out.read_text(encoding="utf-8") == values_csv(atlas, build_scene(atlas, view), view)
        assert str(out) in capsys.readouterr().out

    def test_what_of_a_link_cannot_be_used_is_said_and_the_rest_is_done(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        main(["export", "values.csv", "--view", "measure=zz", "-o", str(tmp_path / "a.csv")])
        assert "zz" in capsys.readouterr().err

    def test_a_place_that_cannot_be_written_to_is_one_line(self, tmp_path: Path) -> None:
        with pytest.raises(SystemExit) as ended:
            main(["export", "values.csv", "-o", str(tmp_path / "no" / "such" / "a.csv")])
        assert "No such file" in str(ended.value.code)
        assert "\n" not in str(ended.value.code)

    def test_an_unknown_kind_is_refused_with_those_there_are(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit):
            main(["export", "map.doc"])
        assert "map.pdf" in capsys.readouterr().err

    def test_every_state_has_a_profile_that_is_named_as_soon_as_it_is_made(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr("geo.__main__.STATE_CODES", ("01", "30"))
        view_file("map.pdf", View(state="30", lang="es"))  # While it is still made as ever.
        kind = KINDS["map.pdf"]

        def make(_atlas: Atlas, view: View, _base: str) -> bytes:
            return view_file("map.pdf", view) if view.state == "30" else b"%PDF"

        monkeypatch.setitem(KINDS, "map.pdf", replace(kind, make=make))
        main(["profiles", "--lang", "es", "-o", str(tmp_path / "p")])
        made = sorted((tmp_path / "p").iterdir())
        assert ["aguascalientes" in made[0].name, "veracruz" in made[1].name] == [True, True]
        assert capsys.readouterr().out.splitlines() == [str(path) for path in made]
        first = pypdfium2.PdfDocument(made[1])[0].get_textpage().get_text_bounded()
        assert "Veracruz" in first

    @pytest.mark.parametrize("named", ["5", "05", "Coahuila", "coahuila de zaragoza", " COAHUILA"])
    def test_one_state_is_made_by_its_code_or_any_of_its_names(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
    ) -> None:
        asked = []

        def make(_atlas: Atlas, view: View, _base: str) -> bytes:
            asked.append(view.state)
            return b"%PDF"

        kind = replace(KINDS["map.pdf"], make=make)
        monkeypatch.setitem(KINDS, "map.pdf", kind)
        main(["profiles", "--state", named, "--lang", "en", "-o", str(tmp_path)])
        assert asked == ["05"]
        assert [path.name.split("_")[3] for path in tmp_path.iterdir()] == ["coahuila"]

    @pytest.mark.parametrize(
        ("named", "said"), [("Nowhere", "32 Zacatecas"), ("mexico", "09 Ciudad de México, 15")]
    )
    def test_a_state_that_cannot_be_told_is_refused_with_those_that_can(
        self, tmp_path: Path, named: str, said: str
    ) -> None:
        with pytest.raises(SystemExit) as ended:
            main(["profiles", "--state", named, "-o", str(tmp_path / "p")])
        assert said in str(ended.value.code)
        assert not (tmp_path / "p").exists()

    @pytest.mark.parametrize("asked", [["export", "values.csv"], ["briefing", "briefing.html"]])
    def test_a_file_has_the_name_that_was_asked_for(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: list[str]
    ) -> None:
        def told(atlas: Atlas, _briefing: object, lang: str, _base: str) -> ComputedBriefing:
            return own_slides(atlas, lang, BASE)

        monkeypatch.setattr("geo.__main__.compute_slides", told)
        monkeypatch.chdir(tmp_path)
        main(asked)
        assert [path.name for path in tmp_path.iterdir()] == asked[1:]
