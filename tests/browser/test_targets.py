"""Whatever can be pressed is 24 by 24 CSS pixels at least, as WCAG 2.5.8 asks; on every page.

What it excepts is left out here: a link in a line of text, a control whose size the browser made,
one whose like is on the page in size, and a smaller one with room of its own around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.atlas_page import LIMIT
from tests.browser.each_page import EACH_PAGE
from tests.browser.test_two_languages import ON_A_PHONE
from tests.browser.visits import Visited, looks_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from _pytest.mark.structures import ParameterSet
    from playwright.sync_api import Page

    from tests.browser.visits import Visit

LEAST = 24
ON_BOTH: list[Visit | ParameterSet] = [*EACH_PAGE, *ON_A_PHONE]
"""Every page, at a desk and on a phone."""

SMALL = """(least) => {
    const pressed = "a[href], button, summary, input, select, textarea, [tabindex='0'], label:has(input), "
        + "[role=button], [role=radio], [role=slider], [role=checkbox], [role=switch], [role=option], [role=tab]";
    const seen = [...document.querySelectorAll(pressed)].filter((one) => {
        const box = one.getBoundingClientRect(), style = getComputedStyle(one);
        // What shows itself only when it has the focus, as a link past the menu, is a pixel until then.
        if (one.closest("[hidden], [inert]") || box.width < 2 || box.height < 2) return false;
        if (box.right <= 0 || box.left >= innerWidth) return false;
        return style.visibility !== "hidden" && style.opacity !== "0";
    });
    // The end of a slider is an input that nobody sees in a thumb whose ::after takes the pointer.
    const boxOf = (one) => {
        if (one.type !== "range") return one.getBoundingClientRect();
        const thumb = one.parentElement.parentElement, box = thumb.getBoundingClientRect();
        const after = getComputedStyle(thumb, "::after");
        const width = Math.max(box.width, parseFloat(after.width)), height = Math.max(box.height, parseFloat(after.height));
        return new DOMRect(box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, width, height);
    };
    const boxes = new Map(seen.map((one) => [one, boxOf(one)]));
    const inText = (one) => {
        // Inline: the line it stands in holds other words.
        if (!one.matches("a, .ma-term") || !/^inline/.test(getComputedStyle(one).display)) return false;
        const block = one.closest("p, li, td, th, dd, dt, figcaption, summary, h1, h2, h3, span, div");
        return block && block.textContent.trim() !== one.textContent.trim();
    };
    const alone = (one) => {
        // Spacing: a circle of 24 pixels on its middle touches no other target's box or circle.
        const box = boxes.get(one), x = box.x + box.width / 2, y = box.y + box.height / 2;
        return seen.every((other) => {
            if (other === one || other.contains(one) || one.contains(other)) return true;
            const it = boxes.get(other);
            const dx = Math.max(it.left - x, 0, x - it.right), dy = Math.max(it.top - y, 0, y - it.bottom);
            if (Math.hypot(dx, dy) < least / 2) return false;
            const small = it.width < least || it.height < least;
            return !small || Math.hypot(it.x + it.width / 2 - x, it.y + it.height / 2 - y) >= least;
        });
    };
    const larger = (one) => {
        // What a label or a row around it takes as well is as large as that.
        const around = one.closest("label, tr[data-state], .stSelectbox");
        const box = around && around !== one && around.getBoundingClientRect();
        return box && box.width >= least && box.height >= least;
    };
    return seen.filter((one) => {
        const box = boxes.get(one);
        return (box.width < least - 0.5 || box.height < least - 0.5) && !inText(one) && !alone(one) && !larger(one);
    }).map((one) => {
        const box = boxes.get(one), name = one.getAttribute("aria-label") || one.textContent.trim();
        return `${one.tagName.toLowerCase()}.${one.getAttribute("class") || ""} ${name.slice(0, 40)} `
            + `${box.width.toFixed(0)}x${box.height.toFixed(0)}`;
    });
}"""  # noqa: E501
"""Names and sizes of what is too small, in a document."""


@looks_at(ON_BOTH)
def test_what_can_be_pressed_is_large_enough(look: Visited) -> None:
    look.open_all()
    assert look.page.evaluate(SMALL, LEAST) == []
    if not look.visit.path:
        assert [one for one in look.map_frame().evaluate(SMALL, LEAST) if "path" not in one] == []


CUT = """() => [...document.querySelectorAll("button, summary, .stSelectbox input, [role=tab]")].filter((one) => {
    if (!one.checkVisibility({ visibilityProperty: true }) || one.closest("[inert]")) return false;
    const words = [one, ...one.querySelectorAll("*")].filter((part) =>
        part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 1 && getComputedStyle(part).overflowX !== "visible");
    // What a reader chooses from a list may be longer than its place, and then says so.
    return words.some((part) => part.tagName !== "INPUT" || getComputedStyle(part).textOverflow !== "ellipsis");
}).map((one) => one.textContent.trim() || one.value)"""  # noqa: E501
"""What is written on whatever can be pressed and does not fit there, in a document."""


@looks_at(ON_BOTH)
def test_what_can_be_pressed_shows_all_that_is_written_on_it(look: Visited) -> None:
    assert look.page.evaluate(CUT) == []


def test_on_the_slides_too(new_tab: Callable[..., Page]) -> None:
    page = new_tab(viewport={"width": 1280, "height": 720})
    page.goto("/present")
    page.wait_for_function("() => window.briefing", timeout=LIMIT)
    assert page.evaluate(SMALL, LEAST) == []
    page.keyboard.press("g")
    assert page.evaluate(SMALL, LEAST) == []
