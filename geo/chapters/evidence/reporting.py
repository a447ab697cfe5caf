"""Reporting bias in words and a chart: what if the South was reported less?"""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from geo.atlas import Atlas
from geo.chapters.evidence.drawings import Line, curves_svg
from geo.chapters.evidence.objections import seen_text
from geo.chapters.evidence.words import NEED_NAMES
from geo.drawing import Column, folded_html, svg_html, table_html, told_html
from geo.equity.claims import NEEDS, load_claims, recall_of, under_reporting
from geo.language import Speech
from geo.policy import MAX_UNDER

SEARCHES: Final = ("all", "systematic")
PARTS: Final = ("south", "others")


def reporting_lead_html(atlas: Atlas, say: Speech) -> Markup:
    """What is modelled here, before the reader chooses a factor."""
    south = load_claims(atlas.data).groups["south"]
    return Markup(
        '<section class="ma-ev-section" id="reporting"><h2>{}</h2><p class="ma-lead">{}</p>'
        "</section>"
    ).format(
        say.t("What if the South was reported less?"),
        say.t(
            "Suppose that for each documented activity in the southern states several more went "
            "unreported, while the border was reported in full. {why}",
            why=south.why[say.lang],
        ),
    )


def reporting_sentence(atlas: Atlas, factor: float, say: Speech) -> str:
    """The finding under the assumption, and where it would vanish."""
    case = under_reporting(atlas, "population", "south")
    ratio = case.ratio(factor)
    if factor == 1:
        text = say.t(
            "As documented, with {south} activities in the South, the border has {share} of all "
            "and {ratio} times its share by people.",
            south=say.number(case.under),
            share=say.percent(case.share(1)),
            ratio=say.decimal(ratio, 2),
        )
        return f"{text} {vanishing(case.vanishes_at(), say)}"
    text = say.t(
        "With {factor} times the southern evidence, {south} activities instead of {now}, the "
        "border would have {share} of all and {ratio} times its share by people.",
        factor=say.number(factor, 1),
        south=say.number(factor * case.under, 1),
        now=say.number(case.under),
        share=say.percent(case.share(factor)),
        ratio=say.decimal(ratio, 2),
    )
    return f"{text} {vanishing(case.vanishes_at(), say)}"


def vanishing(factor: float, say: Speech) -> str:
    """At which factor nothing is left of the finding."""
    if factor == float("inf"):
        return say.t("No factor would make the finding vanish: nothing is documented there.")
    if factor <= 1:
        return say.t("There is nothing to vanish: the border has no more than its share.")
    return say.t(
        "The finding would vanish only if the South were reported {factor} times too little.",
        factor=say.decimal(factor, 1),
    )


def reporting_html(atlas: Atlas, factor: float, say: Speech) -> Markup:
    """The sentence, the curve for each need, the factors as a table, and the search's recall."""
    lines = [
        Line(
            NEED_NAMES[need](say),
            need,
            tuple(
                (float(x), under_reporting(atlas, need, "south").ratio(float(x)))
                for x in range(1, MAX_UNDER + 1)
            ),
        )
        for need in NEEDS
    ]
    title = say.t("The border’s share ratio as southern evidence is multiplied")
    return Markup(
        '<section class="ma-ev-section ma-ev-south"><div><p class="ma-ev-fact">{told}</p>'
        '{table}{receipt}{recall}</div><figure class="ma-ev-figure"><figcaption>{caption}'
        "</figcaption>{chart}</figure></section>"
    ).format(
        told=reporting_sentence(atlas, factor, say),
        caption=say.t("{title}; at the dashed line it has exactly its share", title=title),
        chart=svg_html(
            curves_svg(
                lines, factor, title, say.t("times the southern evidence as documented"), say
            )
        ),
        table=_table(atlas, factor, say),
        receipt=_receipt(atlas, factor, say),
        recall=folded_html(
            say.t("How much the search itself misses"), told_html(recall_text(atlas, say))
        ),
    )


def recall_text(atlas: Atlas, say: Speech) -> str:
    """The recall, what it can and cannot say, and the worst it could mean."""
    found = recall_of()
    case = under_reporting(atlas, "population", "others", "systematic")
    worst = case.ratio(found.worst)
    text = say.t(
        "Where it was counted, the search with the same questions for every state met {met} "
        "of {known} known activities again: {rate}, with a 95% range from {low} to {high}. "
        "That is no count by region, so it allows no estimate of how many were missed where. "
        "If it missed as much everywhere, no share changes. At the worst, {high} at the "
        "border and {low} elsewhere, the others are {factor} times under-reported, and the "
        "border’s ratio by people falls from {now} to {worst} in that search.",
        met=found.met,
        known=found.known,
        rate=say.percent(found.rate),
        low=say.percent(found.low),
        high=say.percent(found.high),
        factor=say.decimal(found.worst, 2),
        now=say.decimal(case.ratio(1), 2),
        worst=say.decimal(worst, 2),
    )
    left = (
        say.t("Then nothing would be left of it.")
        if worst <= 1
        else say.t("Then something would still be left of it.")
    )
    return f"{text} {left} {seen_text(atlas, say)}"


def _table(atlas: Atlas, factor: float, say: Speech) -> Markup:
    columns = (
        Column(say.t("Compared with")),
        Column(say.t("Evidence from")),
        Column(say.t("Ratio as documented"), number=True),
        Column(say.t("Ratio with the factor"), number=True),
        Column(say.t("Vanishes if the South is under-reported by"), number=True),
        Column(say.t("Vanishes if all others are, by"), number=True),
    )
    names = {
        "all": say.t("all searches"),
        "systematic": say.t("the search with the same questions for every state"),
    }
    rows = []
    for need in NEEDS:
        for found in SEARCHES:
            south, others = (under_reporting(atlas, need, part, found) for part in PARTS)
            rows.append(
                (
                    NEED_NAMES[need](say),
                    names[found],
                    say.decimal(south.ratio(1), 2),
                    say.decimal(south.ratio(factor), 2),
                    _factor(south.vanishes_at(), say),
                    _factor(others.vanishes_at(), say),
                )
            )
    title = say.t("At which factor the finding vanishes")
    return folded_html(title, table_html(title, columns, rows))


def _factor(factor: float, say: Speech) -> str:
    if factor == float("inf"):
        return say.t("never")
    if factor <= 1:
        return say.t("is not there")
    return say.t("{value}×", value=say.decimal(factor, 2))


def _receipt(atlas: Atlas, factor: float, say: Speech) -> Markup:
    case = under_reporting(atlas, "population", "south")
    markup = told_html(
        say.t(
            "Ratio = B ÷ (B + M + f × S) ÷ q, with B = {border} activities at the border, S = "
            "{south} in the South, M = {rest} in the other states, q = {need} the border’s share "
            "of the people, and f = {factor}: {ratio}.",
            border=say.number(case.border),
            south=say.number(case.under),
            rest=say.number(case.rest),
            need=say.percent(case.need_share, 2),
            factor=say.number(factor, 1),
            ratio=say.decimal(case.ratio(factor), 3),
        ),
        say.t(
            "It is 1 at f = (B ÷ q − B − M) ÷ S = {factor}.",
            factor=say.decimal(case.vanishes_at(), 2),
        ),
    )
    return folded_html(say.t("How it was computed"), markup)
