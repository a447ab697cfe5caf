"""Inequality taken apart: between groups of states, and without each state in turn."""

from __future__ import annotations

from markupsafe import Markup

from geo.atlas import Atlas
from geo.chapters.inequality.terms import GROUPINGS, GROUPS, MEMBERS, WHOLE
from geo.chapters.inequality.words import part_text, ways_text
from geo.drawing import Column, chance_svg, each, folded_html, svg_html, table_html
from geo.equity import INSIDE, EquitySummary, GroupEquity, grouping
from geo.equity.chance import Range, exhaustive_range
from geo.equity.indices import GroupPart, Vector, shares
from geo.language import Speech
from geo.words import deals_text

CHANCE_WIDTH = 276


def decomposition_html(summary: EquitySummary, say: Speech) -> Markup:
    """How much of Theil's T lies between groups of states, beside what relabelling would give."""
    figures = Markup("").join(
        _grouping(group, summary.need, say) for group in summary.groups.values()
    )
    columns = (
        Column(say.t("Group")),
        Column(say.t("States"), number=True),
        Column(say.t("Share of the total"), number=True),
        Column(say.t("Share of the need"), number=True),
        Column(say.t("Part between groups"), number=True),
        Column(say.t("Theil’s T inside"), number=True),
    )
    tables = each(
        "<p>{}</p>{}",
        (
            (
                _split_text(group, say),
                table_html(
                    GROUPINGS[name](say),
                    columns,
                    [
                        (
                            MEMBERS[str(part.group)](say),
                            say.number(part.states),
                            say.percent(part.share, 1),
                            say.percent(part.need_share, 1),
                            say.decimal(part.between, 3),
                            say.decimal(part.theil, 3),
                        )
                        for part in sorted(group.decomposition.groups, key=_order)
                    ],
                ),
            )
            for name, group in summary.groups.items()
        ),
    )
    return Markup('<h3>{}</h3><p>{}</p><div class="ma-multiples ma-iq-groups">{}</div>{}').format(
        say.t("Is it the border, or something else?"),
        say.t(
            "Theil’s T splits exactly into inequality between groups of states and inside them. "
            "The line is how much lies between the groups, the bars what lies there when other "
            "states have the same labels. Four groupings are tried here: the more one tries, the "
            "likelier one of them stands out with nothing behind it."
        ),
        figures,
        folded_html(say.t("The numbers of the groups"), tables),
    )


def _order(part: GroupPart) -> int:
    return list(MEMBERS).index(str(part.group))


def _split_text(group: GroupEquity, say: Speech) -> str:
    parts = group.decomposition
    return say.t(
        "By {groups}: {total} = {between} between + {within} inside.",
        groups=GROUPINGS[group.name](say),
        total=say.decimal(parts.total, 3),
        between=say.decimal(parts.between, 3),
        within=say.decimal(parts.within, 3),
    )


def _grouping(group: GroupEquity, need: str, say: Speech) -> Markup:
    share, test = group.decomposition.between_share, group.between
    name = GROUPINGS[group.name](say)
    if share != share or not test.counts:
        return Markup("<figure><figcaption>{}<span>{}</span></figcaption></figure>").format(
            name, say.t("There is no inequality to take apart.")
        )
    text = say.t(
        "{share} lies between these groups. Relabelled, {mean} on average, and at least as much in "
        "{p} of {ways}.",
        share=say.percent(share),
        mean=say.percent(test.mean),
        p=part_text(test.p_greater, say),
        ways=ways_text(test, say),
    )
    if group.dealt_between is not None:
        told = deals_text(group.dealt_between, need, "between", say)
        text = f"{text} {told[0].upper()}{told[1:]}."
    drawn = chance_svg(
        test.counts,
        test.edges,
        test.observed,
        f"{name}: {text}",
        kind="ma-iq-chance",
        width=CHANCE_WIDTH,
        ends=say.percent,
    )
    return Markup("<figure><figcaption>{}<span>{}</span></figcaption>{}</figure>").format(
        name, text, svg_html(drawn)
    )


def leave_out_html(atlas: Atlas, summary: EquitySummary, say: Speech) -> Markup:
    """How much each index hangs on a single state: all 32 left out in turn."""

    def row(name: str, found: Range) -> tuple[str, ...]:
        def without(code: str) -> str:
            return atlas.states[code].names[say.lang] if code else say.number(None)

        value, low, high = (
            say.number(None) if x != x else say.decimal(x, 2)
            for x in (found.value, found.low, found.high)
        )
        return name, value, low, without(found.low_without), high, without(found.high_without)

    ratios = {name: _ratio_range(atlas, summary, name) for name in GROUPS}
    rows = [
        row(say.t("Share ratio of {group}", group=group(say)), ratios[name])
        for name, group in GROUPS.items()
    ]
    rows += [row(name(say), summary.ranges[index]) for index, name in WHOLE.items()]
    columns = (
        Column(say.t("Index")),
        Column(say.t("All states"), number=True),
        Column(say.t("Smallest"), number=True),
        Column(say.t("without")),
        Column(say.t("Largest"), number=True),
        Column(say.t("without")),
    )
    return Markup("<h3>{}</h3><p>{} {}</p>{}").format(
        say.t("Does it hang on one state?"),
        _hangs(atlas, ratios["border"], say),
        say.t(
            "The states are the whole country, not a sample, so there is no sampling error to "
            "state. Instead each state is left out in turn, with its need."
        ),
        table_html(say.t("One state left out"), columns, rows, kind="ma-iq-plain"),
    )


def _hangs(atlas: Atlas, found: Range, say: Speech) -> str:
    """Whether the border has more than its share whichever state is left out."""
    if found.low != found.low:
        return ""
    if found.low > 1 or found.high < 1:
        return say.t(
            "No: whichever state is left out, the share ratio of the border states stays on the "
            "same side of 1, between {low} and {high}.",
            low=say.decimal(found.low, 2),
            high=say.decimal(found.high, 2),
        )
    code, value = (
        (found.low_without, found.low) if found.value > 1 else (found.high_without, found.high)
    )
    return say.t(
        "Yes: without {state} alone the share ratio of the border states is {value} instead of "
        "{now}.",
        state=atlas.states[code].names[say.lang],
        value=say.decimal(value, 2),
        now=say.decimal(found.value, 2),
    )


def _ratio_range(atlas: Atlas, summary: EquitySummary, name: str) -> Range:
    """The share ratio of a group of states without each state in turn."""
    group_of = grouping(atlas, name)
    inside = [group_of[code] == INSIDE[name] for code in summary.codes]

    def ratio(amounts: Vector, needs: Vector, members: Vector) -> float:
        need = float(needs[members].sum() / needs.sum())
        return float(shares(amounts)[members].sum()) / need if need else float("nan")

    return exhaustive_range(ratio, summary.codes, summary.amounts, summary.needs, inside)
