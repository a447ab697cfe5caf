"""A toy country of four states and a ledger of eleven activities, small enough to add up by hand.

North (01) is the border, South (03) has a special economic zone. Of 10 million people, 1, 2, 3 and
4 million live in states 01 to 04; half are poor; 10, 20, 30 and 40 are killed in every year.

| id | what | places | dollars |
|---|---|---|---|
| T01 | the whole, prevention, 2010 | 01 | 100, separable |
| T02 | part of T01, rule of law | 01 | 30 |
| T03 | one course for three states, border, 2012-2014 | 01, 02, 04 | 100, not split |
| T04 | an offer, weak | 02 | 50 |
| T05 | a federal academy, weak | 03 | none |
| T06 | undated, but firm | 04 | none |
| T07 | 1,900 pesos at 19 in 2017 | 03 | 100, separable |
| T08 | undated pesos, weak | 02 | not converted |
| T09 | amount covers more than the place named | 01 | 70 |
| T10 | names no state | none | 10 |
| T11 | firm in 02, only inferred in 03, systematic | 02, 03 | 60, not split |
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from geo.atlas.atlas import Atlas, Source, State
from geo.atlas.indicators import build_indicators
from geo.atlas.ledger import build_ledger
from geo.paths import DATA
from geo.view import YEARS

if TYPE_CHECKING:
    from collections.abc import Iterable

Row = dict[str, Any]

CODES = ("01", "02", "03", "04")
PEOPLE = {"01": 1_000_000.0, "02": 2_000_000.0, "03": 3_000_000.0, "04": 4_000_000.0}
DEATHS = {"01": 10.0, "02": 20.0, "03": 30.0, "04": 40.0}


@dataclass(frozen=True)
class Rows:
    """The three tables of a ledger, as `geo.atlas.tables.read_table` gives their rows."""

    activities: tuple[Row, ...]
    places: tuple[Row, ...]
    amounts: tuple[Row, ...]

    def __add__(self, other: Rows) -> Rows:
        return Rows(
            self.activities + other.activities,
            self.places + other.places,
            self.amounts + other.amounts,
        )


def rows_of(
    activity_id: str,
    *,
    states: Iterable[str] = (),
    weak: dict[str, str] | None = None,
    usd: str | None = None,
    pesos: str | None = None,
    rate: str = "19",
    area: str = "rule_of_law",
    start: str = "2010",
    end: str = "2010",
    separable: bool = False,
    found_by: str = "targeted",
    found_at: dict[str, str] | None = None,
    names_merida: str = "yes",
    funder: str = "US Merida",
    kind: str = "training",
    recipient: str = "state",
    part_of: str = "",
    title: str = "",
    place: str = "",
    cvegeo: str = "",
) -> Rows:
    """The rows of one activity.

    `weak` gives the reason of each weak place by state code, `found_at` the search that found it
    in a state, which is `found_by` where nothing else is said.
    """
    weak = weak or {}
    named = [*((state, "") for state in states), *weak.items()]
    amount = Decimal(given) if (given := pesos or usd) else None
    dollars = Decimal(usd) if usd else None
    if pesos and (start or end):
        dollars = (Decimal(pesos) / Decimal(rate)).quantize(Decimal("0.01"))
    activity = {
        "activity_id": activity_id,
        "title_en": title or f"Activity {activity_id}",
        "title_es": title or f"Actividad {activity_id}",
        "area": area,
        "kind": kind,
        "amount": amount,
        "currency": "MXN" if pesos else "USD" if usd else "",
        "amount_basis": "delivered" if amount is not None else "",
        "amount_separable": separable,
        "period_start": start,
        "period_end": end,
        "period_certain": "yes",
        "recipient_level": recipient,
        "funder": funder,
        "weak": bool(named) and len(weak) == len(named),
        "weak_reason": next(iter(weak.values())) if named and len(weak) == len(named) else "",
        "source_ids": ("S1",),
        "verification": "read in the source",
        "note": "",
        "found_by": found_by,
        "part_of": part_of,
        "names_merida": names_merida,
    }
    places = tuple(
        {
            "activity_id": activity_id,
            "place": place or f"City of {state}",
            "state": state,
            "cvegeo": cvegeo or f"{state}001",
            "location_precision": 3,
            "count": None,
            "count_unit": "",
            "lat": None,
            "lon": None,
            "place_note": "",
            "place_weak": bool(reason),
            "place_weak_reason": reason,
            "found_by": (found_at or {}).get(state, found_by),
        }
        for state, reason in named
    )
    # In the toy country a dollar of before 2015 was worth two of 2021, one of later 1.25.
    worth = Decimal(2) if (start or end) < "2015" else Decimal("1.25")
    priced = None if dollars is None or not (start or end) else dollars * worth
    amounts: tuple[Row, ...] = ()
    if amount is not None:
        amounts = (
            {
                "activity_id": activity_id,
                "amount": amount,
                "currency": activity["currency"],
                "amount_usd": dollars,
                "rate": Decimal(rate) if pesos and dollars is not None else None,
                "rate_year": int((start or end)[:4]) if pesos and dollars is not None else None,
                "why_blank": "" if dollars is not None else "undated",
                "amount_usd_2021": priced,
                "price_years": "" if priced is None else "toy",
            },
        )
    return Rows((activity,), places, amounts)


TOY = (
    rows_of("T01", states=["01"], usd="100", area="prevention", separable=True)
    + rows_of("T02", states=["01"], usd="30", separable=True, part_of="T01")
    + rows_of(
        "T03", states=["01", "02", "04"], usd="100", area="smart_border", start="2012", end="2014"
    )
    + rows_of("T04", weak={"02": "offer_or_plan"}, usd="50", separable=True, start="2011")
    + rows_of("T05", weak={"03": "federal_institution"}, area="organised_crime")
    + rows_of("T06", states=["04"], start="", end="")
    + rows_of("T07", states=["03"], pesos="1900", separable=True, start="2017", end="2017")
    + rows_of("T08", weak={"02": "undated"}, pesos="500", start="", end="")
    + rows_of("T09", states=["01"], usd="70", area="several", start="2015", end="2015")
    + rows_of("T10", usd="10", area="counter_terrorism", start="2009", end="2009")
    + rows_of("T11", states=["02"], weak={"03": "inferred_place"}, usd="60", found_by="systematic")
)


def toy_atlas(rows: Rows = TOY, *, names: dict[str, str] | None = None) -> Atlas:
    """The toy country with a ledger; `names` overrides the name of a state by its code."""
    spoken = {"01": "North", "02": "East", "03": "South", "04": "West"} | (names or {})
    states = {
        code: State(
            code=code,
            names={"en": spoken[code], "es": spoken[code]},
            abbr=spoken[code][:2],
            capital=f"Capital of {spoken[code]}",
            northern_border=code == "01",
            southern_border=code == "03",
            sez=code == "03",
            sez_zone=spoken["03"] if code == "03" else "",
        )
        for code in CODES
    }
    source = Source("S1", "A report", "Somebody", "2016", "https://example.org/", "press", "press")
    return Atlas(
        states=states,
        ledger=build_ledger(rows.activities, rows.places, rows.amounts),
        indicators=build_indicators(indicator_rows()),
        sources={"S1": source},
        data=DATA,
        version="toy",
    )


def with_source(atlas: Atlas, **changes: str) -> Atlas:
    """The same country with another source behind every activity."""
    return replace(atlas, sources={"S1": replace(atlas.sources["S1"], **changes)})


def indicator_rows() -> list[Row]:
    """What the four states are held against."""
    rows = []
    for code in CODES:
        rows.append(_indicator(code, "population", 2020, PEOPLE[code], "census"))
        rows.append(_indicator(code, "poverty_pct", 2020, 50.0, "coneval_municipal_agg"))
        rows += [
            _indicator(code, "homicides", year, DEATHS[code], "registrations_occurrence")
            for year in YEARS
        ]
    return rows


def _indicator(state: str, name: str, year: int, value: float, series: str) -> Row:
    return {
        "state": state,
        "indicator": name,
        "year": year,
        "value": value,
        "value_text": "",
        "unit": "",
        "series": series,
        "source": "toy",
        "note": "",
    }
