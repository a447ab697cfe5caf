"""Sharing as a reader does it: the panel, its link, the frame, and the one file from a disk."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import expect

from geo.atlas import load_atlas
from geo.language import speech
from geo.scene import build_scene, municipalities_reached, pattern_of
from geo.view import View, spell_query
from geo.words import tell
from tests.browser.atlas_page import LIMIT, AtlasPage
from tests.browser.each_page import EACH_PAGE
from tests.browser.visits import Visited, looks_at

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page


def open_panel(page: Page) -> None:
    page.locator(".ma-share-open").first.click()
    page.locator("dialog[open] #ma-link").wait_for(timeout=LIMIT)


@looks_at(EACH_PAGE)
def test_every_page_has_a_panel_that_opens_and_closes_by_keyboard(look: Visited) -> None:
    page = look.page
    button = page.locator(".ma-share-open").first
    button.wait_for(timeout=LIMIT)
    button.focus()
    page.keyboard.press("Enter")
    page.locator("dialog[open] #ma-link").wait_for(timeout=LIMIT)
    assert page.locator("dialog[open]").get_attribute("aria-labelledby") == "ma-share-title"
    title = speech(look.visit.lang).t("Share this view")
    assert page.locator("#ma-share-title").inner_text() == title
    link = urlsplit(page.locator("#ma-link").input_value())
    assert link.path == f"/{look.visit.path}"
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert button.evaluate("(one) => one === document.activeElement")


def test_the_link_of_the_panel_opens_the_same_view_in_another_tab(
    atlas: AtlasPage, new_tab: Callable[..., Page]
) -> None:
    atlas.open_map(measure="usd", state="30")
    open_panel(atlas.page)
    link = atlas.page.locator("#ma-link").input_value()
    other = AtlasPage(new_tab())
    other.page.goto(link)
    other.wait_painted().wait_settled()
    colours = "() => JSON.stringify(window.atlas.colours())"
    assert other.map_frame().evaluate(colours) == atlas.map_frame().evaluate(colours)
    assert other.page.locator("[role=status].ma-note").count() == 0


def test_a_link_made_with_other_data_says_so_until_something_is_changed(atlas: AtlasPage) -> None:
    atlas.open_map(data="0123456789ab.97")
    note = atlas.page.locator(".ma-note", has_text="0123456789ab")
    note.wait_for(timeout=LIMIT)
    assert "97" in note.inner_text()
    assert f"{build_scene(load_atlas(), View()).total:.0f}" in note.inner_text()
    assert "data=" not in atlas.page.url
    atlas.choose("measure", "Dollars").wait_settled()
    note.wait_for(state="detached", timeout=LIMIT)


def test_the_frame_of_the_panel_follows_its_options_and_shows_the_map(atlas: AtlasPage) -> None:
    atlas.open_map(measure="usd")
    open_panel(atlas.page)
    atlas.page.locator(".ma-embed").evaluate("(one) => { one.closest('details').open = true; }")
    atlas.page.locator('[data-embed="lang"]').select_option("es")
    atlas.page.locator('[data-embed="height"]').select_option("640")
    atlas.page.locator('[data-embed="embed_options"]').select_option("dark_theme")
    atlas.page.locator('[data-embed="controls"]').select_option("true")
    code = atlas.page.locator("#ma-embed-code").input_value()
    for part in (
        "measure=usd",
        "lang=es",
        "embed=true",
        "dark_theme",
        "controls=true",
        'height="640"',
    ):
        assert part in code
    atlas.page.locator("[data-preview]").click()
    inside = atlas.page.frame_locator(".ma-frame iframe")
    inside.locator("h1.ma-headline").wait_for(timeout=LIMIT)
    assert "estado" in inside.locator("h1.ma-headline").inner_text()
    atlas.touch(inside.locator("body"))
    inside.locator(".st-key-w_measure").get_by_role("radio").first.click()
    told = tell(load_atlas(), View(lang="es")).headline
    expect(inside.locator("h1.ma-headline")).to_have_text(told, timeout=LIMIT)
    assert inside.locator(".st-key-w_measure").count() == 1


def test_the_one_file_opens_from_a_disk_and_its_map_answers(
    atlas: AtlasPage, tmp_path: Path, open_context: Callable[..., BrowserContext]
) -> None:
    atlas.open_map(measure="usd", lang="es")
    truth = atlas.map_frame().evaluate("() => window.atlas.colours()")
    path = tmp_path / "view.html"
    path.write_bytes(atlas.page.request.get("/export/view.html?measure=usd&lang=es").body())
    page = open_context(offline=True).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.wait_for_function("() => window.offline && Object.keys(offline.states).length === 32")
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    shown = page.evaluate(
        """() => Object.fromEntries(Object.entries(offline.states).map(
            ([code, layer]) => [code, layer._path.getAttribute("fill")]))"""
    )
    for code, fill in shown.items():
        assert fill == truth[code] or fill == f"url(#atlas-{pattern_of(truth[code])})"
    row = page.locator('tr[data-state="08"]')
    row.focus()
    page.keyboard.press("Enter")
    assert "Chihuahua" in page.locator("#card").inner_text()
    assert row.get_attribute("aria-current") == "true"
    page.keyboard.press("Enter")
    assert "Chihuahua" not in page.locator("#card").inner_text()


def test_the_one_file_holds_the_municipalities_of_a_view_that_shows_them(
    atlas: AtlasPage, tmp_path: Path, open_context: Callable[..., BrowserContext]
) -> None:
    view = View(layers=("municipalities", "border"))
    content = atlas.page.request.get(
        f"/export/view.html?{urlencode(spell_query(view), doseq=True)}"
    ).body()
    assert len(content) < 1_500_000
    path = tmp_path / "view.html"
    path.write_bytes(content)
    page = open_context(offline=True).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.wait_for_function("() => window.offline && offline.reached() > 0", timeout=LIMIT)
    reached = municipalities_reached(build_scene(load_atlas(), view))
    assert page.evaluate("() => offline.reached()") == len(reached)
    assert page.locator(".leaflet-munis-pane canvas").count() == 1
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
