"""How unequal, and how sure: every index of a view with all it could be, drawn and in a table."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from markupsafe import Markup

from geo.atlas import Atlas
from geo.chapters.inequality.curves import curves_html
from geo.chapters.inequality.details import decomposition_html, leave_out_html
from geo.chapters.inequality.neighbours import neighbours_html
from geo.chapters.inequality.receipt import receipt_html
from geo.chapters.inequality.terms import (
    index_line,
    index_name,
    index_number,
    parity_of,
    symbols_text,
)
from geo.chapters.inequality.words import documented_view, finding, headed, inputs_text, titles
from geo.drawing import each, folded_html, paragraph_html
from geo.equity import EquitySummary, IndexRange, equity_of, index_ranges
from geo.equity.bounds import Bounds
from geo.language import SPLIT_NAMES, Speech
from geo.policy import SUMMARIES_KEPT
from geo.view import View

FIRST: Final = (
    "group_ratio_border",
    "group_ratio_sez",
    "gini",
    "hoover",
    "theil",
    "top_k_share_5",
    "concentration_index_homicides",
    "concentration_index_poverty",
)
"""The indices that are not folded away, in order."""

Column = tuple[str, list[str]]


def inequality_told(atlas: Atlas, view: View, _own: None, say: Speech) -> tuple[str, str]:
    """The finding of a view, and what else it could be."""
    return headed(atlas, view, view.need, say)


def inequality_titled(atlas: Atlas, view: View, _own: None, say: Speech) -> Iterator[str]:
    """The finding of a view as the title of a link."""
    yield from titles(atlas, view, view.need, say)


def opening_html(say: Speech) -> Markup:
    """What is measured here, above the controls that it answers to."""
    return paragraph_html(
        say.t(
            "Every index of inequality for the activities or dollars you choose, with what else it "
            "could be. Only what a source ties to one state counts as documented."
        )
    )


def inequality_html(atlas: Atlas, view: View, say: Speech) -> Markup:
    """The page's body: the finding's further sentences, the indices with intervals, details.

    Evidence is the documented one in any case, with the rules for splitting as other values
    beside it; shares are held against the view's need.
    """
    return _section(atlas, view.data_key().with_(lang=say.lang), say)


@lru_cache(maxsize=SUMMARIES_KEPT)
def _section(atlas: Atlas, view: View, say: Speech) -> Markup:
    need = view.need
    head = headed(atlas, view, need, say)
    told = (text for text in finding(atlas, view, need, say) if text and text not in head)
    parts = [each("<p>{}</p>", told)]
    summary = equity_of(atlas, documented_view(view), need)
    if summary.total > 0:
        ranges = {one.name: one for one in index_ranges(atlas, view, need)}
        shown = [ranges[name] for name in FIRST]
        folded = [one for name, one in ranges.items() if name not in FIRST]
        parts += [
            _key(view, say, drawn=ranges[FIRST[0]]),
            _table(atlas, shown, summary, view, need, say),
            folded_html(
                say.n("{count} more index", "{count} more indices", len(folded)),
                _table(atlas, folded, summary, view, need, say),
                kind="ma-iq-fold",
            ),
            _inputs(atlas, summary, view, need, say),
            curves_html(summary, view, say),
            decomposition_html(summary, say),
            leave_out_html(atlas, summary, say),
            neighbours_html(atlas, summary, say),
        ]
    return Markup('<section class="ma-iq">{}</section>').format(Markup("").join(parts))


def _key(view: View, say: Speech, *, drawn: IndexRange) -> Markup:
    """What the marks of the drawing mean, and what they do not."""
    marks = [("doc", say.t("as documented")), ("even", say.t("everyone has their share"))]
    marks += [
        (f"rule {split}", say.t("shared out: {rule}", rule=name(say).lower()))
        for split, name in SPLIT_NAMES.items()
    ]
    if view.measure == "usd":
        bands = [("ledger", say.t("all that is possible for the ledger’s dollars"))]
        if drawn.appropriated is not None:
            bands.append(("all", say.t("all that is possible for the money appropriated")))
        note = say.t(
            "The bands are exact: over all ways the money without a state could have been spent, "
            "the index takes every value in the band and no other. They are no probabilities: "
            "nothing says that one value in a band is likelier than another."
        )
    else:
        hidden = view.weak == "include"
        weak = say.t("weak sources hidden") if hidden else say.t("weak sources shown")
        marks += [("weak", weak), ("once", say.t("repeats counted once"))]
        bands = [("ledger", say.t("from the smallest to the largest of these values"))]
        note = say.t(
            "The bands hold only the ways of counting that are listed; evidence that was never "
            "published could lie anywhere."
        )
    items = each(
        '<li><span class="ma-iq-sign {}"></span>{}</li>',
        [*marks, *[(f"band {kind}", text) for kind, text in bands]],
    )
    return Markup('<ul class="ma-iq-key">{}</ul><p class="ma-small">{}</p>').format(items, note)


def _table(
    atlas: Atlas,
    shown: list[IndexRange],
    summary: EquitySummary,
    view: View,
    need: str,
    say: Speech,
) -> Markup:
    columns = _columns(shown, view, say)
    head = each(
        '<th scope="col" role="columnheader">{}</th>',
        (say.t("Index"), say.t("Drawn on its whole scale"), *(n for n, _ in columns)),
    )
    body = each(
        '<tbody role="rowgroup"><tr role="row"><th scope="row" role="rowheader">{}'
        '<span>{}</span></th><td role="cell" class="ma-iq-drawn">{}</td>{}</tr>'
        '<tr role="row" class="ma-iq-receipt"><td role="cell" colspan="{}">{}</td></tr></tbody>',
        (
            (
                index_name(one, say),
                index_line(one, say),
                _track(one, view, say),
                each(
                    '<td role="cell" data-name="{}">{}</td>',
                    ((name, cells[row]) for name, cells in columns),
                ),
                len(columns) + 2,
                receipt_html(atlas, one, summary, view, need, say),
            )
            for row, one in enumerate(shown)
        ),
    )
    return Markup(
        '<div class="ma-iq-wide"><table role="table" class="ma-iq-table" aria-label="{}">'
        '<thead role="rowgroup"><tr role="row">{}</tr></thead>{}</table></div>'
    ).format(say.t("Indices with all they could be"), head, body)


def _columns(shown: list[IndexRange], view: View, say: Speech) -> list[Column]:
    """The columns of numbers: name, and a cell for each index."""

    def values(name: str, of: list[float]) -> Column:
        pairs = zip(of, shown, strict=True)
        return name, [index_number(value, one, say) for value, one in pairs]

    def spans(name: str, of: list[Bounds | None]) -> Column:
        return name, [_span(bounds, one, say) for bounds, one in zip(of, shown, strict=True)]

    columns = [values(say.t("As documented"), [one.documented for one in shown])]
    columns += [
        values(
            say.t("Shared out: {rule}", rule=name(say).lower()),
            [one.attributed[split] for one in shown],
        )
        for split, name in SPLIT_NAMES.items()
    ]
    if view.measure == "usd":
        columns.append(spans(say.t("Possible, ledger’s dollars"), [one.ledger for one in shown]))
        if any(one.appropriated is not None for one in shown):
            bounds = [one.appropriated for one in shown]
            columns.append(spans(say.t("Possible, money appropriated"), bounds))
        return columns
    weak = [one.weak_excluded if view.weak == "include" else one.weak_included for one in shown]
    return [
        *columns,
        values(say.t("Weak sources hidden"), weak)
        if view.weak == "include"
        else values(say.t("Weak sources shown"), weak),
        values(say.t("Certain repeats once"), [one.overlaps_certain_once for one in shown]),
        values(say.t("Possible repeats once"), [one.overlaps_once for one in shown]),
    ]


def _span(bounds: Bounds | None, one: IndexRange, say: Speech) -> str:
    if bounds is None:
        return say.number(None)
    return say.t(
        "{low} to {high}",
        low=index_number(bounds.low, one, say),
        high=index_number(bounds.high, one, say),
    )


def _track(one: IndexRange, view: View, say: Speech) -> Markup:
    """The index on its whole scale; its numbers stand beside it, so listeners are spared it."""
    scale = one.scale
    if not scale.width > 0:
        return Markup("")

    def at(value: float) -> float:
        return 100 * min(max((value - scale.low) / scale.width, 0.0), 1.0)

    bands = [("all", one.appropriated), ("ledger", one.ledger)]
    ends = [(kind, b.low, b.high) for kind, b in bands if b is not None]
    marks = [(f"rule {split}", value) for split, value in one.attributed.items()]
    if view.measure == "activities":
        ends.append(("ledger", *one.alternatives))
        weak = one.weak_excluded if view.weak == "include" else one.weak_included
        marks += [("once", one.overlaps_once), ("weak", weak)]
    marks = [("even", parity_of(one)), *marks, ("doc", one.documented)]
    drawn = [
        Markup('<i class="band {}" style="left:{:.2f}%;width:{:.2f}%"></i>').format(
            kind, at(low), at(high) - at(low)
        )
        for kind, low, high in ends
        if low == low
    ] + [
        Markup('<i class="{}" style="left:{:.2f}%"></i>').format(kind, at(value))
        for kind, value in marks
        if value == value
    ]
    return Markup(
        '<div class="ma-iq-track" aria-hidden="true">{}</div>'
        '<div class="ma-iq-ends" aria-hidden="true"><span>{}</span><span>{}</span></div>'
    ).format(
        Markup("").join(drawn),
        index_number(scale.low, one, say),
        index_number(scale.high, one, say),
    )


def _inputs(atlas: Atlas, summary: EquitySummary, view: View, need: str, say: Speech) -> Markup:
    return Markup('<p class="ma-small">{} {}</p>').format(
        inputs_text(atlas, view, summary, need, say), symbols_text(say)
    )
