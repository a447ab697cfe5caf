"""Figures without a place: national facts, amounts by purpose, appropriations and totals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

from geo.atlas.rules.register import listed, rule
from geo.atlas.tables import Table
from geo.errors import DataError
from geo.language import PERIODS
from geo.policy import FIRST_YEAR

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

SOURCE: Final = ("source_title", "source_url", "source_date")


@rule("national_facts")
def national_facts_have_an_amount_where_their_basis_is_one(facts: Table) -> Iterator[DataError]:
    """Counts and shares have none; every other basis has one."""
    yield from _periods(facts)
    for number, row in facts.rows.items():
        counted = row["amount_basis"] in COUNTS
        if (row["amount_usd"] is None) != counted:
            yield facts.fault(
                number,
                "amount_usd",
                f"the amount is {row['amount_usd'] or 'blank'}, but amount_basis is "
                f"{row['amount_basis']!r}",
                f"no amount for {', '.join(COUNTS)}; an amount for any other basis",
                "Correct amount_usd or amount_basis.",
            )
        if not row["source_ids"] and not row["note"]:
            problem = "the figure has no source"
            allowed = "a source, or a note on why there is none"
            yield facts.fault(number, "source_ids", problem, allowed, "Fill it in.")
        derived = re.fullmatch(r"derived: (\d+) x (\d+) million", row["amount_basis"])
        if derived and row["amount_usd"] != int(derived[1]) * int(derived[2]) * 1_000_000:
            yield facts.fault(
                number,
                "amount_usd",
                f"{row['amount_usd']} is not {row['amount_basis']}",
                str(int(derived[1]) * int(derived[2]) * 1_000_000),
                "Correct amount_usd or amount_basis.",
            )


@rule("amounts_by_area")
def amounts_by_purpose_have_a_period_that_can_be_said(amounts: Table) -> Iterator[DataError]:
    """The period has its Spanish, and a qualifier stands beside an amount."""
    yield from _periods(amounts)
    yield from _sourced(amounts)
    for number, row in amounts.rows.items():
        if row["usd_millions_qualifier"] and row["usd_millions"] is None:
            yield amounts.fault(
                number,
                "usd_millions_qualifier",
                f"{row['usd_millions_qualifier']!r} stands beside no amount",
                "a qualifier beside an amount only",
                "Fill in usd_millions, or clear the qualifier.",
            )


def _periods(table: Table) -> Iterator[DataError]:
    for number, row in table.rows.items():
        if row["period"] not in PERIODS and not PLAIN_PERIOD.fullmatch(row["period"]):
            yield table.fault(
                number,
                "period",
                f"{row['period']!r} has no Spanish words",
                "a year, two years such as 2008-2012, a day, or one of PERIODS in "
                f"geo/language/ledger_terms.py ({listed(PERIODS)})",
                "Use one of them, or add it there with its Spanish (`make messages`).",
            )


@rule("appropriations")
def fiscal_years_are_those_of_their_text(figures: Table) -> Iterator[DataError]:
    """First and last year stand in the text, in order, and a span that is open says so."""
    for number, row in figures.rows.items():
        text, start, end = row["fiscal_year"], row["fy_start"], row["fy_end"]
        years = [int(year) for year in re.findall(r"\b(?:FY)?(20\d\d)\b", text)]
        years += [2000 + int(year) for year in re.findall(r"20\d\d/(\d\d)\b", text)]
        for field, year in (("fy_start", start), ("fy_end", end)):
            if year is not None and year not in years:
                problem = f"{year} does not stand in fiscal_year, {text!r}"
                yield figures.fault(
                    number, field, problem, listed(years), f"Correct {field} or fiscal_year."
                )
        if end is not None and end < start:
            problem = f"{end} is before fy_start, {start}"
            yield figures.fault(number, "fy_end", problem, f"{start} or later", "Correct one.")
        if (end is None) != text.startswith("since "):
            problem = f"fy_end is {end or 'blank'}, but fiscal_year is {text!r}"
            allowed = "blank where fiscal_year begins with “since”, and only there"
            yield figures.fault(number, "fy_end", problem, allowed, "Correct one of them.")
        elif end is not None and years and row["fiscal_year"].startswith("FY"):
            told = _told_span(text)
            if told and told != (start, end):
                problem = f"fiscal_year {text!r} tells {told[0]} to {told[1]}"
                allowed = f"fy_start {told[0]} and fy_end {told[1]}"
                field = "fy_start" if told[0] != start else "fy_end"
                yield figures.fault(number, field, problem, allowed, f"Correct {field}.")


def _told_span(text: str) -> tuple[int, int] | None:
    """The years a plain fiscal year or span of them tells; None for one with more words."""
    found = re.match(r"FY(20\d\d)(?:-(?:FY)?(20\d\d))?(?: \(|$)", text)
    if not found:
        return None
    return int(found[1]), int(found[2] or found[1])


@rule("appropriations")
def figures_without_proof_are_never_enacted(figures: Table) -> Iterator[DataError]:
    """What has no source or is derived is marked, and the words of basis and status agree."""
    yield from _sourced(figures)
    for number, row in figures.rows.items():
        if row["is_unverified"] and row["status"] == "enacted":
            yield figures.fault(
                number,
                "is_unverified",
                "a figure without proof cannot be enacted",
                "no for an enacted figure",
                "Correct is_unverified or status.",
            )
        unproven = not row["source_title"] or "DERIVED" in row["note"]
        if row["is_unverified"] != (unproven or "not a source" in row["note"]):
            yield figures.fault(
                number,
                "is_unverified",
                f"is_unverified is {'yes' if row['is_unverified'] else 'no'}, but the figure "
                f"{'has no source or is DERIVED by its note' if unproven else 'has its source'}",
                "yes without a source or with DERIVED in the note, else no",
                "Correct is_unverified, the source or the note.",
            )
        first = row["basis"].split()[0].strip(",:;")
        if first in ("enacted", "derived", "allocated") and row["status"] != first:
            yield figures.fault(
                number,
                "status",
                f"status is {row['status']!r}, but basis begins with {first!r}",
                first,
                "Correct status or basis.",
            )
        if row["status"] in ("enacted", "derived", "allocated") and row["status"] != first:
            yield figures.fault(
                number,
                "basis",
                f"basis {row['basis']!r} does not begin with its status, {row['status']!r}",
                f"words that begin with {row['status']!r}",
                "Correct basis or status.",
            )


@rule("appropriations")
def a_part_of_a_fiscal_year_is_named_by_its_word(figures: Table) -> Iterator[DataError]:
    """A word that is nearly one of those for a part would make the part a whole year."""
    for number, row in figures.rows.items():
        for field in ("fiscal_year", "basis"):
            for word in re.findall(r"[a-z]{6,}", row[field].casefold()):
                if meant := _nearly_a_part(word):
                    problem = f"{word!r} is nearly {meant!r}, which tells a part of a year"
                    allowed = f"{', '.join(PARTS)} for a part, or other words"
                    yield figures.fault(number, field, problem, allowed, f"Write {meant}.")


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
                    yield table.fault(
                        number,
                        field,
                        f"{row[field]!r} is not the {field} of the same source in {at}",
                        value or "nothing",
                        f"Correct it here, or in {at}.",
                    )


def _sourced(table: Table) -> Iterator[DataError]:
    """A title, an address and a date are given together; the essay's own figures have none."""
    for number, row in table.rows.items():
        given = [field for field in SOURCE if row[field]]
        if given and "source_title" not in given:
            problem = f"source_title is blank, but {' and '.join(given)} is given"
            yield table.fault(
                number, "source_title", problem, "the title of the source", "Fill it in."
            )
        elif "source_title" in given and "source_date" not in given:
            problem = "source_date is blank, but source_title is given"
            allowed = "the date of the source, or undated"
            yield table.fault(number, "source_date", problem, allowed, "Fill it in.")
        elif given and "source_url" not in given and "essay" not in row["source_title"]:
            problem = "source_url is blank, but source_title is given"
            allowed = "the address of the source"
            yield table.fault(number, "source_url", problem, allowed, "Fill it in.")


@rule("sources")
def a_source_is_graded_by_its_kind(sources: Table) -> Iterator[DataError]:
    """The grade of a source follows from what sort of document it is."""
    for number, row in sources.rows.items():
        grade = grade_of_kind(row["kind"])
        if row["grade_kind"] != grade:
            yield sources.fault(
                number,
                "grade_kind",
                f"{row['grade_kind']!r} is not the grade of {row['kind']!r}",
                grade,
                "Correct grade_kind or kind.",
            )
        for field in ("author", "url"):
            if not row[field] and not row["note"]:
                yield sources.fault(
                    number,
                    field,
                    f"{field} is blank, and note does not say why",
                    f"the {field} of the source, or a note",
                    "Fill it in, or say in note why it is not known.",
                )
        if not row["date"]:
            problem, allowed = "date is blank", "a date, or undated"
            yield sources.fault(number, "date", problem, allowed, "Fill it in.")


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


@rule("published_totals")
def published_totals_are_within_what_the_initiative_was(totals: Table) -> Iterator[DataError]:
    """The number stands in the words, whether they say it in billions or in millions."""
    for number, row in totals.rows.items():
        said = [
            float(figure.replace(",", "")) * (1000 if unit == "bn" else 1)
            for figure, unit in re.findall(r"([\d,]+(?:\.\d+)?)(bn|m)", row["stated_total"])
        ]
        if row["usd_millions"] is None or float(row["usd_millions"]) not in said:
            yield totals.fault(
                number,
                "usd_millions",
                f"{row['usd_millions'] or 'a blank'} does not stand in {row['stated_total']!r}",
                listed(said) or "a number with bn or m in stated_total",
                "Correct usd_millions or stated_total.",
            )
        if not row["source_ids"] and not row["why_it_differs_en"]:
            problem = "the total has no source"
            allowed = "a source, or words on why it differs"
            yield totals.fault(number, "source_ids", problem, allowed, "Fill it in.")
        years = [int(year) for year in re.findall(r"20\d\d", row["date"])]
        if any(not FIRST_YEAR <= year <= 2030 for year in years):
            problem = f"{row['date']} is before the first money"
            yield totals.fault(number, "date", problem, "2008 or later", "Correct the date.")
