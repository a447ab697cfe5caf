"""Tables as accessible HTML, all made here: every cell escaped, headers tied to their cells.

Three forms share one way of making rows: a wide table that a narrow window shows as cards, one in
which choosing a state's row selects the state everywhere, and a plain one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from geo.drawing.html import Cell


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, whether it holds numbers, and a class for its width."""

    name: Cell
    number: bool = False
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells, the INEGI code of the state it is about, if one, and its looks."""

    cells: Sequence[Cell]
    state: str = ""
    selected: bool = False
    kind: str = ""


def table_html(
    name: str,
    columns: Sequence[Column | str],
    rows: Iterable[Row | Sequence[Cell]],
    *,
    kind: str = "",
    tall: bool = False,
    wide: bool = False,
) -> Markup:
    """A table that a narrow window shows as cards, each row one; `name` is what a reader hears.

    The roles keep it a table for whoever listens, and each cell carries its column's name for
    whoever looks at a card. A `tall` one scrolls inside itself, under a header that stays, a `wide`
    one sideways where it has no room; the keyboard can scroll both.
    """
    return Markup('<div class="ma-wide{}" {}aria-label="{}">{}</div>').format(
        " ma-tall" if tall else "",
        Markup('tabindex="0" role="region" ' if tall or wide else 'role="group" '),  # noqa: S704
        name,
        plain_table_html(columns, rows, kind=f"ma-table {kind}", name=name),
    )


def pick_table_html(
    key: str,
    name: str,
    columns: Sequence[Column | str],
    rows: Iterable[Row | Sequence[Cell]],
    *,
    kind: str = "ma-pick-table",
    header: int = 0,
) -> Markup:
    """A table in which choosing a row that names a state selects it, see `assets/page.js`.

    `key` is unique on the page: after a choice by keyboard the focus returns to the same row of
    the table with this key.
    """
    return Markup(
        '<div class="ma-scroll" data-pick="{}" tabindex="0" role="region" aria-label="{}">{}</div>'
    ).format(key, name, plain_table_html(columns, rows, kind=kind, header=header))


def plain_table_html(
    columns: Sequence[Column | str],
    rows: Iterable[Row | Sequence[Cell]],
    *,
    kind: str = "",
    name: str = "",
    caption: str = "",
    header: int = 0,
) -> Markup:
    """Only the table; its cell at `header` of each row is the row's header.

    With a `name` it is one that can become cards. Without columns it has no head.
    """
    named = [one if isinstance(one, Column) else Column(one) for one in columns]
    table, group, line, column, first, other = (
        (f' role="{role}"' if name else "")
        for role in ("table", "rowgroup", "row", "columnheader", "rowheader", "cell")
    )
    classes = [f"{'num' * one.number} {one.kind}".strip() for one in named]
    head = "".join(
        f'<th{column} scope="col"{_classed(classes[at], always=bool(name))}>{escape(one.name)}</th>'
        for at, one in enumerate(named)
    )

    # Escaped cell by cell: two hundred calls of Markup.format cost as much as a whole rerun.
    def cell(at: int, content: Cell) -> str:
        tag, role = ("th", f'{first} scope="row"') if at == header else ("td", other)
        if name:
            kinds = classes[at] + ("" if content else " ma-blank")
            role += f'{_classed(kinds, always=True)} data-name="{escape(named[at].name)}"'
        return f"<{tag}{role}>{escape(content)}</{tag}>"

    body = ""
    for row in (row if isinstance(row, Row) else Row(row) for row in rows):
        cells = "".join(cell(at, content) for at, content in enumerate(row.cells))
        body += f"<tr{line}{_marks(row)}>{cells}</tr>"
    label = f' aria-label="{escape(name)}"' if name else ""
    return Markup(  # noqa: S704
        f"<table{table}{_classed(kind)}{label}>"
        + (f"<caption>{escape(caption)}</caption>" if caption else "")
        + (f"<thead{group}><tr{line}>{head}</tr></thead>" if named else "")
        + f"<tbody{group}>{body}</tbody></table>"
    )


def _marks(row: Row) -> str:
    state = f' data-state="{escape(row.state)}"' if row.state else ""
    chosen = ' aria-current="true"' if row.selected else ""
    return state + _classed("selected" if row.selected else row.kind) + chosen


def _classed(kind: str, *, always: bool = False) -> str:
    return f' class="{escape(kind)}"' if kind or always else ""
