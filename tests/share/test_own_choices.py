"""A page's own choices reach whatever is made of its address, and what its link unfolds to."""

from __future__ import annotations

import datetime as dt
import html
import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import segno

from geo.atlas import Atlas, load_atlas
from geo.chapters.evidence import fact
from geo.chapters.evidence.words import VERDICTS
from geo.chapters.rebalance import rebalance_headline
from geo.equity.claims import finding, load_claims
from geo.equity.claims.file import FEW_WORDS
from geo.equity.rebalance import Scenario, rebalance
from geo.language import speech
from geo.scene import build_scene
from geo.server.previews import PAGES, announced
from geo.share import tags_html
from geo.share.dialog import dialog_html
from geo.view import View, read_query
from geo.words import view_names
from geo.words.finding import headline
from geo.words.title import LONGEST
from tests.share.links import OWN_CHOICES, queried
from tests.share.test_share_preview import Head

BASE = "https://atlas.example.org"
TODAY = dt.date(2026, 11, 25)
AREA = re.compile(r'<textarea id="(ma-[a-z0-9-]+)"[^>]*>(.*?)</textarea>', re.DOTALL)

every_choice = pytest.mark.parametrize(("path", "query"), OWN_CHOICES)
both_languages = pytest.mark.parametrize("lang", ["en", "es"])


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas()


def assert_opens(address: str, path: str, query: dict[str, str], lang: str) -> None:
    """That an address opens the page with the view and the own choices of the query."""
    parts = urlsplit(address)
    assert f"{parts.scheme}://{parts.netloc}" == BASE
    assert parts.path == f"/{path}"
    told = parse_qs(parts.query)
    told.pop("data", None)
    assert PAGES[path].read(told) == PAGES[path].read(queried(query, lang))


@both_languages
@every_choice
def test_the_tags_name_the_page_with_its_own_choices(
    atlas: Atlas, path: str, query: dict[str, str], lang: str
) -> None:
    preview = announced(atlas, path, queried(query, lang))
    head = Head(str(tags_html(preview, BASE)))
    (canonical,) = [href for rel, _, href in head.links if rel == "canonical"]
    assert_opens(canonical, path, query, lang)
    assert head.meta["og:url"] == [canonical]
    (card,) = head.meta["og:image"]
    assert read_query(parse_qs(urlsplit(card).query)) == (preview.view, ())
    others = {language: href for rel, language, href in head.links if rel == "alternate"}
    assert set(others) == {"en", "es"}
    for language, address in others.items():
        assert_opens(address, path, query, language)


@both_languages
@every_choice
def test_link_message_code_and_citation_open_the_page_with_its_own_choices(
    atlas: Atlas, path: str, query: dict[str, str], lang: str
) -> None:
    preview = announced(atlas, path, queried(query, lang))
    panel = str(dialog_html(atlas, preview, BASE, TODAY))
    areas = {name: html.unescape(text) for name, text in AREA.findall(panel)}
    link = areas["ma-link"]
    assert_opens(link, path, query, lang)
    assert areas["ma-message"] == f"{preview.finding} {link}"
    for style in range(3):
        assert link in areas[f"ma-cite-{style}"]
    sent = [unquote(html.unescape(href)) for href in re.findall(r'href="(https://[^"]+)"', panel)]
    assert len(sent) == 5
    for address in sent:
        assert link in address.replace("+", " ") or link in address
    assert segno.make(link, error="m").svg_data_uri(border=4, scale=8, light="#fff") in panel


@both_languages
def test_a_claims_link_unfolds_to_its_verdict_and_its_numbers(atlas: Atlas, lang: str) -> None:
    claims, say = load_claims(atlas.data), speech(lang)
    seen = set()
    for claim in claims.claims:
        found = finding(atlas, claim, claims.written)
        preview = announced(atlas, "evidence", queried({"claim": claim.claim_id}, lang))
        assert preview.finding.endswith(fact(atlas, found, say))
        verdict = VERDICTS[found.verdict](say).lower()
        for text in (preview.title, preview.finding):
            assert text.startswith(f"{claim.short[lang]}: {verdict}"), "a claim without its verdict"
        assert preview.short.startswith(f"{claim.short[lang]}: {verdict}")
        assert len(preview.short) <= LONGEST
        seen |= {preview.title, preview.finding}
    assert len(seen) == 2 * len(claims.claims)


@both_languages
def test_a_scenarios_link_unfolds_to_what_it_would_change(atlas: Atlas, lang: str) -> None:
    say = speech(lang)
    scenario, other = Scenario(by="homicides", floor=150), Scenario(by="poverty")
    told = {"by": "homicides", "floor": "1.5", "against": "by.poverty", "measure": "usd"}
    view = View(measure="usd", lang=lang)
    preview = announced(atlas, "rebalance", queried(told, lang))
    assert preview.finding == rebalance_headline(rebalance(atlas, view, scenario), view, say)
    held = rebalance_headline(rebalance(atlas, view, other), view, say)
    assert held in preview.description
    assert preview.finding != held


def test_two_scenarios_of_one_name_have_two_titles(atlas: Atlas) -> None:
    titles = [
        announced(atlas, "rebalance", queried({"name": "Fair", "floor": floor}, "en")).title
        for floor in ("0", "1", "1.5")
    ]
    assert len(set(titles)) == len(titles)
    assert all("“Fair”" in title for title in titles)


@both_languages
def test_a_tools_link_unfolds_to_what_it_finds_and_keeps_the_finding_of_the_view(
    atlas: Atlas, lang: str
) -> None:
    told = {"tool": "compare", "with": "from.2017_to.2021", "to": "2016"}
    preview = announced(atlas, "", queried(told, lang))
    assert "2008–2016" in preview.finding
    assert "2017–2021" in preview.finding
    scene = build_scene(atlas, View(to_year=2016, lang=lang))
    assert preview.description.startswith(headline(atlas, scene, speech(lang)))
    assert preview.card_shows.startswith(headline(atlas, scene, speech(lang)))
    plain = announced(atlas, "", queried({"tool": "multiples"}, lang))
    assert plain.finding == announced(atlas, "", queried({}, lang)).finding


def test_a_page_without_choices_is_called_by_its_name(atlas: Atlas) -> None:
    for lang in ("en", "es"):
        say = speech(lang)
        for path, page in PAGES.items():
            title = announced(atlas, path, {"lang": [lang]}).title
            assert title == f"{page.name(say)} · Mérida Atlas"
        assert view_names(atlas, View(lang=lang), say) == []


@both_languages
def test_a_claim_of_the_longest_name_has_a_title_with_any_verdict(lang: str) -> None:
    longest = max(len(name(speech(lang))) for name in VERDICTS.values())
    assert FEW_WORDS + len(": ") + longest <= LONGEST


@both_languages
@every_choice
def test_the_title_of_a_link_is_short_and_tells_of_its_own_choices(
    atlas: Atlas, path: str, query: dict[str, str], lang: str
) -> None:
    preview = announced(atlas, path, queried(query, lang))
    assert 0 < len(preview.short) <= LONGEST
    assert preview.short != announced(atlas, path, queried({}, lang)).short
