"""What a reader's fonts must not decide: a first click, a heading's lines, a slide's map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.atlas_page import LIMIT, OPEN_POINT, AtlasPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

SCREENS = [(1366, 768, False), (1400, 900, False), (390, 844, True)]
"""Width, height, and whether it is touched."""

SCROLLED = "() => document.querySelector('[data-testid=\"stMain\"]').scrollTop + scrollY"

TO_THE_MAP = """() => {
    const main = document.querySelector('[data-testid="stMain"]');
    main.scrollTop += document.querySelector('iframe[title*="streamlit_folium"]')
        .getBoundingClientRect().y - innerHeight / 2;
}"""


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: "x".join(map(str, screen[:2])))
@pytest.mark.parametrize("code", ["08", "02"])
def test_the_first_press_on_a_state_chooses_it_and_the_page_stays(
    open_with: Callable[..., BrowserContext],
    fonts: str,
    screen: tuple[int, int, bool],
    code: str,
) -> None:
    width, height, touch = screen
    reader = open_with(fonts, viewport={"width": width, "height": height}, has_touch=touch)
    atlas = AtlasPage(reader.new_page()).open_map(layers="none")
    page = atlas.page
    page.evaluate("() => document.fonts.ready")
    # Nothing but a reader's hand scrolls, and only where a phone shows no map at first.
    if touch:
        page.evaluate(TO_THE_MAP)
    before = page.evaluate(SCROLLED)
    assert touch or before == 0
    where = atlas.map_frame().evaluate(OPEN_POINT, code)
    frame = atlas.map_iframe().bounding_box()
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
