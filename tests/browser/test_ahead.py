"""A choice is painted ahead of the page's run, and what the run says counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.atlas_page import LIMIT

if TYPE_CHECKING:
    from playwright.sync_api import Route

    from tests.browser.atlas_page import AtlasPage

COLOURS = "() => JSON.stringify(window.atlas.colours())"


def test_the_map_shows_the_choice_before_the_page_has_followed(atlas: AtlasPage) -> None:
    atlas.open_map()
    frame = atlas.map_frame()
    before, painted = frame.evaluate(COLOURS), atlas.paints()
    # Written down at the first change of colours: how often the page's own run had painted by then.
    frame.evaluate(
        """(before) => new MutationObserver((_, self) => {
            if (JSON.stringify(window.atlas.colours()) === before) return;
            window.seenAfter ??= window.atlas.painted;
            self.disconnect();
        }).observe(document, {
            subtree: true, attributes: true, attributeFilter: ["data-fill"],
        })""",
        before,
    )
    atlas.choose("measure", "Dollars").wait_painted(more_than=painted).wait_settled()
    assert frame.evaluate("() => window.seenAfter") == painted
    assert frame.evaluate(COLOURS) != before


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
