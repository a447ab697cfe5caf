"""What was published of the money beside the drawn figures: other sums, spans, requests."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from markupsafe import Markup

from geo.atlas import ACCOUNTS, Figure, FiscalYear, disagreeing, spans
from geo.chapters.background.money_words import figure_source, figure_words
from geo.drawing import empty_html, folded_html, plain_table_html
from geo.language import Speech
from geo.policy import FIRST_YEAR, LAST_YEAR


def conflicts_html(years: Iterable[FiscalYear], say: Speech) -> Markup:
    """What else was published for single years: sums that differ, or that are no act."""
    listed = [(year.year, figure) for year in years for figure in disagreeing(year)]
    if not listed:
        return empty_html(say.t("No other figure was found."))
    return _table(listed, say)


def unused_html(years: Iterable[FiscalYear], say: Speech) -> Markup:
    """Requests, parts of a year, repeats and figures without proof, folded: none of them drawn."""
    listed = [
        (year.year, figure)
        for year in years
        for figure in year.beside
        if figure not in disagreeing(year)
    ]
    if not listed:
        return Markup("")
    return folded_html(
        say.n(
            "{count} further figure, not drawn: requests, parts of a year, repeats, no proof",
            "{count} further figures, not drawn: requests, parts of a year, repeats, no proof",
            len(listed),
        ),
        _table(listed, say),
        kind="ma-more-figures",
    )


def _table(listed: Iterable[tuple[int, Figure]], say: Speech) -> Markup:
    rows = (
        (
            str(year),
            say.number(figure.millions, 1),
            Markup('{}<p class="ma-small">{}</p>').format(
                figure_words(figure, say),
                figure_source(figure, say) if figure.title else say.t("no source kept"),
            ),
        )
        for year, figure in listed
    )
    columns = (say.t("Fiscal year"), say.t("US$ million"), say.t("What it is"))
    return plain_table_html(columns, rows, kind="ma-figures")


def spans_html(figures: Iterable[Figure], say: Speech) -> Markup:
    """Enacted figures for several years at once, each over the years it covers."""
    listed = spans(figures)
    last = max(LAST_YEAR, *(figure.end or 0 for figure in listed))
    columns = last - FIRST_YEAR + 1
    rows = Markup("").join(
        _span(tuple(together), columns, say)
        for _, together in groupby(listed, key=lambda f: (f.start, f.end, f.url, f.title))
    )
    return Markup(
        '<div class="ma-span-years" aria-hidden="true"><span>{first}</span>'
        "<span>{last}</span></div>"
        '<ul class="ma-spans" style="--steps:{columns}">{rows}</ul>'
    ).format(first=FIRST_YEAR, last=last, columns=columns, rows=rows)


def _span(together: tuple[Figure, ...], columns: int, say: Speech) -> Markup:
    """The figures that one source gives for the same years: a total and its accounts, or one."""
    first, *accounts = together
    years = (first.end or first.start) - first.start + 1
    text = first.account if first.account in ACCOUNTS else say.t("in all")
    inside = ", ".join(f"{f.account} {say.number(f.millions, 1)}" for f in accounts)
    return Markup(
        '<li><p><strong>{amount}</strong> {what}, {first}–{last}</p><div class="ma-span" '
        'aria-hidden="true"><span style="margin-left:{left}%;width:{width}%"></span></div>'
        '<p class="ma-small">{source}</p></li>'
    ).format(
        amount=say.usd_short(float(first.millions) * 1_000_000),
        what=f"{text} ({inside})" if inside else text,
        first=first.start,
        last=first.end,
        left=round((first.start - FIRST_YEAR) / columns * 100, 2),
        width=round(years / columns * 100, 2),
        source=figure_source(first, say),
    )
