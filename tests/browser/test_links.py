"""The link is the view: what it promises, it opens, for whoever receives it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from geo.atlas import load_atlas
from geo.language import EVIDENCE_NAMES, MEASURE_NAMES, SHOW_NAMES, WEAK_NAMES, speech
from geo.server.previews import PAGES
from geo.view import View, spell_query
from tests.browser.atlas_page import LIMIT, AtlasPage
from tests.browser.promises import assert_shows, state_names, wait_address, wait_layers
from tests.covering import seldom

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

VIEWS = [
    View(evidence="attributed", split="homicides", per="homicides", state="30"),
    View(show="ratio", per="homicides", weak="include", pillar=(1, 4), from_year=2010,
         to_year=2012),
    View(measure="usd", show="gap", per="poverty", k=7, scheme="quantiles", dollars="constant"),
    View(lang="es", state="09", found="targeted", per="population", scheme="log", k=3,
         layers=("cities", "municipalities")),
    View(funder=("inl", "usaid"), kind=("training",), recipient=("state",), named="yes"),
]  # fmt: skip
"""Each parameter of the contract at least once away from its default."""
FURTHER = [
    View(measure="usd", evidence="attributed", split="population", show="share"),
    View(layers=("sites", "sez", "neighbours"), scheme="equal", k=9, per="population"),
]

STEPS = """(addresses) => {
    const before = history.length;
    for (const address of addresses) history.pushState(history.state, "", address);
    return history.length - before;
}"""
"""How many steps of going back some addresses make that are written one after another."""


def test_the_views_below_leave_no_parameter_out() -> None:
    told = {
        field for view in VIEWS for field in view.__slots__
        if getattr(view, field) != getattr(View(), field)
    }  # fmt: skip
    assert told == set(View.__slots__)


@pytest.mark.parametrize(
    "view", [*VIEWS, *seldom(*FURTHER)], ids=lambda view: urlencode(spell_query(view))
)
def test_a_link_opens_the_view_it_spells(atlas: AtlasPage, view: View) -> None:
    atlas.open_view(view)
    assert_shows(atlas, view)
    assert atlas.notices_of_the_link() == []
    wait_layers(atlas, view.layers)
    assert ("selected" in atlas.layers()) is bool(view.state)
    if view.state:
        name = state_names(view)[view.state]
        expect(atlas.page.locator(".ma-profile h2").first).to_have_text(name)
        expect(atlas.page.locator(".ma-ranking tr.selected")).to_contain_text(name)
    say = speech(view.lang)
    for parameter, told in (
        ("measure", MEASURE_NAMES[view.measure](say)),
        ("evidence", EVIDENCE_NAMES[view.evidence](say)),
        ("weak", WEAK_NAMES[view.weak](say)),
        ("k", str(view.k)),
    ):
        pressed = atlas.control(parameter).get_by_role(
            "radio", name=told, exact=True, include_hidden=True
        )
        expect(pressed).to_be_checked()
    shown = SHOW_NAMES[view.show](say)
    expect(atlas.control("show").get_by_role("combobox")).to_have_value(shown)


def test_a_copied_link_shows_a_second_reader_the_same(
    atlas: AtlasPage, page: Page, context: BrowserContext
) -> None:
    atlas.open_map()
    atlas.choose("measure", "Dollars")
    wait_address(atlas, View(measure="usd"))
    atlas.choose("show", SHOW_NAMES["share"](speech("en")))
    wait_address(atlas, View(measure="usd", show="share"))
    atlas.select_state("28")
    view = View(measure="usd", show="share", state="28")
    assert_shows(atlas, view)
    second = AtlasPage(context.new_page())
    second.page.goto(page.url, wait_until="domcontentloaded")
    second.wait_settled().wait_painted()
    assert_shows(second, view)
    for told in (AtlasPage.sentence, AtlasPage.legend_rows, AtlasPage.remainder,
                 AtlasPage.ranking, AtlasPage.states_colours, AtlasPage.layers):  # fmt: skip
        assert told(second) == told(atlas)


def test_going_back_and_forward_goes_through_the_views_and_a_choice_starts_from_the_one_gone_to(
    atlas: AtlasPage,
) -> None:
    atlas.open_map()
    mounted = atlas.mount_id()
    views = [View(), View(measure="usd"), View(measure="usd", show="ratio")]
    atlas.choose("measure", "Dollars")
    assert_shows(atlas, views[1])
    atlas.choose("show", SHOW_NAMES["ratio"](speech("en")))
    assert_shows(atlas, views[2])
    for view in (views[1], views[0]):
        atlas.page.go_back()
        assert_shows(atlas, view)
    for view in (views[1], views[2]):
        atlas.page.go_forward()
        assert_shows(atlas, view)
    atlas.page.go_back()
    assert_shows(atlas, views[1])
    atlas.choose("show", SHOW_NAMES["share"](speech("en")))
    assert_shows(atlas, View(measure="usd", show="share"))
    assert atlas.mount_id() == mounted


def test_an_address_edited_by_hand_is_honoured_in_the_same_tab(atlas: AtlasPage) -> None:
    atlas.open_view(View(measure="usd", state="30"))
    assert_shows(atlas, View(measure="usd", state="30"))
    atlas.open_view(View(per="homicides", pillar=(3,)))
    assert_shows(atlas, View(per="homicides", pillar=(3,)))
    atlas.open_view(View())
    assert_shows(atlas, View())


def test_the_view_goes_along_to_the_other_pages_and_back(atlas: AtlasPage) -> None:
    view = View(measure="usd", to_year=2015, lang="es")
    atlas.open_view(view)
    say = speech("es")
    for path in ("sites", "background", "methods", ""):
        page = PAGES[path]
        atlas.go_to(page.name(say))
        wait_address(atlas, view)
        title = page.title(load_atlas(), view, page.keeps.read({})[0])
        expect(atlas.page).to_have_title(title, timeout=LIMIT)
        expect(atlas.page.locator("h1.ma-headline")).to_have_count(1, timeout=LIMIT)
    atlas.wait_painted()
    assert_shows(atlas, view)


def test_one_step_back_leaves_a_page_however_its_address_was_written(atlas: AtlasPage) -> None:
    atlas.open_view(View(measure="usd"))
    atlas.go_to("Sites")
    expect(atlas.page).to_have_url(re.compile(r"/sites\?measure=usd$"), timeout=LIMIT)
    atlas.wait_settled()
    # Streamlit's messages meet in either order: the path alone first, and then what follows it.
    assert atlas.page.evaluate(STEPS, ["/methods", "/methods?measure=usd"]) == 1
    atlas.page.evaluate("history.back()")
    expect(atlas.page).to_have_url(re.compile(r"/sites\?measure=usd$"), timeout=LIMIT)
    atlas.wait_settled()
    atlas.page.evaluate("history.back()")
    expect(atlas.page).to_have_title("Dollars tied to the state · Mérida Atlas", timeout=LIMIT)


def test_two_choices_on_a_page_are_two_steps_back(atlas: AtlasPage) -> None:
    atlas.open("/background", measure="usd")
    assert atlas.page.evaluate(STEPS, ["/background?q=a", "/background?q=b"]) == 2
