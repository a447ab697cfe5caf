"""What the equity measures cost: processor time of one core, on views not computed before."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import TYPE_CHECKING

from geo.atlas import load_atlas
from geo.equity import equity_of
from geo.equity.claims import grid_of, load_claims
from geo.equity.claims.readings import readings_of
from geo.view import View

if TYPE_CHECKING:
    from collections.abc import Callable

VIEWS = (
    View(),
    View(measure="usd"),
    View(pillar=(4,)),
    View(evidence="attributed", split="population"),
    View(weak="include", from_year=2012),
)


@dataclass(frozen=True)
class EquityCost:
    """Seconds of one core; `views` one of each of VIEWS, `grid` all cells of all claims.

    `null` is all that is dealt out for the claims of one period by all evidence.
    """

    views: list[float]
    null: float
    grid: float
    cells: int

    @property
    def typical(self) -> float:
        return median(self.views)


def _seconds(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def measure() -> EquityCost:
    """Compute everything once, in this process, from nothing but the loaded atlas."""
    atlas = load_atlas()
    views = [_seconds(partial(equity_of, atlas, view)) for view in VIEWS]
    later, claims = load_claims(atlas.data).later, load_claims(atlas.data).claims
    null = _seconds(lambda: readings_of(atlas, later, "all"))
    grid = _seconds(lambda: [grid_of(atlas, claim) for claim in claims])
    return EquityCost(views, null, grid, sum(len(grid_of(atlas, claim).cells) for claim in claims))
