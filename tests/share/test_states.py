"""A view of one state speaks of that state wherever it is told: 32 states, 32 texts each way.

Every outlet that is text is asked for every state; pages and pictures, which take their words
from the same telling, for a few. Which part of it each shows is the table of `test_telling.py`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Final
from urllib.parse import unquote

import pytest

from geo.atlas import Atlas, load_atlas
from geo.language import speech
from geo.scene import build_scene
from geo.server.previews import announced
from geo.share import tags_html
from geo.share.dialog import citations, dialog_html
from geo.share.files.geopackage import about_view
from geo.share.files.sheet import sheet_figure
from geo.share.files.values import values_json
from geo.view import LANGS, STATE_CODES, View
from geo.words import tell
from geo.words.description import description
from tests.covering import covering
from tests.made import BASE
from tests.page_run import markup_of, run_page
from tests.share.test_telling import (
    OUTLETS,
    TODAY,
    figure_texts,
    listed,
    one_slide,
    queried,
    squeezed,
)

MEASURES: Final = (View(), View(measure="usd"), View(show="ratio", per="homicides"))
FEW: Final = ("07", "08", "30")
"""Few, most, and the essay's own; the first two letters of none are those of another."""


def tag(markup: str, name: str) -> str:
    found = re.search(rf'<meta (?:name|property)="{re.escape(name)}" content="([^"]*)">', markup)
    assert found, name
    return html.unescape(found[1])


def tags(atlas: Atlas, view: View) -> str:
    return str(tags_html(announced(atlas, "/", queried(view)), BASE))


def message(atlas: Atlas, view: View) -> str:
    """The text that is sent, as the dialog offers it."""
    dialog = str(dialog_html(atlas, announced(atlas, "/", queried(view)), BASE, TODAY))
    found = re.search(r'<textarea id="ma-message"[^>]*>([^<]*)', dialog)
    assert found
    assert unquote(dialog).count("state=") > 3
    return html.unescape(found[1])


def cited(atlas: Atlas, view: View) -> str:
    preview = announced(atlas, "/", queried(view))
    return " ".join(citations(atlas, preview, BASE, TODAY, speech(view.lang)).values())


TOLD: Final[dict[str, Callable[[Atlas, View], str]]] = {
    "headline": lambda atlas, view: tell(atlas, view).headline,
    "title of the document": lambda atlas, view: announced(atlas, "/", queried(view)).title,
    "og:title": lambda atlas, view: tag(tags(atlas, view), "og:title"),
    "og:description": lambda atlas, view: tag(tags(atlas, view), "og:description"),
    "og:image:alt": lambda atlas, view: tag(tags(atlas, view), "og:image:alt"),
    "message": message,
    "citations": cited,
    "values.json": lambda atlas, view: values_json(atlas, build_scene(atlas, view), view)[
        "sentence"
    ],
    "about.json, workbook and GeoPackage": lambda atlas, view: about_view(
        atlas, build_scene(atlas, view), view
    )["sentence"],
    "read-me of the zip": lambda atlas, view: OUTLETS["view.zip"].read(atlas, view, BASE),
    "slide": lambda atlas, view: one_slide(atlas, view).slides[0].finding,
    "list of slides": lambda atlas, view: listed(atlas, view, ""),
    "map in words": lambda atlas, view: description(
        atlas, build_scene(atlas, view), speech(view.lang), view.state
    )[0],
}
"""What is told of a state → how it is read."""


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("told", TOLD)
def test_each_of_32_states_is_told_of_in_words_of_its_own(told: str, lang: str) -> None:
    atlas, shown = load_atlas(), MEASURES if told.startswith("og:title") else MEASURES[:1]
    for measure in shown:
        texts = [TOLD[told](atlas, measure.with_(state=code, lang=lang)) for code in STATE_CODES]
        for code, text in zip(STATE_CODES, texts, strict=True):
            assert squeezed(atlas.states[code].names[lang]) in squeezed(text), (code, text[:200])
        assert len(set(texts)) == len(STATE_CODES)


@pytest.mark.parametrize(("code", "lang"), covering(FEW, LANGS))
def test_page_embed_card_and_sheet_have_the_states_own_headline(code: str, lang: str) -> None:
    atlas, view = load_atlas(), View(state=code, lang=lang)
    telling = tell(atlas, view, BASE)
    for outlet in ("card.png", "view.html"):
        assert squeezed(telling.headline) in squeezed(OUTLETS[outlet].read(atlas, view, BASE))
    sheet = figure_texts(sheet_figure(atlas, view, BASE))
    for part in (telling.headline, telling.alike, telling.state):
        assert squeezed(part) in squeezed(sheet)
    for embedded in (False, True):
        page = markup_of(run_page("map.py", embedded=embedded, state=code, lang=lang))
        assert squeezed(telling.headline) in squeezed(html.unescape(page))
        assert squeezed(telling.alike) in squeezed(html.unescape(page))


@pytest.mark.parametrize("lang", LANGS)
def test_without_a_state_none_is_spoken_of_first(lang: str) -> None:
    """The country's headline names states only at the ends of a ranking, never as its subject."""
    atlas = load_atlas()
    names = tuple(state.names[lang] for state in atlas.states.values())
    assert not tell(atlas, View(lang=lang)).headline.startswith(names)
    assert tell(atlas, View(lang=lang)).state == ""
