"""Every page opens, in both languages, in a room without internet, and without a complaint."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from geo.language import speech
from geo.view import STATE_CODES
from tests.browser.atlas_page import LIMIT, AtlasPage
from tests.browser.each_page import EACH_PAGE
from tests.browser.test_two_languages import ON_A_PHONE
from tests.browser.visits import Visited, looks_at, visit

PAGES = {
    "/": "Map",
    "/evidence": "Is the essay right?",
    "/rebalance": "A fairer split",
    "/inequality": "How unequal, and how sure?",
    "/sites": "Sites",
    "/background": "Background",
    "/methods": "Data and methods",
    "/contribute": "Contribute evidence",
    "/briefing": "Briefing",
}
WITH_A_MAP = ("/", "/rebalance", "/sites")
PHONE = {"width": 390, "height": 844}


@looks_at(EACH_PAGE)
def test_a_page_opens_without_asking_outside_and_without_an_error(look: Visited) -> None:
    path, lang = f"/{look.visit.path}", look.visit.lang
    expect(look.page.locator("h1.ma-headline")).to_have_count(1)
    title = speech(lang).t(PAGES[path])
    expect(look.page).to_have_title(f"{title} · Mérida Atlas", timeout=LIMIT)
    assert look.page.evaluate("document.documentElement.lang") == lang
    if path in WITH_A_MAP:
        colours = look.states_colours()
        assert sorted(colours) == sorted(STATE_CODES)
        assert all(colour.startswith("#") for colour in colours.values())
    assert look.page.locator('[data-testid="stException"], [data-testid="stAlert"]').count() == 0
    assert look.notices_of_the_link() == []
    assert look.attempted == []
    assert look.seen.failed == []
    assert look.seen.console_errors == []
    assert look.seen.page_errors == []


@looks_at([visit(size=(390, 844), state="02", colour="x" * 60), *ON_A_PHONE])
def test_no_page_is_wider_than_a_phone(look: Visited) -> None:
    if f"/{look.visit.path}" in WITH_A_MAP:
        assert look.map_frame().evaluate(WIDER_THAN_THE_WINDOW) == []
    assert look.page.evaluate(WIDER_THAN_THE_WINDOW) == []


WIDER_THAN_THE_WINDOW = """() => {
    const main = document.querySelector('[data-testid="stMain"]') ?? document.documentElement;
    const wide = [document.documentElement, main].filter((e) => e.scrollWidth > e.clientWidth);
    if (!wide.length) return [];
    const within = (e) => {
        for (let up = e.parentElement; up && up !== main; up = up.parentElement) {
            if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(up).overflowX)) {
                return true;
            }
        }
        return false;
    };
    return ["the page scrolls sideways", ...Array.from(main.querySelectorAll("*"))
        .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !within(e))
        .map((e) => `${e.tagName}.${e.getAttribute("class")}`).slice(0, 10)];
}"""


def test_on_a_phone_wheel_and_finger_scroll_the_page_until_the_reader_has_zoomed_in(
    phone: AtlasPage,
) -> None:
    phone.open_map()
    phone.map_iframe().scroll_into_view_if_needed()
    before = phone.map_view()
    box = phone.map_iframe().bounding_box()
    assert box is not None
    assert box["height"] < PHONE["height"] * 0.75, "no room beside the map to put a finger on"
    phone.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    scrolled = "() => document.querySelector('[data-testid=\"stMain\"]').scrollTop"
    start = phone.page.evaluate(scrolled)
    phone.page.mouse.wheel(0, 700)
    phone.page.wait_for_function(f"(start) => ({scrolled})() > start + 300", arg=start)
    phone.wait_map_still()
    assert phone.map_view() == before
    handling = "() => getComputedStyle(document.querySelector('.leaflet-container')).touchAction"
    assert "pan-y" in phone.map_frame().evaluate(handling)
    phone.zoom_in()
    phone.map_frame().wait_for_function(f"() => ({handling})() === 'none'", timeout=LIMIT)


@looks_at([visit(lang="es", size=(390, 844)), visit()])
def test_every_site_and_city_lies_clear_of_the_maps_buttons(look: Visited) -> None:
    assert {"sites", "cities"} <= set(look.layers())
    hidden = look.map_frame().evaluate(
        """() => Array.from(document.querySelectorAll(".atlas-site")).filter((site) => {
            const box = site.getBoundingClientRect();
            const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            return !top || !top.closest(".atlas-site");
        }).map((site) => site.getAttribute("aria-label"))"""
    )
    assert hidden == []


@pytest.fixture
def phone(new_tab: Callable[..., Page]) -> AtlasPage:
    """The atlas on a phone's screen, with a finger for a mouse."""
    return AtlasPage(new_tab(viewport=PHONE, has_touch=True, is_mobile=True))
