"""Tables as accessible HTML: every cell escaped, headers tied to their cells, cards when narrow.

A narrow window shows each row as a card: the roles keep a table a table for whoever listens to
it, and each cell carries its column's name for whoever looks at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

Cell = str | Markup
"""Text from data (a `str`, escaped) or prepared `Markup` (left as it is)."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, whether it holds numbers, and a class for its width."""

    name: str
    number: bool = False
    kind: str = ""


def table_html(
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    kind: str = "",
    tall: bool = False,
) -> Markup:
    """A table whose first cell of each row is the row's header.

    `name` is what a screen reader calls it. A `tall` one scrolls inside itself, under a header
    that stays, and can be scrolled with the keyboard.
    """
    head = Markup("").join(
        Markup('<th role="columnheader" scope="col" class="{}">{}</th>').format(
            _classes(column), column.name
        )
        for column in columns
    )
    body = Markup("").join(_row(columns, row) for row in rows)
    return Markup(
        '<div class="ma-wide{tall}" {region}aria-label="{name}">'
        '<table role="table" class="ma-table {kind}" aria-label="{name}">'
        '<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        '<tbody role="rowgroup">{body}</tbody></table></div>'
    ).format(
        tall=" ma-tall" if tall else "",
        region=Markup('tabindex="0" role="region" ') if tall else Markup('role="group" '),
        name=name,
        kind=kind,
        head=head,
        body=body,
    )


def _row(columns: Sequence[Column], row: Sequence[Cell]) -> Markup:
    cells = []
    for index, (column, cell) in enumerate(zip(columns, row, strict=True)):
        shape = (
            Markup('<th role="rowheader" scope="row" class="{}" data-name="{}">{}</th>')
            if index == 0
            else Markup('<td role="cell" class="{}" data-name="{}">{}</td>')
        )
        empty = " ma-blank" if not cell else ""
        cells.append(shape.format(_classes(column) + empty, column.name, cell))
    return Markup('<tr role="row">{}</tr>').format(Markup("").join(cells))


def _classes(column: Column) -> str:
    return " ".join(part for part in ("num" if column.number else "", column.kind) if part)
