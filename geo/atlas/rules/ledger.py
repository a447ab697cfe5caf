"""The ledger: money with its basis, periods, weak evidence, parts, and where an activity was."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from geo.atlas.rules.register import by_key, listed, rule
from geo.atlas.tables import Table
from geo.errors import DataError
from geo.language import COUNT_UNITS, folded
from geo.policy import FIRST_YEAR, LAST_YEAR, LATEST_END
from geo.view import GIVEN, PAYERS

ACTIVITY_ID: Final = re.compile(r"\bM[0-9]{3}\b")

MONEY: Final = ("amount", "currency", "amount_basis", "amount_separable")
POINT: Final = ("lat", "lon", "coord_source")

EXCHANGED: Final = "lat and lon are exchanged"

Row = Mapping[str, Any]


@rule("activities")
def an_amount_stands_with_its_currency_basis_and_separability(
    activities: Table,
) -> Iterator[DataError]:
    """All four are given, or none."""
    yield from _together(activities, MONEY)


@rule("activity_places")
def a_point_stands_with_its_source_and_a_count_with_its_unit(places: Table) -> Iterator[DataError]:
    """Each group is given whole, or not at all."""
    yield from _together(places, POINT)
    yield from _together(places, ("count", "count_unit"))


def _together(table: Table, fields: tuple[str, ...]) -> Iterator[DataError]:
    for number, row in table.rows.items():
        given = [field for field in fields if row[field] not in ("", None)]
        for field in fields:
            if given and field not in given:
                yield table.fault(
                    number,
                    field,
                    f"{field} is blank, but {' and '.join(given)} is given",
                    f"{', '.join(fields)} all filled or all blank",
                    f"Fill in {field}, or clear {' and '.join(given)}.",
                )


@rule("activities")
def weak_activities_say_why(activities: Table) -> Iterator[DataError]:
    """A reason is given where evidence is weak, and only there."""
    yield from _reasons(activities, "weak", "weak_reason")


@rule("activity_places")
def weak_places_say_why(places: Table) -> Iterator[DataError]:
    """A reason is given where evidence is weak, and only there."""
    yield from _reasons(places, "place_weak", "place_weak_reason")


def _reasons(table: Table, flag: str, reason: str) -> Iterator[DataError]:
    for number, row in table.rows.items():
        if row[flag] != bool(row[reason]):
            stands = f"is {row[reason]!r}" if row[reason] else "is blank"
            yield table.fault(
                number,
                reason,
                f"{reason} {stands}, but {flag} is {'yes' if row[flag] else 'no'}",
                f"a {reason} where {flag} is yes, and none where it is no",
                f"Correct {flag} or {reason}.",
            )


@rule("activities", "activity_places")
def weak_flags_of_an_activity_and_its_places_agree(
    activities: Table, places: Table
) -> Iterator[DataError]:
    """A weak activity is weak everywhere, for its one reason; another is firm somewhere."""
    if not places.complete:
        return
    rows_of = _rows_of(places)
    for number, row in activities.rows.items():
        own = rows_of.get(row["activity_id"], {})
        for at, place in own.items():
            if row["weak"] and place["place_weak_reason"] != row["weak_reason"]:
                field = "place_weak_reason" if place["place_weak"] else "place_weak"
                shown = place["place_weak_reason"] or "no"
                yield places.fault(
                    at,
                    field,
                    f"{shown!r} does not agree with activity {row['activity_id']}, which is weak: "
                    f"{row['weak_reason']}",
                    f"place_weak yes and place_weak_reason {row['weak_reason']}",
                    f"Correct the place, or row {number} of {activities.file}.",
                )
        if own and not row["weak"] and all(place["place_weak"] for place in own.values()):
            yield activities.fault(
                number,
                "weak",
                f"weak is no, but every place of {row['activity_id']} is weak",
                "no where the evidence is firm in at least one place, else yes",
                f"Write yes with the reason, or correct rows {_span(own)} of {places.file}.",
            )


def _rows_of(places: Table) -> dict[str, dict[int, Row]]:
    found: defaultdict[str, dict[int, Row]] = defaultdict(dict)
    for number, row in places.rows.items():
        found[row["activity_id"]][number] = row
    return found


def _span(rows: Mapping[int, Row]) -> str:
    return ", ".join(map(str, rows))


@rule("activities")
def periods_of_activities_lie_in_the_initiatives_time(activities: Table) -> Iterator[DataError]:
    """From the first money to the end, or an end that follows from a start before it."""
    yield from _periods(activities, FIRST_YEAR)


@rule("not_merida")
def periods_beside_merida_run_forward(others: Table) -> Iterator[DataError]:
    """Money that is not Mérida's may be older."""
    yield from _periods(others, 2000)


def _periods(table: Table, earliest: int) -> Iterator[DataError]:
    for number, row in table.rows.items():
        start, end, certain = row["period_start"], row["period_end"], row["period_certain"]
        shorter = min(len(start), len(end))
        if start[:shorter] > end[:shorter]:
            yield table.fault(
                number,
                "period_end",
                f"{end} is before period_start, {start}",
                f"{start} or later",
                "Correct one of the two, or exchange them.",
            )
        for field, text, latest in (
            ("period_start", start, LAST_YEAR),
            ("period_end", end, LATEST_END),
        ):
            if text and not earliest <= int(text[:4]) <= latest:
                yield table.fault(
                    number,
                    field,
                    f"{text} is outside the time of the Initiative",
                    f"years from {earliest} to {latest}",
                    "Correct the year; for a new year see CONTRIBUTING.md.",
                )
        if bool(certain) != bool(start or end):
            yield table.fault(
                number,
                "period_certain",
                f"period_certain is {certain or 'blank'!r}, but the period is "
                f"{'given' if start or end else 'blank'}",
                "yes or inferred where a start or an end is given, else nothing",
                "Correct period_certain or the period.",
            )


CHOICES: Final = {
    "funder": set(PAYERS.values()),
    "kind": set(GIVEN["kind"]),
    "recipient_level": set(GIVEN["recipient"]),
}
"""Column → the terms that a reader can choose."""


@rule("activities")
def by_whom_of_what_kind_and_to_whom_can_be_chosen(activities: Table) -> Iterator[DataError]:
    """No activity is out of the reach of every choice of a filter."""
    for number, row in activities.rows.items():
        for field, terms in CHOICES.items():
            if row[field] not in terms:
                yield activities.fault(
                    number,
                    field,
                    f"no filter of the atlas holds {row[field]!r}",
                    listed(terms),
                    "Write one of these; for a new term, add the choice to geo/view/given.py and "
                    "its name in both languages to geo/language.",
                )


@rule("activities", "exchange_rates")
def pesos_have_a_rate_of_their_year(activities: Table, rates: Table) -> Iterator[DataError]:
    """Undated pesos are left in pesos; all others are divided by the mean of their year."""
    known = {str(row["year"]) for row in rates.rows.values()}
    for number, row in activities.rows.items():
        year = (row["period_start"] or row["period_end"])[:4]
        if row["currency"] == "MXN" and year and year not in known and rates.complete:
            yield activities.fault(
                number,
                "period_start" if row["period_start"] else "period_end",
                f"{rates.file} has no rate of {year} for the pesos of {row['activity_id']}",
                f"a year of {rates.file} ({listed(known)})",
                f"Add {year} to {rates.file}, or correct currency or period.",
            )


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
            yield activities.fault(
                number,
                "part_of",
                problem,
                "another activity that contains this one, with the same pair in the overlaps",
                f"Correct part_of, or the row of {whole_id}, or {overlaps.file}.",
            )
    for (part, whole_id), number in pairs.items():
        if part in known and known[part]["part_of"] != whole_id:
            yield overlaps.fault(
                number,
                "relation",
                f"{part} is said to be part_of {whole_id}, but its part_of in {activities.file} is "
                f"{known[part]['part_of'] or 'blank'!r}",
                "part_of where the activity says so too",
                f"Correct the relation, or part_of of {part}.",
            )


@rule("overlaps")
def only_a_conflict_is_of_an_activity_with_itself(overlaps: Table) -> Iterator[DataError]:
    """An activity does not overlap with itself; its sources may disagree."""
    for number, row in overlaps.rows.items():
        if row["activity_id"] == row["other_id"] and row["relation"] != "conflict":
            yield overlaps.fault(
                number,
                "other_id",
                f"{row['other_id']} cannot be {row['relation']} itself",
                "another activity",
                "Name the other activity.",
            )


@rule("activities", "activity_places", "judgements")
def a_judgement_says_what_the_ledger_does_and_another_decision(
    activities: Table, places: Table, judgements: Table
) -> Iterator[DataError]:
    """Firm where at least one place of the activity is, else weak; and the alternative differs."""
    known = by_key(activities, "activity_id")
    firm = {row["activity_id"] for row in places.rows.values() if not row["place_weak"]}
    for number, row in judgements.rows.items():
        if row["activity_id"] not in known or not places.complete:
            continue
        found = "firm" if row["activity_id"] in firm else "weak"
        if row["decision"] != found:
            yield judgements.fault(
                number,
                "decision",
                f"{row['activity_id']} is {found} in {places.file}, not {row['decision']}",
                found,
                f"Write {found}, or correct weak in {places.file}.",
            )
        elif row["alternative"] == row["decision"] or (
            found == "weak" and row["alternative"] != "firm"
        ):
            yield judgements.fault(
                number,
                "alternative",
                f"{row['alternative']} would change nothing where {row['activity_id']} is {found}",
                "a decision that counts otherwise",
                "Name the other decision, or leave the row out.",
            )


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
            yield activities.fault(
                number,
                "activity_id",
                f"{row['activity_id']} has no row in {places.file}",
                "an activity with a place, or one that is weak because its region_not_split",
                f"Add its places to {places.file}.",
            )


@rule("activity_places", "states", "municipalities")
def a_place_lies_in_the_state_it_names(
    places: Table, states: Table, municipalities: Table
) -> Iterator[DataError]:
    """A state's own name, the municipality's code and the precision all say the same state."""
    known = by_key(municipalities, "cvegeo")
    for number, row in places.rows.items():
        code = state_called(states, row["place"])
        if code and code != row["state"]:
            problem = f"{row['state']} is another state than {row['place']}"
            mend = f"Write {code}, or correct the place."
            yield places.fault(number, "state", problem, code, mend)
        if fault := wrong_state(places, number, row, known):
            yield fault
        if (row["location_precision"] == 4) == bool(row["cvegeo"]):
            given = f"{row['cvegeo']} is given" if row["cvegeo"] else "no municipality is given"
            yield places.fault(
                number,
                "location_precision",
                f"location_precision is {row['location_precision']}, but {given}",
                "4 for a whole state, 1 to 3 with the cvegeo of a municipality",
                "Correct location_precision or cvegeo.",
            )
        if row["lat"] is not None and not row["cvegeo"]:
            yield places.fault(
                number,
                "cvegeo",
                "a point stands without its municipality",
                "the cvegeo of the municipality that the point lies in",
                "Fill it in, or clear lat and lon.",
            )
        if row["count_unit"] and row["count_unit"] not in COUNT_UNITS:
            yield places.fault(
                number,
                "count_unit",
                f"{row['count_unit']!r} has no Spanish word",
                f"a unit of COUNT_UNITS in geo/language/ledger_terms.py ({listed(COUNT_UNITS)})",
                "Use one of them, or add it there with its Spanish (`make messages`).",
            )


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


def wrong_state(
    table: Table, number: int, row: Row, municipalities: Mapping[str, Row]
) -> DataError | None:
    """A municipality of another state than the row's, if it is one."""
    code = row["cvegeo"]
    if not code or code not in municipalities or code[:2] == row["state"]:
        return None
    name = municipalities[code]["name"]
    return table.fault(
        number,
        "cvegeo",
        f"{code} is {name} in state {code[:2]}, but state is {row['state'] or 'blank'}",
        f"a municipality of state {row['state'] or code[:2]}, whose code begins with it",
        "Correct cvegeo or state.",
    )


@rule("activity_places", "sites")
def latitude_and_longitude_are_not_exchanged(*tables: Table) -> Iterator[DataError]:
    """Two values out of range that would be in range the other way round."""
    for table in tables:
        spans = {
            field["name"]: field["constraints"]
            for field in table.resource["schema"]["fields"]
            if field["name"] in ("lat", "lon")
        }
        for number, row in table.texts.items():
            crossed = _within(row["lon"], spans["lat"]) and _within(row["lat"], spans["lon"])
            if number not in table.rows and crossed:
                yield table.fault(
                    number,
                    "lat",
                    f"{EXCHANGED}: {row['lat']}, {row['lon']}",
                    "the latitude in lat, north of the equator, and the longitude in lon, "
                    "negative in Mexico",
                    "Exchange the two values.",
                )


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
            yield places.fault(
                number,
                "cvegeo",
                f"{key[1]} is given for {key[0]} in row {seen[key]} already",
                "each municipality once for an activity",
                "Leave one of the rows out, or correct its cvegeo.",
            )
        seen.setdefault(key, number)


@rule("not_merida", "municipalities", "states")
def money_beside_merida_lies_in_its_state(
    others: Table, municipalities: Table, states: Table
) -> Iterator[DataError]:
    """The place, its municipality and its state are one, whoever paid."""
    known = by_key(municipalities, "cvegeo")
    for number, row in others.rows.items():
        code = state_called(states, row["place"].rpartition(", ")[2])
        if code and code != row["state"]:
            problem = f"{row['state']} is another state than {row['place']}"
            yield others.fault(number, "state", problem, code, f"Write {code}.")
        if fault := wrong_state(others, number, row, known):
            yield fault
