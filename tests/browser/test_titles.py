"""The title of the document in the browser: the served one stays, and follows what is chosen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from geo.atlas import load_atlas
from geo.server.previews import announced
from geo.view import LANGS
from tests.browser.atlas_page import LIMIT, AtlasPage
from tests.covering import covering
from tests.share.links import OWN_CHOICES, queried

WATCH = """() => {
    window.titles = [];
    const note = () => {
        const title = document.title;
        if (title && window.titles[window.titles.length - 1] !== title) window.titles.push(title);
    };
    new MutationObserver(note).observe(document, {
        childList: true, subtree: true, characterData: true,
    });
}"""


@pytest.mark.parametrize(
    ("chosen", "lang"), covering([OWN_CHOICES[1], OWN_CHOICES[3], OWN_CHOICES[6]], LANGS)
)
def test_the_title_that_was_served_stays_when_the_page_takes_over(
    atlas: AtlasPage, chosen: tuple[str, dict[str, str]], lang: str
) -> None:
    path, query = chosen
    served = announced(load_atlas(), path, queried(query, lang)).title
    atlas.page.add_init_script(f"({WATCH})()")
    atlas.open(f"/{path}", **query, lang=lang)
    expect(atlas.page.locator("h1.ma-headline")).to_have_count(1, timeout=LIMIT)
    atlas.wait_settled()
    assert atlas.page.evaluate("window.titles") == [served]


def test_the_title_follows_a_choice_on_the_map_and_on_the_other_pages(atlas: AtlasPage) -> None:
    atlas.open_map()
    expect(atlas.page).to_have_title("Map · Mérida Atlas", timeout=LIMIT)
    atlas.choose("measure", "Dollars")
    expect(atlas.page).to_have_title("Dollars tied to the state · Mérida Atlas", timeout=LIMIT)
    atlas.go_to("Sites")
    expect(atlas.page).to_have_title("Sites · Mérida Atlas", timeout=LIMIT)
    atlas.wait_settled()
    atlas.page.go_back()
    expect(atlas.page).to_have_title("Dollars tied to the state · Mérida Atlas", timeout=LIMIT)
