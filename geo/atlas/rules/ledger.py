"""The ledger: money with its basis, periods, weak evidence, parts, and where an activity was."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from geo.atlas.rules.register import Row, Slip, by_key, listed, row_rule, rule
from geo.atlas.tables import Table
from geo.errors import DataError
from geo.language import COUNT_UNITS, folded
from geo.policy import FIRST_YEAR, LAST_YEAR, LATEST_END
from geo.view import GIVEN, PAYERS

ACTIVITY_ID: Final = re.compile(r"\bM[0-9]{3}\b")

MONEY: Final = ("amount", "currency", "amount_basis", "amount_separable")
POINT: Final = ("lat", "lon", "coord_source")
COUNT: Final = ("count", "count_unit")

EXCHANGED: Final = "lat and lon are exchanged"


@row_rule("activity_places", fields=COUNT)
@row_rule("activity_places", fields=POINT)
@row_rule("activities", fields=MONEY)
def what_belongs_together_is_given_whole(row: Row, fields: tuple[str, ...]) -> Iterator[Slip]:
    """An amount with its currency, basis and separability, a point with its source, a count with
    its unit: all of them are given, or none.
    """
    given = [field for field in fields if row[field] not in ("", None)]
    for field in fields:
        if given and field not in given:
            problem = f"{field} is blank, but {' and '.join(given)} is given"
            allowed = f"{', '.join(fields)} all filled or all blank"
            yield field, problem, allowed, f"Fill in {field}, or clear {' and '.join(given)}."


@row_rule("activity_places", flag="place_weak", reason="place_weak_reason")
@row_rule("activities", flag="weak", reason="weak_reason")
def what_is_weak_says_why(row: Row, flag: str, reason: str) -> Iterator[Slip]:
    """A reason is given where evidence is weak, and only there."""
    if row[flag] != bool(row[reason]):
        stands = f"is {row[reason]!r}" if row[reason] else "is blank"
        problem = f"{reason} {stands}, but {flag} is {'yes' if row[flag] else 'no'}"
        allowed = f"a {reason} where {flag} is yes, and none where it is no"
        yield reason, problem, allowed, f"Correct {flag} or {reason}."


@rule("activities", "activity_places")
def weak_flags_of_an_activity_and_its_places_agree(
    activities: Table, places: Table
) -> Iterator[DataError]:
    """A weak activity is weak everywhere, for its one reason; another is firm somewhere."""
    if not places.complete:
        return
    rows_of: defaultdict[str, dict[int, Row]] = defaultdict(dict)
    for number, row in places.rows.items():
        rows_of[row["activity_id"]][number] = row
    for number, row in activities.rows.items():
        own, name, reason = rows_of[row["activity_id"]], row["activity_id"], row["weak_reason"]
        for at, place in own.items():
            if row["weak"] and place["place_weak_reason"] != reason:
                field = "place_weak_reason" if place["place_weak"] else "place_weak"
                shown = place["place_weak_reason"] or "no"
                problem = f"{shown!r} does not agree with activity {name}, which is weak: {reason}"
                allowed = f"place_weak yes and place_weak_reason {reason}"
                mend = f"Correct the place, or row {number} of {activities.file}."
                yield places.fault(at, field, problem, allowed, mend)
        if own and not row["weak"] and all(place["place_weak"] for place in own.values()):
            problem = f"weak is no, but every place of {name} is weak"
            allowed = "no where the evidence is firm in at least one place, else yes"
            rows = ", ".join(map(str, own))
            mend = f"Write yes with the reason, or correct rows {rows} of {places.file}."
            yield activities.fault(number, "weak", problem, allowed, mend)


@row_rule("not_merida", earliest=2000)
@row_rule("activities", earliest=FIRST_YEAR)
def periods_run_forward_in_their_time(row: Row, earliest: int) -> Iterator[Slip]:
    """From the Initiative's first money to its end, or an end that follows from a start before it;
    money that is not Mérida's may be older.
    """
    start, end, certain = row["period_start"], row["period_end"], row["period_certain"]
    shorter = min(len(start), len(end))
    if start[:shorter] > end[:shorter]:
        problem, allowed = f"{end} is before period_start, {start}", f"{start} or later"
        yield "period_end", problem, allowed, "Correct one of the two, or exchange them."
    for field, text, latest in (
        ("period_start", start, LAST_YEAR),
        ("period_end", end, LATEST_END),
    ):
        if text and not earliest <= int(text[:4]) <= latest:
            problem = f"{text} is outside the time of the Initiative"
            allowed = f"years from {earliest} to {latest}"
            yield field, problem, allowed, "Correct the year; for a new year see CONTRIBUTING.md."
    if bool(certain) != bool(start or end):
        given = "given" if start or end else "blank"
        problem = f"period_certain is {certain or 'blank'!r}, but the period is {given}"
        allowed = "yes or inferred where a start or an end is given, else nothing"
        yield "period_certain", problem, allowed, "Correct period_certain or the period."


CHOICES: Final = {
    "funder": set(PAYERS.values()),
    "kind": set(GIVEN["kind"]),
    "recipient_level": set(GIVEN["recipient"]),
}
"""Column → the terms that a reader can choose."""


@row_rule("activities")
def by_whom_of_what_kind_and_to_whom_can_be_chosen(row: Row) -> Iterator[Slip]:
    """No activity is out of the reach of every choice of a filter."""
    mend = (
        "Write one of these; for a new term, add the choice to geo/view/given.py and its name in "
        "both languages to geo/language."
    )
    for field, terms in CHOICES.items():
        if row[field] not in terms:
            yield field, f"no filter of the atlas holds {row[field]!r}", listed(terms), mend


@row_rule("activities", "exchange_rates")
def pesos_have_a_rate_of_their_year(row: Row, rates: Table) -> Iterator[Slip]:
    """Undated pesos are left in pesos; all others are divided by the mean of their year."""
    known, year = by_key(rates, "year"), (row["period_start"] or row["period_end"])[:4]
    if row["currency"] == "MXN" and year and year not in known and rates.complete:
        problem = f"{rates.file} has no rate of {year} for the pesos of {row['activity_id']}"
        allowed = f"a year of {rates.file} ({listed(known)})"
        mend = f"Add {year} to {rates.file}, or correct currency or period."
        yield "period_start" if row["period_start"] else "period_end", problem, allowed, mend


@rule("activities", "activity_places", "overlaps")
def parts_belong_to_a_whole_that_is_no_part_itself(
    activities: Table, places: Table, overlaps: Table
) -> Iterator[DataError]:
    """A part names its whole here and in the overlaps, is no larger and reaches no other state."""
    known = by_key(activities, "activity_id")
    states: defaultdict[str, set[str]] = defaultdict(set)
    for row in places.rows.values():
        states[row["activity_id"]].add(row["state"])
    pairs = {
        (row["activity_id"], row["other_id"]): number
        for number, row in overlaps.rows.items()
        if row["relation"] == "part_of"
    }
    for number, row in activities.rows.items():
        part, whole_id = row["activity_id"], row["part_of"]
        if not whole_id or whole_id not in known:
            continue
        whole = known[whole_id]
        problem = ""
        if whole_id == part:
            problem = f"{part} cannot be a part of itself"
        elif whole["part_of"]:
            problem = f"{whole_id} is itself a part of {whole['part_of']}"
        elif whole["amount"] is None or (row["amount"] or 0) > whole["amount"]:
            problem = f"the amount of {whole_id} cannot contain that of {part}"
        elif row["currency"] not in ("", whole["currency"]):
            problem = f"{whole_id} is in {whole['currency']} and {part} in {row['currency']}"
        elif states[part] - states[whole_id]:
            problem = f"{part} reaches states that {whole_id} does not"
        elif (part, whole_id) not in pairs and overlaps.complete:
            problem = f"{overlaps.file} does not say that {part} is part_of {whole_id}"
        if problem:
            allowed = "another activity that contains this one, with the same pair in the overlaps"
            mend = f"Correct part_of, or the row of {whole_id}, or {overlaps.file}."
            yield activities.fault(number, "part_of", problem, allowed, mend)
    for (part, whole_id), number in pairs.items():
        if part in known and known[part]["part_of"] != whole_id:
            said = f"{part} is said to be part_of {whole_id}, but its part_of in {activities.file}"
            problem = f"{said} is {known[part]['part_of'] or 'blank'!r}"
            allowed = "part_of where the activity says so too"
            mend = f"Correct the relation, or part_of of {part}."
            yield overlaps.fault(number, "relation", problem, allowed, mend)


@row_rule("overlaps")
def only_a_conflict_is_of_an_activity_with_itself(row: Row) -> Iterator[Slip]:
    """An activity does not overlap with itself; its sources may disagree."""
    if row["activity_id"] == row["other_id"] and row["relation"] != "conflict":
        problem = f"{row['other_id']} cannot be {row['relation']} itself"
        yield "other_id", problem, "another activity", "Name the other activity."


@rule("activities", "activity_places", "judgements")
def a_judgement_says_what_the_ledger_does_and_another_decision(
    activities: Table, places: Table, judgements: Table
) -> Iterator[DataError]:
    """Firm where at least one place of the activity is, else weak; and the alternative differs."""
    known = by_key(activities, "activity_id")
    firm = {row["activity_id"] for row in places.rows.values() if not row["place_weak"]}
    for number, row in judgements.rows.items():
        name, other = row["activity_id"], row["alternative"]
        if name not in known or not places.complete:
            continue
        found = "firm" if name in firm else "weak"
        if row["decision"] != found:
            problem = f"{name} is {found} in {places.file}, not {row['decision']}"
            mend = f"Write {found}, or correct weak in {places.file}."
            yield judgements.fault(number, "decision", problem, found, mend)
        elif other == row["decision"] or (found == "weak" and other != "firm"):
            problem = f"{other} would change nothing where {name} is {found}"
            allowed = "a decision that counts otherwise"
            mend = "Name the other decision, or leave the row out."
            yield judgements.fault(number, "alternative", problem, allowed, mend)


@rule("activities", "activity_places")
def an_activity_without_a_place_says_that_no_state_is_told_apart(
    activities: Table, places: Table
) -> Iterator[DataError]:
    """Every activity has its rows in the places, unless its region is not split."""
    if not places.texts:
        return
    placed = {row["activity_id"] for row in places.texts.values()}
    for number, row in activities.rows.items():
        if row["activity_id"] not in placed and row["weak_reason"] != "region_not_split":
            problem = f"{row['activity_id']} has no row in {places.file}"
            allowed = "an activity with a place, or one that is weak because its region_not_split"
            mend = f"Add its places to {places.file}."
            yield activities.fault(number, "activity_id", problem, allowed, mend)


@row_rule("activity_places", "states", "municipalities")
def a_place_lies_in_the_state_it_names(
    row: Row, states: Table, municipalities: Table
) -> Iterator[Slip]:
    """A state's own name, the municipality's code and the precision all say the same state."""
    code = state_called(states, row["place"])
    if code and code != row["state"]:
        problem = f"{row['state']} is another state than {row['place']}"
        yield "state", problem, code, f"Write {code}, or correct the place."
    yield from wrong_state(row, municipalities)
    if (row["location_precision"] == 4) == bool(row["cvegeo"]):
        given = f"{row['cvegeo']} is given" if row["cvegeo"] else "no municipality is given"
        problem = f"location_precision is {row['location_precision']}, but {given}"
        allowed = "4 for a whole state, 1 to 3 with the cvegeo of a municipality"
        yield "location_precision", problem, allowed, "Correct location_precision or cvegeo."
    if row["lat"] is not None and not row["cvegeo"]:
        problem = "a point stands without its municipality"
        allowed = "the cvegeo of the municipality that the point lies in"
        yield "cvegeo", problem, allowed, "Fill it in, or clear lat and lon."
    if row["count_unit"] and row["count_unit"] not in COUNT_UNITS:
        problem = f"{row['count_unit']!r} has no Spanish word"
        allowed = f"a unit of COUNT_UNITS in geo/language/ledger_terms.py ({listed(COUNT_UNITS)})"
        mend = "Use one of them, or add it there with its Spanish (`make messages`)."
        yield "count_unit", problem, allowed, mend


def state_called(states: Table, name: str) -> str:
    """The code of the only state of that name, whatever its accents; empty for none or several."""
    return _codes(states).get(folded(name), "")


@lru_cache(maxsize=4)
def _codes(states: Table) -> Mapping[str, str]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in states.rows.values():
        for field in ("name_official_es", "name_es", "name_en"):
            found[folded(row[field])].add(row["code"])
    return {name: codes.pop() for name, codes in found.items() if len(codes) == 1}


def wrong_state(row: Row, municipalities: Table) -> Iterator[Slip]:
    """A municipality of another state than the row's, if it is one."""
    code, state = row["cvegeo"], row["state"]
    named = by_key(municipalities, "cvegeo").get(code)
    if code and named and code[:2] != state:
        problem = f"{code} is {named['name']} in state {code[:2]}, but state is {state or 'blank'}"
        allowed = f"a municipality of state {state or code[:2]}, whose code begins with it"
        yield "cvegeo", problem, allowed, "Correct cvegeo or state."


@rule("activity_places", "sites")
def latitude_and_longitude_are_not_exchanged(*tables: Table) -> Iterator[DataError]:
    """Two values out of range that would be in range the other way round."""
    allowed = (
        "the latitude in lat, north of the equator, and the longitude in lon, negative in Mexico"
    )
    for table in tables:
        spans = {
            field["name"]: field["constraints"]
            for field in table.resource["schema"]["fields"]
            if field["name"] in ("lat", "lon")
        }
        for number, row in table.texts.items():
            crossed = _within(row["lon"], spans["lat"]) and _within(row["lat"], spans["lon"])
            if number not in table.rows and crossed:
                problem = f"{EXCHANGED}: {row['lat']}, {row['lon']}"
                yield table.fault(number, "lat", problem, allowed, "Exchange the two values.")


def _within(text: str, span: Mapping[str, float]) -> bool:
    try:
        return span["minimum"] <= float(text) <= span["maximum"]
    except ValueError:
        return False


@rule("activity_places")
def a_municipality_is_given_once_for_an_activity(places: Table) -> Iterator[DataError]:
    """The same municipality under two names would count twice."""
    seen: dict[tuple[str, str], int] = {}
    for number, row in places.rows.items():
        key = (row["activity_id"], row["cvegeo"])
        if row["cvegeo"] and key in seen:
            problem = f"{key[1]} is given for {key[0]} in row {seen[key]} already"
            allowed = "each municipality once for an activity"
            mend = "Leave one of the rows out, or correct its cvegeo."
            yield places.fault(number, "cvegeo", problem, allowed, mend)
        seen.setdefault(key, number)


@row_rule("not_merida", "municipalities", "states")
def money_beside_merida_lies_in_its_state(
    row: Row, municipalities: Table, states: Table
) -> Iterator[Slip]:
    """The place, its municipality and its state are one, whoever paid."""
    code = state_called(states, row["place"].rpartition(", ")[2])
    if code and code != row["state"]:
        problem = f"{row['state']} is another state than {row['place']}"
        yield "state", problem, code, f"Write {code}."
    yield from wrong_state(row, municipalities)
