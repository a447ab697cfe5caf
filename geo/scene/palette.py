"""Colours of the map: colour-blind-safe ramps that hold against the states' outline.

The same colours serve both themes, so that a map shared from one is read the same in the other.
Every fill has a contrast of at least 3:1 (WCAG 2.1, 1.4.11) against `OUTLINE`.
"""

from __future__ import annotations

from typing import Final

INK: Final = "#14232c"
SOFT: Final = "#4b565d"
ACCENT: Final = "#a8123e"
LINK: Final = "#1d5b86"
"""Text, text beside it, what is to be seen first, and links; the pages have the same."""

OUTLINE: Final = "#0a161f"
ZERO_FILL: Final = "#ffffff"
NO_DATA_FILL: Final = "#b9bec4"
NOT_APPLICABLE_FILL: Final = "#dfd8cc"

DOT: Final = "#6c757d"
"""The dots over `NO_DATA_FILL`."""

UNPAINTED: Final = "#e7e4dc"
"""A state before its first paint."""

REACHED: Final = "#f4a340"
"""A municipality that an activity names."""

SELECTED: Final = "#d6336c"
"""The line around the selected state; under it lies a wider one in `HALO`."""

HALO: Final = "#ffffff"
"""What lies around lines and symbols, so that both themes and every fill carry them."""

_SEQUENTIAL: Final = ("#f6efc4", "#bfe0b6", "#7cc8bd", "#43a5c0", "#3c7fb8", "#5a63ad")
_BELOW: Final = ("#8c6d31", "#c99b45", "#e8cf94", "#f7edd5")
_ABOVE: Final = ("#e3eff2", "#9fcbd8", "#4c9fb8", "#2f7795")
"""Below parity in browns, above in blues: the pair stays apart for every common colour vision."""


def ramp(count: int, *, below: int | None = None) -> tuple[str, ...]:
    """Colours for `count` classes, lightest first; with `below`, diverging after that many."""
    if below is None:
        return _steps(_SEQUENTIAL, count)
    return (*_steps(_BELOW, below, towards_end=True), *_steps(_ABOVE, count - below))


def _steps(anchors: tuple[str, ...], count: int, *, towards_end: bool = False) -> tuple[str, ...]:
    """`count` colours spread over the anchors; a single one is taken from the far, strong end."""
    if count == 0:
        return ()
    if count == 1:
        return (anchors[1] if towards_end else anchors[-2],)
    return tuple(_between(anchors, i / (count - 1)) for i in range(count))


def _between(anchors: tuple[str, ...], at: float) -> str:
    place = at * (len(anchors) - 1)
    index = min(int(place), len(anchors) - 2)
    part = place - index
    low, high = _channels(anchors[index]), _channels(anchors[index + 1])
    mixed = (round(a + (b - a) * part) for a, b in zip(low, high, strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
