"""What every join of the atlas matched, and what it did not: nothing is dropped in silence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from geo.atlas import (
    Atlas,
    index_state_names,
    join_by_code,
    load_municipalities,
    load_states,
    locate_points,
    match_state_name,
)
from geo.drawing import Column, table_html
from geo.language import Speech
from geo.view import STATE_CODES

CITING_TABLES = (
    "activities",
    "national_facts",
    "not_merida",
    "published_totals",
    "sites",
    "timeline",
)
"""The tables whose rows cite sources by their ids."""


@dataclass(frozen=True, slots=True)
class Report:
    """One join: its name, how many of how many matched, and the names of what did not."""

    name: str
    matched: int
    of: int
    unmatched: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether everything matched."""
        return self.matched == self.of


@lru_cache(maxsize=4)
def reports(atlas: Atlas, lang: str) -> dict[str, Report]:
    """Every join of the atlas by its name, in the order shown; sites are named in `lang`."""
    found = (
        _places_to_states(atlas),
        _activities_to_places(atlas),
        _places_to_municipalities(atlas),
        _points_in_their_state(atlas),
        _municipalities(atlas, "sez_municipalities"),
        _municipalities(atlas, "usaid_municipalities"),
        _sites_to_states(atlas, lang),
        _spellings(atlas),
        _boundaries(atlas),
        _indicators(atlas),
        _source_ids(atlas),
        _sources_cited(atlas),
        _amounts(atlas),
        _pesos(atlas),
    )
    return {report.name: report for report in found}


def _places_to_states(atlas: Atlas) -> Report:
    rows = atlas.table("activity_places")
    lost = join_by_code(rows, atlas.table("states"), "state")
    foreign = {*lost.unmatched_left, *lost.duplicates}
    missing = tuple(f"{r['activity_id']} {r['place']}" for r in rows if r["state"] in foreign)
    return Report("places_to_states", len(rows) - len(missing), len(rows), missing)


def _activities_to_places(atlas: Atlas) -> Report:
    firsts = {row["activity_id"]: row for row in atlas.table("activity_places")}.values()
    joined = join_by_code(atlas.table("activities"), firsts, "activity_id", "activity_id")
    total = len(atlas.ledger)
    return Report("activities_to_places", len(joined.matched), total, joined.unmatched_left)


def _places_to_municipalities(atlas: Atlas) -> Report:
    rows = atlas.table("activity_places")
    report = join_by_code(rows, atlas.table("municipalities"), "cvegeo", "cvegeo")
    known = set(report.matched)
    wrong = tuple(code for code in report.unmatched_left if code)
    return Report(
        "places_to_municipalities", sum(r["cvegeo"] in known for r in rows), len(rows), wrong
    )


def _points_in_their_state(atlas: Atlas) -> Report:
    rows = {
        f"{row['activity_id']} {row['place']}": row
        for row in atlas.table("activity_places")
        if row["lat"] is not None
    }
    points = {name: (row["lon"], row["lat"]) for name, row in rows.items()}
    located = locate_points(points, load_states(atlas.data))
    away = tuple(name for name, (code, _) in located.items() if code != rows[name]["state"])
    return Report("points_in_their_state", len(located) - len(away), len(located), away)


def _municipalities(atlas: Atlas, table: str) -> Report:
    rows = atlas.table(table)
    known = set(join_by_code(rows, atlas.table("municipalities"), "cvegeo", "cvegeo").matched)
    missing = tuple(
        _with_state(atlas, row["municipality"], row["state"])
        for row in rows
        if row["cvegeo"] not in known
    )
    return Report(table, len(rows) - len(missing), len(rows), missing)


def _with_state(atlas: Atlas, name: str, code: str) -> str:
    state = atlas.states.get(code)
    return f"{name} ({state.abbr})" if state and state.abbr not in name else name


def _sites_to_states(atlas: Atlas, lang: str) -> Report:
    sites = atlas.table("sites")
    names = {row["site_id"]: row[f"name_{lang}"] for row in sites}
    points = {r["site_id"]: (r["lon"], r["lat"]) for r in sites if r["lat"] is not None}
    outside = [
        f"{names[name]} ({distance:.1f} km)"
        for name, (_, distance) in locate_points(points, load_states(atlas.data)).items()
        if distance is not None
    ]
    outside += [names[row["site_id"]] for row in sites if row["lat"] is None]
    return Report("sites_to_states", len(sites) - len(outside), len(sites), tuple(outside))


def _spellings(atlas: Atlas) -> Report:
    rows = atlas.table("state_name_variants")
    names = index_state_names(rows)
    unclear = tuple(
        f"“{row['variant']}”" for row in rows if len(match_state_name(row["variant"], names)) != 1
    )
    return Report("spellings", len(rows) - len(unclear), len(rows), tuple(dict.fromkeys(unclear)))


def _boundaries(atlas: Atlas) -> Report:
    shapes = (feature["properties"] for feature in load_municipalities(atlas.data)["features"])
    report = join_by_code(atlas.table("municipalities"), shapes, "cvegeo")
    lost = (*report.unmatched_left, *report.unmatched_right, *report.duplicates)
    return Report("boundaries", len(report.matched), len(report.matched) + len(lost), lost)


def _indicators(atlas: Atlas) -> Report:
    sets: dict[str, set[str]] = defaultdict(set)
    for row in atlas.table("indicators"):
        sets[f"{row['indicator']} {row['year']} {row['series']}"].add(row["state"])
    holed = tuple(name for name, states in sorted(sets.items()) if states != set(STATE_CODES))
    return Report("indicators", len(sets) - len(holed), len(sets), holed)


def _cited(atlas: Atlas) -> set[str]:
    return {
        source_id
        for table in CITING_TABLES
        for row in atlas.table(table)
        for source_id in row["source_ids"]
    }


def _source_ids(atlas: Atlas) -> Report:
    cited = _cited(atlas)
    unknown = tuple(sorted(cited - set(atlas.sources)))
    return Report("source_ids", len(cited) - len(unknown), len(cited), unknown)


def _sources_cited(atlas: Atlas) -> Report:
    idle = tuple(sorted(set(atlas.sources) - _cited(atlas)))
    return Report("sources_cited", len(atlas.sources) - len(idle), len(atlas.sources), idle)


def _amounts(atlas: Atlas) -> Report:
    with_amount = sum(1 for a in atlas.ledger.activities if a.amount is not None)
    return Report("amounts", with_amount, len(atlas.ledger))


def _pesos(atlas: Atlas) -> Report:
    pesos = [a for a in atlas.ledger.activities if a.currency == "MXN"]
    blank = tuple(a.activity_id for a in pesos if a.usd is None)
    return Report("pesos", len(pesos) - len(blank), len(pesos), blank)


def unmatched_html(atlas: Atlas, say: Speech) -> Markup:
    """Every join with what it matched, what it did not, and what happens to the rest."""
    words = _words(say)
    columns = (
        Column(say.t("What is joined"), kind="what"),
        Column(say.t("Matched"), number=True),
        Column(say.t("Not matched"), number=True),
        Column(say.t("What happens to the rest")),
    )
    rows = []
    for report in reports(atlas, say.lang).values():
        name, consequence = words[report.name]
        rest = report.of - report.matched
        names: Any = ""
        if report.unmatched:
            names = Markup(
                '<details><summary>{}</summary><p class="ma-small">{}</p></details>'
            ).format(
                say.n("name it", "name the {count}", len(report.unmatched)),
                ", ".join(report.unmatched),
            )
        rows.append(
            (
                name,
                say.t(
                    "{matched} of {of}",
                    matched=say.number(report.matched),
                    of=say.number(report.of),
                ),
                Markup('<b class="ma-figure">{}</b>').format(say.number(rest)) if rest else "0",
                Markup("{}{}").format("" if report.complete else consequence, names),
            )
        )
    return table_html(say.t("Joins and what did not match"), columns, rows, kind="ma-joins")


def _words(say: Speech) -> dict[str, tuple[str, str]]:
    """Each join in words, and what happens to what does not match."""
    return {
        "places_to_states": (
            say.t("Places of activities → states"),
            say.t("Not counted in any state; kept in the remainder."),
        ),
        "activities_to_places": (
            say.t("Activities → at least one place"),
            say.t("No place is named. Counted in the remainder, as “no state named”."),
        ),
        "places_to_municipalities": (
            say.t("Places of activities → municipalities"),
            say.t("The source names only the state: counted there, drawn in no municipality."),
        ),
        "points_in_their_state": (
            say.t("City points → the state the source names"),
            say.t("The state the source names goes before the point."),
        ),
        "sez_municipalities": (
            say.t("Municipalities of special economic zones → INEGI code"),
            say.t("Listed by name, not drawn."),
        ),
        "usaid_municipalities": (
            say.t("Municipalities of USAID programmes → INEGI code"),
            say.t("The source counts them without naming them, or names a state: not drawn."),
        ),
        "sites_to_states": (
            say.t("Sites of the essay → the state they stand in"),
            say.t(
                "Across the line, or without a published point. Drawn where they are; their state "
                "comes from the source, never from the point."
            ),
        ),
        "spellings": (
            say.t("Spellings of the states in published data → INEGI code"),
            say.t("Could mean two states: never matched by guess."),
        ),
        "boundaries": (
            say.t("Municipalities → boundaries"),
            say.t("In the table and not drawn, or drawn and not in the table."),
        ),
        "indicators": (
            say.t("Indicators, by year and series → all 32 states"),
            say.t("Not used as a denominator: one with holes would bias every share."),
        ),
        "source_ids": (
            say.t("Sources cited → the list of sources"),
            say.t("Cited without an entry in the list."),
        ),
        "sources_cited": (
            say.t("Sources in the list → a row that cites them"),
            say.t("Read, and kept for whoever checks; no row names them by their id."),
        ),
        "amounts": (
            say.t("Activities → a published amount"),
            say.t("Counted as activities. In dollars they are missing, not zero."),
        ),
        "pesos": (
            say.t("Amounts in pesos → a year's exchange rate"),
            say.t("Undated, so no rate applies: kept in pesos, in no sum of dollars."),
        ),
    }
