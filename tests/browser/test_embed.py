"""The map inside somebody else's page: clean, complete in itself, and a way to the whole."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from geo.atlas import load_atlas
from geo.language import speech
from geo.scene import build_scene
from geo.view import View
from geo.words import build_legend
from geo.words.finding import headline
from tests.browser.atlas_page import LIMIT, AtlasPage
from tests.browser.promises import wait_colours, wait_sentence

EDITORS_PAGE = (
    '<!doctype html><html lang="en"><title>News</title><h1>A story</h1>'
    '<iframe id="atlas" title="Map" src="{}" width="{}" height="900"></iframe>'
)


@pytest.mark.parametrize(("width", "lang"), [(1100, "en"), (340, "es")])
def test_an_editor_embeds_the_map_with_its_sentence_legend_and_source(
    context: BrowserContext, server: str, width: int, lang: str
) -> None:
    # A new tab: the blank one that a test has left lets no frame load into what is written there.
    page = context.new_page()
    page.set_viewport_size({"width": 1200, "height": 1000})
    page.set_content(EDITORS_PAGE.format(f"{server}/?embed=true&measure=usd&lang={lang}", width))
    inside = page.frame_locator("#atlas")
    view = View(measure="usd", lang=lang)
    expect(inside.locator("h1.ma-headline")).to_have_text(
        headline(load_atlas(), build_scene(load_atlas(), view), speech(lang), view.state),
        timeout=LIMIT,
    )
    expect(inside.locator(".ma-legend li")).not_to_have_count(0, timeout=LIMIT)
    link = inside.get_by_role("link", name=speech(lang).t("open this view in full"))
    expect(link).to_have_attribute("target", "_blank", timeout=LIMIT)
    assert link.get_attribute("href") == f"/?measure=usd&lang={lang}"
    for chrome in ("stSidebar", "stTopNavLink", "stSegmentedControl", "stSelectbox"):
        assert inside.get_by_test_id(chrome).count() == 0, chrome
    frame = page.locator("#atlas").element_handle().content_frame()
    assert frame is not None
    assert frame.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_embedded_map_shows_the_view_of_its_link_and_answers_a_click(
    atlas: AtlasPage,
) -> None:
    atlas.open("/", embed="true", measure="usd")
    view = View(measure="usd")
    wait_sentence(atlas, view)
    wait_colours(atlas, view)
    legend = build_legend(build_scene(load_atlas(), view), speech("en"))
    labels = [row.label for row in (*legend.classes, *legend.others)]
    expect(atlas.page.locator(".ma-legend .ma-range")).to_have_text(labels, timeout=LIMIT)
    assert atlas.notices_of_the_link() == []
    atlas.select_state("30")
    assert atlas.url_params() == {"embed": ["true"], "measure": ["usd"], "state": ["30"]}
