"""The app runs under its own content policy: what it needs is let, and what is foreign is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.atlas_page import LIMIT, MAP_IFRAME, AtlasPage
from tests.browser.each_page import EACH_PAGE
from tests.browser.visits import REFUSALS, Visited, looks_at, visit

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def noting(page: Page) -> Page:
    """A tab that notes what is refused."""
    page.add_init_script(REFUSALS)
    return page


def refused(page: Page) -> list[str]:
    return list(page.evaluate("() => window.refused ?? []"))


@looks_at([
    visit("evidence", claim="border"), *EACH_PAGE, visit(embed="true", controls="true"),
])  # fmt: skip
def test_nothing_that_a_page_needs_is_refused(look: Visited) -> None:
    expect(look.page.locator("h1.ma-headline")).to_have_count(1)
    assert look.refused() == []


def test_nor_for_layers_tools_and_sharing_and_a_script_that_somebody_brought_in_does_not_run(
    noting: Page,
) -> None:
    atlas = AtlasPage(noting).open_map(layers="municipalities,sites", state="08")
    atlas.map_frame().wait_for_function("() => window.atlas.layers().includes('municipalities')")
    assert refused(noting) == []
    atlas.follow("/?tool=compare")
    maps = noting.locator(MAP_IFRAME)
    expect(maps).to_have_count(2, timeout=LIMIT)
    for at in range(2):
        expect(maps.nth(at).content_frame.locator("path[data-fill]")).to_have_count(
            32, timeout=LIMIT
        )
    assert refused(noting) == []
    noting.locator(".ma-share-open").first.click()
    noting.get_by_text("Show it on another page").click()
    noting.locator("[data-preview]").click()
    shown = noting.frame_locator(".ma-frame iframe")
    expect(shown.locator("h1.ma-headline")).to_have_count(1, timeout=LIMIT)
    assert refused(noting) == []
    does_not_run_what_is_brought_in(noting)


BRING_IN = """() => {
    const script = document.createElement("script");
    script.textContent = "window.brought = true";
    document.body.append(script);
    document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.brought=1'>");
}"""


@pytest.mark.parametrize("path", ["/present?lang=es", "/no-such-page"])
def test_a_page_that_stands_alone_runs_under_it_and_no_script_that_somebody_brought_in(
    noting: Page, path: str
) -> None:
    noting.goto(path)
    if path.startswith("/present"):
        expect(noting.locator("path.leaflet-interactive").first).to_be_attached(timeout=LIMIT)
        noting.keyboard.press("PageDown")
        noting.keyboard.press("b")
    expect(noting.locator("h1")).not_to_be_empty()
    assert refused(noting) == []
    does_not_run_what_is_brought_in(noting)


def does_not_run_what_is_brought_in(page: Page) -> None:
    before = len(refused(page))
    page.evaluate(BRING_IN)
    page.wait_for_function(
        "(before) => (window.refused ?? []).length >= before + 2", arg=before, timeout=LIMIT
    )
    assert page.evaluate("() => window.brought") is None
