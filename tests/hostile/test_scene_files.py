"""Scene files as people bring them: shown rightly, or refused in words, and never a 500."""

from __future__ import annotations

import html
import io
import json
import re
from typing import TYPE_CHECKING, Final

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation

from geo.atlas import load_atlas
from geo.briefing import FILES, compute_slides, own_briefing, read_briefing
from geo.briefing.handout import handout_pages
from geo.errors import DataError
from geo.view import LANGS
from tests.covering import covering
from tests.hostile.wire import LIMIT
from tests.made import read_pages

if TYPE_CHECKING:
    from tests.hostile.record import Met

SCENE: Final = """title:
  en: Mérida, told anew
  es: Mérida, contada de nuevo
scenes:
  - key: one
    view: measure=usd
    number: placed_money
    title:
      en: The money of the year 2008 – señal
      es: El dinero del año 2008 – señal
    notes:
      en: Say it.
      es: Dígalo.
"""

CORPUS: Final = (
    # The nine kinds that answered 500, and their siblings.
    ("an explicit type", "key: !!bool x", "type of a value at line 5"),
    ("an explicit type", "key: !!timestamp x", "type of a value at line 5"),
    ("an explicit type", 'key: !!int ""', "type of a value at line 5"),
    ("an explicit type", 'key: !!float ""', "type of a value at line 5"),
    ("an explicit type", "key: !!set {one, two}", "type of a value at line 5"),
    ("an explicit type", "key: !!binary aGk=", "type of a value at line 5"),
    ("an explicit type", "key: !!omap [a: b]", "type of a value at line 5"),
    ("an explicit type", "key: !!python/object/apply:os.system [x]", "type of a value at line 5"),
    ("an explicit type", "key: ! x", "type of a value at line 5"),
    ("an odd number", "key: " + ":".join(["59"] * 300), "is no key"),
    ("an odd number", "0x" + "f" * 10_000 + ": a", "YAML at line 5"),
    ("an odd number", "? 0x" + "f" * 10_000 + "\n    : a", "before the colon"),
    ("an odd number", "key: 2001-99-99", "is no key"),
    ("an odd number", "key: .inf", "is no key"),
    ("a list for a text", "key: one\n    claim: [1]", "row 1, field claim"),
    ("a list for a text", "key: [one]", "row 1, field key"),
    ("a list for a text", "view: [measure=usd]", "row 1, field view"),
    ("fields for a text", "key: one\n    claim: {a: b}", "row 1, field claim"),
    ("fields for a text", "key: {a: b}", "row 1, field key"),
    ("fields for a text", "number: {placed_money: 1}", "row 1, field number"),
    ("a field given twice", "key: one\n    key: two", "gives key twice, again at line 6"),
    ("a merge key", "<<: {key: one}", "repeats a part by `<<` at line 5"),
    ("an anchor", "key: &a one", "repeats a part by `*` or `&` at line 5"),
    ("an anchor", "key: one\n    claim: *a", "repeats a part by `*` or `&` at line 6"),
    ("a complex key", "? [key]\n    : one", "before the colon at line 5"),
    ("a complex key", "? {key: one}\n    : one", "before the colon at line 5"),
    ("a tab for an indent", "key: one\n\tclaim: border", "YAML at line 6"),
    ("a control by its escape", 'key: "\\0"', "control character at line 5"),
    ("half a pair by its escape", 'key: "\\ud800"', "YAML at line 5"),
    ("a deep nest", "key: " + "[" * 5_000, "nested too deeply"),
    ("a deep nest", "key: " + "{a: " * 3_000, "nested too deeply"),
    ("many values", "key: [" + "a," * 60_000 + "]", "more than 50,000 values"),
    ("two documents", "key: one\n--- \nkey: two", "second document"),
    ("an unknown directive", "key: one\n%TAG ! x", "YAML"),
)


def broken(line: str) -> bytes:
    """A scene file with `line` in place of the scene's line of that field, or of its key."""
    field = next((own for own in ("view", "number") if line.startswith(own)), "key")
    return re.sub(rf"\b{field}: .*", lambda _: line, SCENE, count=1).encode()


def posted(server: str, content: bytes, lang: str = "en") -> httpx.Response:
    file = {"file": ("mine.yaml", content, "application/yaml")}
    return httpx.post(f"{server}/present?lang={lang}", files=file, timeout=LIMIT)


def held(page: str) -> list[dict[str, str]]:
    scenes: list[dict[str, str]] = json.loads(re.findall(r'id="told">(.*?)</script>', page)[0])[
        "scenes"
    ]
    return scenes


class TestPosted:
    def test_every_file_of_the_corpus_is_refused_in_words_with_its_place(
        self, attacked_url: str, met: Met
    ) -> None:
        for kind, line, said in CORPUS:
            answer = posted(attacked_url, broken(line))
            assert answer.status_code == 422, (line[:60], answer.status_code)
            assert said in html.unescape(answer.text), (line[:60], answer.text[-400:])
            met(f"a scene file with {kind}", "422 in words, with line or field")

    @pytest.mark.parametrize(
        ("encoding", "change"),
        [
            ("utf-8", lambda text: text),
            ("utf-8-sig", lambda text: text),
            ("utf-16", lambda text: text),
            ("cp1252", lambda text: text),
            ("utf-8", lambda text: text.replace("\n", "\r\n")),
            ("utf-8", lambda text: text.replace("\n", "\r")),
        ],
        ids=["utf-8", "utf-8 with mark", "utf-16 with mark", "windows-1252", "CRLF", "CR"],
    )
    def test_a_file_as_other_programs_save_it_is_shown_letter_by_letter(
        self, attacked_url: str, met: Met, encoding: str, change: object
    ) -> None:
        answer = posted(attacked_url, change(SCENE).encode(encoding))  # type: ignore[operator]
        assert answer.status_code == 200
        assert "\ufffd" not in answer.text
        assert held(answer.text)[0]["title"] == "The money of the year 2008 – señal"
        met("a scene file in another encoding", "shown letter by letter")

    @pytest.mark.parametrize("encoding", ["cp850", "mac_roman", "utf-16-le", "cp1251"])
    def test_a_file_in_an_encoding_that_cannot_be_told_is_refused_and_never_damaged(
        self, attacked_url: str, met: Met, encoding: str
    ) -> None:
        content = SCENE.replace("–", "-").encode(encoding, "ignore")
        if encoding == "cp1251":
            content = SCENE.replace("señal", "помощь").encode(encoding, "ignore")
        answer = posted(attacked_url, content)
        assert answer.status_code == 422
        assert "UTF-8" in answer.text
        assert "\ufffd" not in answer.text
        met("a scene file in an encoding that cannot be told", "422 in words, with the way out")

    def test_the_refusal_speaks_the_readers_language(self, attacked_url: str, met: Met) -> None:
        said = posted(attacked_url, broken("key: !!bool x"), "es").text
        assert "indica el tipo de un valor en la línea 5" in said
        assert "Quite la palabra" in said
        met("a scene file refused to a Spanish reader", "422 in Spanish")

    def test_markup_in_a_file_and_in_its_name_stays_text(self, attacked_url: str, met: Met) -> None:
        file = {"file": ("<script>x.yaml", broken("key: <script>"), "application/yaml")}
        answer = httpx.post(f"{attacked_url}/present", files=file, timeout=LIMIT)
        assert answer.status_code == 422
        assert "<script>" not in answer.text
        met("markup in a scene file", "shown as text")


def read(content: bytes) -> str:
    """`shown`, or the words of the refusal; anything else raised is a fault."""
    try:
        read_briefing(content, "mine.yaml", "es")
    except DataError as error:
        return str(error)
    return "shown"


WORDS: Final = (
    "!!int",
    "<<:",
    "\n  - ",
    "key: ",
    "scenes:",
    "*a",
    "&a ",
    "---",
    "...",
    "0x",
    "1e999",
)
SIGNS: Final = st.sampled_from(
    [*"ab1:-[]{}&*!|>?%@`\"'#,\n\t \\~=<é\x00\x85\u2028\ufeff\U0001f600", *WORDS]
)


@given(st.lists(SIGNS, max_size=60).map("".join), st.integers(0, len(SCENE)))
def test_whatever_is_written_into_a_file_it_is_shown_or_refused_in_words(
    text: str, at: int
) -> None:
    said = read((SCENE[:at] + text + SCENE[at:]).encode())
    assert said == "shown" or said.startswith("mine.yaml")
    assert len(said) < 1_000


@given(st.binary(max_size=300))
def test_whatever_bytes_come_they_are_refused_in_words(content: bytes) -> None:
    assert read(content).startswith("mine.yaml")


@pytest.mark.parametrize(("name", "lang"), covering(FILES, LANGS))
def test_a_readers_own_slides_say_on_every_page_whose_words_they_are(name: str, lang: str) -> None:
    atlas = load_atlas()
    two = SCENE + SCENE[SCENE.index("  - key") :].replace("key: one", "key: two")
    computed = compute_slides(atlas, read_briefing(two.encode(), "mine.yaml", lang), lang)
    mark = {"en": "A reader's own slides", "es": "Diapositivas de un lector"}[lang]
    named = {"en": "(a reader's own slides)", "es": "(diapositivas de un lector)"}[lang]
    assert computed.title.endswith(named)
    if name.endswith(".pdf"):
        # As they stand before they are written, see `tests/made.py`.
        paper = {"briefing.pdf": "16:9", "briefing-a4.pdf": "a4"}.get(name, "letter")
        pages = read_pages(handout_pages(atlas, computed, paper))
        assert len(pages) == len(computed.slides)
        assert all(mark in " ".join(page.said.split()) for page in pages)
        return
    made = FILES[name].make(atlas, computed)
    if name.endswith(".html"):
        page = made.decode()
        assert f"{named}</title>".replace("'", "&#39;") in page
        assert page.count(mark) >= len(computed.slides)
    else:
        deck = Presentation(io.BytesIO(made))
        assert deck.core_properties.title.endswith(named)
        for slide in deck.slides:
            said = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
            assert any(mark in text for text in said)


def test_the_atlas_own_slides_carry_no_such_mark() -> None:
    atlas = load_atlas()
    computed = compute_slides(atlas, own_briefing(atlas.data), "en")
    assert not any(one.mark for one in computed.slides)
    assert "reader" not in computed.title
