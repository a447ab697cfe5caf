"""What files are called when they are kept: each name tells its view, everywhere the same."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.atlas import Atlas, load_atlas
from geo.briefing import FILES
from geo.briefing.listing import briefing_body
from geo.language import speech
from geo.share import KINDS, downloads_part_html
from geo.view import View
from geo.words import view_file_name
from tests.server.test_api import Client
from tests.strategies import one_in, views

PLAIN = re.compile(r"merida-atlas(_[a-z0-9]+(-[a-z0-9]+)*)+\.[a-z]+")

CHANGES: tuple[dict[str, Any], ...] = (
    {},
    {"measure": "usd"},
    {"evidence": "attributed"},
    {"evidence": "attributed", "split": "population"},
    {"per": "poverty"},
    {"per": "poverty", "show": "ratio"},
    {"show": "gap"},
    {"weak": "include"},
    {"found": "targeted"},
    {"pillar": (2,)},
    {"pillar": (2, 4)},
    {"from_year": 2010},
    {"to_year": 2010},
    {"layers": ()},
    {"scheme": "log"},
    {"k": 7},
    {"state": "30"},
    {"state": "09"},
    {"lang": "es"},
)


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas()


def kept(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return str(re.findall(r'filename="([^"]*)"', answer.headers["content-disposition"])[0])


def offered(markup: object) -> dict[str, str]:
    """Address → the name it is offered under."""
    found = re.findall(r'href="([^"]*)" download="([^"]*)"', str(markup))
    return {address.replace("&amp;", "&"): name for address, name in found}


def test_a_name_tells_file_view_state_language_and_data(atlas: Atlas) -> None:
    view = View(measure="usd", per="homicides", show="ratio", from_year=2010, state="09", lang="es")
    name = view_file_name(atlas, "map.png", view)
    assert name == (
        "merida-atlas_map_usd-ratio-homicides_2010-2021_ciudad-de-mexico_es_"
        f"{atlas.version[:7]}.png"
    )


def test_views_that_differ_in_one_choice_have_names_that_differ(atlas: Atlas) -> None:
    names = [view_file_name(atlas, "map.png", View(**change)) for change in CHANGES]
    assert len(set(names)) == len(names)


@given(view=views(), more=st.text(max_size=200))
@one_in(2)
def test_a_name_is_short_plain_and_the_same_every_time(view: View, more: str) -> None:
    atlas = load_atlas()
    name = view_file_name(atlas, "activities.csv", view, more)
    assert PLAIN.fullmatch(name)
    assert len(name) <= 200
    assert name == view_file_name(atlas, "activities.csv", view, more)


def test_what_is_offered_is_the_name_that_the_server_gives(
    atlas: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in [kind for kind in KINDS.values() if kind.takes_long]:
        # What is in it takes seconds, and is not looked at.
        monkeypatch.setitem(KINDS, kind.name, replace(kind, make=lambda *_: b"a file"))
    view = View(measure="usd", state="30", lang="es")
    links = offered(downloads_part_html(atlas, view, "juárez prisión", speech("es")))
    assert len(links) == len(KINDS) + 2
    assert {address: kept(address) for address in links} == links
    assert len(set(links.values())) == len(links)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_briefing_is_offered_under_the_names_it_is_kept_under(atlas: Atlas, lang: str) -> None:
    links = offered(briefing_body(atlas, speech(lang)))
    assert len(links) == len(FILES)
    assert all(f"_{lang}_" in name and PLAIN.fullmatch(name) for name in links.values())
    for address, name in links.items():
        if "html" in address:  # The others take seconds, and the same way.
            assert kept(address) == name


@pytest.mark.parametrize(
    "address", ["/api/v1/values.csv", "/api/v1/values.gpkg", "/api/v1/rebalance.csv"]
)
def test_the_addresses_for_scripts_follow_the_scheme(atlas: Atlas, address: str) -> None:
    one = kept(f"{address}?state=30&lang=es")
    two = kept(f"{address}?state=30&lang=es&measure=usd")
    assert one != two
    assert PLAIN.fullmatch(one)
    assert f"_veracruz_es_{atlas.version[:7]}" in one.replace("_by-population", "")


def test_two_scenarios_are_kept_under_two_names() -> None:
    names = {kept(f"/api/v1/rebalance.csv?{query}") for query in ("", "floor=1", "sez=25")}
    assert len(names) == 3


def test_words_that_no_file_can_be_called_are_left_out(atlas: Atlas) -> None:
    name = view_file_name(atlas, "activities.csv", View(), '"/..\\\r\nñ\u2028 日本')
    assert PLAIN.fullmatch(name)
