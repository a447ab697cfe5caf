"""Verdicts follow from the ledger: change it and they turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest

from geo.atlas import Atlas, load_atlas
from geo.equity.claims import finding, load_claims
from geo.equity.claims.incidence_arrays import WAYS, CountingRule, amounts_of, incidence
from geo.equity.claims.statistics import Outcome, binomial_at_most
from geo.equity.claims.verdicts import Because, Verdict, judge, level
from geo.scene import place
from geo.view import FOUND
from tests.claim_ledgers import activity, atlas_of, atlas_with, by_population, in_three_cities
from tests.research import researched
from tests.toy_ledger import Rows, toy_atlas

CLAIMS = load_claims()
TESTABLE = [claim.claim_id for claim in CLAIMS.claims if claim.test.kind != "no_data"]
PERIODS = [(2008, 2016), (2008, 2021), (2017, 2021)]


def verdict_of(claim_id: str, rows: Rows | Callable[[], Rows] | None = None) -> Verdict:
    if rows is None:
        atlas = researched()
    else:
        atlas = atlas_with(rows) if isinstance(rows, Rows) else atlas_of(rows)
    return finding(atlas, CLAIMS.of(claim_id), CLAIMS.written).verdict


@pytest.fixture(scope="module")
def concentrated() -> Rows:
    return in_three_cities()


@pytest.mark.parametrize("claim_id", TESTABLE)
def test_a_ledger_in_proportion_to_population_supports_no_claim(claim_id: str) -> None:
    assert verdict_of(claim_id, by_population) in (Verdict.NOT_AS_WORDED, Verdict.CONTRADICTED)


@pytest.mark.parametrize("claim_id", TESTABLE)
def test_a_ledger_of_nothing_but_three_cities_supports_every_claim(claim_id: str) -> None:
    # That a state has nothing says little of it where all off the border have nothing.
    borrowed = ("sez", "veracruz", "veracruz_prevention")
    expected = Verdict.PARTLY if claim_id in borrowed else Verdict.SUPPORTED
    assert verdict_of(claim_id, in_three_cities) is expected


def test_a_ledger_that_leaves_out_the_zone_states_alone_supports_that_they_got_less() -> None:
    states = load_atlas().states
    rows = Rows((), (), ())
    for number, (code, state) in enumerate(states.items()):
        if not state.sez:
            rows += activity(number, f"{code}001", "rule_of_law")
    assert verdict_of("sez", rows) is Verdict.SUPPORTED


def test_a_ledger_that_leaves_out_veracruz_alone_supports_that_it_had_nothing() -> None:
    rows = Rows((), (), ())
    for number, code in enumerate(c for c in load_atlas().states if c != "30"):
        for again in range(3):
            rows += activity(3 * number + again, f"{code}001", "prevention")
    assert verdict_of("veracruz", rows) is Verdict.SUPPORTED
    assert verdict_of("veracruz_prevention", rows) is Verdict.SUPPORTED


def test_what_has_no_data_cannot_be_tested_whatever_the_ledger() -> None:
    for claim in CLAIMS.claims:
        if claim.test.kind == "no_data":
            found = finding(atlas_of(in_three_cities), claim, CLAIMS.written)
            assert (found.verdict, found.because) == (Verdict.CANNOT_TEST, Because.NO_DATA)


def test_an_empty_ledger_tests_nothing() -> None:
    empty = Rows((), (), ())
    assert {verdict_of(claim_id, empty) for claim_id in TESTABLE} == {Verdict.CANNOT_TEST}


def test_one_firm_activity_in_veracruz_turns_nothing_into_not_as_worded(
    concentrated: Rows,
) -> None:
    one = concentrated + activity(900, "30001", "rule_of_law")
    assert verdict_of("veracruz", one) is Verdict.NOT_AS_WORDED
    assert verdict_of("veracruz_prevention", one) is Verdict.PARTLY


def test_one_weak_activity_in_veracruz_leaves_it_supported_in_part(concentrated: Rows) -> None:
    from tests.toy_ledger import rows_of

    weak = rows_of("M900", weak={"30": "offer_or_plan"}, cvegeo="30001")
    found = finding(atlas_with(concentrated + weak), CLAIMS.of("veracruz"), CLAIMS.written)
    assert (found.verdict, found.because) == (Verdict.PARTLY, Because.WEAK)


def test_as_much_in_veracruz_as_its_people_call_for_contradicts_that_it_had_nothing(
    concentrated: Rows,
) -> None:
    rows = concentrated
    for number in range(900, 915):
        rows += activity(number, "30001", "rule_of_law")
    assert verdict_of("veracruz", rows) is Verdict.CONTRADICTED


def test_few_activities_with_none_in_veracruz_may_be_chance() -> None:
    rows = Rows((), (), ())
    for number in range(6):
        rows += activity(number, "02004", "prevention")
    found = finding(atlas_with(rows), CLAIMS.of("veracruz_prevention"), CLAIMS.written)
    assert (found.verdict, found.because) == (Verdict.PARTLY, Because.CHANCE)


def test_what_began_after_the_essay_does_not_count_for_what_it_said(concentrated: Rows) -> None:
    later = concentrated
    for number in range(900, 980):
        later += activity(number, "30001", "rule_of_law", start="2018", end="2018")
    claim = CLAIMS.of("veracruz")
    atlas = atlas_with(later)
    assert finding(atlas, claim, CLAIMS.written).verdict is Verdict.PARTLY
    assert finding(atlas, claim, CLAIMS.later).readings[0].verdict is Verdict.CONTRADICTED


def test_dollars_decide_only_where_the_rest_could_not_tip_them() -> None:
    claim = CLAIMS.of("prevention_dollars")

    def of(inside: str, outside: str) -> Verdict:
        rows = activity(1, "02004", "prevention", usd=inside)
        return verdict_of(claim.claim_id, rows + activity(2, "30001", "prevention", usd=outside))

    assert of("80000000", "1000000") is Verdict.SUPPORTED
    assert of("1000000", "80000000") is Verdict.CONTRADICTED
    assert of("40000000", "1000000") is Verdict.CANNOT_TEST
    assert of("55000000", "30000000") is Verdict.PARTLY


def test_the_verdicts_on_the_ledger_of_the_research() -> None:
    assert {c: verdict_of(c).value for c in TESTABLE} == {
        "prevention_cities": "not_as_worded",
        "control_cities": "not_as_worded",
        "control_wide": "not_as_worded",
        "prevention_dollars": "cannot_test",
        "border": "partly",
        "confined": "contradicted",
        "veracruz": "not_as_worded",
        "veracruz_prevention": "partly",
        "inequality": "supported",
        "sez": "partly",
    }


# The rule itself


def outcome(value: float, p: float | None = 0.01, activities: int = 50) -> Outcome:
    return Outcome("population", value, value, value, 0.5, 0.2, 5, 10, activities, 0, p)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1.5, "supported"),
        (1.4999, "partly"),
        (1.2, "partly"),
        (1.1999, "not_as_worded"),
        (1.0501, "not_as_worded"),
        (1.05, "contradicted"),
        (0.0, "contradicted"),
    ],
)
def test_a_threshold_belongs_to_the_stronger_word(value: float, expected: str) -> None:
    assert level(CLAIMS.of("border").test, value) == expected
    assert judge(CLAIMS.of("border").test, outcome(value), CLAIMS).verdict == expected


def test_what_chance_does_as_often_as_one_time_in_ten_is_supported_in_part_only() -> None:
    judged = judge(CLAIMS.of("border").test, outcome(3.0, p=0.1), CLAIMS)
    assert (judged.verdict, judged.because) == (Verdict.PARTLY, Because.CHANCE)
    assert judge(CLAIMS.of("border").test, outcome(3.0, p=0.05), CLAIMS).verdict == "supported"


def test_four_activities_are_too_few_and_five_are_not() -> None:
    test = CLAIMS.of("border").test
    assert judge(test, outcome(3.0, activities=4), CLAIMS).because is Because.FEW
    assert judge(test, outcome(3.0, activities=5), CLAIMS).verdict is Verdict.SUPPORTED


def test_other_needs_lower_a_verdict_and_never_raise_it() -> None:
    from geo.equity.claims.verdicts import combine

    test = CLAIMS.of("border").test
    people, other = (judge(test, outcome(v), CLAIMS) for v in (3.0, 1.0))
    assert combine((people, other)) == (Verdict.PARTLY, Because.NEEDS)
    assert combine((other, people)) == (Verdict.NOT_AS_WORDED, Because.NEEDS)
    assert combine((people, people))[0] is Verdict.SUPPORTED
    assert combine((other, other))[0] is Verdict.CONTRADICTED


def test_the_chance_of_none_is_that_of_missing_every_time() -> None:
    assert binomial_at_most(0, 17, 0.064) == pytest.approx((1 - 0.064) ** 17)
    assert binomial_at_most(17, 17, 0.3) == pytest.approx(1)


# The arrays behind it


@pytest.mark.parametrize("atlas", [load_atlas(), toy_atlas()], ids=["real", "toy"])
def test_the_arrays_give_what_placing_gives_for_every_selection(atlas: Atlas) -> None:
    looked_at = 0
    for (evidence, split), weak, found, pillars, (first, last) in product(
        WAYS, (False, True), FOUND, ((), (4,), (1, 2)), PERIODS
    ):
        selection = CountingRule(evidence, split, weak, found, pillars, first, last)
        placed = place(atlas, selection.view)
        expected = placed.reached if placed.parts is None else placed.parts
        amounts = dict(zip(atlas.states, amounts_of(atlas, selection), strict=True))
        assert amounts == pytest.approx({c: float(expected.get(c, 0)) for c in atlas.states})
        looked_at += sum(amounts.values()) > 0
    assert looked_at > 10


def test_a_ledger_in_another_order_gives_the_same_arrays() -> None:
    atlas = load_atlas()
    turned = replace(atlas.ledger, activities=tuple(reversed(atlas.ledger.activities)))
    other = replace(atlas, ledger=turned)
    assert (amounts_of(atlas, CountingRule()) == amounts_of(other, CountingRule())).all()
    assert set(incidence(atlas).places) == set(incidence(other).places)
