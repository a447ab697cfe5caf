"""National figures: published money and counts that no source places in a state.

They belong beside the map, not on it. They overlap (a total of all areas contains the prisons
and the prisons are given three times), so they are listed and never added, neither to each other
nor to the ledger of located activities.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from geo.view import PILLARS, View

LEVELS: Final = ("federal", "country_wide", "region", "unplaced")
"""Who or what a figure speaks of: federal bodies, the whole country, a region or states that are
not told apart, or places that are not named."""

LEVEL_OF: Final = {
    "federal": "federal",
    "federal forces": "federal",
    "Navy (federal)": "federal",
    "Federal Police": "federal",
    "SEDENA (federal)": "federal",
    "country_wide": "country_wide",
    "country-wide": "country_wide",
    "federal_and_states": "country_wide",
    "some_states": "region",
    "southern_border": "region",
    "border_not_listed": "region",
    "10 sister cities, not named": "unplaced",
    "site not stated": "unplaced",
    "municipalities_not_named": "unplaced",
}
"""The places as the tables word them → the level."""


@dataclass(frozen=True, slots=True, eq=False)
class NationalFigure:
    """One figure without a state: what it is of, for when, on what basis and how well known.

    `usd` is None for counts and shares. `of_the_essay` marks what only the essay states.
    """

    figure_id: str
    title: str
    area: str
    usd: Decimal | None
    period: str
    basis: str
    level: str
    verification: str
    of_the_essay: bool


@dataclass(frozen=True, slots=True)
class NationalLine:
    """The figures of one level under a view: how many, and the largest sum among them."""

    level: str
    figures: int
    largest: Decimal | None


def build_national(
    facts: Iterable[Mapping[str, Any]],
    amounts: Iterable[Mapping[str, Any]],
    essay: Iterable[Mapping[str, Any]],
) -> tuple[NationalFigure, ...]:
    """All national figures, from checked rows of the three tables that hold them.

    The tables are `national_facts`, `amounts_by_area` and `essay_figures`; what is wider than the
    Mérida Initiative, or not of it, is left out.
    """
    figures = [
        NationalFigure(
            figure_id=row["fact_id"],
            title=row["fact_en"],
            area=row["area"],
            usd=row["amount_usd"],
            period=row["period"],
            basis=row["amount_basis"],
            level=LEVEL_OF[row["place_level"]],
            verification=row["verification"],
            of_the_essay=False,
        )
        for row in facts
    ]
    figures += [
        NationalFigure(
            figure_id=row["id"],
            title=row["area_text"],
            area=row["area"],
            usd=None if row["usd_millions"] is None else row["usd_millions"] * 1_000_000,
            period=row["period"],
            basis=row["basis"],
            level=LEVEL_OF[row["place"]],
            verification=row["verification"],
            of_the_essay=False,
        )
        for row in amounts
        if row["merida_scope"] in ("merida", "not_stated") and row["place"] in LEVEL_OF
    ]
    figures += [
        NationalFigure(
            figure_id=row["figure_id"],
            title=row["text_en"],
            area=row["area"],
            usd=row["value"] if row["unit"] == "usd" else None,
            period=row["period"],
            basis=row["essay_source"],
            level="country_wide",
            verification=row["check_status"],
            of_the_essay=True,
        )
        for row in essay
    ]
    return tuple(sorted(figures, key=lambda figure: figure.figure_id))


def national_lines(figures: tuple[NationalFigure, ...], view: View) -> tuple[NationalLine, ...]:
    """What is published for no state, by level, for the priorities of a view.

    What only the essay states is not counted: it is shown with its check on the Background page.
    In dollars only sums count, in activities every figure.
    """
    areas = {PILLARS[number] for number in view.pillar}
    kept = [
        figure
        for figure in figures
        if not figure.of_the_essay
        and (not areas or figure.area in areas)
        and (view.measure == "activities" or figure.usd is not None)
    ]
    lines = []
    for level in LEVELS:
        group = [figure for figure in kept if figure.level == level]
        if group:
            sums = [figure.usd for figure in group if figure.usd is not None]
            lines.append(NationalLine(level, len(group), max(sums, default=None)))
    return tuple(lines)
