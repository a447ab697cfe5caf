"""A table of states in which a row can be picked: picking it selects the state everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

Row = tuple[str, Sequence[str | Markup]]
"""The INEGI code of a state, or empty for a row that is no state, and the row's cells."""


def pick_table_html(
    key: str, name: str, columns: Sequence[str], rows: Iterable[Row], *, selected: str = ""
) -> Markup:
    """The table; its first cell of each row is the row's header.

    `key` is unique on the page: after a choice by keyboard the focus returns to the same row of
    the table with this key. `name` is what a screen reader calls it.
    """
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(c) for c in columns)
    body = Markup("").join(_row(code, cells, selected) for code, cells in rows)
    return Markup(
        '<div class="ma-scroll ma-pick" data-pick="{key}" tabindex="0" role="region" '
        'aria-label="{name}"><table class="ma-pick-table"><thead><tr>{head}</tr></thead>'
        "<tbody>{body}</tbody></table></div>"
    ).format(key=key, name=name, head=head, body=body)


def _row(code: str, cells: Sequence[str | Markup], selected: str) -> Markup:
    mark = Markup("")
    if code:
        chosen = Markup(' class="selected" aria-current="true"') if code == selected else ""
        mark = Markup(' data-state="{}"{}').format(code, chosen)
    first, *rest = cells
    return Markup('<tr{}><th scope="row">{}</th>{}</tr>').format(
        mark, first, Markup("").join(Markup("<td>{}</td>").format(cell) for cell in rest)
    )


def dot_html(fill: str) -> Markup:
    """A colour of the map beside what has it."""
    return Markup('<span class="ma-dot" style="background-color:{}"></span>').format(fill)


def numbers_html(title: str, table: Markup) -> Markup:
    """A table that opens on demand, under the chart that shows it."""
    return Markup('<details class="ma-numbers"><summary>{}</summary>{}</details>').format(
        title, table
    )


def panel_html(title: str, *parts: Markup) -> Markup:
    """A tool's part of the page."""
    return Markup('<section class="ma-tool"><h2>{}</h2>{}</section>').format(
        title, Markup("").join(parts)
    )


def told_html(*sentences: str) -> Markup:
    """Sentences of a tool, each a paragraph."""
    return Markup("").join(Markup("<p>{}</p>").format(text) for text in sentences if text)
