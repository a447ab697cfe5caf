"""How many machines a number of readers needs, computed from what answers cost."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.bench.fleet import Fleet

READERS_A_DAY = (10_000, 100_000, 300_000, 1_000_000)
CHANGES = 10
"""Of the view, by each reader."""
STAY = 240
"""Seconds that a reader stays."""
LARGEST_HOUR = 0.1
"""The part of a day's readers that come in its largest hour."""
AT_WORK = 0.6
"""The part of the time that a core is at work; beyond it times grow."""
CORES = 2
"""Of a replica, each with a process."""
SESSION_MB = 0.3
PERIOD = 5000
"""Milliseconds between two changes of those readers by which a core is measured."""

ASSUMED = f"""\
## How many machines

Computed from the processor times above. Assumed: every reader comes for the first time, stays
{STAY // 60} minutes and changes the view {CHANGES} times; {LARGEST_HOUR:.0%} of the day's readers
come in its largest hour; a core is at work {AT_WORK:.0%} of the time; a replica has {CORES} cores
and processes, and there is one more than the work needs; a cache stands before the balancer. The
cores are those of the replicas: balancer and cache have one or two of their own.
"""


def sizing_lines(fleet: Fleet) -> list[str]:
    """Cores, replicas and sessions for each number of readers a day."""
    assert fleet.edge is not None
    each = fleet.edge.cold + fleet.opening + CHANGES * fleet.change
    lines = [
        *ASSUMED.splitlines(),
        "",
        f"A reader costs {each:,.0f} ms of a core in all. A core has "
        f"{AT_WORK * PERIOD / fleet.change:,.0f} readers who change the view every five seconds.",
        "",
        "| readers a day | new ones a second | at once | cores at work | replicas | of sessions |",
        "|---|---|---|---|---|---|",
    ]
    for readers in READERS_A_DAY:
        second = readers * LARGEST_HOUR / 3600
        cores = second * each / 1000 / AT_WORK
        cells = (
            f"{readers:,}",
            f"{second:,.1f}",
            f"{second * STAY:,.0f}",
            f"{cores:,.1f}",
            str(math.ceil(cores / CORES) + 1),
            f"{second * STAY * SESSION_MB / 1000:,.1f} GB",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return lines
