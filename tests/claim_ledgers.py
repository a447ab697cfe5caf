"""Ledgers made up to hold the verdicts to account: spread by population, or all in three cities."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from geo.atlas.atlas import Source, load_atlas
from geo.atlas.ledger import build_ledger
from geo.view import View
from tests.toy_ledger import Rows, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.atlas import Atlas

CITIES = ("02004", "08037", "19039")
AREAS = ("prevention", "organised_crime", "rule_of_law")
PER_MILLION = 2


def atlas_with(rows: Rows) -> Atlas:
    """The real country, needs and essay figures with another ledger, whose one source is S1."""
    atlas = load_atlas()
    source = Source("S1", "A report", "Somebody", "2016", "https://example.org/", "press", "press")
    return replace(
        atlas,
        ledger=build_ledger(rows.activities, rows.places, rows.amounts),
        sources={**atlas.sources, "S1": source},
    )


@cache
def atlas_of(rows: Callable[[], Rows]) -> Atlas:
    """The same atlas for all who ask for these rows, so that what is computed of it is so once."""
    return atlas_with(rows())


def activity(number: int, cvegeo: str, area: str, usd: str | None = None, **more: object) -> Rows:
    """One firm activity of 2012 in one municipality, found by asking every state alike."""
    own = {"start": "2012", "end": "2012", "found_by": "systematic"}
    return rows_of(
        f"M{number:03d}",
        states=[cvegeo[:2]],
        cvegeo=cvegeo,
        area=area,
        usd=usd,
        separable=usd is not None,
        **(own | more),  # type: ignore[arg-type]
    )


def by_population() -> Rows:
    """Of each area, and of its dollars, every state has its share by population."""
    atlas = load_atlas()
    people = atlas.indicators.need("population", atlas.states, View())
    rows, number = Rows((), (), ()), 0
    for code, count in people.items():
        for area in AREAS:
            for _ in range(round(count / 1e6 * PER_MILLION)):
                rows += activity(number, f"{code}001", area, usd="1000000")
                number += 1
    return rows


def in_three_cities() -> Rows:
    """Sixty activities of each area, with all of their dollars, in the cities of the essay."""
    rows, number = Rows((), (), ()), 0
    for area in AREAS:
        for position in range(60):
            rows += activity(number, CITIES[position % 3], area, usd="5000000")
            number += 1
    return rows
