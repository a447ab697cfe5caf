"""Rankings of the Evidence page as tables of bars, with a mark where need would put them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

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
    body = Markup("").join(_bar(bar, full, bool(mark), say) for bar in drawn)
    more = Markup("")
    if rest:
        more = Markup('<p class="ma-small">{}</p>').format(
            say.n(
                "{count} more, with {sum} in all.",
                "{count} more, with {sum} in all.",
                len(rest),
                sum=say.number(sum(bar.value for bar in rest), 1),
            )
        )
    head = Markup('<th scope="col">{}</th>').format(mark) if mark else Markup("")
    return Markup(
        '<table class="ma-ev-bars"><thead><tr><th scope="col">{of}</th><th scope="col">'
        '<span class="ma-hidden">{drawn}</span></th><th scope="col">{count}</th>{head}</tr></thead>'
        "<tbody>{body}</tbody></table>{more}"
    ).format(
        of=of,
        drawn=say.t("Drawn"),
        count=say.t("Activities"),
        head=head,
        body=body,
        more=more,
    )


def _bar(bar: Bar, full: float, marked: bool, say: Speech) -> Markup:
    need = Markup("")
    if marked and bar.mark is not None:
        need = Markup('<i style="left:{}%"></i>').format(round(bar.mark / full * 100, 2))
    cell = Markup("<td>{}</td>").format(say.decimal(bar.mark, 1)) if marked else Markup("")
    return Markup(
        '<tr class="{kind}"><th scope="row">{name}</th><td><div class="ma-ev-track">'
        '<span style="width:{width}%"></span>{need}</div></td><td>{value}</td>{cell}</tr>'
    ).format(
        kind="inside" if bar.inside else "",
        name=bar.name,
        width=round(bar.value / full * 100, 2),
        need=need,
        value=say.number(bar.value, 1),
        cell=cell,
    )
