"""The sentences under a headline: caveat, filters, remainder, what of a link was ignored."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from geo.atlas import Atlas
from geo.language import KINDS, REASONS, RECIPIENTS, Say, Speech, n, t
from geo.policy import (
    APPROPRIATED_SPAN,
    APPROPRIATED_TO_END_USD,
    APPROPRIATED_USD,
    LAST_YEAR,
    MAX_SPOKEN_NOTICES,
    MAX_SPOKEN_TEXT,
)
from geo.scene import Scene
from geo.view import PAYER_NAMES, Notice, View
from geo.words.measure import caption, is_plain, measure_label, value_text

MAX_CHOSEN_NAMED: Final = 3
"""Up to so many choices of a filter are named in the line that says what they leave out."""


def caveat(atlas: Atlas, scene: Scene, say: Speech) -> str:
    """The line under the headline: how much of the money the view can speak of at all.

    Where one activity is more than half of what the view adds up, the line names it too.
    """
    parts = (
        located_money(scene, say),
        dominance(atlas, scene, say),
        prices(scene, say),
        met_again(atlas, say),
    )
    return " ".join(part for part in parts if part)


def met_again(atlas: Atlas, say: Speech) -> str:
    """Why nothing found is not nothing given: how little of what is known was met a second time."""
    return say.t(
        "Nothing found is not nothing given: a second search met {rate} of what was known.",
        rate=say.percent(rate_met_again(atlas)),
    )


def rate_met_again(atlas: Atlas) -> float | None:
    """The part of the pairs known before that the second search met again; None without any."""
    pairs = atlas.table("recapture")
    return sum(1 for pair in pairs if pair["met_again"]) / len(pairs) if pairs else None


def located_money(scene: Scene, say: Speech) -> str:
    """How much money the view places, held against the appropriations where it is the whole."""
    ours = scene.view.evidence == "attributed"
    part = say.at_prices(scene.view.prices_of).usd_short(Decimal(scene.located_cents) / 100)
    if not scene.located_cents:
        return say.t("Under these choices no dollar figure has a published state.")
    if scene.view.whole and not scene.view.comparable:
        return (
            t(
                "{part} is placed in states, part of it by our rule. The appropriations are "
                "in dollars of their own years, so it is not compared with them."
            )
            if ours
            else t(
                "Sources tie {part} to one state each. The appropriations are in dollars of "
                "their own years, so it is not compared with them."
            )
        )(say, part=part)
    if not scene.view.whole:
        return (
            t(
                "Under these choices {part} is placed in states, part of it by our rule; how "
                "much was appropriated for them is not published."
            )
            if ours
            else t(
                "Sources tie {part} to one state each under these choices; how much was "
                "appropriated for them is not published."
            )
        )(say, part=part)
    values = {"part": part, **appropriated_range(scene.located_cents, say)}
    return (
        t(
            "{part} is placed in states, part of it by our rule: {low} of what was "
            "appropriated to {end}, {high} of that to {last}."
        )
        if ours
        else t(
            "Sources tie {part} to one state each: {low} of what was appropriated to {end}, {high} "
            "of that to {last}."
        )
    )(say, **values)


def prices(scene: Scene, say: Speech) -> str:
    """How constant dollars were made, and what stayed as published; empty for nominal ones."""
    year = scene.view.prices_of
    if year is None or not scene.ledger_cents:
        return ""
    made = say.t(
        "Dollars of {year}: each amount in equal parts over the years of its activity, by U.S. "
        "consumer prices (CPI-U).",
        year=year,
    )
    if not scene.without_price:
        return made
    rest = say.n(
        "{count} amount without a year is counted as published.",
        "{count} amounts without a year are counted as published.",
        scene.without_price,
    )
    return f"{made} {rest}"


def appropriated_range(cents: int, say: Speech) -> dict[str, object]:
    """The ends of a sum's share of the appropriations, and both totals with their years.

    The sum is of 2008-2021, and no total of the appropriations is both exact and of those years.
    """
    first, last = APPROPRIATED_SPAN
    dollars = Decimal(cents) / 100
    return {
        "low": say.percent(float(dollars / APPROPRIATED_TO_END_USD), 1),
        "high": say.percent(float(dollars / APPROPRIATED_USD), 1),
        "whole": say.usd_short(APPROPRIATED_USD),
        "first": first,
        "last": last,
        "later": say.usd_short(APPROPRIATED_TO_END_USD),
        "end": LAST_YEAR,
    }


def dominance(atlas: Atlas, scene: Scene, say: Speech, *, border: bool = True) -> str:
    """The activity that is more than half of the view's total, with its source; else empty.

    `border` says what the border states' share is without it.
    """
    row = scene.dominant
    if row is None:
        return ""
    source = atlas.sources[row.activity.sources[0]]
    values = {
        "share": say.percent(row.share),
        "title": row.activity.titles[say.lang],
        "source": source.author or source.title,
    }
    if row.border_share_without is None:
        return say.t(
            "All of this is one row of the ledger, “{title}” ({source}).",
            **values,
        )
    if not border:
        return say.t(
            "{share} of this is one row of the ledger, “{title}” ({source}).",
            **values,
        )
    return say.t(
        "{share} of this is one row of the ledger, “{title}” ({source}); without it the border "
        "states have {without}, not {border}.",
        without=say.percent(row.border_share_without),
        border=say.percent(scene.border.share),
        **values,
    )


def filters(view: View, scene: Scene, say: Speech) -> str:
    """What the view leaves out, in one line; empty where it leaves out nothing."""
    out = scene.selection
    lines: tuple[tuple[int, Say, dict[str, object]], ...] = (
        (
            out.other_priorities,
            n("{count} activity of other priorities", "{count} activities of other priorities"),
            {},
        ),
        (
            out.other_funders,
            n(
                "{count} of other payers than “{chosen}”",
                "{count} of other payers than “{chosen}”",
            ),
            {"chosen": _chosen((PAYER_NAMES[one](say) for one in view.funder), say)},
        ),
        (
            out.other_kinds,
            n("{count} of other kinds than “{chosen}”", "{count} of other kinds than “{chosen}”"),
            {"chosen": _chosen((KINDS[one](say) for one in view.kind), say)},
        ),
        (
            out.other_recipients,
            n(
                "{count} for other recipients than “{chosen}”",
                "{count} for other recipients than “{chosen}”",
            ),
            {"chosen": _chosen((RECIPIENTS[one](say) for one in view.recipient), say)},
        ),
        (
            out.other_years,
            n("{count} outside {first}–{last}", "{count} outside {first}–{last}"),
            {"first": view.from_year, "last": view.to_year},
        ),
        (out.undated, n("{count} undated", "{count} undated"), {}),
        (
            out.other_search,
            n("{count} found by another search", "{count} found by another search"),
            {},
        ),
        (
            out.unnamed,
            n(
                "{count} whose sources do not clearly name the Initiative",
                "{count} whose sources do not clearly name the Initiative",
            ),
            {},
        ),
    )
    told = [text(say, count, **values) for count, text, values in lines if count]
    if not told:
        return ""
    return say.t("Left out by your choices: {parts}.", parts=", ".join(told))


def _chosen(names: Iterable[str], say: Speech) -> str:
    first, rest = (found := list(names))[:MAX_CHOSEN_NAMED], len(found) - MAX_CHOSEN_NAMED
    more = [say.n("{count} more", "{count} more", rest)] if rest > 0 else []
    return " + ".join(first + more)


def ignored(notices: tuple[Notice, ...], say: Speech) -> str:
    """One plain line on what of a link could not be used; empty where all could."""
    if not notices:
        return ""
    sentences = [_notice(notice, say) for notice in notices[:MAX_SPOKEN_NOTICES]]
    rest = len(notices) - len(sentences)
    if rest:
        sentences.append(say.n("{count} more", "{count} more", rest))
    return say.t("Part of this link was ignored: {parts}.", parts="; ".join(sentences))


def _notice(notice: Notice, say: Speech) -> str:
    name, given = _shortened(notice.parameter), _shortened(notice.given)
    if notice.reason == "unknown_parameter":
        return say.t("“{name}” is not a choice of this atlas", name=name)
    if notice.reason == "years_reversed":
        return say.t("the years {given} run backwards", given=given)
    return say.t("“{name}” cannot be “{given}”", name=name, given=given)


def _shortened(text: str) -> str:
    # What cannot be printed cannot stand in a workbook either.
    flat = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return flat if len(flat) <= MAX_SPOKEN_TEXT else flat[: MAX_SPOKEN_TEXT - 1] + "…"


def state_line(atlas: Atlas, scene: Scene, view: View, say: Speech) -> str:
    """The selected state with its number and rank; empty where none is selected."""
    if not view.state:
        return ""
    state = scene.state(view.state)
    value = value_text(state.value, state.status, view, say)
    measured = caption(state.value, state.status, view, say)
    number = " ".join(part for part in (value, measured if is_plain(view) else "") if part)
    line = f"{atlas.states[view.state].names[view.lang]}: {number}"
    if not is_plain(view):
        line += f" ({measure_label(view, say)})"
    if state.rank is None:
        return line
    rank = say.t("rank {rank} of {of}", rank=say.number(state.rank), of=scene.numbered)
    return f"{line}, {rank}"


def remainder(scene: Scene, say: Speech) -> str:
    """How much is not on the map, in one sentence."""
    if scene.view.measure == "usd":
        say = say.at_prices(scene.view.prices_of)
        rest = say.usd_short((scene.ledger_cents - scene.located_cents) / 100)
        total = say.usd_short(scene.ledger_cents / 100)
        if not scene.view.comparable:
            return say.t(
                "{rest} of the {total} in the ledger under these choices.", rest=rest, total=total
            )
        return say.t(
            "{rest} of the {total} in the ledger; and of the {whole} appropriated for fiscal years "
            "{first}–{last}, at least {unseen} for which no activity was found.",
            rest=rest,
            total=total,
            unseen=say.usd_short(float(APPROPRIATED_USD) - scene.ledger_cents / 100),
            whole=say.usd_short(APPROPRIATED_USD),
            first=APPROPRIATED_SPAN[0],
            last=APPROPRIATED_SPAN[1],
        )
    if not scene.located + scene.not_located:
        return say.t("No activity matches these choices.")
    return say.n(
        "{rest} of {count} activity is counted in no state.",
        "{rest} of {count} activities are counted in no state.",
        scene.located + scene.not_located,
        rest=say.number(scene.not_located, 1),
    )


def reason_texts(scene: Scene, say: Speech) -> tuple[tuple[str, str], ...]:
    """(reason, how much) of what is not on the map, in the map's measure; without the zeros."""
    usd, say = scene.view.measure == "usd", say.at_prices(scene.view.prices_of)
    return tuple(
        (
            REASONS[line.reason](say),
            say.usd_short(line.cents / 100) if usd else say.number(line.activities, 1),
        )
        for line in scene.remainder
        if (line.cents if usd else line.activities)
    )


def provenance(version: str, say: Speech, sources: int | None = None) -> str:
    """Where a file's numbers are from: how many sources, if told, the data version, the shapes."""
    counted = "" if sources is None else say.n("{count} source", "{count} sources", sources) + ". "
    return counted + say.t("Data {version}. Boundaries: INEGI.", version=version)
