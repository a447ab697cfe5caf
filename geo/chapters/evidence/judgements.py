"""Judgement calls on single rows of the ledger: what the other decision does to a claim."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from geo.atlas import Atlas
from geo.chapters.evidence.words import VERDICTS, statistic_text
from geo.drawing import Column, folded_html, table_html
from geo.equity.claims import Called, Grid, Outcome, Test, Verdict, otherwise, whole_of
from geo.language import Say, Speech, t

DECISIONS: Final[dict[str, Say]] = {
    "firm": t("counted as firm"),
    "weak": t("kept as weak"),
    "left_out": t("left out"),
    "once_per_state": t("counted once per state with what it includes"),
}


def judgements_html(atlas: Atlas, grid: Grid, say: Speech) -> Markup:
    """The judgement calls, folded: each decision, the other one, and the claim with either."""
    if not grid.called:
        return Markup("")
    columns = (
        Column(say.t("Row of the ledger")),
        Column(say.t("Decided")),
        Column(say.t("The other decision")),
        Column(say.t("Period")),
        Column(say.t("As decided, by size")),
        Column(say.t("Otherwise, by size")),
        Column(say.t("Documented times then"), number=True),
        Column(say.t("At the border then"), number=True),
        Column(say.t("Dollars of one state then"), number=True),
    )
    table = table_html(
        say.t("What another decision on a single row would do"),
        columns,
        (_cells(atlas, grid.claim.test, called, say) for called in grid.called),
        tall=True,
    )
    changed = sum(called.decided[1] is not called.otherwise[1] for called in grid.called)
    return folded_html(
        say.n(
            "Judgement calls on single rows: {count} of {all} other readings gives another verdict",
            "Judgement calls on single rows: {count} of {all} other readings give another verdict",
            changed,
            all=say.number(len(grid.called)),
        ),
        table,
    )


def _cells(atlas: Atlas, test: Test, called: Called, say: Speech) -> tuple[str, ...]:
    call = called.call
    titles = {a.activity_id: a.titles[say.lang] for a in atlas.ledger.activities}
    whole = whole_of(otherwise(atlas, call))
    return (
        f"{call.activity_id}: {titles[call.activity_id]}",
        say.t(
            "{decision}. {reason}",
            decision=DECISIONS[call.decision](say),
            reason=call.reason[say.lang],
        ),
        DECISIONS[call.alternative](say),
        f"{called.period.first}–{called.period.last}",
        _told(test, called.decided, say),
        _told(test, called.otherwise, say),
        say.number(whole.times),
        say.percent(whole.border, 1),
        say.usd(whole.dollars),
    )


def _told(test: Test, found: tuple[Outcome, Verdict], say: Speech) -> str:
    outcome, verdict = found
    return say.t(
        "{value}: {verdict}",
        value=statistic_text(test, outcome.value, say),
        verdict=VERDICTS[verdict](say).lower(),
    )
