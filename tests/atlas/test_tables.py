"""Reading the data package: what is broken is named, with file, row, field and remedy."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo.atlas.tables import (
    canonical,
    check_package,
    data_hash,
    read_package,
    read_table,
    table_of,
)
from geo.errors import AtlasError, DataError
from geo.paths import DATA

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the data package that a test may break."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def change(data: Path, path: str, old: str, new: str) -> None:
    """Replace the first `old` in a file; fails where there is none, so no test passes idly."""
    text = (data / path).read_text(encoding="utf-8")
    assert old in text
    (data / path).write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def test_an_error_reads_as_one_message_with_where_what_and_remedy() -> None:
    error = DataError("data/a.csv", "the value is odd", "Correct it", row=3, field="amount")
    assert str(error) == "data/a.csv, row 3, field amount: the value is odd. Correct it."
    assert isinstance(error, AtlasError)


def test_the_package_as_committed_passes_and_returns_its_description() -> None:
    package = check_package()
    assert package["name"] == "merida-atlas"
    assert "make data" in package["generated_by"]


def test_a_healthy_package_needs_neither_pandas_nor_frictionless() -> None:
    code = (
        "import sys; from geo.atlas.tables import check_package, read_table;"
        "check_package(); read_table('activities');"
        "heavy = {'pandas', 'frictionless', 'geopandas', 'yaml'} & set(sys.modules);"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=DATA.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_table_reads_with_as_many_rows_as_its_passport_says() -> None:
    tables = [r for r in check_package()["resources"] if "schema" in r]
    assert tables
    for table in tables:
        assert len(read_table(table["name"])) == table["rows"], table["name"]


def test_values_have_the_types_of_their_passport() -> None:
    activities = {row["activity_id"]: row for row in read_table("activities")}
    puebla = activities["M012"]
    assert puebla["amount"] == Decimal(5000000)
    assert isinstance(puebla["amount"], Decimal)
    assert puebla["amount_separable"] is True
    assert puebla["weak"] is False
    assert puebla["source_ids"] == ("PUE12", "PUE17", "PUE11", "PUEAFP")
    blank = activities["M002"]
    assert blank["amount"] is None
    assert blank["amount_separable"] is None
    assert blank["weak_reason"] == ""
    campeche = read_table("states")[3]
    assert campeche["code"] == "04"
    assert campeche["borders_country"] == ("Guatemala", "Belize")
    assert campeche["sez"] is True
    assert isinstance(campeche["area_km2"], float)


def test_nayarit_and_codes_with_leading_zeros_stay_text() -> None:
    assert {row["state"] for row in read_table("search_effort")} == {
        f"{n:02d}" for n in range(1, 33)
    }


def test_an_unknown_table_is_named_with_those_there_are() -> None:
    with pytest.raises(DataError, match=r"no table named 'ledgers'.*activities"):
        read_table("ledgers")


@pytest.mark.parametrize("path", ["ledger/activities.csv", "sources.csv", "places/states.csv"])
def test_a_missing_file_is_named_with_what_was_expected_and_how_to_restore_it(
    copy: Path, path: str
) -> None:
    (copy / path).unlink()
    with pytest.raises(DataError) as caught:
        check_package(copy)
    assert caught.value.file == f"data/{path}"
    assert "expected" in caught.value.problem
    assert f"git checkout -- data/{path}" in str(caught.value)


def test_every_described_file_is_checked(copy: Path) -> None:
    for resource in check_package(copy)["resources"]:
        path = copy / resource["path"]
        whole = path.read_bytes()
        path.write_bytes(whole + b"\n")
        with pytest.raises(DataError) as caught:
            check_package(copy)
        assert caught.value.file == f"data/{resource['path']}"
        path.write_bytes(whole)
    check_package(copy)


def test_a_truncated_table_says_that_it_is_cut_short(copy: Path) -> None:
    path = copy / "ledger/activity_places.csv"
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(DataError, match=r"activity_places\.csv.*cut short.*expected") as caught:
        check_package(copy)
    assert caught.value.row is not None


def test_an_altered_but_plausible_figure_is_caught_by_its_hash(copy: Path) -> None:
    change(copy, "ledger/activities.csv", ",314046,", ",914046,")
    with pytest.raises(DataError, match=r"activities\.csv.*was altered") as caught:
        check_package(copy)
    assert caught.value.row is None
    assert "make data" in caught.value.remedy


def test_an_altered_table_with_an_impossible_value_names_row_and_field(copy: Path) -> None:
    change(copy, "ledger/activities.csv", ",314046,", ",a fortune,")
    with pytest.raises(DataError, match="'a fortune' is not a number") as caught:
        check_package(copy)
    assert (caught.value.row, caught.value.field) == (2, "amount")


def test_a_key_given_twice_is_named_with_its_row(copy: Path) -> None:
    change(copy, "ledger/activities.csv", "\nM002,", "\nM001,")
    with pytest.raises(DataError, match=r"activities\.csv, row 3, field activity_id.*in row 2"):
        check_package(copy)


@pytest.mark.parametrize(
    ("path", "old", "new", "table", "row", "field", "why"),
    [
        ("places/states.csv", "\n04,", "\n4,", "states", 5, "code", "Write 04"),
        ("ledger/activities.csv", ",rule_of_law,", ",law,", "activities", 2, "area", "none of"),
        (
            "ledger/activities.csv",
            ",no,,INDIGO,",
            ",maybe,,INDIGO,",
            "activities",
            2,
            "weak",
            "none of",
        ),
        (
            "ledger/activities.csv",
            ",2008,2017,yes",
            ",08,2017,yes",
            "activities",
            2,
            "period_start",
            "form",
        ),
        (
            "ledger/activity_places.csv",
            ",4,3,deliveries",
            ",4,3.5,deliveries",
            "activity_places",
            2,
            "count",
            "whole number",
        ),
        (
            "exchange_rates.csv",
            "2008,11.1480",
            "2008,",
            "exchange_rates",
            2,
            "mxn_per_usd",
            "blank",
        ),
        (
            "exchange_rates.csv",
            "2008,11.1480",
            "2008,1e3",
            "exchange_rates",
            2,
            "mxn_per_usd",
            "not a number",
        ),
        (
            "exchange_rates.csv",
            "2008,11.1480",
            "2008,NaN",
            "exchange_rates",
            2,
            "mxn_per_usd",
            "not a number",
        ),
    ],
)
def test_a_bad_value_names_row_and_field(
    copy: Path, path: str, old: str, new: str, table: str, row: int, field: str, why: str
) -> None:
    change(copy, path, old, new)
    with pytest.raises(DataError, match=why) as caught:
        read_table(table, copy)
    assert (caught.value.file, caught.value.row, caught.value.field) == (f"data/{path}", row, field)
    assert f"git checkout -- data/{path}" in str(caught.value)


def test_a_row_with_too_few_values_is_named(copy: Path) -> None:
    change(copy, "exchange_rates.csv", "2008,11.1480,", "2008,")
    with pytest.raises(DataError, match=r"row 2: the row has 3 values, expected 4"):
        read_table("exchange_rates", copy)


def test_a_renamed_column_is_named(copy: Path) -> None:
    change(copy, "exchange_rates.csv", "year,mxn_per_usd", "year,rate")
    with pytest.raises(DataError, match=r"row 1, field rate: column 2 is called 'rate'"):
        read_table("exchange_rates", copy)


@pytest.mark.parametrize(
    ("saved", "how"),
    [
        (lambda text: text.encode("utf-8-sig"), "with a byte order mark"),
        (lambda text: text.encode("cp1252"), "in another encoding than UTF-8"),
        (lambda text: text.encode("utf-16"), "in another encoding than UTF-8"),
        (lambda text: text.replace("\n", "\r\n").encode(), "with the line ends of Windows"),
        (lambda text: text.replace("\n", "\r").encode(), "with the line ends of Windows"),
        (lambda text: f"sep=,\r\n{text}".encode(), "with the line ends of Windows"),
    ],
    ids=["mark", "windows-1252", "utf-16", "crlf", "cr", "sep"],
)
def test_a_table_as_a_spreadsheet_saves_it_is_read_value_by_value(
    saved: Callable[[str], bytes], how: str
) -> None:
    resource = next(one for one in read_package()["resources"] if one["name"] == "states")
    content = (DATA / resource["path"]).read_bytes()
    own, theirs = table_of(resource, content), table_of(resource, saved(content.decode()))
    assert not theirs.faults
    assert how in theirs.saved
    assert not own.saved
    assert list(theirs.texts.values()) == list(own.texts.values())
    assert canonical(theirs) == content


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_table_with_another_separator_is_read_value_by_value(separator: str) -> None:
    resource = next(one for one in read_package()["resources"] if one["name"] == "states")
    content = (DATA / resource["path"]).read_bytes()
    text = io.StringIO(newline="")
    rows = csv.reader(io.StringIO(content.decode(), newline=""))
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    theirs = table_of(resource, text.getvalue().encode())
    assert not theirs.faults
    assert canonical(theirs) == content


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman", "utf-16-le"])
def test_a_table_in_an_encoding_that_cannot_be_told_is_refused_and_never_damaged(
    encoding: str,
) -> None:
    resource = next(one for one in read_package()["resources"] if one["name"] == "states")
    text = (DATA / resource["path"]).read_text(encoding="utf-8")
    table = table_of(resource, text.encode(encoding, "replace"))
    assert not table.rows
    assert "CSV UTF-8" in str(table.faults[0])


def test_every_table_is_written_back_byte_for_byte() -> None:
    for resource in read_package()["resources"]:
        if "schema" in resource:
            content = (DATA / resource["path"]).read_bytes()
            assert canonical(table_of(resource, content)) == content, resource["path"]


@pytest.mark.parametrize("at", [0.0, 0.2, 0.5, 0.8, 0.9999])
def test_a_description_altered_by_one_bit_is_refused(copy: Path, at: float) -> None:
    path = copy / "datapackage.json"
    content = bytearray(path.read_bytes())
    for bit in (1, 2, 4):
        altered = content.copy()
        altered[int(at * len(content))] ^= bit
        path.write_bytes(altered)
        with pytest.raises(DataError, match=r"data/datapackage\.json.*git checkout"):
            check_package(copy)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"resources": 1}'])
def test_a_broken_description_is_named(copy: Path, content: str) -> None:
    (copy / "datapackage.json").write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=r"data/datapackage\.json.*git checkout"):
        check_package(copy)


def test_a_missing_description_is_named(copy: Path) -> None:
    (copy / "datapackage.json").unlink()
    with pytest.raises(DataError, match=r"datapackage\.json: the file is missing"):
        check_package(copy)


def test_the_data_hash_is_short_and_changes_with_any_file(copy: Path) -> None:
    before = data_hash(copy)
    assert before == data_hash()
    assert len(before) == 12
    package = json.loads((copy / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"][-1]["hash"] = "sha256:0"
    (copy / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert data_hash(copy) != before
