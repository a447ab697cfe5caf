"""A reader fills in what they know, is told what is wrong, sees what changes, and sends it."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

from geo.language import speech
from geo.view import LANGS
from tests.browser.atlas_page import LIMIT, AtlasPage
from tests.browser.test_axe import grave
from tests.contributed import SOUND
from tests.serving import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Locator

PHONE = {"width": 390, "height": 844}

WRITTEN = {
    "c_sources_1_title": "Entrega de radios",
    "c_sources_1_author": "Diario de Xalapa",
    "c_sources_1_date": "2018-05-04",
    "c_activity_1_title_en": SOUND.activity["title_en"],
    "c_activity_1_title_es": SOUND.activity["title_es"],
    "c_activity_1_period_start": "2014-05",
    "c_places_1_place": "Xalapa",
    "c_places_1_cvegeo": "Xalapa",
}
"""Key of a field → what is typed into it."""

CHOSEN = {
    "c_sources_1_grade_kind": "Press",
    "c_activity_1_area": "Crime prevention",
    "c_activity_1_kind": "equipment",
    "c_activity_1_period_certain": "the document says it",
    "c_activity_1_recipient_level": "municipality",
    "c_activity_1_funder": "Mérida Initiative",
    "c_activity_1_weak": "No",
    "c_activity_1_verification": "read in the source",
    "c_activity_1_names_merida": "Yes",
    "c_places_1_location_precision": "municipality",
}
"""Key of a field → what is chosen in it, by keyboard."""


def field(page: Page, key: str) -> Locator:
    return page.locator(f".st-key-{key}").locator("input, textarea").first


def check(page: Page) -> None:
    page.get_by_role("button", name="Check it").click()


def test_the_whole_way_from_an_empty_form_to_a_file_that_can_be_added(
    new_tab: Callable[..., Page], open_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    page = new_tab(viewport=PHONE)
    atlas = AtlasPage(page)
    atlas.open("/contribute", lang="en", state="30")
    page.get_by_role("button", name="Check it").wait_for(timeout=LIMIT)
    for key, text in WRITTEN.items():
        field(page, key).fill(text)
    field(page, "c_sources_1_url").fill("javascript:alert(1)")
    for key, text in CHOSEN.items():
        menu = field(page, key)
        menu.focus()
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(menu).to_have_value(text)

    check(page)
    expect(page.locator(".ma-fault")).to_have_count(1, timeout=LIMIT)
    expect(page.locator(".ma-faults")).to_contain_text("Address of the document")
    expect(page.locator(".ma-twins")).to_have_count(0)

    field(page, "c_sources_1_url").fill("https://www.example.org/radios")
    check(page)
    expect(page.locator(".ma-twins .ma-svg svg")).to_have_count(2, timeout=LIMIT)
    expect(page.locator(".ma-fault")).to_have_count(0)
    expect(page.locator("#effect")).to_contain_text("Not part of the atlas until a maintainer")
    numbers = page.locator("#effect tr").filter(has_text="Veracruz").first.locator("td")
    before, after = (int(text) for text in numbers.all_inner_texts())
    assert after == before + 1
    assert "radios" not in page.url.lower()
    wide = "document.documentElement.scrollWidth <= window.innerWidth"
    # What is still to come anew is faint until then.
    atlas.wait_settled()
    assert page.evaluate(f"() => {wide}"), "nothing is wider than a phone"
    assert grave(page) == []

    with page.expect_download() as downloaded:
        page.get_by_role("button", name="Download the file").click()
    file = tmp_path / downloaded.value.suggested_filename
    downloaded.value.save_as(file)
    command = [sys.executable, "-m", "geo", "check", str(file)]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "https://www.example.org/radios" in done.stdout

    other = AtlasPage(open_context().new_page())
    other.open("/contribute", lang="en", state="30")
    other.page.get_by_role("button", name="Check it").wait_for(timeout=LIMIT)
    expect(field(other.page, "c_activity_1_title_en")).to_have_value("")

    other.page.locator("summary").filter(has_text="Go on with a file").click()
    other.page.set_input_files("input[data-into]", str(file))
    expect(other.page.locator(".st-key-c_file textarea")).to_have_value(re.compile("Xalapa"))
    other.page.get_by_role("button", name="Open it").click()
    expect(other.page.locator(".ma-twins .ma-svg svg")).to_have_count(2, timeout=LIMIT)
    expect(field(other.page, "c_activity_1_area")).to_have_value("Crime prevention")


def test_the_page_is_led_to_from_the_map_and_is_not_in_the_navigation(atlas: AtlasPage) -> None:
    page = atlas.open_map(lang=LANGS[0], measure="usd", state="30").page
    for lang in LANGS:
        atlas.follow(f"/?lang={lang}&measure=usd&state=30").wait_painted()
        link = page.get_by_role("link", name=speech(lang).t("Contribute evidence"))
        expect(link).to_have_count(1, timeout=LIMIT)
        link.click()
        page.wait_for_url("**/contribute**")
        atlas.wait_settled()
        expect(page.locator("#needs")).to_be_visible(timeout=LIMIT)
        bullet = "(li) => getComputedStyle(li).listStyleType"
        assert page.locator(".ma-needs li").first.evaluate(bullet) == "disc"
        assert "measure=usd" in page.url
        expect(field(page, "c_places_1_state")).to_have_value("Veracruz", timeout=LIMIT)
