"""Figures without a place: national facts, purposes, appropriations, totals, rates and prices."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

from geo.atlas.rules.register import Row, Slip, listed, row_rule, rule
from geo.atlas.tables import Table
from geo.errors import DataError
from geo.language import PERIODS
from geo.policy import FIRST_YEAR, LAST_YEAR

PLAIN_PERIOD: Final = re.compile(r"\d{4}(-\d{4}|-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))?")
"""Periods that are shown as they stand: a year, two years, a day."""

COUNTS: Final = (
    "counts",
    "count",
    "count, planned",
    "planned range",
    "programme, no sum seen",
    "share only",
    "shares only",
    "several figures, as stated",
)
"""What a national figure is where it is no amount."""

PARTS: Final = ("omnibus", "supplemental", "bridge", "regular")
"""Words with which a source says that a figure is only a part of its fiscal year."""

BASES: Final = ("enacted", "derived", "allocated")
"""Statuses that the words on a figure's basis begin with."""

SOURCE: Final = ("source_title", "source_url", "source_date")


@row_rule("national_facts")
def national_facts_have_an_amount_where_their_basis_is_one(row: Row) -> Iterator[Slip]:
    """Counts and shares have none; every other basis has one."""
    yield from _period(row)
    amount, basis = row["amount_usd"], row["amount_basis"]
    if (amount is None) != (basis in COUNTS):
        problem = f"the amount is {amount or 'blank'}, but amount_basis is {basis!r}"
        allowed = f"no amount for {', '.join(COUNTS)}; an amount for any other basis"
        yield "amount_usd", problem, allowed, "Correct amount_usd or amount_basis."
    if not row["source_ids"] and not row["note"]:
        allowed = "a source, or a note on why there is none"
        yield "source_ids", "the figure has no source", allowed, "Fill it in."
    if derived := re.fullmatch(r"derived: (\d+) x (\d+) million", basis):
        product = int(derived[1]) * int(derived[2]) * 1_000_000
        if amount != product:
            mend = "Correct amount_usd or amount_basis."
            yield "amount_usd", f"{amount} is not {basis}", str(product), mend


@row_rule("amounts_by_area")
def amounts_by_purpose_have_a_period_that_can_be_said(row: Row) -> Iterator[Slip]:
    """The period has its Spanish, and a qualifier stands beside an amount."""
    yield from _period(row)
    yield from _source(row)
    if row["usd_millions_qualifier"] and row["usd_millions"] is None:
        problem = f"{row['usd_millions_qualifier']!r} stands beside no amount"
        mend = "Fill in usd_millions, or clear the qualifier."
        yield "usd_millions_qualifier", problem, "a qualifier beside an amount only", mend


def _period(row: Row) -> Iterator[Slip]:
    if row["period"] not in PERIODS and not PLAIN_PERIOD.fullmatch(row["period"]):
        allowed = (
            "a year, two years such as 2008-2012, a day, or one of PERIODS in "
            f"geo/language/ledger_terms.py ({listed(PERIODS)})"
        )
        mend = "Use one of them, or add it there with its Spanish (`make messages`)."
        yield "period", f"{row['period']!r} has no Spanish words", allowed, mend


@row_rule("appropriations")
def fiscal_years_are_those_of_their_text(row: Row) -> Iterator[Slip]:
    """First and last year stand in the text, in order, and a span that is open says so."""
    text, start, end = row["fiscal_year"], row["fy_start"], row["fy_end"]
    years = [int(year) for year in re.findall(r"\b(?:FY)?(20\d\d)\b", text)]
    years += [2000 + int(year) for year in re.findall(r"20\d\d/(\d\d)\b", text)]
    for field, year in (("fy_start", start), ("fy_end", end)):
        if year is not None and year not in years:
            problem = f"{year} does not stand in fiscal_year, {text!r}"
            yield field, problem, listed(years), f"Correct {field} or fiscal_year."
    if end is not None and end < start:
        yield "fy_end", f"{end} is before fy_start, {start}", f"{start} or later", "Correct one."
    if (end is None) != text.startswith("since "):
        problem = f"fy_end is {end or 'blank'}, but fiscal_year is {text!r}"
        allowed = "blank where fiscal_year begins with “since”, and only there"
        yield "fy_end", problem, allowed, "Correct one of them."
    elif end is not None and years and text.startswith("FY"):
        told = _told_span(text)
        if told and told != (start, end):
            problem = f"fiscal_year {text!r} tells {told[0]} to {told[1]}"
            allowed = f"fy_start {told[0]} and fy_end {told[1]}"
            field = "fy_start" if told[0] != start else "fy_end"
            yield field, problem, allowed, f"Correct {field}."


def _told_span(text: str) -> tuple[int, int] | None:
    """The years a plain fiscal year or span of them tells; None for one with more words."""
    found = re.match(r"FY(20\d\d)(?:-(?:FY)?(20\d\d))?(?: \(|$)", text)
    if not found:
        return None
    return int(found[1]), int(found[2] or found[1])


@row_rule("appropriations")
def figures_without_proof_are_never_enacted(row: Row) -> Iterator[Slip]:
    """What has no source or is derived is marked, and the words of basis and status agree."""
    yield from _source(row)
    unverified, status, basis = row["is_unverified"], row["status"], row["basis"]
    if unverified and status == "enacted":
        problem = "a figure without proof cannot be enacted"
        mend = "Correct is_unverified or status."
        yield "is_unverified", problem, "no for an enacted figure", mend
    unproven = not row["source_title"] or "DERIVED" in row["note"]
    if unverified != (unproven or "not a source" in row["note"]):
        said = "has no source or is DERIVED by its note" if unproven else "has its source"
        problem = f"is_unverified is {'yes' if unverified else 'no'}, but the figure {said}"
        allowed = "yes without a source or with DERIVED in the note, else no"
        yield "is_unverified", problem, allowed, "Correct is_unverified, the source or the note."
    first = basis.split()[0].strip(",:;")
    if first in BASES and status != first:
        problem = f"status is {status!r}, but basis begins with {first!r}"
        yield "status", problem, first, "Correct status or basis."
    if status in BASES and status != first:
        problem = f"basis {basis!r} does not begin with its status, {status!r}"
        allowed = f"words that begin with {status!r}"
        yield "basis", problem, allowed, "Correct basis or status."


@row_rule("appropriations")
def a_part_of_a_fiscal_year_is_named_by_its_word(row: Row) -> Iterator[Slip]:
    """A word that is nearly one of those for a part would make the part a whole year."""
    for field in ("fiscal_year", "basis"):
        for word in re.findall(r"[a-z]{6,}", row[field].casefold()):
            if meant := _nearly_a_part(word):
                problem = f"{word!r} is nearly {meant!r}, which tells a part of a year"
                allowed = f"{', '.join(PARTS)} for a part, or other words"
                yield field, problem, allowed, f"Write {meant}."


@lru_cache(maxsize=512)
def _nearly_a_part(word: str) -> str:
    """The word for a part of a year that this one seems to be meant for; empty for no slip."""
    return "" if word in PARTS else next(iter(get_close_matches(word, PARTS, 1, 0.8)), "")


@rule("sez_municipalities", "usaid_municipalities", "appropriations", "amounts_by_area")
def a_source_has_one_address(*tables: Table) -> Iterator[DataError]:
    """One title goes with one address and one date, whatever table it stands in."""
    seen: dict[tuple[str, str], tuple[str, str]] = {}
    for table in tables:
        fields = [name for name in SOURCE[1:] if name in next(iter(table.texts.values()), {})]
        for number, row in table.rows.items():
            for field in fields:
                where = f"row {number} of {table.file}"
                value, at = seen.setdefault((row["source_title"], field), (row[field], where))
                if row["source_title"] and row[field] != value:
                    problem = f"{row[field]!r} is not the {field} of the same source in {at}"
                    mend = f"Correct it here, or in {at}."
                    yield table.fault(number, field, problem, value or "nothing", mend)


def _source(row: Row) -> Iterator[Slip]:
    """A title, an address and a date are given together; the essay's own figures have none."""
    given = [field for field in SOURCE if row[field]]
    if given and "source_title" not in given:
        problem = f"source_title is blank, but {' and '.join(given)} is given"
        yield "source_title", problem, "the title of the source", "Fill it in."
    elif "source_title" in given and "source_date" not in given:
        problem = "source_date is blank, but source_title is given"
        yield "source_date", problem, "the date of the source, or undated", "Fill it in."
    elif given and "source_url" not in given and "essay" not in row["source_title"]:
        problem = "source_url is blank, but source_title is given"
        yield "source_url", problem, "the address of the source", "Fill it in."


@row_rule("sources")
def a_source_is_graded_by_its_kind(row: Row) -> Iterator[Slip]:
    """The grade of a source follows from what sort of document it is."""
    grade = grade_of_kind(row["kind"])
    if row["grade_kind"] != grade:
        problem = f"{row['grade_kind']!r} is not the grade of {row['kind']!r}"
        yield "grade_kind", problem, grade, "Correct grade_kind or kind."
    for field in ("author", "url"):
        if not row[field] and not row["note"]:
            problem = f"{field} is blank, and note does not say why"
            allowed = f"the {field} of the source, or a note"
            yield field, problem, allowed, "Fill it in, or say in note why it is not known."
    if not row["date"]:
        yield "date", "date is blank", "a date, or undated", "Fill it in."


def grade_of_kind(kind: str) -> str:
    """The grade of a kind of document: `official text, mirror` is a mirror, `press via …` press."""
    if kind.startswith("official text, "):
        return "mirror"
    if kind.startswith("official"):
        return "official"
    if kind.startswith("press"):
        return "press"
    plain = {"NGO": "ngo", "think tank": "think_tank", "wiki": "wiki", "implementer": "implementer"}
    return plain.get(kind, "other")


@row_rule("published_totals")
def published_totals_are_within_what_the_initiative_was(row: Row) -> Iterator[Slip]:
    """The number stands in the words, whether they say it in billions or in millions."""
    words, number = row["stated_total"], row["usd_millions"]
    said = [
        float(figure.replace(",", "")) * (1000 if unit == "bn" else 1)
        for figure, unit in re.findall(r"([\d,]+(?:\.\d+)?)(bn|m)", words)
    ]
    if number is None or float(number) not in said:
        problem = f"{number or 'a blank'} does not stand in {words!r}"
        allowed = listed(said) or "a number with bn or m in stated_total"
        yield "usd_millions", problem, allowed, "Correct usd_millions or stated_total."
    if not row["source_ids"] and not row["why_it_differs_en"]:
        allowed = "a source, or words on why it differs"
        yield "source_ids", "the total has no source", allowed, "Fill it in."
    years = [int(year) for year in re.findall(r"20\d\d", row["date"])]
    if any(not FIRST_YEAR <= year <= 2030 for year in years):
        problem = f"{row['date']} is before the first money"
        yield "date", problem, "2008 or later", "Correct the date."


YEARLY_CHANGE: Final = Decimal("0.1")
"""A larger step of the price index from year to year is a slip: the largest yet was 8 %."""


@rule("exchange_rates")
def every_year_has_its_rate(rates: Table) -> Iterator[DataError]:
    """From the first year of the period to the last, without a gap."""
    yield from _yearly(rates, "rate")


@rule("price_index")
def every_year_has_its_price_index(prices: Table) -> Iterator[DataError]:
    """From the first year of the period to the last of the table, without a gap."""
    yield from _yearly(prices, "index")
    of_year = {row["year"]: row["cpi_u"] for row in prices.rows.values()}
    for number, row in prices.rows.items():
        before = of_year.get(row["year"] - 1)
        if before and not -YEARLY_CHANGE < row["cpi_u"] / before - 1 < YEARLY_CHANGE:
            problem = f"{row['cpi_u']} is no year's step from the {before} before it"
            allowed = f"up to {YEARLY_CHANGE:.0%} more or less"
            yield prices.fault(number, "cpi_u", problem, allowed, "Correct this year or that.")


def _yearly(table: Table, what: str) -> Iterator[DataError]:
    years = {row["year"] for row in table.rows.values()}
    last = max(LAST_YEAR, *years) if years else LAST_YEAR
    missing = [year for year in range(FIRST_YEAR, last + 1) if year not in years]
    if missing and table.complete:
        problem = f"the {what} of {', '.join(map(str, missing))} is missing."
        yield DataError(table.file, problem, "Add the row.", field="year")
    series = Counter(row["series"] for row in table.rows.values()).most_common(1)
    for number, row in table.rows.items():
        if row["series"] != series[0][0]:
            problem = f"the {what} was made in another way than the others"
            allowed = f"{series[0][0]!r}, as in the other rows"
            yield table.fault(number, "series", problem, allowed, "Write the same words.")
