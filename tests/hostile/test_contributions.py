"""Contributions as nobody should send them: refused with field and remedy, or proved harmless.

Tricks are tried in every field, all of them where any text may stand. What the check takes as plain
text is then shown, written, read back, added to a copy of the data and exported.
"""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from geo.__main__ import main
from geo.atlas import activities_csv, load_atlas
from geo.chapters.contribute import (
    effect_html,
    effect_of,
    fault_html,
    needs_html,
    picker_html,
    result_html,
    send_html,
)
from geo.chapters.contribute.draft import brought
from geo.chapters.contribute.faults import fault_text
from geo.chapters.contribute.fields import WORDS
from geo.chapters.methods import ledger_html
from geo.contribution import (
    FILE,
    Contribution,
    faults_of,
    fields_of,
    read_contribution,
    text_limits,
    written,
)
from geo.errors import DataError
from geo.language import speech
from geo.paths import DATA
from geo.share import KINDS
from geo.view import View
from tests.contributed import SOUND, one_trial, with_fields
from tests.covering import thorough
from tests.hostile.tricks import MUST_NOT_PASS, TRICKS
from tests.hostile.wire import LIMIT
from tests.markup import EVIL, Read
from tests.page_run import markup_of, run_page, widget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.hostile.record import Met

PLACES: Final = tuple(
    (part, name) for part in WORDS for name in (field["name"] for field in fields_of(part, DATA))
)
TEXTS: Final = tuple((name, name) for name in text_limits())

REFUSED: Final = "refused: part, field, what to do"
SHOWN: Final = "taken as plain text"

FREE: Final = (
    *(("activity", name) for name in ("title_en", "title_es", "note")),
    *(("places", name) for name in ("place", "place_note")),
    *(("sources", name) for name in ("title", "author", "note")),
)
"""Fields of the tables that any text may fill."""

ALONE: Final = (("places", "count_unit"), ("activity", "source_ids"))
"""Fields that rules over the rows look at, once what is beside them is sound."""

LOOSE: Final = ("source_id", "date", "coord_source", "url")
"""Fields that take some of the tricks: capitals as a key, words as a date, any name of a map. An
address is tried by itself below."""


@pytest.fixture(autouse=True)
def trials_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a contribution would change is computed once, not for each page that tells it."""
    monkeypatch.setattr("geo.chapters.contribute.effect.trial_atlas", one_trial)


def tried(part: str, name: str, text: str) -> Contribution:
    return with_fields(part, **{name: text})


def mine(faults: tuple[object, ...], part: str, name: str) -> bool:
    return any((f.part, f.field) == (part, name) for f in faults)  # type: ignore[attr-defined]


def in_every(fields: Iterable[tuple[str, str]], text: str) -> Contribution:
    """The sound contribution with one text in all of these fields at once."""
    parts: dict[str, dict[str, str]] = {part: {} for part in WORDS}
    changed: dict[str, Any] = {}
    for part, name in fields:
        if part in parts:
            parts[part][name] = text
        else:
            changed[name] = text
    return replace(
        SOUND,
        activity={**SOUND.activity, **parts["activity"]},
        places=({**SOUND.places[0], **parts["places"]},),
        sources=({**SOUND.sources[0], **parts["sources"]},),
        **changed,
    )


@pytest.mark.covering
@pytest.mark.parametrize("kind", dict.fromkeys(kind for kind, _ in TRICKS))
def test_a_trick_in_any_field_is_refused_there_with_its_remedy_or_is_plain_text(
    kind: str, met: Met
) -> None:
    """What is taken stands where any text may, or is a key or a date in words."""
    outcome: Counter[str] = Counter()
    bound = [field for field in PLACES if field not in (*FREE, *ALONE)]
    others = [bound, *([one] for one in ALONE)]
    for at, text in enumerate(text for one, text in TRICKS if one == kind):
        # The first text of a kind in every field; each of the others where any text may stand, and
        # in one more sort of fields.
        tried_in = others if thorough() or not at else [others[at % len(others)]]
        for fields in ((*FREE, *TEXTS), *tried_in):
            faults = faults_of(in_every(fields, text), DATA)
            for fault in faults:
                assert fault.remedy
                assert len(fault.problem) < 1_000
                assert fault_text(fault, speech("es")), fault.problem
                assert fault_text(fault, speech("en"))
            for part, name in fields:
                refused = mine(faults, part, name)
                assert refused or (part, name) in (*FREE, *TEXTS) or name in LOOSE, (text, name)
                assert refused or part not in WORDS or kind not in MUST_NOT_PASS, (text, name)
                outcome[REFUSED if refused else SHOWN] += 1
    for said, times in outcome.items():
        met(f"a contribution with {kind}", said, times)


def test_no_address_but_a_plain_one_of_the_web_is_taken() -> None:
    for kind, text in TRICKS:
        if "address" in kind or "scheme" in kind:
            faults = faults_of(tried("sources", "url", text), DATA)
            assert mine(faults, "sources", "url"), text
    for text in ("https://2012-2017.usaid.gov./a", "http://189.201.193.164:8080/?p=1"):
        assert faults_of(tried("sources", "url", text), DATA) == ()


def plain_tricks() -> list[str]:
    """The tricks that a free text takes as they are."""
    return [text for kind, text in TRICKS if not faults_of(tried("activity", "note", text), DATA)]


@pytest.fixture(scope="module")
def worst() -> Contribution:
    """Everything at once that the check lets through, in every field that takes any text."""
    tricks = plain_tricks()
    assert len(tricks) >= 15
    all_of_them = " ".join(tricks)[:1_900].strip()
    one = in_every(FREE, all_of_them)
    titles = {name: f"{name} {all_of_them}" for name in ("title_en", "title_es")}
    one = replace(one, activity={**one.activity, **titles})
    source = {**one.sources[0], "url": "https://a.example/?'onfocus='alert(1)'x='"}
    one = replace(one, sources=(source,), words=all_of_them, name=EVIL, contact=EVIL[:100])
    assert faults_of(one, DATA) == ()
    return one


FORM: Final = {"form", "input", "button", "label"}
"""Elements that our own form is made of, which hold no text of a contribution but as a value."""


def assert_inert(html: str) -> Read:
    """Whole markup in which nothing came from the contribution but text."""
    read = Read(html)
    assert read.open == []
    assert not {"script", "img", "iframe", "svg", "object", "textarea", "style"} & set(read.tags)
    for tag, name, value in read.attributes:
        assert not name.startswith("on"), (tag, name)
        if name in ("href", "src", "action"):
            assert value.startswith(("/", "#", "?", "https://", "http://")), value
    return read


@pytest.mark.parametrize("lang", ["en", "es"])
def test_on_the_page_it_is_text_and_nothing_else(worst: Contribution, lang: str, met: Met) -> None:
    atlas, say = load_atlas(), speech(lang)
    view = View(lang=lang)
    shown = send_html(worst, atlas, say)
    assert EVIL in assert_inert(shown).text.replace("\\\\", "\\").replace('\\"', '"')
    effect = effect_of(worst, atlas, view)
    for html in (effect_html(atlas, effect, view, say), needs_html(atlas, say)):
        assert_inert(html)
    assert_inert(picker_html("c_file", say))
    bad = faults_of(with_fields("activity", area=EVIL, source_ids=EVIL, note=EVIL * 40), DATA)
    assert bad
    assert_inert(result_html(atlas, bad, say))
    for fault in bad:
        assert_inert(fault_html(atlas, fault, say))
    met("the worst that passes, on the page", "text, in both languages")


def test_in_the_file_it_is_what_it_was(worst: Contribution, met: Met) -> None:
    text = written(worst, DATA)
    assert read_contribution(text.encode(), FILE, DATA, speech("en")) == worst
    assert brought(text, load_atlas(), "es").contribution == worst
    assert not any(ord(sign) < 32 and sign != "\n" for sign in text)
    met("the worst that passes, in the file", "read back letter by letter")


def test_the_running_page_shows_it_as_text(worst: Contribution, met: Met) -> None:
    app = run_page("contribute.py")
    widget(app, "text_area", "c_file").set_value(written(worst, DATA))
    (opened,) = (one for one in app.button if one.label == "Open it")
    app = opened.click().run()
    assert not app.exception
    html = markup_of(app)
    assert "ma-twins" in html
    assert "<script>alert" not in html
    assert "<img" not in html
    met("the worst that passes, in a run of the page", "text, and no exception")


def test_added_to_the_data_it_is_text_in_pages_and_exports(
    worst: Contribution, tmp_path: Path, met: Met
) -> None:
    data = Path(shutil.copytree(DATA, tmp_path / "data"))
    file = tmp_path / "worst.json"
    file.write_text(written(worst, DATA), encoding="utf-8")
    main(["add", str(file), "--data", str(data)])
    atlas = load_atlas(data)
    view = View(state="30", pillar=(4,))
    assert_inert(ledger_html(atlas, view, "", speech("en")))
    rows = list(csv.DictReader(io.StringIO(activities_csv(atlas, view))))
    assert any(row["title"] == worst.activity["title_en"] for row in rows)
    assert not [v for row in rows for v in row.values() if v and v[0] in "=+@\t\r"]
    assert len({len(row) for row in rows}) == 1
    book = load_workbook(io.BytesIO(KINDS["values.xlsx"].make(atlas, view, "")))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]
    page = KINDS["view.html"].make(atlas, view, "").decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    zipped = zipfile.ZipFile(io.BytesIO(KINDS["view.zip"].make(atlas, view, "")))
    assert not [name for name in zipped.namelist() if ".." in name or name.startswith("/")]
    met("the worst that passes, added and exported", "text in page, CSV, workbook and zip")


class TestPosted:
    """The route that gives the file back."""

    def post(self, url: str, text: str, lang: str = "en") -> httpx.Response:
        sent = {"file": (None, text)}
        return httpx.post(f"{url}/contribution.json?lang={lang}", files=sent, timeout=LIMIT)

    def test_what_passes_comes_back_as_a_file_and_never_as_a_page(
        self, attacked_url: str, worst: Contribution, met: Met
    ) -> None:
        answer = self.post(attacked_url, written(worst, DATA))
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["content-disposition"] == f'attachment; filename="{FILE}"'
        assert answer.headers["cache-control"] == "no-store"
        assert answer.text == written(worst, DATA)
        met("a contribution posted", "the file, as an attachment that nobody keeps")

    def test_what_does_not_pass_is_refused_in_the_readers_language(
        self, attacked_url: str, met: Met
    ) -> None:
        for text, said in (
            ("<script>alert(1)</script>", "no es JSON legible"),
            (written(with_fields("activity", title_en=""), DATA), "activity, field title_en"),
            ("x" * 110_000, "100,000 bytes"),
            ("[" * 90_000, "anidado"),
        ):
            answer = self.post(attacked_url, text, "es")
            assert answer.status_code == 422, text[:40]
            assert said in answer.text
            assert "<script>alert" not in answer.text
            met("no contribution, posted", "422 in words")

    def test_what_is_no_form_is_refused_in_words(self, attacked_url: str, met: Met) -> None:
        url = f"{attacked_url}/contribution.json"
        for answer, status in (
            (httpx.get(url), 405),
            (httpx.post(url), 422),
            (httpx.post(url, content=b"x" * 10), 422),
            (httpx.post(url, content=b"x" * 300_000), 413),
            (httpx.post(url, headers={"Origin": "https://evil.example"}), 403),
            (httpx.post(url, headers={"Content-Type": "multipart/form-data; boundary=x"}), 422),
            (httpx.put(f"{attacked_url}/_stcore/upload_file/a/b", content=b"x"), 404),
        ):
            assert answer.status_code == status, answer.request
            assert "<h1>" in answer.text
            met("no form, posted", f"{status} in words")


SIGNS: Final = st.sampled_from(
    [*'ab1 {}[]:,"\\/<>&=+-@;\n\t\x00é\u202e\ufeff', "null", "\\ud800", "1e9", '"activity"']
)


@given(st.lists(SIGNS, max_size=40).map("".join), st.integers(0, len(written(SOUND, DATA))))
def test_whatever_is_written_into_a_file_it_is_read_or_refused_in_words(text: str, at: int) -> None:
    whole = written(SOUND, DATA)
    try:
        read = read_contribution((whole[:at] + text + whole[at:]).encode(), "x", DATA, speech("en"))
    except DataError as error:
        said = str(error)
    else:
        said = f"x {len(faults_of(read, DATA))}"
    assert said.startswith("x")
    assert len(said) < 1_000
