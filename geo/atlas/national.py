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
    "Nuevo León, Tamaulipas, Coahuila and Durango, not split": "region",
    "10 sister cities, not named": "unplaced",
    "site not stated": "unplaced",
    "municipalities_not_named": "unplaced",
}
"""The places as the tables word them → the level."""


@dataclass(frozen=True, slots=True, eq=False)
class NationalFigure:
    """One figure without a state; `usd` is None for counts and shares."""

    area: str
    usd: Decimal | None
    level: str


@dataclass(frozen=True, slots=True)
class NationalLine:
    """The figures of one level under a view: how many, and the largest sum among them."""

    level: str
    figures: int
    largest: Decimal | None


def build_national(
    facts: Iterable[Mapping[str, Any]], amounts: Iterable[Mapping[str, Any]]
) -> tuple[NationalFigure, ...]:
    """All national figures, from checked rows of `national_facts` and `amounts_by_area`.

    What is wider than the Mérida Initiative, or not of it, is left out; so is what only the essay
    states, which is shown with its check on the Background page.
    """
    figures = [
        NationalFigure(row["area"], row["amount_usd"], LEVEL_OF[row["place_level"]])
        for row in facts
    ]
    for row in amounts:
        if row["merida_scope"] in ("merida", "not_stated") and row["place"] in LEVEL_OF:
            millions = row["usd_millions"]
            usd = None if millions is None else millions * 1_000_000
            figures.append(NationalFigure(row["area"], usd, LEVEL_OF[row["place"]]))
    return tuple(figures)


def national_lines(figures: tuple[NationalFigure, ...], view: View) -> tuple[NationalLine, ...]:
    """What is published for no state, by level, for the priorities of a view.

    In dollars only sums count, in activities every figure.
    """
    areas = {PILLARS[number] for number in view.pillar}
    kept = [
        figure
        for figure in figures
        if (not areas or figure.area in areas)
        and (view.measure == "activities" or figure.usd is not None)
    ]
    lines = []
    for level in LEVELS:
        group = [figure for figure in kept if figure.level == level]
        if group:
            sums = [figure.usd for figure in group if figure.usd is not None]
            lines.append(NationalLine(level, len(group), max(sums, default=None)))
    return tuple(lines)
