"""What checking the essay found: of its five priorities and their figures, and of what it says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from markupsafe import Markup

from geo.atlas import Atlas
from geo.drawing import (
    Column,
    citations_html,
    cited_html,
    folded_html,
    more_html,
    paragraph_html,
    table_html,
)
from geo.language import PRIORITY_NAMES, Say, Speech, t
from geo.view import PILLARS, View, address_of

SOURCE_ID: Final = re.compile(r"\b[A-Z][A-Z0-9_]{2,}\b")
"""What may be the key of a source in a text of the checks; whether it is one, the sources say."""

PURPOSES: Final[dict[str, Say]] = {
    "rule_of_law": t(
        "Justice and police reform: courts, prosecutors, prisons, forensic work, training."
    ),
    "organised_crime": t(
        "Joint operations, aircraft, dogs and equipment, and following the money."
    ),
    "smart_border": t("Crossings and inspection that let trade through and stop contraband."),
    "prevention": t(
        "Civil groups and authorities at work so that fewer young people are drawn into crime."
    ),
    "counter_terrorism": t(
        "Intelligence and border control, so that no attack is prepared from Mexico."
    ),
}
"""What each priority is for, in our own words after the essay."""

CHECKS: Final[dict[str, Say]] = {
    "confirmed": t("confirmed"),
    "conflicts": t("other figures found"),
    "not_found": t("not found"),
    "not_checked": t("not checked"),
}

PERIODS: Final[dict[str, Say]] = {
    "to 2016": t("to 2016"),
    "not stated": t("period not stated"),
    "since 2011": t("since 2011"),
    "each year": t("each year"),
    "FY2014": t("fiscal year 2014"),
}
"""The period as the essay gives it in words."""


def priorities_html(atlas: Atlas, view: View, say: Speech) -> Markup:
    """The five priorities: the essay's share and figures, and what checking found of them."""
    figures = atlas.table("essay_figures")
    rows = Markup("").join(
        _priority(atlas, number, area, figures, view, say) for number, area in PILLARS.items()
    )
    rest = [row for row in figures if row["area"] not in PILLARS.values()]
    other = Markup("")
    if rest:
        other = Markup('<article class="ma-priority"><div><h3>{}</h3></div>{}</article>').format(
            say.t("Tied to no priority"), _figures(atlas, rest, say)
        )
    shares = [row for row in figures if row["unit"] == "percent"]
    note = dict.fromkeys(row[f"check_{say.lang}"] for row in shares)
    return Markup('{}{}<p class="ma-small">{}</p>').format(
        rows,
        other,
        say.t(
            "The essay takes the shares from Olson 2016. {checks}. That is why they are drawn "
            "hollow.",
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
    return Markup(
        '<article class="ma-priority"><div><p class="ma-kind">{label}</p><h3>{name}</h3>'
        "<p>{purpose}</p>{share}{count}</div>{figures}</article>"
    ).format(
        label=say.t("Priority {number}", number=number),
        name=PRIORITY_NAMES[area](say),
        purpose=PURPOSES[area](say),
        share=_share(None if share is None else float(share), say),
        count=_count(atlas, number, view, say),
        figures=_figures(atlas, [row for row in own if row["unit"] != "percent"], say),
    )


def _share(percent: float | None, say: Speech) -> Markup:
    if percent is None:
        return Markup('<p class="ma-share"><span>{}</span></p>').format(
            say.t("The essay gives no share.")
        )
    return Markup(
        '<p class="ma-share"><strong>{}</strong> <span>{}</span></p><div class="ma-sharebar" '
        'aria-hidden="true"><span style="width:{}%"></span></div>'
    ).format(say.percent(percent / 100), say.t("the essay’s share, not checked"), round(percent, 1))


def _count(atlas: Atlas, number: int, view: View, say: Speech) -> Markup:
    area = PILLARS[number]
    found = sum(a.area == area and not a.part_of for a in atlas.ledger.activities)
    if not found:
        return paragraph_html(say.t("No activity found for the ledger."), "ma-small")
    text = say.n(
        "{count} activity in the ledger: see it on the map",
        "{count} activities in the ledger: see them on the map",
        found,
    )
    return more_html(address_of(view.with_(pillar=(number,))), text)


def _figures(atlas: Atlas, rows: list[dict[str, Any]], say: Speech) -> Markup:
    if not rows:
        return paragraph_html(say.t("The essay gives no figure for this priority."), "ma-nothing")
    items = Markup("").join(
        Markup(
            '<li><p class="ma-amount"><strong>{value}</strong> <span>{period}</span></p>'
            '<p>{text}</p><div class="ma-verdict {status}"><p>{check}</p>{sources}</div></li>'
        ).format(
            value=_value(row, say),
            period=PERIODS[row["period"]](say) if row["period"] in PERIODS else row["period"],
            text=_stated(row, say),
            status=row["check_status"],
            check=_checked(row, say),
            sources=cited_html(atlas, _named(row["check_en"]), say),
        )
        for row in rows
    )
    return Markup('<ul class="ma-essay-figures">{}</ul>').format(items)


def _checked(row: dict[str, Any], say: Speech) -> Markup:
    """What checking found, after its verdict; which is left out where the text begins with it."""
    verdict, check = CHECKS[row["check_status"]](say), row[f"check_{say.lang}"]
    if check.casefold().startswith(verdict.casefold()):
        return Markup("{}").format(check)
    return Markup("<b>{}:</b> {}").format(verdict[0].upper() + verdict[1:], check)


def _value(row: dict[str, Any], say: Speech) -> str:
    return say.usd_short(row["value"]) if row["unit"] == "usd" else say.number(row["value"])


def _stated(row: dict[str, Any], say: Speech) -> str:
    return say.t(
        "{text} (the essay, after {source})",
        text=row[f"text_{say.lang}"],
        source=row["essay_source"],
    )


def _named(text: str) -> Iterable[str]:
    """What a text may name as sources, each once."""
    return dict.fromkeys(SOURCE_ID.findall(text))


def checks_html(atlas: Atlas, say: Speech) -> Markup:
    """All statements of the essay that were checked, folded: what it says and what was found."""
    rows = atlas.table("essay_checks")
    columns = (
        Column(say.t("No.")),
        Column(say.t("The essay says"), kind="what"),
        Column(say.t("Its own source")),
        Column(say.t("What checking found"), kind="what"),
        Column(say.t("Sources")),
    )
    table = table_html(
        say.t("Statements of the essay"),
        columns,
        (
            (
                row["essay_ref"],
                row[f"stated_{say.lang}"],
                row["essays_own_source"],
                row[f"check_{say.lang}"],
                citations_html(atlas, _named(row["check_en"]), say),
            )
            for row in rows
        ),
        kind="ma-checks",
        tall=True,
    )
    return folded_html(say.n("{count} statement", "{count} statements", len(rows)), table, kind="")
