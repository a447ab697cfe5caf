"""What changed between two data packages: rows, counts, headline, verdicts; refusals in words."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geo.__main__ import main
from geo.atlas import fingerprint_of, load_atlas
from geo.build.__main__ import build
from geo.language import speech
from geo.paths import DATA
from geo.share.changes import changes_between, changes_csv, changes_json, changes_text, differences
from geo.share.changes.differences import compared, row_differences, told_by
from geo.share.files import package_zip
from tests.claim_ledgers import atlas_with
from tests.toy_ledger import TOY, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geo.atlas import Atlas
    from geo.share.changes.differences import Changes, Difference

    Rows = dict[tuple[str, ...], dict[str, str]]


@pytest.fixture(scope="module", autouse=True)
def told_once() -> Iterator[None]:
    """What a package says is computed once here for each data version: it has all files in it."""
    known: dict[str, dict[str, dict[str, str]]] = {}

    def told(atlas: Atlas) -> dict[str, dict[str, str]]:
        if atlas.version not in known:
            known[atlas.version] = told_by(atlas)
        return known[atlas.version]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(differences, "told_by", told)
        yield


@pytest.fixture
def all_told_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every package says what ours says: where rows or columns are looked at, not verdicts."""
    told = differences.told_by(load_atlas())
    monkeypatch.setattr(differences, "told_by", lambda _: told)


def zipped(data: Path, out: Path) -> Path:
    """A package as the atlas gives it out."""
    out.write_bytes(package_zip(replace(load_atlas(), data=data)))
    return out


def edited(
    data: Path, table: str, change: Callable[[list[dict[str, str]]], Any], first: str = ""
) -> None:
    """Change the rows of a table of a copy in place; `first` is a column to put before the rest."""
    path = data / table
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [first, *rows[0]] if first else list(rows[0])
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def by_part(changes: Changes, part: str) -> dict[str, Difference]:
    return {one.key: one for one in changes.of(part)}


@pytest.fixture(scope="module")
def given() -> str:
    """The activity that is taken away: one that nothing else points to, firm at the border."""
    rows = {name: list(load_atlas().table(name)) for name in ("overlaps", "judgements")}
    pointed = {row["activity_id"] for of in rows.values() for row in of}
    pointed |= {row["other_id"] for row in rows["overlaps"]}
    pointed |= {row["activity_id"] for row in load_atlas().table("recapture")}
    pointed |= {row["part_of"] for row in load_atlas().table("activities")}
    border = set(load_atlas().border)
    checks = (DATA / "ledger" / "essay_checks.csv").read_text(encoding="utf-8")
    return next(
        one.activity_id
        for one in load_atlas().ledger.activities
        if one.activity_id not in pointed
        and one.activity_id not in checks
        and one.usd is None
        and any(place.state in border and not place.weak for place in one.places)
    )


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory, given: str) -> Path:
    """The data with one activity and its places taken away, and one title corrected."""
    data = Path(shutil.copytree(DATA, tmp_path_factory.mktemp("later") / "data"))
    for table in ("ledger/activities.csv", "ledger/activity_places.csv"):

        def drop(rows: list[dict[str, str]]) -> None:
            rows[:] = [row for row in rows if row["activity_id"] != given]

        edited(data, table, drop)

    def correct(rows: list[dict[str, str]]) -> None:
        rows[0]["title_en"] = "A corrected title"

    edited(data, "ledger/activities.csv", correct)
    build(data, tables_only=True)
    return data


@pytest.fixture(scope="module")
def changes(later: Path) -> Changes:
    return changes_between(DATA, later)


class TestOnTheRealData:
    def test_a_row_taken_away_and_a_field_corrected_are_told_with_what_stood_there(
        self, changes: Changes, given: str
    ) -> None:
        rows = changes.of("rows")
        told = {(one.table, one.change) for one in rows}
        assert told == {
            ("ledger/activities.csv", "taken away"),
            ("ledger/activities.csv", "corrected"),
            ("ledger/activity_places.csv", "taken away"),
        }
        (gone,) = [
            one
            for one in rows
            if (one.table, one.change) == ("ledger/activities.csv", "taken away")
        ]
        assert gone.key == given
        assert json.loads(gone.before)["activity_id"] == given
        (corrected,) = [one for one in rows if one.change == "corrected"]
        first = load_atlas().table("activities")[0]
        assert (corrected.key, corrected.field) == (first["activity_id"], "title_en")
        assert (corrected.before, corrected.after) == (first["title_en"], "A corrected title")

    def test_the_counts_are_those_of_either_package(self, changes: Changes, given: str) -> None:
        counts = by_part(changes, "counts")
        activities = counts["activities"]
        assert int(activities.before) == len(load_atlas().ledger)
        assert int(activities.after) == int(activities.before) - 1
        (one,) = [a for a in load_atlas().ledger.activities if a.activity_id == given]
        firm = {place.state for place in one.places if not place.weak}
        pairs = counts["firm_pairs"]
        assert int(pairs.before) - int(pairs.after) == len(firm)
        share = counts["border_share"]
        assert float(share.before) > float(share.after)

    def test_headline_and_verdicts_are_what_the_atlas_computes_from_either(
        self, changes: Changes, later: Path
    ) -> None:
        before, after = told_by(load_atlas()), told_by(load_atlas(later))
        for part in ("headline", "verdicts"):
            told = by_part(changes, part)
            assert {key: one.before for key, one in told.items()} == before[part]
            assert {key: one.after for key, one in told.items()} == after[part]
        assert set(by_part(changes, "headline")) == {"en", "es"}
        assert (changes.old, changes.new) == (load_atlas().version, load_atlas(later).version)

    def test_backwards_what_was_taken_away_is_added(self, changes: Changes, later: Path) -> None:
        back = changes_between(later, DATA)
        turned = {"added": "taken away", "taken away": "added"}
        assert {
            (one.part, turned.get(one.change, one.change), one.table, one.key, one.field)
            for one in back.differences
        } == {one[:5] for one in changes.differences}

    def test_the_zip_that_the_atlas_gives_out_is_read_like_its_folder(
        self, changes: Changes, later: Path, tmp_path: Path
    ) -> None:
        zips = (zipped(DATA, tmp_path / "old.zip"), zipped(later, tmp_path / "new.zip"))
        assert changes_between(*zips) == changes

    def test_a_package_beside_itself_has_not_changed(self) -> None:
        same = changes_between(DATA, DATA)
        assert {one.change for one in same.differences} == {"unchanged"}
        assert not same.of("rows", "columns", "files")

    def test_csv_and_json_hold_every_line_of_it(self, changes: Changes) -> None:
        lines = list(csv.DictReader(io.StringIO(changes_csv(changes))))
        assert [tuple(line.values()) for line in lines] == [*map(tuple, changes.differences)]
        told = json.loads(changes_json(changes))
        parts = {name: part for name, part in told.items() if isinstance(part, list)}
        assert sum(map(len, parts.values())) == len(changes.differences) - 1
        (gone,) = [one for one in parts["rows"] if one["table"].endswith("activities.csv")][1:]
        assert gone["row"]["activity_id"] == gone["key"]
        assert (told["old"], told["new"]) == (changes.old, changes.new)

    @pytest.mark.parametrize("width", [20, 80, 200])
    def test_the_table_fits_the_terminal_and_says_how_much_changed(
        self, changes: Changes, width: int
    ) -> None:
        text = changes_text(changes, speech("es"), width)
        *table, summary = text.splitlines()
        assert max(map(len, table)) <= max(width, 60)
        assert "frontera" in text
        assert "1 corrected" in summary

    def test_the_command_prints_it(
        self, later: Path, capsys: pytest.CaptureFixture[str], changes: Changes
    ) -> None:
        main(["changes", str(DATA), str(later), "--json"])
        assert capsys.readouterr().out == changes_json(changes)
        main(["changes", str(DATA), str(later), "--csv"])
        assert capsys.readouterr().out == changes_csv(changes)
        main(["changes", str(DATA), str(later), "--lang", "es"])
        assert changes.new in capsys.readouterr().out

    @pytest.mark.usefixtures("all_told_alike")
    def test_a_column_more_is_told_and_rows_are_compared_by_those_both_have(
        self, tmp_path: Path
    ) -> None:
        data = Path(shutil.copytree(DATA, tmp_path / "data"))
        passports = (data / "passports.yaml").read_text(encoding="utf-8")
        head, found, tail = passports.partition("  - name: timeline\n")
        fields, first, rest = tail.partition("    fields:\n")
        more = "      - {name: seen_by, type: string, description: Who saw it}\n"
        (data / "passports.yaml").write_text(head + found + fields + first + more + rest)

        def add(rows: list[dict[str, str]]) -> None:
            for row in rows:
                row["seen_by"] = "nobody"

        edited(data, "timeline.csv", add, first="seen_by")
        build(data, tables_only=True)
        changes = changes_between(DATA, data)
        told = [(one.part, one.change, one.table, one.field) for one in changes.differences[-1:]]
        assert told == [("columns", "added", "timeline.csv", "seen_by")]
        assert not changes.of("rows")


class TestOnToyLedgers:
    def test_a_row_more_changes_the_counts_and_the_finding(self) -> None:
        more = TOY + rows_of("T12", states=["03", "04"])
        before, after = told_by(atlas_with(TOY)), told_by(atlas_with(more))
        counts = {one.key: one for one in compared("counts", before["counts"], after["counts"])}
        assert [counts["activities"].before, counts["activities"].after] == ["11", "12"]
        gained = int(counts["firm_pairs"].after) - int(counts["firm_pairs"].before)
        assert gained == 2
        assert all(one.change == "corrected" for one in counts.values())

    def test_a_verdict_that_only_one_of_them_has_was_added_or_taken_away(self) -> None:
        told = compared("verdicts", {"a 2015": "partly"}, {"b 2015": "supported"})
        assert [(one.key, one.change) for one in told] == [
            ("b 2015", "added"),
            ("a 2015", "taken away"),
        ]

    def test_rows_are_told_apart_by_their_key_whatever_their_order(self) -> None:
        old: Rows = {("1",): {"id": "1", "x": "a"}, ("2",): {"id": "2", "x": "b"}}
        new: Rows = {("3",): {"id": "3", "x": ""}, ("2",): {"id": "2", "x": "c"}}
        assert [tuple(one)[1:] for one in row_differences("t", ["id", "x"], old, new)] == [
            ("added", "t", "3", "", "", '{"id":"3"}'),
            ("corrected", "t", "2", "x", "b", "c"),
            ("taken away", "t", "1", "", '{"id":"1","x":"a"}', ""),
        ]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def refused(old: Path, new: Path) -> str:
    """What the command says when it cannot compare them: one line, no traceback."""
    with pytest.raises(SystemExit) as ended:
        main(["changes", str(old), str(new)])
    said = str(ended.value.code)
    assert said.startswith("python -m geo changes: ")
    assert "\n" not in said
    assert "Traceback" not in said
    return said


def described(data: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the description of a copy, and seal it again."""
    path = data / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    change(package)
    package["fingerprint"] = ""
    package["fingerprint"] = fingerprint_of(json.dumps(package, indent=1).encode())
    path.write_text(json.dumps(package, indent=1) + "\n", encoding="utf-8")


class TestRefused:
    def test_what_is_not_there(self, tmp_path: Path) -> None:
        assert "no such file" in refused(DATA, tmp_path / "nothing.zip")

    def test_a_folder_that_holds_no_package(self, tmp_path: Path) -> None:
        said = refused(tmp_path, DATA)
        assert str(tmp_path) in said
        assert "datapackage.json" in said

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a zip at all"])
    def test_a_file_that_is_no_zip(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "package.zip"
        path.write_bytes(content)
        assert "neither a folder nor a zip" in refused(DATA, path)

    def test_a_zip_that_is_damaged(self, tmp_path: Path) -> None:
        content = bytearray(package_zip(load_atlas()))
        at = content.index(b"PK\x03\x04") + 200
        content[at : at + 40] = bytes(40)
        path = tmp_path / "package.zip"
        path.write_bytes(content)
        assert "package.zip" in refused(DATA, path)

    def test_a_zip_of_something_else_or_one_that_would_fill_the_disk(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = tmp_path / "other.zip"
        with zipfile.ZipFile(other, "w") as archive:
            archive.writestr("readme.txt", "nothing")
        assert "no data package" in refused(other, DATA)
        monkeypatch.setattr("geo.share.changes.opening.MOST_UNPACKED", 1_000)
        whole = zipped(DATA, tmp_path / "whole.zip")
        assert "1,000 bytes" in refused(DATA, whole)

    def test_a_zip_that_writes_out_of_its_folder(self, tmp_path: Path) -> None:
        path = tmp_path / "climbs.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a/datapackage.json", "{}")
            archive.writestr("a/../../../escaped.txt", "out")
        refused(DATA, path)
        assert not list(tmp_path.parent.rglob("escaped.txt"))

    def test_a_file_that_was_altered_is_named_without_a_word_of_git(self, copy: Path) -> None:
        path = copy / "sources.csv"
        path.write_bytes(path.read_bytes()[:-40])
        said = refused(DATA, copy)
        assert "sources.csv" in said
        assert "git" not in said

    def test_a_description_that_points_out_of_the_package(self, copy: Path) -> None:
        def climb(package: dict[str, Any]) -> None:
            package["resources"][0]["path"] = "../outside"

        described(copy, climb)
        assert "outside the package" in refused(copy, DATA)

    def test_another_schema(self, copy: Path) -> None:
        def rename(package: dict[str, Any]) -> None:
            (states,) = [one for one in package["resources"] if one["name"] == "states"]
            states["name"] = "entities"

        described(copy, rename)
        assert str(copy) in refused(copy, DATA)

    @pytest.mark.usefixtures("all_told_alike")
    def test_rows_that_are_told_apart_otherwise(self, copy: Path) -> None:
        path = copy / "sources.csv"
        rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join([*rows[:-2], rows[-1], rows[-2]]), encoding="utf-8")
        build(copy, tables_only=True)

        def rekey(package: dict[str, Any]) -> None:
            (sources,) = [one for one in package["resources"] if one["name"] == "sources"]
            sources["schema"]["primaryKey"] = ["source_id", "title"]

        described(copy, rekey)
        said = refused(DATA, copy)
        assert "sources.csv" in said
        assert "different schemas" in said
