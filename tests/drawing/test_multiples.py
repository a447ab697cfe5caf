"""Small multiples and the small map they are made of."""

from __future__ import annotations

import json
import re
from html import unescape
from itertools import pairwise

import pytest
import shapely
from hypothesis import given
from markupsafe import Markup

from geo.atlas import load_atlas
from geo.chapters.closer.multiples import multiples_html, priorities
from geo.drawing.small_map import StateFill, outlines, small_map_svg
from geo.drawing.svg import TAGS, svg_html
from geo.language import speech
from geo.scene import VALUE
from geo.view import STATE_CODES, View
from geo.words import fill_of
from tests.markup import EVIL
from tests.serving import ROOT
from tests.strategies import views


@given(views())
def test_one_colour_means_one_value_on_all_five_maps(view: View) -> None:
    made = priorities(load_atlas(), view)
    fills: dict[float, str] = {}
    for scene in made.scenes.values():
        assert scene.classes is made.scenes[1].classes
        for state in scene.states:
            if state.status == VALUE and state.value is not None:
                fill = fill_of(scene, state.code)
                assert fills.setdefault(state.value, fill) == fill


def test_what_is_filed_under_several_priorities_is_counted_and_said() -> None:
    made = priorities(load_atlas(), View())
    assert made.several == 1
    selected = sum(len(s.selection.activities) for s in made.scenes.values())
    assert selected + made.several == len(load_atlas().ledger)
    assert "on none of these maps" in multiples_html(load_atlas(), View(), speech("en"))


def test_the_chosen_priorities_do_not_change_the_five_maps() -> None:
    assert priorities(load_atlas(), View(pillar=(2,))) is priorities(load_atlas(), View())


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_table_has_every_number_of_the_maps(lang: str) -> None:
    html = str(multiples_html(load_atlas(), View(state="30"), speech(lang)))
    rows = re.findall(r'<tr data-state="(\d\d)"', html)
    assert rows == list(STATE_CODES)
    assert html.count("ma-drawing") == 6


class TestSmallMap:
    def test_all_states_are_drawn_and_small_enough_to_send(self) -> None:
        made = outlines()
        assert tuple(made.paths) == STATE_CODES
        assert sum(map(len, made.paths.values())) < 9_000

    def test_neighbours_share_their_border_and_areas_are_true(self) -> None:
        shapes = {code: _shape(path) for code, path in outlines().paths.items()}
        # Rounding to whole units may move a vertex by half a unit, which is 3 km.
        whole = shapely.unary_union(list(shapes.values())).area
        overlap = sum(shape.area for shape in shapes.values()) - whole
        assert abs(overlap) < 0.02 * whole
        ratio = shapes["08"].area / shapes["01"].area
        areas = {row["code"]: row["area_km2"] for row in load_atlas().table("states")}
        assert ratio == pytest.approx(areas["08"] / areas["01"], rel=0.12)

    def test_labels_are_escaped_and_reach_the_browser_as_text(self) -> None:
        svg = small_map_svg({"30": StateFill("#ffffff", EVIL)}, EVIL)
        told = re.search(r"hidden>(.*)</span>", str(svg_html(svg)))
        assert told is not None
        assert "<" not in told[1]
        tree = json.loads(unescape(told[1]))
        assert tree[2] == ["title", {}, EVIL]

    def test_the_browser_knows_the_same_elements_as_the_server(self) -> None:
        script = (ROOT / "geo" / "assets" / "page.js").read_text(encoding="utf-8")
        found = re.search(r'var TAGS = "([^"]+)"', script)
        assert found is not None
        assert set(found[1].split()) == TAGS

    @pytest.mark.parametrize("bad", ["<svg><path></svg>", "<svg><script>1</script></svg>"])
    def test_a_chart_that_is_broken_or_holds_a_script_is_refused(self, bad: str) -> None:
        with pytest.raises(ValueError, match="chart"):
            svg_html(Markup(bad))


def _shape(path: str) -> shapely.Geometry:
    rings = []
    for ring in path.split("z"):
        if not ring:
            continue
        start, steps = ring.removeprefix("M").split("l")
        x, y = map(int, start.split())
        points = [(x, y)]
        numbers = [int(n) for n in re.findall(r"-?\d+", steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            points.append((points[-1][0] + dx, points[-1][1] + dy))
        rings.append(shapely.make_valid(shapely.Polygon(points)))
        assert all(one != two for one, two in pairwise(points))
    return shapely.unary_union(rings)
