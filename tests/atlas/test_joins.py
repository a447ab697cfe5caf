"""Joins say what did not match; nothing is dropped and nothing is counted twice."""

from __future__ import annotations

import math
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.atlas import load_states
from geo.atlas.joins import (
    STATE_NAME_FIELDS,
    JoinReport,
    StateNames,
    great_circle_km,
    index_state_names,
    join_by_code,
    locate_points,
    match_state_name,
    require_all_states,
)
from geo.atlas.tables import read_table
from geo.errors import DataError
from geo.view import STATE_CODES
from tests.serving import ROOT
from tests.toy import CORNERS, toy_country

PEOPLE = [{"code": "01", "people": 10}, {"code": "02", "people": 20}, {"code": "03", "people": 30}]


@pytest.fixture(scope="module")
def names() -> StateNames:
    return index_state_names(read_table("state_name_variants"), read_table("states"))


class TestJoinByCode:
    def test_many_rows_of_the_left_may_share_one_of_the_right(self) -> None:
        gifts = [{"id": "a", "state": "02"}, {"id": "b", "state": "01"}, {"id": "c", "state": "02"}]
        joined = join_by_code(gifts, PEOPLE, "state")
        assert joined == JoinReport(matched=("01", "02"), unmatched_right=("03",))

    def test_a_row_without_a_partner_is_reported(self) -> None:
        joined = join_by_code(
            [{"code": "99"}, {"code": ""}, *PEOPLE], [{"code": "01", "deaths": 1}]
        )
        assert joined.unmatched_left == ("", "02", "03", "99")

    def test_two_partners_are_reported_and_neither_is_taken(self) -> None:
        right = [
            {"code": "01", "deaths": 1},
            {"code": "01", "deaths": 2},
            {"code": "02", "deaths": 3},
        ]
        joined = join_by_code(PEOPLE[:2], right)
        assert joined == JoinReport(matched=("02",), duplicates=("01",))

    def test_a_number_is_no_code(self) -> None:
        with pytest.raises(TypeError, match="codes are text; code is 1"):
            join_by_code([{"code": 1}], PEOPLE)

    @given(
        st.lists(st.sampled_from(["", "01", "02", "03", "04"])),
        st.lists(st.sampled_from(["01", "02", "03", "05"])),
    )
    def test_every_key_is_matched_or_reported_exactly_once(
        self, left: list[str], right: list[str]
    ) -> None:
        report = join_by_code([{"code": code} for code in left], [{"code": code} for code in right])
        assert sorted(report.matched + report.unmatched_left) == sorted(
            set(left) - set(report.duplicates)
        )
        assert sorted(report.matched + report.unmatched_right + report.duplicates) == sorted(
            set(right)
        )


class TestAllStates:
    def test_thirty_two_of_thirty_two_pass(self) -> None:
        require_all_states(STATE_CODES, "data/x.csv", "code", "Mend it.")

    def test_the_missing_and_the_foreign_are_named(self) -> None:
        codes = [*(code for code in STATE_CODES if code not in {"09", "30"}), "9"]
        with pytest.raises(DataError) as fault:
            require_all_states(codes, "data/x.csv", "code", "Mend it.")
        assert str(fault.value) == (
            "data/x.csv, field code: 2 of the 32 states are missing: 09, 30; "
            "'9' is no INEGI code of a state. Mend it."
        )


class TestStateNames:
    def test_every_spelling_of_the_table_finds_its_state_or_is_told_to_be_ambiguous(
        self, names: StateNames
    ) -> None:
        for row in read_table("state_name_variants"):
            candidates = match_state_name(row["variant"], names)
            assert row["code"] in candidates, row
            if row["ambiguous_with"]:
                assert row["ambiguous_with"] in candidates

    def test_every_name_and_code_of_the_states_finds_its_state(self, names: StateNames) -> None:
        for row in read_table("states"):
            for field in ("code", *STATE_NAME_FIELDS):
                assert match_state_name(row[field], names) == (row["code"],), row[field]

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("  querétaro ", "22"),
            ("QUERÉTARO", "22"),
            ("Q. Roo", "23"),
            ("q.roo.", "23"),
            ("ciudad de mexico", "09"),
            ("D.F.", "09"),
            ("San Luis  Potosi", "24"),
            ("México", "15"),
            ("MX.NA", "18"),
        ],
    )
    def test_case_accents_stops_and_spaces_do_not_matter(
        self, names: StateNames, text: str, code: str
    ) -> None:
        assert match_state_name(text, names) == (code,)

    @pytest.mark.parametrize(
        ("text", "candidates"),
        [
            ("CL", ("05", "06")),
            ("SL", ("24", "25")),
            ("Mexico", ("09", "15")),
            ("mexico", ("09", "15")),
        ],
    )
    def test_a_spelling_two_states_use_is_ambiguous(
        self, names: StateNames, text: str, candidates: tuple[str, ...]
    ) -> None:
        assert match_state_name(text, names) == candidates

    @pytest.mark.parametrize("text", ["", "   ", "Texas", "nan", "99", "."])
    def test_what_names_no_state_matches_none(self, names: StateNames, text: str) -> None:
        assert match_state_name(text, names) == ()

    def test_the_text_na_is_a_spelling_and_no_missing_value(self) -> None:
        index = index_state_names(
            [{"code": "18", "canonical": "Nayarit", "variant": "NA", "ambiguous_with": ""}]
        )
        assert match_state_name("NA", index) == ("18",)
        assert match_state_name("", index) == ()


class TestLocatePoints:
    def test_a_point_inside_belongs_to_its_state(self) -> None:
        assert locate_points({"a": (0.5, 1.5)}, toy_country()) == {"a": ("03", None)}

    @pytest.mark.parametrize(
        ("point", "lowest"), [((1, 0.5), "01"), ((0.5, 1), "01"), ((1.5, 1), "02"), ((1, 1), "01")]
    )
    def test_a_point_on_a_common_edge_is_counted_once_in_the_lowest_code(
        self, point: tuple[float, float], lowest: str
    ) -> None:
        for codes in (tuple(CORNERS), tuple(reversed(CORNERS))):
            found = locate_points({"edge": point}, toy_country(*codes))
            assert found == {"edge": (lowest, None)}

    def test_a_point_on_the_outer_edge_is_inside(self) -> None:
        assert locate_points({"coast": (0, 0.5)}, toy_country())["coast"].code == "01"

    def test_a_point_outside_is_kept_with_how_far_off_it_is(self) -> None:
        found = locate_points({"in": (0.5, 0.5), "out": (3, 0)}, toy_country())
        assert [point.code for point in found.values()] == ["01", None]
        assert found["out"].distance_km == pytest.approx(111.195, abs=0.001)

    @pytest.mark.parametrize("point", [(181, 0), (19.4, -99.1), (math.nan, 0)])
    def test_a_point_off_the_globe_is_refused_by_name(self, point: tuple[float, float]) -> None:
        with pytest.raises(ValueError, match=r"swapped: .* is no longitude and latitude"):
            locate_points({"swapped": point}, toy_country())

    @given(
        st.dictionaries(
            st.text(max_size=3),
            st.tuples(st.sampled_from([-0.5, 0, 0.5, 1, 1.5, 2, 2.5]), st.floats(-1, 3)),
        )
    )
    def test_every_point_is_inside_one_state_or_so_far_outside(
        self, points: dict[str, tuple[float, float]]
    ) -> None:
        found = locate_points(points, toy_country())
        assert list(found) == list(points)
        assert all((code is None) != (far is None) for code, far in found.values())

    def test_border_sites_north_of_the_line_are_not_dropped(self) -> None:
        sites = {row["site_id"]: row for row in read_table("sites") if row["lat"] is not None}
        points = {name: (row["lon"], row["lat"]) for name, row in sites.items()}
        found = locate_points(points, load_states())
        assert list(found) == list(sites)
        assert any(point.code is None for point in found.values()), "Otay Mesa and Laredo lie north"
        for name, point in found.items():
            if point.code is not None and sites[name]["state"]:
                assert point.code == sites[name]["state"], name

    def test_a_degree_of_the_equator_is_111_195_kilometres(self) -> None:
        assert great_circle_km(0, 0, 1, 0) == pytest.approx(2 * math.pi * 6371.0088 / 360)
        assert great_circle_km(0, 0, 180, 0) == pytest.approx(math.pi * 6371.0088)


def test_importing_joins_and_boundaries_loads_no_geometry_library() -> None:
    script = (
        "import sys, geo.atlas.joins, geo.atlas.boundaries\n"
        "print(sorted({'geopandas', 'shapely', 'pandas', 'pyproj'} & sys.modules.keys()))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"
