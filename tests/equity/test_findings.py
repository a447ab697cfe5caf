"""Each rule that can lower a verdict, met by a ledger that it turns."""

from __future__ import annotations

import copy
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from geo.atlas import load_atlas, read_package
from geo.build import check
from geo.equity.chance import benjamini_hochberg
from geo.equity.claims import Finding, finding, grid_of, load_claims, otherwise, whole_of
from geo.equity.claims.file import PATH, read_claims
from geo.equity.claims.findings import ways_of
from geo.equity.claims.incidence_arrays import CountingRule, amounts_of
from geo.equity.claims.judgements import calls
from geo.equity.claims.readings import readings_of
from geo.equity.claims.verdicts import LADDER, SURE, Because, Verdict, in_part, no_surer, together
from geo.errors import DataError
from geo.language import speech
from geo.paths import DATA
from geo.reading import yaml_of
from tests.claim_ledgers import CITIES, activity, atlas_with, by_population
from tests.hostile.test_editor import faults_with, own_tables, written
from tests.toy_ledger import Rows, rows_of

CLAIMS = load_claims()
BORDER = load_atlas().border
OTHERS = tuple(code for code in load_atlas().states if code not in BORDER)
ZONES = tuple(code for code, state in load_atlas().states.items() if state.sez)


def found(claim_id: str, rows: Rows) -> Finding:
    return finding(atlas_with(rows), CLAIMS.of(claim_id), CLAIMS.written)


def at(codes: tuple[str, ...], first: int, times: int = 1, **more: Any) -> Rows:
    """As many activities of one priority in each of some states, numbered from `first`."""
    rows = Rows((), (), ())
    for number, (code, _) in enumerate(product(codes, range(times)), start=first):
        rows += activity(number, f"{code}001", more.pop("area", "rule_of_law"), **more)
    return rows


# Rule 1: never surer than equal-effort evidence


def test_what_only_trails_found_is_supported_in_part_however_plain_it_is() -> None:
    by_trails = found("border", at(BORDER, 0, 8, found_by="targeted"))
    assert by_trails.readings[0].verdict is Verdict.SUPPORTED
    assert by_trails.equal_verdict is Verdict.CANNOT_TEST
    assert (by_trails.verdict, by_trails.because) == (Verdict.PARTLY, Because.EFFORT)
    by_questions = found("border", at(BORDER, 0, 8))
    assert by_questions.verdict is Verdict.SUPPORTED


def test_where_every_state_asked_alike_says_otherwise_nothing_is_left_but_not_as_worded() -> None:
    even = by_population()
    trails = at(BORDER, 1000, 80, found_by="targeted")
    turned = found("border", even + trails)
    assert turned.readings[0].verdict is Verdict.SUPPORTED
    assert turned.equal_verdict in (Verdict.CONTRADICTED, Verdict.NOT_AS_WORDED)
    assert (turned.verdict, turned.because) == (Verdict.NOT_AS_WORDED, Because.EFFORT)


def test_no_verdict_is_surer_than_equal_effort_evidence_and_none_is_raised_by_it() -> None:
    for own, other in product(LADDER, LADDER):
        verdict = no_surer(own, other)
        if verdict in SURE:
            assert own is other is verdict
        if own is not Verdict.CANNOT_TEST is not other:
            assert LADDER.index(min(own, other, key=LADDER.index)) <= LADDER.index(verdict)
            assert LADDER.index(verdict) <= LADDER.index(max(own, other, key=LADDER.index))
        assert no_surer(verdict, other) is verdict
    # More support of either never gives less of both.
    for own, other in product(LADDER[1:], LADDER[1:]):
        for more in LADDER[LADDER.index(own) :]:
            assert LADDER.index(no_surer(more, other)) >= LADDER.index(no_surer(own, other))
            assert LADDER.index(no_surer(other, more)) >= LADDER.index(no_surer(other, own))


def test_every_finding_of_the_ledger_keeps_to_it() -> None:
    for claim, period in product(CLAIMS.claims, (CLAIMS.written, CLAIMS.later)):
        told = finding(load_atlas(), claim, period)
        if told.verdict in SURE:
            assert told.equal_verdict is told.verdict, claim.claim_id


# Rule 2: the p of a period are corrected together


def test_the_p_of_a_period_are_corrected_over_all_its_claims_needs_and_readings() -> None:
    readings = readings_of(load_atlas(), CLAIMS.later, "all")
    outcomes = [
        judged.outcome
        for claim in CLAIMS.claims
        for reading in readings[claim.claim_id]
        for judged in reading.judged
        if judged.outcome.p is not None
    ]
    assert len(outcomes) > 10
    by_hand = benjamini_hochberg([one.p for one in outcomes if one.p is not None])
    assert [one.corrected for one in outcomes] == pytest.approx(by_hand.tolist())


# Rule 3: times and places


def test_often_in_three_cities_and_once_in_many_others_is_no_vast_majority_of_places() -> None:
    rows = Rows((), (), ())
    for number in range(90):
        rows += activity(number, CITIES[number % 3], "prevention")
    for number, code in enumerate(OTHERS[:20], start=90):
        rows += activity(number, f"{code}001", "prevention")
    told = found("prevention_cities", rows)
    assert [one.verdict for one in told.readings] == [Verdict.SUPPORTED, Verdict.CONTRADICTED]
    assert told.verdict is Verdict.CONTRADICTED
    assert told.because is Because.PLACES
    assert told.readings[1].judged[0].outcome.total == 23


def test_a_whole_state_is_no_place() -> None:
    rows = Rows((), (), ())
    for number in range(6):
        rows += activity(number, CITIES[number % 3], "prevention")
    named = Rows((), (), ())
    for number in range(6, 30):
        named += activity(number, "20001", "prevention")
    states = Rows(named.activities, tuple({**place, "cvegeo": ""} for place in named.places), ())
    whole = rows + states
    for told in (found("prevention_cities", rows), found("prevention_cities", whole)):
        assert [one.judged[0].outcome.value for one in told.readings] == [1.0, 1.0]


# Rule 4: no borrowed finding


def test_zone_states_with_their_share_of_what_the_border_left_did_not_get_less() -> None:
    even = by_population()
    more = at(BORDER, 1000, 80)
    told = found("sez", even + more)
    assert told.readings[0].verdict is Verdict.SUPPORTED
    assert told.readings[1].name == "off_border"
    assert told.readings[1].verdict in (Verdict.CONTRADICTED, Verdict.NOT_AS_WORDED)
    assert told.because is Because.OFF_BORDER
    assert told.verdict is told.readings[1].verdict


def test_the_states_off_the_border_are_asked_only_where_a_group_of_theirs_got_less() -> None:
    asked = {
        claim.claim_id
        for claim in CLAIMS.claims
        if any(
            one.name == "off_border"
            for one in readings_of(load_atlas(), CLAIMS.later, "all")[claim.claim_id]
        )
    }
    assert asked == {"sez", "veracruz", "veracruz_prevention"}


def test_a_reading_that_cannot_be_tested_leaves_nothing_sure_and_lowers_nothing_else() -> None:
    thin = Verdict.CANNOT_TEST
    assert together(Verdict.SUPPORTED, thin) is Verdict.PARTLY
    assert together(Verdict.PARTLY, thin) is Verdict.PARTLY
    assert together(Verdict.CONTRADICTED, thin) is Verdict.NOT_AS_WORDED
    assert together(thin, Verdict.SUPPORTED) is thin


# Rule 5: most ways to count


def test_a_verdict_that_most_ways_to_count_do_not_share_is_supported_in_part_only() -> None:
    plain = at(BORDER, 0, 8)
    weak = Rows((), (), ())
    number = 100
    for code in OTHERS:
        for _ in range(6):
            weak += rows_of(
                f"M{number:03d}",
                weak={code: "offer_or_plan"},
                start="2012",
                end="2012",
                found_by="systematic",
            )
            number += 1
    later = at(OTHERS, 400, 2, start="2018", end="2018")
    told = found("border", plain + weak + later)
    assert told.readings[0].verdict is told.equal_verdict is Verdict.SUPPORTED
    assert (told.verdict, told.because) == (Verdict.PARTLY, Because.WAYS)
    assert 2 * told.sought.shared <= told.sought.tested
    assert told.ways.verdict is Verdict.PARTLY


@pytest.mark.parametrize("claim", CLAIMS.claims, ids=CLAIMS.ids)
def test_the_ways_that_share_a_verdict_are_counted_cell_by_cell(claim: Any) -> None:
    grid = grid_of(load_atlas(), claim)
    for verdict in LADDER[1:]:
        stands = verdict in (Verdict.SUPPORTED, Verdict.PARTLY)
        further = LADDER[LADDER.index(verdict) :] if stands else LADDER[1:]
        if not stands:
            further = LADDER[1 : LADDER.index(verdict) + 1]
        ways = ways_of(load_atlas(), claim, verdict)
        assert (ways.shared, ways.tested) == (grid.count(*further), grid.tested)
    told = finding(load_atlas(), claim, CLAIMS.later)
    if told.verdict in SURE:
        assert told.ways.most
    assert told.verdict in (told.sought.verdict, in_part(told.sought.verdict))


# Rule 6: dated thresholds, and how near the next verdict is


def test_the_thresholds_are_those_of_the_23rd_of_november() -> None:
    first = CLAIMS.dated[0]
    assert (first.on.isoformat(), first.digest) == ("2026-11-23", "8ad9bcc9d350b769")
    assert CLAIMS.dated[-1].digest == CLAIMS.digest


@pytest.fixture
def raw() -> dict[str, Any]:
    read: Any = yaml_of((DATA / PATH).read_text(encoding="utf-8"), speech("en"))
    return copy.deepcopy(read)


RESOURCES = frozenset(r["name"] for r in read_package()["resources"])


def claim_of(raw: dict[str, Any], claim_id: str) -> dict[str, Any]:
    return next(one for one in raw["claims"] if one["id"] == claim_id)


@pytest.mark.parametrize(
    "move",
    [
        lambda raw: claim_of(raw, "border")["test"].update(supported="1.6"),
        lambda raw: claim_of(raw, "veracruz")["test"].update(contradicted="0.7"),
        lambda raw: raw.update(p_limit="0.1"),
        lambda raw: raw.update(min_activities="4"),
    ],
    ids=["supported", "contradicted", "p_limit", "min_activities"],
)
def test_a_threshold_that_moves_needs_an_entry_with_its_day_and_reason(
    raw: dict[str, Any], move: Any
) -> None:
    move(raw)
    with pytest.raises(DataError, match="a change needs an entry of its own") as fault:
        read_claims(raw, RESOURCES)
    digest = str(fault.value).split("that of the thresholds is ")[1][:16]
    entry = {"on": "2026-12-01", "digest": digest, "reason_en": "Because.", "reason_es": "Porque."}
    raw["thresholds"].append(entry)
    assert len(read_claims(raw, RESOURCES).dated) == 2
    for field, value, told in (
        ("reason_es", "", "reason_es: is missing"),
        ("on", "2026-11-01", "put them in order of days"),
        ("on", "1 December", "is no day written as"),
    ):
        wrong = copy.deepcopy(raw)
        wrong["thresholds"][-1][field] = value
        with pytest.raises(DataError, match=told):
            read_claims(wrong, RESOURCES)


def test_a_reason_or_another_text_may_change_without_an_entry(raw: dict[str, Any]) -> None:
    claim_of(raw, "border")["test"]["why_en"] = "Otherwise worded."
    assert read_claims(raw, RESOURCES).digest == CLAIMS.digest


@pytest.mark.parametrize(("inside", "outside"), [(60, 30), (47, 60), (19, 2), (76, 24)], ids=str)
def test_with_as_many_times_as_are_said_the_verdict_is_the_next_and_with_one_less_it_is_not(
    inside: int, outside: int
) -> None:
    """The share of the border, which no deal decides: documented times are really added."""
    rows = Rows((), (), ())
    for number in range(inside):
        rows += activity(number, f"{BORDER[number % 6]}001", "rule_of_law")
    for number in range(outside):
        rows += activity(200 + number, f"{OTHERS[number % 26]}001", "rule_of_law")
    told = found("confined", rows)
    away = told.away
    assert away is not None
    assert away.unit == "times"

    def with_times(times: int) -> Verdict:
        if away.move.startswith("more"):
            place = BORDER[0] if away.move == "more_in" else OTHERS[0]
            way = "systematic" if away.alike else "targeted"
            changed = rows
            for number in range(times):
                changed += activity(500 + number, f"{place}001", "rule_of_law", found_by=way)
        else:
            gone = range(times) if away.move == "fewer_in" else range(200, 200 + times)
            ids = {f"M{number:03d}" for number in gone}
            changed = Rows(
                tuple(a for a in rows.activities if a["activity_id"] not in ids),
                tuple(p for p in rows.places if p["activity_id"] not in ids),
                (),
            )
        readings = readings_of(atlas_with(changed), CLAIMS.written, "all")["confined"]
        equal = readings_of(atlas_with(changed), CLAIMS.written, "systematic")["confined"]
        return no_surer(readings[0].verdict, equal[0].verdict)

    assert with_times(away.times) is away.verdict
    assert with_times(away.times - 1) is told.verdict


def test_every_verdict_of_the_ledger_says_how_far_the_next_one_is() -> None:
    for claim, period in product(CLAIMS.claims, (CLAIMS.written, CLAIMS.later)):
        told = finding(load_atlas(), claim, period)
        counted = claim.test.kind not in ("no_data", "dollars_share")
        assert (told.away is not None) == counted, claim.claim_id
        if told.away is not None:
            assert told.away.verdict is not told.verdict
            assert told.away.times >= 1


def test_of_too_few_activities_it_is_said_how_many_are_wanting() -> None:
    told = found("border", at(BORDER[:3], 0))
    assert told.verdict is Verdict.CANNOT_TEST
    assert told.away is not None
    assert (told.away.unit, told.away.times) == ("activities", 2)


# Rule 8: like over like


def test_dollars_are_of_the_years_of_the_total_that_divides_them() -> None:
    claim = CLAIMS.of("prevention_dollars")
    assert (claim.test.total["first"], claim.test.total["last"]) == ("2011", "2016")
    for start, counted in (("2010", 0), ("2012", 3_000_000), ("2018", 0)):
        rows = activity(1, "02004", "prevention", usd="3000000", start=start, end=start)
        for period in (CLAIMS.written, CLAIMS.later):
            told = finding(atlas_with(rows), claim, period).readings[0].judged[0].outcome
            assert told.amount == counted


# Judgement calls


def test_the_other_decision_changes_what_it_says_and_nothing_else() -> None:
    atlas = load_atlas()
    whole = whole_of(atlas)
    assert whole.times == amounts_of(atlas, CountingRule()).sum()
    effect = {(call.activity_id, call.alternative): call for call in calls(atlas)}
    held = {a.activity_id: a for a in atlas.ledger.activities}
    for (activity_id, alternative), call in effect.items():
        other = otherwise(atlas, call)
        changed = {a.activity_id: a for a in other.ledger.activities}
        assert {i for i in held if changed.get(i) is not held[i]} == {activity_id}
        states = len(held[activity_id].counted_states(include_weak=False))
        difference = whole_of(other).times - whole.times
        if alternative in ("left_out", "weak"):
            assert difference == -states
        elif alternative == "firm":
            assert difference == len(held[activity_id].named_states) > 0 == states
        else:
            assert -states < difference < 0
    # What the research says of them: MERGE2, 4.1 and 4.7.
    once = otherwise(atlas, effect["M141", "once_per_state"])
    assert whole.times - whole_of(once).times == 8
    firm = otherwise(atlas, effect["M145", "firm"])
    assert whole_of(firm).dollars - whole.dollars == 500_000


def test_every_claim_shows_every_judgement_call_in_both_periods() -> None:
    atlas = load_atlas()
    for claim in CLAIMS.claims:
        called = grid_of(atlas, claim).called
        expected = 0 if claim.test.kind == "no_data" else 2 * len(calls(atlas))
        assert len(called) == expected
    zones = grid_of(atlas, CLAIMS.of("sez")).called
    assert any(one.decided[1] is not one.otherwise[1] for one in zones)


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("decision", "weak", "is firm in data/ledger/activity_places.csv"),
        ("alternative", "firm", "would change nothing"),
        ("alternative", "doubled", "left_out"),
        ("activity_id", "M998", "M998"),
        ("reason_es", "", "reason_es"),
    ],
)
def test_a_slip_in_a_judgement_call_is_named(field: str, text: str, told: str) -> None:
    table = own_tables()["judgements"]
    row = next(n for n, texts in table.texts.items() if texts["activity_id"] == "M058")
    _, faults = faults_with(table, written(table, row, field, text))
    assert any(told in str(fault) and "judgements.csv" in str(fault) for fault in faults)
    assert not check.table_faults(own_tables(), DATA)


def test_an_atlas_without_the_activity_has_no_call_on_it() -> None:
    atlas = atlas_with(at(BORDER, 0))
    assert calls(replace(atlas)) == ()
