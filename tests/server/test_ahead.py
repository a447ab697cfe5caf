"""Painting ahead: what a choice will show, asked for before the page's own run has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.atlas import Atlas, load_atlas
from geo.chapters.map import paint_payload
from geo.language import speech
from geo.scene import build_scene
from geo.server.routes.paint import CHOICES, SPAN, choices, painted_ahead
from geo.share.files import as_json
from geo.view import PARAMETERS, YEARS, View, read_query, spell_query
from tests.page_run import run_page, widget
from tests.server.test_api import Client
from tests.strategies import views

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas()


@pytest.fixture(scope="module")
def client() -> Client:
    return Client()


@given(view=views(), choice=st.sampled_from([(n, v) for n in CHOICES for v in CHOICES[n]]))
def test_an_address_with_one_choice_more_spells_the_view_that_the_choice_makes(
    view: View, choice: tuple[str, Any]
) -> None:
    name, value = choice
    read, notices = read_query({**spell_query(view), name: str(value)})
    assert read == view.with_(**{PARAMETERS[name].field: value})
    assert notices == ()


@given(view=views(), ends=st.tuples(st.sampled_from(YEARS), st.sampled_from(YEARS)))
def test_an_address_with_other_years_spells_the_view_that_the_slider_makes(
    view: View, ends: tuple[int, int]
) -> None:
    start, end = sorted(ends)
    read, _ = read_query(
        {**spell_query(view), **dict(zip(SPAN, map(str, (start, end)), strict=True))}
    )
    assert read == view.with_(from_year=start, to_year=end)


@pytest.mark.parametrize(
    "query", ["", "measure=usd&lang=es", "layers=municipalities", "show=ratio&state=30&k=9"]
)
def test_the_route_tells_what_the_page_would_send_its_map(
    client: Client, atlas: Atlas, query: str
) -> None:
    answer = client.get(f"/paint.json?{query}")
    view, _ = read_query(dict(pair.split("=") for pair in query.split("&") if pair))
    sent = paint_payload(atlas, build_scene(atlas, view), view, speech(view.lang))
    assert answer.status_code == 200
    assert answer.content == as_json(sent)
    assert answer.headers["cache-control"] == "no-store"


def test_the_route_answers_whatever_it_is_asked(client: Client, atlas: Atlas) -> None:
    answer = client.get("/paint.json?measure=%3Cscript%3E&from=2020&to=2010&nonsense=1")
    assert answer.content == as_json(painted_ahead(atlas, View()))


def test_the_buttons_of_the_page_stand_in_the_order_the_browser_is_told() -> None:
    page: AppTest = run_page("map.py", evidence="attributed")
    told = choices()
    assert told["years"] == YEARS
    for name, values in told["buttons"].items():
        group = widget(page, "button_group", f"w_{name}")
        assert len(group.options) == len(values), name
        view = read_query({"evidence": "attributed"})[0]
        shown = getattr(view, PARAMETERS[name].field)
        assert group.value == shown, name
