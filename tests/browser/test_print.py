"""On paper: the whole page, dark on white, and nothing that can only be clicked."""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from tests.browser.atlas_page import AGAIN, LIMIT, AtlasPage
from tests.browser.each_page import EACH_PAGE
from tests.browser.test_themes import COLOURS
from tests.browser.visits import Visited, looks_at, visit
from tests.contrast import contrast
from tests.covering import seldom

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

WHITE = "#ffffff"
SEAS = LIGHT_SEA, DARK_SEA = "#dfe8ec", "#16222a"


@looks_at(EACH_PAGE)
def test_a_page_prints_whole_and_dark_on_white(look: Visited) -> None:
    page = look.page
    last = page.locator(".stHtml").filter(visible=True).last.inner_text().split()[-1]
    page.emulate_media(media="print", color_scheme=look.visit.scheme)
    for clicked in ("stButtonGroup", "stSelectbox", "stHeader", "stPopover"):
        for found in page.get_by_test_id(clicked).all():
            assert not found.is_visible(), clicked
    texts = ".ma-headline, .ma-caveat, .stHtml p, .stHtml td, .stHtml th, .stHtml h2, .stHtml h3"
    for told, colour, _ in page.eval_on_selector_all(texts, COLOURS):
        assert contrast(colour, WHITE) >= 4.5, told
    pages = pypdfium2.PdfDocument(page.pdf(format="A4"))
    said = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    assert last in said.split(), "the page's end is on no sheet"
    assert len(pages) > 1


@looks_at([visit()])
def test_the_whole_map_stands_on_the_sheet_and_comes_back_to_the_screen(look: Visited) -> None:
    inside = """() => {
        const box = document.querySelector(".leaflet-container").getBoundingClientRect();
        const states = [...document.querySelectorAll("path.state")];
        const edges = states.map((path) => path.getBoundingClientRect());
        return [box.width, Math.max(...edges.map((edge) => edge.right)) <= box.right + 1];
    }"""
    on_screen = look.map_frame().evaluate(inside)
    look.map_frame().evaluate(
        f"() => addEventListener('beforeprint', () => {{ window.printed = ({inside})(); }})"
    )
    look.page.pdf(format="A4")
    assert look.map_frame().evaluate("() => window.printed") == [640, True]
    look.map_frame().wait_for_function(
        f"(screen) => String(({inside})()) === String(screen)",
        arg=on_screen,
        timeout=LIMIT,
        polling=AGAIN,
    )


@pytest.mark.parametrize(
    ("path", "width", "scheme"),
    [
        *[("/", 1000, "light"), ("/", 1400, "dark"), ("/rebalance", 1920, "dark")],
        *seldom(("/", 1920, "light")),
    ],
)
def test_the_printed_map_has_the_colours_of_the_map_on_the_screen(
    new_tab: Callable[..., Page], path: str, width: int, scheme: str
) -> None:
    # A box may have the right edges and nothing painted in it: only pixels tell.
    atlas = AtlasPage(new_tab(viewport={"width": width, "height": 1000}, color_scheme=scheme))
    atlas.open(path, layers="none").wait_painted()
    atlas.page.add_style_tag(content=".ma-legend, .ma-dot { visibility: hidden !important; }")
    fills = set(atlas.states_colours().values()) - {WHITE}
    on_screen = areas([Image.open(io.BytesIO(atlas.map_iframe().screenshot()))], fills)
    sheets = pypdfium2.PdfDocument(atlas.page.pdf(format="A4"))
    drawn = areas([sheet.render(scale=2).to_pil() for sheet in sheets], {*fills, *SEAS})
    on_paper = Counter({fill: drawn[fill] for fill in fills})
    assert len(fills) > 3
    assert on_paper.total() > 10_000, "no sheet has the map"
    for fill in fills:
        part = on_screen[fill] / on_screen.total()
        assert on_paper[fill] / on_paper.total() == pytest.approx(part, abs=0.02), fill
    # Paper is light, whatever the screen was.
    assert drawn[LIGHT_SEA] > 40_000 > 400 > drawn[DARK_SEA]
    atlas.page.emulate_media(media="print")
    seen = areas([Image.open(io.BytesIO(atlas.map_iframe().screenshot()))], {*fills, LIGHT_SEA})
    assert min(seen[fill] for fill in (*fills, LIGHT_SEA)) > 20, "the map is not seen as it prints"


def areas(pictures: list[Image.Image], fills: set[str]) -> Counter[str]:
    """Fill → how many pixels of the pictures have just this colour."""
    found: Counter[str] = Counter()
    for picture in pictures:
        red, green, blue = np.asarray(picture.convert("RGB"), dtype=np.uint32).T
        seen = (red << 16) + (green << 8) + blue
        found.update({fill: int((seen == int(fill[1:], 16)).sum()) for fill in fills})
    return found


@pytest.mark.parametrize(
    ("address", "landscape"),
    [("/present?lang=es#5", True), ("/export/view.html?show=ratio&per=population", False)],
)
def test_a_page_that_stands_alone_prints_its_whole_map(
    new_tab: Callable[..., Page], tmp_path: Path, address: str, landscape: bool
) -> None:
    page = new_tab(color_scheme="dark", viewport={"width": 1400, "height": 900})
    path, _, part = address.partition("#")
    (tmp_path / "alone.html").write_bytes(page.request.get(path).body())
    page.goto(f"{(tmp_path / 'alone.html').as_uri()}#{part}")
    page.wait_for_function(
        "() => document.querySelectorAll('path[data-fill]').length === 32", timeout=LIMIT
    )
    page.add_style_tag(
        content=".ma-swatch, .ma-dot, .atlas-state, .atlas-site { visibility: hidden !important; }"
    )
    # The colours of the slide before it fade.
    page.wait_for_function("() => !document.getAnimations().length", timeout=LIMIT)
    told = "(all) => all.map((path) => path.getAttribute('data-fill'))"
    fills = set(page.locator("path[data-fill]").evaluate_all(told)) - {WHITE}
    on_screen = areas([Image.open(io.BytesIO(page.locator("#map").screenshot()))], fills)
    sheets = pypdfium2.PdfDocument(page.pdf(format="A4", landscape=landscape))
    on_paper = areas([sheet.render(scale=2).to_pil() for sheet in sheets], fills)
    assert len(fills) > 3
    assert on_paper.total() > 10_000, "no sheet has the map"
    for fill in fills:
        part_of_it = on_screen[fill] / on_screen.total()
        assert on_paper[fill] / on_paper.total() == pytest.approx(part_of_it, abs=0.03), fill
