"""An analyst's tools: choosing anywhere chooses everywhere, two maps move as one, years play."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geo.view import View
from tests.browser.atlas_page import LIMIT, MAP_IFRAME, OPENED_IN_SIGHT
from tests.browser.promises import state_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Frame, Page

    from tests.browser.atlas_page import AtlasPage

NAMES = state_names(View())
STAYS = "window.stays = true"

NOTE_YEARS = """() => {
    window.years = [];
    atlasSeams.onAddress(() => {
        const year = new URLSearchParams(location.search).get("to");
        if (year && window.years.at(-1) !== year) window.years.push(year);
    });
}"""
"""Writes down each last year that the address spells: who asks for it later finds the next one."""


def assert_chosen(atlas: AtlasPage, code: str) -> None:
    """The address, the map, the menu, the ranking and the profile all have this state."""
    page = atlas.page
    page.wait_for_function(
        "(c) => (new URLSearchParams(location.search).get('state') ?? '') === c",
        arg=code,
        timeout=LIMIT,
    )
    chosen = page.locator(".ma-ranking tr.selected")
    if not code:
        expect(chosen).to_have_count(0, timeout=LIMIT)
        atlas.wait_settled()
        return
    expect(chosen.locator("th")).to_have_text(NAMES[code], timeout=LIMIT)
    expect(page.locator(".ma-panel h2")).to_have_text(NAMES[code], timeout=LIMIT)
    atlas.map_frame().wait_for_function(
        "() => window.atlas.layers().includes('selected')", timeout=LIMIT
    )
    # What is pressed next is not taken away by what is still to come of this choice.
    atlas.wait_settled()


def test_choosing_in_chart_table_ranking_map_or_small_map_chooses_everywhere_without_a_reload(
    atlas: AtlasPage,
) -> None:
    atlas.open_map(tool="need", layers="none")
    page, mounted = atlas.page, atlas.mount_id()
    page.evaluate(STAYS)
    page.locator('.ma-scatter [data-state="30"]').click()
    assert_chosen(atlas, "30")
    expect(page.locator('.ma-scatter [data-state="30"]')).to_have_attribute("aria-pressed", "true")
    page.locator('.ma-ranking tr[data-state="19"]').click()
    assert_chosen(atlas, "19")
    expect(page.locator('.ma-scatter [data-state="19"]')).to_have_attribute("aria-pressed", "true")
    page.get_by_text("The numbers of the chart").click()
    page.locator('.ma-pick-table tr[data-state="20"]').click()
    assert_chosen(atlas, "20")
    atlas.wait_settled()
    atlas.select_state("08")
    assert_chosen(atlas, "08")
    expect(page.locator('.ma-scatter [data-state="08"]')).to_have_attribute("aria-pressed", "true")
    page.locator('.ma-scatter [data-state="08"]').click()
    assert_chosen(atlas, "")
    page.go_back()
    assert_chosen(atlas, "08")
    atlas.follow("/?tool=multiples&layers=none")
    assert_chosen(atlas, "")
    page.locator('.ma-small-map [data-state="08"]').first.click()
    assert_chosen(atlas, "08")
    expect(page.locator(".ma-multiples .ma-ring")).to_have_count(5)
    assert page.evaluate("window.stays") is True
    assert atlas.mount_id() == mounted


def test_a_keyboard_chooses_in_the_chart_and_in_the_ranking_and_keeps_its_place(
    atlas: AtlasPage,
) -> None:
    atlas.open_map(tool="need", layers="none")
    page = atlas.page
    page.locator('.ma-scatter [tabindex="0"]').focus()
    page.keyboard.press("ArrowRight")
    code = page.evaluate("document.activeElement.dataset.state")
    page.keyboard.press("Enter")
    page.evaluate("() => { const now = Date.now; Date.now = () => now.call(Date) + 60_000; }")
    assert_chosen(atlas, code)
    page.wait_for_function(
        "(c) => document.activeElement.dataset.state === c", arg=code, timeout=LIMIT
    )
    page.locator('[data-pick="ranking"]').focus()
    for _ in range(4):  # past the one that is chosen, which a second choice would let go of
        page.keyboard.press("ArrowDown")
    code = page.evaluate("document.activeElement.dataset.state")
    page.keyboard.press("Space")
    assert_chosen(atlas, code)
    page.wait_for_function(
        "(c) => document.activeElement.closest('[data-pick=ranking]')"
        " && document.activeElement.dataset.state === c",
        arg=code,
        timeout=LIMIT,
    )


def other_frame(atlas: AtlasPage) -> Frame:
    frame = atlas.map_frame(1)
    frame.wait_for_function("() => window.atlas && window.atlas.painted > 0", timeout=LIMIT)
    return frame


def test_two_views_stand_side_by_side_and_move_as_one(atlas: AtlasPage) -> None:
    atlas.open_map(layers="none")
    mounted = atlas.mount_id()
    atlas.page.evaluate(STAYS)
    atlas.open_view_of("Compare two views")
    other_frame(atlas)
    # A list of options closes when the page scrolls under it, as it does to what was opened.
    atlas.page.wait_for_function(OPENED_IN_SIGHT, arg="tool", timeout=LIMIT)
    atlas.wait_scrolled().choose("with", "To the end of 2016, and from 2017")
    atlas.page.wait_for_function("() => location.search.includes('with=')", timeout=LIMIT)
    assert atlas.url_params()["with"] == ["from.2017_to.2021"]
    other = other_frame(atlas)
    atlas.zoom_in()
    atlas.drag_map(60, 40)
    other.wait_for_function(
        """(here) => {
            const there = window.atlas.view();
            return there.zoom === here.zoom && Math.abs(there.lat - here.lat) < 0.02
                && Math.abs(there.lng - here.lng) < 0.02;
        }""",
        arg=vars(atlas.map_view()),
        timeout=LIMIT,
    )
    before = atlas.map_view().zoom
    other.locator(".leaflet-control-zoom-out").click()
    zoom = "() => window.atlas.view().zoom"
    atlas.map_frame().wait_for_function(
        "(z) => window.atlas.view().zoom < z", arg=before, timeout=LIMIT
    )
    atlas.wait_map_still()
    other.wait_for_function(
        "(z) => window.atlas.view().zoom === z", arg=atlas.map_view().zoom, timeout=LIMIT
    )
    assert other.evaluate(zoom) == atlas.map_view().zoom
    atlas.page.locator('.ma-ranking tr[data-state="28"]').click()
    other.wait_for_function("() => window.atlas.layers().includes('selected')", timeout=LIMIT)
    assert_chosen(atlas, "28")
    atlas.wait_settled()
    atlas.open_view_of("Compare two views")
    expect(atlas.page.locator(MAP_IFRAME)).to_have_count(1, timeout=LIMIT)
    assert atlas.mount_id() == mounted
    assert atlas.page.evaluate("window.stays") is True


def test_the_years_play_without_a_remount_and_stop_when_asked(atlas: AtlasPage) -> None:
    atlas.open_map(tool="time", layers="none")
    page, mounted, painted = atlas.page, atlas.mount_id(), atlas.paints()
    page.evaluate(STAYS)
    at_start = page.evaluate("history.length")
    page.evaluate(NOTE_YEARS)
    button = page.locator('.ma-play[data-name="adding"]')
    button.click()
    page.wait_for_function("() => window.years.length >= 3", timeout=LIMIT)
    assert page.evaluate("() => window.years")[:3] == ["2008", "2009", "2010"]
    assert "from" not in atlas.url_params()
    expect(page.locator('.ma-play[data-name="adding"]')).to_have_text("■ Stop")
    # Each year brings another button, and brings one between pressing and letting go.
    button.hover()
    old = button.element_handle(timeout=LIMIT)
    page.mouse.down()
    page.wait_for_function("(old) => !old.isConnected", arg=old, timeout=LIMIT)
    page.mouse.up()
    expect(page.locator('.ma-play[data-name="adding"]')).to_have_text("▶ Play adding up")
    atlas.wait_settled()
    stopped = atlas.url_params()["to"]
    page.wait_for_timeout(2000)
    assert atlas.url_params()["to"] == stopped
    assert atlas.paints() >= painted + 3
    assert atlas.mount_id() == mounted
    assert page.evaluate("window.stays") is True
    assert page.evaluate("history.length") == at_start + 1
    page.locator(".ma-button[data-go]").click()
    page.wait_for_function("() => !new URLSearchParams(location.search).has('to')", timeout=LIMIT)


def test_who_wants_less_motion_gets_one_step_at_a_press(
    new_tab: Callable[..., Page],
) -> None:
    from tests.browser.atlas_page import AtlasPage

    atlas = AtlasPage(new_tab(reduced_motion="reduce"))
    atlas.open_map(tool="time", layers="none")
    for year in ("2008", "2009"):
        atlas.page.locator('.ma-play[data-name="single"]').click()
        atlas.page.wait_for_function(
            "(y) => new URLSearchParams(location.search).get('to') === y", arg=year, timeout=LIMIT
        )
        atlas.wait_settled()
        atlas.page.wait_for_timeout(1500)
        assert atlas.url_params()["to"] == [year]


def test_who_was_led_to_what_opened_stays_there_when_a_later_run_replaces_it(
    atlas: AtlasPage,
) -> None:
    page = atlas.open_map(layers="none").open_view_of("Check the classes").page
    page.wait_for_function(OPENED_IN_SIGHT, arg="tool", timeout=LIMIT)
    old = page.locator("[data-opened]").element_handle(timeout=LIMIT)
    page.evaluate("() => atlasSeams.go({ measure: 'usd' }, true)")
    page.wait_for_function("(old) => !old.isConnected", arg=old, timeout=LIMIT)
    page.wait_for_function(OPENED_IN_SIGHT, arg="tool", timeout=LIMIT)


@pytest.mark.parametrize("code", ["08"])
def test_a_state_opens_into_its_municipalities_and_closes_again(
    atlas: AtlasPage, code: str
) -> None:
    atlas.open_map(tool="municipalities", layers="none")
    mounted, wide = atlas.mount_id(), atlas.map_view().zoom
    atlas.select_state(code)
    frame = atlas.map_frame()
    frame.wait_for_function("() => window.atlas.layers().includes('drill')", timeout=LIMIT)
    atlas.wait_map_still()
    assert atlas.map_view().zoom > wide
    dotted = frame.evaluate(
        """() => [...document.querySelectorAll('.leaflet-reached-pane path')]
            .map((path) => path.getAttribute('fill'))"""
    )
    assert len(dotted) == 67
    assert dotted.count("url(#atlas-dotted)") == 63
    atlas.wait_settled().open_view_of("Municipalities of a state")
    frame.wait_for_function("() => !window.atlas.layers().includes('drill')", timeout=LIMIT)
    atlas.wait_map_still()
    assert abs(atlas.map_view().zoom - wide) < 0.5
    atlas.wait_settled().open_view_of("Check the classes")
    atlas.page.wait_for_function(OPENED_IN_SIGHT, arg="tool", timeout=LIMIT)
    assert atlas.mount_id() == mounted
