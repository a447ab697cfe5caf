"""The scene: one set of numbers for everything that shows it, and the laws they keep."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.atlas import Atlas, load_atlas
from geo.atlas.indicators import build_indicators
from geo.atlas.ledger import build_ledger
from geo.atlas.tables import read_table
from geo.language import speech
from geo.scene import (
    NO_DATA,
    NOT_APPLICABLE,
    VALUE,
    ZERO,
    Scene,
    build_scene,
    municipalities_reached,
    parts_of,
    reaching,
)
from geo.view.view import DEFAULT_LAYERS, View
from geo.words import build_legend
from tests.research import researched
from tests.strategies import ledgers, views
from tests.toy_ledger import TOY, Rows, indicator_rows, rows_of, toy_atlas

TABLES = ("activities", "activity_places", "amounts_usd")


@cache
def real() -> Atlas:
    return load_atlas()


def shown(scene: Scene) -> dict[str, float | None]:
    return {state.code: state.value for state in scene.states}


class TestTheToyCountryByHand:
    def test_documented_activities(self) -> None:
        scene = build_scene(toy_atlas(), View())
        assert shown(scene) == {"01": 3.0, "02": 2.0, "03": 1.0, "04": 2.0}
        assert (scene.total, scene.located, scene.not_located) == (8.0, 6.0, 5.0)
        assert [state.rank for state in scene.states] == [1, 2, 4, 2]
        assert (scene.border.amount, scene.border.share) == (3.0, 3 / 8)
        assert scene.border.need_share == pytest.approx(0.1)
        assert scene.sez.states == ("03",)

    def test_documented_dollars_leave_states_without_a_figure_without_a_number(self) -> None:
        scene = build_scene(toy_atlas(), View(measure="usd"))
        assert shown(scene) == {"01": 100.0, "02": None, "03": 100.0, "04": None}
        assert scene.state("02").status == NO_DATA
        assert (scene.located_cents, scene.ledger_cents) == (200_00, 490_00)
        assert {line.reason: line.cents for line in scene.remainder if line.cents} == {
            "several_states": 160_00,
            "covers_more": 70_00,
            "offer_or_plan": 50_00,
            "no_place": 10_00,
        }
        assert scene.without_amount == 3

    def test_activities_shared_by_homicides(self) -> None:
        scene = build_scene(toy_atlas(), View(evidence="attributed", split="homicides"))
        assert scene.state("01").value == pytest.approx(1 + 1 / 7 + 1)
        assert scene.state("02").value == pytest.approx(2 / 7 + 2 / 5)
        assert scene.located == pytest.approx(6 - 3 / 5)
        assert scene.not_located == pytest.approx(5 + 3 / 5)

    def test_a_rate_per_thousand_homicides_of_the_years_chosen(self) -> None:
        scene = build_scene(toy_atlas(), View(per="homicides", from_year=2010, to_year=2014))
        assert scene.state("01").measure.need == 50.0
        assert scene.state("01").value == pytest.approx(2 / 50 * 1000)

    def test_the_gap_to_parity(self) -> None:
        scene = build_scene(toy_atlas(), View(show="gap"))
        assert scene.state("01").value == pytest.approx(3 - 0.8)
        assert scene.state("04").value == pytest.approx(2 - 3.2)
        assert scene.classes.centre == 0

    def test_what_reaches_a_state_leaves_out_parts_and_weak_evidence(self) -> None:
        scene = build_scene(toy_atlas(), View())
        assert [a.activity_id for a in reaching(scene, "01")] == ["T01", "T03", "T09"]
        assert [a.activity_id for a in reaching(scene, "02")] == ["T03", "T11"]
        weak = build_scene(toy_atlas(), View(weak="include"))
        assert [a.activity_id for a in reaching(weak, "02")] == ["T03", "T04", "T08", "T11"]

    def test_the_parts_of_a_whole_can_be_named(self) -> None:
        atlas = toy_atlas()
        whole = atlas.ledger.activities[0]
        assert [part.activity_id for part in parts_of(atlas, whole)] == ["T02"]

    def test_municipalities_count_activities_and_not_places(self) -> None:
        rows = rows_of("A", states=["01", "01"]) + rows_of("B", states=["01"])
        assert municipalities_reached(build_scene(toy_atlas(rows), View())) == {"01001": 2}

    def test_an_empty_ledger_has_zeros_and_nothing_to_compare(self) -> None:
        empty = toy_atlas(Rows((), (), ()))
        assert {s.status for s in build_scene(empty, View()).states} == {ZERO}
        assert {s.status for s in build_scene(empty, View(show="ratio")).states} == {NOT_APPLICABLE}
        assert {s.status for s in build_scene(empty, View(measure="usd")).states} == {NO_DATA}


def assert_conserves(atlas: Atlas, view: View) -> None:
    scene = build_scene(atlas, view)
    chosen = atlas.ledger.select(view).activities
    with_usd = {a.activity_id: a for a in chosen if a.usd is not None}
    constant = view.prices_of is not None
    total = sum(
        (a.dollars(constant=constant) or Decimal(0))
        for a in with_usd.values()
        if a.part_of not in with_usd
    )
    assert scene.ledger_cents == int(total * 100)
    rest = sum(line.cents for line in scene.remainder)
    assert scene.located_cents + rest == scene.ledger_cents
    assert sum(state.cents or 0 for state in scene.states) == scene.located_cents
    assert scene.located + scene.not_located == pytest.approx(len(chosen), abs=1e-9)
    assert sum(line.activities for line in scene.remainder) == pytest.approx(scene.not_located)
    assert len(chosen) + scene.selection.left_out == len(atlas.ledger)


class TestNothingIsLost:
    @given(ledgers(), views())
    def test_dollars_and_activities_add_up_for_every_filter_and_rule(
        self, rows: Rows, view: View
    ) -> None:
        assert_conserves(toy_atlas(rows), view)

    @given(views())
    def test_they_do_in_the_documented_ledger(self, view: View) -> None:
        assert_conserves(real(), view)

    @given(views(evidence="documented"))
    def test_a_documented_only_view_holds_no_split_amount(self, view: View) -> None:
        scene = build_scene(real(), view)
        for state in scene.states:
            whole = [
                int((a.dollars(constant=view.prices_of is not None) or Decimal(0)) * 100)
                for a in scene.selection.activities
                if a.separable and a.named_states == (state.code,) and a.usd is not None
            ]
            assert (state.cents is None) or state.cents <= sum(whole)
            assert state.cents is None or state.cents in subset_sums(whole)
            if view.measure == "activities" and view.show == "value" and view.per == "none":
                assert state.value == len(reaching(scene, state.code))

    @given(views(evidence="documented", measure="activities", show="value", per="none"))
    def test_the_states_sum_is_of_activity_places_and_never_less_than_the_activities(
        self, view: View
    ) -> None:
        scene = build_scene(real(), view)
        pairs = sum(len(reaching(scene, state.code)) for state in scene.states)
        assert scene.total == pairs >= scene.located

    @given(views(evidence="attributed", measure="activities", show="value", per="none"))
    def test_shared_activities_sum_to_the_located_ones(self, view: View) -> None:
        scene = build_scene(real(), view)
        assert scene.total == pytest.approx(scene.located, abs=1e-9)

    @given(views())
    def test_there_are_32_states_in_order_of_their_code(self, view: View) -> None:
        codes = [state.code for state in build_scene(real(), view).states]
        assert codes == [f"{number:02d}" for number in range(1, 33)]


def subset_sums(amounts: list[int]) -> set[int]:
    sums = {0}
    for amount in amounts:
        sums |= {one + amount for one in sums}
    return sums


class TestOrderAndUnit:
    @given(ledgers(), views(), st.randoms(use_true_random=False))
    def test_no_number_depends_on_the_order_of_the_rows(
        self, rows: Rows, view: View, chance: random.Random
    ) -> None:
        mixed = Rows(
            tuple(chance.sample(rows.activities, len(rows.activities))),
            tuple(chance.sample(rows.places, len(rows.places))),
            tuple(chance.sample(rows.amounts, len(rows.amounts))),
        )
        needs = indicator_rows()
        chance.shuffle(needs)
        other = replace(toy_atlas(mixed), indicators=build_indicators(needs))
        assert_same(build_scene(toy_atlas(rows), view), build_scene(other, view))

    @given(views(), st.integers(0, 2**32))
    def test_nor_in_the_documented_ledger(self, view: View, seed: int) -> None:
        chance = random.Random(seed)
        activities, places, amounts = (list(read_table(name)) for name in TABLES)
        needs = list(read_table("indicators"))
        for table in (activities, places, amounts, needs):
            chance.shuffle(table)
        ledger = build_ledger(activities, places, amounts)
        mixed = replace(real(), ledger=ledger, indicators=build_indicators(needs))
        assert_same(build_scene(real(), view), build_scene(mixed, view))

    @given(views(measure="usd", evidence="documented"), st.sampled_from([2, 100, 18]))
    def test_no_share_and_no_class_depends_on_the_unit_of_money(
        self, view: View, factor: int
    ) -> None:
        one, other = build_scene(real(), view), build_scene(in_unit(factor), view)
        assert one.border.share == pytest.approx(other.border.share)
        for mine, theirs in zip(one.states, other.states, strict=True):
            assert (mine.rank, mine.status) == (theirs.rank, theirs.status)
            assert mine.klass == theirs.klass
            assert mine.measure.share == pytest.approx(theirs.measure.share)
            assert mine.measure.ratio == pytest.approx(theirs.measure.ratio)

    @given(views(measure="usd", evidence="attributed"), st.sampled_from([2, 100, 18]))
    def test_a_split_depends_on_it_by_no_more_than_the_cents_it_is_rounded_to(
        self, view: View, factor: int
    ) -> None:
        one, other = build_scene(real(), view), build_scene(in_unit(factor), view)
        for mine, theirs in zip(one.states, other.states, strict=True):
            assert mine.measure.share == pytest.approx(theirs.measure.share, abs=1e-6)


@cache
def in_unit(factor: int) -> Atlas:
    """The documented ledger with every amount in another unit of money."""
    activities, places, amounts = (read_table(name) for name in TABLES)
    other = [
        row | {"amount_usd": row["amount_usd"] and row["amount_usd"] * factor} for row in amounts
    ]
    return replace(real(), ledger=build_ledger(activities, places, other))


def assert_same(one: Scene, other: Scene) -> None:
    assert one.states == other.states
    assert one.classes == other.classes or one.classes.count == other.classes.count == 0
    for name in (
        "unit",
        "total",
        "located",
        "not_located",
        "located_cents",
        "ledger_cents",
        "remainder",
        "without_amount",
        "border",
        "sez",
        "source_ids",
    ):
        assert getattr(one, name) == getattr(other, name), name


class TestRanksAndClasses:
    @given(views())
    def test_a_rank_counts_the_states_above(self, view: View) -> None:
        scene = build_scene(real(), view)
        for state in scene.states:
            if state.value is None or not any(s.value for s in scene.states):
                assert state.rank is None
            else:
                above = [s for s in scene.states if s.value is not None and s.value > state.value]
                assert state.rank == len(above) + 1

    @given(views())
    def test_the_ranking_runs_from_the_highest_down_and_ends_with_those_without_a_number(
        self, view: View
    ) -> None:
        values = [state.value for state in build_scene(real(), view).ranked]
        known = [value for value in values if value is not None]
        assert values == sorted(known, reverse=True) + [None] * (len(values) - len(known))

    @given(views())
    def test_every_value_has_the_class_its_size_gives_and_no_other_status_has_one(
        self, view: View
    ) -> None:
        scene = build_scene(real(), view)
        for state in scene.states:
            if state.status == VALUE and state.value is not None:
                assert state.klass == scene.classes.index_of(state.value)
            else:
                assert state.klass is None

    @given(views())
    def test_the_states_in_the_legend_add_up_to_32(self, view: View) -> None:
        scene = build_scene(real(), view)
        legend = build_legend(scene, speech("en"))
        assert sum(row.states for row in (*legend.classes, *legend.others)) == 32
        assert all(row.states for row in (*legend.classes, *legend.others))
        counts = Counter(state.klass for state in scene.states if state.klass is not None)
        assert [row.states for row in reversed(legend.classes)] == [
            counts[index] for index in range(scene.classes.count)
        ]

    @given(views(show="ratio"))
    def test_above_and_below_parity_never_share_a_class(self, view: View) -> None:
        scene = build_scene(real(), view)
        for state in scene.states:
            if state.klass is not None and state.value is not None:
                assert (state.klass < scene.classes.below) == (state.value < 1)


class TestCaching:
    @given(views(), st.sampled_from(["", "09", "30"]), st.sampled_from(["en", "es"]))
    def test_selection_layers_and_language_reuse_the_same_scene(
        self, view: View, state: str, lang: str
    ) -> None:
        other = view.with_(state=state, lang=lang, layers=DEFAULT_LAYERS)
        assert build_scene(real(), view) is build_scene(real(), other)

    def test_two_loadings_of_the_data_are_never_mixed_up(self) -> None:
        assert build_scene(toy_atlas(), View()) is not build_scene(toy_atlas(TOY), View())


NATIVE = Decimal(20_937_046 - 23_000 + 423_425)
"""Dollars that a source ties to one state: the first search, M058 without its payer, Yucatán."""


class TestTheResearch:
    """Numbers the research states, each reproduced from the ledger by the view that shows it."""

    def test_37_percent_of_187_pairs_for_18_percent_of_the_people(self) -> None:
        scene = build_scene(researched(), View())
        assert (scene.total, scene.border.amount) == (187, 69)
        assert round(100 * (scene.border.share or 0), 1) == 36.9
        assert round(100 * scene.border.need_share) == 18
        assert scene.border.states == ("02", "05", "08", "19", "26", "28")

    def test_93_activities_located_114_not_and_2_parts(self) -> None:
        scene = build_scene(researched(), View())
        parts = {line.reason: line.activities for line in scene.remainder}["part_of_whole"]
        assert (scene.located, scene.not_located - parts, parts) == (93, 114, 2)

    def test_every_state_has_a_firm_activity(self) -> None:
        scene = build_scene(researched(), View())
        assert sum(state.status == VALUE for state in scene.states) == 32

    @pytest.mark.parametrize(
        ("found", "border", "others"),
        [
            ("systematic", 19, 46),
            ("systematic1", 12, 25),
            ("systematic2", 7, 21),
            ("targeted", 50, 72),
            ("all", 69, 118),
        ],
    )
    def test_pairs_of_the_border_and_of_the_other_states_by_search(
        self, found: str, border: int, others: int
    ) -> None:
        scene = build_scene(researched(), View(found=found))
        assert (scene.border.amount, scene.total - scene.border.amount) == (border, others)

    def test_of_12_prevention_activities_10_touch_the_border_and_none_veracruz(self) -> None:
        scene = build_scene(researched(), View(pillar=(4,)))
        border = {a for code in scene.border.states for a in reaching(scene, code)}
        assert (scene.located, len(border)) == (12, 10)
        assert scene.state("30").value == 0

    def test_of_71_rule_of_law_activities_54_touch_other_states(self) -> None:
        scene = build_scene(researched(), View(pillar=(1,)))
        others = {
            a
            for state in scene.states
            if state.code not in scene.border.states
            for a in reaching(scene, state.code)
        }
        assert (scene.located, len(others)) == (71, 54)

    def test_dollars_of_one_state_promises_left_out(self) -> None:
        scene = build_scene(researched(), View(measure="usd"))
        native = {
            state.code: sum(
                a.usd or 0
                for a in reaching(scene, state.code)
                if a.currency == "USD" and a.separable and len(a.named_states) == 1
            )
            for state in scene.states
        }
        assert {code: usd for code, usd in native.items() if usd} == {
            "08": Decimal("14000000.00"),
            "21": Decimal("5000000.00"),
            "31": Decimal("423425.00"),
            "32": Decimal("1600000.00"),
            "14": Decimal("314046.00"),
        }
        assert sum(native.values()) == NATIVE

    def test_what_else_the_map_of_dollars_holds_are_gifts_in_pesos(self) -> None:
        scene = build_scene(researched(), View(measure="usd"))
        pesos = Decimal("105757.43") + Decimal("36381.21")
        assert Decimal(scene.located_cents) / 100 == NATIVE + pesos == Decimal("21479609.64")

    def test_promises_add_6_7_million(self) -> None:
        firm = build_scene(researched(), View(measure="usd"))
        weak = build_scene(researched(), View(measure="usd", weak="include"))
        promised = {
            code: (weak.state(code).cents or 0) - (firm.state(code).cents or 0)
            for code in ("28", "20", "29")
        }
        assert promised == {"28": 4_000_000_00, "20": 2_200_000_00, "29": 500_000_00}

    def test_veracruz_has_two_firm_activities_and_eight_weak_ones(self) -> None:
        firm = build_scene(researched(), View())
        weak = build_scene(researched(), View(weak="include"))
        assert [a.activity_id for a in reaching(firm, "30")] == ["M043", "M162"]
        assert len(reaching(weak, "30")) == 2 + 8
        assert firm.state("30").cents is None

    def test_more_than_half_of_the_dollars_have_no_state_of_their_own(self) -> None:
        scene = build_scene(researched(), View(measure="usd"))
        assert scene.located_cents < scene.ledger_cents / 2
