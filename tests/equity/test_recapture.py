"""Recapture: published numbers, every deal tried on small cases, and what the data say."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import comb, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.atlas import load_atlas
from geo.equity import completeness
from geo.equity.recapture import Catches, chapman, fisher_exact
from tests.claim_ledgers import activity, atlas_with

SMALL = st.integers(0, 8)
FOUR = st.tuples(SMALL, SMALL, SMALL, SMALL)


class TestPublishedNumbers:
    def test_the_lady_tasting_tea(self) -> None:
        """Fisher 1935, *The Design of Experiments*, chapter 2: one deal of 70 tells all eight."""
        assert fisher_exact(4, 0, 0, 4) == pytest.approx(2 / 70)
        assert fisher_exact(3, 1, 1, 3) == pytest.approx(34 / 70)

    def test_the_convictions_of_twins(self) -> None:
        """Fisher 1962, as in R's `?fisher.test`: p = 0.0005367 for 2 of 12 against 15 of 18."""
        assert fisher_exact(2, 10, 15, 3) == pytest.approx(0.0005367, abs=5e-8)

    def test_the_whales_and_sharks_of_scipys_manual(self) -> None:
        assert fisher_exact(8, 2, 1, 5) == pytest.approx(0.034965034965)

    @pytest.mark.parametrize(
        ("caught", "number", "error"),
        [
            # The turtles of the usual textbook example (Lincoln and Petersen alone: 30).
            ((10, 15, 5), 28.33, 5.91),
            # 100 and 100 with 20 in both, the example of R's `recapr` (NChapman, vChapman):
            # 101 x 101 / 21 - 1 and 101 x 101 x 80 x 80 / (22 x 21 x 21).
            ((100, 100, 20), 484.76, 82.03),
        ],
    )
    def test_chapmans_estimate(
        self, caught: tuple[int, int, int], number: float, error: float
    ) -> None:
        assert chapman(*caught) == (pytest.approx(number, abs=5e-3), pytest.approx(error, abs=5e-3))

    def test_a_second_catch_of_all_there_is_leaves_nothing_to_estimate(self) -> None:
        assert chapman(7, 7, 7) == (7.0, 0.0)
        assert chapman(0, 5, 0) == (5.0, 0.0)

    @pytest.mark.parametrize("caught", [(3, 5, 4), (3, 5, -1), (5, 3, 4)])
    def test_more_met_again_than_caught_is_refused(self, caught: tuple[int, int, int]) -> None:
        with pytest.raises(ValueError, match="in both catches"):
            chapman(*caught)

    def test_a_negative_count_is_refused(self) -> None:
        with pytest.raises(ValueError, match="negative"):
            fisher_exact(1, -1, 2, 3)


class TestEveryDealTried:
    @given(FOUR)
    def test_fishers_p_is_the_share_of_deals_that_are_no_likelier(
        self, table: tuple[int, int, int, int]
    ) -> None:
        a, b, c, d = table
        size, yes = a + b, a + c
        if a + b + c + d > 12:
            return
        hits = [
            sum(1 for one in drawn if one < size)
            for drawn in combinations(range(a + b + c + d), yes)
        ]
        as_often = {k: hits.count(k) for k in set(hits)}
        extreme = sum(n for n in as_often.values() if n <= as_often[a])
        assert fisher_exact(*table) == pytest.approx(extreme / len(hits))

    @given(FOUR)
    def test_fishers_p_is_scipys_and_knows_no_order(self, table: tuple[int, int, int, int]) -> None:
        from scipy.stats import fisher_exact as scipy_fisher

        a, b, c, d = table
        p = fisher_exact(a, b, c, d)
        assert 0 < p <= 1
        assert p == pytest.approx(float(scipy_fisher([[a, b], [c, d]]).pvalue), abs=1e-9)
        assert p == fisher_exact(c, d, a, b) == fisher_exact(b, a, d, c) == fisher_exact(a, c, b, d)

    @pytest.mark.parametrize(("all_", "first", "second"), [(6, 4, 3), (8, 5, 5), (10, 6, 7)])
    def test_chapmans_mean_over_all_second_catches_is_the_number_there_is(
        self, all_: int, first: int, second: int
    ) -> None:
        """And the mean of its squared errors is that of its distance, where n1 + n2 >= N."""
        found = [
            chapman(first, second, sum(1 for one in caught if one < first))
            for caught in combinations(range(all_), second)
        ]
        assert len(found) == comb(all_, second)
        mean = sum(number for number, _ in found) / len(found)
        assert mean == pytest.approx(all_)
        spread = sum((number - all_) ** 2 for number, _ in found) / len(found)
        assert sum(error**2 for _, error in found) / len(found) == pytest.approx(spread)

    @given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
    def test_an_estimate_is_never_below_what_is_in_hand(self, one: int, other: int, m: int) -> None:
        both = min(one, other, m)
        number, error = chapman(one, other, both)
        assert number >= one + other - both - 1e-9
        assert error >= 0
        assert chapman(other, one, both) == (number, error)

    @given(st.integers(1, 60), st.integers(0, 60))
    def test_the_range_of_a_rate_is_clopper_and_pearsons(self, known: int, m: int) -> None:
        from scipy.stats import beta

        met = min(m, known)
        rate = Catches(known, known, met).rate
        low = float(beta.ppf(0.025, met, known - met + 1)) if met else 0.0
        high = float(beta.ppf(0.975, met + 1, known - met)) if met < known else 1.0
        assert (rate.low, rate.high) == (
            pytest.approx(low, abs=1e-6),
            pytest.approx(high, abs=1e-6),
        )


class TestTheData:
    def test_the_regions_make_up_the_table_and_the_log_by_state(self) -> None:
        atlas, found = load_atlas(), completeness(load_atlas())
        rows, log = atlas.table("recapture"), atlas.table("search_effort2")
        assert found.known == len(rows) == sum(row["firm_pairs_in_ledger_then"] for row in log)
        assert found.met == sum(row["firm_pairs_met_again"] for row in log)
        assert found.same_source == sum(row["by_same_source_only"] for row in log)
        for catches, inside in ((found.border, True), (found.others, False)):
            own = [row for row in log if (row["state"] in atlas.border) is inside]
            assert catches.first == sum(row["firm_pairs_in_ledger_then"] for row in own)
            assert catches.both == sum(row["firm_pairs_met_again"] for row in own)
            assert catches.second == catches.both + sum(row["new_firm"] for row in own)

    def test_every_state_agrees_with_the_log_of_the_search(self) -> None:
        rows = load_atlas().table("recapture")
        for row in load_atlas().table("search_effort2"):
            own = [pair for pair in rows if pair["state"] == row["state"]]
            assert len(own) == row["firm_pairs_in_ledger_then"], row["state"]
            assert sum(pair["met_again"] for pair in own) == row["firm_pairs_met_again"]
            assert sum(bool(pair["by_same_source"]) for pair in own) == row["by_same_source_only"]

    def test_the_figures_are_those_of_the_research(self) -> None:
        """`MERGE2.md` section 2: what the search log itself gives, before any was computed here."""
        found = completeness(load_atlas())
        assert found.border == Catches(50, 25, 18)
        assert found.others == Catches(68, 46, 25)
        assert found.border_alone == Catches(12, 25, 5)
        assert found.others_alone == Catches(25, 45, 10)
        estimated = [
            tuple(map(round, one.all))
            for one in (found.border, found.others, found.border_alone, found.others_alone)
        ]
        assert estimated == [(69, 6), (124, 13), (55, 14), (108, 21)]
        assert found.p == fisher_exact(18, 32, 25, 43)

    def test_another_ledger_changes_only_what_is_firm_today(self) -> None:
        found = completeness(load_atlas())
        other = completeness(atlas_with(activity(901, "02004", "prevention")))
        # The table is of the atlas's data, not of its ledger; only what is firm today may differ.
        assert (other.border.first, other.border.both) == (found.border.first, found.border.both)
        assert other.border_alone == Catches(0, 0, 0)


def test_the_error_is_the_root_of_the_stated_variance() -> None:
    number, error = chapman(50, 25, 18)
    assert number == pytest.approx(float(Fraction(51 * 26, 19) - 1))
    assert error == pytest.approx(sqrt(51 * 26 * 32 * 7 / (19**2 * 20)))
