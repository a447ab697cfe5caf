"""Every function by keyboard: Tab reaches it, and what has the focus is seen to have it."""

from __future__ import annotations

from typing import Any

from tests.browser.atlas_page import AtlasPage
from tests.browser.each_page import EACH_PAGE
from tests.browser.visits import Visited, looks_at

MOST_STOPS = 600

STOP = """() => {
    let one = document.activeElement;
    if (!one || one === document.body || one.tagName === "IFRAME") return null;
    window.stops ??= new Map();
    if (!window.stops.has(one)) window.stops.set(one, window.stops.size);
    const around = "[data-baseweb], .stSelectbox > div, [role=group]";
    const styles = [one, one.parentElement, one.closest("label"), one.closest(around)]
        .filter(Boolean).flatMap((e) => [null, "::after", "::before"].map(
            (part) => getComputedStyle(e, part)));
    const seen = styles.some((s) =>
        (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 1) || s.boxShadow !== "none");
    return {
        number: window.stops.get(one), seen,
        told: (one.getAttribute("aria-label") || one.textContent || one.name || "").trim(),
        what: `${one.tagName} ${one.getAttribute("role") || one.type || ""}`,
    };
}"""
"""What has the focus: which stop of the walk it is, and whether an outline or a shadow shows it."""

REACHABLE = """() => {
    // One stop for a group of buttons: the arrow keys go on inside it.
    const group = (e) => e.closest("[role=radiogroup], [data-testid=stButtonGroup]") || e;
    const found = new Set();
    const wanted = "a[href], button, input, select, textarea, summary, [tabindex='0']";
    for (const one of document.querySelectorAll(wanted)) {
        if (!one.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
        const box = one.getBoundingClientRect();
        if (one.disabled || box.width < 2 || one.closest("[inert], [aria-hidden=true]")) continue;
        if (one.tabIndex < 0 && group(one) === one) continue;
        found.add(group(one));
    }
    const reached = new Set([...(window.stops || new Map()).keys()].map(group));
    const name = (e) => `${e.tagName} ${(e.getAttribute("aria-label") || e.textContent).trim()}`;
    return { all: found.size, missed: [...found].filter((e) => !reached.has(e)).map(name) };
}"""
"""How much can be acted on that is seen, and what of it the walk has not come to."""


def walk(atlas: AtlasPage) -> list[dict[str, Any]]:
    """Press Tab from the top of the page until it comes round; every stop in between."""
    stops: list[dict[str, Any]] = []
    outside = 0
    for _ in range(MOST_STOPS):
        atlas.page.keyboard.press("Tab")
        stop = atlas.page.evaluate(STOP)
        if stop is None:
            outside += 1
            if stops and outside > 60:
                break
            continue
        if stop["number"] == 0 and len(stops) > 1:
            break
        stops.append(stop)
    return stops


@looks_at(EACH_PAGE)
def test_tab_reaches_everything_that_can_be_acted_on_and_shows_where_it_is(look: Visited) -> None:
    look.put_rows_by()
    stops = walk(look)
    told = look.page.evaluate(REACHABLE)
    assert len(stops) > 5
    unseen = [stop["what"] + " " + stop["told"][:50] for stop in stops if not stop["seen"]]
    assert unseen == []
    assert told["all"] > 5
    assert told["missed"] == []


def test_the_arrow_keys_go_on_inside_a_group_of_buttons(atlas: AtlasPage) -> None:
    atlas.open_map().open_drawer()
    for control in ("pillar", "measure"):
        buttons = atlas.control(control).locator("[role=radio], [role=toolbar] button")
        for step in range(buttons.count()):
            if not step:
                buttons.first.focus()
            else:
                atlas.page.keyboard.press("ArrowRight")
            assert buttons.nth(step).evaluate(
                "(e) => e === document.activeElement || e.contains(document.activeElement)"
                " || e.closest('label')?.contains(document.activeElement)"
            ), control
