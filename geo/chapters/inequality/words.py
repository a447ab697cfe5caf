"""What the inequality of a view comes to, in sentences that depend on nothing but the numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from geo.atlas import Atlas
from geo.chapters.inequality.terms import index_number, need_text
from geo.equity import (
    EquitySummary,
    GroupEquity,
    IndexRange,
    Unplaced,
    equity_of,
    index_ranges,
    range_of,
    unplaced,
)
from geo.equity.bounds import Bounds
from geo.equity.chance import PermutationResult
from geo.language import Speech
from geo.policy import (
    APPROPRIATED_TO_END_USD,
    FIRST_YEAR,
    LAST_YEAR,
    NEARLY_ALL,
)
from geo.scene import build_scene
from geo.view import View
from geo.words import NEEDS_IN_SHORT, deals_text, dominance, met_again


def documented_view(view: View) -> View:
    """The view that this part of the page is about: what sources tie to one state."""
    return view.with_(evidence="documented", split="equal", show="value", per="none")


def finding(atlas: Atlas, view: View, need: str, say: Speech) -> tuple[str, ...]:
    """What the documents can and cannot decide about this view, one sentence each.

    `need` is one of `geo.equity.summary.NEEDS`. The first sentence is the finding.
    """
    told = _counted(atlas, view, need, say)
    ranges = index_ranges(atlas, view, need)
    ratio = range_of(ranges, "group_ratio_border")
    if ratio.documented != ratio.documented:
        return told
    border = equity_of(atlas, documented_view(view), need).groups["border"]
    return (*told, _special(border, need, say), _as_such(range_of(ranges, "gini"), view, say))


def _counted(atlas: Atlas, view: View, need: str, say: Speech) -> tuple[str, ...]:
    """What of the finding needs neither deals nor other labels, which take a moment."""
    ranges = index_ranges(atlas, view, need)
    ratio = range_of(ranges, "group_ratio_border")
    if ratio.documented != ratio.documented:
        return (
            say.t(
                "These choices tie nothing to any state, so there is no spread to measure. {again}",
                again=met_again(atlas, say),
            ),
        )
    if view.measure == "usd":
        return _dollars(atlas, ratio, unplaced(atlas, view), need, view, say)
    return _activities(ratio, range_of(ranges, "group_share_border"), need, view, say)


def headed(atlas: Atlas, view: View, need: str, say: Speech) -> tuple[str, str]:
    """The finding as a heading, and the line under it.

    What dollars could be besides stands in their heading too, in fewer words.
    """
    lead, *more = _counted(atlas, view, need, say)
    beneath = more[0] if more else ""
    ratio = range_of(index_ranges(atlas, view, need), "group_ratio_border")
    money = unplaced(atlas, view) if view.measure == "usd" else None
    bounds = ratio.ledger if ratio.documented == ratio.documented else None
    if money is None or bounds is None or not money.ledger_rest:
        return lead, beneath
    told = say.at_prices(view.prices_of)
    heading = say.t(
        "The {located} tied to one state give the border {ratio} times its share; with the "
        "ledger’s other {rest} it could be {low} to {high}",
        located=told.usd_short(money.located / 100),
        ratio=say.decimal(ratio.documented, 2),
        rest=told.usd_short(money.ledger_rest / 100),
        low=say.decimal(bounds.low, 2),
        high=say.decimal(bounds.high, 2),
    )
    return heading, beneath


def titles(atlas: Atlas, view: View, need: str, say: Speech) -> Iterator[str]:
    """The finding as the title of a link; a number of dollars never without what it could be."""
    ratio = range_of(index_ranges(atlas, view, need), "group_ratio_border")
    if ratio.documented != ratio.documented:
        yield say.t("Nothing is tied to a state, so there is no spread to measure")
        return
    written = say.decimal(ratio.documented, 2)
    if view.measure != "usd":
        if need == "population" and view.whole:
            yield say.t(
                "Border states: {ratio} times their share of documented activity", ratio=written
            )
        yield say.t(
            "By {by}, the border has {ratio} times its share",
            by=NEEDS_IN_SHORT[need](say),
            ratio=written,
        )
    elif ratio.ledger is not None:
        yield say.t(
            "Border’s dollars: {ratio} times its share; could be {low} to {high}",
            ratio=written,
            low=say.decimal(ratio.ledger.low, 2),
            high=say.decimal(ratio.ledger.high, 2),
        )


def _dollars(
    atlas: Atlas, ratio: IndexRange, money: Unplaced, need: str, view: View, say: Speech
) -> tuple[str, ...]:
    say = say.at_prices(view.prices_of)
    lead = [
        say.t(
            "Sources tie {located} to one state each. Of these, the {count} border states have "
            "{ratio} times their share (need: {need}).",
            located=say.usd_short(money.located / 100),
            count=len(atlas.border),
            ratio=say.decimal(ratio.documented, 2),
            need=need_text(need, view, say),
        )
    ]
    if ratio.ledger is not None and money.ledger_rest:
        lead.append(_ledger(ratio.ledger, money, say))
    # One finding: the number as documented is not said without what it could be.
    sentences = [" ".join(lead)]
    carried = dominance(atlas, build_scene(atlas, documented_view(view)), say)
    if carried:
        sentences.append(carried)
    splits = sorted(value for value in ratio.attributed.values() if value == value)
    if splits:
        sentences.append(
            say.t(
                "The three rules for sharing out amounts that name several states give {low} to "
                "{high}; the rules are ours, no source’s.",
                low=say.decimal(splits[0], 2),
                high=say.decimal(splits[-1], 2),
            )
        )
    if ratio.appropriated is None and view.whole:
        sentences.append(
            say.t(
                "The appropriations are in dollars of their own years, so there is no interval for "
                "them."
            )
        )
    elif ratio.appropriated is None:
        sentences.append(
            say.t(
                "How much was appropriated for such a choice is not published, so there is no "
                "interval for it."
            )
        )
    else:
        sentences.append(_appropriated(ratio, ratio.appropriated, say))
    return tuple(sentences)


def _ledger(bounds: Bounds, money: Unplaced, say: Speech) -> str:
    fields = {
        "rest": say.usd_short(money.ledger_rest / 100),
        "low": say.decimal(bounds.low, 2),
        "high": say.decimal(bounds.high, 2),
    }
    if bounds.low > 1:
        return say.t(
            "Wherever the ledger’s other {rest} went, that number lies between {low} and {high}: "
            "above 1 in any case, so the border states have more than their share of the ledger’s "
            "dollars.",
            **fields,
        )
    if bounds.high < 1:
        return say.t(
            "Wherever the ledger’s other {rest} went, that number lies between {low} and {high}: "
            "below 1 in any case, so the border states have less than their share of the ledger’s "
            "dollars.",
            **fields,
        )
    return say.t(
        "But the ledger has another {rest} without a state, and depending on where it went that "
        "number is anything from {low} to {high}. An equal share, 1, is among them: the dollars "
        "alone cannot decide whether the border had more.",
        **fields,
    )


def _appropriated(ratio: IndexRange, bounds: Bounds, say: Speech) -> str:
    fields = {
        "whole": say.usd_short(APPROPRIATED_TO_END_USD),
        "first": FIRST_YEAR,
        "last": LAST_YEAR,
        "low": say.decimal(bounds.low, 2),
        "high": say.decimal(bounds.high, 2),
    }
    open_part = bounds.width / ratio.scale.width
    if open_part >= NEARLY_ALL:
        return say.t(
            "For the about {whole} appropriated for fiscal years {first}–{last} it is anything "
            "from {low} to {high}, {share} of the whole scale: about the money as a whole the "
            "published documents say next to nothing, for or against.",
            share=say.percent(open_part),
            **fields,
        )
    return say.t(
        "For the about {whole} appropriated for fiscal years {first}–{last} it is anything from "
        "{low} to {high}.",
        **fields,
    )


def _activities(
    ratio: IndexRange, share: IndexRange, need: str, view: View, say: Speech
) -> tuple[str, ...]:
    low, high = ratio.alternatives
    fields = {"low": say.decimal(low, 2), "high": say.decimal(high, 2)}
    if low > 1:
        others = say.t(
            "Counted otherwise (weak sources, repeats counted once, each activity shared out "
            "by one of three rules) it is {low} to {high}: above 1 each time.",
            **fields,
        )
    elif high < 1:
        others = say.t(
            "Counted otherwise (weak sources, repeats counted once, each activity shared out "
            "by one of three rules) it is {low} to {high}: below 1 each time.",
            **fields,
        )
    else:
        others = say.t(
            "Counted otherwise (weak sources, repeats counted once, each activity shared out "
            "by one of three rules) it is {low} to {high}: whether that is more than an equal"
            " share, 1, depends on how one counts.",
            **fields,
        )
    return (
        say.t(
            "Of the documented activity, the border states have {share}: {ratio} times their "
            "share (need: {need}).",
            share=say.percent(share.documented),
            ratio=say.decimal(ratio.documented, 2),
            need=need_text(need, view, say),
        ),
        others,
        say.t(
            "No interval holds what nobody published: activities are counted as found, not as "
            "given."
        ),
    )


def _special(border: GroupEquity, need: str, say: Speech) -> str:
    """How often deals by need give the border as much, and how often as many other states have."""
    test = border.difference
    if test is None or test.p_greater != test.p_greater:
        return ""
    relabelled = say.t(
        "Relabelled, a second question: as many other states are at least as far ahead in {p} of "
        "{ways}.",
        p=part_text(test.p_greater, say),
        ways=ways_text(test, say),
    )
    if border.dealt_inside is None:
        return relabelled
    told = deals_text(border.dealt_inside, need, "border", say)
    return f"{told[0].upper()}{told[1:]}. {relabelled}"


def _as_such(gini: IndexRange, view: View, say: Speech) -> str:
    documented = index_number(gini.documented, gini, say)
    if view.measure == "usd" and gini.ledger is not None:
        return say.t(
            "Inequality as such: the Gini index is {value} as documented, and {low} to {high} over "
            "all places the ledger’s other dollars could have gone to.",
            value=documented,
            low=index_number(gini.ledger.low, gini, say),
            high=index_number(gini.ledger.high, gini, say),
        )
    low, high = gini.alternatives
    return say.t(
        "Inequality as such: the Gini index is {value} as documented, and {low} to {high} counted "
        "otherwise.",
        value=documented,
        low=index_number(low, gini, say),
        high=index_number(high, gini, say),
    )


def part_text(p: float, say: Speech) -> str:
    """How often something comes up, with as many digits as the first one that counts."""
    if p != p:
        return say.number(None)
    return say.percent(p, 0 if p >= 0.1 else 1 if p >= 0.01 else 2)


def ways_text(test: PermutationResult, say: Speech) -> str:
    """Among how many labelings, and whether these are all there are."""
    count = say.number(test.labelings)
    if test.exact:
        return say.t("all {count} ways there are", count=count)
    return say.t("{count} random draws", count=count)


def inputs_text(atlas: Atlas, view: View, summary: EquitySummary, need: str, say: Speech) -> str:
    """What goes into every index of the view."""
    fields: dict[str, Any] = {
        "states": summary.n_used,
        "need": need_text(need, view, say),
        "version": atlas.version,
    }
    if view.measure == "usd":
        return say.t(
            "{total} in {states} states, {without} of them without a published figure: they count "
            "as 0 here, which is not known to be true. Need: {need}. Data version {version}.",
            total=say.at_prices(view.prices_of).usd(summary.total, 2),
            without=summary.without_figure,
            **fields,
        )
    return say.n(
        "{total} documented activity in {states} states; one that reached two counts in both."
        " Need: {need}. Data version {version}.",
        "{total} documented activities in {states} states; one that reached two counts in "
        "both. Need: {need}. Data version {version}.",
        1 if summary.total == 1 else 2,
        total=say.number(summary.total),
        **fields,
    )
