"""Kinds of sentence that read wrong, looked for on every page and in what every view says."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Final

import pytest
from hypothesis import given

from geo.atlas import Atlas, load_atlas
from geo.language import speech
from geo.policy import APPROPRIATED_TO_END_USD, APPROPRIATED_USD
from geo.scene import build_scene
from geo.view import View
from geo.words import explain, tell
from geo.words.description import description
from tests.covering import covering
from tests.page_run import markup_of, run_page
from tests.strategies import ledgers, views
from tests.toy_ledger import Rows, toy_atlas

PAGES: Final = ("map", "evidence", "rebalance", "inequality", "sites", "background", "methods")

QUERIES: Final[dict[str, dict[str, str]]] = {
    "whole": {},
    "whole-dollars": {"measure": "usd"},
    "one-priority": {"pillar": "5"},
    "one-figure": {"measure": "usd", "pillar": "4", "to": "2012"},
    "one-activity": {"pillar": "4", "to": "2010", "state": "08"},
    "homicides": {"show": "ratio", "per": "homicides", "state": "30"},
}

LANGS: Final = ("en", "es")

BLOCK: Final = re.compile(
    r"</?(?:p|li|td|th|h\d|summary|div|dt|dd|ol|ul|tr|section|details|figcaption|option|text|title"
    r"|desc|button|span)\b[^>]*>"
)
TAG: Final = re.compile(r"<[^>]+>")

PLURAL_AFTER_ONE: Final = {
    "en": re.compile(
        r"(?<![\d.,–$-])(?<!the )(?<!No\. )\b1 (?:documented )?"
        r"(?!is\b|was\b|has\b|rests\b|needs\b)[A-Za-z]{2,}s\b"
    ),
    "es": re.compile(
        r"(?<![\d.,–$-])(?<!los )(?<!No\. )\b1 (?!es\b|más\b|menos\b|meses\b)[A-Za-zÁ-ú]{2,}s\b"
    ),
}
"""One of something, and the something in the plural; verbs that end alike are left out."""

BARE_PERCENTAGE: Final = re.compile(
    r"(?<![\d.,(=–-])(?<!\bel )(?<!\bdel )(?<!\bal )(?<!\bun )(?<!= )(?<!: )\b\d[\d.,]*%",
    re.IGNORECASE,
)
"""A percentage that no article stands before, as Spanish asks for one in a sentence."""


def blocks(markup: str) -> Iterator[str]:
    """The texts of a page, one a block."""
    for part in BLOCK.split(markup):
        text = " ".join(html.unescape(TAG.sub("", part)).split())
        if text:
            yield text


@cache
def page_texts(page: str, query: str, lang: str) -> tuple[str, ...]:
    app = run_page(f"{page}.py", lang=lang, **QUERIES[query])
    assert not app.exception
    return tuple(blocks(markup_of(app)))


def is_sentence(text: str) -> bool:
    """Not a name with its number, and no list of such."""
    return text.endswith(".") and len(text.split()) > 5 and not (": " in text and "; " in text)


def is_spanish(text: str) -> bool:
    """Notes of sources stand in the language they were written in."""
    return not re.search(r"\b(the|of|and)\b", text)


def told(view: View, lang: str, atlas: Atlas | None = None) -> tuple[str, ...]:
    """All that is said of a view."""
    atlas, say = atlas or load_atlas(), speech(lang)
    telling = tell(atlas, view.with_(lang=lang))
    scene = build_scene(atlas, view)
    return (
        telling.headline,
        telling.caveat,
        telling.filters,
        telling.state,
        telling.remainder,
        *explain(scene, view, say),
        *description(atlas, scene, say, view.state),
    )


AT: Final = [f"{page}-{query}" for query, page in product(QUERIES, PAGES)]

CASES = pytest.mark.parametrize(("at", "lang"), covering(AT, LANGS))
"""Each query of each page, and in every run in one of the languages, turn by turn."""


@CASES
def test_no_page_has_a_plural_after_one(at: str, lang: str) -> None:
    page, _, query = at.partition("-")
    wrong = [t for t in page_texts(page, query, lang) if PLURAL_AFTER_ONE[lang].search(t)]
    assert wrong == []


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("page", PAGES)
def test_a_percentage_in_a_spanish_sentence_has_its_article(page: str, query: str) -> None:
    texts = page_texts(page, query, "es")
    wrong = [
        text
        for text in texts
        if is_sentence(text) and is_spanish(text) and BARE_PERCENTAGE.search(text)
    ]
    assert wrong == []


@CASES
def test_no_page_says_what_first_reads_as_its_opposite(at: str, lang: str) -> None:
    page, _, query = at.partition("-")
    text = " ".join(page_texts(page, query, lang))
    assert "nada nunca" not in text
    assert "never means nothing" not in text
    assert not re.search(r"US\$[\d.,]+ mill[oó]n", text)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("query", ["one-priority", "one-figure", "one-activity"])
@pytest.mark.parametrize("page", ["map", "rebalance"])
def test_a_page_with_a_filter_holds_nothing_against_the_appropriations(
    page: str, query: str, lang: str
) -> None:
    say, text = speech(lang), " ".join(page_texts(page, query, lang))
    for total in (APPROPRIATED_USD, APPROPRIATED_TO_END_USD):
        assert say.usd_short(total) not in text


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("page", ["map", "evidence", "rebalance"])
def test_whoever_adds_up_the_dollars_names_the_row_they_rest_on(page: str, lang: str) -> None:
    row = build_scene(load_atlas(), View(measure="usd")).dominant
    assert row is not None
    text = " ".join(page_texts(page, "whole-dollars", lang))
    assert row.activity.titles[lang] in text
    assert load_atlas().sources[row.activity.sources[0]].author in text


@given(views())
def test_no_view_says_any_of_these(view: View) -> None:
    for lang in LANGS:
        for text in told(view, lang):
            assert not PLURAL_AFTER_ONE[lang].search(text), text
            if lang == "es" and is_sentence(text):
                assert not BARE_PERCENTAGE.search(without_titles(text)), text


@given(ledgers(), views())
def test_no_view_of_another_ledger_says_any_of_these(rows: Rows, view: View) -> None:
    atlas = toy_atlas(rows)
    for lang in LANGS:
        for text in told(view.with_(state=""), lang, atlas):
            assert not PLURAL_AFTER_ONE[lang].search(text), text


def without_titles(text: str) -> str:
    """A text without what it quotes: titles of activities are a source's."""
    return re.sub(r"«[^»]*»", "«»", text)


@pytest.mark.parametrize(
    ("pattern", "wrong", "right"),
    [
        (PLURAL_AFTER_ONE["es"], "1 actividades documentadas", "1 actividad documentada"),
        (PLURAL_AFTER_ONE["en"], "1 Documented activities".lower(), "1 documented activity"),
        (PLURAL_AFTER_ONE["en"], "Sonora: 1 dogs", "21 dogs and 1 is new"),
        (BARE_PERCENTAGE, "42% de la ayuda está en la frontera.", "El 42% de la ayuda está ahí."),
    ],
)
def test_the_patterns_find_what_they_are_for(
    pattern: re.Pattern[str], wrong: str, right: str
) -> None:
    assert pattern.search(wrong)
    assert not pattern.search(right)
