"""The ranked list of the Rebalance page: every state, now and after, with a bar for its change."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from geo.atlas import Atlas
from geo.chapters.rebalance.paint import now_text
from geo.chapters.rebalance.words import change_text, column_text
from geo.drawing import each, paragraph_html
from geo.equity.rebalance import Rebalanced, StateRow
from geo.language import Speech
from geo.view import View


def ranked_html(
    atlas: Atlas, results: Sequence[tuple[str, Rebalanced]], view: View, say: Speech
) -> Markup:
    """All states from the largest gain to the largest loss, with bars; a second scenario beside."""
    most = max((abs(row.change) for _, result in results for row in result.rows), default=0)
    others = [{row.code: row for row in result.rows} for _, result in results]
    body = each(
        '<tr class="{}"><th scope="row">{}</th><td class="now">{}</td>{}</tr>',
        (
            (
                "selected" if row.code == view.state else "",
                atlas.states[row.code].names[say.lang],
                now_text(row.now, row.known, view, say),
                Markup("").join(_cells(other[row.code], most, view, say) for other in others),
            )
            for row in results[0][1].ranked
        ),
    )
    totals = each(
        "<td>{}</td><td>{}</td>",
        (
            (
                column_text(sum(row.after for row in result.rows), view, say),
                column_text(sum(row.change for row in result.rows), view, say),
            )
            for _, result in results
        ),
    )
    return Markup(
        '<section class="ma-rb-list"><h2>{title}</h2><div class="ma-scroll ma-rb-wide" '
        'tabindex="0" role="region" aria-label="{title}"><table class="ma-rb-ranked {kind}">'
        "<thead>{head}</thead><tbody>{body}</tbody>"
        '<tfoot><tr><th scope="row">{all}</th><td>{now}</td>{totals}</tr></tfoot></table></div>'
        "{note}</section>"
    ).format(
        title=say.t("Who would gain, who would lose"),
        kind="two" if len(results) > 1 else "",
        head=_ranked_head([title for title, _ in results], say),
        body=body,
        all=say.t("All states"),
        now=column_text(results[0][1].total, view, say),
        totals=totals,
        note=_note(results[0][1], view, say),
    )


def _ranked_head(titles: Sequence[str], say: Speech) -> Markup:
    """One row of column names, under one of the scenarios' names where there are two."""
    pairs = Markup('<th scope="col">{}</th><th scope="col">{}</th>').format(
        say.t("After"), say.t("Change")
    ) * len(titles)
    if len(titles) == 1:
        return Markup('<tr><th scope="col">{}</th><th scope="col">{}</th>{}</tr>').format(
            say.t("State"), say.t("Now"), pairs
        )
    names = each('<th scope="colgroup" colspan="2">{}</th>', titles)
    return Markup(
        '<tr><th scope="col" rowspan="2">{}</th><th scope="col" rowspan="2">{}</th>{}</tr>'
        "<tr>{}</tr>"
    ).format(say.t("State"), say.t("Now"), names, pairs)


def _cells(row: StateRow, most: int, view: View, say: Speech) -> Markup:
    width = round(abs(row.change) / most * 50, 2) if most else 0
    side = "gain" if row.change > 0 else "loss"
    floor = Markup(' <abbr title="{}">*</abbr>').format(say.t("at the floor"))
    return Markup(
        '<td>{}{}</td><td class="ma-rb-change"><span>{}</span><span class="ma-rb-track" '
        'aria-hidden="true"><span class="{}" style="width:{}%"></span></span></td>'
    ).format(
        column_text(row.after, view, say),
        floor if row.at_floor else "",
        change_text(row.change, view, say),
        side,
        width,
    )


def _note(result: Rebalanced, view: View, say: Speech) -> Markup:
    sentences = []
    unknown = sum(not row.known for row in result.rows)
    if unknown:
        sentences.append(
            say.n(
                "{count} state without a published figure counts as nothing documented; what it "
                "was given is not known.",
                "{count} states without a published figure count as nothing documented; what they "
                "were given is not known.",
                unknown,
            )
        )
    if view.measure == "activities" and view.evidence == "documented":
        sentences.append(
            say.t(
                "An activity that reached two states counts in both, so the total is more "
                "than the activities."
            )
        )
    if result.scenario.floor and not result.trouble:
        sentences.append(say.t("* at the floor"))
    return paragraph_html(" ".join(sentences), "ma-small")
