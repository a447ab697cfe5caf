"""What stops the start, in one message that says why, and what is done once it has succeeded."""

from __future__ import annotations

import shutil
import sys
from importlib.util import module_from_spec, spec_from_file_location
from threading import Thread
from typing import TYPE_CHECKING

import pytest

import geo.atlas
from geo.atlas import load_atlas
from geo.build.__main__ import build
from geo.paths import DATA
from geo.server import ahead_setting
from geo.server.address import SettingError
from tests.copied_app import copy_app, edit_table, serve_copy
from tests.serving import AHEAD, ROOT, ServerDied

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import ModuleType


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


@pytest.fixture
def begin() -> Iterator[Callable[[], ModuleType]]:
    """Does in this process what `app.py` does before it serves."""

    def begun() -> ModuleType:
        spec = spec_from_file_location("begun", ROOT / "app.py")
        assert spec is not None
        assert spec.loader is not None
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    interval = sys.getswitchinterval()
    yield begun
    sys.setswitchinterval(interval)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the data, which what begins in this process loads."""
    copied = shutil.copytree(DATA, tmp_path / "data")
    monkeypatch.setattr(geo.atlas, "load_atlas", lambda: load_atlas.__wrapped__(copied))
    return copied


@pytest.mark.parametrize(("harm", "told"), BROKEN, ids=[b[0].__name__[1:] for b in BROKEN])
def test_a_broken_data_file_stops_the_start_with_one_message(
    begin: Callable[[], ModuleType], data: Path, harm: Callable[[Path], None], told: tuple[str, ...]
) -> None:
    harm(data)
    with pytest.raises(SystemExit) as ended:
        begin()
    said = str(ended.value.code)
    assert said.startswith("Mérida Atlas cannot start. ")
    assert "\n" not in said
    for part in told:
        assert part in said


def test_a_server_without_any_data_ends_in_words_and_not_in_a_traceback(tmp_path: Path) -> None:
    app = copy_app(tmp_path)
    shutil.rmtree(app / "data")
    with pytest.raises(ServerDied) as died, serve_copy(app):
        pytest.fail("the server started")
    log = str(died.value)
    assert log.count("Mérida Atlas cannot start") == 1
    assert "data/datapackage.json" in log
    assert "Traceback" not in log
    assert "ended with code 0" not in log


def test_a_state_left_out_on_purpose_stops_the_start_and_is_named(
    begin: Callable[[], ModuleType], data: Path
) -> None:
    edit_table(
        data.parent,
        "places/states.csv",
        lambda row: row.update(code="33") if row["code"] == "32" else None,
    )
    path = data / "places" / "states.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("33,")), encoding="utf-8")
    # As somebody might who goes around the check.
    build(data, tables_only=True)
    with pytest.raises(SystemExit) as ended:
        begin()
    said = str(ended.value.code)
    assert said.startswith("Mérida Atlas cannot start. ")
    assert "states.csv" in said
    assert "32" in said


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("MERIDA_ATLAS_DRAIN", "soon", "whole seconds"),
        ("MERIDA_ATLAS_PROBES", "everywhere", "127.0.0.1:8502"),
        ("MERIDA_ATLAS_KEEP", "here", "Name a folder"),
        ("MERIDA_ATLAS_AHEAD", "maybe", "Write yes or no"),
    ],
)
def test_a_setting_that_cannot_be_used_ends_the_start_in_words(
    begin: Callable[[], ModuleType],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    given: str,
    said: str,
) -> None:
    monkeypatch.setenv(name, given)
    with pytest.raises(SystemExit) as ended:
        begin()
    assert str(ended.value.code).startswith(f"Mérida Atlas cannot start. {name} is {given!r}")
    assert said in str(ended.value.code)


class TestWhatIsMadeAhead:
    @pytest.mark.parametrize(
        ("given", "pages"), [("yes", ["", "evidence", "inequality"]), ("no", [])]
    )
    def test_pages_are_made_before_anybody_asks_where_that_is_wanted(
        self,
        begin: Callable[[], ModuleType],
        monkeypatch: pytest.MonkeyPatch,
        given: str,
        pages: list[str],
    ) -> None:
        monkeypatch.setenv(AHEAD, given)
        program = begin()
        made: list[str] = []
        monkeypatch.setattr(program, "made_ahead", lambda _atlas, path="": made.append(path))
        monkeypatch.setattr(program, "AFTER_THE_FIRST_MAP", 0)
        monkeypatch.setattr(program, "forget_arrays", lambda: None)
        # In a thread, as it is there: it stands back for good.
        beside = Thread(target=program.warm_up)
        beside.start()
        beside.join()
        assert made == pages
        assert program.tally.is_loaded

    def test_it_is_wanted_unless_the_operator_says_no(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv(AHEAD)
        assert ahead_setting()
        monkeypatch.setenv(AHEAD, " no ")
        assert not ahead_setting()
        monkeypatch.setenv(AHEAD, "0")
        with pytest.raises(SettingError, match=r"MERIDA_ATLAS_AHEAD is '0'. Write yes or no"):
            ahead_setting()
