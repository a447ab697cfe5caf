"""A choice is painted ahead of the page's run, and what the run says counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.atlas_page import LIMIT

if TYPE_CHECKING:
    from playwright.sync_api import Route, WebSocketRoute

    from tests.browser.atlas_page import AtlasPage

COLOURS = "() => JSON.stringify(window.atlas.colours())"


def test_the_map_shows_the_choice_before_the_page_has_followed(atlas: AtlasPage) -> None:
    """The page's word is kept from the server: no run follows, on whatever machine."""
    kept: list[str | bytes] = []
    on_its_way: list[WebSocketRoute] = []
    keeps = False

    def between(page_side: WebSocketRoute) -> None:
        server_side = page_side.connect_to_server()
        on_its_way.append(server_side)
        page_side.on_message(lambda told: kept.append(told) if keeps else server_side.send(told))

    atlas.page.route_web_socket("**/_stcore/stream", between)
    atlas.open_map()
    frame = atlas.map_frame()
    before, painted = frame.evaluate(COLOURS), atlas.paints()
    keeps = True
    atlas.control("measure").get_by_role("radio", name="Dollars").click()
    frame.wait_for_function(f"(before) => ({COLOURS})() !== before", arg=before, timeout=LIMIT)
    ahead = frame.evaluate(COLOURS)
    assert kept, "the page has asked for no run"
    assert atlas.paints() == painted, "the run has painted"
    keeps = False
    for told in kept:
        on_its_way[-1].send(told)
    atlas.wait_painted(more_than=painted).wait_settled()
    assert frame.evaluate(COLOURS) == ahead
    assert "measure=usd" in atlas.page.url


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
