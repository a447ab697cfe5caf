"""The Background page in HTML: the Initiative, its priorities, its money and the essay's advice."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import urlencode

from markupsafe import Markup

from geo.appropriations import fiscal_years, load_figures
from geo.atlas import Atlas
from geo.citations import PLAIN_DATE, citation_html, sources_html
from geo.i18n import Speech
from geo.labels import AREAS, Say
from geo.pillars import PILLARS
from geo.view import View, spell_query

SOURCE_ID: Final = re.compile(r"\b[A-Z][A-Z0-9_]{3,}\b")

FULL_BILLIONS: Final = 4
"""Right end of the scale of published totals, in billions of dollars."""

PURPOSES: Final[dict[str, Say]] = {
    "rule_of_law": lambda say: say.t(
        "Justice and police reform: courts, prosecutors, prisons, forensic work, training."
    ),
    "organised_crime": lambda say: say.t(
        "Joint operations, aircraft, dogs and equipment, and following the money."
    ),
    "smart_border": lambda say: say.t(
        "Crossings and inspection that let trade through and stop contraband."
    ),
    "prevention": lambda say: say.t(
        "Civil groups and authorities at work so that fewer young people are drawn into crime."
    ),
    "counter_terrorism": lambda say: say.t(
        "Intelligence and border control, so that no attack is prepared from Mexico."
    ),
}
"""What each priority is for, in our own words after the essay."""

CHECKS: Final[dict[str, Say]] = {
    "confirmed": lambda say: say.t("confirmed"),
    "conflicts": lambda say: say.t("other figures found"),
    "not_found": lambda say: say.t("not found"),
    "not_checked": lambda say: say.t("not checked"),
}

PERIODS: Final[dict[str, Say]] = {
    "to 2016": lambda say: say.t("to 2016"),
    "not stated": lambda say: say.t("period not stated"),
    "since 2011": lambda say: say.t("since 2011"),
    "each year": lambda say: say.t("each year"),
    "FY2014": lambda say: say.t("fiscal year 2014"),
}
"""The period as the essay gives it in words."""

ADVICE: Final[tuple[tuple[Say, Say], ...]] = (
    (
        lambda say: say.t("Go beyond the border states"),
        lambda say: say.t(
            "Prevention money went to a few northern cities. Spread it, and look first at the "
            "states that were to have Special Economic Zones, or crime will move to where "
            "justice is weakest."
        ),
    ),
    (
        lambda say: say.t("Settle the rules of a legal marijuana trade"),
        lambda say: say.t(
            "Legal use is coming, so agree in time on how growing and selling across the border "
            "would be regulated."
        ),
    ),
    (
        lambda say: say.t("Bring police and prosecutors to one level"),
        lambda say: say.t(
            "Careers, pay, hours and training that let both sides work together as equals."
        ),
    ),
    (
        lambda say: say.t("Defend against cybercrime together"),
        lambda say: say.t(
            "Shared protocols and protected infrastructure, with the United States training first."
        ),
    ),
    (
        lambda say: say.t("Let civil society reach the money"),
        lambda say: say.t(
            "Fewer steps and less paperwork for Mexican organisations that apply for funds abroad."
        ),
    ),
)
"""The essay's five recommendations in our own words: what, and why or how."""

TESTED_BY: Final = ("20", "21", "22")
"""Statements of the essay that carry its first recommendation, as numbered in the checks."""


def background_headline(atlas: Atlas, say: Speech) -> str:
    """For how many fiscal years a total for the whole year was found."""
    years = fiscal_years(load_figures(atlas))
    found = sum(year.completeness == "whole" for year in years)
    return say.t(
        "For {found} of the {count} fiscal years of the Mérida Initiative, an enacted total for "
        "the whole year was found.",
        found=say.number(found),
        count=say.number(len(years)),
    )


def background_caveat(say: Speech) -> str:
    """What the page is."""
    return say.t(
        "What the Initiative was, what it set out to do, what is known of its money, and what the "
        "essay of 2016 that this atlas starts from asked for."
    )


def section_html(title: str, lead: str, body: Markup, anchor: str) -> Markup:
    """A part of the page with its heading and one line under it."""
    return Markup(
        '<section class="ma-back" id="{anchor}"><h2>{title}</h2><p class="ma-lead">{lead}</p>'
        "{body}</section>"
    ).format(anchor=anchor, title=title, lead=lead, body=body)


def address_of(view: View, page: str = "./") -> str:
    """The address of a view, relative to a page of the atlas."""
    query = urlencode(spell_query(view))
    return f"{page}?{query}" if query else page


def priorities_html(atlas: Atlas, view: View, say: Speech) -> Markup:
    """The five priorities: the essay's share and figures, and what checking found of them."""
    figures = atlas.table("essay_figures")
    rows = Markup("").join(
        _priority(atlas, number, area, figures, view, say) for number, area in PILLARS.items()
    )
    rest = [row for row in figures if row["area"] not in PILLARS.values()]
    other = Markup("")
    if rest:
        other = Markup('<div class="ma-priority"><div><h3>{}</h3></div>{}</div>').format(
            say.t("Tied to no priority"), _figures(atlas, rest, say)
        )
    shares = [row for row in figures if row["unit"] == "percent"]
    note = dict.fromkeys(row[f"check_{say.lang}"] for row in shares)
    return Markup('{}{}<p class="ma-small">{}</p>').format(
        rows,
        other,
        say.t(
            "Of the shares, which the essay takes from Olson 2016: {checks}. They are drawn "
            "hollow because nobody here has read where they come from.",
            checks="; ".join(note),
        ),
    )


def _priority(
    atlas: Atlas,
    number: int,
    area: str,
    figures: tuple[dict[str, Any], ...],
    view: View,
    say: Speech,
) -> Markup:
    own = [row for row in figures if row["area"] == area]
    share = next((row["value"] for row in own if row["unit"] == "percent"), None)
    told = say.t("no share given") if share is None else say.percent(float(share) / 100)
    bar = Markup("")
    if share is not None:
        bar = Markup('<span style="width:{}%"></span>').format(round(float(share), 1))
    return Markup(
        '<article class="ma-priority"><div><p class="ma-kind">{label}</p><h3>{name}</h3>'
        '<p>{purpose}</p><p class="ma-share"><strong>{share}</strong> <span>{whose}</span></p>'
        '<div class="ma-sharebar" aria-hidden="true">{bar}</div><p class="ma-more">'
        '<a href="{link}" target="_self">{count}</a></p></div>{figures}</article>'
    ).format(
        label=say.t("Priority {number}", number=number),
        name=AREAS[area](say),
        purpose=PURPOSES[area](say),
        share=told,
        whose=say.t("the essay’s share, not checked"),
        bar=bar,
        link=address_of(view.with_(pillar=(number,))),
        count=_count(atlas, area, say),
        figures=_figures(atlas, [row for row in own if row["unit"] != "percent"], say),
    )


def _count(atlas: Atlas, area: str, say: Speech) -> str:
    found = sum(a.area == area and not a.part_of for a in atlas.ledger.activities)
    return say.n(
        "{count} activity in the ledger: see it on the map",
        "{count} activities in the ledger: see them on the map",
        found,
    )


def _figures(atlas: Atlas, rows: list[dict[str, Any]], say: Speech) -> Markup:
    if not rows:
        return Markup('<p class="ma-empty">{}</p>').format(
            say.t("The essay gives no figure for this priority.")
        )
    items = Markup("").join(
        Markup(
            '<li><p class="ma-amount"><strong>{value}</strong> <span>{period}</span></p>'
            '<p>{text}</p><p class="ma-verdict {status}"><b>{verdict}</b> {check}</p>{sources}</li>'
        ).format(
            value=_value(row, say),
            period=PERIODS[row["period"]](say) if row["period"] in PERIODS else row["period"],
            text=_stated(row, say),
            status=row["check_status"],
            verdict=CHECKS[row["check_status"]](say),
            check=row[f"check_{say.lang}"],
            sources=sources_html(atlas, _named(atlas, row["check_en"]), say),
        )
        for row in rows
    )
    return Markup('<ul class="ma-essay-figures">{}</ul>').format(items)


def _value(row: dict[str, Any], say: Speech) -> str:
    return say.usd_short(row["value"]) if row["unit"] == "usd" else say.number(row["value"])


def _stated(row: dict[str, Any], say: Speech) -> str:
    return say.t(
        "{text} (the essay, after {source})",
        text=row[f"text_{say.lang}"],
        source=row["essay_source"],
    )


def _named(atlas: Atlas, text: str) -> list[str]:
    """The sources that a text names by their keys."""
    return [word for word in SOURCE_ID.findall(text) if word in atlas.sources]


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
            sources=Markup(" · ").join(
                citation_html(atlas, i, say) for i in row["source_ids"] if i in atlas.sources
            ),
        )
        for row in sorted(rows, key=lambda row: (row["usd_millions"], row["total_id"]))
    )
    return Markup(
        '<ul class="ma-totals">{items}</ul><p class="ma-more"><a href="{link}" target="_self">'
        "{more}</a></p>"
    ).format(
        items=items,
        link=address_of(View(lang=view.lang), "methods"),
        more=say.t("All published totals and how they were read: Data and methods"),
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
    items = Markup("").join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(
            checks[ref][f"stated_{say.lang}"], checks[ref][f"check_{say.lang}"]
        )
        for ref in TESTED_BY
        if ref in checks
    )
    return Markup(
        '<dl>{items}</dl><p class="ma-more"><a href="{link}" target="_self">{see}</a></p>'
    ).format(
        items=items,
        link=address_of(View(lang=view.lang)),
        see=say.t("See the test on the map"),
    )
