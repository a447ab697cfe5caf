"""What was appropriated, by fiscal year and account: which figure stands, and where none does.

Sources conflict, repeat each other and mix requests with acts. One rule chooses one figure for
each fiscal year and account, everything else is kept beside it, and a year without a figure is
a gap and not a zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from geo.atlas.atlas import Atlas
from geo.atlas.rules import PARTS
from geo.policy import FIRST_YEAR, LAST_YEAR

ACCOUNTS: Final = ("INCLE", "FMF", "ESF", "IMET")
"""Accounts of the U.S. foreign-operations budget, in the order they are drawn."""

TOTAL: Final = "total"

READ_IN_SOURCE: Final = "read in the source"

LONGEST_SPAN_BESIDE_A_GAP: Final = 3
"""Years: a figure for more years than this says nothing of a single missing one."""

Completeness = Literal["whole", "part", "accounts", "missing"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one source, in millions of dollars.

    `end` is None where the source leaves the end open; `part` names the part of the fiscal year
    it covers, empty for the whole.
    """

    row_id: str
    start: int
    end: int | None
    account: str
    millions: Decimal
    status: str
    unverified: bool
    read: bool
    part: str
    title: str
    date: str
    url: str

    @property
    def stands(self) -> bool:
        """Whether it may be drawn as appropriated: enacted, and not derived or without source."""
        return self.status == "enacted" and not self.unverified

    @property
    def single(self) -> bool:
        """Whether it is about one fiscal year."""
        return self.start == self.end


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """One fiscal year: the figures that stand, what is left unsplit, and what stands beside.

    `unsplit` (derived) is the total less the accounts drawn, in millions; None without a total.
    `span` is a short span's total that includes the year, for a year without one of its own.
    """

    year: int
    total: Figure | None
    accounts: tuple[Figure, ...]
    unsplit: Decimal | None
    span: Figure | None
    beside: tuple[Figure, ...]

    @property
    def completeness(self) -> Completeness:
        """Whether the total is of the whole year, of a part, only by account, or missing."""
        if self.total is not None:
            return "part" if self.total.part else "whole"
        return "accounts" if self.accounts else "missing"

    @property
    def drawn(self) -> Decimal:
        """Millions drawn for the year."""
        if self.total is not None:
            return self.total.millions
        return sum((figure.millions for figure in self.accounts), Decimal(0))


def load_figures(atlas: Atlas) -> tuple[Figure, ...]:
    """Every figure of the table of appropriations, in its order."""
    return tuple(_figure(row) for row in atlas.table("appropriations"))


def _figure(row: Mapping[str, object]) -> Figure:
    text = f"{row['fiscal_year']} {row['basis']}".casefold()
    # "State spending plan (FY2008 supplemental)" names its part too, a law's number does not.
    part = next((word for word in PARTS if re.search(rf"\b{word}\b", text)), "")
    end = row["fy_end"]
    return Figure(
        row_id=str(row["row_id"]),
        start=int(str(row["fy_start"])),
        end=end if isinstance(end, int) else None,
        account=str(row["account"]),
        millions=Decimal(str(row["usd_millions"])),
        status=str(row["status"]),
        unverified=bool(row["is_unverified"]),
        read=str(row["verification"]).startswith(READ_IN_SOURCE),
        part=part,
        title=str(row["source_title"]),
        date=str(row["source_date"]),
        url=str(row["source_url"]),
    )


def preference(figure: Figure) -> tuple[bool, bool, str]:
    """The rule among figures that stand for one year and account: the lowest is drawn.

    A whole year before a part of it; read in the source before relayed by another; then the
    table's own order, so that the choice never depends on anything else.
    """
    return (bool(figure.part), not figure.read, figure.row_id)


def fiscal_years(figures: Iterable[Figure]) -> tuple[FiscalYear, ...]:
    """Every fiscal year of the period, with the figures chosen by `preference`."""
    listed = tuple(figures)
    return tuple(_year(year, listed) for year in range(FIRST_YEAR, LAST_YEAR + 1))


def _year(year: int, figures: tuple[Figure, ...]) -> FiscalYear:
    own = [figure for figure in figures if figure.single and figure.start == year]
    standing = sorted((figure for figure in own if figure.stands), key=preference)
    first: dict[str, Figure] = {}
    for figure in standing:
        first.setdefault(figure.account, figure)
    total = first.get(TOTAL)
    accounts = tuple(first[name] for name in ACCOUNTS if name in first)
    drawn = {figure.row_id for figure in (*accounts, *([total] if total else []))}
    return FiscalYear(
        year=year,
        total=total,
        accounts=accounts,
        unsplit=total.millions - sum(f.millions for f in accounts) if total else None,
        span=None if total or accounts else _short_span(year, figures),
        beside=tuple(figure for figure in own if figure.row_id not in drawn),
    )


def _short_span(year: int, figures: tuple[Figure, ...]) -> Figure | None:
    holding = [
        figure
        for figure in spans(figures)
        if figure.account == TOTAL
        and figure.end is not None
        and figure.start <= year <= figure.end
        and figure.end - figure.start < LONGEST_SPAN_BESIDE_A_GAP
    ]
    return min(holding, key=lambda f: ((f.end or 0) - f.start, f.row_id), default=None)


def spans(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Figures that stand for several years at once, the earliest and shortest first."""
    chosen = [
        figure
        for figure in figures
        if figure.stands and figure.end is not None and figure.end > figure.start
    ]
    return tuple(sorted(chosen, key=lambda f: (f.start, f.end or 0, f.account != TOTAL, f.row_id)))


def disagreeing(year: FiscalYear) -> tuple[Figure, ...]:
    """What was published for a year and is not drawn, because it is not an act or is another sum.

    Requests, figures without proof, parts of a total that is drawn and repeats of a drawn amount
    are left to the full list. One amount under two accounts is told once.
    """
    drawn = {figure.millions for figure in year.accounts}
    if year.total is not None:
        drawn.add(year.total.millions)
    fields: dict[Decimal, Figure] = {}
    for figure in year.beside:
        inside = figure.stands and bool(figure.part) and year.completeness == "whole"
        if figure.status == "request" or figure.unverified or inside or figure.millions in drawn:
            continue
        if figure.account == TOTAL or figure.millions not in fields:
            fields[figure.millions] = figure
    return tuple(fields.values())
