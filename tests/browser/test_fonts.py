"""What a reader's fonts must not decide: a first click, a heading's lines, a slide's map."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geo.briefing.scenes import own_briefing
from geo.policy import HEADING_FAMILY
from geo.view import View
from tests.browser.atlas_page import LIMIT, OPEN_POINT, AtlasPage
from tests.browser.font_sets import FONT_SETS
from tests.browser.promises import wait_sentence
from tests.covering import covering, seldom
from tests.made import made_once

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

Screen = tuple[int, int, bool]

SCREENS: list[Screen] = [(1366, 768, False), (1400, 900, False), (390, 844, True)]
"""Width, height, and whether it is touched."""

PRESSED = [(SCREENS[0], "08"), (SCREENS[1], "02"), (SCREENS[2], "08")]
"""The screens, each with the code of the state that is pressed there."""

SLIDES = [((1366, 768), "es"), ((1920, 1080), "es"), ((1024, 768), "es"), ((1280, 720), "en")]
"""Sizes of slides and their language: mostly the one whose words are longer."""

TOUCHED = "none"
"""The set of fonts whose reader is in every run one with a phone: a profile for each is slow."""

SCROLLED = "() => document.querySelector('[data-testid=\"stMain\"]').scrollTop + scrollY"

TO_THE_MAP = """() => {
    const main = document.querySelector('[data-testid="stMain"]');
    main.scrollTop += document.querySelector('iframe[src*="streamlit_folium"]')
        .getBoundingClientRect().y - innerHeight / 2;
}"""


LOADED = """(family) => [...document.fonts].some((one) =>
    one.family.includes(family) && one.status === "loaded")"""

HEADING = """() => {
    const heading = document.querySelector("h1"), box = heading.getBoundingClientRect();
    return {
        text: heading.innerText,
        first: getComputedStyle(heading).fontFamily.split(",")[0].replaceAll('"', ""),
        height: box.height, width: box.width,
    };
}"""


def looks_as_everywhere(page: Page, what: str, fonts: str, screen: Screen) -> None:
    """The heading is in the font that is shipped, and as large as with the other sets of fonts.

    The first set that looks writes down what it sees, for all workers of the run.
    """
    page.set_viewport_size({"width": screen[0], "height": screen[1]})
    # Text that stands there asks for its font; before, there is none to wait for.
    page.wait_for_function(LOADED, arg=HEADING_FAMILY, timeout=LIMIT)
    told = page.evaluate(HEADING)
    assert told["first"] == HEADING_FAMILY
    with made_once(f"a heading of {what}") as (file, made):
        if not made:
            file.write_text(json.dumps({"told": told, "fonts": fonts}), encoding="utf-8")
        first = json.loads(file.read_text(encoding="utf-8"))
    assert told == first["told"], f"with {fonts} it is not as with {first['fonts']}"


def still(page: Page) -> None:
    """Until the map's frame has not moved for twenty animation frames: the page is laid out."""
    page.evaluate(
        """() => document.fonts.ready.then(() => new Promise((done) => {
            let last = 0, same = 0;
            const look = () => {
                const frame = document.querySelector('iframe[src*="streamlit_folium"]');
                const now = frame.getBoundingClientRect().y;
                same = now === last ? same + 1 : 0;
                last = now;
                same >= 20 ? done() : requestAnimationFrame(look);
            };
            look();
        }))"""
    )


def open_with(
    new_tab_with: Callable[..., Page], fonts: str, screen: Screen, **options: object
) -> Page:
    """A tab with this set of fonts, of as few profiles as do: the first visit in each is slow."""
    width, height, touch = screen
    if touch or fonts == TOUCHED:
        options["has_touch"] = True
    return new_tab_with(fonts, viewport={"width": width, "height": height}, **options)


@pytest.mark.parametrize(("pressed", "fonts"), covering(PRESSED, FONT_SETS))
def test_the_first_press_on_a_state_chooses_it_and_the_page_stays(
    new_tab_with: Callable[..., Page], pressed: tuple[Screen, str], fonts: str
) -> None:
    screen, code = pressed
    _, height, touch = screen
    atlas = AtlasPage(open_with(new_tab_with, fonts, screen)).open_map(layers="none")
    page = atlas.page
    still(page)
    # Nothing but a reader's hand scrolls, and only where a phone shows no map at first.
    if touch:
        page.evaluate(TO_THE_MAP)
    before = page.evaluate(SCROLLED)
    assert touch or before == 0
    where = atlas.map_frame().evaluate(OPEN_POINT, code)
    frame = atlas.map_iframe().bounding_box()
    assert frame is not None
    x, y = frame["x"] + where["x"], frame["y"] + where["y"]
    assert y < height, f"state {code} is not on the screen"
    if touch:
        page.touchscreen.tap(x, y)
    else:
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.up()
    page.wait_for_function(
        "(c) => new URLSearchParams(location.search).get('state') === c", arg=code, timeout=LIMIT
    )
    assert page.evaluate(SCROLLED) == before
    atlas.wait_settled().follow("/")
    wait_sentence(atlas, View())
    looks_as_everywhere(page, "the Map", fonts, SCREENS[0])
    atlas.follow("/evidence?lang=es")
    expect(page.locator(".ma-ev-verdicts").first).to_be_visible()
    looks_as_everywhere(page, "Evidence", fonts, SCREENS[2])


@pytest.mark.parametrize("fonts", ["dejavu", *seldom("liberation", "none")])
def test_a_site_at_the_edge_of_the_map_is_chosen_by_the_first_press(
    new_tab_with: Callable[..., Page], fonts: str
) -> None:
    atlas = AtlasPage(open_with(new_tab_with, fonts, SCREENS[0]))
    page = atlas.open_map().page
    still(page)
    before = page.evaluate(SCROLLED)
    site = atlas.map_frame().get_by_role("button", name="Tijuana", exact=True)
    box = site.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 768
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.up()
    page.wait_for_function(
        "() => new URLSearchParams(location.search).get('state') === '02'", timeout=LIMIT
    )
    assert page.evaluate(SCROLLED) == before


@pytest.mark.parametrize(("shown", "fonts"), covering(SLIDES, FONT_SETS))
def test_a_slides_map_stays_and_no_text_is_cut_off_whatever_the_fonts(
    new_tab_with: Callable[..., Page], shown: tuple[tuple[int, int], str], fonts: str
) -> None:
    size, lang = shown
    # What fades is drawn for each frame.
    screen = (*size, False)
    page = open_with(new_tab_with, fonts, screen, reduced_motion="reduce")
    page.goto(f"/present?lang={lang}")
    page.wait_for_function("() => window.briefing", timeout=LIMIT)
    page.evaluate("() => document.fonts.ready")
    seen = set()
    for _ in own_briefing().scenes:
        told = page.evaluate(
            """() => ({
                map: JSON.stringify(map.getBoundingClientRect()),
                cut: [...document.querySelectorAll("h1, .said, footer")]
                    .filter((one) => one.scrollHeight > one.clientHeight + 2)
                    .map((one) => one.innerText),
                out: document.documentElement.scrollHeight > innerHeight,
                number: parseFloat(getComputedStyle(document.getElementById("number")).fontSize),
            })"""
        )
        seen.add(told["map"])
        assert told["cut"] == []
        assert not told["out"]
        assert told["number"] >= size[1] / 12, "it cannot be read on a wall"
        page.keyboard.press("PageDown")
    assert len(seen) == 1
    page.keyboard.press("Home")
    # A font inside a page's own text is not read by a Chromium that has no font at all.
    if fonts != "none":
        looks_as_everywhere(page, f"the first slide in {lang}", fonts, SCREENS[0])


def test_a_slides_long_title_is_set_smaller_and_moves_nothing(page: Page) -> None:
    page.goto("/present")
    page.wait_for_function("() => window.briefing", timeout=LIMIT)
    place = "() => JSON.stringify(map.getBoundingClientRect())"
    page.evaluate("() => document.fonts.ready.then(() => true)")
    before = page.evaluate(place)
    page.evaluate(
        "() => { title.textContent = 'A title of a scene of somebody’s own '.repeat(4);"
        " window.dispatchEvent(new Event('resize')); }"
    )
    assert page.evaluate(place) == before
    assert page.evaluate("() => title.scrollHeight <= title.clientHeight")
