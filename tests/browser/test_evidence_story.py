"""A reader who distrusts the atlas goes through its evidence: claims, objections, what-ifs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from geo.atlas import load_atlas
from geo.chapters.evidence import VERDICTS, evidence_headline, fact
from geo.chapters.evidence.objections import OBJECTIONS
from geo.chapters.evidence.reporting import reporting_sentence
from geo.equity.claims import finding, grid_of, load_claims
from geo.language import speech
from geo.view import LANGS
from tests.browser.atlas_page import LIMIT, OPENED, OPENED_IN_SIGHT, AtlasPage
from tests.browser.test_axe import grave
from tests.browser.visits import DESK, PHONE, Visited, looks_at, visit
from tests.covering import covering, seldom

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.runs import Line

CLAIMS = load_claims()
EN, ES = speech("en"), speech("es")

BROUGHT_MS = 200
"""After a run is over, in geo/assets/page.js."""


def own(atlas: AtlasPage) -> dict[str, list[str]]:
    return parse_qs(urlsplit(atlas.page.url).query)


def row(page: Page, claim_id: str) -> Locator:
    """A claim's row, with what opens under it."""
    return page.locator(f".ma-ev-claims > #claim-{claim_id}")


@looks_at([visit("evidence", claim="border")])
def test_the_claims_stand_with_computed_verdicts_and_the_charts_are_drawn(look: Visited) -> None:
    expect(look.page.locator("h1.ma-headline")).to_contain_text(
        CLAIMS.of("border").short["en"], timeout=LIMIT
    )
    rows = look.page.locator(".ma-ev-claims > li")
    expect(rows).to_have_count(len(CLAIMS.claims), timeout=LIMIT)
    for claim in CLAIMS.claims:
        verdict = finding(load_atlas(), claim, CLAIMS.written).verdict
        chip = row(look.page, claim.claim_id).locator(".ma-ev-chip").first
        assert chip.text_content() == VERDICTS[verdict](EN)
    drawings = look.page.locator("figure.ma-ev-figure svg")
    expect(drawings.first).to_be_visible(timeout=LIMIT)
    assert drawings.count() >= 4, "dumbbell, split, histogram and the curves of the South"
    assert all(drawing.locator("title").count() for drawing in drawings.all())
    marks = look.page.locator(".ma-ev-matrix tbody td")
    assert marks.count() == len(grid_of(load_atlas(), CLAIMS.of("border")).cells)


@pytest.mark.parametrize("by", ["keyboard", *seldom("mouse")])
def test_a_claim_opens_under_its_own_row_in_sight_and_closes_again(
    atlas: AtlasPage, by: str
) -> None:
    page, claim = atlas.open("/evidence").page, CLAIMS.of("veracruz")
    expect(page.locator("h1.ma-headline")).to_have_text(
        evidence_headline(load_atlas(), EN), timeout=LIMIT
    )
    page.evaluate("() => { window.stayed = true; }")
    expect(page.locator("#rule")).to_be_attached(timeout=LIMIT)
    assert page.locator(".ma-ev-open").count() == 0
    link = row(page, "veracruz").locator("h3 a")
    if by == "mouse":
        link.click()
    else:
        link.focus()
        page.keyboard.press("Enter")
    opened = row(page, "veracruz").locator(".ma-opened")
    expect(opened.locator(".ma-ev-claim h4")).to_have_text(claim.says["en"], timeout=LIMIT)
    told = fact(load_atlas(), finding(load_atlas(), claim, CLAIMS.written), EN)
    expect(opened.locator(".ma-ev-claim .ma-ev-fact")).to_have_text(told)
    assert own(atlas)["claim"] == ["veracruz"]
    page.wait_for_function(OPENED_IN_SIGHT, arg="claim", timeout=LIMIT)
    assert grave(page) == []
    assert page.locator(".ma-ev-open").count() == 1
    row(page, "veracruz").locator("h3 a").click()
    expect(page.locator(".ma-ev-open")).to_have_count(0, timeout=LIMIT)
    assert "claim" not in own(atlas)
    page.go_back()
    expect(page.locator(".ma-ev-open")).to_have_count(1, timeout=LIMIT)
    assert page.evaluate("() => window.stayed"), "the page was loaded anew"


@pytest.mark.parametrize("goes_on", [False, True])
def test_a_reader_who_has_waited_long_is_led_to_what_opens_unless_they_went_on(
    atlas: AtlasPage, line: Line, goes_on: bool
) -> None:
    page = atlas.open("/evidence").page
    line.keeps = True
    row(page, "veracruz").locator("h3 a").click()
    page.evaluate("() => { const now = Date.now; Date.now = () => now.call(Date) + 60_000; }")
    if goes_on:
        page.mouse.wheel(0, 10)
    line.let_go()
    page.locator(".ma-ev-open").wait_for(timeout=LIMIT)
    if goes_on:
        atlas.wait_settled().page.wait_for_timeout(2 * BROUGHT_MS)
        assert page.evaluate(OPENED, "claim")[0] is False
    else:
        page.wait_for_function(OPENED_IN_SIGHT, arg="claim", timeout=LIMIT)


def test_a_folded_claim_is_unfolded_where_its_link_is_followed_as_a_link(atlas: AtlasPage) -> None:
    page = atlas.open("/evidence", lang="es", under="2").page
    link = row(page, "sez").locator("h3 a")
    expect(link).to_be_hidden(timeout=LIMIT)
    page.goto(str(page.evaluate("(a) => a.href", link.element_handle())))
    atlas.wait_settled()
    opened = row(page, "sez").locator(".ma-ev-claim h4")
    expect(opened).to_have_text(CLAIMS.of("sez").says["es"], timeout=LIMIT)
    assert own(atlas) == {"lang": ["es"], "claim": ["sez"], "under": ["2"]}
    page.wait_for_function(
        "() => { const top = document.querySelector('#claim').getBoundingClientRect().top;"
        " return top >= -1 && top < innerHeight / 2; }",
        timeout=LIMIT,
    )


TALLEST = {DESK: 3_000, PHONE: 7_000}


@looks_at(covering(LANGS, TALLEST, make=lambda lang, size: visit("evidence", lang, size=size)))
def test_the_page_is_no_longer_than_can_be_read(look: Visited) -> None:
    page = look.page
    expect(page.locator(".ma-ev-further")).to_be_visible(timeout=LIMIT)
    tall = page.evaluate("() => document.querySelector('[data-testid=\"stMain\"]').scrollHeight")
    assert 1_000 < tall <= TALLEST[look.visit.size]
    for first in ("border", "prevention_cities", "confined", "veracruz", "inequality"):
        expect(row(page, first)).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


def test_what_has_left_the_page_is_found_from_it(atlas: AtlasPage) -> None:
    page = atlas.open("/evidence", lang="es", measure="usd").page
    page.locator(".ma-ev-further a").first.click()
    atlas.wait_settled()
    assert urlsplit(page.url).path == "/inequality"
    expect(page.locator(".ma-iq-table").first).to_be_visible(timeout=LIMIT)
    assert own(atlas)["measure"] == ["usd"]
    atlas.follow("/evidence?lang=es")
    page.locator("#rule a").click()
    atlas.wait_settled()
    assert urlsplit(page.url).path == "/methods"
    expect(page.locator("#rule .ma-ev-chip")).to_have_count(len(VERDICTS), timeout=LIMIT)


def test_assuming_the_south_under_reported_moves_the_finding_and_the_link(
    atlas: AtlasPage,
) -> None:
    atlas.open("/evidence", under="2.5")
    told = atlas.page.locator(".ma-ev-south .ma-ev-fact")
    expect(told).to_have_text(reporting_sentence(load_atlas(), 2.5, EN), timeout=LIMIT)
    atlas.control("under").get_by_role("slider").press("ArrowRight")
    expect(told).to_have_text(reporting_sentence(load_atlas(), 3.0, EN), timeout=LIMIT)
    atlas.wait_settled()
    assert own(atlas)["under"] == ["3"]


def test_a_claim_leads_to_its_view_on_the_map_in_the_readers_language(atlas: AtlasPage) -> None:
    atlas.open("/evidence", claim="sez", lang="es")
    atlas.page.locator(".ma-ev-shown .ma-more a").click()
    atlas.wait_painted()
    spelled = own(atlas)
    assert spelled["lang"] == ["es"]
    assert spelled["layers"] == ["sez"]
    assert spelled["show"] == ["ratio"]
    assert spelled["to"] == ["2016"]
    assert atlas.notices_of_the_link() == []


def test_the_receipt_opens_and_its_citation_leads_back_to_the_claim(atlas: AtlasPage) -> None:
    atlas.open("/evidence", claim="inequality")
    receipt = atlas.page.locator("#receipt-inequality")
    receipt.locator("summary").first.click()
    cite = receipt.locator(".ma-ev-cite")
    expect(cite).to_be_visible(timeout=LIMIT)
    address = cite.inner_text().split()[-1]
    assert urlsplit(address).path == "/evidence"
    atlas.page.goto(address)
    atlas.wait_settled()
    expect(atlas.page.locator(".ma-ev-claim h4")).to_have_text(
        CLAIMS.of("inequality").says["en"], timeout=LIMIT
    )


@looks_at(visit("evidence", lang) for lang in LANGS)
def test_what_speaks_against_the_finding_is_on_the_page_as_plainly_as_what_speaks_for_it(
    look: Visited,
) -> None:
    weakening = look.page.locator(".ma-ev-objections > li")
    standing = look.page.locator(".ma-ev-stands > li")
    expect(standing.first).to_be_visible(timeout=LIMIT)
    assert weakening.count() + standing.count() == len(OBJECTIONS)
    heights = weakening.evaluate_all("(all) => all.map((li) => li.getBoundingClientRect().height)")
    assert min(heights) > 60
    for effect in ("weakens", "falls", "cannot_tell"):
        assert look.page.locator(f".ma-ev-objections > li.{effect}").count() >= 1
    before = look.page.evaluate(
        "() => { const [a, b] = ['.ma-ev-objections', '.ma-ev-stands'].map((one) => "
        "document.querySelector(one)); return a.compareDocumentPosition(b); }"
    )
    assert before == 4, "what weakens comes after what does not"
    line = standing.first
    assert line.bounding_box()["height"] < 50  # type: ignore[index]
    line.locator("summary").first.focus()
    look.page.keyboard.press("Enter")
    expect(line.locator(".ma-ev-effect")).to_be_visible(timeout=LIMIT)
