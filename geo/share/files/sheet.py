"""The sheet: a view on one page to print, send or edit, with all that is needed to judge it.

A4 across: the finding, the map, its legend, what is not on it and why, the terms, the data version
and the link. As a PDF the pages after it list the documented activities of the selected state, if
there is one, and the sources.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from geo.atlas import Atlas, activity_rows
from geo.language import Speech, speech
from geo.paper import (
    CREATOR,
    PAPER,
    SEA,
    SETTINGS,
    block,
    draw_legend,
    draw_map,
    fitted_text,
    paper,
)
from geo.scene import INK, SOFT, build_scene
from geo.view import View
from geo.words import Telling, tell

if TYPE_CHECKING:
    from matplotlib.figure import Figure


PIXELS: Final = 200
"""Of the PNG, for each inch: twice what a screen shows at this size."""

HEAD_SIZES: Final = (22, 20, 18, 16, 15, 14, 13, 12)
TEXT_SIZES: Final = (9.5, 9, 8.5, 8, 7.5, 7, 6.5)
LINE_WIDTH: Final = 150
LINES: Final = 54
"""Letters in a line and lines on a page of a list."""


def map_png(atlas: Atlas, view: View, base: str = "") -> bytes:
    """The sheet as PNG, 2338 × 1654 pixels. `base` is the address that its link begins with."""
    out = io.BytesIO()
    figure = sheet_figure(atlas, view, base)
    figure.savefig(out, format="png", dpi=PIXELS, metadata={"Software": None})
    return out.getvalue()


def map_svg(atlas: Atlas, view: View, base: str = "") -> bytes:
    """The sheet as SVG: shapes and texts that can be edited."""
    import matplotlib as mpl

    with mpl.rc_context(SETTINGS):
        out = io.BytesIO()
        about = {"Title": tell(atlas, view, base).headline, "Date": None, "Creator": CREATOR}
        sheet_figure(atlas, view, base).savefig(out, format="svg", metadata=about)
        return out.getvalue()


def map_pdf(atlas: Atlas, view: View, base: str = "") -> bytes:
    """The sheet as PDF, with its lists on the pages after it."""
    import matplotlib as mpl
    from matplotlib.backends.backend_pdf import PdfPages

    telling = tell(atlas, view, base)
    about = {"Title": telling.headline, "Creator": CREATOR, "CreationDate": None}
    with mpl.rc_context(SETTINGS):
        out = io.BytesIO()
        with PdfPages(out, metadata=about) as pages:
            pages.savefig(sheet_figure(atlas, view, base))
            for title, lines in _lists(atlas, telling, view):
                for figure in _list_pages(title, lines):
                    pages.savefig(figure)
        return out.getvalue()


def sheet_figure(atlas: Atlas, view: View, base: str) -> Figure:
    """The sheet before it is written. Not for two threads at once: fonts are shared."""
    figure, telling, say = paper(*PAPER), tell(atlas, view, base), speech(view.lang)
    fitted_text(
        figure,
        telling.headline,
        (0.035, 0.965, 0.93, 0.11),
        HEAD_SIZES,
        color=INK,
        family="DejaVu Serif",
        weight="bold",
        linespacing=1.2,
    )
    place = (0.035, 0.26, 0.61, 0.585)
    axes: Any = figure.add_axes(place)
    figure.patches.append(block(figure, place, SEA))
    draw_map(axes, atlas, build_scene(atlas, view), view)
    top = draw_legend(figure, telling.legend, (0.67, 0.26, 0.295, 0.34), 0.036)
    if telling.state:
        fitted_text(
            figure,
            telling.state,
            (0.67, 0.845, 0.295, 0.845 - top - 0.02),
            (14, 13, 12, 11, 10, 9),
            color=INK,
            weight="bold",
            linespacing=1.3,
        )
    style = {"color": SOFT, "linespacing": 1.3}
    fitted_text(figure, telling.beneath, (0.035, 0.235, 0.93, 0.05), TEXT_SIZES, **style)
    reasons = "; ".join(f"{reason}: {much}" for reason, much in telling.reasons)
    fitted_text(
        figure,
        f"{say.t('Not on the map')}: {telling.remainder} {reasons}",
        (0.035, 0.18, 0.93, 0.07),
        TEXT_SIZES,
        **style,
    )
    name = telling.licence.replace("CC-BY-", "CC BY ")
    licence = say.t("Licence of the data: {name}.", name=name)
    terms = f"{telling.sourced} {licence}"
    fitted_text(figure, terms, (0.035, 0.105, 0.93, 0.04), TEXT_SIZES, **style)
    fitted_text(
        figure,
        f"Mérida Atlas · {telling.link}",
        (0.035, 0.058, 0.93, 0.03),
        (8, 7, 6, 5),
        color=INK,
    )
    return figure


def _lists(atlas: Atlas, telling: Telling, view: View) -> Iterator[tuple[str, list[str]]]:
    say = speech(view.lang)
    if view.state:
        name = atlas.states[view.state].names[view.lang]
        yield (
            say.t("Documented activities: {state}", state=name),
            [_activity_line(row, say) for row in activity_rows(atlas, view)],
        )
    yield (
        say.t("Sources"),
        [
            " ".join(
                part
                for part in (
                    f"{one.title}.",
                    f"{one.author}." if one.author else "",
                    one.date,
                    one.url,
                )
                if part
            )
            for one in telling.sources
        ],
    )


def _activity_line(row: dict[str, Any], say: Speech) -> str:
    years = "–".join(
        dict.fromkeys(part[:4] for part in (row["period_start"], row["period_end"]) if part)
    )
    money = say.usd_short(float(row["amount_usd"])) if row["amount_usd"] else ""
    beside = ", ".join(part for part in (years, money, row["source_ids"]) if part)
    return f"{row['title']} ({beside})" if beside else str(row["title"])


def _list_pages(title: str, entries: Sequence[str]) -> Iterator[Figure]:
    lines = [
        line
        for entry in entries
        for line in textwrap.wrap(entry, LINE_WIDTH, initial_indent="•  ", subsequent_indent="    ")
    ]
    for start in range(0, len(lines), LINES):
        figure = paper(*PAPER)
        figure.text(0.035, 0.965, title, size=14, weight="bold", color=INK, va="top")
        figure.text(
            0.035,
            0.925,
            "\n".join(line.replace("$", r"\$") for line in lines[start : start + LINES]),
            size=7,
            color=INK,
            va="top",
            linespacing=1.35,
        )
        yield figure
