"""The ledger as the research left it, for tests of the numbers that the research states.

Whoever adds an activity changes what the pages say, and should; no number of the research changes
by that. What holds of any ledger is tested on the whole one, its size read from the files.
"""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from geo.atlas import Atlas, load_atlas
from geo.paths import DATA

if TYPE_CHECKING:
    from collections.abc import Iterable

LAST = "M209"
"""The last activity of the research and its second search; what is added later comes after it."""


def rows_on_file(name: str) -> int:
    """How many rows a table of the ledger has, read without the code under test."""
    with (DATA / f"ledger/{name}.csv").open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.DictReader(file))


def of_the_research(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those rows that the research wrote."""
    return [row for row in rows if row["activity_id"] <= LAST]


def newest_source(atlas: Atlas) -> str:
    """The day of the newest source that has one, as YYYYMMDD."""
    days = (source.date for source in atlas.sources.values())
    return max(day for day in days if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day)).replace("-", "")


@cache
def researched() -> Atlas:
    """The atlas with the activities of the research alone."""
    atlas = load_atlas()
    activities = tuple(a for a in atlas.ledger.activities if a.activity_id <= LAST)
    return replace(atlas, ledger=replace(atlas.ledger, activities=activities))
