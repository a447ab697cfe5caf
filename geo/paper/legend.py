"""The legend of a drawing: title and rows, with the same colours and words as on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.paper.fitting import fitted_text
from geo.paper.picture import HATCHES, block
from geo.scene import DOT, INK, OUTLINE, pattern_of
from geo.words import Legend

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TITLE_SIZES: Final = (13, 12, 11, 10, 9)
ROW_SIZES: Final = (13, 12, 11, 10, 9, 8, 7, 6, 5.5)
"""Font sizes in points that a text is tried at, largest first."""


def draw_legend(
    figure: Figure, legend: Legend, box: tuple[float, float, float, float], pitch: float
) -> float:
    """Draw a legend from the bottom of `box` upwards; returns where its title begins.

    `box` is left, bottom, width and greatest height as parts of the figure, `pitch` the height of
    a row where there is room for it.
    """
    left, bottom, width, height = box
    rows = legend.rows
    pitch = min(pitch, height / len(rows))
    swatch = 0.07 * width
    top = bottom + pitch * len(rows)
    title_height = 1.65 * pitch
    title_top = top + title_height + 0.2 * pitch
    fitted_text(
        figure, legend.title, (left, title_top, width, title_height), TITLE_SIZES, color=INK
    )
    for number, row in enumerate(rows):
        high = top - pitch * number
        place = (left, high - 0.75 * pitch, swatch, 0.75 * pitch)
        pattern = block(figure, place, row.fill, DOT)
        pattern.set_hatch(HATCHES[pattern_of(row.fill)])
        figure.patches.extend((pattern, block(figure, place, "none", OUTLINE)))
        beside = 1.4 * swatch
        fitted_text(
            figure, row.label, (left + beside, high, width - beside, pitch), ROW_SIZES, color=INK
        )
    return title_top
