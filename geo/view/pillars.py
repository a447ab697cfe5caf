"""The five priorities of the essay."""

from __future__ import annotations

from typing import Final

PILLARS: Final[dict[int, str]] = {
    1: "rule_of_law",
    2: "organised_crime",
    3: "smart_border",
    4: "prevention",
    5: "counter_terrorism",
}
"""The essay's number of each priority → the area's name, which is what the ledger stores."""
