"""Rankings of the essay's page as tables of bars, with a mark where need would put them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from geo.drawing import Row, paragraph_html, plain_table_html
from geo.language import Speech

SHOWN: Final = 12
"""Bars drawn of a ranking; the rest is one line."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a ranking; `mark` is what its need would call for, None where none applies."""

    name: str
    value: float
    mark: float | None
    inside: bool


def bars_html(bars: Sequence[Bar], of: str, say: Speech, mark: str = "") -> Markup:
    """A ranking as a table of bars, largest first; what does not fit is summed up, never hidden.

    Bars of the group are always among those drawn.
    """
    ranked = sorted(bars, key=lambda bar: (-bar.value, bar.name))
    drawn = [bar for at, bar in enumerate(ranked) if at < SHOWN or bar.inside]
    rest = [bar for bar in ranked if bar not in drawn]
    full = max([*(bar.value for bar in drawn), *(bar.mark or 0 for bar in drawn), 1e-9])
    text = say.n(
        "{count} more, with {sum} in all.",
        "{count} more, with {sum} in all.",
        len(rest),
        sum=say.number(sum(bar.value for bar in rest), 1),
    )
    more = paragraph_html(text if rest else "", "ma-small")
    hidden = Markup('<span class="ma-hidden">{}</span>').format(say.t("Drawn"))
    columns = (of, hidden, say.t("Activities"), *([mark] if mark else []))
    rows = (_bar(bar, full, bool(mark), say) for bar in drawn)
    return plain_table_html(columns, rows, kind="ma-ev-bars") + more


def _bar(bar: Bar, full: float, marked: bool, say: Speech) -> Row:
    need = Markup("")
    if marked and bar.mark is not None:
        need = Markup('<i style="left:{}%"></i>').format(round(bar.mark / full * 100, 2))
    track = Markup('<div class="ma-ev-track"><span style="width:{}%"></span>{}</div>').format(
        round(bar.value / full * 100, 2), need
    )
    called_for = [say.decimal(bar.mark, 1)] if marked else []
    cells = (bar.name, track, say.number(bar.value, 1), *called_for)
    return Row(cells, kind="inside" if bar.inside else "")
