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

from geo.atlas import Atlas, activity_rows, read_package
from geo.language import Speech, speech
from geo.paper import (
    CREATOR,
    DRAWING,
    PAPER,
    SEA,
    SETTINGS,
    block,
    draw_key,
    draw_map,
    fitted_text,
    paper,
)
from geo.scene import INK, SOFT, Scene, build_scene
from geo.view import View, link_of
from geo.words import (
    build_legend,
    caveat,
    filters,
    headline,
    measure_label,
    provenance,
    reason_texts,
    remainder,
    value_text,
)

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
    with DRAWING:
        out = io.BytesIO()
        figure = _sheet(atlas, view, base)
        figure.savefig(out, format="png", dpi=PIXELS, metadata={"Software": None})
        return out.getvalue()


def map_svg(atlas: Atlas, view: View, base: str = "") -> bytes:
    """The sheet as SVG: shapes and texts that can be edited."""
    import matplotlib as mpl

    with DRAWING, mpl.rc_context(SETTINGS):
        out = io.BytesIO()
        say = speech(view.lang)
        told = {"Title": headline(build_scene(atlas, view), say), "Date": None, "Creator": CREATOR}
        _sheet(atlas, view, base).savefig(out, format="svg", metadata=told)
        return out.getvalue()


def map_pdf(atlas: Atlas, view: View, base: str = "") -> bytes:
    """The sheet as PDF, with its lists on the pages after it."""
    import matplotlib as mpl
    from matplotlib.backends.backend_pdf import PdfPages

    say = speech(view.lang)
    scene = build_scene(atlas, view)
    told = {"Title": headline(scene, say), "Creator": CREATOR, "CreationDate": None}
    with DRAWING, mpl.rc_context(SETTINGS):
        out = io.BytesIO()
        with PdfPages(out, metadata=told) as pages:
            pages.savefig(_sheet(atlas, view, base))
            for title, lines in _lists(atlas, scene, view, say):
                for figure in _list_pages(title, lines):
                    pages.savefig(figure)
        return out.getvalue()


def _sheet(atlas: Atlas, view: View, base: str) -> Figure:
    figure, scene, say = paper(*PAPER), build_scene(atlas, view), speech(view.lang)
    fitted_text(
        figure,
        headline(scene, say),
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
    draw_map(axes, atlas, scene, view)
    top = draw_key(figure, build_legend(scene, say), (0.67, 0.26, 0.295, 0.34), 0.036)
    if view.state:
        fitted_text(
            figure,
            state_line(atlas, scene, view, say),
            (0.67, 0.845, 0.295, 0.845 - top - 0.02),
            (14, 13, 12, 11, 10, 9),
            color=INK,
            weight="bold",
            linespacing=1.3,
        )
    style = {"color": SOFT, "linespacing": 1.3}
    told = [caveat(scene, say), filters(view, scene, say)]
    fitted_text(
        figure,
        " ".join(part for part in told if part),
        (0.035, 0.235, 0.93, 0.05),
        TEXT_SIZES,
        **style,
    )
    reasons = "; ".join(f"{reason}: {much}" for reason, much in reason_texts(scene, say))
    fitted_text(
        figure,
        f"{say.t('Not on the map')}: {remainder(scene, say)} {reasons}",
        (0.035, 0.18, 0.93, 0.07),
        TEXT_SIZES,
        **style,
    )
    fitted_text(figure, _terms(atlas, scene, say), (0.035, 0.105, 0.93, 0.04), TEXT_SIZES, **style)
    fitted_text(
        figure,
        f"Mérida Atlas · {link_of(view, base)}",
        (0.035, 0.058, 0.93, 0.03),
        (8, 7, 6, 5),
        color=INK,
    )
    return figure


def state_line(atlas: Atlas, scene: Scene, view: View, say: Speech) -> str:
    """The selected state with its number."""
    state = scene.state(view.state)
    number = value_text(state.value, state.status, view, say)
    return f"{atlas.states[view.state].names[view.lang]}: {number} ({measure_label(view, say)})"


def _terms(atlas: Atlas, scene: Scene, say: Speech) -> str:
    licence = read_package(atlas.data)["licenses"][0]["name"].replace("CC-BY-", "CC BY ")
    return " ".join(
        (
            provenance(atlas.version, say, len(scene.source_ids)),
            say.t("Licence of the data: {name}.", name=licence),
        )
    )


def _lists(atlas: Atlas, scene: Scene, view: View, say: Speech) -> Iterator[tuple[str, list[str]]]:
    if view.state:
        name = atlas.states[view.state].names[view.lang]
        yield (
            say.t("Documented activities: {state}", state=name),
            [_activity_line(row, say) for row in activity_rows(atlas, view)],
        )
    sources = [atlas.sources[source_id] for source_id in scene.source_ids]
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
            for one in sources
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
