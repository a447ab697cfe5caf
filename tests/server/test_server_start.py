"""With a data file missing, cut short or altered, the server does not start and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.copied_app import bless_tables, copy_app, edit_table, serve_copy
from tests.serving import ServerDied

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _missing(data: Path) -> None:
    (data / "ledger" / "activities.csv").unlink()


def _cut_short(data: Path) -> None:
    path = data / "boundaries" / "states.geojson"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _altered(data: Path) -> None:
    path = data / "ledger" / "activities.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("314046", "many", 1), encoding="utf-8")


def _altered_passport(data: Path) -> None:
    content = bytearray((data / "datapackage.json").read_bytes())
    content[len(content) // 2] ^= 1
    (data / "datapackage.json").write_bytes(content)


def _no_passport(data: Path) -> None:
    (data / "datapackage.json").unlink()


def _torn_passport(data: Path) -> None:
    (data / "datapackage.json").write_text('{"resources": [', encoding="utf-8")


BROKEN: list[tuple[Callable[[Path], None], tuple[str, ...]]] = [
    (_missing, ("data/ledger/activities.csv", "cannot be read", "expected", "sha256:",
                "git checkout -- data/ledger/activities.csv")),
    (_cut_short, ("data/boundaries/states.geojson", "cut short", "expected", "bytes",
                  "git checkout -- data/boundaries/states.geojson")),
    (_altered, ("data/ledger/activities.csv, row 2, field amount", "'many' is not a number",
                "expected", "git checkout -- data/ledger/activities.csv")),
    (_altered_passport, ("data/datapackage.json", "git checkout -- data/datapackage.json")),
    (_no_passport, ("data/datapackage.json", "missing", "git checkout", "make data")),
    (_torn_passport, ("data/datapackage.json", "not readable JSON", "git checkout")),
]  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_app(tmp_path_factory.mktemp("app"))


@pytest.mark.parametrize(("harm", "told"), BROKEN, ids=[b[0].__name__[1:] for b in BROKEN])
def test_a_broken_data_file_stops_the_start_with_one_message(
    whole: Path, harm: Callable[[Path], None], told: tuple[str, ...]
) -> None:
    kept = {p: p.read_bytes() for p in (whole / "data").rglob("*") if p.is_file()}
    harm(whole / "data")
    try:
        with pytest.raises(ServerDied) as died, serve_copy(whole):
            pytest.fail("the server started")
    finally:
        for path, content in kept.items():
            path.write_bytes(content)
    log = str(died.value)
    lines = [line for line in log.splitlines() if "Mérida Atlas cannot start" in line]
    assert len(lines) == 1, log
    for part in told:
        assert part in lines[0]
    assert "Traceback" not in log
    assert "ended with code 0" not in log


def test_a_state_left_out_on_purpose_stops_the_start_and_is_named(
    tmp_path: Path,
) -> None:
    app = copy_app(tmp_path)
    edit_table(
        app, "places/states.csv", lambda row: row.update(code="33") if row["code"] == "32" else None
    )
    path = app / "data" / "places" / "states.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("33,")), encoding="utf-8")
    bless_tables(app)
    with pytest.raises(ServerDied) as died, serve_copy(app):
        pytest.fail("the server started")
    assert "states.csv" in str(died.value)
    assert "32" in str(died.value)
    assert "Traceback" not in str(died.value)
