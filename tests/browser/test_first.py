"""The page is there before the app, and the app takes over without a visible change."""

from __future__ import annotations

import base64
import io
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from geo.atlas import load_atlas
from geo.view import View
from geo.words import tell
from tests.browser.atlas_page import LIMIT, AtlasPage
from tests.browser.test_axe import grave
from tests.covering import covering, seldom

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, FloatRect, Page, Route

BEGINNING = "**/static/js/index.*.js"
"""The script that the app begins with."""

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
}
DESK: dict[str, Any] = {"viewport": {"width": 1400, "height": 900}}
SMALL_DESK: dict[str, Any] = {"viewport": {"width": 1024, "height": 768}}
SHIFT = 0.05
"""Layout shift that readers do not mind: half of what is called good (web.dev/cls)."""

SHIFTED = """
    window.shifted = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((one) => {
        if (!one.hadRecentInput) window.shifted += one.value;
    })).observe({ type: "layout-shift", buffered: true });
"""


PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length > 0"


HOLD = """
    const put = Node.prototype.appendChild;
    const app = (one) => one.tagName === "SCRIPT" && /[/]static[/]js[/]index[.]/.test(one.src);
    window.letGo = () => {
        Node.prototype.appendChild = put;
        window.kept?.();
    };
    Node.prototype.appendChild = function (one) {
        if (!app(one)) return put.call(this, one);
        window.kept = () => put.call(this, one);
        return one;
    };
"""
"""Keeps the script that the app begins with out of the page, until `letGo()`.

What is held on its way (`page.route`) is fetched and compiled anew, and all of the app with it.
"""


class Held:
    """A page whose app is kept from beginning until it is let go."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.add_init_script(HOLD)
        page.add_init_script(SHIFTED)

    def open(self, address: str) -> Held:
        """The page as it stands by itself, with its sheet, its scripts and its letters."""
        self.page.goto(address, wait_until="domcontentloaded")
        self.page.wait_for_function("() => window.kept", timeout=LIMIT)
        self.page.evaluate("() => document.fonts.ready.then(() => true)")
        expect(self.page.locator("#ma-first h1")).to_be_visible()
        return self

    def begin(self) -> None:
        """Let the app begin."""
        self.page.evaluate("() => window.letGo()")

    def let_go(self) -> AtlasPage:
        """Until the app has taken over."""
        self.begin()
        return AtlasPage(self.page).wait_settled()


@pytest.fixture
def held(new_tab: Callable[..., Page]) -> Callable[..., Held]:
    """A new reader's page, held; `held(address, **options)`."""
    return lambda address, **options: Held(new_tab(**options)).open(address)


def pixels(page: Page, clip: FloatRect) -> np.ndarray:
    shot = page.screenshot(clip=clip)
    return np.asarray(Image.open(io.BytesIO(shot)).convert("L"), dtype=float)


WHERE = """(pairs) => Object.fromEntries(Object.entries(pairs).map(([name, where]) => {
    const found = [...document.querySelectorAll(where)].find((one) => one.checkVisibility());
    const box = found && found.getBoundingClientRect();
    return [name, found ? [box.left, box.top, box.width, box.height] : null];
}))"""
BEFORE = {
    "search": "#ma-first .ma-find input",
    "show": "#ma-first .menu.show summary",
    "need": "#ma-first :is(.menu.per, .menu.need) summary",
    "measure": "#ma-first .measure li:first-child",
    "panel": "#ma-first .panel h2",
    "legend": "#ma-first .ma-legend",
    "remainder": "#ma-first .ma-remainder",
}
"""The parts of the first screen, in the page before the app."""
THEN = {
    "search": ".ma-find input",
    "show": ".st-key-w_show .react-aria-ComboBox",
    "need": ":is(.st-key-w_per, .st-key-w_need) .react-aria-ComboBox",
    "measure": ".st-key-measure button",
    "panel": ".st-key-panel h2",
    "legend": ".ma-legend",
    "remainder": ".ma-remainder",
}
"""The same in the app."""


def apart(before: dict[str, list[float]], after: dict[str, list[float]]) -> dict[str, list[int]]:
    """What has moved or grown by more than two pixels: by how many, left, top, width, height."""
    moved = {
        name: [round(b - a) for a, b in zip(before[name], after[name], strict=True)]
        for name in before
    }
    return {name: by for name, by in moved.items() if max(map(abs, by)) > 2}


def moved_by(before: np.ndarray, after: np.ndarray) -> tuple[int, int]:
    """By how many pixels, across and down, one picture fits best on another."""

    def apart(across: int, down: int) -> float:
        inner = before[4:-4, 4:-4]
        other = after[
            4 + down : after.shape[0] - 4 + down, 4 + across : after.shape[1] - 4 + across
        ]
        return float(np.abs(inner - other).mean())

    steps = range(-3, 4)
    return min(((x, y) for x in steps for y in steps), key=lambda way: apart(*way))


KEPT_THEME = "try {{ localStorage.setItem('stActiveTheme-/-v2', '\"{}\"') }} catch (none) {{}}"

FOCUS = """(where) => {
    const one = [...document.querySelectorAll(where)].find((one) => one.checkVisibility());
    one.focus({ preventScroll: true });
}"""

FOCUSED = """() => {
    const at = document.activeElement, row = at.closest("tr");
    const menu = at.closest(".menu, [class*=st-key-w_]");
    return row ? row.dataset.state : menu ? menu.className.match(/menu (\\w+)|st-key-w_(\\w+)/)
        .slice(1).find(Boolean) : at.textContent.trim();
}"""
"""What has the focus, by the name that it has in the page before the app and in the app."""

LINK = ".ma-pages a + a, .ma-pages li + li a"
RANKED = ".ma-ranking tr:nth-of-type(5) a"
MENU = ".show summary"
GROUND = "(where) => getComputedStyle(document.querySelector(where)).backgroundColor"


@pytest.mark.parametrize(
    ("address", "device", "kept", "focused"),
    [
        ("/", {**DESK, "color_scheme": "dark"}, "Light", LINK),
        ("/?measure=usd&state=08&lang=es", {**DESK, "color_scheme": "light"}, "Dark", RANKED),
        ("/?show=gap&per=poverty&lang=es", SMALL_DESK, "", MENU),
        ("/?measure=usd&show=ratio&layers=sez,border", {**PHONE, "color_scheme": "dark"}, "", ""),
        *seldom(("/?lang=es", {**PHONE, "color_scheme": "light"}, "", "")),
    ],
)
def test_the_app_takes_over_without_a_visible_change_and_the_focus_stays(
    new_tab: Callable[..., Page], address: str, device: dict[str, Any], kept: str, focused: str
) -> None:
    tab = new_tab(**device)
    if kept:
        tab.add_init_script(KEPT_THEME.format(kept))
    page = Held(tab).open(address)
    clip = tab.locator("#ma-first .ma-still").bounding_box()
    headline = tab.locator("#ma-first h1").bounding_box()
    assert clip
    assert headline
    before = pixels(tab, clip)
    places = tab.evaluate(WHERE, BEFORE)
    ground = tab.evaluate(GROUND, "#ma-first")
    if focused:
        tab.evaluate(FOCUS, f"#ma-first :is({focused})")
    was_on = tab.evaluate(FOCUSED)
    atlas = page.let_go()
    now = atlas.map_iframe().bounding_box()
    assert now
    assert all(abs(now[side] - clip[side]) <= 1 for side in ("x", "y", "width", "height"))
    after = pixels(tab, clip)
    across, down = moved_by(before, after)
    assert max(abs(across), abs(down)) <= 1, f"the map has moved by {across}, {down} pixels"
    # The names of states are put in later; lines are drawn between other pixels.
    assert (np.abs(before - after) > 80).mean() < 0.06
    there = tab.locator("h1.ma-headline").bounding_box()
    assert there
    assert abs(there["y"] - headline["y"]) <= 1
    assert tab.evaluate("() => window.shifted") <= SHIFT
    assert tab.locator("#ma-first").count() == 0
    assert apart(places, tab.evaluate(WHERE, THEN)) == {}
    assert tab.evaluate(GROUND, ".stApp") == ground, "another theme than the reader's"
    if focused:
        assert was_on
        assert tab.evaluate(FOCUSED) == was_on


@pytest.mark.parametrize(
    ("address", "device"), covering(["/", "/?show=gap&per=poverty&lang=es"], [DESK, PHONE])
)
def test_the_map_is_painted_where_it_stays_before_its_sheet_and_its_scripts_are_there(
    new_tab: Callable[..., Page], address: str, device: dict[str, Any]
) -> None:
    page = new_tab(**device)
    waiting: list[Route] = []
    holds = True

    def hold(route: Route) -> None:
        if holds:
            waiting.append(route)
        else:
            route.continue_()

    # The app would take the place of what is measured once it is there.
    page.route(BEGINNING, lambda route: None)
    page.route(re.compile(r"/assets/pages\.\w+\.(css|js)"), hold)
    page.goto(address, wait_until="domcontentloaded")
    page.wait_for_function(PAINTED)
    where = "() => document.querySelector('#m08').getBoundingClientRect().toJSON()"
    before = page.evaluate(where)
    clip = page.locator(".ma-still").bounding_box()
    assert clip
    assert pixels(page, clip).std() > 10, "no states are painted"
    holds = False
    for route in waiting:
        route.continue_()
    page.wait_for_function("() => document.querySelector('#ma-first link').sheet")
    after = page.evaluate(where)
    assert all(abs(after[side] - before[side]) <= 1 for side in before)


def test_without_its_sheet_the_page_can_be_read_and_its_choices_work(
    new_tab: Callable[..., Page],
) -> None:
    page = new_tab(**DESK)
    # The app would take the place of what is pressed once it is there.
    page.route(BEGINNING, lambda route: None)
    page.route("**/assets/pages.*.css", lambda route: route.abort())
    page.goto("/", wait_until="domcontentloaded")
    expect(page.locator("#ma-first h1")).to_be_visible()
    page.locator("#ma-first .ma-ranking a", has_text="Veracruz").click()
    page.wait_for_url("**state=30**")


SLOW_CLOCK = """if (window !== window.top) {
    const now = Date.now;
    let end;
    Date.now = () => Math.min(now(), end ??= now() + 1500);
}"""
"""In a frame of the page no more than so many milliseconds pass since somebody looked first.

The map waits twice as long for its sheets.
"""


def test_no_frame_between_is_blank_however_late_the_sheets_of_the_map_are(
    new_tab: Callable[..., Page],
) -> None:
    tab = new_tab(**DESK)
    tab.add_init_script(SLOW_CLOCK)
    page = Held(tab).open("/")
    clip = page.page.locator("#ma-first .ma-still").bounding_box()
    assert clip
    frames: list[bytes] = []
    cdp = page.page.context.new_cdp_session(page.page)

    def keep(told: dict[str, Any]) -> None:
        frames.append(base64.b64decode(told["data"]))
        cdp.send("Page.screencastFrameAck", {"sessionId": told["sessionId"]})

    def late(route: Route) -> None:
        page.page.wait_for_timeout(1500)
        route.continue_()

    page.page.route("**/atlas-map.*.css", late)
    page.page.evaluate(
        """() => new MutationObserver(() => {
            const frame = document.querySelector('iframe[src*="streamlit_folium"]');
            const sheets = [...frame.contentDocument.querySelectorAll('link[rel="stylesheet"]')];
            window.worn = sheets.length > 0 && sheets.every((one) => one.sheet);
        }).observe(document.documentElement, { attributeFilter: ["data-atlas"] })"""
    )
    cdp.on("Page.screencastFrame", keep)
    cdp.send("Page.startScreencast", {"format": "png", "everyNthFrame": 1})
    page.let_go()
    page.page.wait_for_timeout(500)
    cdp.send("Page.stopScreencast")
    assert page.page.evaluate("() => window.worn") is True, "it took over before the sheets"
    assert len(frames) > 1
    for frame in frames:
        picture = np.asarray(Image.open(io.BytesIO(frame)).convert("RGB"))
        scale = picture.shape[1] / 1400
        left, top = round(clip["x"] * scale) + 4, round(clip["y"] * scale) + 4
        box = picture[
            top : top + round(clip["height"] * scale) - 8,
            left : left + round(clip["width"] * scale) - 8,
        ]
        assert (box.min(axis=2) > 250).mean() < 0.12, "the map is blank in a frame"


def test_before_the_app_is_there_it_prints_and_a_click_is_a_link_that_loses_nothing(
    held: Callable[..., Held],
) -> None:
    page = held("/?measure=usd", **DESK)
    tab = page.page
    tab.emulate_media(media="print")
    on_paper = tab.locator("#ma-first .ma-still").bounding_box()
    assert on_paper
    shot = tab.screenshot(full_page=True, clip=on_paper)
    picture = np.asarray(Image.open(io.BytesIO(shot)).convert("RGB"))
    assert len(np.unique(picture.reshape(-1, 3)[::7], axis=0)) > 20, "the map is not on the sheet"
    tab.emulate_media(media="null")
    box = tab.locator("#ma-first #m08").bounding_box()
    assert box
    tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tab.wait_for_url("**state=08**")
    tab.locator("#ma-first .ma-ranking a", has_text="Veracruz").click()
    tab.wait_for_url("**state=30**")
    expect(tab.locator("#ma-first .ma-panel h2")).to_have_text("Veracruz")
    tab.wait_for_function("() => window.kept", timeout=LIMIT)
    atlas = page.let_go()
    assert atlas.url_params()["state"] == ["30"]
    assert atlas.url_params()["measure"] == ["usd"]
    expect(tab.locator(".ma-panel h2")).to_have_text("Veracruz")


def test_who_is_in_the_middle_of_a_press_or_a_word_is_let_finish(
    held: Callable[..., Held],
) -> None:
    page = held("/", **DESK)
    page.page.locator("#ma-first .ma-find input[type=text]").fill("Verac")
    page.begin()
    page.page.wait_for_function("() => atlasSeams.maps().some((map) => map.painted)", timeout=LIMIT)
    page.page.wait_for_timeout(500)
    assert page.page.locator("#ma-first").count() == 1
    page.page.locator("#ma-first .ma-find input[type=text]").press("Enter")
    page.page.wait_for_url("**state=Verac**")


def test_what_was_being_read_stays_before_the_readers_eyes(held: Callable[..., Held]) -> None:
    page = held("/", **DESK)
    row = page.page.locator("#ma-first .ma-ranking tr", has_text="Puebla")
    row.scroll_into_view_if_needed()
    page.page.evaluate("() => window.scrollBy(0, 300)")
    marked = "() => document.querySelector('.ma-ranking').getBoundingClientRect().top"
    before = page.page.evaluate(marked)
    page.let_go()
    assert abs(page.page.evaluate(marked) - before) <= 40


@pytest.mark.parametrize("address", ["/?embed=true", "/"])
def test_the_app_is_not_begun_where_it_costs_before_the_reader_touches_the_page(
    new_tab: Callable[..., Page], address: str
) -> None:
    page = new_tab(**DESK)
    if address == "/":
        page.add_init_script(
            "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
        )
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(1_200)
    assert not [url for url in asked if "/static/js/" in url]
    page.mouse.click(700, 20)
    AtlasPage(page).wait_settled().wait_painted()
    assert page.locator("#ma-first").count() == 0


@pytest.mark.parametrize(
    "path", ["/?state=08", "/?embed=true&lang=es", "/sites?lang=es", *seldom("/methods?lang=es")]
)
def test_a_page_that_runs_no_script_has_no_grave_violation(
    new_tab: Callable[..., Page], path: str
) -> None:
    page = new_tab(color_scheme="dark")
    page.route("**/assets/*.js", lambda route: route.abort())
    page.goto(path, wait_until="load")
    page.evaluate("() => document.fonts.ready.then(() => true)")
    assert grave(page) == []


def test_without_scripts_the_finding_the_map_and_the_ranking_are_there(
    open_context: Callable[..., BrowserContext],
) -> None:
    page = open_context(java_script_enabled=False, **PHONE).new_page()
    page.goto("/?state=30&lang=es", wait_until="load")
    told = tell(load_atlas(), View(state="30", lang="es"))
    expect(page.locator("h1")).to_have_text(told.headline)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".ma-still svg path#m30")).to_be_visible()
    page.locator(".ma-langs a[lang=en]").click()
    expect(page.locator("h1")).to_have_text(tell(load_atlas(), View(state="30")).headline)
