"""Measures: shares, ratios and gaps, by hand and for any amounts."""

from __future__ import annotations

from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.scene.measures import (
    NO_DATA,
    NOT_APPLICABLE,
    VALUE,
    ZERO,
    StateMeasure,
    measure_states,
    status_of,
    unit_of,
)
from geo.view import View
from tests.strategies import views
from tests.toy_ledger import PEOPLE

AMOUNT = st.one_of(st.none(), st.just(0.0), st.floats(0.01, 1e12))
NEED = st.floats(1.0, 1e9)
COUNTRIES = st.integers(1, 32).flatmap(
    lambda n: st.tuples(
        st.lists(AMOUNT, min_size=n, max_size=n), st.lists(NEED, min_size=n, max_size=n)
    )
)
Country = tuple[list[float | None], list[float]]


def measured(country: Country, need: str = "population") -> dict[str, StateMeasure]:
    amounts, needs = country
    codes = [f"{number:02d}" for number in range(1, len(amounts) + 1)]
    return measure_states(
        dict(zip(codes, amounts, strict=True)), dict(zip(codes, needs, strict=True)), need
    )


class TestByHand:
    AMOUNTS: ClassVar = {"01": 3.0, "02": 2.0, "03": 1.0, "04": 2.0}

    def test_share_ratio_gap_and_rate(self) -> None:
        north = measure_states(self.AMOUNTS, PEOPLE, "population")["01"]
        assert north.share == pytest.approx(3 / 8)
        assert north.need_share == pytest.approx(0.1)
        assert north.ratio == pytest.approx(3.75)
        assert north.gap == pytest.approx(3 - 0.8)
        assert north.rate == pytest.approx(3.0)

    def test_a_rate_per_homicide_is_per_thousand(self) -> None:
        rate = measure_states({"01": 3.0}, {"01": 500.0}, "homicides")["01"].rate
        assert rate == pytest.approx(6.0)

    def test_a_state_without_a_published_amount_has_no_number_of_any_kind(self) -> None:
        west = measure_states(self.AMOUNTS | {"04": None}, PEOPLE, "population")["04"]
        assert (west.amount, west.rate, west.share, west.ratio, west.gap) == (None,) * 5
        assert west.need_share == pytest.approx(0.4)

    def test_where_nothing_is_located_there_is_nothing_to_compare(self) -> None:
        nothing = measure_states(dict.fromkeys(PEOPLE, 0.0), PEOPLE, "population")
        for state in nothing.values():
            assert (state.amount, state.rate) == (0.0, 0.0)
            assert (state.share, state.ratio, state.gap) == (None, None, None)


class TestForAnyCountry:
    @given(COUNTRIES)
    def test_shares_add_up_to_one_and_gaps_to_zero(self, country: Country) -> None:
        states = measured(country).values()
        shares = [state.share for state in states if state.share is not None]
        gaps = [state.gap for state in states if state.gap is not None]
        if shares:
            assert sum(shares) == pytest.approx(1)
        if len(gaps) == len(states):
            assert sum(gaps) == pytest.approx(0, abs=1e-9 * sum(a or 0 for a in country[0]))

    @given(COUNTRIES)
    def test_a_ratio_above_one_is_a_gap_above_zero(self, country: Country) -> None:
        for state in measured(country).values():
            if state.ratio is None or state.gap is None or state.ratio == pytest.approx(1):
                continue
            assert (state.ratio > 1) == (state.gap > 0)

    @given(COUNTRIES, st.sampled_from([0.001, 7.0, 18.9112, 1e6]))
    def test_no_share_and_no_ratio_depends_on_the_unit_of_money(
        self, country: Country, factor: float
    ) -> None:
        amounts, needs = country
        other = [None if amount is None else amount * factor for amount in amounts]
        for one, two in zip(
            measured((amounts, needs)).values(), measured((other, needs)).values(), strict=True
        ):
            assert one.share == pytest.approx(two.share)
            assert one.ratio == pytest.approx(two.ratio)

    @given(COUNTRIES, st.sampled_from([0.001, 12.0, 1e5]))
    def test_no_ratio_depends_on_the_unit_of_need(self, country: Country, factor: float) -> None:
        amounts, needs = country
        other = [need * factor for need in needs]
        for one, two in zip(
            measured((amounts, needs)).values(), measured((amounts, other)).values(), strict=True
        ):
            assert one.ratio == pytest.approx(two.ratio)

    @given(COUNTRIES)
    def test_aid_in_proportion_to_need_is_parity_everywhere(self, country: Country) -> None:
        needs = country[1]
        for state in measured(([need * 3 for need in needs], needs)).values():
            assert state.ratio == pytest.approx(1)
            assert state.gap == pytest.approx(0, abs=1e-6 * sum(needs))

    @given(COUNTRIES, views())
    def test_every_number_shown_has_its_status(self, country: Country, view: View) -> None:
        for state in measured(country, view.need).values():
            value = state.shown(view)
            status = status_of(state, value)
            assert (status in (VALUE, ZERO)) == (value is not None)
            assert (status == ZERO) == (value == 0)
            if value is None:
                assert status == (NO_DATA if state.amount is None else NOT_APPLICABLE)


class TestWhatIsShown:
    STATE = StateMeasure(
        amount=3.0, need=1e6, need_share=0.1, rate=3.5, share=0.4, ratio=3.75, gap=2.2
    )

    @pytest.mark.parametrize(
        ("view", "value"),
        [
            (View(), 3.0),
            (View(per="population"), 3.5),
            (View(show="share"), 0.4),
            (View(show="share", per="poverty"), 0.4),
            (View(show="ratio"), 3.75),
            (View(show="gap", per="homicides"), 2.2),
        ],
    )
    def test_the_view_chooses_which_number_a_state_shows(self, view: View, value: float) -> None:
        assert self.STATE.shown(view) == value

    @pytest.mark.parametrize(
        ("view", "unit"),
        [
            (View(), "activities"),
            (View(measure="usd"), "usd"),
            (View(measure="usd", per="population"), "usd_per_1000000_population"),
            (View(per="homicides"), "activities_per_1000_homicides"),
            (View(show="share", measure="usd"), "share_of_located"),
            (View(show="ratio"), "share_ratio_to_population"),
            (View(show="ratio", per="poverty"), "share_ratio_to_poverty"),
            (View(show="gap", measure="usd", per="poverty"), "usd"),
        ],
    )
    def test_the_unit_says_what_the_number_is(self, view: View, unit: str) -> None:
        assert unit_of(view) == unit
