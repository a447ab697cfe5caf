"""How wide a text is in Arial, and the size at which it fits.

Slides are set in Arial: it, or a font of the same widths, is on every machine that shows them. Its
widths are those of Helvetica, whose metrics matplotlib brings, so that a slide is the same wherever
it is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from geo.briefing.sentences import sentences
from geo.paper import wrapped

FONT: Final = "Arial"
MEASURED: Final = {False: "Helvetica.afm", True: "Helvetica-Bold.afm"}

UNKNOWN: Final = 1000
"""The width of a letter that the metrics do not have, in thousandths of the size: a full square."""

PITCH: Final = 1.2
"""From line to line as a multiple of the size: Arial has 1.15."""

INSIDE: Final = 0.1
"""Inches that PowerPoint leaves free on each side in a box, half of it above and below."""

POINTS: Final = 72

Box = tuple[float, float, float, float]
"""Left, top, width and height in inches."""


@lru_cache(maxsize=len(MEASURED))
def _widths(bold: bool) -> dict[str, float]:
    """Letter → its width in thousandths of the size."""
    # Imported when first asked for: only slides need them.
    import matplotlib as mpl
    from fontTools.afmLib import AFM
    from fontTools.agl import UV2AGL

    metrics = AFM(str(Path(mpl.get_data_path()) / "fonts" / "pdfcorefonts" / MEASURED[bold]))
    return {
        chr(code): float(metrics[name][1])
        for code, name in UV2AGL.items()
        if metrics.has_char(name)
    }


@lru_cache(maxsize=5_000)
def wide(text: str, *, bold: bool = False) -> float:
    """The width of a text in one line, in inches at a size of one point."""
    widths = _widths(bold)
    return sum(widths.get(letter, UNKNOWN) for letter in text) / 1000 / POINTS


def lines_at(text: str, box: Box, size: float, *, bold: bool = False) -> list[str]:
    """The lines that a text takes in the width of a box."""
    room = (box[2] - 2 * INSIDE) / size
    return list(wrapped(text, lambda word: wide(word, bold=bold), room))


def most_lines(box: Box, size: float) -> int:
    """How many lines a box has room for."""
    return int((box[3] - INSIDE) * POINTS / (PITCH * size) + 0.01)


def fitted(text: str, box: Box, sizes: Sequence[int], *, bold: bool = False) -> tuple[str, int]:
    """A text and the largest of the sizes in which it fits its box, and no word is alone in a line.

    Where it fits in none, it is cut at the smallest one: as many sentences of it as fit, or, where
    the first is too long by itself, as many words, which end in an ellipsis.
    """

    def fits(tried: str, size: int) -> bool:
        return len(lines_at(tried, box, size, bold=bold)) <= most_lines(box, size)

    fitting = [size for size in sizes if fits(text, size)]
    if fitting:
        even = [s for s in fitting if not _left_alone(lines_at(text, box, s, bold=bold))]
        return text, (even or fitting)[0]
    least, parts = sizes[-1], sentences(text)
    while len(parts) > 1:
        parts.pop()
        if fits(" ".join(parts), least):
            return " ".join(parts), least
    words = text.split()
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if fits(" ".join((*words[:middle], "…")), least):
            low = middle
        else:
            high = middle - 1
    return " ".join((*words[:low], "…")), least


def _left_alone(lines: Sequence[str]) -> bool:
    """Whether the second of two lines is one word."""
    return len(lines) == 2 and " " not in lines[1]
