"""The five priorities of the essay, and the older U.S. numbering, mapped once."""

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

NUMBER_OF: Final[dict[str, int]] = {area: number for number, area in PILLARS.items()}

US_GOVERNMENT_PILLARS: Final[dict[int, str]] = {
    1: "organised_crime",
    2: "rule_of_law",
    3: "smart_border",
    4: "prevention",
}
"""The U.S. government's own, different numbering, found in some sources."""
