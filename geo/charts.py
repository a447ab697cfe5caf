"""Charts of the money by year, as drawn tables: they read aloud, print and need no script."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from markupsafe import Markup

from geo.appropriations import (
    ACCOUNTS,
    TOTAL,
    Figure,
    FiscalYear,
    disagreeing,
    spans,
)
from geo.citations import link_html, when
from geo.i18n import Speech
from geo.labels import Say
from geo.palette import NOT_APPLICABLE_FILL, ramp
from geo.policy import FIRST_YEAR, LAST_YEAR

STEP: Final = 200
"""Millions of dollars between two grid lines."""

ACCOUNT_FILLS: Final = {
    "INCLE": ramp(6)[4],
    "FMF": ramp(8, below=4)[1],
    "ESF": ramp(6)[1],
    "IMET": ramp(6)[5],
}
"""Colours of the accounts, from the ramps of the map: apart in lightness for every vision."""

ACCOUNT_NAMES: Final[dict[str, Say]] = {
    "INCLE": lambda say: say.t("International Narcotics Control and Law Enforcement"),
    "FMF": lambda say: say.t("Foreign Military Financing"),
    "ESF": lambda say: say.t("Economic Support Fund"),
    "IMET": lambda say: say.t("International Military Education and Training"),
    TOTAL: lambda say: say.t("total"),
    "equipment for police and military": lambda say: say.t("equipment for police and military"),
    "funds notified to Congress, Aug 2012": lambda say: say.t(
        "funds notified to Congress, August 2012"
    ),
    "package of aid": lambda say: say.t("“package of aid”"),
    "military and police aid": lambda say: say.t("military and police aid, not only Mérida"),
    "all State aid to Mexico": lambda say: say.t("all State Department aid, not only Mérida"),
    "all U.S. aid to Mexico": lambda say: say.t("all U.S. aid, not only Mérida"),
    "all assistance": lambda say: say.t("all assistance, not only Mérida"),
}
"""An account or what the source calls it → the same in the reader's language."""

STATUSES: Final[dict[str, Say]] = {
    "enacted": lambda say: say.t("enacted"),
    "request": lambda say: say.t("requested, not appropriated"),
    "reported": lambda say: say.t("reported, not shown to be enacted"),
    "allocated": lambda say: say.t("allocated"),
    "derived": lambda say: say.t("derived"),
    "planned": lambda say: say.t("planned or projected"),
}

PART_NAMES: Final[dict[str, Say]] = {
    "omnibus": lambda say: say.t("omnibus act only"),
    "supplemental": lambda say: say.t("supplemental act only"),
    "bridge": lambda say: say.t("bridge fund only"),
    "regular": lambda say: say.t("regular act only"),
}


def fiscal_years_html(years: tuple[FiscalYear, ...], say: Speech) -> Markup:
    """Bars by fiscal year and account; a year without a figure is a hatched gap."""
    top = max(year.drawn for year in years)
    full = -(-top // STEP) * STEP
    ticks = Markup("").join(
        Markup('<span style="left:{}%">{}</span>').format(_share(Decimal(at), full), say.number(at))
        for at in range(0, int(full) + 1, STEP)
    )
    return Markup(
        '{legend}<table class="ma-fy" style="--steps:{steps}"><thead><tr>'
        '<th scope="col">{year}</th>'
        '<th scope="col"><span class="ma-hidden">{unit}</span><div class="ma-axis" '
        'aria-hidden="true">{ticks}</div></th><th scope="col">{total}</th></tr></thead>'
        "<tbody>{rows}</tbody></table>"
    ).format(
        legend=_legend(years, say),
        steps=int(full) // STEP,
        year=say.t("Fiscal year"),
        unit=say.t("By account, millions of dollars"),
        ticks=ticks,
        total=say.t("US$ million"),
        rows=Markup("").join(_row(year, full, say) for year in years),
    )


def _legend(years: tuple[FiscalYear, ...], say: Speech) -> Markup:
    used = {figure.account for year in years for figure in year.accounts}
    items = [
        Markup('<li><span class="ma-swatch" style="background-color:{}"></span>{}: {}</li>').format(
            ACCOUNT_FILLS[name], name, ACCOUNT_NAMES[name](say)
        )
        for name in ACCOUNTS
        if name in used
    ]
    items.append(
        Markup('<li><span class="ma-swatch" style="background-color:{}"></span>{}</li>').format(
            NOT_APPLICABLE_FILL,
            say.t("not split by account in what was read (derived: total less the accounts)"),
        )
    )
    items.append(
        Markup('<li><span class="ma-swatch ma-gap"></span>{}</li>').format(
            say.t("not found: a gap, not a zero")
        )
    )
    return Markup('<ul class="ma-key">{}</ul>').format(Markup("").join(items))


def _row(year: FiscalYear, full: Decimal, say: Speech) -> Markup:
    return Markup(
        '<tr class="{state}"><th scope="row">{year}</th><td><div class="ma-track">{bars}{gap}'
        '</div><p class="ma-small">{words}</p></td><td>{total}</td></tr>'
    ).format(
        state=year.completeness,
        year=year.year,
        bars=_bars(year, full),
        gap=_gap(year, say),
        words=_words(year, say),
        total=say.number(year.total.millions, 1) if year.total else _none(say),
    )


def _none(say: Speech) -> Markup:
    return Markup('<span class="ma-none">{}</span>').format(say.t("not found"))


def _bars(year: FiscalYear, full: Decimal) -> Markup:
    parts = [(figure.millions, ACCOUNT_FILLS[figure.account]) for figure in year.accounts]
    if year.unsplit:
        parts.append((year.unsplit, NOT_APPLICABLE_FILL))
    return Markup("").join(
        Markup('<span class="ma-bar" style="width:{}%;background-color:{}"></span>').format(
            _share(millions, full), fill
        )
        for millions, fill in parts
        if millions
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


def _words(year: FiscalYear, say: Speech) -> Markup:
    """What the bar shows in words, then where it was read."""
    told = [
        _with_part(f"{figure.account} {say.number(figure.millions, 1)}", figure, say)
        for figure in year.accounts
    ]
    if year.total and year.total.part:
        told.append(PART_NAMES[year.total.part](say))
    if year.accounts and year.unsplit:
        told.append(say.t("not split {rest} (derived)", rest=say.number(year.unsplit, 1)))
    if year.span is not None:
        told.append(
            say.t(
                "not found alone; {first}–{last} together {total}",
                first=year.span.start,
                last=year.span.end,
                total=say.number(year.span.millions, 1),
            )
        )
    figures = [year.total, *year.accounts, year.span]
    cited = {(f.title, f.url): f for f in figures if f is not None}
    sources = [_source(figure, say) for figure in cited.values()]
    return Markup(" · ").join([*told, *sources])


def _with_part(text: str, figure: Figure, say: Speech) -> str:
    return f"{text} ({PART_NAMES[figure.part](say)})" if figure.part else text


def _source(figure: Figure, say: Speech) -> Markup:
    how = say.t("read in the source") if figure.read else say.t("relayed by another source")
    told = ", ".join(part for part in (when(figure.date, say), how) if part)
    return Markup("{} ({})").format(link_html(figure.title, figure.url), told)


def _share(millions: Decimal, full: Decimal) -> float:
    return round(float(millions / full) * 100, 2)


def conflicts_html(years: Iterable[FiscalYear], say: Speech) -> Markup:
    """What else was published for single years: sums that differ, or that are no act."""
    rows = Markup("").join(
        Markup(
            '<tr><th scope="row">{}</th><td>{}</td><td>{}<p class="ma-small">{}</p></td></tr>'
        ).format(
            year.year, say.number(figure.millions, 1), _what(figure, say), _source(figure, say)
        )
        for year in years
        for figure in disagreeing(year)
    )
    if not rows:
        return Markup('<p class="ma-empty">{}</p>').format(say.t("No other figure was found."))
    return _table(rows, say)


def unused_html(years: Iterable[FiscalYear], say: Speech) -> Markup:
    """Requests, parts of a year, repeats and figures without proof, folded: none of them drawn."""
    listed = [
        (year, figure)
        for year in years
        for figure in year.beside
        if figure not in disagreeing(year)
    ]
    rows = Markup("").join(
        Markup(
            '<tr><th scope="row">{}</th><td>{}</td><td>{}<p class="ma-small">{}</p></td></tr>'
        ).format(
            year.year,
            say.number(figure.millions, 1),
            _what(figure, say),
            _source(figure, say) if figure.title else say.t("no source kept"),
        )
        for year, figure in listed
    )
    return Markup('<details class="ma-more-figures"><summary>{}</summary>{}</details>').format(
        say.n(
            "{count} further figure, not drawn: requests, parts of a year, repeats, no proof",
            "{count} further figures, not drawn: requests, parts of a year, repeats, no proof",
            len(listed),
        ),
        _table(rows, say),
    )


def _table(rows: Markup, say: Speech) -> Markup:
    return Markup(
        '<table class="ma-figures"><thead><tr><th scope="col">{}</th><th scope="col">{}</th>'
        '<th scope="col">{}</th></tr></thead><tbody>{}</tbody></table>'
    ).format(say.t("Fiscal year"), say.t("US$ million"), say.t("What it is"), rows)


def _what(figure: Figure, say: Speech) -> str:
    account = figure.account
    name = account if account in ACCOUNTS else ACCOUNT_NAMES[account](say)
    told = [name, STATUSES[figure.status](say)]
    if figure.part:
        told.append(PART_NAMES[figure.part](say))
    if figure.unverified:
        told.append(say.t("not verified"))
    return ", ".join(told)


def spans_html(figures: Iterable[Figure], say: Speech) -> Markup:
    """Enacted figures for several years at once, each over the years it covers."""
    last = max(LAST_YEAR, *(figure.end or 0 for figure in spans(figures)))
    columns = last - FIRST_YEAR + 1
    rows = Markup("").join(
        Markup(
            '<li><p><strong>{amount}</strong> {what}, {first}–{last}</p><div class="ma-span" '
            'aria-hidden="true"><span style="margin-left:{left}%;width:{width}%;'
            'background-color:{fill}"></span></div><p class="ma-small">{source}</p></li>'
        ).format(
            amount=say.t("US${millions} million", millions=say.number(figure.millions, 1)),
            what=figure.account if figure.account in ACCOUNTS else say.t("in all"),
            first=figure.start,
            last=figure.end,
            left=round((figure.start - FIRST_YEAR) / columns * 100, 2),
            width=round(((figure.end or last) - figure.start + 1) / columns * 100, 2),
            fill=ACCOUNT_FILLS.get(figure.account, NOT_APPLICABLE_FILL),
            source=_source(figure, say),
        )
        for figure in spans(figures)
    )
    return Markup('<ul class="ma-spans" style="--steps:{}">{}</ul>').format(columns, rows)
