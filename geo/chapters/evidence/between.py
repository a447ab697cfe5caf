"""How much inequality lies between a group and the others, and what relabelling would put there."""

from __future__ import annotations

from markupsafe import Markup

from geo.atlas import Atlas
from geo.chapters.evidence.drawings import KIND, WIDTH, split_svg
from geo.drawing import chance_svg, svg_html
from geo.equity.chance import between_share_permutation
from geo.equity.claims import Finding, amounts_of, counting_rule_of, members, needs_of
from geo.equity.indices import theil_decomposition
from geo.language import Speech


def figure_html(caption: str, *parts: Markup) -> Markup:
    """A figure with its caption above it."""
    return Markup('<figure class="ma-ev-figure"><figcaption>{}</figcaption>{}</figure>').format(
        caption, Markup("").join(parts)
    )


def between_html(atlas: Atlas, found: Finding, say: Speech) -> Markup:
    """The decomposition of a claim's group as one bar, with its permutation distribution."""
    test = found.claim.test
    if test.group is None:
        return Markup("")
    selection = counting_rule_of(test, found.period)
    amounts = amounts_of(atlas, selection)
    needs = needs_of(atlas, found.judged[0].outcome.need, selection.first, selection.last)
    inside = members(atlas, test.group).tolist()
    parts = theil_decomposition(amounts, inside, needs)
    relabelled = between_share_permutation(amounts, needs, inside, list(atlas.states))
    if not relabelled.counts:
        return Markup("")
    share = relabelled.observed
    text = say.t(
        "{share} of the inequality by people (Theil’s T, {total}) lies between {group} and the "
        "others. A second question is whether this group is special among groups of as many "
        "states: relabelled in {count} ways, {p} put as much between them.",
        share=say.percent(share),
        total=say.decimal(parts.total, 3),
        group=test.group.titles[say.lang],
        count=say.number(relabelled.labelings),
        p=say.percent(relabelled.p_greater, 1),
    )
    return figure_html(
        text,
        svg_html(
            split_svg(
                share,
                say.t("Inequality between and within the groups"),
                say.t("between: {share}", share=say.percent(share)),
                say.t("within: {share}", share=say.percent(1 - share)),
            )
        ),
        svg_html(
            chance_svg(
                relabelled.counts,
                relabelled.edges,
                share,
                say.t("How much lies between such groups when other states have the label"),
                kind=KIND,
                width=WIDTH,
                label=say.t("as it is: {share}", share=say.percent(share)),
            )
        ),
    )
