"""The glossary for readers: every term is met somewhere, explained briefly, and opens there."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.atlas import load_atlas
from geo.build.messages import read_catalogue
from geo.chapters.map import legend_html, remainder_lead_html, what_html
from geo.drawing import glossed_html
from geo.language import speech
from geo.scene import build_scene
from geo.view import LANGS, View
from geo.words import tell, terms_in
from geo.words.glossary import TERMS
from tests.strategies import views

BOTH = pytest.mark.parametrize("lang", LANGS)
SENTENCES = 3
LETTERS = 220


@cache
def all_texts(lang: str) -> str:
    """The texts of the interface without their capitals, but the glossary's own meanings."""
    found: list[str] = []
    for message in read_catalogue():
        if {place for place, _ in message.locations} == {"geo/words/glossary.py"}:
            continue
        said = message.id if lang == "en" else message.string
        found += [said] if isinstance(said, str) else list(said or ())
    return " ".join(found).casefold()


@BOTH
@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.key)
def test_a_reader_meets_every_term_in_every_way_it_is_written(lang: str, term: object) -> None:
    say = speech(lang)
    texts = all_texts(lang)
    assert term in TERMS
    forms = next(one for one in TERMS if one is term).written(say)
    assert any(re.search(rf"(?<!\w){re.escape(form.casefold())}(?!\w)", texts) for form in forms)


@BOTH
def test_each_meaning_is_a_sentence_or_two_and_its_own(lang: str) -> None:
    meanings = [term.meaning(speech(lang)) for term in TERMS]
    assert len(set(meanings)) == len({term.key for term in TERMS}) == len(TERMS)
    for meaning in meanings:
        assert len(meaning) <= LETTERS, meaning
        assert meaning.endswith(".")
        assert len(re.findall(r"[.?] (?=[A-ZÁ-ÚN])", meaning)) + 1 <= SENTENCES


class Reader(HTMLParser):
    """Buttons, the popovers they open, and the text as it reads with all of them shut."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.opens: list[str] = []
        self.meanings: dict[str, str] = {}
        self.shut, self.inside = "", ""
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "button":
            assert told["type"] == "button"
            assert not [name for name in told if name.startswith("on")], "the policy forbids it"
            if told.get("class") != "ma-class":
                self.opens.append(told["popovertarget"] or "")
        if "popover" in told:
            self.inside = told["id"] or ""
            assert self.inside not in self.meanings

    def handle_endtag(self, tag: str) -> None:
        if tag == "span":
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.meanings[self.inside] = self.meanings.get(self.inside, "") + data
        else:
            self.shut += data


@given(views(state=""))
def test_number_legend_and_remainder_open_their_terms_and_say_nothing_else(view: View) -> None:
    scene, say, telling = (
        build_scene(load_atlas(), view),
        speech(view.lang),
        tell(load_atlas(), view),
    )
    explained = Reader(what_html(scene, view, say))
    assert explained.opens
    rest = Reader(remainder_lead_html(telling, say))
    legend = Reader(legend_html(telling.legend, scene, say))
    assert telling.remainder in rest.shut
    assert telling.legend.title in legend.shut
    both = [*explained.opens, *rest.opens, *legend.opens]
    assert len(set(both)) == len(both), "one page holds all three"
    for one in (explained, rest, legend):
        assert set(one.opens) == set(one.meanings)
        assert all(meaning.strip() for meaning in one.meanings.values())


@given(st.text("Gini <&>\"'clase weak sources"), st.sampled_from(LANGS))
def test_any_text_stays_as_it_is_and_nothing_in_it_becomes_markup(text: str, lang: str) -> None:
    read = Reader(glossed_html(text, terms_in(text, speech(lang)), "here"))
    assert read.shut == text
    assert len(read.opens) == len(set(read.opens))


def test_a_term_that_is_known_is_not_explained_again() -> None:
    say = speech("en")
    assert [one.key for one in terms_in("weak sources, and weak sources", say)] == ["weak"]
    assert terms_in("weak sources", say, ["weak"]) == ()
