"""The Background page in HTML: its finding, the published totals and the essay's advice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from markupsafe import Markup

from geo.atlas import Atlas, fiscal_years, load_figures
from geo.chapters.background.fiscal_years import fiscal_years_html
from geo.chapters.background.money_tables import conflicts_html, spans_html, unused_html
from geo.chapters.background.priorities import checks_html, priorities_html
from geo.chapters.background.timeline import timeline_html
from geo.drawing import PLAIN_DATE, citations_html, each, more_html
from geo.language import Say, Speech, t
from geo.view import View, address_of

FULL_BILLIONS: Final = 4
"""Right end of the scale of published totals, in billions of dollars."""

ADVICE: Final[tuple[tuple[Say, Say], ...]] = (
    (
        t("Go beyond the border states"),
        t(
            "Prevention money went to a few northern cities. Spread it, and look first at the "
            "states that were to have Special Economic Zones, or crime will move to where "
            "justice is weakest."
        ),
    ),
    (
        t("Settle the rules of a legal marijuana trade"),
        t(
            "Legal use is coming, so agree in time on how growing and selling across the border "
            "would be regulated."
        ),
    ),
    (
        t("Bring police and prosecutors to one level"),
        t("Careers, pay, hours and training that let both sides work together as equals."),
    ),
    (
        t("Defend against cybercrime together"),
        t("Shared protocols and protected infrastructure, with the United States training first."),
    ),
    (
        t("Let civil society reach the money"),
        t("Fewer steps and less paperwork for Mexican organisations that apply for funds abroad."),
    ),
)
"""The essay's five recommendations in our own words: what, and why or how."""

TESTED_BY: Final = ("20", "21", "22")
"""Statements of the essay that carry its first recommendation, as numbered in the checks."""


def background_told(atlas: Atlas, _view: View, _own: None, say: Speech) -> tuple[str, str]:
    """For how many fiscal years a whole total was found, and what the page is."""
    finding = say.t(
        "For {found} of the {count} fiscal years of the Mérida Initiative, an enacted total for "
        "the whole year was found.",
        **_years_found(atlas, say),
    )
    return finding, say.t(
        "What the Initiative was, what it set out to do, what is known of its money, and what the "
        "essay of 2016 that this atlas starts from asked for."
    )


def background_titled(atlas: Atlas, _view: View, _own: None, say: Speech) -> Iterator[str]:
    """The same as the title of a link."""
    yield say.t(
        "A whole enacted total was found for {found} of {count} fiscal years",
        **_years_found(atlas, say),
    )


def _years_found(atlas: Atlas, say: Speech) -> dict[str, str]:
    years = fiscal_years(load_figures(atlas))
    found = sum(year.completeness == "whole" for year in years)
    return {"found": say.number(found), "count": say.number(len(years))}


def sections_html(atlas: Atlas, view: View, say: Speech) -> dict[str, Markup]:
    """The sections of the page by their anchors, in the order they are read."""
    figures = load_figures(atlas)
    years = fiscal_years(figures)
    fields = {
        "timeline": (
            say.t("From agreement to end"),
            say.t("Hollow numbers: the date is inferred."),
            timeline_html(atlas, say),
        ),
        "priorities": (
            say.t("Five priorities"),
            say.t("What the essay says of each, and what checking its figures found."),
            priorities_html(atlas, view, say),
        ),
        "appropriations": (
            say.t("Appropriated by fiscal year"),
            say.t(
                "Only enacted figures for one fiscal year are drawn, never requests. Where several "
                "are published, the one for the whole year stands before one for a part of it, and "
                "one read in the source before one relayed by another."
            ),
            fiscal_years_html(years, say) + unused_html(years, say),
        ),
        "conflicts": (
            say.t("Other figures for the same years"),
            say.t("Published, and not drawn: another sum, or no act of Congress."),
            conflicts_html(years, say),
        ),
        "spans": (
            say.t("Figures for several years at once"),
            say.t("Enacted, as published. They overlap, so they are never added."),
            spans_html(figures, say),
        ),
        "totals": (
            say.t("How much in all? It depends on who counts"),
            say.t("Published totals for Mexico on one scale, US$0 to US$4,000 million."),
            totals_html(atlas, view, say),
        ),
        "recommendations": (
            say.t("What the essay asked for"),
            say.t("Five recommendations for 2024, in our words."),
            advice_html(atlas, view, say),
        ),
        "checks": (
            say.t("What the essay says, checked"),
            say.t("Statement by statement, with what was found. “Not found” is not “untrue”."),
            checks_html(atlas, say),
        ),
    }
    return {
        anchor: Markup(
            '<section class="ma-back" id="{}"><h2>{}</h2><p class="ma-lead">{}</p>{}</section>'
        ).format(anchor, *parts)
        for anchor, parts in fields.items()
    }


def totals_html(atlas: Atlas, view: View, say: Speech) -> Markup:
    """The published totals on one scale, each with its date and why it differs."""
    rows = [row for row in atlas.table("published_totals") if row["usd_millions"] is not None]
    items = Markup("").join(
        Markup(
            '<li><strong>{value}</strong><div class="ma-dotline" aria-hidden="true"><span '
            'style="left:{left}%"></span></div><p>{date}{why}'
            '<span class="ma-small">{sources}</span></p></li>'
        ).format(
            value=say.usd_short(row["usd_millions"] * 1_000_000),
            left=round(float(row["usd_millions"]) / (FULL_BILLIONS * 10), 1),
            date=_dated(row["date"], say),
            why=Markup(" · {}").format(row[f"why_it_differs_{say.lang}"])
            if row[f"why_it_differs_{say.lang}"]
            else "",
            sources=citations_html(atlas, row["source_ids"], say),
        )
        for row in sorted(rows, key=lambda row: (row["usd_millions"], row["total_id"]))
    )
    return Markup('<ul class="ma-totals">{}</ul>{}').format(
        items,
        more_html(
            address_of(View(lang=view.lang), "methods"),
            say.t("All published totals and how they were read: Data and methods"),
        ),
    )


def _dated(date: str, say: Speech) -> str:
    if PLAIN_DATE.fullmatch(date):
        return say.day(date)
    return date if date[:4].isdigit() else say.t("undated")


def advice_html(atlas: Atlas, view: View, say: Speech) -> Markup:
    """The five recommendations in our own words, the first marked as what this atlas tests."""
    items = Markup("").join(
        Markup(
            '<li class="{kind}"><p class="ma-kind">{mark}</p><h3>{what}</h3><p>{how}</p>{more}</li>'
        ).format(
            kind="tested" if number == 1 else "",
            mark=say.t("Recommendation {number}: tested by this atlas", number=number)
            if number == 1
            else say.t("Recommendation {number}", number=number),
            what=what(say),
            how=how(say),
            more=_tested(atlas, view, say) if number == 1 else "",
        )
        for number, (what, how) in enumerate(ADVICE, 1)
    )
    return Markup('<ol class="ma-advice">{}</ol>').format(items)


def _tested(atlas: Atlas, view: View, say: Speech) -> Markup:
    checks = {row["essay_ref"]: row for row in atlas.table("essay_checks")}
    items = each(
        "<div><dt>{}</dt><dd>{}</dd></div>",
        (
            (checks[ref][f"stated_{say.lang}"], checks[ref][f"check_{say.lang}"])
            for ref in TESTED_BY
            if ref in checks
        ),
    )
    see = more_html(address_of(View(lang=view.lang)), say.t("See the test on the map"))
    return Markup("<dl>{}</dl>{}").format(items, see)
