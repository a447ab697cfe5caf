"""Colours with what they stand for: the legend of a map, and the key of a chart."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from geo.drawing.html import Cell, each
from geo.language import Speech
from geo.scene import pattern_of


def swatch_html(fill: str, kind: str = "") -> Markup:
    """A colour; that of a state without a class has a pattern, as on the map."""
    kinds = ("ma-swatch", pattern_of(fill), kind)
    return Markup('<span class="{}" style="background-color:{}"></span>').format(
        " ".join(filter(None, kinds)), fill
    )


def swatches_html(rows: Iterable[tuple[Cell, Cell]], name: str = "") -> Markup:
    """The key of a chart or of several small maps: each colour, or swatch, with its meaning."""
    items = each(
        "<li>{}{}</li>",
        ((fill if isinstance(fill, Markup) else swatch_html(fill), label) for fill, label in rows),
    )
    said = Markup(' aria-label="{}"').format(name) if name else ""
    return Markup('<ul class="ma-key"{}>{}</ul>').format(said, items)


def legend_box_html(title: Cell, inside: Markup, say: Speech, kind: str = "ma-legend") -> Markup:
    """The frame of a legend beside a map."""
    return Markup('<section class="{}" aria-label="{}"><h2>{}</h2>{}</section>').format(
        kind, say.t("Legend"), title, inside
    )


def legend_rows_html(rows: Iterable[tuple[str, str, object]]) -> Markup:
    """The rows of a legend: colour, what it stands for, how many states have it.

    Each is a button that shows its states alone, see `assets/legend.js`.
    """
    return Markup("<ul>{}</ul>{}").format(
        each(
            '<li><button type="button" class="ma-class" data-class="{}" aria-pressed="false">{}'
            '<span class="ma-range">{}</span><span class="ma-count">{}</span></button></li>',
            ((fill, swatch_html(fill), label, states) for fill, label, states in rows),
        ),
        lit_html(),
    )


def lit_html() -> Markup:
    """Where the names of the states that a class shows alone are told to a screen reader."""
    return Markup('<p class="ma-lit" role="status"></p>')
