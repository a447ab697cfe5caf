"""A choice is painted ahead of the page's run, and what the run says counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.view import View
from tests.browser.atlas_page import LIMIT
from tests.browser.promises import assert_shows

if TYPE_CHECKING:
    from playwright.sync_api import Route

    from tests.browser.atlas_page import AtlasPage
    from tests.browser.runs import Line

COLOURS = "() => JSON.stringify(window.atlas.colours())"
OTHERS = f"(before) => ({COLOURS})() !== before"
SETTLE_MS = 400
"""After a run is over, in geo/assets/ahead.js."""


def test_the_map_shows_the_choice_before_the_page_has_followed(
    atlas: AtlasPage, line: Line
) -> None:
    atlas.open_map()
    frame = atlas.map_frame()
    before, painted = frame.evaluate(COLOURS), atlas.paints()
    line.keeps = True
    atlas.control("measure").get_by_role("radio", name="Dollars").click()
    frame.wait_for_function(OTHERS, arg=before, timeout=LIMIT)
    ahead = frame.evaluate(COLOURS)
    assert line.kept, "the page has asked for no run"
    assert atlas.paints() == painted, "the run has painted"
    line.let_go()
    atlas.wait_painted(more_than=painted).wait_settled()
    assert frame.evaluate(COLOURS) == ahead
    assert "measure=usd" in atlas.page.url


def test_the_end_of_the_run_before_does_not_take_back_a_choice_that_is_still_on_its_way(
    atlas: AtlasPage, line: Line
) -> None:
    atlas.open_map()
    frame, painted = atlas.map_frame(), atlas.paints()
    atlas.control("measure").get_by_role("radio", name="Dollars").click()
    atlas.wait_painted(more_than=painted)
    before = frame.evaluate(COLOURS)
    line.keeps = True
    atlas.control("measure").get_by_role("radio", name="Documented activity").click()
    frame.wait_for_function(OTHERS, arg=before, timeout=LIMIT)
    ahead = frame.evaluate(COLOURS)
    atlas.page.wait_for_timeout(2 * SETTLE_MS)
    assert line.kept, "the page has asked for no run"
    assert frame.evaluate(COLOURS) == ahead
    line.let_go()
    atlas.wait_painted(more_than=painted + 1).wait_settled()
    assert frame.evaluate(COLOURS) == ahead


def test_what_is_pressed_while_a_choice_is_on_its_way_to_the_server_keeps_the_choice(
    atlas: AtlasPage, line: Line
) -> None:
    atlas.open_map()
    line.keeps = True
    atlas.control("measure").get_by_role("radio", name="Dollars").click()
    atlas.page.locator(".ma-ranking tr[data-state='30'] th").click()
    line.let_go()
    assert_shows(atlas, View(measure="usd", state="30"))
    line.keeps = True
    atlas.control("measure").get_by_role("radio", name="Documented activity").click()
    atlas.page.locator(".ma-clear").click()
    line.let_go()
    assert_shows(atlas, View())


def test_an_option_chosen_again_keeps_nothing_waiting(atlas: AtlasPage) -> None:
    atlas.open_map(show="share").choose("show", "% of all")
    atlas.page.locator(".ma-ranking tr[data-state='30'] th").click()
    assert atlas.url_params()["state"] == ["30"]
    assert_shows(atlas, View(show="share", state="30"))


def test_a_key_on_the_year_slider_asks_for_the_years_it_makes(atlas: AtlasPage) -> None:
    atlas.open_map(to="2012")
    end = atlas.open_drawer().page.locator(".st-key-w_years input[type=range]").last
    with atlas.page.expect_request("**/paint.json?*") as asked:
        end.press("ArrowLeft")
    assert "to=2011" in asked.value.url
    atlas.wait_settled()


def test_what_the_run_does_not_confirm_is_taken_back(atlas: AtlasPage) -> None:
    atlas.open_map()
    frame = atlas.map_frame()
    truth = atlas.page.request.get("/paint.json?weak=include").json()

    def mislead(route: Route) -> None:
        route.fulfill(json=truth | {"at": dict.fromkeys(truth["at"], 0)})

    atlas.page.route("**/paint.json?*", mislead)
    atlas.choose("weak", "Show").wait_settled()
    frame.wait_for_function(
        """(truth) => Object.entries(window.atlas.colours()).every(([code, colour]) => {
            const at = truth.at[code];
            return colour === (at < 0 ? truth.others[-at - 1] : truth.fills[at]);
        })""",
        arg=truth,
        timeout=LIMIT,
    )


def test_without_an_answer_the_run_paints_as_ever(atlas: AtlasPage) -> None:
    atlas.page.route("**/paint.json?*", lambda route: route.abort())
    atlas.open_map()
    painted = atlas.paints()
    atlas.choose("measure", "Dollars").wait_painted(more_than=painted).wait_settled()
    assert "measure=usd" in atlas.page.url
