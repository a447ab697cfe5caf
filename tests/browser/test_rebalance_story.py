"""A reader asks what would be fair: chooses, compares, sends the link, takes the numbers away."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geo.atlas import load_atlas
from geo.chapters.rebalance import change_classes, change_payload
from geo.equity.rebalance import Chosen, Scenario, rebalance, spell_chosen
from geo.language import speech
from geo.view import View
from tests.browser.atlas_page import LIMIT, MAP_IFRAME, AtlasPage
from tests.browser.test_pages_open import PHONE, WIDER_THAN_THE_WINDOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Frame, Page

COLOURS = """(wanted) => window.atlas && window.atlas.painted
    && Object.entries(wanted).every(([code, fill]) => window.atlas.colours()[code] === fill)"""


def fills_of(view: View, shown: Scenario, *others: Scenario) -> dict[str, str]:
    """The colours a map should have, in classes shared by all scenarios on the page."""
    atlas = load_atlas()
    results = [rebalance(atlas, view, scenario) for scenario in (shown, *others)]
    paint = change_payload(
        atlas, results[0], change_classes(results, view), view, speech(view.lang)
    )
    return {
        code: paint["fills"][at] if at >= 0 else paint["others"][-at - 1]
        for code, at in paint["at"].items()
    }


def wait_link(atlas: AtlasPage, chosen: Chosen) -> None:
    atlas.page.wait_for_function(
        """(wanted) => JSON.stringify([...new URLSearchParams(location.search)].sort())
            === JSON.stringify(wanted)""",
        arg=sorted([key, value] for key, value in spell_chosen(chosen).items()),
        timeout=LIMIT,
    )
    atlas.wait_settled()


def maps(atlas: AtlasPage, count: int) -> list[Frame]:
    """The frames of so many maps, from left to right."""
    expect(atlas.page.locator(MAP_IFRAME)).to_have_count(count, timeout=LIMIT)
    return [atlas.map_frame(at) for at in range(count)]


def set_number(atlas: AtlasPage, field: str, value: str) -> None:
    box = atlas.control(field).locator("input")
    # What a run still brings would put its own number in the place of this one.
    atlas.wait_settled()
    box.fill(value)
    box.press("Enter")


def test_a_scenario_is_chosen_compared_and_opened_again_by_its_link(atlas: AtlasPage) -> None:
    atlas.open("/rebalance")
    (drawn,) = maps(atlas, 1)
    drawn.wait_for_function(COLOURS, arg=fills_of(View(), Scenario()), timeout=LIMIT)
    mount = atlas.mount_id()

    atlas.choose("by", "Homicides")
    homicides = Scenario(by="homicides")
    wait_link(atlas, Chosen(homicides))
    drawn.wait_for_function(COLOURS, arg=fills_of(View(), homicides), timeout=LIMIT)
    assert atlas.mount_id() == mount, "a change of scenario must not draw the map anew"

    atlas.page.get_by_role("button", name="Hold it and compare").click()
    wait_link(atlas, Chosen(homicides, homicides))
    set_number(atlas, "reserve", "90")
    reserved = Scenario(by="homicides", reserve=90)
    chosen = Chosen(reserved, homicides)
    wait_link(atlas, chosen)
    for frame, shown in zip(maps(atlas, 2), (reserved, homicides), strict=True):
        wanted = fills_of(View(), shown, *({reserved, homicides} - {shown}))
        frame.wait_for_function(COLOURS, arg=wanted, timeout=LIMIT)
    rows = atlas.page.locator(".ma-rb-ranked tbody tr")
    expect(rows).to_have_count(32)
    before = rows.all_inner_texts()

    atlas.page.reload()
    atlas.wait_settled()
    wait_link(atlas, chosen)
    expect(rows).to_have_count(32, timeout=LIMIT)
    assert rows.all_inner_texts() == before


def test_the_numbers_taken_away_are_the_ones_on_the_page(atlas: AtlasPage) -> None:
    atlas.open("/rebalance", by="poverty", sez="50", name="South & east", measure="usd")
    link = atlas.page.locator(".ma-rb-take a").first
    answer = atlas.page.request.get(link.get_attribute("href") or "")
    assert answer.status == 200
    rows = list(csv.DictReader(io.StringIO(answer.text())))
    told = {r["name"]: f"US${float(r['after']):,.0f}" for r in rows}
    cells = atlas.page.locator(".ma-rb-ranked tbody tr").all_inner_texts()
    shown = {row.split("\t")[0].strip(): row.split("\t")[2].strip() for row in cells}
    assert shown == told
    expect(atlas.page.locator(".ma-rb-title")).to_have_text("“South & east”")


def test_an_impossible_scenario_says_so_and_the_reader_goes_on(atlas: AtlasPage) -> None:
    atlas.open("/rebalance", floor="1")
    set_number(atlas, "floor", "4")
    note = atlas.page.locator(".ma-note")
    expect(note).to_contain_text("128% of the total", timeout=LIMIT)
    (drawn,) = maps(atlas, 1)
    drawn.wait_for_function(COLOURS, arg=fills_of(View(), Scenario(floor=400)), timeout=LIMIT)
    set_number(atlas, "floor", "2")
    expect(note).to_have_count(0, timeout=LIMIT)
    wait_link(atlas, Chosen(Scenario(floor=200)))


def test_the_way_to_the_map_and_back_keeps_the_view(atlas: AtlasPage) -> None:
    atlas.open("/rebalance", by="homicides", weak="include")
    atlas.page.locator(".ma-rb-take a").last.click()
    atlas.page.wait_for_url("**/?**show=gap**", timeout=LIMIT)
    atlas.wait_settled()
    assert atlas.url_params() == {"per": ["homicides"], "show": ["gap"], "weak": ["include"]}
    atlas.page.get_by_role("link", name="A fairer split", exact=True).first.click()
    expect(atlas.page).to_have_title(re.compile("^A fairer split · "), timeout=LIMIT)
    assert atlas.wait_settled().url_params()["weak"] == ["include"]


@pytest.mark.parametrize("against", ["", "by.homicides~name.A rather long name for one of two"])
def test_neither_one_nor_two_scenarios_are_wider_than_a_phone(
    new_tab: Callable[..., Page], against: str
) -> None:
    phone = AtlasPage(new_tab(viewport=PHONE, has_touch=True, is_mobile=True))
    phone.open("/rebalance", by="population9-poverty1", measure="usd", lang="es", against=against)
    expect(phone.page.locator("h1.ma-headline")).to_have_count(1, timeout=LIMIT)
    expect(phone.page.locator(".ma-rb-ranked")).to_have_count(1, timeout=LIMIT)
    assert phone.page.evaluate(WIDER_THAN_THE_WINDOW) == []
