"""Light or dark, the text can be read and the map has the same colours."""

from __future__ import annotations

from geo.view import View
from tests.browser.each_page import EACH_PAGE
from tests.browser.promises import assert_shows
from tests.browser.visits import SCHEMES, Visited, looks_at, visit
from tests.contrast import contrast

READABLE = 4.5
"""WCAG 2.1, 1.4.3: the least contrast of text of ordinary size against what lies behind it."""

TEXTS = {
    "/": (".ma-headline", ".ma-caveat", ".ma-legend h2", ".ma-range", ".ma-count",
          ".ma-legend .ma-small", ".ma-remainder summary", ".ma-ranking td", ".ma-ranking thead th",
          ".ma-ranking tr.selected td", ".ma-profile .ma-small", ".ma-profile dt", ".ma-note",
          ".ma-grade", ".ma-profile a", "label", ".ma-key li"),
    "/sites": (".ma-headline", ".ma-caveat", ".ma-card p", ".ma-card dt", ".ma-status",
               ".ma-glance a", ".ma-card a"),
    "/background": (".ma-headline", ".ma-caveat", ".stHtml h2", ".stHtml p", ".stHtml a",
                    ".stHtml dt", ".stHtml dd"),
    "/evidence": (".ma-headline", ".stHtml h2", ".stHtml p", ".stHtml a", ".ma-ev-verdicts i",
                  ".ma-ev-chip", ".ma-ev-stands summary", "label"),
    "/inequality": (".ma-headline", ".stHtml h3", ".stHtml p", ".stHtml td", "label"),
    "/rebalance": (".ma-headline", ".stHtml h2", ".stHtml p", ".stHtml a", ".stHtml td", "label"),
    "/contribute": (".ma-headline", ".ma-caveat", ".ma-needs li", ".stHtml h2", "summary", "label"),
    "/briefing": (".ma-headline", ".stHtml h2", ".stHtml p", ".stHtml a"),
    "/methods": (".ma-headline", ".ma-caveat", ".stHtml h2", ".stHtml p", ".stHtml a",
                 ".stHtml th", ".stHtml td", "label"),
}  # fmt: skip

COLOURS = """(all) => all.filter((e) => e.checkVisibility() && e.innerText.trim()).map((e) => {
    const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const over = (colours) => {
        paint.clearRect(0, 0, 1, 1);
        for (const colour of colours) { paint.fillStyle = colour; paint.fillRect(0, 0, 1, 1); }
        const [r, g, b] = paint.getImageData(0, 0, 1, 1).data;
        return "#" + [r, g, b].map((n) => n.toString(16).padStart(2, "0")).join("");
    };
    const behind = [];
    for (let up = e; up; up = up.parentElement) {
        behind.unshift(getComputedStyle(up).backgroundColor);
    }
    return [e.innerText.trim().slice(0, 40), over([...behind, getComputedStyle(e).color]),
        over(behind)];
})"""


MAPS = [
    visit(scheme=scheme, state="02", pillar="3", weak="include", colour="red") for scheme in SCHEMES
]
"""The Map with a state, a filter and a fault in its link to tell of."""


@looks_at([*MAPS, *(page for page in EACH_PAGE if not str(page.values[0]).startswith("/-"))])
def test_every_text_can_be_read_in_both_themes(look: Visited) -> None:
    path = f"/{look.visit.path}"
    look.open_all()
    look.put_rows_by()
    faint, read = [], 0
    for selector in TEXTS[path]:
        found = look.page.locator(selector).evaluate_all(COLOURS)
        assert found, f"there is no {selector} on {path}"
        read += len(found)
        faint += [
            f"{selector} “{text}”: {ink} on {paper} is {contrast(ink, paper):.2f}:1"
            for text, ink, paper in found
            if contrast(ink, paper) < READABLE
        ]
    assert read >= 10
    assert faint == []


@looks_at([*MAPS, *EACH_PAGE])
def test_no_link_has_the_browsers_own_colour(look: Visited) -> None:
    unstyled = look.page.evaluate(
        """() => {
            const bare = document.body.appendChild(document.createElement("a"));
            bare.href = "#";
            const own = getComputedStyle(bare).color;
            bare.remove();
            return [...document.querySelectorAll(".stHtml a")]
                .filter((link) => getComputedStyle(link).color === own)
                .map((link) => link.outerHTML.slice(0, 80));
        }"""
    )
    assert unstyled == []


@looks_at(MAPS)
def test_the_map_and_its_legend_have_the_same_colours_in_both_themes(look: Visited) -> None:
    assert_shows(look, View(state="02", pillar=(3,), weak="include"))


@looks_at(MAPS)
def test_a_dark_page_is_dark_and_so_is_the_sea_round_the_map(look: Visited) -> None:
    sea = look.map_frame().locator(".leaflet-container").evaluate_all(COLOURS)
    page = look.page.locator(".ma-caveat").evaluate_all(COLOURS)
    papers = [found[0][2] for found in (sea, page) if found]
    assert len(papers) == 2
    for paper in papers:
        assert contrast(paper, {"light": "#000000", "dark": "#ffffff"}[look.visit.scheme]) > 10
