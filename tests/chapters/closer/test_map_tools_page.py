"""The Map page with a tool open: what it sends, and that without one it sends nothing of it."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest

from geo.atlas import load_atlas
from geo.chapters.closer import TOOLS, Opened
from geo.scene import build_scene, compare, difference
from geo.view import View
from tests.page_run import markup_of, run_page, text_of, untranslated, widget

PAINT = re.compile(r"window\.atlas\.paint\((.*)\);")

MODULES = (
    "geo/chapters/closer/class_breaks.py",
    "geo/chapters/closer/comparison.py",
    "geo/chapters/closer/drilldown.py",
    "geo/chapters/closer/multiples.py",
    "geo/chapters/closer/scatter.py",
    "geo/chapters/closer/tools.py",
    "geo/chapters/closer/query.py",
    "geo/chapters/closer/year_chart.py",
    "pages/_tools.py",
)
OWN = ("feature_group", "key")
"""What two maps on one base do not share."""
OPEN = [tool for tool in TOOLS if tool != "none"]


def paints_of(app: Any) -> list[dict[str, Any]]:
    """What each map of the page is told, the first one first."""
    told = []
    for component in app.get("component_instance"):
        arguments = json.loads(component.proto.json_args)
        told += [json.loads(text) for text in PAINT.findall(arguments["feature_group"])]
    return told


def test_without_a_tool_the_page_sends_links_to_them_and_nothing_else() -> None:
    app = run_page("map.py")
    assert not app.exception
    assert "ma-tool" not in markup_of(app)
    assert "ma-drawing" not in markup_of(app)
    assert len(paints_of(app)) == 1
    assert not {"linked", "drill"} & set(paints_of(app)[0])


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("tool", OPEN)
def test_every_tool_opens_from_its_link_in_both_languages(tool: str, lang: str) -> None:
    app = run_page("map.py", tool=tool, lang=lang, state="08")
    assert not app.exception
    assert "ma-note" not in markup_of(app).split("ma-headline")[0]
    assert markup_of(app).count('<section class="ma-tool"') == 1
    opened = re.findall(r'data-go="([^"]*)" aria-current', markup_of(app))
    assert [json.loads(html.unescape(go))["tool"] for go in opened] == [None], "it closes itself"


@pytest.mark.parametrize("tool", OPEN)
@pytest.mark.parametrize(
    "query",
    [
        {"measure": "usd", "from": "2021", "pillar": "5"},
        {"show": "gap", "per": "poverty", "k": "9", "scheme": "log"},
        {"with": "<script>", "state": "99"},
    ],
)
def test_no_view_breaks_a_tool(tool: str, query: dict[str, str]) -> None:
    app = run_page("map.py", tool=tool, **query)
    assert not app.exception
    assert not app.error


def test_two_views_are_two_linked_maps_on_one_base_with_one_set_of_classes() -> None:
    app = run_page("map.py", tool="compare", to="2016", **{"with": "from.2017_to.2021"})
    first, second = paints_of(app)
    assert first["linked"]
    assert second["linked"]
    assert first["fills"] == second["fills"]
    view = View(to_year=2016)
    pooled = compare(load_atlas(), view, View(from_year=2017))
    for told, scene in zip((first, second), pooled, strict=True):
        for state in scene.states:
            assert told["at"][state.code] == (-1 if state.klass is None else state.klass)
    assert "2008–2016" in text_of(app)
    assert "2017–2021" in text_of(app)
    bases = [
        {
            k: v
            for k, v in json.loads(c.proto.json_args).items()
            if k not in ("feature_group", "key")
        }
        for c in app.get("component_instance")
    ]
    assert bases[0] == bases[1]


def test_a_difference_paints_what_it_tells() -> None:
    app = run_page("map.py", tool="difference", to="2016", **{"with": "from.2017_to.2021"})
    (told,) = paints_of(app)
    made = difference(load_atlas(), View(to_year=2016), View(from_year=2017))
    for state in made.states:
        at = told["at"][state.code]
        assert (at < 0) == (state.klass is None)
        sign = told["labels"][state.code][1][0]
        assert sign == ("+" if (state.change or 0) > 0 else "−" if (state.change or 0) < 0 else "n")


def test_the_chosen_pair_changes_the_view_and_the_other_one() -> None:
    app = run_page("map.py", tool="compare")
    menu = widget(app, "selectbox", "w_with")
    assert menu.value == "evidence"
    menu.set_value("years").run()
    assert not app.exception
    assert app.query_params["to"] == "2016"
    assert app.query_params["with"] == "from.2017_to.2021"


def test_closing_a_tool_leaves_the_view_and_clears_the_address() -> None:
    app = run_page("map.py", tool="compare", measure="usd", **{"with": "weak.include"})
    (opened,) = re.findall(r'data-go="([^"]*)" aria-current', markup_of(app))
    for name, value in json.loads(html.unescape(opened)).items():
        assert value is None
        del app.query_params[name]
    app.run()
    assert set(app.query_params) == {"measure"}
    assert "ma-tool" not in markup_of(app)


def test_what_a_link_spells_wrong_of_a_tool_is_said_in_one_line() -> None:
    app = run_page("map.py", tool="magic", **{"with": "measure.usd"})
    assert not app.exception
    above = markup_of(app).split("ma-headline")[0]
    assert "magic" in above
    assert "measure.usd" in above


def test_municipalities_are_sent_only_for_the_chosen_state() -> None:
    assert "drill" not in paints_of(run_page("map.py", tool="municipalities"))[0]
    (told,) = paints_of(run_page("map.py", tool="municipalities", state="08"))
    assert {code[:2] for code in told["drill"]["at"]} == {"08"}


def test_the_need_map_names_each_states_class_in_words() -> None:
    (told,) = paints_of(run_page("map.py", tool="need"))
    scene = build_scene(load_atlas(), View())
    assert len(told["labels"]) == len(scene.states)
    assert all(re.match(r"[0ABC][123]: ", label[1]) for label in told["labels"].values())
    assert Opened().tool == "none"


def test_all_texts_of_the_tools_are_spanish_in_spanish() -> None:
    assert untranslated(MODULES, same=frozenset({"→ {new}"})) == []
