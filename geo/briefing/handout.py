"""The handout: the slides of a briefing as PDF, with vector maps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from geo.atlas import Atlas
from geo.briefing.computed import ComputedBriefing, Slide
from geo.language import speech
from geo.paper import (
    FIGURE,
    H1,
    H2,
    SETTINGS,
    about,
    draw_legend,
    draw_map,
    fitted_text,
    paper,
    pdf_of,
    tagged,
)
from geo.scene import ACCENT, INK, LINK, SOFT, build_scene
from geo.words import in_place_of_map

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PAPERS: Final = {"16:9": (13.333, 7.5), "a4": (11.69, 8.27), "letter": (11.0, 8.5)}
"""Width and height in inches, all across."""

HEAD_SIZES: Final = (30, 28, 26, 24, 22, 20, 18)


def handout_pdf(atlas: Atlas, computed: ComputedBriefing, paper: str = "16:9") -> bytes:
    """One page for each slide, on one of PAPERS: title, number, map, legend, notes and sources."""
    import matplotlib as mpl

    with mpl.rc_context(SETTINGS):
        pages = handout_pages(atlas, computed, paper)
        return pdf_of(pages, about(atlas, computed.title, computed.lang))


def handout_pages(atlas: Atlas, computed: ComputedBriefing, paper: str) -> Iterator[Figure]:
    """The pages before they are written, each when it is asked for."""
    for number, one in enumerate(computed.slides, 1):
        yield _page(atlas, computed, one, number, PAPERS[paper])


def _page(
    atlas: Atlas, computed: ComputedBriefing, one: Slide, number: int, size: tuple[float, float]
) -> Figure:
    figure, telling = paper(*size), one.telling
    serif: dict[str, Any] = {"family": "DejaVu Serif", "weight": "bold"}
    fitted_text(
        figure,
        one.title,
        (0.04, 0.96, 0.92, 0.11),
        HEAD_SIZES,
        H1,
        color=INK,
        **serif,
    )
    scene = build_scene(atlas, one.view)
    axes = draw_map(figure, (0.04, 0.27, 0.55, 0.57), atlas, scene, one.view)
    tagged(axes, FIGURE, in_place_of_map(atlas, scene, speech(computed.lang)))
    sizes = (54, 48, 42, 36, 30, 24, 20)
    fitted_text(figure, one.number, (0.62, 0.85, 0.34, 0.1), sizes, H2, color=ACCENT, **serif)
    fitted_text(
        figure, one.number_label, (0.62, 0.735, 0.34, 0.06), (15, 14, 13, 12, 11, 10), color=INK
    )
    top = draw_legend(figure, telling.legend, (0.62, 0.27, 0.34, 0.2), 0.03)
    fitted_text(
        figure,
        one.finding,
        (0.62, 0.665, 0.34, 0.665 - top - 0.02),
        (13, 12, 11, 10, 9, 8),
        color=INK,
        linespacing=1.25,
    )
    style: dict[str, Any] = {"color": SOFT, "linespacing": 1.3}
    small = (10, 9.5, 9, 8.5, 8, 7.5, 7)
    fitted_text(figure, one.notes, (0.04, 0.245, 0.92, 0.085), small, color=INK, linespacing=1.3)
    fitted_text(figure, one.beneath, (0.04, 0.155, 0.92, 0.09), (*small[2:], 6.5, 6), **style)
    foot = f"{number} / {len(computed.slides)} · {computed.title} · {telling.sourced}"
    fitted_text(figure, foot, (0.04, 0.06, 0.92, 0.035), small[2:], **style)
    if telling.link.startswith("http"):
        place = (0.04, 0.03, 0.92, 0.022)
        fitted_text(figure, telling.link, place, (8, 7, 6, 5), color=LINK, url=telling.link)
    return figure
