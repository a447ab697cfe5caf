"""What could not be located stands beside the map in every view, in the view's own measure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from markupsafe import Markup

from geo.atlas import load_atlas
from geo.chapters.map import reasons_html
from geo.language import speech
from geo.view import View, spell_query
from geo.words import tell
from tests.browser.promises import api_values, assert_shows
from tests.browser.visits import Visited, looks_at, visit
from tests.research import rows_on_file

if TYPE_CHECKING:
    from tests.browser.atlas_page import AtlasPage

VIEWS = [
    View(),
    View(measure="usd", evidence="attributed"),
    View(pillar=(3,), from_year=2010, to_year=2015),
    View(evidence="attributed", lang="es"),
]


def test_the_remainder_stands_with_the_map_in_the_measure_of_the_map(atlas: AtlasPage) -> None:
    atlas.open_map()
    for view in VIEWS:
        atlas.follow(f"/?{urlencode(spell_query(view))}")
        assert_shows(atlas, view)
        telling, say = tell(load_atlas(), view), speech(view.lang)
        assert _dense(telling.remainder) in _dense(atlas.remainder())
        summary = atlas.page.locator(".ma-remainder summary")
        if not atlas.page.locator(".ma-remainder .ma-reasons").first.is_visible():
            summary.click()
        reasons = atlas.page.locator(".ma-remainder .ma-reasons").all_inner_texts()
        assert _dense("".join(reasons)) == _dense(reasons_html(telling, say))
        assert ("US$" in atlas.remainder()) is (view.measure == "usd")
        told = summary.bounding_box()
        assert told
        height = atlas.page.evaluate("innerHeight")
        assert told["y"] + told["height"] <= height, "it is not seen with the map"


def _dense(text: str) -> str:
    """A text without tags and white space, which a browser lays out its own way."""
    return "".join(Markup(text).striptags().split())


@looks_at([visit()])
def test_located_and_not_located_add_up_to_every_activity_of_the_ledger(look: Visited) -> None:
    rest = api_values(look, View())["remainder"]["activities"]
    assert rest["located"] + rest["not_located"] == rows_on_file("activities")
    told = re.search(r"([\d.,]+) of ([\d.,]+) activities", look.remainder())
    assert told, look.remainder()
    assert float(told[1]) == rest["not_located"]
    assert float(told[2]) == rows_on_file("activities")


@looks_at([visit(measure="usd")])
def test_dollars_located_and_not_located_add_up_to_the_ledger(look: Visited) -> None:
    rest = api_values(look, View(measure="usd"))["remainder"]
    usd = rest["usd"]
    assert round(usd["located"] * 100) + round(usd["not_located"] * 100) == round(
        usd["ledger_total"] * 100
    )
    by_reason = sum(round(line["usd"] * 100) for line in rest["by_reason"])
    assert by_reason == round(usd["not_located"] * 100)
