"""Choosing a state, with the mouse or with the keyboard alone, and letting go of it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from geo.view import View
from tests.browser.atlas_page import LIMIT
from tests.browser.promises import assert_shows, state_names, wait_address

if TYPE_CHECKING:
    from tests.browser.atlas_page import AtlasPage

NAMES = state_names(View())


def test_a_click_on_a_state_chooses_it_one_beside_chooses_nothing_and_a_second_one_lets_go(
    atlas: AtlasPage,
) -> None:
    atlas.open_map(layers="none")
    mounted = atlas.mount_id()
    view = View(layers=())
    expect(atlas.page.locator(".ma-panel h2")).to_have_text("All Mexico")
    atlas.select_state("30")
    assert_shows(atlas, view.with_(state="30"))
    _assert_told_everywhere(atlas, "30")
    atlas.select_state("08")
    assert_shows(atlas, view.with_(state="08"))
    _assert_told_everywhere(atlas, "08")
    atlas.map_frame().locator(".leaflet-container").click(position={"x": 8, "y": 300})
    atlas.wait_settled()
    assert_shows(atlas, view.with_(state="08"))
    atlas.click_state("08")
    assert_shows(atlas, view)
    expect(atlas.page.locator(".ma-panel h2")).to_have_text("All Mexico")
    expect(atlas.page.locator(".ma-ranking tr.selected")).to_have_count(0)
    # The page is done before the map has taken what it was told.
    atlas.map_frame().wait_for_function(
        "() => !window.atlas.layers().includes('selected')", timeout=LIMIT
    )
    atlas.select_state("08")
    _assert_told_everywhere(atlas, "08")
    assert atlas.mount_id() == mounted


def _assert_told_everywhere(atlas: AtlasPage, code: str) -> None:
    page = atlas.page
    expect(page.locator(".ma-profile h2").first).to_have_text(NAMES[code], timeout=LIMIT)
    expect(page.locator(".ma-ranking tr.selected th")).to_have_text(NAMES[code])
    expect(page.locator(".ma-panel h2")).to_have_text(NAMES[code])
    atlas.wait_settled()
    assert "selected" in atlas.layers()
    assert atlas.url_params()["state"] == [code]


def test_sites_and_rows_of_buttons_work_with_the_keyboard_alone(atlas: AtlasPage) -> None:
    atlas.open_map()
    page = atlas.page
    marker = atlas.map_frame().get_by_role("button", name="Tijuana", exact=True)
    marker.focus()
    marker.press("Enter")
    assert_shows(atlas, View(state="02"))
    atlas.control("measure").get_by_role("radio", name="Documented activity").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    view = View(state="02", measure="usd")
    assert_shows(atlas, view)
    atlas.open_drawer().control("layers").get_by_role(
        "button", name="Special economic zones"
    ).focus()
    page.keyboard.press("Space")
    wait_address(atlas, view.with_(layers=("sites", "cities", "sez", "border", "neighbours")))


def test_a_reader_with_a_keyboard_reaches_every_control_by_tab(
    atlas: AtlasPage,
) -> None:
    atlas.open_map()
    sites = atlas.map_frame().locator(".atlas-site")
    assert sites.count() >= 10
    for marker in sites.all():
        assert marker.get_attribute("aria-label"), "a site without a name for a screen reader"
        assert marker.get_attribute("role") == "button"
    atlas.open_drawer()
    left = {"measure", "show", "per", "evidence", "weak", "found", "pillar", "years", "layers",
            "scheme", "k"}  # fmt: skip
    for _ in range(120):
        atlas.page.keyboard.press("Tab")
        key = atlas.page.evaluate(
            """() => document.activeElement?.closest('[class*="st-key-w_"]')
                ?.className.match(/st-key-w_(\\w+)/)?.[1] ?? document.activeElement?.tagName"""
        )
        left.discard(key)
        if not left:
            break
    assert left == set()
