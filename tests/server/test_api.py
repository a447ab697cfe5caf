"""The API: the same values as the page, in every form, for any link."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import httpx
import pytest
from hypothesis import given
from starlette.applications import Starlette

from geo.atlas import Atlas, load_atlas
from geo.chapters.map import paint_payload
from geo.drawing import build_shelf
from geo.language import speech
from geo.scene import build_scene
from geo.server.routes import routes
from geo.share.files.values import COLUMNS, value_rows, values_csv, values_geojson, values_json
from geo.view import View, spell_query
from geo.words import build_legend, value_text
from geo.words.finding import headline
from tests.research import rows_on_file
from tests.strategies import views
from tests.toy_ledger import toy_atlas

CONTRACT = ("code", "name", "value", "unit", "class")
FORMS = ("csv", "json", "geojson")


@cache
def real() -> Atlas:
    return load_atlas()


def csv_of(view: View) -> list[dict[str, str]]:
    text = values_csv(real(), build_scene(real(), view), view)
    return list(csv.DictReader(io.StringIO(text)))


def json_of(view: View) -> dict[str, Any]:
    body = values_json(real(), build_scene(real(), view), view)
    found: dict[str, Any] = json.loads(json.dumps(body, allow_nan=False))
    return found


class Client:
    """Asks the routes of the server, without a server."""

    def __init__(self) -> None:
        self.app = Starlette(routes=routes(real(), build_shelf(real())))

    def get(self, path: str, params: dict[str, str] | None = None) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://atlas") as client:
                return await client.get(path, params=params)

        # In a thread of its own: a browser test before this one leaves a loop running here.
        with ThreadPoolExecutor(1) as alone:
            return alone.submit(asyncio.run, ask()).result()


def number(text: str) -> float | None:
    return float(text) if text else None


class TestColumns:
    def test_the_contracts_five_come_first_and_what_explains_them_after(self) -> None:
        assert COLUMNS[:5] == CONTRACT
        assert len(COLUMNS) > len(CONTRACT)
        assert len(set(COLUMNS)) == len(COLUMNS)

    @given(views())
    def test_every_row_has_exactly_these_columns_in_this_order(self, view: View) -> None:
        for row in value_rows(real(), build_scene(real(), view), view):
            assert tuple(row) == COLUMNS

    def test_the_csv_starts_with_them_and_ends_its_lines_plainly(self) -> None:
        text = values_csv(real(), build_scene(real(), View()), View())
        assert text.splitlines()[0] == ",".join(COLUMNS)
        assert "\r" not in text
        assert text.endswith("\n")


class TestEqualToThePage:
    @given(views())
    def test_scene_table_map_and_legend_show_the_same_values(self, view: View) -> None:
        scene, say = build_scene(real(), view), speech(view.lang)
        rows = value_rows(real(), scene, view)
        paint = paint_payload(real(), scene, view, say)
        legend = build_legend(scene, say)
        fills = [row.fill for row in reversed(legend.classes)]
        assert [row["code"] for row in rows] == [state.code for state in scene.states]
        for row, state in zip(rows, scene.states, strict=True):
            assert (row["value"], row["class"], row["status"], row["rank"]) == (
                state.value,
                state.klass,
                state.status,
                state.rank,
            )
            text = value_text(row["value"], row["status"], view, say)
            _name, *told = paint["labels"][row["code"]]
            number = told[0] if told else paint["without"]
            assert number == text or number.startswith(f"{text} ")
            at = paint["at"][row["code"]]
            assert (at if at >= 0 else None) == row["class"]
            if row["class"] is not None:
                assert paint["fills"][at] == fills[row["class"]]
            assert row["unit"] == scene.unit
            assert row["usd"] == (None if state.cents is None else state.cents / 100)

    @given(views())
    def test_the_csv_parses_back_to_the_same_values(self, view: View) -> None:
        scene = build_scene(real(), view)
        rows = csv_of(view)
        assert len(rows) == 32
        for row, state in zip(rows, scene.states, strict=True):
            assert row["code"] == state.code
            assert row["name"] == real().states[state.code].names[view.lang]
            assert number(row["value"]) == state.value
            assert number(row["class"]) == state.klass
            assert number(row["share"]) == state.measure.share
            assert number(row["gap"]) == state.measure.gap

    @given(views())
    def test_json_and_geojson_hold_the_rows_of_the_csv(self, view: View) -> None:
        scene = build_scene(real(), view)
        rows = json.loads(json.dumps(value_rows(real(), scene, view), allow_nan=False))
        assert json_of(view)["states"] == rows
        shapes = values_geojson(toy_atlas(), build_scene(toy_atlas(), view), view)
        assert len(shapes["features"]) == 4

    @given(views())
    def test_every_value_lies_in_the_range_of_its_class_closed_above(self, view: View) -> None:
        body = json_of(view)
        ranges = body["classes"]["ranges"]
        assert [entry["class"] for entry in ranges] == list(range(len(ranges)))
        assert body["classes"]["closed"] == "above"
        centre = build_scene(real(), view).classes.centre
        for row in body["states"]:
            if row["class"] is None:
                continue
            entry = ranges[row["class"]]
            assert entry["from"] <= row["value"] <= entry["to"]
            at_its_foot = row["class"] > 0 and row["value"] == entry["from"]
            assert not at_its_foot or row["value"] == centre

    @given(views())
    def test_the_activities_named_are_those_counted(self, view: View) -> None:
        for row in value_rows(real(), build_scene(real(), view), view):
            ids = [part for part in row["activity_ids"].split(";") if part]
            assert len(ids) == len(set(ids)) == row["activities"]
            plain = (view.measure, view.evidence, view.show, view.per)
            if plain == ("activities", "documented", "value", "none"):
                assert row["value"] == len(ids)


class TestJson:
    @given(views())
    def test_the_remainder_stands_beside_the_values_and_adds_up(self, view: View) -> None:
        rest = json_of(view)["remainder"]
        usd = rest["usd"]
        assert usd["located"] + usd["not_located"] == pytest.approx(usd["ledger_total"], abs=0.001)
        told = sum(line["usd"] for line in rest["by_reason"])
        assert told == pytest.approx(usd["not_located"], abs=0.001)
        kept = rest["activities"]["located"] + rest["activities"]["not_located"]
        assert kept + rest["left_out_by_filters"] == pytest.approx(rows_on_file("activities"))
        reasons = sum(line["activities"] for line in rest["by_reason"])
        assert reasons == pytest.approx(rest["activities"]["not_located"])

    @given(views())
    def test_it_says_which_view_and_which_data_it_is_and_what_the_page_says(
        self, view: View
    ) -> None:
        body = json_of(view)
        assert body["view"] == spell_query(view)
        assert body["data_version"] == real().version
        assert body["sentence"] == headline(
            real(), build_scene(real(), view), speech(view.lang), view.state
        )

    @given(views())
    def test_every_source_of_a_counted_activity_is_listed_once(self, view: View) -> None:
        scene = build_scene(real(), view)
        ids = [source["id"] for source in json_of(view)["sources"]]
        assert ids == sorted(set(ids))
        assert {s for a in scene.selection.activities for s in a.sources} == set(ids)
        assert all(source["title"] for source in json_of(view)["sources"])


class TestGeoJson:
    def test_there_are_32_features_with_their_code_as_id(self) -> None:
        shapes = values_geojson(real(), build_scene(real(), View()), View())
        assert shapes["type"] == "FeatureCollection"
        assert [feature["id"] for feature in shapes["features"]] == list(real().states)
        for feature in shapes["features"]:
            assert tuple(feature["properties"]) == COLUMNS
            assert feature["geometry"]["type"] in ("Polygon", "MultiPolygon")
            assert feature["geometry"]["coordinates"]


@pytest.fixture(scope="module")
def client() -> Client:
    return Client()


class TestOverHttp:
    @pytest.mark.parametrize(
        "view",
        [
            View(),
            View(measure="usd", evidence="attributed", split="population", lang="es"),
            View(show="ratio", per="poverty", pillar=(1, 4), scheme="quantiles", k=7),
            View(show="gap", from_year=2012, to_year=2016, weak="include", found="systematic"),
        ],
    )
    def test_it_takes_the_parameters_of_the_page(self, client: Client, view: View) -> None:
        query = spell_query(view)
        scene = build_scene(real(), view)
        answer = client.get("/api/v1/values.json", params=query)
        assert answer.json() == json.loads(json.dumps(values_json(real(), scene, view)))
        text = client.get("/api/v1/values.csv", params=query).text
        assert text == values_csv(real(), scene, view)
        shapes = client.get("/api/v1/values.geojson", params=query).json()
        assert shapes == json.loads(json.dumps(values_geojson(real(), scene, view)))

    @pytest.mark.parametrize(
        ("form", "kind"),
        [("csv", "text/csv"), ("json", "application/json"), ("geojson", "application/geo+json")],
    )
    def test_each_form_says_what_it_is(self, client: Client, form: str, kind: str) -> None:
        answer = client.get(f"/api/v1/values.{form}")
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(kind)

    @pytest.mark.parametrize("form", FORMS)
    @pytest.mark.parametrize(
        "query",
        [
            "measure=euro",
            "k=99&k=abc",
            "pillar=1,2,3,4,5,6",
            "from=2021&to=2008",
            "state=%3Cscript%3E",
            "x" * 1000 + "=" + "y" * 1000,
            "%00=%00&%ff=%ff",
            "embed=true",
            "a[b]=c&=&&&",
        ],
    )
    def test_any_link_is_answered(self, client: Client, form: str, query: str) -> None:
        answer = client.get(f"/api/v1/values.{form}?{query}")
        assert answer.status_code == 200

    def test_what_was_ignored_is_said(self, client: Client) -> None:
        told = client.get("/api/v1/values.json?measure=euro").json()["ignored"]
        assert "measure" in told
        assert "euro" in told
        assert client.get("/api/v1/values.json").json()["ignored"] == ""

    def test_a_form_that_does_not_exist_names_those_that_do(self, client: Client) -> None:
        answer = client.get("/api/v1/values.xlsx")
        assert answer.status_code == 404
        assert all(f".{form}" in answer.text for form in FORMS)
