"""The filters behind one button: by whom, of what kind, to whom; by keyboard, phone and link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Locator, expect

from geo.atlas import load_atlas
from geo.language import KINDS, RECIPIENTS, speech
from geo.scene import build_scene
from geo.view import PAYER_NAMES, View
from geo.words import tell
from tests.browser.atlas_page import LIMIT
from tests.browser.promises import assert_shows, wait_address

if TYPE_CHECKING:
    from tests.browser.atlas_page import AtlasPage

SAY = speech("en")


def opened(atlas: AtlasPage) -> Locator:
    """The button, with what it opens open."""
    button = atlas.open_drawer().page.locator(".st-key-given summary").first
    button.click()
    atlas.control("kind").wait_for(timeout=LIMIT)
    return button


def pill(name: str) -> str:
    return name[:1].upper() + name[1:]


def test_filters_behind_the_button_change_address_map_and_legend_and_stay_open(
    atlas: AtlasPage,
) -> None:
    atlas.open_map()
    mounted = atlas.mount_id()
    button = opened(atlas)
    atlas.choose("kind", pill(KINDS["prisons"](SAY)))
    assert_shows(atlas, View(kind=("prisons",)))
    atlas.choose("kind", pill(KINDS["training"](SAY)))
    assert_shows(atlas, View(kind=("training", "prisons")))
    atlas.choose("funder", pill(PAYER_NAMES["usaid"](SAY)))
    atlas.choose("recipient", pill(RECIPIENTS["state"](SAY)))
    view = View(kind=("training", "prisons"), funder=("usaid",), recipient=("state",))
    assert_shows(atlas, view)
    expect(button).to_contain_text("4")
    note = tell(load_atlas(), view).filters
    expect(atlas.page.get_by_text(note, exact=True).first).to_be_attached(timeout=LIMIT)
    atlas.choose("kind", pill(KINDS["prisons"](SAY)))
    assert_shows(atlas, view.with_(kind=("training",)))
    assert atlas.mount_id() == mounted


def test_a_link_with_filters_shows_them_chosen_and_spanish_keeps_them(atlas: AtlasPage) -> None:
    view = View(kind=("dogs",), recipient=("municipal", "state"), lang="es")
    atlas.open_view(view)
    opened(atlas)
    chosen = atlas.control("kind").locator('[aria-checked="true"], [aria-pressed="true"]')
    expect(chosen).to_have_text([pill(KINDS["dogs"](speech("es")))], timeout=LIMIT)


def test_filters_that_leave_nothing_say_so_and_one_button_gives_everything_back(
    atlas: AtlasPage,
) -> None:
    view = View(funder=("usaid",), kind=("dogs",), per="population")
    assert not build_scene(load_atlas(), view).selection.activities
    atlas.open_view(view)
    assert_shows(atlas, view)
    told = "No activity of the ledger passes all of your filters together."
    expect(atlas.page.get_by_text(told)).to_be_visible(timeout=LIMIT)
    back = atlas.page.get_by_role("button", name="Take back all filters")
    back.focus()
    atlas.page.keyboard.press("Enter")
    wait_address(atlas, View(per="population"))
    assert_shows(atlas, View(per="population"))
    expect(atlas.page.get_by_text(told)).to_have_count(0)
    opened(atlas)
    expect(
        atlas.control("kind").locator('[aria-checked="true"], [aria-pressed="true"]')
    ).to_have_count(0)


def test_the_filters_are_reached_and_chosen_by_keyboard_alone(atlas: AtlasPage) -> None:
    atlas.open_map()
    button = atlas.open_drawer().page.locator(".st-key-given summary").first
    button.focus()
    atlas.page.keyboard.press("Enter")
    atlas.control("funder").wait_for(timeout=LIMIT)
    first = atlas.control("funder").get_by_role("button", name=pill(PAYER_NAMES["merida"](SAY)))
    for _ in range(6):
        if first.evaluate("(e) => e === document.activeElement"):
            break
        atlas.page.keyboard.press("Tab")
    atlas.page.keyboard.press("Space")
    wait_address(atlas, View(funder=("merida",)))
