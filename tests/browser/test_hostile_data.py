"""A name in the data that looks like markup is shown as the text it is, wherever it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Dialog, expect

from tests.browser.atlas_page import LIMIT, AtlasPage
from tests.browser.runs import watch_runs
from tests.chromium import cut_off
from tests.copied_app import copy_app, edit_table, rebuild_tables, serve_copy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

EVIL = (
    '<img src=x onerror="document.title=`torn`"></script><script>alert(1)</script> *{0}* $x$ &amp;'
)
NAME = f"Jalisco {EVIL}"
TITLE = f"A course {EVIL}"
SITE = f"Tijuana {EVIL}"
MUNICIPALITY = f"Guadalajara {EVIL}"


@pytest.fixture(scope="module")
def hostile(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[AtlasPage, list[str]]]:
    """The atlas served from data with markup in its names, and every dialog it opened."""
    app = copy_app(tmp_path_factory.mktemp("hostile"))

    def state(row: dict[str, str]) -> None:
        if row["code"] == "14":
            row.update(name_en=NAME, name_es=NAME, capital=EVIL)

    def activity(row: dict[str, str]) -> None:
        if row["activity_id"] == "M001":
            row.update(title_en=TITLE, title_es=TITLE, note=EVIL)

    def site(row: dict[str, str]) -> None:
        if row["site_id"] == "tijuana":
            row.update(name_en=SITE, name_es=SITE, check_en=EVIL, check_es=EVIL)

    def source(row: dict[str, str]) -> None:
        if row["source_id"] == "INDIGO":
            row.update(title=EVIL, url="https://x.example/'onfocus='alert(3)'autofocus='")

    def municipality(row: dict[str, str]) -> None:
        if row["cvegeo"] == "14039":
            row.update(name=MUNICIPALITY)

    def spelling(row: dict[str, str]) -> None:
        if row["code"] == "14":
            row.update(canonical=NAME)

    def programme(row: dict[str, str]) -> None:
        if row["cvegeo"] == "14039":
            row.update(municipality=MUNICIPALITY)

    edit_table(app, "places/states.csv", state)
    edit_table(app, "places/state_name_variants.csv", spelling)
    edit_table(app, "usaid_municipalities.csv", programme)
    edit_table(app, "places/municipalities.csv", municipality)
    edit_table(app, "ledger/activities.csv", activity)
    edit_table(app, "sites.csv", site)
    edit_table(app, "sources.csv", source)
    rebuild_tables(app)
    with serve_copy(app) as server:
        context = browser.new_context(
            base_url=server.url, viewport={"width": 1400, "height": 1000}, locale="en-US"
        )
        watch_runs(context)
        outside = cut_off(context)
        page = context.new_page()
        dialogs: list[str] = []

        def dismiss(dialog: Dialog) -> None:
            dialogs.append(dialog.message)
            dialog.dismiss()

        page.on("dialog", dismiss)
        yield AtlasPage(page), dialogs
        context.close()
        assert outside == []


def assert_nothing_was_made_of_it(atlas: AtlasPage, dialogs: list[str]) -> None:
    assert dialogs == []
    assert atlas.page.title() != "torn", "a name may stand in the title, as text"
    for frame in atlas.page.frames:
        assert frame.locator("img[src='x']").count() == 0
        assert frame.locator("body script:text('alert(1)')").count() == 0
        assert frame.locator("[onerror], [onfocus], a[href^='javascript:']").count() == 0


def test_in_profile_ranking_selector_and_activities(hostile: tuple[AtlasPage, list[str]]) -> None:
    atlas, dialogs = hostile
    atlas.open_map(state="14")
    page = atlas.page
    expect(page.locator(".ma-profile h2").first).to_have_text(NAME, timeout=LIMIT)
    expect(page.locator(".ma-ranking tr.selected th")).to_have_text(NAME)
    expect(page.locator(".ma-panel h2")).to_have_text(NAME)
    expect(page.locator(".ma-activities strong").filter(has_text="A course <")).to_have_text(TITLE)
    expect(page.locator(".ma-profile").first).to_contain_text(f"capital {EVIL}")
    assert_nothing_was_made_of_it(atlas, dialogs)


def test_in_the_tooltip_of_a_state_and_the_name_of_a_site(
    hostile: tuple[AtlasPage, list[str]],
) -> None:
    atlas, dialogs = hostile
    if atlas.page.url == "about:blank":
        atlas.open_map()
    atlas.follow("/").wait_painted()
    frame = atlas.map_frame()
    atlas.click_state("14")
    tip = frame.locator(".atlas-tip strong")
    expect(tip).to_have_text(NAME, timeout=LIMIT)
    marker = frame.locator(".atlas-site[aria-label^='Tijuana']")
    expect(marker).to_have_attribute("aria-label", SITE)
    marker.hover(force=True)
    expect(frame.locator(".atlas-tip strong").filter(has_text="Tijuana")).to_have_text(SITE)
    assert_nothing_was_made_of_it(atlas, dialogs)


@pytest.mark.parametrize(
    ("path", "shown"), [("/sites", SITE), ("/background", ""), ("/methods", TITLE)]
)
def test_on_the_other_pages(hostile: tuple[AtlasPage, list[str]], path: str, shown: str) -> None:
    atlas, dialogs = hostile
    atlas.open(path)
    expect(atlas.page.locator("h1.ma-headline")).to_have_count(1, timeout=LIMIT)
    expect(atlas.page.locator(".stMain")).to_contain_text(shown, timeout=LIMIT)
    assert_nothing_was_made_of_it(atlas, dialogs)


def test_the_api_gives_the_name_as_it_is_and_never_as_a_page(
    hostile: tuple[AtlasPage, list[str]],
) -> None:
    atlas, _ = hostile
    answer = atlas.page.request.get("/api/v1/values.json")
    assert answer.headers["content-type"].startswith("application/json")
    assert {row["code"]: row["name"] for row in answer.json()["states"]}["14"] == NAME
