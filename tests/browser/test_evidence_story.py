"""A reader who distrusts the atlas goes through its evidence: claims, objections, what-ifs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from geo.atlas import load_atlas
from geo.chapters.evidence import VERDICTS, evidence_headline, fact, option_text
from geo.chapters.evidence.reporting import reporting_sentence
from geo.equity.claims import finding, grid_of, load_claims
from geo.language import speech
from tests.browser.atlas_page import LIMIT, OPENED, OPENED_IN_SIGHT

if TYPE_CHECKING:
    from tests.browser.atlas_page import AtlasPage

CLAIMS = load_claims()
EN, ES = speech("en"), speech("es")


def own(atlas: AtlasPage) -> dict[str, list[str]]:
    return parse_qs(urlsplit(atlas.page.url).query)


def test_the_claims_stand_with_computed_verdicts_and_the_charts_are_drawn(
    atlas: AtlasPage,
) -> None:
    atlas.open("/evidence", claim="border")
    expect(atlas.page.locator("h1.ma-headline")).to_have_text(
        evidence_headline(load_atlas(), EN), timeout=LIMIT
    )
    rows = atlas.page.locator(".ma-ev-overview tbody tr")
    expect(rows).to_have_count(len(CLAIMS.claims), timeout=LIMIT)
    for row, claim in zip(rows.all(), CLAIMS.claims, strict=True):
        verdict = finding(load_atlas(), claim, CLAIMS.written).verdict
        assert row.locator(".ma-ev-chip").first.inner_text() == VERDICTS[verdict](EN)
    drawings = atlas.page.locator("figure.ma-ev-figure svg")
    expect(drawings.first).to_be_visible(timeout=LIMIT)
    assert drawings.count() >= 4, "dumbbell, split, histogram and the curves of the South"
    assert all(drawing.locator("title").count() for drawing in drawings.all())
    marks = atlas.page.locator(".ma-ev-matrix tbody td")
    assert marks.count() == len(grid_of(load_atlas(), CLAIMS.of("border")).cells)


def test_choosing_another_claim_shows_it_without_leaving_the_page(atlas: AtlasPage) -> None:
    atlas.open("/evidence")
    atlas.page.evaluate("() => { window.stayed = true; }")
    claim = CLAIMS.of("veracruz")
    expect(atlas.page.locator("#rule")).to_be_attached(timeout=LIMIT)
    # A list of options closes when the page scrolls under it.
    atlas.control("claim").scroll_into_view_if_needed()
    atlas.page.wait_for_timeout(300)
    assert not atlas.page.evaluate(OPENED, "claim")[0], "opening a link brought one to the claim"
    atlas.choose("claim", option_text(load_atlas(), "veracruz", EN))
    expect(atlas.page.locator(".ma-ev-claim h2")).to_have_text(claim.says["en"], timeout=LIMIT)
    told = fact(load_atlas(), finding(load_atlas(), claim, CLAIMS.written), EN)
    expect(atlas.page.locator(".ma-ev-claim .ma-ev-fact")).to_have_text(told)
    assert own(atlas)["claim"] == ["veracruz"]
    atlas.page.wait_for_function(OPENED_IN_SIGHT, arg="claim", timeout=LIMIT)
    assert atlas.page.evaluate("() => window.stayed"), "the page was loaded anew"
    atlas.page.go_back()
    expect(atlas.page.locator(".ma-ev-claim h2")).to_have_text(
        CLAIMS.claims[0].says["en"], timeout=LIMIT
    )


def test_assuming_the_south_under_reported_moves_the_finding_and_the_link(
    atlas: AtlasPage,
) -> None:
    atlas.open("/evidence", under="2.5")
    told = atlas.page.locator(".ma-ev-section > .ma-ev-fact")
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
    expect(atlas.page.locator(".ma-ev-claim h2")).to_have_text(
        CLAIMS.of("inequality").says["en"], timeout=LIMIT
    )


@pytest.mark.parametrize("lang", ["en", "es"])
def test_what_speaks_against_the_finding_is_on_the_page_as_plainly_as_what_speaks_for_it(
    atlas: AtlasPage, lang: str
) -> None:
    atlas.open("/evidence", lang=lang)
    shown = atlas.page.locator(".ma-ev-objections > li")
    expect(shown).to_have_count(16, timeout=LIMIT)
    heights = shown.evaluate_all("(all) => all.map((li) => li.getBoundingClientRect().height)")
    assert min(heights) > 60
    for effect in ("stands", "weakens", "falls", "cannot_tell"):
        assert atlas.page.locator(f".ma-ev-objections > li.{effect}").count() >= 1
