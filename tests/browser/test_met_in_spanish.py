"""A reader whose browser asks for Spanish is met in Spanish, and keeps the language they choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geo.language import speech
from geo.server.streamlit_words import NAMES, TEXTS, WORDED, words_of_streamlit
from geo.view import View
from tests.browser.atlas_page import LIMIT, AtlasPage
from tests.browser.promises import wait_address, wait_sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

TALL = 900

SEEN = """
    window.spoken = [];
    const note = () => {
        const said = [document.documentElement.lang, document.querySelector("h1")?.innerText ?? ""];
        if (String(window.spoken.at(-1)) !== String(said)) window.spoken.push(said);
    };
    new MutationObserver(note).observe(document, {
        childList: true, subtree: true, attributes: true, attributeFilter: ["lang"],
    });
"""
"""Takes down every language and headline that the page shows, however briefly."""


@pytest.fixture
def tab(new_tab: Callable[..., Page]) -> Page:
    """A blank tab of a browser that is set to the Spanish of Mexico."""
    return new_tab(locale="es-MX", viewport={"width": 1000, "height": TALL})


def test_the_bare_address_opens_in_spanish_without_a_flash_of_english(tab: Page) -> None:
    tab.add_init_script(SEEN)
    atlas = AtlasPage(tab).open_map()
    wait_sentence(atlas, View(lang="es"))
    wait_address(atlas, View(lang="es"))
    spoken = tab.evaluate("() => window.spoken")
    assert {lang for lang, _ in spoken if lang} == {"es"}
    headlines = {text for _, text in spoken if text}
    assert len(headlines) == 1, headlines


def test_whoever_then_chooses_english_stays_in_it(tab: Page) -> None:
    atlas = AtlasPage(tab).open_map(measure="usd")
    wait_sentence(atlas, View(measure="usd", lang="es"))
    atlas.page.locator(".ma-langs").get_by_role("link", name="English").click()
    wait_sentence(atlas, View(measure="usd"))
    assert atlas.url_params() == {"measure": ["usd"], "lang": ["en"]}
    tab.reload()
    atlas.wait_settled()
    wait_sentence(atlas, View(measure="usd"))
    files = tab.locator("a[href^='/api/'], a[href^='/export/']")
    addresses = files.evaluate_all("(all) => all.map((a) => a.getAttribute('href'))")
    assert addresses
    assert all("lang=en" in address for address in addresses)


def test_an_explicit_english_link_opens_in_english(tab: Page) -> None:
    atlas = AtlasPage(tab).open_map(lang="en")
    wait_sentence(atlas, View())


def test_going_to_another_page_and_back_keeps_the_language(tab: Page) -> None:
    atlas = AtlasPage(tab).open("/sites")
    assert tab.evaluate("() => document.documentElement.lang") == "es"
    tab.get_by_role("link", name=speech("es").t("Map"), exact=True).first.click()
    wait_sentence(atlas, View(lang="es"))
    tab.go_back()
    tab.wait_for_url("**/sites**", timeout=LIMIT)
    atlas.wait_settled()
    assert tab.evaluate("() => document.documentElement.lang") == "es"


SAID = """() => {
    const said = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) said.push(walk.currentNode.data.trim());
    for (const name of ["aria-label", "title", "placeholder"]) {
        for (const e of document.querySelectorAll(`[${name}]`)) said.push(e.getAttribute(name));
    }
    return said;
}"""


def test_what_streamlit_says_of_itself_is_in_the_readers_language(tab: Page) -> None:
    atlas, page = AtlasPage(tab).open_map(), tab
    frame = atlas.map_frame()
    expect(atlas.map_iframe().content_frame.get_by_title("Acercar")).to_be_attached(timeout=LIMIT)
    spanish = words_of_streamlit()["es"]
    menu = spanish["names"]["Main menu"]
    page.wait_for_function(f"(word) => ({SAID})().includes(word)", arg=menu, timeout=LIMIT)
    for width in (1000, 390):
        tab.set_viewport_size({"width": width, "height": TALL})
        page.wait_for_function("(width) => innerWidth === width", arg=width, timeout=LIMIT)
        said = set(page.evaluate(SAID)) | set(frame.evaluate(SAID))
        assert not said & (set(WORDED) - {"Close"})
        assert not [text for text in said if text.endswith(" more") or text.startswith("Help for ")]
    # And back again with the language.
    page.locator(".ma-langs").get_by_role("link", name="English").click()
    wait_sentence(atlas, View())
    page.wait_for_function(f"() => ({SAID})().includes('Main menu')", timeout=LIMIT)
    assert menu not in page.evaluate(SAID)


def test_every_word_has_a_spanish_one() -> None:
    told = words_of_streamlit()
    assert set(told["es"]["names"]) == set(NAMES)
    assert set(told["es"]["texts"]) == set(TEXTS)
    assert list(told["en"]["names"].values()) == ["Map"]
    for table in told["es"].values():
        for english, spanish in table.items():
            held = english[english.find("{") : english.find("}") + 1]
            assert held == "{what}" or held in spanish
