"""Attribution: nothing is lost, nothing counts twice, no split hides in a documented view."""

from __future__ import annotations

import random
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.atlas import Atlas, load_atlas
from geo.atlas.ledger import Activity, build_ledger
from geo.scene.attribution import (
    REASONS,
    Attribution,
    Rest,
    Share,
    Weight,
    attribute_dollars,
    attribute_presence,
    cents,
    countable_amounts,
    split_weight,
    to_cents,
)
from geo.view import View
from tests.strategies import ledgers, views
from tests.toy_ledger import CODES, DEATHS, PEOPLE, TOY, Rows, rows_of, toy_atlas

NEEDS = {"population": PEOPLE, "homicides": DEATHS}
RULES = ("documented", "equal", "population", "homicides")
RULE = st.sampled_from(RULES)


@cache
def real() -> Atlas:
    return load_atlas()


def weight_of(rule: str, needs: dict[str, dict[str, float]] | None = None) -> Weight | None:
    return None if rule == "documented" else split_weight(rule, needs or NEEDS)


def activities_of(rows: Rows) -> tuple[Activity, ...]:
    return build_ledger(rows.activities, rows.places, rows.amounts).activities


def by_state(attribution: Attribution) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for share, amount in to_cents(attribution)[0]:
        found[share.state] += amount
    return dict(found)


def by_reason(attribution: Attribution) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for rest, amount in to_cents(attribution)[1]:
        found[rest.reason] += amount
    return dict(found)


class TestTheToyLedgerByHand:
    def test_documented_dollars(self) -> None:
        dollars = attribute_dollars(activities_of(TOY), include_weak=False)
        assert by_state(dollars) == {"01": 100_00, "03": 100_00}
        assert by_reason(dollars) == {
            "several_states": 160_00,
            "covers_more": 70_00,
            "offer_or_plan": 50_00,
            "no_place": 10_00,
        }

    def test_dollars_split_equally_with_the_odd_cent_in_the_first_state(self) -> None:
        dollars = attribute_dollars(
            activities_of(TOY), include_weak=False, weight=weight_of("equal")
        )
        assert by_state(dollars) == {"01": 133_34, "02": 63_33, "03": 100_00, "04": 33_33}
        assert by_reason(dollars) == {
            "inferred_place": 30_00,
            "covers_more": 70_00,
            "offer_or_plan": 50_00,
            "no_place": 10_00,
        }

    def test_dollars_split_by_population_with_the_odd_cent_at_the_largest_remainder(self) -> None:
        dollars = attribute_dollars(
            activities_of(TOY), include_weak=False, weight=weight_of("population")
        )
        # 100 over 1 : 2 : 4 is 14.2857, 28.5714, 57.1428; 60 over 2 : 3 is 24 and 36.
        assert by_state(dollars) == {
            "01": 100_00 + 14_29,
            "02": 28_57 + 24_00,
            "03": 100_00,
            "04": 57_14,
        }
        assert by_reason(dollars)["inferred_place"] == 36_00

    def test_weak_evidence_is_added_only_when_asked_for(self) -> None:
        dollars = attribute_dollars(activities_of(TOY), include_weak=True)
        assert by_state(dollars) == {"01": 100_00, "02": 50_00, "03": 100_00}

    def test_documented_presence(self) -> None:
        presence = attribute_presence(activities_of(TOY), include_weak=False)
        reached = defaultdict(set)
        for share in presence.shares:
            reached[share.state].add(share.activity.activity_id)
        assert reached == {
            "01": {"T01", "T03", "T09"},
            "02": {"T03", "T11"},
            "03": {"T07"},
            "04": {"T03", "T06"},
        }
        assert {rest.activity.activity_id: rest.reason for rest in presence.rests} == {
            "T02": "part_of_whole",
            "T04": "offer_or_plan",
            "T05": "federal_institution",
            "T08": "undated",
            "T10": "no_place",
        }

    def test_presence_split_by_homicides(self) -> None:
        presence = attribute_presence(
            activities_of(TOY), include_weak=False, weight=weight_of("homicides")
        )
        parts = {(s.activity.activity_id, s.state): s.part for s in presence.shares}
        assert parts["T03", "01"] == Fraction(10, 70)
        assert parts["T03", "04"] == Fraction(40, 70)
        assert parts["T11", "02"] == Fraction(20, 50)


class TestParts:
    def test_a_part_is_not_added_to_its_selected_whole(self) -> None:
        counted = countable_amounts(activities_of(TOY))
        assert "T02" not in {a.activity_id for a in counted}
        assert sum(a.usd or 0 for a in counted) == Decimal(490)

    def test_a_part_alone_counts_where_its_whole_was_filtered_away(self) -> None:
        rule_of_law = toy_atlas().ledger.select(View(pillar=(1,))).activities
        assert by_state(attribute_dollars(rule_of_law, include_weak=False))["01"] == 30_00

    def test_a_part_is_never_a_presence_of_its_own(self) -> None:
        rule_of_law = toy_atlas().ledger.select(View(pillar=(1,))).activities
        presence = attribute_presence(rule_of_law, include_weak=False)
        assert "T02" not in {share.activity.activity_id for share in presence.shares}

    def test_a_part_counts_where_its_whole_has_no_amount(self) -> None:
        rows = rows_of("A", states=["01"]) + rows_of(
            "B", states=["01"], usd="5", separable=True, part_of="A"
        )
        assert by_state(attribute_dollars(activities_of(rows), include_weak=False)) == {"01": 5_00}

    @given(ledgers(), views(), RULE)
    def test_no_part_ever_adds_to_a_whole_that_is_counted(
        self, rows: Rows, view: View, rule: str
    ) -> None:
        assert_parts_stay_inside(toy_atlas(rows), view, weight_of(rule))

    @given(views())
    def test_nor_in_the_documented_ledger(self, view: View) -> None:
        assert_parts_stay_inside(real(), view, None)

    @pytest.mark.parametrize("pillar", [(), (1,), (2,), (3,), (4,), (5,), (1, 4), (1, 2, 3, 4)])
    def test_the_juarez_total_and_its_parts_are_never_added(self, pillar: tuple[int, ...]) -> None:
        chosen = real().ledger.select(View(pillar=pillar)).activities
        counted = {a.activity_id for a in countable_amounts(chosen)}
        if "M114" in counted:
            assert not counted & {"M115", "M116"}
        else:
            assert counted & {"M115", "M116"} == {a.activity_id for a in chosen} & {"M115", "M116"}


def assert_parts_stay_inside(atlas: Atlas, view: View, weight: Weight | None) -> None:
    chosen = atlas.ledger.select(view).activities
    dollars = attribute_dollars(chosen, include_weak=view.weak == "include", weight=weight)
    pieces: tuple[Share | Rest, ...] = (*dollars.shares, *dollars.rests)
    counted = {piece.activity for piece in pieces}
    ids = {activity.activity_id for activity in counted}
    assert [a.activity_id for a in counted if a.part_of in ids] == []


class TestConservation:
    @given(ledgers(), RULE, st.booleans())
    def test_attributed_and_not_located_dollars_are_the_total_to_the_cent(
        self, rows: Rows, rule: str, weak: bool
    ) -> None:
        activities = activities_of(rows)
        dollars = attribute_dollars(activities, include_weak=weak, weight=weight_of(rule))
        shares, rests = to_cents(dollars)
        per_activity: dict[str, int] = defaultdict(int)
        cents: tuple[tuple[Share | Rest, int], ...] = (*shares, *rests)
        for piece, amount in cents:
            assert amount >= 0
            per_activity[piece.activity.activity_id] += amount
        assert per_activity == {
            a.activity_id: int((a.usd or Decimal(0)) * 100) for a in countable_amounts(activities)
        }

    @given(ledgers(), RULE, st.booleans())
    def test_the_parts_of_an_activity_sum_to_exactly_one(
        self, rows: Rows, rule: str, weak: bool
    ) -> None:
        activities = activities_of(rows)
        weight = weight_of(rule)
        for attribute, expected in (
            (attribute_presence, set(activities)),
            (attribute_dollars, set(countable_amounts(activities))),
        ):
            found = attribute(activities, include_weak=weak, weight=weight)
            assert_parts_sum_to_one(found, expected)

    @given(views(), RULE)
    def test_so_do_they_in_the_documented_ledger(self, view: View, rule: str) -> None:
        needs = {
            name: real().indicators.need(name, real().states, view)
            for name in ("population", "homicides")
        }
        chosen = real().ledger.select(view).activities
        weak = view.weak == "include"
        weight = weight_of(rule, needs)
        assert_parts_sum_to_one(
            attribute_presence(chosen, include_weak=weak, weight=weight), set(chosen)
        )
        assert_parts_sum_to_one(
            attribute_dollars(chosen, include_weak=weak, weight=weight),
            set(countable_amounts(chosen)),
        )

    @given(ledgers(), RULE, st.booleans())
    def test_every_rest_has_a_reason_that_can_be_shown(
        self, rows: Rows, rule: str, weak: bool
    ) -> None:
        activities = activities_of(rows)
        for attribute in (attribute_presence, attribute_dollars):
            found = attribute(activities, include_weak=weak, weight=weight_of(rule))
            assert {rest.reason for rest in found.rests} <= set(REASONS)


def assert_parts_sum_to_one(attribution: Attribution, expected: set[Activity]) -> None:
    sums: dict[Activity, Fraction] = defaultdict(Fraction)
    for share in attribution.shares:
        assert 0 <= share.part <= 1
        sums[share.activity] += share.part
    shared = dict(sums)
    assert all(part <= 1 for part in shared.values())
    for rest in attribution.rests:
        assert 0 < rest.part <= 1
        sums[rest.activity] += rest.part
    assert set(sums) == expected
    assert set(sums.values()) <= {Fraction(1)}


class TestDocumentedOnly:
    @given(ledgers(), st.booleans())
    def test_no_amount_is_ever_split(self, rows: Rows, weak: bool) -> None:
        dollars = attribute_dollars(activities_of(rows), include_weak=weak)
        pieces: tuple[Share | Rest, ...] = (*dollars.shares, *dollars.rests)
        assert {piece.part for piece in pieces} <= {Fraction(1)}

    @given(ledgers(), st.booleans())
    def test_only_an_amount_that_belongs_to_the_one_place_named_reaches_a_state(
        self, rows: Rows, weak: bool
    ) -> None:
        dollars = attribute_dollars(activities_of(rows), include_weak=weak)
        for share in dollars.shares:
            assert share.activity.separable
            assert share.activity.named_states == (share.state,)

    @given(ledgers(), st.booleans(), RULE)
    def test_a_state_is_reached_only_when_a_source_names_it(
        self, rows: Rows, weak: bool, rule: str
    ) -> None:
        for attribute in (attribute_presence, attribute_dollars):
            found = attribute(activities_of(rows), include_weak=weak, weight=weight_of(rule))
            for share in found.shares:
                assert share.state in share.activity.counted_states(include_weak=weak)

    @given(ledgers(), RULE)
    def test_more_evidence_never_takes_anything_from_a_state(self, rows: Rows, rule: str) -> None:
        activities = activities_of(rows)
        weight = weight_of(rule)
        firm = by_state(attribute_dollars(activities, include_weak=False, weight=weight))
        all_of_it = by_state(attribute_dollars(activities, include_weak=True, weight=weight))
        # Remainders of a cent may fall elsewhere once there are more parts to give them to.
        for state, amount in firm.items():
            assert all_of_it[state] >= amount - len(activities)


class TestOrderAndUnit:
    @given(ledgers(), RULE, st.booleans(), st.randoms(use_true_random=False))
    def test_nothing_depends_on_the_order_of_the_rows(
        self, rows: Rows, rule: str, weak: bool, chance: random.Random
    ) -> None:
        mixed = shuffled(rows, chance)
        for attribute in (attribute_presence, attribute_dollars):
            one, other = (
                attribute(activities_of(r), include_weak=weak, weight=weight_of(rule))
                for r in (rows, mixed)
            )
            assert by_state(one) == by_state(other)
            assert by_reason(one) == by_reason(other)

    @given(st.lists(st.integers(1, 10**9), min_size=4, max_size=4), st.integers(2, 10**6))
    def test_a_split_depends_only_on_the_proportions_of_the_weights(
        self, sizes: list[int], factor: int
    ) -> None:
        rows = rows_of("A", states=CODES, usd="12345678.91")
        weights = dict(zip(CODES, map(float, sizes), strict=True))
        larger = {state: size * factor for state, size in weights.items()}
        one, other = (
            by_state(
                attribute_dollars(
                    activities_of(rows),
                    include_weak=False,
                    weight=split_weight("population", {"population": need}),
                )
            )
            for need in (weights, larger)
        )
        assert one == other

    @given(st.lists(st.integers(0, 10**9), min_size=4, max_size=4))
    def test_no_state_gets_a_cent_more_or_less_than_its_exact_share(self, sizes: list[int]) -> None:
        total = 999_99
        weights = dict(zip(CODES, map(float, sizes), strict=True))
        rows = rows_of("A", states=CODES, usd="999.99")
        dollars = attribute_dollars(
            activities_of(rows),
            include_weak=False,
            weight=split_weight("population", {"population": weights}),
        )
        if not any(sizes):
            assert by_reason(dollars) == {"several_states": total}
            return
        for state, amount in by_state(dollars).items():
            assert abs(amount - Fraction(weights[state]) * total / sum(sizes)) < 1


def shuffled(rows: Rows, chance: random.Random) -> Rows:
    def mixed(table: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(chance.sample(table, len(table)))

    return Rows(mixed(rows.activities), mixed(rows.places), mixed(rows.amounts))


@pytest.mark.parametrize(
    ("usd", "whole"), [("0.01", 1), ("1448061.80", 144806180), ("314046", 31404600)]
)
def test_dollars_are_whole_cents(usd: str, whole: int) -> None:
    assert cents(Decimal(usd)) == whole


def test_the_reason_shown_is_the_one_most_of_the_places_carry() -> None:
    rows = rows_of("A", weak={"01": "undated", "02": "undated", "03": "federal_institution"})
    (rest,) = attribute_presence(activities_of(rows), include_weak=False).rests
    assert rest.reason == "undated"
