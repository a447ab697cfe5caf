"""The map by keyboard alone, and its small states by a fingertip."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from geo.atlas import load_atlas
from geo.language import speech
from geo.view import STATE_CODES, View
from tests.browser.atlas_page import AtlasPage
from tests.browser.promises import wait_address
from tests.browser.test_fonts import still
from tests.covering import seldom

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Frame, Page

STOPS = """() => [...document.querySelectorAll("path[data-code], .atlas-site")]
    .filter((one) => one.tabIndex === 0 && !one.closest("[aria-hidden=true]"))
    .map((one) => one.getAttribute("aria-label"))"""

FOCUSED = "() => document.activeElement.getAttribute('data-code')"

REACHED = """() => {
    const all = Object.keys(atlas.colours());
    const keys = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"];
    return all.every((from) => {
        const seen = new Set([from]), left = [from];
        while (left.length) {
            const at = left.pop();
            for (const to of keys.map((key) => atlas.next(at, key))) {
                if (to && !seen.has(to)) { seen.add(to); left.push(to); }
            }
        }
        return seen.size === all.length;
    });
}"""

AROUND = """(code) => {
    const lines = [...document.querySelectorAll(".leaflet-focused-pane path")];
    const own = document.querySelector(`path[data-code="${code}"][data-fill]`);
    const boxes = [...lines, own].map((one) => one.getBoundingClientRect());
    return lines.length === 2 && boxes.every((box) => Math.abs(box.x - boxes[2].x) < 6
        && Math.abs(box.bottom - boxes[2].bottom) < 6);
}"""


def told(frame: Frame, code: str) -> str:
    return str(
        frame.evaluate(
            """(code) => document.querySelector(`path[data-code="${code}"][data-fill]`)
                .getAttribute("aria-label")""",
            code,
        )
    )


@pytest.mark.parametrize("lang", ["es", *seldom("en")])
def test_the_map_is_one_stop_where_arrows_move_enter_chooses_and_escape_lets_go(
    atlas: AtlasPage, lang: str
) -> None:
    view = View(lang=lang)
    frame = atlas.open_view(view).map_frame()
    names, say, press = load_atlas().states, speech(lang), atlas.page.keyboard.press
    assert len(frame.evaluate(STOPS)) == 2, "states are one stop and sites another"
    for code in STATE_CODES:
        words = told(frame, code)
        assert words.startswith(f"{names[code].names[lang]}, ")
        assert re.search(r"\d+ de \d+$" if lang == "es" else r"\d+ of \d+$", words)
    drawing = frame.locator('svg[role="application"]')
    assert say.t("Zoom in") == frame.locator(".leaflet-control-zoom-in").get_attribute("aria-label")
    assert "Escape" in (drawing.get_attribute("aria-label") or "")
    assert frame.evaluate(REACHED)

    frame.locator('path[tabindex="0"]').focus()
    press("Home")
    for key, code in zip(
        ("End", "ArrowUp", "ArrowUp", "ArrowRight", "ArrowRight"),
        ("32", "10", "05", "19", "28"),
        strict=True,
    ):
        press(key)
        assert frame.evaluate(FOCUSED) == code
        assert frame.evaluate(AROUND, code), "what has the focus is not outlined"
    press("Enter")
    wait_address(atlas, view.with_(state="28"))
    pressed = frame.locator('path[aria-pressed="true"]')
    expect(pressed).to_have_attribute("data-code", "28")
    atlas.wait_settled()
    assert frame.evaluate(FOCUSED) == "28", "the choice took the focus away"
    press("ArrowLeft")
    press("Space")
    wait_address(atlas, view.with_(state="19"))
    atlas.wait_settled()
    press("Escape")
    wait_address(atlas, view)
    expect(pressed).to_have_count(0)
    # The next stop is the first site, and the one after the last site is a button of the map.
    press("Tab")
    sites = frame.locator(".atlas-site").count()
    for _ in range(sites - 1):
        assert frame.evaluate("() => document.activeElement.classList.contains('atlas-site')")
        press("ArrowRight")
    assert frame.evaluate(
        "() => [...document.querySelectorAll('.atlas-site')].at(-1) === document.activeElement"
    )
    press("Tab")
    assert "zoom" in frame.evaluate("() => document.activeElement.className")


def test_the_page_in_one_file_has_the_same_keys(
    atlas: AtlasPage, open_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    path = tmp_path / "view.html"
    path.write_bytes(atlas.page.request.get("/export/view.html?measure=usd&lang=es").body())
    page = open_context(offline=True).new_page()
    page.goto(path.as_uri())
    page.wait_for_function("() => window.offline && offline.states['08']")
    page.locator('path[data-code][tabindex="0"]').focus()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    assert page.evaluate("() => offline.chosen()") == "32"
    assert "Zacatecas" in page.locator("#card").inner_text()
    page.keyboard.press("Escape")
    assert page.evaluate("() => offline.chosen()") == ""


def test_a_fingertip_beside_a_small_state_chooses_it_and_not_beside_a_large_one(
    new_tab: Callable[..., Page],
) -> None:
    page = new_tab(viewport={"width": 390, "height": 844}, has_touch=True)
    atlas = AtlasPage(page).open_map(layers="none")
    frame = atlas.map_frame()
    # Ten pixels from the middle, to the side where no state as small is near.
    beside = {"09": (-10, 0), "29": (7, 7), "17": (0, 10), "01": (10, 0), "08": (0, 0)}
    for code, (right, down) in beside.items():
        atlas.map_iframe().scroll_into_view_if_needed()
        still(atlas.page)
        where = middle(frame, code)
        assert (min(where["width"], where["height"]) < 24) == (code != "08")
        atlas.page.touchscreen.tap(*on_page(atlas, where, right, down))
        wait_address(atlas, View(layers=(), state=code))
        atlas.wait_settled()
    taken = frame.evaluate(
        """() => [...document.querySelectorAll(".leaflet-hits-pane path")].map((one) => {
            const box = one.getBoundingClientRect();
            return [one.getAttribute("data-code"), box.width, box.height];
        })"""
    )
    assert {"09", "17", "29", "01"} <= {code for code, *_ in taken}
    assert "08" not in {code for code, *_ in taken}
    assert max(max(size) for _, *size in taken) <= 24.5, "more is taken from neighbours than needed"
    assert [code for code, *size in taken if min(size) < 14] == []


def middle(frame: Frame, code: str) -> dict[str, Any]:
    """Where a state is drawn, in the frame; with its width and height."""
    return dict(
        frame.evaluate(
            """(code) => {
                const path = document.querySelector(`path[data-code="${code}"][data-fill]`);
                const box = path.getBoundingClientRect();
                return { x: box.x + box.width / 2, y: box.y + box.height / 2,
                         width: box.width, height: box.height };
            }""",
            code,
        )
    )


def on_page(atlas: AtlasPage, at: dict[str, Any], right: int, down: int) -> tuple[float, float]:
    frame = atlas.map_iframe().bounding_box()
    assert frame is not None
    return frame["x"] + at["x"] + right, frame["y"] + at["y"] + down
