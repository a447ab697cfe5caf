"""The card: the picture that unfolds under a link in a chat, drawn from the view of the link."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from geo.atlas import Atlas
from geo.paper import (
    CARD_SIZE,
    DPI,
    draw_legend,
    draw_map,
    fitted_text,
    paper,
)
from geo.scene import INK, SOFT, build_scene
from geo.view import View
from geo.words import tell

if TYPE_CHECKING:
    from matplotlib.figure import Figure


FOOT: Final = 0.125
"""Height of the lines below the map, as a part of the card's."""

PITCH: Final = 0.046
BOTTOM: Final = 0.15
LEGEND_HEIGHT: Final = 0.34
"""Height of a row of the legend, its lower end, and its greatest height, as parts of the card's."""

SENTENCE_SIZES: Final = (27, 25, 23, 21, 19, 17, 15, 14, 13, 12)
"""Font sizes in points that the sentence is tried at."""


def card_png(atlas: Atlas, view: View) -> bytes:
    """The card of a view: 1200 × 630 pixels, PNG; the same bytes for the same view and data."""
    out = io.BytesIO()
    card_figure(atlas, view).savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()


def card_figure(atlas: Atlas, view: View) -> Figure:
    """The card before it becomes pixels. Not for two threads at once: fonts are shared."""
    figure = paper(CARD_SIZE[0] / DPI, CARD_SIZE[1] / DPI)
    telling = tell(atlas, view)
    place = (0, FOOT, 0.585, 1 - FOOT)
    draw_map(figure, place, atlas, build_scene(atlas, view), view, fine=False)
    left, width = 0.605, 0.375
    figure.text(left, 0.945, "Mérida Atlas", color=SOFT, fontsize=15, va="top", weight="bold")
    top = draw_legend(figure, telling.legend, (left, BOTTOM, width, LEGEND_HEIGHT), PITCH)
    fitted_text(
        figure,
        telling.headline,
        (left, 0.865, width, 0.865 - top - 0.025),
        SENTENCE_SIZES,
        color=INK,
        family="DejaVu Serif",
        weight="bold",
        linespacing=1.25,
    )
    fitted_text(
        figure,
        f"{telling.beneath} {telling.provenance}",
        (0.02, FOOT - 0.018, 0.96, FOOT - 0.03),
        (12, 11.5, 11, 10.5, 10, 9.5, 9, 8.5, 8, 7.5, 7, 6.5),
        color=SOFT,
    )
    return figure
