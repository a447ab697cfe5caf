"""The range of every index of one view: what is known, what rules give, what is possible."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given

from geo.atlas import load_atlas
from geo.atlas.indicators import build_indicators
from geo.equity import index_ranges, indices, range_of, unplaced
from geo.equity.summary import NEEDS
from geo.policy import APPROPRIATED_TO_END_USD
from geo.scene import build_scene
from geo.view import View
from tests.strategies import ledgers, views
from tests.toy_ledger import CODES, TOY, Rows, indicator_rows, rows_of, toy_atlas

if TYPE_CHECKING:
    from geo.atlas import Atlas

USD = View(measure="usd")
DEGREES = {"01": "Muy bajo", "02": "Bajo", "03": "Muy alto", "04": "Muy alto"}


def toy(rows: Rows = TOY) -> Atlas:
    """The toy country, its four states marginalized too."""
    more = [
        {
            "state": code,
            "indicator": indicator,
            "year": year,
            "value": value,
            "value_text": text,
            "unit": "",
            "series": series,
            "source": "toy",
            "note": "",
        }
        for code in CODES
        for indicator, year, series, value, text in (
            ("marginalization_index", 2020, "conapo_dp2", 60.0 - int(code), ""),
            ("marginalization_degree", 2020, "conapo_dp2", None, DEGREES[code]),
            ("marginalization_degree", 2010, "conapo_pca", None, DEGREES[code]),
        )
    ]
    return replace(toy_atlas(rows), indicators=build_indicators([*indicator_rows(), *more]))


def test_the_toy_money_can_be_followed_by_hand() -> None:
    """100 dollars each in 01 and 03 of 490 in the ledger, so 290 could have gone anywhere."""
    atlas = toy()
    money = unplaced(atlas, USD)
    assert (money.located, money.ledger, money.ledger_rest) == (20_000, 49_000, 29_000)
    ranges = index_ranges(atlas, USD, "equal")
    border = range_of(ranges, "group_share_border")
    assert border.documented == pytest.approx(100 / 200)
    assert border.ledger is not None
    assert (border.ledger.low, border.ledger.high) == pytest.approx((100 / 490, 390 / 490))
    hoover = range_of(ranges, "hoover")
    assert hoover.documented == pytest.approx(1 / 2)
    assert hoover.ledger is not None
    assert (hoover.ledger.low, hoover.ledger.high) == pytest.approx((0, 390 / 490 - 1 / 4))


def test_a_rule_is_computed_beside_the_documented_and_weak_evidence_without_and_with() -> None:
    """By equal shares 01 gets a third of T03, 02 a third and half of T11, 04 a third."""
    border = range_of(index_ranges(toy(), USD, "equal"), "group_share_border")
    third = 100 / 3
    assert border.attributed["equal"] == pytest.approx((100 + third) / (200 + 100 + 30), abs=1e-4)
    assert border.weak_excluded == border.documented
    assert border.weak_included == pytest.approx(100 / 250), "the offer of 50 goes to 02"


def test_with_weak_evidence_in_the_view_it_is_what_is_documented() -> None:
    border = range_of(index_ranges(toy(), USD.with_(weak="include"), "equal"), "group_share_border")
    assert border.documented == border.weak_included != border.weak_excluded
    assert border.ledger is not None
    assert border.ledger.low == pytest.approx(100 / 490)


def test_activities_have_no_money_to_spend_but_the_other_values() -> None:
    for one in index_ranges(toy(), View(), "population"):
        assert one.ledger is None
        assert one.appropriated is None
        assert set(one.attributed) == {"equal", "population", "homicides"}


def test_what_is_told_twice_is_counted_once_where_both_tellings_agree_on_the_state() -> None:
    """M044 renews M025 for certain, M062 may be inside M061: ids of the overlaps on record."""
    rows = (
        rows_of("M025", states=["02"])
        + rows_of("M044", states=["02", "03"])
        + rows_of("M061", states=["01"])
        + rows_of("M062", states=["01"])
    )
    border = range_of(index_ranges(toy(rows), View(), "equal"), "group_share_border")
    assert border.documented == pytest.approx(2 / 5)
    assert border.overlaps_certain_once == pytest.approx(2 / 4)
    assert border.overlaps_once == pytest.approx(1 / 3)
    assert border.alternatives[0] == pytest.approx(1 / 3)


def test_dollars_told_twice_are_counted_once_too() -> None:
    rows = rows_of("M025", states=["02"], usd="30", separable=True) + rows_of(
        "M044", states=["02"], usd="10", separable=True
    )
    rows += rows_of("T01", states=["01"], usd="30", separable=True)
    border = range_of(index_ranges(toy(rows), USD, "equal"), "group_share_border")
    assert border.documented == pytest.approx(30 / 70)
    assert border.overlaps_certain_once == pytest.approx(30 / 60)


@pytest.mark.parametrize(
    "filtered",
    [{"pillar": (4,)}, {"from_year": 2012}, {"to_year": 2016}, {"found": "systematic"}],
)
def test_what_was_appropriated_is_no_yardstick_for_a_part(filtered: dict[str, object]) -> None:
    view = USD.with_(**filtered)
    assert unplaced(toy(), view).appropriated_rest is None
    assert all(one.appropriated is None for one in index_ranges(toy(), view, "population"))


def test_what_was_appropriated_is_the_yardstick_of_the_whole() -> None:
    money = unplaced(load_atlas(), USD)
    assert money.appropriated_rest == APPROPRIATED_TO_END_USD * 100 - money.located
    wide = index_ranges(load_atlas(), USD, "population")
    for one in wide:
        assert one.ledger is not None
        assert one.appropriated is not None
        assert one.appropriated.high_at.sum() == pytest.approx(float(APPROPRIATED_TO_END_USD))


@pytest.mark.parametrize("need", NEEDS)
def test_more_money_without_a_place_leaves_less_known_of_the_real_ledger(need: str) -> None:
    for one in index_ranges(load_atlas(), USD, need):
        assert one.ledger is not None
        assert one.appropriated is not None
        assert one.appropriated.low <= one.ledger.low + 1e-9
        assert one.ledger.low < one.ledger.high
        assert one.ledger.high <= one.appropriated.high + 1e-9


def test_the_names_are_unique_and_what_a_reader_did_not_ask_for_changes_nothing() -> None:
    ranges = index_ranges(load_atlas(), USD, "population")
    assert len({one.name for one in ranges}) == len(ranges)
    same = USD.with_(
        evidence="attributed", split="homicides", per="poverty", show="ratio", state="09", k=7
    )
    assert index_ranges(load_atlas(), same, "population") is ranges
    assert index_ranges(load_atlas(), USD) is ranges, "population is the need of a plain view"


def test_an_unknown_need_or_name_is_refused() -> None:
    with pytest.raises(ValueError, match="rainfall"):
        index_ranges(toy(), USD, "rainfall")
    with pytest.raises(KeyError):
        range_of(index_ranges(toy(), USD, "equal"), "rainfall")


@given(ledgers(), views())
def test_any_ledger_and_view_have_ranges_that_hold_the_documented_value(
    rows: Rows, view: View
) -> None:
    atlas = toy(rows)
    scene = build_scene(atlas, view.with_(evidence="documented"))
    amounts = [state.measure.amount or 0.0 for state in scene.states]
    for one in index_ranges(atlas, view, "equal"):
        if one.name == "gini":
            assert one.documented == pytest.approx(indices.gini(amounts), nan_ok=True)
        assert (one.ledger is None) == (view.measure == "activities")
        if one.ledger is not None:
            # Every rule, and weak evidence, leaves each state at least what is documented.
            for value in (one.documented, *one.attributed.values(), one.weak_included):
                assert np.isnan(value) or one.ledger.low - 1e-9 <= value <= one.ledger.high + 1e-9
        if not np.isnan(one.documented):
            assert one.alternatives[0] <= one.documented <= one.alternatives[1]
