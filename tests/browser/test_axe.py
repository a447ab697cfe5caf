"""axe finds no serious or critical violation on any page, in either theme and language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.atlas_page import LIMIT
from tests.browser.each_page import EACH_PAGE
from tests.browser.visits import Visited, looks_at, visit

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

    from tests.browser.atlas_page import AtlasPage

GRAVE = ("serious", "critical")

RUN = """async ([within, grave]) => {
    // A rule's own impact is that of all it finds.
    const mild = axe._audit.rules.filter((rule) => rule.impact && !grave.includes(rule.impact));
    return (await axe.run(within, {
        reporter: "no-passes", resultTypes: ["violations"],
        rules: Object.fromEntries(mild.map((rule) => [rule.id, { enabled: false }])),
    })).violations;
}"""
"""What axe finds against its graver rules; the others are not even run."""


def grave(page: Page | Frame, within: str = "html") -> list[str]:
    """Rule, and where, of every serious or critical violation in a page, or in a frame of it.

    `within` is what is judged, for a page of which the rest was judged before.
    """
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(RUN, [within, GRAVE])
    return [
        f"{one['id']} ({one['impact']}): {node['target']} {node.get('failureSummary', '')[:160]}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"][:3]
    ]


@looks_at(EACH_PAGE)
def test_no_page_has_a_grave_violation(look: Visited) -> None:
    look.page.locator(".ma-share-open").first.wait_for(timeout=LIMIT)
    look.put_rows_by()
    if look.visit.path == "":
        assert grave(look.map_frame()) == []
    assert grave(look.page) == []


@looks_at([visit("sites")])
def test_a_violation_would_be_found(look: Visited) -> None:
    look.page.evaluate(
        "() => document.querySelector('h1').append(document.createElement('button'))"
    )
    found = grave(look.page)
    look.page.evaluate("() => document.querySelector('h1 button').remove()")
    assert any("button-name" in one for one in found)


@looks_at([visit()])
def test_the_share_panel_has_no_grave_violation(look: Visited) -> None:
    look.page.locator(".ma-top .ma-share-open").click()
    look.page.locator("dialog[open] #ma-link").wait_for(timeout=LIMIT)
    look.page.evaluate(
        "() => document.querySelectorAll('dialog details').forEach((one) => { one.open = true; })"
    )
    found = grave(look.page, "dialog[open]")
    look.page.keyboard.press("Escape")
    assert found == []


def test_the_one_file_has_no_grave_violation(atlas: AtlasPage) -> None:
    body = atlas.page.request.get("/export/view.html?measure=usd").text()
    atlas.page.set_content(body)
    atlas.page.wait_for_function("() => window.offline")
    assert grave(atlas.page) == []


def test_no_tool_brings_a_grave_violation(atlas: AtlasPage) -> None:
    page, told, opened = atlas.open_map(state="30").page, {}, '[data-opened="tool={}"]'
    for tool in ("check", "multiples", "need", "difference", "time"):
        atlas.follow(f"/?state=30&tool={tool}")
        page.locator(opened.format(tool)).wait_for(timeout=LIMIT)
        told[tool] = grave(page, opened.format(tool))
    assert told == {tool: [] for tool in told}
