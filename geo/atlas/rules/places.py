"""The country: its states, their spellings and municipalities, and what is known of each state."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from math import nan
from typing import Any, Final

from geo.atlas.cells import quoted
from geo.atlas.rules.ledger import state_called, wrong_state
from geo.atlas.rules.register import Row, Slip, by_key, listed, row_rule, rule
from geo.atlas.tables import Table, cell_error
from geo.errors import DataError
from geo.language import folded
from geo.policy import LAST_COUNTED
from geo.view import STATE_CODES

NATIONAL_AREA_KM2: Final = Decimal("1960646.7")
"""Continental surface of the country, as INEGI publishes it beside those of the states."""

NATIONAL: Final = {
    ("population", 2010, "census"): 112_336_538,
    ("population", 2015, "intercensal"): 119_530_753,
    ("population", 2020, "census"): 126_014_024,
}
"""What INEGI publishes for the country → the sum of its 32 states."""

RESULTS_A_QUERY: Final = 8
"""Results of each query that were looked at, the same for every state."""

UNITS: Final = {
    "population": ("people", ("census", "intercensal"), (500_000, 30_000_000)),
    "homicides": ("deaths", ("registrations_occurrence",), (0, 20_000)),
    "homicides_sesnsp": ("victims", ("sesnsp",), (0, 20_000)),
    "poverty_pct": ("percent", ("coneval_state_survey", "coneval_municipal_agg"), (5, 95)),
    "marginalization_index": ("index", ("conapo_pca", "conapo_dp2"), (-5, 40)),
    "marginalization_index_norm": ("index 0 to 1", ("conapo_dp2",), (0, 1)),
    "marginalization_degree": ("degree", ("conapo_pca", "conapo_dp2"), None),
    "marginalization_rank": ("rank", ("conapo_pca",), (1, 32)),
}
"""Indicator → its unit, its series, and the range of its value; None where it is a word."""


@rule("states")
def the_32_states_are_there_and_add_up(states: Table) -> Iterator[DataError]:
    """Each once, with areas that add up to the country's."""
    if not states.complete:
        return
    codes = {row["code"] for row in states.rows.values()}
    if missing := [code for code in STATE_CODES if code not in codes]:
        problem = f"{len(missing)} of the 32 states are missing: {', '.join(missing)}."
        yield DataError(states.file, problem, "Put their rows back.", field="code")
    area = sum((Decimal(row["area_km2"]) for row in states.texts.values()), Decimal(0))
    if not missing and area != NATIONAL_AREA_KM2:
        problem = f"the areas of the states add up to {area:,} km²"
        allowed = f"{NATIONAL_AREA_KM2:,}, the surface INEGI publishes for the country"
        mend = "Correct the area that was changed."
        yield cell_error(states.file, None, "area_km2", problem, allowed, mend)


@rule("states", "municipalities")
def the_polygon_of_a_state_is_as_large_as_its_municipalities(
    states: Table, municipalities: Table
) -> Iterator[DataError]:
    """The two areas are of the same polygons, to a thousandth."""
    areas: defaultdict[str, float] = defaultdict(float)
    for number, row in municipalities.rows.items():
        try:
            areas[row["state"]] += float(row["area_km2"])
        except ValueError:
            areas[row["state"]] = nan  # Nothing more can be said of that state.
            problem = f"{quoted(row['area_km2'])} is no number"
            mend = f"`make data` writes this table: `git checkout -- {municipalities.file}`."
            yield municipalities.fault(number, "area_km2", problem, "an area in km²", mend)
    for number, row in states.rows.items():
        area, found = areas[row["code"]], row["area_polygon_km2"]
        if area and abs(found / area - 1) > 0.001:
            problem = f"{found:,} km² is not the area of the state's municipalities"
            allowed = f"about {area:,.1f}, their sum"
            yield states.fault(number, "area_polygon_km2", problem, allowed, "Correct it.")


@rule("states", "state_name_variants")
def names_of_states_are_their_known_spellings(
    states: Table, variants: Table
) -> Iterator[DataError]:
    """The table of spellings and that of states know a state by the same name."""
    canonical: defaultdict[str, set[str]] = defaultdict(set)
    for row in variants.rows.values():
        canonical[row["code"]].add(row["canonical"])
    english = {"09": "Mexico City", "15": "State of Mexico"}
    names = {}
    for number, row in states.rows.items():
        names[row["code"]] = {row["name_es"], row["name_official_es"], row["name_en"]}
        known = canonical[row["code"]]
        usual_names = {row["name_es"], row["name_official_es"]}
        if known and variants.complete and not usual_names & known:
            problem = f"{row['name_es']!r} is not the name in {variants.file}"
            mend = "Correct the name here or there."
            yield states.fault(number, "name_es", problem, listed(known), mend)
        wanted = english.get(str(row["code"]), str(row["name_es"]))
        if row["name_en"] != wanted:
            problem = f"{row['name_en']!r} is not the state's name in English"
            yield states.fault(number, "name_en", problem, wanted, f"Write {wanted}.")
    for number, row in variants.rows.items():
        if row["canonical"] not in names.get(row["code"], {row["canonical"]}):
            allowed = listed(names[row["code"]])
            problem = f"{row['canonical']!r} is no name of state {row['code']}"
            mend = "Correct the name or the code."
            yield variants.fault(number, "canonical", problem, allowed, mend)
        other = row["ambiguous_with"]
        if other in names and (other == row["code"] or not _spells(row["variant"], names[other])):
            problem = f"{row['variant']!r} cannot be read as state {other}"
            allowed = "another state whose name has these letters in this order, or nothing"
            yield variants.fault(number, "ambiguous_with", problem, allowed, "Correct it.")


def _spells(variant: str, names: set[str]) -> bool:
    """Whether the letters of a spelling stand in a name in their order: `CL` in `Colima`."""
    for name in names:
        letters = iter(folded(name))
        if all(letter in letters for letter in folded(variant)):
            return True
    return False


@row_rule("states")
def borders_and_zones_of_a_state_agree(row: Row) -> Iterator[Slip]:
    """Flags, neighbours, zone and decree of a state say the same."""
    neighbours = set(row["borders_country"])
    for field, wanted in (
        ("northern_border", "USA" in neighbours),
        ("southern_border", bool(neighbours & {"Guatemala", "Belize"})),
    ):
        if row[field] != wanted:
            said = ";".join(row["borders_country"]) or "blank"
            problem = f"{field} is {int(row[field])}, but borders_country is {said}"
            allowed = f"{int(wanted)} with these neighbours"
            yield field, problem, allowed, f"Correct {field} or borders_country."
    for field in ("sez_zone", "sez_decree", "sez_decree_certain"):
        filled = row[field] not in ("", None)
        if filled != row["sez"]:
            told = "filled" if filled else "blank"
            problem = f"{field} is {told}, but sez is {int(row['sez'])}"
            allowed = f"{field} for a state with a zone, and only there"
            yield field, problem, allowed, f"Correct {field} or sez."


@row_rule("sez_municipalities", "states", "municipalities")
def a_zone_lies_where_it_was_decreed(
    row: Row, states: Table, municipalities: Table
) -> Iterator[Slip]:
    """In states that had one, with their decree, in municipalities by their names."""
    yield from wrong_state(row, municipalities)
    state = by_key(states, "code").get(row["state"])
    if state and row["decree_date"] != state["sez_decree"]:
        allowed = state["sez_decree"] or f"no date: {row['state']} had no zone"
        problem = f"{row['decree_date']} is not the decree of state {row['state']}"
        yield "decree_date", problem, allowed, f"Correct it here or in {states.file}."
    known = by_key(municipalities, "cvegeo").get(row["cvegeo"], row)
    name = str(known.get("name", row["municipality"]))
    if row["municipality"] != name:
        problem = f"{row['municipality']!r} is not the name of {row['cvegeo']}"
        yield "municipality", problem, name, "Correct the name or the code."


@rule("states", "sez_municipalities")
def a_state_with_a_zone_has_its_municipalities(states: Table, zones: Table) -> Iterator[DataError]:
    """At least one, and the zone goes by one name in both tables."""
    zoned: defaultdict[str, set[str]] = defaultdict(set)
    for row in zones.rows.values():
        zoned[row["state"]].add(row["zone"])
    for number, row in states.rows.items():
        first = next(iter(zoned[row["code"]]), "").split()[:1]
        if row["sez"] and zones.complete and not zoned[row["code"]]:
            problem = f"sez is 1, but {zones.file} has no municipality of {row['code']}"
            yield states.fault(number, "sez", problem, "1 where a zone was decreed", "Correct it.")
        elif first and not folded(row["sez_zone"]).startswith(folded(first[0])):
            problem = f"{row['sez_zone']!r} is not the zone of {zones.file}"
            allowed = listed(zoned[row["code"]])
            yield states.fault(number, "sez_zone", problem, allowed, "Correct it here or there.")


@row_rule("usaid_municipalities", "municipalities", "states")
def municipalities_of_programmes_go_by_their_names(
    row: Row, municipalities: Table, states: Table
) -> Iterator[Slip]:
    """Where a code is given, the name is that of the code."""
    yield from wrong_state(row, municipalities)
    said = row["municipality"]
    _, whole, state = said.partition("state level: ")
    if whole and (code := state_called(states, state)) and code != row["state"]:
        problem = f"{row['state'] or 'a blank'} is another state than {state}"
        yield "state", problem, code, f"Write {code}."
    name = by_key(municipalities, "cvegeo").get(row["cvegeo"], {}).get("name", "")
    if not said.startswith(name):
        problem = f"{said!r} is not the name of {row['cvegeo']}"
        yield "municipality", problem, name, "Correct the name or the code."
    if not row["cvegeo"] and (row["state"], said) in _names(municipalities):
        problem = f"cvegeo is blank, but {said} is a municipality of the state"
        yield "cvegeo", problem, "the code of a municipality that is named", "Fill it in."


@lru_cache(maxsize=4)
def _names(municipalities: Table) -> set[tuple[str, str]]:
    return {(row["state"], row["name"]) for row in municipalities.rows.values()}


@row_rule("others")
def places_across_the_line_go_by_their_codes(row: Row) -> Iterator[Slip]:
    """`US-…` is across the line, `MX…` in the country, and the river neither."""
    kind = {"US": "across_the_line", "MX": "country"}.get(row["code"].split("-")[0], "river")
    if row["kind"] != kind:
        problem = f"{row['kind']} does not go with the code {row['code']}"
        yield "kind", problem, kind, "Correct the kind or the code."


@rule("search_effort", "activity_places")
def the_search_log_agrees_with_the_ledger_it_was_counted_on(
    log: Table, places: Table
) -> Iterator[DataError]:
    """Every state was searched by the same rule, and what was found is in the ledger."""
    if log.complete and (
        missing := sorted(set(STATE_CODES) - {row["state"] for row in log.rows.values()})
    ):
        problem = f"states are missing: {', '.join(missing)}."
        yield DataError(log.file, problem, "Put their rows back.", field="state")
    every: defaultdict[str, set[str]] = defaultdict(set)
    firm: defaultdict[str, set[str]] = defaultdict(set)
    for row in places.rows.values():
        if row["activity_id"] <= LAST_COUNTED:
            every[row["state"]].add(row["activity_id"])
            if not row["place_weak"]:
                firm[row["state"]].add(row["activity_id"])
    for number, row in log.rows.items():
        results = RESULTS_A_QUERY * row["queries_run"]
        follow_ups = max(0, row["queries_run"] - RESULTS_A_QUERY)
        wanted = [("results_read", results), ("follow_ups", follow_ups)]
        if places.complete:
            wanted += [
                ("activities_found_all", len(every[row["state"]])),
                ("activities_found_non_weak", len(firm[row["state"]])),
            ]
        for field, right in wanted:
            if row[field] != right:
                why = (
                    f"the number counted in {places.file} up to {LAST_COUNTED}"
                    if field.startswith("activities")
                    else "what follows from queries_run by the rule of the search"
                )
                problem = f"{row[field]} is not {why}"
                mend = f"Write {right}, or correct what it is counted from."
                yield log.fault(number, field, problem, str(right), mend)


@rule("recapture", "activity_places")
def a_pair_of_the_second_search_is_one_of_the_ledger(
    pairs: Table, places: Table
) -> Iterator[DataError]:
    """A state and an activity that the ledger has there, whatever became of its evidence since."""
    known = {(row["state"], row["activity_id"]) for row in places.rows.values()}
    if not places.complete:
        return
    for number, row in pairs.rows.items():
        if (row["state"], row["activity_id"]) not in known:
            problem = f"{row['activity_id']} has no place in {row['state']} in {places.file}"
            allowed = "a state that the activity has a place in"
            mend = "Correct the state or the activity."
            yield pairs.fault(number, "state", problem, allowed, mend)
        if row["met_again"] is (row["by_same_source"] is None):
            problem = "by_same_source says how a pair was met again, and is blank where it was not"
            allowed = "yes or no where the pair was met again, and nothing where it was not"
            yield pairs.fault(number, "by_same_source", problem, allowed, "Correct one of the two.")


@rule("search_effort2", "recapture")
def the_second_search_counts_the_pairs_it_lists(log: Table, pairs: Table) -> Iterator[DataError]:
    """How many pairs the ledger had, and how many of them it met again, follow from the pairs."""
    if not pairs.complete:
        return
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in pairs.rows.values():
        counts[row["state"]]["firm_pairs_in_ledger_then"] += 1
        counts[row["state"]]["firm_pairs_met_again"] += row["met_again"] is True
        counts[row["state"]]["by_same_source_only"] += row["by_same_source"] is True
    for number, row in log.rows.items():
        for field in ("firm_pairs_in_ledger_then", "firm_pairs_met_again", "by_same_source_only"):
            right = counts[row["state"]][field]
            if row[field] != right:
                problem = f"{row[field]} is not the number counted in {pairs.file}"
                mend = f"Write {right}, or correct what it is counted from."
                yield log.fault(number, field, problem, str(right), mend)


@rule("indicators")
def an_indicator_has_its_unit_its_series_and_every_state(
    indicators: Table,
) -> Iterator[DataError]:
    """Values in range, one figure or one word, and all 32 states of every year and series."""
    groups: defaultdict[tuple[str, int, str], dict[int, Any]] = defaultdict(dict)
    for number, row in indicators.rows.items():
        groups[row["indicator"], row["year"], row["series"]][number] = row
        unit, series, span = UNITS[row["indicator"]]
        for field, known in (("unit", (unit,)), ("series", series)):
            if row[field] not in known:
                problem = f"{row[field]!r} does not go with {row['indicator']}"
                yield indicators.fault(number, field, problem, listed(known), f"Write {known[0]}.")
        if (row["value"] is None) == bool(span) or bool(row["value_text"]) == bool(span):
            field, other = ("value", "value_text") if span else ("value_text", "value")
            what = "a number" if span else "a word"
            problem = f"{row['indicator']} is {what}, and stands in {field}"
            allowed = f"{field} filled and {other} blank"
            mend = f"Fill in {field} and clear {other}."
            yield indicators.fault(number, field, problem, allowed, mend)
        elif span and not span[0] <= row["value"] <= span[1]:
            problem = f"{row['value']:,} is out of range for {row['indicator']}"
            allowed = f"from {span[0]:,} to {span[1]:,}"
            yield indicators.fault(number, "value", problem, allowed, "Correct the figure.")
        elif unit in ("people", "deaths", "victims", "rank") and row["value"] % 1:
            problem = f"{row['value']} is no whole number of {unit}"
            yield indicators.fault(number, "value", problem, "a whole number", "Correct it.")
    if not indicators.complete:
        return
    for (name, year, series_name), rows in groups.items():
        yield from _group(indicators, name, year, series_name, rows)


def _group(
    table: Table, name: str, year: int, series: str, rows: dict[int, Any]
) -> Iterator[DataError]:
    """One indicator of one year and series: all states, one source, the published sum."""
    first = next(iter(rows))
    if missing := sorted(set(STATE_CODES) - {row["state"] for row in rows.values()}):
        problem = f"{name} of {year} ({series}) is missing for {listed(missing)}"
        mend = "Add the rows, or correct the indicator, year or series that was changed."
        yield table.fault(first, "state", problem, "a row for each of the 32 states", mend)
        return
    for field in ("source", "note"):
        usual = Counter(row[field] for row in rows.values()).most_common(1)[0][0]
        for number, row in rows.items():
            if row[field] != usual:
                problem = f"{row[field]!r} is not what the other states of {name} {year} have"
                yield table.fault(number, field, problem, repr(usual), "Write the same words.")
    total = NATIONAL.get((name, year, series))
    found = sum(row["value"] or 0 for row in rows.values())
    if total is not None and found != total:
        problem = f"the states' {name} of {year} adds up to {found:,.0f}"
        allowed = f"{total:,}, as published for the country"
        mend = "Correct the state whose figure was changed."
        yield table.fault(first, "value", problem, allowed, mend)
    if name == "marginalization_rank" and len({row["value"] for row in rows.values()}) < 32:
        problem = f"a rank of {year} is there twice"
        mend = "Correct the rank that was changed."
        yield table.fault(first, "value", problem, "each rank from 1 to 32 once", mend)
