"""The share panel: what it offers is for the view at hand, in its language, and is only text."""

from __future__ import annotations

import datetime as dt
import html
import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.atlas import Atlas, load_atlas
from geo.chapters.closer import TOOLS
from geo.chapters.closer.tools import NO_TOOL
from geo.language import speech
from geo.scene import build_scene
from geo.server.previews import PAGES, announced
from geo.share import KINDS
from geo.share.dialog import citations, dialog_html
from geo.share.fingerprint import changed_since, fingerprint
from geo.view import View, read_query, spell_query
from geo.words import view_file_name
from geo.words.finding import headline
from tests.server.test_api import Client
from tests.strategies import one_in, views

BASE = "https://atlas.example.org"
TODAY = dt.date(2026, 11, 24)


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas()


def panel(atlas: Atlas, page: str, query: dict[str, list[str]]) -> str:
    return str(dialog_html(atlas, announced(atlas, f"/{page}", query), BASE, TODAY))


def listed(view: View) -> dict[str, list[str]]:
    return {name: [value] for name, value in spell_query(view).items()}


def link_in(markup: str) -> str:
    found = re.search(r'<textarea id="ma-link"[^>]*>(.*?)</textarea>', markup)
    assert found
    return html.unescape(found[1])


@given(view=views())
@one_in(2)
def test_the_link_opens_the_view_it_was_made_for(view: View) -> None:
    atlas = load_atlas()
    link = link_in(panel(atlas, "", listed(view)))
    read, notices = read_query(parse_qs(urlsplit(link).query))
    assert read == view
    assert notices == ()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_page_has_a_panel_with_its_own_finding_and_every_file(
    atlas: Atlas, page: str, lang: str
) -> None:
    told = panel(atlas, page, {"lang": [lang]})
    finding = announced(atlas, f"/{page}", {"lang": [lang]}).finding
    assert html.escape(finding, quote=False) in told.replace("&#39;", "'").replace("&#34;", '"')
    assert urlsplit(link_in(told)).path == f"/{page}"
    for kind in KINDS.values():
        assert f'download="{view_file_name(atlas, kind.name, View(lang=lang))}"' in told


@pytest.mark.parametrize("lang", ["en", "es"])
def test_what_no_file_shows_is_named_where_files_and_frames_are_offered(
    atlas: Atlas, lang: str
) -> None:
    say = speech(lang)
    plain = panel(atlas, "", {"lang": [lang]})
    assert plain.count("ma-small") == 0
    for tool in TOOLS.values():
        told = panel(atlas, "", {"lang": [lang], "tool": [tool.name]})
        named = f"{html.escape(tool.label(say))}" in told
        assert named is (tool.name != NO_TOOL)
        assert told.count('<p class="ma-small">') == 2 * (tool.name != NO_TOOL)
    assert PAGES["rebalance"].name(say) in panel(atlas, "rebalance", {"lang": [lang]})


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_message_reads_as_written_whoever_opens_it(atlas: Atlas, lang: str) -> None:
    told = panel(atlas, "", {"lang": [lang], "measure": ["usd"]})
    sentence = announced(atlas, "/", {"lang": [lang], "measure": ["usd"]}).sentence
    links = [html.unescape(one) for one in re.findall(r'<li><a href="([^"]*)"', told)]
    carrying = [one for one in links if sentence[:9].split()[0] in unquote(one)]
    assert len(carrying) == 4, "WhatsApp, Telegram, X and mail carry the message"
    for link in links:
        assert "+" not in link
    for link in carrying:
        assert sentence in unquote(link)


@given(text=st.text(min_size=1))
def test_nothing_of_an_address_becomes_markup(text: str) -> None:
    atlas = load_atlas()
    query = {"state": [f"<script>{text}</script>"], "page": ['"><img src=x>'], text: ["<b>"]}
    told = panel(atlas, f'"><script>{text}', query)
    assert "<script" not in told
    assert "<img" not in told
    assert "<b>" not in told


def test_a_citation_names_the_finding_the_data_version_and_the_day(atlas: Atlas) -> None:
    for lang in ("en", "es"):
        preview = announced(atlas, "/", {"measure": ["usd"], "lang": [lang]})
        told = citations(atlas, preview, f"{BASE}/?measure=usd", TODAY, speech(lang))
        assert set(told) == {"APA", "BibTeX", "Chicago"}
        for text in told.values():
            assert atlas.version in text
            assert "2026" in text
            assert f"{BASE}/?measure=usd" in text
        assert r"99\%" in told["BibTeX"]


class TestFingerprint:
    def test_a_link_made_with_the_data_of_now_says_nothing(self, atlas: Atlas) -> None:
        scene = build_scene(atlas, View())
        assert changed_since(fingerprint(atlas, View()), atlas, scene, speech("en")) == ""

    def test_a_link_made_with_other_data_says_the_number_of_then_and_of_now(
        self, atlas: Atlas
    ) -> None:
        scene = build_scene(atlas, View())
        told = changed_since("0123456789ab.97", atlas, scene, speech("en"))
        assert "97" in told
        assert f"{scene.total:.0f}" in told
        usd = View(measure="usd")
        told = changed_since("0123456789ab.5.25", atlas, build_scene(atlas, usd), speech("es"))
        assert "0123456789ab" in told
        assert "21" in told

    @pytest.mark.parametrize(
        "mark", ["", "x", "<b>.1", "0123456789ab", "0123456789ab.-1", "9" * 999]
    )
    def test_what_is_no_fingerprint_says_nothing(self, atlas: Atlas, mark: str) -> None:
        assert changed_since(mark, atlas, build_scene(atlas, View()), speech("en")) == ""


def test_the_route_answers_for_any_address(atlas: Atlas) -> None:
    answer = Client().get("/share.html?page=nowhere&measure=%3Cscript%3E&lang=es")
    assert answer.status_code == 200
    assert headline(atlas, build_scene(atlas, View()), speech("es")) in html.unescape(answer.text)
    assert answer.headers["cache-control"] == "no-store"
