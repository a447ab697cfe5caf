"""The recipe of CONTRIBUTING.md for a new activity, followed literally on a copy of the data."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest

import geo.build.boundaries
import geo.build.fonts
from geo.atlas import load_atlas, read_package
from geo.build.__main__ import main, stale
from geo.paths import DATA
from geo.view import View
from tests.serving import ROOT

NEW: dict[str, list[dict[str, str]]] = {
    "sources.csv": [
        {
            "source_id": "RECIPE18",
            "title": "Entrega de equipo al tribunal",
            "author": "Un diario",
            "date": "2018-05-04",
            "url": "https://example.org/entrega",
            "kind": "press",
            "grade_kind": "press",
        }
    ],
    "ledger/activities.csv": [
        {
            "activity_id": "M900",
            "title_en": "Equipment for the court of Colima",
            "title_es": "Equipo para el tribunal de Colima",
            "area": "rule_of_law",
            "kind": "equipment",
            "amount": "700000",
            "currency": "MXN",
            "amount_basis": "delivered",
            "amount_separable": "yes",
            "period_start": "2018-05",
            "period_end": "2018-05",
            "period_certain": "yes",
            "recipient_level": "judiciary",
            "funder": "US Merida",
            "weak": "no",
            "source_ids": "RECIPE18",
            "verification": "read in the source",
            "found_by": "targeted",
            "names_merida": "no",
        }
    ],
    "ledger/activity_places.csv": [
        {
            "activity_id": "M900",
            "place": "Colima",
            "state": "06",
            "location_precision": "4",
            "place_weak": "no",
            "found_by": "targeted",
        }
    ],
}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the data, and no boundaries or font built for it."""

    def never(_out: Path) -> None:
        pytest.fail("the boundaries were built, though nothing that builds them changed")

    monkeypatch.setattr(geo.build.boundaries, "build", never)
    monkeypatch.setattr(geo.build.fonts, "write", lambda: None)
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def append(path: Path, rows: list[dict[str, str]], encoding: str = "utf-8") -> None:
    """Rows at the end of a table, the file saved in an encoding."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        before, names = list(reader), list(reader.fieldnames or ())
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows([*before, *rows])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_recipe_followed_to_the_letter_brings_the_activity_into_the_atlas(
    data: Path, encoding: str
) -> None:
    for path, rows in NEW.items():
        append(data / path, rows, encoding)
    assert main(["--check-data"], data) == 0
    assert main([], data) == 0
    assert stale(data) == []
    atlas = load_atlas(data)
    added = next(one for one in atlas.ledger.activities if one.activity_id == "M900")
    assert str(added.usd) == "36381.21"
    assert added.counted_states(include_weak=False) == ("06",)
    assert len(atlas.ledger.select(View()).activities) == len(load_atlas().ledger) + 1
    assert read_package(data)["boundaries_inputs"] == read_package()["boundaries_inputs"]


def test_a_rate_of_a_new_year_is_taken(data: Path) -> None:
    series = (data / "exchange_rates.csv").read_text(encoding="utf-8").splitlines()[1]
    row = next(csv.reader([series]))
    with (data / "exchange_rates.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(["2022", "20.1251", "257", row[3]])
    assert main(["--check-data"], data) == 0


def test_a_step_left_out_is_told_with_the_step(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path, said in (
        ("ledger/activities.csv", "'RECIPE18' is not in data/sources.csv"),
        ("sources.csv", "M900 has no row in data/ledger/activity_places.csv"),
    ):
        append(data / path, NEW[path])
        assert main([], data) == 1
        assert said in capsys.readouterr().err
    append(data / "ledger/activity_places.csv", NEW["ledger/activity_places.csv"])
    assert main([], data) == 0


def test_boundaries_are_built_when_what_builds_them_changed(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[Path] = []
    monkeypatch.setattr(geo.build.boundaries, "build", built.append)
    monkeypatch.setattr(geo.build.boundaries, "inputs_fingerprint", lambda: "another")
    assert main([], data) == 0
    assert built == [data]


def test_the_recipe_of_the_paper_names_each_file_that_was_touched_here() -> None:
    paper = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    recipe = paper.partition("## Adding an activity")[2].partition("\n## ")[0]
    named = set(re.findall(r"`(data/[\w/.]+)`", recipe))
    assert {f"data/{path}" for path in NEW} <= named
    assert "make check" in recipe
    assert "make data" in recipe
