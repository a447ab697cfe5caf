"""The classes of a legend answer: to the pointer, the keyboard and a press, wherever a map is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geo.language import speech
from geo.scene import VALUE
from geo.view import LANGS, View
from geo.words import fill_of
from tests.browser.atlas_page import LIMIT, AtlasPage
from tests.browser.promises import scene_of, state_names
from tests.browser.visits import Visited, looks_at, visit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Frame, Page

SEEN = """() => [...document.querySelectorAll('path[data-fill]')]
    .filter((path) => Number(path.getAttribute('fill-opacity')) === 1)
    .map((path) => path.getAttribute('data-code')).sort().join()"""


def expect_seen(frame: Frame | Page, codes: set[str]) -> None:
    """Until just these states are seen in full, and the others have faded."""
    frame.wait_for_function(
        f"(wanted) => ({SEEN})() === wanted", arg=",".join(sorted(codes)), timeout=LIMIT
    )


def of_fill(view: View, fill: str) -> set[str]:
    scene = scene_of(view)
    return {state.code for state in scene.states if fill_of(scene, state.code) == fill}


def test_pointed_at_or_come_to_by_keyboard_a_class_shows_its_states_alone(
    atlas: AtlasPage,
) -> None:
    view = View(show="ratio", per="population", lang="es")
    atlas.open_view(view)
    frame, every = atlas.map_frame(), {*state_names(view)}
    classes = atlas.page.locator(".ma-legend .ma-class")
    fills = classes.evaluate_all("(all) => all.map((one) => one.dataset.class)")
    assert len(fills) > 3
    for at in (0, 2):
        classes.nth(at).hover()
        expect_seen(frame, of_fill(view, fills[at]))
    atlas.page.mouse.move(5, 5)
    expect_seen(frame, every)
    classes.nth(0).focus()
    atlas.page.keyboard.press("Tab")
    expect_seen(frame, of_fill(view, fills[1]))
    told = atlas.page.locator(".ma-lit").first.inner_text()
    assert {*told.split(", ")} == {state_names(view)[code] for code in of_fill(view, fills[1])}
    atlas.page.keyboard.press("Enter")
    expect(classes.nth(1)).to_have_attribute("aria-pressed", "true")
    classes.nth(0).hover()
    atlas.page.mouse.move(5, 5)
    expect_seen(frame, of_fill(view, fills[1]))
    atlas.page.keyboard.press("Escape")
    expect(classes.nth(1)).to_have_attribute("aria-pressed", "false")
    classes.nth(2).click()
    atlas.page.mouse.move(5, 5)
    expect_seen(frame, of_fill(view, fills[2]))
    # A change of the view that has no such class lets go of it.
    atlas.page.evaluate("() => atlasSeams.go({ show: null, per: null })")
    expect_seen(frame, every)


@pytest.mark.parametrize("kind", ["view.html", "present"])
def test_so_does_the_legend_of_a_page_that_stands_alone(
    atlas: AtlasPage, tmp_path: Path, open_context: Callable[..., BrowserContext], kind: str
) -> None:
    address = {"view.html": "/export/view.html?measure=usd", "present": "/present"}[kind]
    path = tmp_path / "alone.html"
    path.write_bytes(atlas.page.request.get(address).body())
    alone = open_context(offline=True).new_page()
    alone.goto(path.as_uri())
    alone.wait_for_function(f"() => ({SEEN})().split(',').length === 32", timeout=LIMIT)
    view = View(measure="usd") if kind == "view.html" else View()
    first = alone.locator(".ma-class").first
    fill = first.get_attribute("data-class") or ""
    first.hover()
    expect_seen(alone, of_fill(view, fill))
    first.click()
    alone.mouse.move(700, 5)
    expect_seen(alone, of_fill(view, fill))
    alone.keyboard.press("Escape")
    expect_seen(alone, {*state_names(view)})


@looks_at(visit(lang=lang, measure="usd") for lang in LANGS)
def test_the_label_of_a_state_tells_its_number_with_unit_share_and_rank(look: Visited) -> None:
    lang = look.visit.lang
    view, say = View(measure="usd", lang=lang), speech(lang)
    scene = scene_of(view)
    state = next(one for one in scene.ranked if one.status == VALUE)
    name = state_names(view)[state.code]
    told = look.map_frame().locator(f'path[data-fill][data-code="{state.code}"]')
    label = told.get_attribute("aria-label") or ""
    assert label.startswith(f"{name}, US$" if lang == "en" else name)
    assert say.t("{share} of all", share=say.percent(state.measure.share, 1)) in label
    assert say.t("rank {rank} of {of}", rank=say.number(1), of=scene.numbered) in label
