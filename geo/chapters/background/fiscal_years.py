"""Charts of the money by year, as drawn tables: they read aloud, print and need no script."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from math import ceil
from typing import Final

from markupsafe import Markup

from geo.atlas import ACCOUNTS, Figure, FiscalYear
from geo.chapters.background.money_words import ACCOUNT_NAMES, PART_NAMES, figure_source
from geo.drawing import each, swatches_html
from geo.language import Speech
from geo.scene import NOT_APPLICABLE_FILL, ramp

Document = tuple[str, str]
"""A source document of the appropriations: title and address."""

STEP: Final = 200
"""Millions of dollars between two grid lines."""

ACCOUNT_FILLS: Final = {
    "INCLE": ramp(6)[4],
    "FMF": ramp(8, below=4)[1],
    "ESF": ramp(6)[1],
    "IMET": ramp(6)[5],
}
"""Colours of the accounts, from the ramps of the map: apart in lightness for every vision."""


def fiscal_years_html(years: tuple[FiscalYear, ...], say: Speech) -> Markup:
    """Bars by fiscal year and account; a year without a figure is a hatched gap."""
    notes = _notes(years)
    top = max(year.drawn for year in years)
    full = Decimal(ceil(top / STEP) * STEP)
    ticks = each(
        '<span style="left:{}%">{}</span>',
        ((_share(Decimal(at), full), say.number(at)) for at in range(0, int(full) + 1, STEP)),
    )
    return Markup(
        '{legend}<table class="ma-fy" style="--steps:{steps}"><thead><tr>'
        '<th scope="col">{year}</th>'
        '<th scope="col"><span class="ma-hidden">{unit}</span><div class="ma-axis" '
        'aria-hidden="true">{ticks}</div></th><th scope="col">{total}</th></tr></thead>'
        '<tbody>{rows}</tbody></table><ol class="ma-notes">{notes}</ol>'
    ).format(
        legend=_legend(years, say),
        steps=int(full) // STEP,
        year=say.t("Fiscal year"),
        unit=say.t("By account, millions of dollars"),
        ticks=ticks,
        total=say.t("US$ million"),
        rows=Markup("").join(_row(year, full, notes, say) for year in years),
        notes=Markup("").join(
            Markup('<li id="fy-note-{number}">{number}. {source}</li>').format(
                number=number, source=figure_source(figure, say)
            )
            for number, figure in enumerate(notes.values(), 1)
        ),
    )


def _notes(years: Iterable[FiscalYear]) -> dict[Document, Figure]:
    """Every document a drawn figure was read in, in order of first use; its place is its number."""
    notes: dict[Document, Figure] = {}
    for year in years:
        for figure in _cited(year):
            notes.setdefault(_document(figure), figure)
    return notes


def _cited(year: FiscalYear) -> list[Figure]:
    figures = [year.total, *year.accounts, year.span]
    return [figure for figure in figures if figure is not None]


def _document(figure: Figure) -> Document:
    return figure.title, figure.url


def _legend(years: tuple[FiscalYear, ...], say: Speech) -> Markup:
    used = {figure.account for year in years for figure in year.accounts}
    accounts = [
        (ACCOUNT_FILLS[name], f"{name}: {ACCOUNT_NAMES[name](say)}")
        for name in ACCOUNTS
        if name in used
    ]
    unsplit = say.t("not split by account in what was read (derived: total less the accounts)")
    gap = Markup('<span class="ma-swatch ma-gap"></span>')
    return swatches_html(
        [*accounts, (NOT_APPLICABLE_FILL, unsplit), (gap, say.t("not found: a gap, not a zero"))]
    )


def _row(year: FiscalYear, full: Decimal, notes: dict[Document, Figure], say: Speech) -> Markup:
    return Markup(
        '<tr class="{state}"><th scope="row">{year}</th><td><div class="ma-track">{bars}{gap}'
        '</div><p class="ma-small">{words}</p></td><td>{total}</td></tr>'
    ).format(
        state=year.completeness,
        year=year.year,
        bars=_bars(year, full),
        gap=_gap(year, say),
        words=_words(year, tuple(notes), say),
        total=say.number(year.total.millions, 1)
        if year.total
        else Markup('<span class="ma-none">{}</span>').format(say.t("not found")),
    )


def _bars(year: FiscalYear, full: Decimal) -> Markup:
    parts = [(figure.millions, ACCOUNT_FILLS[figure.account]) for figure in year.accounts]
    if year.unsplit:
        parts.append((year.unsplit, NOT_APPLICABLE_FILL))
    return each(
        '<span class="ma-bar" style="width:{}%;background-color:{}"></span>',
        ((_share(millions, full), fill) for millions, fill in parts if millions),
    )


def _gap(year: FiscalYear, say: Speech) -> Markup:
    texts = {
        "missing": say.t("not found"),
        "accounts": say.t("total not found"),
        "part": say.t("rest of the year not found"),
        "whole": "",
    }
    text = texts[year.completeness]
    return Markup('<span class="ma-gap">{}</span>').format(text) if text else Markup("")


def _words(year: FiscalYear, documents: tuple[Document, ...], say: Speech) -> Markup:
    """What the bar shows in words, then the numbers of the notes that say where it was read."""
    sentences = [
        _with_part(f"{figure.account} {say.number(figure.millions, 1)}", figure, say)
        for figure in year.accounts
    ]
    if year.total and year.total.part:
        sentences.append(PART_NAMES[year.total.part](say))
    if year.accounts and year.unsplit:
        sentences.append(say.t("not split {rest} (derived)", rest=say.number(year.unsplit, 1)))
    if year.span is not None:
        sentences.append(
            say.t(
                "not found alone; {first}–{last} together {total}",
                first=year.span.start,
                last=year.span.end,
                total=say.number(year.span.millions, 1),
            )
        )
    numbers = sorted({documents.index(_document(figure)) + 1 for figure in _cited(year)})
    marks = Markup(" ").join(
        Markup('<a href="#fy-note-{number}" aria-label="{name}">[{number}]</a>').format(
            number=number, name=say.t("Source {number}", number=number)
        )
        for number in numbers
    )
    return Markup("{} {}").format(" · ".join(sentences), marks)


def _with_part(text: str, figure: Figure, say: Speech) -> str:
    return f"{text} ({PART_NAMES[figure.part](say)})" if figure.part else text


def _share(millions: Decimal, full: Decimal) -> float:
    return round(float(millions / full) * 100, 2)
