"""Colours of the map: colour-blind-safe ramps that hold against the states' outline.

The same colours serve both themes, so that a map shared from one is read the same in the other.
Every fill has a contrast of at least 3:1 (WCAG 2.1, 1.4.11) against `OUTLINE`.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from math import floor
from typing import Final

INK: Final = "#14232c"
SOFT: Final = "#4b565d"
ACCENT: Final = "#a8123e"
LINK: Final = "#1d5b86"
"""Text, text beside it, what is to be seen first, and links; the pages have the same."""

BLACK: Final = "#000000"
WHITE: Final = "#ffffff"
BLACK_TO_WHITE: Final = 21.0
"""Contrast of black with white: what a fill has with one and with the other multiplies to it."""

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

PATTERNED: Final = {ZERO_FILL: "none", NO_DATA_FILL: "dotted", NOT_APPLICABLE_FILL: "crossed"}
"""Fills that no class may be mistaken for carry a pattern too, since the palest class of nine is as
light as white: fine stripes for none, dots for no figure, a net for what does not apply."""

_SEQUENTIAL: Final = (
    *("#fffff0", "#f6efc4", "#bfe0b6", "#7cc8bd"),
    *("#43a5c0", "#3c7fb8", "#5a63ad", "#545da6"),
)
_BELOW: Final = ("#fffdf0", "#f7edd5", "#e8cf94", "#c99b45", "#8c6d31", "#6b5120")
_ABOVE: Final = ("#faffff", "#e3eff2", "#9fcbd8", "#4c9fb8", "#2f7795", "#205a75")
"""Below parity in browns, above in blues: the pair stays apart for every common colour vision."""

STEP: Final = 1.25
"""The least contrast (WCAG 2) of one class with the next, also across parity."""

_LIGHTEST: Final = 1.25
_DARKEST: Final = 6.08
"""Contrast with white of the palest and the strongest class. 6.1 is where 3:1 against `OUTLINE`
ends: between white and there is room for eight steps of 1.25 (1.25⁸ = 5.96). So nine classes
on one side have them only where the palest is nearly white, which is why white has a pattern."""

_ALONE: Final = {"below": 2.2, "above": 3.0}
"""Contrast with white of a class that is alone on its side: strong, and apart from the other."""


@lru_cache
def ramp(count: int, *, below: int | None = None) -> tuple[str, ...]:
    """Colours for `count` classes, lightest first; with `below`, diverging after that many.

    Each contrasts with the next by `STEP` at least, for up to nine classes and wherever the scale
    turns: on each side in even steps from light to dark. Where two sides meet, the one with fewer
    classes begins a step darker. By hand: three classes go from a contrast with white of 1.25 by
    √(6.08 ÷ 1.25) = 2.21 to 2.76 and 6.08.
    """
    if below is None:
        return _painted(_SEQUENTIAL, _levels(count, _lightest(count), _ALONE["above"]))
    sides = {"below": below, "above": count - below}
    first = _lightest(max(sides.values()))
    more = "below" if below >= count - below else "above"
    start = {name: first if name == more else first * STEP * 1.04 for name in sides}
    low, high = (_levels(n, start[name], _ALONE[name]) for name, n in sides.items())
    return (*reversed(_painted(_BELOW, low)), *_painted(_ABOVE, high))


def pattern_of(fill: str) -> str:
    """The kind of pattern over a fill, empty for the plain ones."""
    return PATTERNED.get(fill, "")


def _lightest(count: int) -> float:
    """Contrast of the palest of so many classes with white: less where they need the room."""
    return min(_LIGHTEST, _DARKEST / (STEP * 1.0015) ** (count - 1))


def _levels(count: int, first: float, alone: float) -> list[float]:
    """Contrast of each of so many classes with white, in even steps."""
    if count < 2:
        return [alone] * count
    return [first * (_DARKEST / first) ** (at / (count - 1)) for at in range(count)]


def _painted(anchors: tuple[str, ...], levels: list[float]) -> tuple[str, ...]:
    return tuple(_at_level(anchors, level) for level in levels)


def _at_level(anchors: tuple[str, ...], level: float) -> str:
    """The colour on the way along `anchors` whose contrast with white is nearest to `level`."""
    low, high = 0.0, len(anchors) - 1.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if _level(_between(anchors, middle)) < level else (low, middle)
    near = (range(floor(channel) - 1, floor(channel) + 3) for channel in _between(anchors, low))
    whole = (colour for colour in product(*near) if max(colour) <= 255)
    red, green, blue = min(whole, key=lambda colour: abs(_level(colour) - level))
    return f"#{red:02x}{green:02x}{blue:02x}"


def _level(channels: tuple[float, ...]) -> float:
    """Contrast with white by WCAG 2: 1.05 ÷ (relative luminance + 0.05)."""
    linear = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in channels)
    )
    red, green, blue = linear
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _between(anchors: tuple[str, ...], at: float) -> tuple[float, ...]:
    index = min(int(at), len(anchors) - 2)
    low, high = (bytes.fromhex(anchor[1:]) for anchor in anchors[index : index + 2])
    return tuple(a + (b - a) * (at - index) for a, b in zip(low, high, strict=True))


def ink_on(fill: str) -> str:
    """Black or white, whichever is read more easily on a fill.

    >>> ink_on("#f1ede6"), ink_on("#5f6470")
    ('#000000', '#ffffff')
    """
    with_white = _level(tuple(bytes.fromhex(fill.lstrip("#"))))
    return WHITE if with_white * with_white > BLACK_TO_WHITE else BLACK
