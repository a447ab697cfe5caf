"""The Spanish catalogue: complete, in step with the code, and safe to fill in."""

from __future__ import annotations

import ast
import re
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from geo.atlas.tables import read_table
from geo.build import messages
from geo.language import compiled, speech
from geo.language.ledger_terms import COUNT_UNITS, PERIODS, counted, period_words
from tests.serving import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from babel.messages.catalog import Message

CATALOGUE = messages.read_catalogue()
ENTRIES: list[Message] = [message for message in CATALOGUE if message.id]

ALIKE = {
    "No",
    # Names, and forms that hold nothing but what is filled in.
    "CSV",
    "GeoJSON",
    "GeoPackage",
    "JSON",
    "USAID",
    "Zip",
    "{name} ({count})",
    "{value}×",
    "{state}: {value} {per}",
    "{what} {per}",
    "{amount} pesos",
    "{one} {relation} {other}.",
    "{title}, {first}–{last}",
    "{name}: {value}",
    "→ {new}",
    "{claim}: {verdict}",
    "({amount} ÷ {total}) ÷ {need_share} = {ratio}; {verdict}",
    "; p = {p}",
    # Words that both languages spell alike.
    "{decision}. {reason}",
    "{value}: {verdict}",
    "Gini",
    "US$",
    "no",
    "p",
    "total",
    "wiki",
    "Wiki",
}
"""Texts whose Spanish may be the English letter for letter."""

ENGLISH_WORDS = re.compile(
    r"\b(the|of|and|is|are|was|were|not|which|that|with|from|by|its|their|for|states?)\b",
    re.IGNORECASE,
)
NO_WORDS = re.compile(r"\{\w+\}|https?://\S+|CC BY")

STOPS = (".", ":", "?")


PROPER = ("Iniciativa Mérida",)
PROPER_ENGLISH = (
    "International ",
    "Foreign Military ",
    "Economic Support ",
    "Mérida ",
    "U.S. ",
    "July ",
    "September ",
    "November ",
)
"""Names with which a text begins in one language only, so that its first letters differ."""


spoken_texts = cache(messages.spoken_texts)


def forms(text: object) -> list[str]:
    """One string for a plain text, two for one with a plural."""
    return [text] if isinstance(text, str) else list(text or ())  # type: ignore[call-overload]


def pairs() -> Iterator[tuple[str, str]]:
    """Each English form with its Spanish."""
    for message in ENTRIES:
        yield from zip(forms(message.id), forms(message.string), strict=True)


def places(text: str) -> list[tuple[str, str]]:
    """The places to fill in, with how they are to be written."""
    return sorted((name, spec or "") for _, name, spec, _ in Formatter().parse(text) if name)


def test_the_compiled_catalogue_says_what_the_written_one_says() -> None:
    fresh = GNUTranslations(BytesIO(compiled(messages.CATALOGUE.read_bytes(), "es")))
    kept = GNUTranslations(BytesIO(messages.COMPILED.read_bytes()))
    for message in ENTRIES:
        one = message.id if isinstance(message.id, str) else message.id[0]
        assert kept.gettext(one) == fresh.gettext(one)
        assert [kept.ngettext(one, one, n) for n in (1, 2)] == [
            fresh.ngettext(one, one, n) for n in (1, 2)
        ]


def test_what_was_compiled_from_another_text_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    old, new = (f'{head}msgid "Map"\nmsgstr "{word}"\n'.encode() for word in ("Viejo", "Mapa"))
    monkeypatch.setattr("geo.language.translation.LOCALE", tmp_path)
    (folder / "atlas.po").write_bytes(new)
    for made_of in (None, old, new):
        if made_of is not None:
            (folder / "atlas.mo").write_bytes(compiled(made_of, "es"))
        speech.cache_clear()
        if made_of is new:
            monkeypatch.setattr("geo.language.translation.compiled", pytest.fail)
        assert speech("es").t("Map") == "Mapa"
    monkeypatch.undo()
    speech.cache_clear()


def test_the_catalogue_is_what_make_messages_writes_and_lacks_no_spanish() -> None:
    written, missing = messages.render(spoken_texts(), CATALOGUE)
    assert missing == []
    assert messages.CATALOGUE.read_bytes() == written, "stale: run `make messages`"
    assert messages.is_compiled(messages.COMPILED, written), "stale: run `make messages`"


def test_no_translation_is_a_guess() -> None:
    assert [message.id for message in ENTRIES if message.fuzzy] == []
    assert not CATALOGUE.obsolete


def test_every_text_has_as_many_spanish_forms_as_english_ones() -> None:
    assert CATALOGUE.num_plurals == 2
    uneven = [m.id for m in ENTRIES if len(forms(m.id)) != len([f for f in forms(m.string) if f])]
    assert uneven == []


def test_spanish_fills_in_what_english_fills_in() -> None:
    assert [text for text in pairs() if places(text[0]) != places(text[1])] == []


def test_spanish_is_spanish_and_not_a_copy() -> None:
    assert {english for english, spanish in pairs() if english == spanish} <= ALIKE
    told = [NO_WORDS.sub("", spanish) for _, spanish in pairs()]
    assert [text for text in told if ENGLISH_WORDS.search(text)] == []


def test_a_text_begins_and_ends_alike_in_both_languages() -> None:
    """Parts are put together to sentences: a lost space, stop or capital shows on the page."""
    for english, spanish in pairs():
        assert spanish == spanish.strip() or english != english.strip(), spanish
        assert "  " not in spanish, spanish
        stops = spanish.replace("EE. UU.", "EE UU").endswith(STOPS)
        assert stops == english.endswith(STOPS) or spanish.endswith("EE. UU."), spanish
        assert spanish.count("¿") == spanish.count("?"), spanish
        first = spanish.lstrip("“¿")[:1]
        if english[:1].islower() and first.isalpha():
            assert first.islower() or spanish.startswith(PROPER), spanish
        if english[:1].isupper() and first.isalpha():
            assert first.isupper() or english.startswith(PROPER_ENGLISH), spanish


def test_one_english_text_is_never_asked_for_both_with_and_without_a_plural() -> None:
    texts = spoken_texts()
    single = {text for text in texts if isinstance(text, str)}
    plural = {text[0] for text in texts if isinstance(text, tuple)}
    assert single & plural == set()


def test_every_text_spoken_is_a_literal_so_that_none_escapes_the_catalogue() -> None:
    hidden = []
    for name in messages.SPOKEN_IN:
        path = ROOT / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or (count := texts_in(node.func)) is None:
                    continue
                texts = node.args[:count]
                if len(texts) < count or not all(
                    isinstance(text, ast.Constant) and isinstance(text.value, str) for text in texts
                ):
                    hidden.append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert hidden == []


def texts_in(called: ast.expr) -> int | None:
    """How many texts a call says, `say.t(…)`, `say.n(…)`, `t(…)` or `n(…)`; None of another one."""
    if isinstance(called, ast.Name):
        return {"t": 1, "n": 2}.get(called.id)
    if isinstance(called, ast.Attribute) and is_speech(called.value):
        return {"t": 1, "n": 2}.get(called.attr)
    return None


def is_speech(node: ast.expr) -> bool:
    """`say`, `self` or `speech(…)`: what texts are asked of."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "speech"
    return isinstance(node, ast.Name) and node.id in {"say", "self"}


def test_texts_are_found_whole_with_their_plurals() -> None:
    texts = spoken_texts()
    assert "What is this number?" in texts
    assert ("{count} documented activity", "{count} documented activities") in texts
    assert texts["State"] == sorted(texts["State"]), "one entry for a text that several files say"


def test_rewriting_keeps_translations_drops_what_is_gone_and_names_what_is_new() -> None:
    texts: dict[str | tuple[str, str], list[str]] = {
        "Map": ["pages/main.py"],
        ("{count} row", "{count} rows"): ["geo/x.py"],
        "A text nobody translated yet": ["geo/x.py"],
    }
    before = messages.Catalog(locale="es")
    before.add("Map", string="Mapa")
    before.add("Gone", string="Ido")
    before.add(("{count} row", "{count} rows"), string=("{count} fila", "{count} filas"))
    written, missing = messages.render(texts, before)
    text = written.decode()
    assert missing == ["A text nobody translated yet"]
    assert 'msgstr "Mapa"' in text
    assert 'msgstr[1] "{count} filas"' in text
    assert "Gone" not in text
    assert "POT-Creation-Date" not in text
    assert messages.render(texts, before)[0] == written


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, "0 fuentes"), (1, "1 fuente"), (2, "2 fuentes"), (1234, "1,234 fuentes")],
)
def test_plurals_follow_the_count(count: int, told: str) -> None:
    assert speech("es").n("{count} source", "{count} sources", count) == told


def test_numbers_money_and_dates_are_written_as_in_mexico() -> None:
    say = speech("es")
    assert say.number(1234.5, 1) == "1,234.5"
    assert say.percent(0.425, 1) == "42.5%"
    assert say.usd(1234567) == "US$1,234,567"
    assert say.usd_short(65_200_000) == "65.2 millones de dólares"
    assert say.usd_short(1_000_000) == "1 millón de dólares"
    assert say.day("2009-03-05") == "5 de marzo de 2009"
    assert say.day("2009-03") == "marzo de 2009"


def test_what_the_tables_say_in_english_words_has_its_spanish() -> None:
    units = {row["count_unit"] for row in read_table("activity_places")} - {""}
    assert units == set(COUNT_UNITS)
    names = ("national_facts", "amounts_by_area")
    periods = {row["period"] for name in names for row in read_table(name)}
    plain = {period for period in periods if re.fullmatch(r"\d{4}(-\d{4}|-\d{2}-\d{2})?", period)}
    assert periods - plain == set(PERIODS)
    say = speech("es")
    assert period_words("2017-10-31", say) == "31 de octubre de 2017"
    assert period_words("2008-2012", say) == "2008–2012"
    assert counted("dogs", 2, say) == "perros"
    assert counted("dogs", 1, say) == "perro"
