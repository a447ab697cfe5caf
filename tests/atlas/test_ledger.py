"""The ledger: which activities a view keeps, what each reaches, how good its evidence is."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given

from geo.atlas import Atlas, load_atlas
from geo.atlas.ledger import Activity, build_ledger, grade_of
from geo.view import View
from geo.view.pillars import PILLARS
from tests.research import rows_on_file
from tests.strategies import ledgers, views
from tests.toy_ledger import TOY, Rows, rows_of, toy_atlas


@cache
def real() -> Atlas:
    return load_atlas()


def one(rows: Rows) -> Activity:
    (activity,) = build_ledger(rows.activities, rows.places, rows.amounts).activities
    return activity


def kept(**choices: object) -> list[str]:
    view = View(**choices)  # type: ignore[arg-type]
    return [a.activity_id for a in toy_atlas().ledger.select(view).activities]


class TestSelection:
    def test_the_default_view_keeps_everything(self) -> None:
        selection = toy_atlas().ledger.select(View())
        assert len(selection.activities) == len(TOY.activities) == 11
        assert selection.left_out == 0

    def test_a_priority_keeps_its_own_and_not_what_is_filed_under_several(self) -> None:
        assert kept(pillar=(4,)) == ["T01"]
        assert kept(pillar=(3, 4)) == ["T01", "T03"]
        assert "T09" not in kept(pillar=(1, 2, 3, 4))

    def test_an_activity_is_kept_when_its_period_touches_the_years(self) -> None:
        assert "T03" in kept(from_year=2014)
        assert "T03" in kept(to_year=2012)
        assert "T03" in kept(from_year=2013, to_year=2013)
        assert "T03" not in kept(from_year=2015)
        assert "T03" not in kept(to_year=2011)

    def test_an_undated_activity_is_kept_only_with_the_whole_period(self) -> None:
        assert "T06" in kept()
        assert "T06" not in kept(from_year=2009)
        assert toy_atlas().ledger.select(View(from_year=2009)).undated == 2

    def test_either_search_can_be_taken_alone(self) -> None:
        assert kept(found="systematic") == ["T11"]
        assert len(kept(found="targeted")) == 10

    @given(ledgers(), views())
    def test_what_is_kept_and_what_each_filter_leaves_out_add_up_to_the_ledger(
        self, rows: Rows, view: View
    ) -> None:
        ledger = toy_atlas(rows).ledger
        selection = ledger.select(view)
        assert len(selection.activities) + selection.left_out == len(ledger)

    @given(views())
    def test_so_do_they_in_the_documented_ledger(self, view: View) -> None:
        selection = real().ledger.select(view)
        kept = len(selection.activities)
        assert kept + selection.left_out == len(real().ledger) == rows_on_file("activities")

    @given(views())
    def test_a_narrower_period_never_keeps_more(self, view: View) -> None:
        wide = set(real().ledger.select(view.with_(from_year=2008, to_year=2021)).activities)
        assert set(real().ledger.select(view).activities) <= wide


class TestPeriods:
    @pytest.mark.parametrize(
        ("start", "end", "years"),
        [
            ("2010", "2012", (2010, 2012)),
            ("2010-05", "2010-06-30", (2010, 2010)),
            ("", "2012", (2012, 2012)),
            ("2010", "", (2010, 2021)),
            ("", "", None),
        ],
    )
    def test_a_period_is_read_to_its_years(
        self, start: str, end: str, years: tuple[int, int] | None
    ) -> None:
        assert one(rows_of("A", start=start, end=end)).years == years

    def test_an_activity_that_goes_on_after_the_initiative_keeps_its_start(self) -> None:
        assert one(rows_of("A", start="2023", end="")).years == (2023, 2023)


class TestPlaces:
    def test_a_weak_link_counts_only_when_asked_for(self) -> None:
        activity = one(rows_of("A", states=["02"], weak={"03": "inferred_place"}))
        assert activity.counted_states(include_weak=False) == ("02",)
        assert activity.counted_states(include_weak=True) == ("02", "03")
        assert activity.named_states == ("02", "03")

    def test_two_places_in_one_state_are_one_state(self) -> None:
        assert one(rows_of("A", states=["02", "02"])).counted_states(include_weak=False) == ("02",)

    def test_a_firm_place_in_a_state_outweighs_a_weak_one_there(self) -> None:
        activity = one(rows_of("A", states=["02"], weak={"02": "inferred_place"}))
        assert activity.counted_states(include_weak=False) == ("02",)


class TestGrades:
    @pytest.mark.parametrize(
        ("verification", "official", "weak", "grade"),
        [
            ("read in the source", True, False, "A"),
            ("read in the source", False, False, "B"),
            ("reported by another source", True, False, "C"),
            ("reported by another source", False, False, "C"),
            ("read in the source", True, True, "D"),
        ],
    )
    def test_a_grade_says_how_well_an_activity_is_documented(
        self, verification: str, official: bool, weak: bool, grade: str
    ) -> None:
        rows = rows_of("A", weak={"02": "undated"}) if weak else rows_of("A", states=["02"])
        rows.activities[0]["verification"] = verification
        assert grade_of(one(rows), frozenset({"S1"} if official else ())) == grade

    def test_every_documented_activity_has_a_grade_and_all_four_occur(self) -> None:
        official = real().official_sources
        grades = Counter(grade_of(a, official) for a in real().ledger.activities)
        assert set(grades) == {"A", "B", "C", "D"}
        assert grades["D"] == sum(a.weak for a in real().ledger.activities)


class TestPriorities:
    def test_they_are_numbered_as_in_the_essay(self) -> None:
        assert list(PILLARS.values()) == [
            "rule_of_law",
            "organised_crime",
            "smart_border",
            "prevention",
            "counter_terrorism",
        ]

    def test_every_documented_activity_has_a_known_priority(self) -> None:
        assert {a.area for a in real().ledger.activities} <= {*PILLARS.values(), "several"}


class TestTheDocumentedLedger:
    def test_every_activity_and_place_on_file_is_there_sorted_by_id(self) -> None:
        activities = real().ledger.activities
        assert len(activities) == rows_on_file("activities")
        assert sum(len(a.places) for a in activities) == rows_on_file("activity_places")
        assert [a.activity_id for a in activities] == sorted(a.activity_id for a in activities)

    def test_no_whole_is_itself_a_part(self) -> None:
        """Parts are taken off one level deep; a part of a part would be added to its whole."""
        by_id = {a.activity_id: a for a in real().ledger.activities}
        assert [a for a in by_id.values() if a.part_of and by_id[a.part_of].part_of] == []

    def test_the_parts_are_those_of_the_juarez_total(self) -> None:
        parts = {a.activity_id: a.part_of for a in real().ledger.activities if a.part_of}
        assert parts == {"M115": "M114", "M116": "M114"}

    def test_no_known_overlap_but_parts_has_dollars_on_both_sides(self) -> None:
        usd = {a.activity_id: a.usd for a in real().ledger.activities}
        for row in real().table("overlaps"):
            one_id, other_id = row["activity_id"], row["other_id"]
            if row["relation"] == "part_of" or one_id == other_id:
                continue
            assert usd[one_id] is None or usd[other_id] is None, (one_id, other_id)

    def test_nothing_that_is_not_merida_is_in_it(self) -> None:
        ids = {a.activity_id for a in real().ledger.activities}
        others = {row["activity_id"] for row in real().table("not_merida")}
        assert others
        assert not ids & others

    def test_pesos_keep_their_original_their_rate_and_their_year(self) -> None:
        m030 = next(a for a in real().ledger.activities if a.activity_id == "M030")
        assert (m030.amount, m030.currency) == (Decimal(23_000_000), "MXN")
        assert (m030.usd, m030.rate, m030.rate_year) == (
            Decimal("1448061.80"),
            Decimal("15.8833"),
            2015,
        )

    def test_undated_pesos_are_not_converted(self) -> None:
        m111 = next(a for a in real().ledger.activities if a.activity_id == "M111")
        assert (m111.amount, m111.usd, m111.rate) == (Decimal(25_000_000), None, None)
