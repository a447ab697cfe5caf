"""The map's paint: the scene and nothing but the scene, and names as data that no one executes."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit_folium import _get_feature_group_string, generate_leaflet_string

from geo.atlas import Atlas, load_atlas
from geo.chapters.map.paint import paint_payload, tooltips
from geo.drawing import MAP_SCRIPT, ScenePaint, as_layer, base_map, build_shelf
from geo.language import speech
from geo.paths import ASSETS
from geo.scene import NO_DATA, VALUE, ZERO, build_scene, municipalities_reached
from geo.view import LAYERS, View
from geo.words import build_legend, fill_of, value_text
from geo.words.finding import headline
from tests.markup import EVIL
from tests.strategies import views
from tests.toy_ledger import CODES, toy_atlas

PAINT = re.compile(r"window\.atlas\.paint\((.*)\);")


@cache
def real() -> Atlas:
    return load_atlas()


def payload_of(atlas: Atlas, view: View) -> ScenePaint:
    return paint_payload(atlas, build_scene(atlas, view), view, speech(view.lang))


def sent_for(atlas: Atlas, view: View) -> str:
    """The script that streamlit-folium sends to the browser and the browser runs."""
    layer = as_layer(payload_of(atlas, view))
    return str(_get_feature_group_string(layer, base_map(build_shelf(real()))))


@given(views())
def test_every_state_has_the_colour_of_its_legend_row_and_the_text_of_its_number(
    view: View,
) -> None:
    scene, say = build_scene(real(), view), speech(view.lang)
    paint = payload_of(real(), view)
    legend = build_legend(scene, say)
    assert set(paint["at"]) == set(paint["labels"]) == set(real().states)
    counted: dict[str, int] = {}
    for state in scene.states:
        at = paint["at"][state.code]
        fill = paint["fills"][at] if at >= 0 else paint["others"][-1 - at]
        assert fill == fill_of(scene, state.code)
        counted[fill] = counted.get(fill, 0) + 1
        name, *rest = paint["labels"][state.code]
        number, *rank = rest or [paint["without"]]
        assert name == real().states[state.code].names[say.lang]
        told = value_text(state.value, state.status, scene.view, say)
        assert number.startswith(told)
        assert bool(rest) is (state.status != NO_DATA)
        ranked = state.rank is not None and state.status in (VALUE, ZERO)
        shares = ranked and state.measure.share is not None and view.show != "share"
        share = [say.percent(state.measure.share, 1)] if shares else []
        assert rank == ([say.number(state.rank), *share] if ranked else [])
        assert not share or "{share}" in paint["shared"]
        assert not ranked or "{rank}" in paint["ranked"]
    assert counted == {row.fill: row.states for row in (*legend.classes, *legend.others)}


@given(views())
def test_zero_no_data_and_not_applicable_never_take_the_colour_of_a_class(view: View) -> None:
    paint = payload_of(real(), view)
    assert not set(paint["fills"]) & set(paint["others"])
    assert len(set(paint["others"])) == 3
    assert len(set(paint["fills"])) == len(paint["fills"])


@given(views())
def test_layers_selection_and_the_sentence_come_with_the_paint(view: View) -> None:
    paint = payload_of(real(), view)
    assert paint["layers"] == view.layers
    assert paint["selected"] == view.state
    assert paint["alt"] == headline(
        real(), build_scene(real(), view), speech(view.lang), view.state
    )
    assert ("municipalities" in paint) == ("municipalities" in view.layers)


def test_municipalities_that_are_reached_are_said_with_how_often() -> None:
    view = View(layers=("municipalities",))
    reached = municipalities_reached(build_scene(real(), view))
    told = payload_of(real(), view)["municipalities"]
    assert set(told) == set(reached)
    assert all(str(count) in told[code] for code, count in reached.items())


@pytest.mark.parametrize("view", [View(), View(measure="usd", show="ratio", lang="es")])
def test_a_change_of_view_is_small(view: View) -> None:
    assert len(json.dumps(payload_of(real(), view))) < 6_000


class TestNamesAreData:
    @pytest.mark.parametrize(
        "name",
        [
            EVIL,
            "</script><script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<!--",
            "{{7*7}}",
            "{% raw %}",
            "{# lost",
            "{{{",
            "{{{%",
            "a\u2028b\u2029c",
            "\"'`${alert(1)}\\",
        ],
    )
    def test_a_hostile_name_reaches_the_tooltip_as_the_text_it_is(self, name: str) -> None:
        self.assert_survives(name)

    @given(st.text(max_size=30))
    def test_so_does_any_name(self, name: str) -> None:
        if "\r" in name or "\n" in name:
            name = " ".join(name.split())
        self.assert_survives(name)

    def assert_survives(self, name: str) -> None:
        atlas = toy_atlas(names=dict.fromkeys(CODES, name))
        sent = sent_for(atlas, View())
        found = PAINT.findall(sent)
        assert len(found) == 1
        assert "<" not in found[0]
        assert "\u2028" not in found[0]
        received = json.loads(found[0])
        assert received == json.loads(json.dumps(payload_of(atlas, View())))
        assert received["labels"]["01"][0] == name

    def test_the_tooltip_is_lines_of_text_and_no_markup(self) -> None:
        atlas = toy_atlas(names={"01": "<b>North</b>"})
        lines = tooltips(atlas, build_scene(atlas, View()), speech("en"))["01"]
        assert {type(line) for line in lines} == {str}
        assert lines[0] == "<b>North</b>"

    def test_our_script_never_parses_text_as_markup(self) -> None:
        """Texts become text nodes; only our own shapes and already escaped text are parsed."""
        for path in sorted(ASSETS.glob("*.js")):
            code = path.read_text(encoding="utf-8")
            for writer in ("innerHTML", "insertAdjacentHTML", "document.write", "eval("):
                assert writer not in code, f"{path.name}: {writer}"
        assert "textContent" in (ASSETS / "map-shared.js").read_text(encoding="utf-8")


class TestTheBase:
    def test_it_is_the_same_for_every_reader_so_that_nothing_remounts_the_map(self) -> None:
        shelf = build_shelf(real())
        one, other = (base_map.__wrapped__(shelf).get_root().render() for _ in range(2))
        hide = re.compile(r"[0-9a-f]{32}")
        assert hide.sub("", one) == hide.sub("", other)

    def test_what_one_reader_is_sent_leaves_no_trace_in_it_for_the_next(self) -> None:
        base = base_map(build_shelf(real()))
        before = generate_leaflet_string(base), list(base._children)
        sent_for(real(), View(measure="usd"))
        assert (generate_leaflet_string(base), list(base._children)) == before

    def test_it_asks_no_outside_host_for_anything(self) -> None:
        html = base_map(build_shelf(real())).get_root().render()
        assert re.findall(r"""(?:src|href)=["'](?:https?:)?//[^"']+""", html) == []

    def test_it_knows_every_layer_and_the_border_states(self) -> None:
        script = build_shelf(real()).by_name[MAP_SCRIPT].content.decode()
        config = json.loads(re.findall(r"^window.atlasBegins = (.*);$", script, re.MULTILINE)[0])
        assert tuple(config["layers"]) == LAYERS
        assert tuple(config["border"]) == real().border
        assert len(config["zones"]) == 8
