"""Every objection recomputes, and says so also when it takes something away from the thesis."""

from __future__ import annotations

from fractions import Fraction

import pytest

from geo.atlas import load_atlas
from geo.equity.claims import Verdict, load_claims, recall_of, under_reporting
from geo.equity.claims.objections import Effect, Reply, replies
from geo.scene import build_scene
from geo.view import View
from tests.claim_ledgers import activity, atlas_of, atlas_with, by_population, in_three_cities
from tests.toy_ledger import Rows


@pytest.fixture(scope="module")
def found() -> dict[str, Reply]:
    return {reply.objection: reply for reply in replies(load_atlas())}


def test_the_finding_that_is_objected_to_is_that_of_the_map(found: dict[str, Reply]) -> None:
    scene = build_scene(load_atlas(), View())
    assert found["baseline"].outcome.share == pytest.approx(scene.border.share)
    outcome = found["baseline"].outcome
    assert (outcome.amount, outcome.total) == (scene.border.amount, scene.total)


@pytest.mark.parametrize(
    ("objection", "view"),
    [
        ("homicides", View(per="homicides")),
        ("homicides_before", View(per="homicides", to_year=2016)),
        ("poverty", View(per="poverty")),
        ("after", View(from_year=2017)),
        ("essay_search", View(found="systematic")),
        ("targeted", View(found="targeted")),
        ("hardest", View(found="systematic", per="homicides")),
        ("weak", View(weak="include")),
        ("many_states", View(evidence="attributed")),
    ],
)
def test_an_objection_that_is_a_view_gives_the_numbers_of_that_view(
    found: dict[str, Reply], objection: str, view: View
) -> None:
    border = build_scene(load_atlas(), view).border
    assert found[objection].outcome.share == pytest.approx(border.share)
    assert found[objection].outcome.need_share == pytest.approx(border.need_share)


def test_without_a_state_neither_its_aid_nor_its_people_count(found: dict[str, Reply]) -> None:
    atlas, reply = load_atlas(), found["one_state"]
    assert reply.named == "08"
    scene = build_scene(atlas, View())
    people = {s.code: s.measure.need for s in scene.states}
    gone = scene.state("08").measure.amount
    assert gone is not None
    assert reply.outcome.amount == scene.border.amount - gone
    assert reply.outcome.need_share == pytest.approx(
        sum(people[c] for c in atlas.border if c != "08") / (sum(people.values()) - people["08"])
    )


def test_leaving_out_any_other_border_state_takes_less_away(found: dict[str, Reply]) -> None:
    atlas, scene = load_atlas(), build_scene(load_atlas(), View())
    people = {s.code: s.measure.need for s in scene.states}
    for code in atlas.border:
        gone = scene.state(code).measure.amount
        assert gone is not None
        share = (scene.border.amount - gone) / (scene.total - gone)
        need = sum(people[c] for c in atlas.border if c != code)
        ratio = share / (need / (sum(people.values()) - people[code]))
        assert ratio >= found["one_state"].outcome.value - 1e-9


def test_the_objections_that_take_something_away_are_told_as_such(found: dict[str, Reply]) -> None:
    effects = {name: reply.effect for name, reply in found.items()}
    assert effects["homicides"] is Effect.WEAKENS
    assert effects["essay_search"] is Effect.STANDS
    assert effects["hardest"] is Effect.FALLS
    assert effects["money"] is Effect.CANNOT_TELL
    assert effects["one_priority"] is Effect.STANDS


def test_with_a_fair_ledger_every_objection_but_that_of_poverty_finds_nothing() -> None:
    for reply in replies(atlas_of(by_population)):
        if reply.verdict is not Verdict.CANNOT_TEST and reply.objection != "poverty":
            assert reply.verdict in (Verdict.CONTRADICTED, Verdict.NOT_AS_WORDED), reply.objection


def test_with_three_cities_nothing_that_can_be_tested_takes_the_finding_away() -> None:
    for reply in replies(atlas_of(in_three_cities)):
        assert reply.effect is not Effect.FALLS, reply.objection


def test_the_years_written_into_the_objections_are_those_of_the_claims() -> None:
    claims = load_claims()
    assert (claims.written.first, claims.written.last) == (2008, 2016)
    assert (claims.later.first, claims.later.last) == (2008, 2021)


def test_an_empty_ledger_answers_no_objection() -> None:
    answered = replies(atlas_with(Rows((), (), ())))
    assert {reply.verdict for reply in answered} == {Verdict.CANNOT_TEST}


def test_money_without_a_place_could_turn_the_share_either_way(found: dict[str, Reply]) -> None:
    outcome = found["money"].outcome
    assert outcome.low < 1 < outcome.high
    assert outcome.low * outcome.need_share == pytest.approx(14_000_000 / 3_300_000_000)


# Reporting bias


@pytest.mark.parametrize("need", ["population", "homicides", "poverty"])
@pytest.mark.parametrize("group", ["south", "others"])
def test_at_the_factor_where_it_vanishes_the_border_has_exactly_its_share(
    need: str, group: str
) -> None:
    case = under_reporting(load_atlas(), need, group)
    factor = case.vanishes_at()
    assert case.ratio(factor) == pytest.approx(1)
    assert case.ratio(factor * 0.99) > 1 > case.ratio(factor * 1.01)
    assert case.ratio(case.vanishes_at(1.5)) == pytest.approx(1.5)


def test_no_factor_is_the_finding_as_documented() -> None:
    case = under_reporting(load_atlas(), "population")
    assert case.ratio(1) == pytest.approx(replies(load_atlas())[0].outcome.value)
    assert case.border + case.under + case.rest == build_scene(load_atlas(), View()).total


def test_a_larger_factor_never_raises_the_borders_share() -> None:
    case = under_reporting(load_atlas(), "population")
    shares = [case.share(factor) for factor in (1, 2, 5, 20, 1000)]
    assert shares == sorted(shares, reverse=True)


def test_multiplying_the_rows_of_the_south_gives_what_the_formula_says() -> None:
    atlas = load_atlas()
    south = load_claims().groups["south"].codes
    base = Rows((), (), ())
    number = 0
    for code, count in [("02", 6), ("14", 3), *[(code, 1) for code in south]]:
        for _ in range(count):
            base += activity(number, f"{code}001", "prevention")
            number += 1
    thrice = base
    for code in south:
        for _ in range(2):
            thrice += activity(number, f"{code}001", "prevention")
            number += 1
    told = under_reporting(atlas_with(base), "population").ratio(3)
    assert told == pytest.approx(replies(atlas_with(thrice))[0].outcome.value)
    assert atlas is load_atlas()


def test_where_the_south_has_nothing_no_factor_can_change_anything() -> None:
    case = under_reporting(atlas_with(activity(1, "02001", "prevention")), "population")
    assert case.vanishes_at() == float("inf")
    assert case.ratio(20) == case.ratio(1)


def test_the_recall_has_the_exact_range_of_nine_in_thirteen() -> None:
    recall = recall_of()
    assert recall.rate == pytest.approx(9 / 13)
    # Clopper-Pearson at the ends: the tails are 2.5 % each, by the binomial written out.
    from math import comb

    def tail(p: float, ks: range) -> float:
        return sum(comb(13, k) * p**k * (1 - p) ** (13 - k) for k in ks)

    assert tail(recall.low, range(9, 14)) == pytest.approx(0.025, abs=1e-9)
    assert tail(recall.high, range(10)) == pytest.approx(0.025, abs=1e-9)


def test_a_search_that_met_all_or_nothing_again_has_a_range_with_that_end() -> None:
    assert recall_of(0, 5).low == 0
    assert recall_of(5, 5).high == 1
    assert Fraction(9, 13) == Fraction(recall_of().met, recall_of().known)
