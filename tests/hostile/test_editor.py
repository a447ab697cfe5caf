"""An editor with a spreadsheet: one wrong value in a column is refused in words or moves nothing.

The mistakes are drawn, always the same, over every column of every table that a person keeps.
"""

from __future__ import annotations

import csv
import io
import random
import re
import shutil
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from geo.atlas import Table, fiscal_years, load_figures, national_lines, table_of
from geo.atlas.indicators import build_indicators
from geo.atlas.ledger import build_ledger
from geo.atlas.national import build_national
from geo.atlas.sites import _site
from geo.atlas.tables import checked_table, read_table
from geo.build import amounts, check, package
from geo.build.__main__ import main
from geo.equity.claims import NEEDS
from geo.paths import DATA
from geo.view import STATE_CODES, View
from tests.covering import thorough
from tests.made import table_read
from tests.research import rows_on_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geo.errors import DataError
    from tests.hostile.record import Met

SEED: Final = 20_071_022

A_COLUMN: Final = 3 if thorough() else 1
"""Mistakes that are drawn for a column."""

REFUSED: Final = "refused: file, row, field, what is allowed, how to mend"
HARMLESS: Final = "harmless: free text, no number of the atlas moves"
LISTED: Final = "harmless: listed as written, no number of the atlas moves"

ONLY_LISTED: Final = {("usaid_municipalities", "state")}
"""In which state a group of municipalities lies that is not named, only its source knows."""

Mistake = tuple[str, str]
"""What sort of slip it is, and the text that stands in the cell then."""


@cache
def own_tables() -> dict[str, Table]:
    return check.tables_of(DATA)[0]


def kept_by_hand() -> list[Table]:
    return [t for t in own_tables().values() if t.resource["generated_by"] == "kept by hand"]


def written(table: Table, row: int, field: str, text: str) -> bytes:
    """The table as a file, with `text` in one cell."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(
        out, [one["name"] for one in table.resource["schema"]["fields"]], lineterminator="\n"
    )
    writer.writeheader()
    for number, texts in table.texts.items():
        writer.writerow({**texts, field: text} if number == row else texts)
    return out.getvalue().encode("utf-8", "surrogatepass")


def faults_with(table: Table, content: bytes) -> tuple[dict[str, Table], list[DataError]]:
    tables = own_tables() | {table.name: table_of(table.resource, content)}
    return tables, check.table_faults(tables, DATA)


def slips(table: Table, field: Mapping[str, Any], own: str, draw: random.Random) -> list[Mistake]:
    """What a person or a spreadsheet makes of a cell of this field."""
    constraints = field.get("constraints", {})
    found: list[Mistake] = [("a space after it", f"{own or 'x'} "), ("a line break in it", "a\nb")]
    if constraints.get("required"):
        found.append(("left blank", ""))
    schema = table.resource["schema"]
    if [field["name"]] == schema.get("primaryKey") or constraints.get("unique"):
        others = [texts[field["name"]] for texts in table.texts.values()]
        found.append(("the key of another row", draw.choice([o for o in others if o != own])))
    if "enum" in constraints:
        found += [("a word that is not allowed", "something"), ("in capitals", f"{own or 'x'}X")]
    pattern = constraints.get("pattern", "")
    if pattern.startswith(("0[1-9]", "(0[1-9]")):
        found += [
            ("its zero dropped by the spreadsheet", "9" if len(own or "09") == 2 else "9015"),
            ("a code of another state", "13" if own != "13" else "14")
            if not pattern.startswith("(")
            else ("a municipality of another state", "13001" if own[:2] != "13" else "14001"),
            ("a code of nothing", "99" if not pattern.startswith("(") else "01999"),
        ]
    if field.get("list") or field["name"] in ("part_of", "activity_id", "other_id", "check_ref"):
        found.append(("a key that is nowhere", "M998" if "M[0-9]" in pattern else "NOWHERE"))
    if field.get("list") and own:
        found += [("a key given twice", f"{own};{own}"), ("commas between keys", f"{own},{own}")]
    if field["type"] == "boolean":
        found += [
            ("as a spreadsheet writes it", "TRUE"),
            ("as a spreadsheet writes it", "VERDADERO"),
        ]
        if re.search("weak|border|^sez$", field["name"]) and own:
            found.append(
                ("a flag turned round", {"yes": "no", "no": "yes", "0": "1", "1": "0"}[own])
            )
    if field["type"] in ("number", "integer"):
        digits = own or "250000"
        found += [
            ("thousands with commas", "250,000"),
            ("as a spreadsheet shortens it", "1.5E+05"),
            ("a word for a number", "a lot"),
            ("a decimal comma", digits.replace(".", ",") if "." in digits else f"{digits},5"),
            ("a currency before it", f"${digits}"),
        ]
        if float(digits):
            turned = digits[1:] if digits.startswith("-") else f"-{digits}"
            found.append(("a sign turned round", turned))
    if field.get("date"):
        found += [
            ("a date as a spreadsheet writes it", "12/05/2014"),
            ("a month as a spreadsheet writes it", "ene-16"),
        ]
    if field.get("date") == "day":
        found += [
            ("month 13", "2014-13"),
            ("a day that is none", "2015-02-29"),
            ("another century", "1914-05"),
        ]
    if field["name"].endswith("url") and own:
        found += [("an address without its beginning", "www.example.org/a")]
    if is_free_text(table, field["name"]) or field.get("as_seen"):
        found += [
            ("a letter lost on the way", "M\ufffdrida"),
            ("letters read in another encoding", "MÃ©rida"),
            ("a formula that failed", "#REF!"),
            ("a formula", "=A1"),
        ]
        if field.get("as_seen"):
            found = [slip for slip in found if "letter" not in slip[0]]
        if not constraints.get("unique"):
            found.append(("another wording", f"{own} so" if own else "so"))
    return [(kind, text) for kind, text in dict.fromkeys(found) if text != own]


@cache
def mistakes() -> tuple[tuple[str, int, str, str, str], ...]:
    """Table, row, field, kind, text: some of every column, of the kinds that came up least."""
    draw = random.Random(SEED)
    drawn = []
    kinds: Counter[str] = Counter()
    for table in kept_by_hand():
        rows = list(table.texts)
        for field in table.resource["schema"]["fields"]:
            name = field["name"]
            filled = [row for row in rows if table.texts[row][name]] or rows
            row = draw.choice(filled)
            found = slips(table, field, table.texts[row][name], draw)
            draw.shuffle(found)
            for kind, text in sorted(found, key=lambda slip: kinds[slip[0]])[:A_COLUMN]:
                drawn.append((table.name, row, name, kind, text))
                kinds[kind] += 1
    return tuple(drawn)


@pytest.fixture
def each_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a copy of the data only what was spoilt is read: the other files are as they were."""
    monkeypatch.setattr(check, "checked_table", table_read)


class Read:
    """As much of an atlas as its numbers need, over tables that were never written."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self.tables = tables
        self.sources = {row["source_id"]: row for row in self.table("sources")}

    def table(self, name: str) -> tuple[dict[str, Any], ...]:
        return tuple(self.tables[name].rows.values())


def numbers(tables: Mapping[str, Table]) -> dict[str, Any]:
    """What the atlas computes from its tables: who is reached, what is summed, drawn, opened."""
    read: Any = Read(tables)
    national = build_national(read.table("national_facts"), read.table("amounts_by_area"))
    dollars = [{**row, "rate_year": None} for row in usd()]
    ledger = build_ledger(read.table("activities"), read.table("activity_places"), dollars)
    indicators = build_indicators(read.table("indicators"))
    years = fiscal_years(load_figures(read))
    return {
        "reached": [
            (
                one.activity_id,
                one.area,
                one.years,
                one.usd,
                one.part_of,
                one.counted_states(include_weak=weak),
            )
            for one in ledger.activities
            for weak in (False, True)
        ],
        "placed": [
            (p.cvegeo, p.count, p.lat, p.lon) for one in ledger.activities for p in one.places
        ],
        "national": national_lines(national, View()),
        "need": [indicators.need(need, STATE_CODES, View()) for need in NEEDS],
        "years": [(year.year, year.drawn, year.completeness, year.unsplit) for year in years],
        "sites": [
            (
                site.site_id,
                site.kind,
                site.point,
                site.stretch,
                site.payer,
                site.status(2016),
                site.cited,
            )
            for site in (_site(row, read) for row in read.table("sites"))
        ],
        "kept": [(row["usd_millions"],) for row in read.table("published_totals")],
    }


@cache
def usd() -> list[dict[str, Any]]:
    return [dict(row) for row in read_table("amounts_usd")]


def is_free_text(table: Table, field: str) -> bool:
    described = next(one for one in table.resource["schema"]["fields"] if one["name"] == field)
    constraints = described.get("constraints", {})
    reads = {"enum", "pattern", "unique"} & constraints.keys() or "list" in described
    return described["type"] == "string" and not reads


def test_the_data_as_they_are_pass() -> None:
    assert check.data_faults(DATA) == []


@pytest.mark.covering
@pytest.mark.no_cover
def test_every_mistake_is_refused_with_its_place_and_remedy_or_moves_no_number(met: Met) -> None:
    assert len(mistakes()) >= 200
    before = numbers(own_tables())
    silent = []
    for name, row, field, kind, text in mistakes():
        table = own_tables()[name]
        tables, faults = faults_with(table, written(table, row, field, text))
        told = [f for f in faults if f.file == table.file and f.row == row]
        here = [f for f in told if f.field and field in f.field]
        if any("allowed is " in f.problem and f.remedy for f in here or told or faults):
            assert all(str(f).startswith("data/") for f in faults)
            met(f"an editor's mistake: {kind}", REFUSED)
        elif not faults and is_free_text(table, field) and numbers(tables) == before:
            met(f"an editor's mistake: {kind}", HARMLESS)
        elif not faults and (name, field) in ONLY_LISTED and numbers(tables) == before:
            met(f"an editor's mistake: {kind}", LISTED)
        else:
            silent.append((name, row, field, kind, text, [str(f) for f in faults]))
    assert not silent, "\n".join(map(str, silent))


def row_where(name: str, **wanted: object) -> int:
    """The first row of a table in which fields are filled, blank ("") or of that value."""
    for number, row in own_tables()[name].texts.items():
        if all(bool(row[f]) if w is True else row[f] == w for f, w in wanted.items()):
            return number
    raise LookupError((name, wanted))


Slip = tuple[str, str, dict[str, object], dict[str, str], str]

SAID: Final[tuple[Slip, ...]] = (
    # What sort of mistake, the table, which row, what is written there, what is said.
    ("an amount without its basis", "activities", {"amount": True}, {"amount_basis": ""}, "basis"),
    ("a basis without an amount", "activities", {"amount": True}, {"amount": ""}, "amount_basis"),
    ("a negative amount", "activities", {"amount": True}, {"amount": "-5"}, "minus sign"),
    ("a zero for a blank", "activities", {"amount": True}, {"amount": "0"}, "blank is not a zero"),
    ("an id twice", "activities", {"activity_id": "M002"}, {"activity_id": "M001"}, "already"),
    ("an unknown source", "activities", {}, {"source_ids": "NOSUCH"}, "sources.csv"),
    (
        "a period that ends before it starts",
        "activities",
        {"period_start": True, "period_end": True},
        {"period_start": "2019-05", "period_end": "2018"},
        "before period_start",
    ),
    ("month 13", "activities", {}, {"period_start": "2014-13"}, "YYYY-MM"),
    ("a year outside the time", "activities", {}, {"period_end": "2052"}, "outside the time"),
    ("pesos without a rate", "activities", {"currency": "MXN"}, {"period_start": "2007"}, "rate"),
    ("a part of itself", "activities", {"part_of": True}, {"part_of": "M115"}, "itself"),
    ("a part of nothing", "activities", {"part_of": True}, {"part_of": "M999"}, "'M999' is not in"),
    ("a part of another", "activities", {"part_of": True}, {"part_of": "M010"}, "M010"),
    ("weak without a reason", "activities", {"weak": "no"}, {"weak": "yes"}, "weak_reason"),
    (
        "weak with firm places",
        "activities",
        {"weak": "no", "activity_id": "M001"},
        {"weak": "yes", "weak_reason": "undated"},
        "does not agree",
    ),
    (
        "firm with weak places",
        "activities",
        {"weak": "yes", "activity_id": "M005"},
        {"weak": "no", "weak_reason": ""},
        "every place",
    ),
    (
        "a place of an unknown activity",
        "activity_places",
        {},
        {"activity_id": "M999"},
        "'M999' is not in",
    ),
    (
        "a municipality of another state",
        "activity_places",
        {"cvegeo": "02004"},
        {"cvegeo": "08037"},
        "in state 08, but state is 02",
    ),
    (
        "a municipality that is none",
        "activity_places",
        {"cvegeo": "02004"},
        {"cvegeo": "02999"},
        "'02999' is not in",
    ),
    (
        "a state that is not the place's",
        "activity_places",
        {"place": "Jalisco"},
        {"state": "15"},
        "another state than Jalisco",
    ),
    (
        "coordinates exchanged",
        "activity_places",
        {"cvegeo": "02004"},
        {"lat": "-117.00371", "lon": "32.5027"},
        "exchanged",
    ),
    (
        "a longitude without its sign",
        "activity_places",
        {"cvegeo": "02004"},
        {"lon": "117.00371"},
        "minus sign before it",
    ),
    (
        "a point in another municipality",
        "activity_places",
        {"cvegeo": "02004"},
        {"lat": "31.72024", "lon": "-106.46084"},
        "km outside 02004",
    ),
    ("a site moved away", "sites", {"site_id": "tijuana"}, {"lat": "22.5"}, "km outside 02004"),
    (
        "a site said to be paid by Mérida",
        "sites",
        {"site_id": "cbx"},
        {"who_paid_en": "Private, USD 120M"},
        "claim that Mérida paid",
    ),
    ("an activity that is not there", "sites", {}, {"check_en": "See M999"}, "M999 is no activity"),
    (
        "an enacted figure without a source",
        "appropriations",
        {"status": "enacted"},
        {"source_title": "", "source_url": "", "source_date": ""},
        "is_unverified",
    ),
    ("a fiscal year of another text", "appropriations", {}, {"fy_end": "2012"}, "fiscal_year"),
    (
        "a part of a year misspelt",
        "appropriations",
        {"row_id": "A002"},
        {"basis": "enacted, State spending plan (FY2008 supplementl)"},
        "Write supplemental",
    ),
    (
        "a wrong grade of a source",
        "sources",
        {"kind": "press"},
        {"grade_kind": "official"},
        "not the grade",
    ),
    ("a rate with its point moved", "exchange_rates", {}, {"mxn_per_usd": "111.480"}, "5 to 50"),
    ("a price index with a digit wrong", "price_index", {}, {"cpi_u": "285.303"}, "year's step"),
    (
        "a year without a price index",
        "price_index",
        {"year": "2012"},
        {"year": "2029"},
        "2012",
    ),
    (
        "a year without a rate",
        "exchange_rates",
        {"year": "2012"},
        {"year": "2022"},
        "2012 is missing",
    ),
    (
        "a population with a digit wrong",
        "indicators",
        {"indicator": "population", "year": "2020"},
        {"value": "1425608"},
        "as published for the country",
    ),
    ("a state's area with a digit wrong", "states", {}, {"area_km2": "5616.7"}, "add up"),
    (
        "a search count with a digit wrong",
        "search_effort",
        {},
        {"activities_found_all": "3"},
        "counted",
    ),
    ("an event out of order", "timeline", {"event_id": "V02"}, {"date": "2019-01"}, "stands after"),
    (
        "a figure without a source or note",
        "national_facts",
        {"note": ""},
        {"source_ids": ""},
        "source",
    ),
    (
        "an official name that INEGI's is not",
        "states",
        {"code": "16"},
        {"name_official_es": "Michoacán"},
        "official name",
    ),
    ("a capital letter", "states", {"code": "14"}, {"name_en": "jalisco"}, "Write Jalisco"),
    (
        "a border without its neighbour",
        "states",
        {"code": "14"},
        {"northern_border": "1"},
        "border",
    ),
    ("a zone without its decree", "states", {"sez": "1"}, {"sez_decree": ""}, "sez_decree"),
    ("a zone by another name", "states", {"code": "30"}, {"sez_zone": "Progreso"}, "not the zone"),
    ("an area of another polygon", "states", {}, {"area_polygon_km2": "5715.7"}, "municipalities"),
    (
        "a spelling of another state",
        "state_name_variants",
        {"code": "14"},
        {"canonical": "Colima"},
        "no name of state 14",
    ),
    ("a kind of another place", "others", {"code": "US-CA"}, {"kind": "country"}, "does not go"),
    ("a whole of a whole", "activities", {"activity_id": "M114"}, {"part_of": "M035"}, "itself a"),
    (
        "a part larger than its whole",
        "activities",
        {"part_of": True},
        {"amount": "15000000"},
        "con",
    ),
    ("a part in another money", "activities", {"part_of": True}, {"currency": "MXN"}, "is in USD"),
    ("a part that is not told twice", "activities", {"activity_id": "M115"}, {"part_of": ""}, "bl"),
    (
        "a part without its overlap",
        "overlaps",
        {"relation": "part_of"},
        {"relation": "same_objects"},
        "does not say that M115 is part_of",
    ),
    (
        "an overlap with itself",
        "overlaps",
        {"relation": "renewal_of"},
        {"activity_id": "M050", "other_id": "M050"},
        "cannot be renewal_of itself",
    ),
    (
        "a period said to be dated",
        "activities",
        {"period_start": ""},
        {"period_certain": ""},
        "per",
    ),
    (
        "an activity without a place",
        "activity_places",
        {"activity_id": "M001"},
        {"activity_id": "M002"},
        "M001 has no row",
    ),
    (
        "a precision of another place",
        "activity_places",
        {"location_precision": "4"},
        {"location_precision": "3"},
        "no municipality is given",
    ),
    (
        "a point without its municipality",
        "activity_places",
        {"lat": True},
        {"cvegeo": "", "location_precision": "4"},
        "a point stands without its municipality",
    ),
    (
        "a unit without its Spanish",
        "activity_places",
        {"count_unit": True},
        {"count_unit": "gadgets"},
        "has no Spanish word",
    ),
    (
        "money beside Mérida in another state",
        "not_merida",
        {"place": "Chihuahua"},
        {"state": "14"},
        "another state than Chihuahua",
    ),
    (
        "a zone's decree of another day",
        "sez_municipalities",
        {},
        {"decree_date": "2017-09-28"},
        "not the decree",
    ),
    (
        "a municipality by another name",
        "sez_municipalities",
        {},
        {"municipality": "Tonalá"},
        "name",
    ),
    (
        "a programme in another state",
        "usaid_municipalities",
        {"municipality": "state level: Mexico"},
        {"state": "09"},
        "another state than Mexico",
    ),
    (
        "a programme's municipality misnamed",
        "usaid_municipalities",
        {"cvegeo": "08037"},
        {"municipality": "Delicias"},
        "not the name of 08037",
    ),
    (
        "a programme's municipality without its code",
        "usaid_municipalities",
        {"cvegeo": "08037"},
        {"cvegeo": ""},
        "cvegeo is blank",
    ),
    ("another count of results", "search_effort", {}, {"results_read": "73"}, "rule of the search"),
    ("a rate made another way", "exchange_rates", {}, {"series": "Banxico FIX"}, "another way"),
    ("an indicator in another unit", "indicators", {}, {"unit": "deaths"}, "does not go with"),
    ("an indicator of another series", "indicators", {}, {"series": "sesnsp"}, "does not go with"),
    ("a number for a word", "indicators", {"value_text": "Alto"}, {"value": "3"}, "is a word"),
    (
        "an indicator out of range",
        "indicators",
        {"indicator": "poverty_pct"},
        {"value": "141.2"},
        "out of range",
    ),
    (
        "half a homicide",
        "indicators",
        {"indicator": "homicides"},
        {"value": "27.5"},
        "no whole number",
    ),
    ("a year of an indicator moved", "indicators", {}, {"year": "2011"}, "is missing for 01"),
    ("a source of one state only", "indicators", {}, {"source": "INEGI"}, "the other states"),
    (
        "a rank given twice",
        "indicators",
        {"indicator": "marginalization_rank", "state": "01"},
        {"value": "1"},
        "is there twice",
    ),
    ("a count with an amount", "national_facts", {"amount_usd": ""}, {"amount_usd": "5"}, "amount"),
    (
        "a product that is not",
        "national_facts",
        {"amount_basis": "derived: 8 x 11 million"},
        {"amount_usd": "89000000"},
        "is not derived",
    ),
    ("a period without its Spanish", "national_facts", {}, {"period": "till 2016"}, "no Spanish"),
    (
        "a qualifier of nothing",
        "amounts_by_area",
        {"usd_millions": ""},
        {"usd_millions_qualifier": "or more"},
        "beside no amount",
    ),
    ("years the wrong way round", "appropriations", {}, {"fy_end": "2007"}, "is before fy_start"),
    (
        "an end that is left open",
        "appropriations",
        {"fiscal_year": "since 2008"},
        {"fy_end": "2008"},
        "since",
    ),
    (
        "a span told otherwise",
        "appropriations",
        {"fiscal_year": "FY2008-FY2010"},
        {"fy_end": "2008"},
        "tells 2008 to 2010",
    ),
    (
        "an enacted figure without proof",
        "appropriations",
        {"status": "enacted"},
        {"is_unverified": "yes"},
        "cannot be enacted",
    ),
    (
        "a status its basis is not",
        "appropriations",
        {"status": "enacted"},
        {"status": "reported"},
        "basis begins with",
    ),
    (
        "a basis its status is not",
        "appropriations",
        {"status": "enacted"},
        {"basis": "as told"},
        "does not begin with its status",
    ),
    (
        "a source of another address",
        "appropriations",
        {"row_id": "A002"},
        {"source_url": "https://example.org/a"},
        "of the same source",
    ),
    (
        "a source without a title",
        "appropriations",
        {},
        {"source_title": ""},
        "source_title is blank",
    ),
    ("a source without a date", "appropriations", {}, {"source_date": ""}, "source_date is blank"),
    (
        "a source without an address",
        "appropriations",
        {},
        {"source_url": ""},
        "source_url is blank",
    ),
    ("a document without an address", "sources", {"note": ""}, {"url": ""}, "url is blank"),
    ("a document without a date", "sources", {}, {"date": ""}, "date is blank"),
    (
        "a total of other words",
        "published_totals",
        {},
        {"usd_millions": "1400"},
        "does not stand in",
    ),
    (
        "a total without a source",
        "published_totals",
        {"total_id": "T01"},
        {"source_ids": "", "why_it_differs_en": "", "why_it_differs_es": ""},
        "the total has no source",
    ),
    (
        "a total before the money",
        "published_totals",
        {},
        {"date": "2003-04-19"},
        "before the first",
    ),
    ("a text in one language", "published_totals", {}, {"why_it_differs_es": ""}, "other language"),
    ("a check of other words", "essay_figures", {}, {"check_en": "Confirmed"}, "not what row"),
    (
        "a figure of another author",
        "essay_figures",
        {},
        {"essay_source": "Olson 2015"},
        "not the so",
    ),
    ("a share above all", "essay_figures", {"unit": "percent"}, {"value": "158"}, "is no share"),
    (
        "no place of the essay",
        "essay_figures",
        {},
        {"essay_ref": "opening"},
        "no place of the essay",
    ),
    ("a check's status", "essay_figures", {}, {"check_status": "confirmed"}, "does not go with"),
    (
        "statements out of order",
        "essay_checks",
        {"essay_ref": "29"},
        {"essay_ref": "30"},
        "follows",
    ),
    ("a site with half a point", "sites", {"lat": True}, {"lon": ""}, "by a point or by a stretch"),
    ("a site's precision left out", "sites", {"lat": True}, {"location_precision": ""}, "point"),
    ("a city across the line", "sites", {"kind": "city"}, {"side": "both"}, "Mexican municipal"),
    (
        "a city known to the yard",
        "sites",
        {"kind": "city"},
        {"location_precision": "1"},
        "how well",
    ),
    ("a site on the other side", "sites", {"site_id": "cbx"}, {"side": "mexico"}, "side is mexico"),
    ("a site that opened in 1848", "sites", {"site_id": "cbx"}, {"opened": "1848"}, "out of range"),
    (
        "an activity in one language only",
        "sites",
        {"site_id": "juarez"},
        {"check_es": "Se sostiene"},
        "M114 stands in one of",
    ),
    (
        "a site in Mexico said to be nowhere",
        "sites",
        {"site_id": "laredo"},
        {"lat": "25.0", "lon": "-100.0"},
        "lies in state",
    ),
    (
        "a stretch moved away",
        "sites",
        {"stretch": True},
        {"stretch": "LINESTRING (-99.6 25.9, -99.5 25.8)"},
        "km outside",
    ),
    (
        "an event without a source",
        "timeline",
        {"source_note": ""},
        {"source_ids": ""},
        "the event has no source",
    ),
    ("an event of the last century", "timeline", {}, {"date": "1997-10-22"}, "outside the time"),
    ("an end before the end", "timeline", {"event_id": "V02"}, {"kind": "end"}, "only it"),
    (
        "a thousand in Europe's way",
        "activities",
        {"amount": True},
        {"amount": "1.250,50"},
        "1250.50",
    ),
    ("a number with a tail", "activity_places", {"count": True}, {"count": "3.0"}, "Write 3."),
    ("an account's minus", "activities", {"amount": True}, {"amount": "(5000)"}, "digits only"),
    ("a blank between keys", "activities", {}, {"source_ids": "INDIGO;;ACA14"}, "blank entry"),
    ("a facility without a source", "sites", {"site_id": "cbx"}, {"source_ids": ""}, "source"),
)


TOLD_ELSEWHERE: Final = (
    "a price index with a digit wrong",
    "a year without a price index",
    "a year without a rate",
    "a state's area with a digit wrong",
    "an event out of order",
    "a whole of a whole",
    "a part that is not told twice",
    "a part without its overlap",
    "an activity without a place",
    "a year of an indicator moved",
    "weak with firm places",
)
"""Slips that are seen in another row or table than they were made in, or in a table as a whole."""


@pytest.mark.parametrize(
    ("kind", "name", "where", "change", "said"), SAID, ids=[s[0] for s in SAID]
)
def test_a_known_slip_is_told_with_its_row_and_what_is_allowed(
    met: Met,
    kind: str,
    name: str,
    where: dict[str, object],
    change: dict[str, str],
    said: str,
) -> None:
    table, row = own_tables()[name], row_where(name, **where)
    content = written(table, row, *next(iter(change.items())))
    for field, text in list(change.items())[1:]:
        content = written(table_of(table.resource, content), row, field, text)
    told = faults_with(table, content)[1]
    [at, *_] = [(one.file, one.row) for one in told if said in str(one)]
    assert (at == (table.file, row)) != (kind in TOLD_ELSEWHERE), (at, row)
    met(f"a slip between fields or tables: {name}", REFUSED)


def test_what_is_no_number_in_a_table_that_make_data_writes_is_told_or_moves_nothing(
    met: Met,
) -> None:
    tables, by_hand = own_tables(), kept_by_hand()
    told = set()
    for table in (one for one in tables.values() if one not in by_hand):
        for field in table.resource["schema"]["fields"]:
            if field["type"] == "string":
                continue
            content = written(table, 6, field["name"], "x")
            spoilt = checked_table(table.resource, content)
            for fault in check.table_faults(tables | {table.name: spoilt}, DATA):
                told.add((fault.file, fault.row, fault.field))
    assert told == {("data/places/municipalities.csv", 6, "area_km2")}
    met("a word for a number in a table of make data", REFUSED)


@pytest.mark.parametrize(
    ("name", "field", "said"),
    [
        ("states", "code", "1 of the 32 states are missing: 30"),
        ("search_effort", "state", "states are missing: 30"),
        ("exchange_rates", "year", "the rate of 2012 is missing"),
    ],
)
def test_a_row_that_was_deleted_is_missed(met: Met, name: str, field: str, said: str) -> None:
    table = own_tables()[name]
    row = row_where(name, **{field: "2012" if field == "year" else "30"})
    lines = check.canonical(table).splitlines(keepends=True)
    told = [str(one) for one in faults_with(table, b"".join(lines[: row - 1] + lines[row:]))[1]]
    assert any(said in one for one in told), told
    met("a row deleted by mistake", "refused, with what is missing")


def saved(data: Path, path: str, change: Callable[[str], bytes]) -> None:
    (data / path).write_bytes(change((data / path).read_text(encoding="utf-8")))


def with_separator(separator: str) -> Callable[[str], bytes]:
    def changed(text: str) -> bytes:
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(
            csv.reader(io.StringIO(text, newline=""))
        )
        return out.getvalue().encode("cp1252", "replace")

    return changed


ROWS: Final = rows_on_file("activities")

FILES: Final = (
    (
        "a blank row",
        lambda t: (t + "\n").encode(),
        f"row {ROWS + 2}: the row is blank",
    ),
    ("a row of blanks", lambda t: (t + "," * 20 + "\n").encode(), "the row is blank"),
    ("a column too many", lambda t: t.replace("\n", ",\n").encode(), "has no name"),
    ("a column missing", lambda t: t.replace(",funder,", ",", 1).encode(), "funder is missing"),
    ("a column twice", lambda t: t.replace(",funder,", ",kind,", 1).encode(), "there 2 times"),
    ("a column renamed", lambda t: t.replace(",funder,", ",Funder,", 1).encode(), "Call it funder"),
    ("an empty file", lambda _: b"", "the file is empty"),
    ("a file of zeros", lambda t: bytes(len(t)), "control character"),
    ("a picture", lambda _: b"\x89PNG\r\n\x1a\n" + bytes(99), "the file"),
    ("a quote left open", lambda t: t.replace(",no,", ',"no,', 1).encode(), "row"),
    ("a DOS encoding", lambda t: t.encode("cp850", "replace"), "CSV UTF-8"),
    ("a Macintosh encoding", lambda t: t.encode("mac_roman", "replace"), "CSV UTF-8"),
    ("UTF-16 without its mark", lambda t: t.encode("utf-16-le"), "CSV UTF-8"),
    ("letters already lost", lambda t: t.replace("é", "\ufffd").encode(), "was lost"),
    (
        "letters misread before",
        lambda t: t.encode().decode("cp1252", "replace").encode(),
        "letters",
    ),
)


@pytest.mark.usefixtures("each_read_once")
@pytest.mark.no_cover
@pytest.mark.parametrize(("kind", "change", "said"), FILES, ids=[one[0] for one in FILES])
def test_a_spoilt_file_is_refused_and_nothing_is_written(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    met: Met,
    kind: str,
    change: Callable[[str], bytes],
    said: str,
) -> None:
    data = Path(shutil.copytree(DATA, tmp_path / "data"))
    saved(data, "ledger/activities.csv", change)
    before = {path: path.read_bytes() for path in data.rglob("*.*")}
    for command in ("--check-data", "--tables-only"):
        assert main([command], data) == 1
        told = capsys.readouterr().err
        assert said in told
        assert "nothing was written" in told
        assert "Traceback" not in told
        assert len(told.splitlines()) < 80
    assert {path: path.read_bytes() for path in data.rglob("*.*")} == before
    met(f"a table with {kind}", REFUSED.replace("row, field", "row or column"))


@pytest.mark.usefixtures("each_read_once")
@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("way", "change"),
    [
        ("a byte order mark", lambda text: text.encode("utf-8-sig")),
        ("the line ends of Windows", lambda text: text.replace("\n", "\r\n").encode()),
        ("UTF-16", lambda text: text.encode("utf-16")),
        ("Windows-1252", lambda text: text.encode("cp1252")),
        ("semicolons and Windows-1252", with_separator(";")),
        ("tabs and Windows-1252", with_separator("\t")),
    ],
)
def test_a_table_as_excel_saves_it_is_read_and_written_back_to_the_byte(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    met: Met,
    way: str,
    change: Callable[[str], bytes],
) -> None:
    data = Path(shutil.copytree(DATA, tmp_path / "data"))
    saved(data, "ledger/activities.csv", change)
    assert main(["--check-data"], data) == 0
    assert main(["--tables-only"], data) == 0
    assert "data/ledger/activities.csv was saved" in capsys.readouterr().out
    for path in ("ledger/activities.csv", package.PATH, amounts.PATH):
        assert (data / path).read_bytes() == (DATA / path).read_bytes()
    met(f"a table saved with {way}", "read letter by letter, written back as UTF-8 with commas")


WAYS: Final = (
    ("missing", None),
    ("empty", lambda _: b""),
    ("cut in half", lambda content: content[: len(content) // 2]),
    ("of other lines", lambda content: b"a,b\n" + content[len(content) // 3 :]),
    ("of noise", lambda content: random.Random(SEED).randbytes(len(content))),
)


@pytest.mark.usefixtures("each_read_once")
@pytest.mark.no_cover
def test_whatever_became_of_a_file_it_is_told_in_words(tmp_path: Path, met: Met) -> None:
    data = Path(shutil.copytree(DATA, tmp_path / "data"))
    kept = [(t.resource["path"], WAYS[at % len(WAYS)]) for at, t in enumerate(kept_by_hand())]
    kept += zip(
        ("claims.yaml", "briefing.yaml", "passports.yaml"),
        (WAYS[-1], WAYS[-2], WAYS[-1]),
        strict=True,
    )
    kept += [("briefing.yaml", WAYS[0]), ("claims.yaml", WAYS[0]), ("passports.yaml", WAYS[1])]
    for path, (way, change) in kept:
        own = (data / path).read_bytes()
        if change is None:
            (data / path).unlink()
        else:
            (data / path).write_bytes(change(own))
        lines = check.told(check.data_faults(data))
        assert any(line.startswith(f"data/{path}") for line in lines), (path, way)
        (data / path).write_bytes(own)
        met(f"a file of data/ {way}", "told with its name, no traceback")


def test_many_faults_are_told_by_the_first_of_each_column_and_their_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = Path(shutil.copytree(DATA, tmp_path / "data"))
    text = (data / "ledger/activity_places.csv").read_text(encoding="utf-8")
    dropped = re.sub(r",0(\d),", r",\1,", text)
    (data / "ledger/activity_places.csv").write_text(dropped, encoding="utf-8", newline="")
    assert main(["--check-data"], data) == 1
    told = capsys.readouterr().err.splitlines()
    assert "field state" in told[0]
    assert "Write 02; a spreadsheet keeps the zero" in told[0]
    assert any(re.search(r"field state: and \d+ more\.", line) for line in told)
    assert len(told) < 20


def test_the_mistakes_reach_every_column_of_every_table_and_are_of_every_kind() -> None:
    reached = {(name, field) for name, _, field, _, _ in mistakes()}
    columns = {
        (table.name, field["name"])
        for table in kept_by_hand()
        for field in table.resource["schema"]["fields"]
    }
    assert reached == columns
    draw = random.Random(SEED)
    assert {kind for *_, kind, _ in mistakes()} == {
        kind
        for table in kept_by_hand()
        for field in table.resource["schema"]["fields"]
        for text in {texts[field["name"]] for texts in table.texts.values()}
        for kind, _ in slips(table, field, text, draw)
    }
