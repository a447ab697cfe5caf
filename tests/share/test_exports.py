"""Exports: what is taken away parses back, equals the page, and says what it is."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pyogrio
import pytest

from geo.atlas import GEOGRAPHIC, GRADES, load_atlas, read_package
from geo.atlas.listing import COLUMNS, activities_csv, list_activities
from geo.language import speech
from geo.scene import build_scene
from geo.share.files import package_zip, view_geopackage
from geo.view import View, spell_query
from geo.words.finding import headline
from tests.server.test_api import Client

if TYPE_CHECKING:
    from pathlib import Path

VIEWS = (
    View(),
    View(measure="usd"),
    View(show="ratio", per="poverty", lang="es"),
    View(evidence="attributed", split="population", weak="include", pillar=(1, 3)),
    View(measure="usd", pillar=(5,)),
)
"""The default, dollars (most states null), a ratio in Spanish, a split, and a view of nothing."""


def layer(package: bytes, name: str, folder: Path) -> Any:
    path = folder / "view.gpkg"
    path.write_bytes(package)
    return pyogrio.read_dataframe(path, layer=name)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: str(spell_query(view)))
def test_a_geopackage_holds_the_32_states_with_the_values_of_the_scene(
    view: View, tmp_path: Path
) -> None:
    atlas = load_atlas()
    scene = build_scene(atlas, view)
    states = layer(view_geopackage(atlas, view), "states", tmp_path)
    assert list(states["code"]) == list(atlas.states)
    assert states.crs == GEOGRAPHIC
    assert states.geometry.is_valid.all()
    assert set(states.geometry.geom_type) == {"MultiPolygon"}
    for row, state in zip(states.to_dict("records"), scene.states, strict=True):
        assert row["status"] == state.status
        assert row["name"] == atlas.states[state.code].names[view.lang]
        for field, expected in (
            ("value", state.value),
            ("class", state.klass),
            ("rank", state.rank),
            ("usd", None if state.cents is None else state.cents / 100),
        ):
            given = None if row[field] != row[field] else row[field]
            assert given == expected, (state.code, field)


def test_a_geopackage_says_what_it_is_and_what_is_not_on_it(tmp_path: Path) -> None:
    atlas, view = load_atlas(), View(measure="usd", lang="es")
    scene = build_scene(atlas, view)
    package = view_geopackage(atlas, view)
    about = dict(layer(package, "about", tmp_path).itertuples(index=False))
    assert about["sentence"] == headline(load_atlas(), scene, speech("es"))
    assert about["data_version"] == atlas.version
    assert about["view"] == "measure=usd&lang=es"
    assert about["licence"] == "CC-BY-4.0"
    assert "INEGI" in about["terms_boundaries"]
    remainder = layer(package, "remainder", tmp_path)
    outside = round(sum(remainder["usd"]) * 100)
    assert outside + scene.located_cents == scene.ledger_cents
    assert outside > 0
    sources = layer(package, "sources", tmp_path)
    assert tuple(sources["source_id"]) == scene.source_ids


def test_the_zip_holds_every_listed_file_with_the_hash_its_description_gives() -> None:
    archive = zipfile.ZipFile(io.BytesIO(package_zip(load_atlas())))
    assert archive.testzip() is None
    names = set(archive.namelist())
    package = json.loads(archive.read("merida-atlas-data/datapackage.json"))
    for resource in package["resources"]:
        content = archive.read(f"merida-atlas-data/{resource['path']}")
        assert "sha256:" + hashlib.sha256(content).hexdigest() == resource["hash"]
        names.remove(f"merida-atlas-data/{resource['path']}")
    assert names == {
        f"merida-atlas-data/{name}" for name in ("README.md", "datapackage.json", "passports.yaml")
    }


def test_the_zip_is_the_same_bytes_for_the_same_data() -> None:
    assert package_zip.__wrapped__(load_atlas()) == package_zip.__wrapped__(load_atlas())
    infos = zipfile.ZipFile(io.BytesIO(package_zip(load_atlas()))).infolist()
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert [info.filename for info in infos] == sorted(info.filename for info in infos)


def test_the_ledger_as_csv_is_what_the_page_lists() -> None:
    atlas = load_atlas()
    rows = list(csv.DictReader(io.StringIO(activities_csv(atlas, View(weak="include")))))
    assert len(rows) == len(atlas.ledger)
    assert tuple(rows[0]) == COLUMNS
    assert {row["grade"] for row in rows} == set(GRADES)
    by_id = {row["activity_id"]: row for row in rows}
    assert by_id["M054"]["amount"] == "2000000"
    assert by_id["M054"]["amount_usd"] == "105757.43"
    assert by_id["M054"]["rate_year"] == "2017"
    assert by_id["M111"]["amount"] == "25000000"
    assert by_id["M111"]["amount_usd"] == ""
    assert by_id["M116"]["part_of"] == "M114"
    assert not any(row["activity_id"].startswith("X") for row in rows)


@pytest.fixture(scope="module")
def client() -> Client:
    return Client()


@pytest.mark.parametrize(
    ("address", "media_type"),
    [
        ("/api/v1/values.gpkg?measure=usd", "application/geopackage+sqlite3"),
        ("/api/v1/activities.csv?pillar=4&q=Juárez", "text/csv; charset=utf-8"),
        ("/download/merida-atlas-data.zip", "application/zip"),
    ],
)
def test_downloads_are_served_as_files(client: Client, address: str, media_type: str) -> None:
    answer = client.get(quote(address, safe="/?&=."))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    name = address.split("?")[0].rsplit("/", 1)[1]
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert name.rsplit(".", 1)[1] in answer.headers["content-disposition"]


def test_the_api_lists_activities_by_the_parameters_of_the_page(client: Client) -> None:
    atlas = load_atlas()
    view = View(pillar=(4,), state="08", weak="include")
    query = urlencode({**spell_query(view), "q": "juarez USAID"})
    told = client.get(f"/api/v1/activities.csv?{query}").text
    ids = [row["activity_id"] for row in csv.DictReader(io.StringIO(told))]
    listed = list_activities(atlas, view, "juarez USAID").activities
    assert ids == [activity.activity_id for activity in listed]
    assert 0 < len(ids) < len(list_activities(atlas, view).activities)


@pytest.mark.parametrize(
    "query", ["pillar=9&q=%00%3Cb%3E", "q=" + "x" * 5000, "from=2021&to=2008&zz=1"]
)
def test_an_odd_query_still_gives_a_table(client: Client, query: str) -> None:
    answer = client.get(f"/api/v1/activities.csv?{query}")
    assert answer.status_code == 200
    assert answer.text.splitlines()[0] == ",".join(COLUMNS)


def test_another_form_of_values_is_refused_in_words(client: Client) -> None:
    answer = client.get("/api/v1/values.xlsx")
    assert answer.status_code == 404
    assert ".gpkg" in answer.text


def test_the_package_and_its_zip_have_the_same_files() -> None:
    listed = {resource["path"] for resource in read_package(load_atlas().data)["resources"]}
    assert "boundaries/states.geojson" in listed
    assert "ledger/not_merida.csv" in listed
