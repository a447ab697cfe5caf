"""The briefing by keyboard alone, from the server and from a disk without any network."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geo.atlas import load_atlas
from geo.briefing import compute_slides, own_briefing, read_briefing
from geo.briefing.page import briefing_html
from geo.view import LANGS
from tests.browser.atlas_page import LIMIT, AtlasPage
from tests.browser.test_axe import grave
from tests.covering import covering

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page

COLOURS = "() => Object.values(briefing.states).map((one) => one._path.getAttribute('fill')).join()"

TOLD = f"""() => [
    ...["title", "number", "place"].map((id) => document.getElementById(id).innerText),
    ({COLOURS})(),
]"""


def ready(page: Page) -> None:
    """Until the slides answer, fitted to their letters."""
    page.wait_for_function("() => window.briefing", timeout=LIMIT)
    page.evaluate("() => document.fonts.ready.then(() => true)")


FORWARD, BACK = ("PageDown", "ArrowRight"), ("PageUp", "ArrowLeft")


def test_a_clicker_or_the_arrows_go_through_every_scene_and_back(page: Page) -> None:
    atlas = load_atlas()
    slides = compute_slides(atlas, own_briefing(), "es").slides
    page.emulate_media(reduced_motion="reduce")  # What fades is drawn for each frame.
    page.goto("/present?lang=es")
    ready(page)
    seen = []
    for number, one in enumerate(slides, 1):
        *told, colours = page.evaluate(TOLD)
        assert told == [one.title, one.number, f"{number} / {len(slides)}"]
        seen.append(colours)
        page.keyboard.press(FORWARD[number % 2])
    assert len(set(seen)) > 5
    assert page.locator("#title").inner_text() == slides[-1].title
    for number in range(len(slides), 0, -1):
        assert page.locator("#place").inner_text() == f"{number} / {len(slides)}"
        page.keyboard.press(BACK[number % 2])
    assert page.locator("#title").inner_text() == slides[0].title


def test_behind_a_blank_screen_nothing_moves_and_the_first_key_brings_the_scene_back(
    page: Page,
) -> None:
    page.goto("/present")
    ready(page)
    page.keyboard.press("b")
    assert page.locator("#cover").is_visible()
    page.keyboard.press("b")
    assert not page.locator("#cover").is_visible()
    page.evaluate("() => { window.first = document.querySelector('.state'); }")
    page.keyboard.press("PageDown")
    assert page.evaluate("() => window.first.isConnected"), "the map is made anew"
    page.keyboard.press("b")
    page.keyboard.press("PageDown")
    assert not page.locator("#cover").is_visible()
    assert page.evaluate("() => briefing.at()") == 1
    page.keyboard.press("PageDown")
    assert page.evaluate("() => briefing.at()") == 2


def test_the_presenters_window_shows_the_notes_and_what_comes_next(page: Page) -> None:
    slides = compute_slides(load_atlas(), own_briefing(), "en").slides
    page.goto("/present")
    ready(page)
    with page.context.expect_page() as opened:
        page.keyboard.press("n")
    beside = opened.value
    page.keyboard.press("PageDown")
    said = beside.locator("body").inner_text()
    assert slides[1].notes in said
    assert slides[2].title in said
    assert f"{slides[2].number} {slides[2].number_label}" in said
    for source in slides[1].telling.sources:
        assert source.title in said
    clock = beside.locator("#clock")
    first = clock.inner_text()
    expect(clock).not_to_have_text(first, timeout=LIMIT)
    assert re.fullmatch(rf"2 / {len(slides)} · \d:\d\d", clock.inner_text())
    beside.keyboard.press("PageDown")
    assert page.locator("#title").inner_text() == slides[2].title


SMALL_TYPE = """() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), small = [];
    while (walk.nextNode()) {
        const text = walk.currentNode.data.trim(), holder = walk.currentNode.parentElement;
        if (!text || holder.closest("script, style") || !holder.getClientRects().length) continue;
        const size = parseFloat(getComputedStyle(holder).fontSize);
        if (size < innerHeight / 36) small.push([text.slice(0, 30), size]);
    }
    return small;
}"""

LINES_OF_TITLE = """() => {
    const text = document.getElementById("title").firstChild, range = document.createRange();
    const lines = new Map();
    for (const word of text.data.matchAll(/\\S+/g)) {
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const top = Math.round(range.getBoundingClientRect().top);
        lines.set(top, (lines.get(top) || 0) + 1);
    }
    return [...lines.values()];
}"""


SHOWN = f"""() => {{
    const said = (id) => document.getElementById(id).innerText;
    return {{
        title: said("title"), finding: said("finding"), beside: said("beside"),
        small: ({SMALL_TYPE})(), lines: ({LINES_OF_TITLE})(), names: briefing.names().length,
    }};
}}"""


@pytest.mark.parametrize(("size", "lang"), covering([(1280, 720), (1024, 768)], LANGS))
def test_no_type_is_smaller_than_a_36th_of_the_height_and_no_title_leaves_a_word_alone(
    new_tab: Callable[..., Page], size: tuple[int, int], lang: str
) -> None:
    page = new_tab(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    page.goto(f"/present?lang={lang}")
    ready(page)
    told = compute_slides(load_atlas(), own_briefing(), lang)
    for number, one in enumerate(told.slides + told.appendix, 1):
        jump(page, number)
        shown = page.evaluate(SHOWN)
        assert shown["title"] == one.title
        assert shown["small"] == []
        lines = shown["lines"]
        assert len(lines) != 2 or lines[1] > 1, one.title
        found = shown["finding"].removesuffix(" …")
        assert one.finding.startswith(found), "a finding that is not its own"
        assert one.telling.alike in shown["beside"]
        assert one.telling.filters in shown["beside"]
        assert shown["names"] > 8


def test_long_texts_are_cut_to_what_fits_at_a_size_that_can_be_read(
    page: Page, open_context: Callable[..., BrowserContext]
) -> None:
    atlas = load_atlas()
    long = "A title that says more than a wall can hold. " * 12
    texts = {"en": long, "es": long}
    mine = {"key": "one", "view": "k=9", "number": "activities", "title": texts, "notes": texts}
    file = json.dumps({"title": texts, "scenes": [mine]}).encode()
    alone = open_context(offline=True, viewport={"width": 1024, "height": 768}).new_page()
    alone.set_content(
        briefing_html(atlas, compute_slides(atlas, read_briefing(file, "a"), "en")).decode()
    )
    ready(alone)
    assert alone.evaluate(SMALL_TYPE) == []
    assert alone.locator("#title").inner_text().endswith(" …")
    assert not alone.evaluate(
        """() => [...document.querySelectorAll('.said, h1, footer')]
            .some((one) => one.scrollHeight > one.clientHeight + 2)"""
    )
    assert alone.evaluate("() => document.documentElement.scrollHeight <= innerHeight")


def jump(page: Page, number: int) -> None:
    """To a slide by its number and Enter."""
    for digit in str(number):
        page.keyboard.press(digit)
    page.keyboard.press("Enter")


def test_a_number_and_enter_jump_and_a_number_that_is_none_says_so(page: Page) -> None:
    told = compute_slides(load_atlas(), own_briefing(), "en")
    page.goto("/present")
    ready(page)
    jump(page, 3)
    assert page.evaluate("() => briefing.at()") == 2
    page.keyboard.press("9")
    page.keyboard.press("9")
    expect(page.locator("#typed")).to_contain_text("99")
    page.keyboard.press("Enter")
    expect(page.locator("#typed")).to_contain_text("no slide 99")
    assert page.evaluate("() => briefing.at()") == 2
    page.keyboard.press("5")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    assert page.evaluate("() => briefing.at()") == 3, "Enter without a number is the next slide"
    objection = len(told.slides) + 2
    jump(page, objection)
    assert page.locator("#title").inner_text() == told.appendix[1].title
    page.keyboard.press("PageDown")
    assert page.evaluate("() => briefing.at()") == 3, "a clicker leads back from the appendix"
    page.keyboard.press("End")
    page.keyboard.press("PageDown")
    assert page.locator("#title").inner_text() == told.slides[-1].title


def test_a_list_shows_every_slide_and_every_objection_to_keys_and_to_a_screen_reader(
    page: Page,
) -> None:
    told = compute_slides(load_atlas(), own_briefing(), "es")
    page.goto("/present?lang=es")
    ready(page)
    page.keyboard.press("g")
    listed = page.get_by_role("dialog", name="Diapositivas")
    titles = listed.get_by_role("listitem").get_by_role("button").all_inner_texts()
    assert titles == [one.title for one in told.slides + told.appendix]
    expect(page.locator("#keys")).to_have_css("opacity", "0", timeout=LIMIT)
    assert grave(page) == []
    assert listed.get_by_role("button").first.evaluate("(one) => one === document.activeElement")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(listed).to_be_hidden()
    assert page.evaluate("() => briefing.at()") == 2
    page.keyboard.press("g")
    page.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    page.keyboard.press("g")
    listed.get_by_role("button", name=told.appendix[-1].title).click()
    assert page.locator("#title").inner_text() == told.appendix[-1].title


def test_the_keys_are_told_for_a_moment_and_again_when_somebody_asks_or_moves(page: Page) -> None:
    page.goto("/present")
    ready(page)
    keys = page.locator("#keys")
    calls: tuple[Callable[[], None], ...] = (
        lambda: page.keyboard.press("?"),
        lambda: page.mouse.move(300, 300),
        lambda: keys.get_by_role("button").first.focus(),
    )
    for call in calls:
        expect(keys).to_have_css("opacity", "0", timeout=LIMIT)
        call()
        expect(keys).to_have_css("opacity", "1", timeout=LIMIT)
    # Whoever has the focus there still sees where it is.
    page.wait_for_timeout(3500)
    expect(keys).to_have_css("opacity", "1")


def test_the_briefing_opens_from_a_disk_without_any_network(
    page: Page, tmp_path: Path, open_context: Callable[..., BrowserContext]
) -> None:
    path = tmp_path / "briefing.html"
    path.write_bytes(page.request.get("/handout/briefing.html?lang=es").body())
    alone = open_context(offline=True).new_page()
    asked: list[str] = []
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto(path.as_uri())
    ready(alone)
    alone.keyboard.press("PageDown")
    atlas = load_atlas()
    told = compute_slides(atlas, own_briefing(atlas.data), "es").slides[1].number
    assert alone.locator("#number").inner_text() == told
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    # Half faded, nothing can be read: once while they are told, and once when they are gone.
    keys = alone.locator("#keys")
    keys.get_by_role("button").first.focus()
    expect(keys).to_have_css("opacity", "1", timeout=LIMIT)
    assert grave(alone, "#keys") == []
    keys.get_by_role("button").first.blur()
    expect(keys).to_have_css("opacity", "0", timeout=LIMIT)
    assert grave(alone) == []


def test_a_scene_file_of_ones_own_is_shown_or_refused_in_words(
    atlas: AtlasPage, tmp_path: Path
) -> None:
    atlas.open("/briefing", lang="es")
    field = atlas.page.locator(".ma-briefing input[type=file]")
    field.wait_for(timeout=LIMIT)
    mine = tmp_path / "mine.yaml"
    mine.write_text("scenes: 3", encoding="utf-8")
    for text, seen in (("scenes: 3", "mine.yaml"), (None, "#title")):
        if text is None:
            mine.write_bytes((own_file()).read_bytes())
        field.set_input_files(mine)
        with atlas.page.context.expect_page() as opened:
            atlas.page.locator(".ma-briefing form button").click()
        shown = opened.value
        shown.wait_for_load_state()
        if text is None:
            ready(shown)
            assert shown.locator(seen).inner_text()
        else:
            assert seen in shown.locator("body").inner_text()


def own_file() -> Path:
    """The atlas's own scenes, as somebody's file."""
    return load_atlas().data / "briefing.yaml"
