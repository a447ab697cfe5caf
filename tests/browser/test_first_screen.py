"""The first screen at every width and in both languages: the finding, the map and its legend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from geo.atlas import load_atlas
from geo.drawing.boot import BOUNDS, PADDING
from geo.language import NEED_NAMES, speech
from geo.view import LANGS, View
from tests.browser.atlas_page import LIMIT, AtlasPage
from tests.browser.promises import assert_shows, state_names, wait_address
from tests.browser.visits import Visited, looks_at, visit
from tests.covering import covering, seldom

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

SIZES = [(390, 844), (768, 1024), (1024, 768), (1366, 768), (1400, 900), (1920, 1080)]
PHONE = 760
"""Windows up to this width in CSS pixels are a phone's."""

LOOK = """() => {
    const box = (e) => { const { x, y, width, height } = e.getBoundingClientRect();
                         return { x, y, width, height, right: x + width, bottom: y + height }; };
    const frame = document.querySelector('iframe[src*="streamlit_folium"]');
    const line = (e) => parseFloat(getComputedStyle(e).lineHeight);
    const head = document.querySelector("h1.ma-headline");
    const one = (name) => {
        const made = document.createElement("div");
        made.style.cssText = `position: absolute; height: var(${name})`;
        document.body.append(made);
        const height = made.getBoundingClientRect().height;
        made.remove();
        return height;
    };
    return {
        map: box(frame), legend: box(document.querySelector(".ma-legend")),
        name: box(document.querySelector(".ma-home")), lines: Math.round(
            (head.getBoundingClientRect().height - parseFloat(getComputedStyle(head).paddingTop))
            / line(head)),
        top: ["--ma-bar", "--ma-head", "--ma-row"].map(one).reduce((a, b) => a + b),
        high: one("--ma-map-h"), wide: innerWidth, tall: innerHeight,
        scrolls: document.documentElement.scrollWidth > innerWidth,
    };
}"""

STATES = """() => {
    const all = [...document.querySelectorAll("path[data-code][data-fill]")];
    const outside = all.filter((path) => {
        const box = path.getBoundingClientRect();
        return box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight;
    });
    return [all.length, outside.map((path) => path.dataset.code)];
}"""


NAMES = """() => {
    const lies = (span) => {
        const { left, right, top, bottom } = span.getBoundingClientRect();
        return [[left, top], [right, top], [left, bottom], [right, bottom]].some(([x, y]) => {
            const under = document.elementFromPoint(x, y);
            return !under || under.closest("path[data-code]");
        });
    };
    const told = [...document.querySelectorAll(".atlas-name span")].filter((one) => one.innerText);
    return [told.length, told.filter(lies).map((one) => one.innerText)];
}"""
"""How many names of neighbours there are, and which lie on a state of Mexico or past the frame."""


ON_EACH = covering(SIZES, LANGS[::-1], make=lambda size, lang: visit(lang=lang, size=size))
"""Every width, on a phone in Spanish: its words are longer."""
ON_THREE = [visit(lang="es", size=SIZES[0]), visit(size=SIZES[3]), visit(lang="es", size=SIZES[4])]


@looks_at(ON_EACH)
def test_the_first_screen_holds_the_finding_the_map_its_legend_and_the_atlas_name(
    look: Visited,
) -> None:
    width, height = look.visit.size
    look.page.locator(".ma-legend li").first.wait_for(timeout=LIMIT)
    seen = look.page.evaluate(LOOK)
    phone = width <= PHONE
    place = seen["map"]
    assert place["y"] <= (0.32 if phone else 0.30) * height
    assert min(place["bottom"], height) - place["y"] >= 0.9 * place["height"]
    assert place["height"] == pytest.approx(seen["high"], abs=0.5)
    assert place["y"] == pytest.approx(seen["top"], abs=0.5), "page-frame.css says another place"
    assert place["width"] == width if phone else place["width"] >= 0.6 * width
    count, outside = look.map_frame().evaluate(STATES)
    assert (count, outside) == (32, [])
    named, misplaced = look.map_frame().evaluate(NAMES)
    assert named >= 1
    assert misplaced == []
    for part in ("legend", "name"):
        assert seen[part]["x"] >= 0
        assert seen[part]["right"] <= width, part
        assert seen[part]["y"] >= 0
        assert seen[part]["bottom"] <= height, part
    assert seen["lines"] <= (3 if phone else 2)
    assert not seen["scrolls"]


CLASHES = """() => {
    const seen = (one) => one.checkVisibility({ visibilityProperty: true });
    const bar = [...document.querySelectorAll(
        ".ma-top > a, .ma-top nav > ul > li, .ma-top nav > details > summary, .ma-top button"
    ), document.querySelector(".ma-langs")]
        .filter(seen).map((one) => [one.textContent.trim(), one.getBoundingClientRect()]);
    const found = [];
    bar.forEach(([name, a], at) => bar.slice(at + 1).forEach(([other, b]) => {
        if (a.left < b.right - 1 && b.left < a.right - 1) found.push(`${name} lies on ${other}`);
    }));
    bar.forEach(([name, a]) => { if (a.right > innerWidth) found.push(`${name} leaves the bar`); });
    document.querySelectorAll(
        ".st-key-tools input, .st-key-tools button, .ma-find input, .st-key-measure button"
    ).forEach((one) => {
        const cut = one.scrollWidth > one.clientWidth + 1;
        if (seen(one) && cut && getComputedStyle(one).textOverflow !== "ellipsis")
            found.push(`${one.value || one.textContent || one.placeholder} is cut off`);
    });
    const tools = document.querySelector(".st-key-tools");
    if (tools.scrollWidth > tools.clientWidth + 1) found.push("the row of controls is cut off");
    return found;
}"""
"""What lies on something else in the bar, and what is cut off without saying so."""


@pytest.mark.parametrize("lang", ["es", *seldom("en")])
def test_nothing_in_the_bar_or_the_row_lies_on_another_or_is_cut_off(
    atlas: AtlasPage, lang: str
) -> None:
    atlas.open("/", lang=lang, show="gap", per="poverty")
    found = {}
    for width in (360, 390, 600, 761, 768, 820, 900, 901, 1024, 1200, 1280, 1920):
        atlas.page.set_viewport_size({"width": width, "height": 844})
        atlas.page.wait_for_function("width => innerWidth === width", arg=width)
        if clashes := atlas.page.evaluate(CLASHES):
            found[width] = clashes
    assert found == {}


@looks_at(ON_THREE)
def test_the_map_begins_where_the_config_says_it_does(look: Visited) -> None:
    corners = look.map_frame().evaluate(
        """(corners) => corners.map(([lat, lng]) => {
            const at = window.atlas.map.latLngToContainerPoint([lat, lng]);
            return [at.x, at.y];
        })""",
        [list(corner) for corner in BOUNDS],
    )
    box = look.map_iframe().bounding_box()
    assert box
    (left, bottom), (right, top) = corners
    assert left == pytest.approx(box["width"] - right, abs=1.5), "not in the middle"
    assert top == pytest.approx(box["height"] - bottom, abs=1.5), "not in the middle"
    assert min(left, top) == pytest.approx(PADDING, abs=1.5)


NAMED = """() => {
    const taken = [...document.querySelectorAll(".atlas-site")].map(
        (e) => e.getBoundingClientRect());
    const names = [...document.querySelectorAll(".atlas-state-name > span")];
    const boxes = names.map((e) => e.getBoundingClientRect());
    const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    const inside = (box) => {
        const under = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        const path = under.find((e) => e.matches("path[data-code]"));
        return path && path.getAttribute("aria-label").split(",")[0];
    };
    return {
        texts: names.map((e) => [...e.children].map((one) => one.textContent).join(" ")),
        under: boxes.map(inside),
        on: boxes.filter((box, at) => taken.some((one) => meet(one, box))
            || boxes.some((other, to) => to !== at && meet(other, box))).length,
    };
}"""  # noqa: E501


@looks_at(ON_THREE)
def test_states_with_room_for_it_have_their_name_on_them_and_on_nothing_else(
    look: Visited,
) -> None:
    look.map_frame().wait_for_function(
        "() => document.querySelector('.atlas-state-name')", timeout=LIMIT
    )
    look.page.wait_for_timeout(200)
    named = look.map_frame().evaluate(NAMED)
    assert set(named["texts"]) <= set(state_names(View(lang=look.visit.lang)).values())
    assert named["under"] == named["texts"], "a name lies on another state"
    assert named["on"] == 0, "a name lies on a site or on another name"
    assert len(named["texts"]) >= (1 if look.visit.size[0] < PHONE else 10)


def test_on_a_phone_the_tapped_state_is_told_under_the_map_without_scrolling(
    new_tab: Callable[..., Page],
) -> None:
    atlas = AtlasPage(new_tab(viewport={"width": 390, "height": 844})).open_map().wait_map_still()
    atlas.select_state("08")
    panel = atlas.page.locator(".ma-panel")
    expect(panel.locator("h2")).to_have_text("Chihuahua", timeout=LIMIT)
    send = atlas.page.locator(".st-key-panel .ma-share-open")
    print_it = atlas.page.locator(".st-key-panel a.ma-get")
    for part in (panel.locator(".ma-number"), panel.locator(".ma-facts"), send, print_it):
        box = part.bounding_box()
        assert box
        assert box["y"] + box["height"] <= 844
    assert "state=08" in (print_it.get_attribute("href") or "")
    atlas.page.locator(".ma-clear").click()
    expect(panel.locator("h2")).to_have_text("All Mexico", timeout=LIMIT)
    wait_address(atlas, View())


def test_a_filter_that_is_set_is_seen_and_taken_away_outside_the_drawer(atlas: AtlasPage) -> None:
    atlas.open_map(from_="2011", weak="include", measure="usd")
    mounted = atlas.mount_id()
    chips = atlas.page.locator(".ma-chips button")
    expect(chips).to_have_count(2, timeout=LIMIT)
    chips.filter(has_text="2011").click()
    assert_shows(atlas, View(weak="include", measure="usd"))
    chips.first.click()
    assert_shows(atlas, View(measure="usd"))
    expect(chips).to_have_count(0)
    assert atlas.mount_id() == mounted


def test_the_drawer_is_opened_used_and_closed_by_keyboard_alone(atlas: AtlasPage) -> None:
    atlas.open_map()
    page = atlas.page
    mounted = atlas.mount_id()
    opener = page.locator("[data-drawer-open='years']")
    expect(atlas.control("years")).to_be_hidden()
    opener.focus()
    page.keyboard.press("Enter")
    expect(opener).to_have_attribute("aria-expanded", "true")
    expect(atlas.control("years")).to_be_visible()
    page.keyboard.press("ArrowRight")
    assert_shows(atlas, View(from_year=2009))
    page.keyboard.press("Escape")
    expect(atlas.control("years")).to_be_hidden()
    expect(page.locator("[data-drawer-open='years']")).to_be_focused()
    assert atlas.mount_id() == mounted


SEARCHED = {
    "en": {"cdmx": ("Mexico City", "09"), "juarez": ("Ciudad Juárez", "08")},
    "es": {
        "edomex": ("Estado de México", "15"),
        "michoacan": ("Michoacán", "16"),
        "san cristobal de las casas": ("San Cristóbal de las Casas", "07"),
    },
}


@pytest.mark.parametrize("lang", ["es", *seldom("en")])
def test_the_search_finds_states_towns_and_sites_by_any_spelling_and_goes_there(
    atlas: AtlasPage, lang: str
) -> None:
    atlas.open_map(lang=lang)
    page, mounted, wide = atlas.page, atlas.mount_id(), atlas.map_view().zoom
    box = page.get_by_role("combobox", name=speech(lang).t("Find your state or town"))
    found = page.locator(".ma-find [role=option]")
    for typed, (first, code) in SEARCHED[lang].items():
        box.focus()
        page.keyboard.type(typed)
        expect(found.first).to_contain_text(first, timeout=LIMIT)
        expect(box).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("ArrowDown")
        expect(box).to_have_attribute("aria-activedescendant", "ma-found-0")
        expect(found.first).to_have_attribute("aria-selected", "true")
        page.keyboard.press("Enter")
        assert_shows(atlas, View(state=code, lang=lang))
        atlas.wait_map_still()
        assert atlas.map_view().zoom > wide
        assert "at=" in page.url
        expect(page.locator(".ma-panel h2")).to_have_text(state_names(View(lang=lang))[code])
        assert atlas.mount_id() == mounted
        page.locator(".ma-clear").click()
        assert_shows(atlas, View(lang=lang))
        atlas.wait_map_still()
        assert atlas.map_view().zoom == pytest.approx(wide, abs=0.01)
        assert "at=" not in page.url


@looks_at([visit(lang="es", size=(390, 844)), visit()])
def test_the_search_says_in_words_that_it_found_nothing(look: Visited) -> None:
    say, page = speech(look.visit.lang), look.page
    box = page.get_by_role("combobox", name=say.t("Find your state or town"))
    box.fill("zzzz")
    told = page.locator(".ma-find [role=status]")
    expect(told).to_have_text(say.t("Nothing found for “{text}”.", text="zzzz"), timeout=LIMIT)
    box.press("Enter")
    look.wait_settled()
    assert "state" not in look.url_params()
    box.fill("")


SORTED = """(column) => [...document.querySelectorAll(".ma-ranking tbody tr")]
    .map((row) => row.cells[column].textContent.trim())"""


def test_the_ranking_sorts_by_name_number_and_share_and_stays_sorted(atlas: AtlasPage) -> None:
    atlas.open_map()
    page = atlas.page
    heads = page.locator(".ma-ranking thead th")
    expect(heads.first).to_have_attribute("aria-sort", "ascending", timeout=LIMIT)
    heads.nth(1).get_by_role("button").click()
    expect(heads.nth(1)).to_have_attribute("aria-sort", "ascending")
    names = page.evaluate(SORTED, 1)
    assert names[0] == "Aguascalientes"
    assert names[-1] == "Zacatecas"
    heads.nth(1).get_by_role("button").press("Enter")
    assert page.evaluate(SORTED, 1) == names[::-1]
    expect(heads.nth(1)).to_have_attribute("aria-sort", "descending")
    expect(heads.nth(1).get_by_role("button")).to_be_focused()
    atlas.choose("measure", "Dollars")
    assert atlas.wait_settled().page.evaluate(SORTED, 1) == names[::-1]
    heads.nth(3).get_by_role("button").click()
    shares = [float(text.strip("%–") or 0) for text in page.evaluate(SORTED, 3)]
    assert shares == sorted(shares, reverse=True)
    assert len(set(shares)) > 2
    heads.nth(0).get_by_role("button").click()
    scene = [row.code for row in _ranked("usd")]
    shown = page.locator(".ma-ranking tbody tr").evaluate_all(
        "(all) => all.map((row) => row.dataset.state)"
    )
    assert shown == scene


def _ranked(measure: str) -> Any:
    from geo.scene import build_scene

    return build_scene(load_atlas(), View(measure=measure)).ranked


def test_the_bar_goes_to_the_pages_with_the_view_and_without_loading_anew(
    atlas: AtlasPage,
) -> None:
    atlas.open_map(measure="usd", state="08", tool="check")
    page = atlas.page
    page.evaluate("window.stays = true")
    atlas.choose("per", NEED_NAMES["population"](speech("en")))
    wait = "(wanted) => location.pathname + location.search === wanted"
    bar = page.locator(".ma-top")
    sites = bar.locator('a[data-page="/sites"]')
    expect(sites).to_have_attribute(
        "href", "/sites?measure=usd&per=population&state=08&lang=en", timeout=LIMIT
    )
    atlas.go_to("Sites")
    page.wait_for_function(wait, arg="/sites?measure=usd&per=population&state=08", timeout=LIMIT)
    expect(bar.locator('a[data-page="/sites"]')).to_have_attribute("aria-current", "page")
    bar.locator(".ma-home").click()
    page.wait_for_function(wait, arg="/", timeout=LIMIT)
    atlas.wait_settled().wait_painted()
    assert_shows(atlas, View())
    assert page.evaluate("window.stays") is True
