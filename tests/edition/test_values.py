"""What an edition holds of a view is what the page, the API and the paint say, to the digit."""

from __future__ import annotations

import base64
import gzip
import json
import re
from functools import cache
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from geo.atlas import Atlas, load_atlas
from geo.chapters.map import paint_payload
from geo.edition import page as replacing
from geo.edition.addresses import PAGES, page_address
from geo.edition.held import held_views, key_of, pack_of, packs, published_views, spelled
from geo.edition.page import Edition
from geo.edition.values import findings_of, pack_js, values_of
from geo.first import ask, first_html
from geo.language import speech
from geo.scene import build_scene, pattern_of
from geo.share.files import values_json
from geo.view import LANGS, STATE_CODES, View, spell_query


@cache
def real() -> Atlas:
    return load_atlas()


def unchanged(html: str, _lang: str) -> str:
    return html


def words(html: str) -> str:
    return " ".join(BeautifulSoup(html, "lxml").get_text(" ").split())


def page(view: View) -> Any:
    query = {name: [text] for name, text in (spell_query(view) | {"lang": view.lang}).items()}
    asked = ask(real(), PAGES[""], query)
    return BeautifulSoup(str(first_html(real(), asked, PAGES, Markup(""))), "lxml")


def text(element: Any) -> str:
    return " ".join(element.get_text(" ").split())


def as_put_in_place(values: dict[str, Any]) -> list[list[str]]:
    """The rows of the ranking, as `edition.js` puts them into the page."""
    columns = ("rank", "value", "share", "need", "ratio")
    return [
        [STATE_CODES[at], *(values[column][at] for column in columns)] for at in values["order"]
    ]


def ranking(soup: Any) -> list[list[str]]:
    rows = soup.select(".ma-ranking tbody tr")
    return [[row["data-state"], *(text(cell) for cell in row("td"))] for row in rows]


def drawn(soup: Any) -> dict[str, str]:
    """State → its fill on the map."""
    paths = soup.select_one(".plan")("path", id=True)
    return {path["id"][1:]: path.parent["fill"] for path in paths}


def fills(values: dict[str, Any], others: list[str]) -> list[str]:
    return [others[-at - 1] if at < 0 else values["fills"][at] for at in values["at"]]


views = st.builds(
    lambda view, lang: view.with_(lang=lang), st.sampled_from(held_views()), st.sampled_from(LANGS)
)


@given(view=views)
def test_values_parts_page_paint_and_api_agree_to_the_digit(view: View) -> None:
    scene, say = build_scene(real(), view), speech(view.lang)
    values = values_of(real(), view, unchanged)
    api = values_json(real(), scene, view, ())
    soup = page(view)
    assert values["headline"] == text(soup.select_one("h1")) == api["sentence"]
    assert text(soup.select_one(".ma-caveat summary")).endswith(values["rest"])
    assert ranking(soup) == as_put_in_place(values)
    told = {state["code"]: state for state in api["states"]}
    shown = dict(zip(STATE_CODES, values["rank"], strict=True))
    assert shown == {code: say.number(s["rank"]) if s["rank"] else "" for code, s in told.items()}
    assert values["share"] == [say.percent(told[code]["share"], 1) for code in STATE_CODES]
    paint = paint_payload(real(), scene, view, say)
    assert values["at"] == [paint["at"][code] for code in STATE_CODES]
    assert [told[code]["class"] for code in STATE_CODES] == [
        at if at >= 0 else None for at in values["at"]
    ]
    shapes = drawn(soup)
    for code, fill in zip(STATE_CODES, fills(values, list(paint["others"])), strict=True):
        kind = pattern_of(fill)
        assert shapes[code] == (f"url(#p-{kind})" if kind else fill)
    said = {
        "head": ".head .ma-finding, .head .ma-what",
        "legend": ".ma-on-map .ma-legend",
        "remainder": "details.ma-remainder",
        "described": ".ma-described",
        "national": ".ma-national",
        "filters": ".rest .ma-note",
    }
    for part, where in said.items():
        assert words(values["html"][part]) == " ".join(map(text, soup.select(where))), part


@given(view=views, state=st.sampled_from(STATE_CODES))
def test_a_states_panel_and_finding_are_those_of_its_page(view: View, state: str) -> None:
    soup, at = page(view.with_(state=state)), STATE_CODES.index(state)
    values, found = values_of(real(), view, unchanged), findings_of(real(), view)[at]
    assert found[0] == text(soup.select_one("h1"))
    caveat = " ".join(part for part in (found[1], values["rest"]) if part)
    assert caveat == text(soup.select_one(".ma-caveat summary"))
    panel = soup.select_one(".panel .ma-panel")
    assert values["value"][at] == text(panel.select_one(".ma-number strong"))
    measured = values["measured"][values["is"][at]].replace("{rank}", values["rank"][at])
    assert measured == text(panel.select_one(".ma-number span"))
    facts = [text(fact) for fact in panel.select("dd")]
    assert facts == [values[column][at] for column in ("share", "need", "ratio")]
    assert text(panel.select_one("p.ma-small")).startswith(values["other"][at])


def unpacked(script: bytes) -> Any:
    told = re.fullmatch(rb'window\.atlasHeld\("\w+","([\w+/=]+)"\);\n', script)
    assert told
    return json.loads(gzip.decompress(base64.b64decode(told[1])))


def test_a_pack_gives_back_every_view_in_every_language() -> None:
    some = packs()["usd_share"][:4]
    told = unpacked(pack_js("x", some, lambda view: values_of(real(), view, unchanged)))
    for view in some:
        key = key_of(spelled(view))
        for lang in LANGS:
            whole = json.loads(json.dumps(values_of(real(), view.with_(lang=lang), unchanged)))
            assert told[LANGS[0]][key] | told[lang][key] == whole


def test_a_view_takes_less_than_a_kilobyte_of_a_pack() -> None:
    some = packs()["activities_value"]
    script = pack_js("x", some, lambda view: values_of(real(), view, unchanged))
    assert len(script) < 1024 * len(some) * len(LANGS)


def test_every_measure_show_and_need_is_held_with_each_priority_and_last_year() -> None:
    plain = [view for view in held_views(whole=False) if "more" not in pack_of(view)]
    kinds = {(view.measure, view.show, view.per) for view in plain}
    assert len(kinds) == 2 * 4 * 4
    for kind in kinds:
        same = [view for view in plain if (view.measure, view.show, view.per) == kind]
        assert {view.pillar for view in same} == {(), (1,), (2,), (3,), (4,), (5,)}
        assert {view.to_year for view in same} == set(range(2008, 2022))
    assert set(plain) < set(held_views())


def test_two_views_have_two_keys_and_a_key_is_a_name_that_any_disk_takes() -> None:
    keys = [key_of(spelled(view)) for view in held_views()]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"[a-z0-9._-]*", key) for key in keys)
    pages = [key_of(spell_query(view)) for view in published_views()]
    assert len(set(pages)) == len(pages)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        *((name, "") for name in ("LINK", "GEOMETRY", "SHAPE", "RECEIPT", "FORM", "FILES_OF")),
        *((name, "") for name in ("SYMBOL", "SHARE", "ZOOM", "TOOLS", "FROM", "ACTION")),
        *(("FORMS", "briefing"), ("TALL", "methods"), ("TOOLS", "inequality")),
    ],
)
def test_what_is_replaced_in_a_page_is_there(name: str, path: str) -> None:
    asked = ask(real(), PAGES[path], {})
    html = str(first_html(real(), asked, PAGES, Markup("")))
    assert getattr(replacing, name).search(html)


@given(view=st.sampled_from(published_views()), lang=st.sampled_from(LANGS))
def test_a_page_of_its_own_says_what_the_live_page_says(view: View, lang: str) -> None:
    spoken = view.with_(lang=lang)
    address = page_address(PAGES[""], spoken, PAGES[""].keeps.read({})[0])
    kept, live = (
        BeautifulSoup(Edition(real(), frozenset()).page(address), "lxml"),
        page(spoken),
    )
    assert ranking(kept) == ranking(live)
    parts = "h1, .ma-caveat, .ma-legend, .ma-panel, .ma-remainder, .ma-described"
    assert list(map(text, kept.select(parts))) == list(map(text, live.select(parts)))
    assert drawn(kept) == drawn(live)
