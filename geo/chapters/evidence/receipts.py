"""Receipts: for the numbers of a claim, the formula, what went in, the rows, and how to cite it."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from markupsafe import Markup

from geo.atlas import Atlas
from geo.chapters.evidence.claim import chosen_rows
from geo.chapters.evidence.words import NEED_NAMES, VERDICTS, fact, statistic_text, verdict_text
from geo.drawing import Column, here_html, sources_html, table_html
from geo.equity.claims import (
    OFF_BORDER,
    PLACES,
    Claim,
    Claims,
    Finding,
    Judged,
    Test,
    counting_rule_of,
    finding,
    like_over_like,
    load_claims,
)
from geo.language import Say, Speech, t
from geo.policy import DEALS
from geo.view import address_of, ledger_address, values_address

FORMULAS: Final[dict[str, Say]] = {
    "places_share": t(
        "documented times in the group ÷ documented times in all places, each a pair of an "
        "activity and a municipality; beside it the different municipalities, of which the lower "
        "verdict counts"
    ),
    "dollars_share": t(
        "lowest: dollars tied to the group ÷ all dollars; highest: (all dollars − dollars tied "
        "elsewhere) ÷ all dollars"
    ),
    "group_ratio": t(
        "(activities in the group ÷ activities in all states) ÷ (need of the group ÷ need of all "
        "states); an activity counts once in each state it reaches"
    ),
    "group_share": t(
        "activities in the group ÷ activities in all states; an activity counts once in each "
        "state it reaches"
    ),
    "state_ratio": t(
        "(activities in the state ÷ activities in all states) ÷ (its people ÷ all people); an "
        "activity counts once in each state it reaches"
    ),
    "displacement": t(
        "½ × the sum over all states of |share of activities − share of need| (Hoover index)"
    ),
}


def null_text(test: Test, claims: Claims, say: Speech) -> str:
    """What a p of a kind of test is of; empty where there is none."""
    if not test.needs:
        return ""
    return say.t(
        "p: each activity keeps the number of states it reached; which ones is dealt out anew "
        "{count} times, without replacement, in proportion to the need. p = (b + 1) ÷ ({count} + "
        "1), with b deals at least as far in the claim’s direction. It is corrected for all that "
        "is asked of the claims over these years (Benjamini and Hochberg), and more than {limit} "
        "is not taken as shown.",
        count=say.number(DEALS),
        limit=say.percent(claims.p_limit),
    )


def receipt_html(atlas: Atlas, claim: Claim, where: str, say: Speech) -> Markup:
    """The receipt of a claim, folded, for both periods; `where` is the page's own address."""
    claims = load_claims(atlas.data)
    found = [finding(atlas, claim, period) for period in (claims.written, claims.later)]
    markup = Markup("")
    if claim.test.kind != "no_data":
        markup = Markup("<p><b>{}</b> {}</p>{}<p>{}</p><p>{}</p>{}").format(
            say.t("Formula:"),
            FORMULAS[claim.test.kind](say),
            _inputs(found, say),
            null_text(claim.test, claims, say),
            _rows(claim, found[0], say),
            sources_html(
                atlas,
                sorted({i for a, _ in chosen_rows(atlas, found[0]) for i in a.sources}),
                say,
            ),
        )
    return Markup(
        '<details class="ma-numbers ma-ev-receipt" id="receipt-{id}"><summary>{title}</summary>'
        '{told}<p><b>{cite}</b></p><p class="ma-ev-cite">{citation}</p></details>'
    ).format(
        id=claim.claim_id,
        title=say.t("How it was computed: formula, inputs, rows, sources, citation"),
        told=markup,
        cite=say.t("To cite this:"),
        citation=citation(atlas, found[0], where, say),
    )


def citation(atlas: Atlas, found: Finding, where: str, say: Speech) -> str:
    """One line to copy: verdict, sentence, product, version of the data, and address."""
    query = {"claim": found.claim.claim_id} | ({"lang": say.lang} if say.lang != "en" else {})
    return say.t(
        "“{claim}” {verdict}. {fact} Mérida Atlas, data version {version}, {address}",
        claim=found.claim.says[say.lang],
        verdict=verdict_text(found, say),
        fact=fact(atlas, found, say),
        version=atlas.version,
        address=f"{where or '/evidence'}?{urlencode(query)}",
    )


READINGS: Final[dict[str, Say]] = {
    "all": t("as claimed"),
    PLACES: t("by places"),
    OFF_BORDER: t("off the border"),
}


def _inputs(found: list[Finding], say: Speech) -> Markup:
    columns = (
        Column(say.t("Period")),
        Column(say.t("Evidence")),
        Column(say.t("Reading")),
        Column(say.t("Compared with")),
        Column(say.t("In the group"), number=True),
        Column(say.t("In all"), number=True),
        Column(say.t("Activities in the group"), number=True),
        Column(say.t("Activities in all"), number=True),
        Column(say.t("Share"), number=True),
        Column(say.t("Share of need"), number=True),
        Column(say.t("Statistic"), number=True),
        Column(say.t("p"), number=True),
        Column(say.t("p corrected"), number=True),
        Column(say.t("Verdict")),
    )
    rows = [
        (
            f"{one.period.first}–{one.period.last}",
            evidence,
            READINGS[reading.name](say),
            *_numbers(one.claim.test, judged, say),
        )
        for one in found
        for evidence, readings in (
            (say.t("all evidence"), one.readings),
            (say.t("every state asked alike"), one.equal),
        )
        for reading in readings
        for judged in reading.judged
    ]
    return table_html(say.t("What went in"), columns, rows)


def _numbers(test: Test, judged: Judged, say: Speech) -> tuple[str, ...]:
    outcome, money = judged.outcome, test.kind == "dollars_share"
    amounts = (
        say.usd(value) if money else say.number(value, 1)
        for value in (outcome.amount, outcome.total)
    )
    return (
        NEED_NAMES[outcome.need](say) if outcome.need else say.number(None),
        *amounts,
        say.number(None if money else outcome.reached),
        say.number(outcome.activities),
        say.percent(outcome.share, 1) if outcome.share == outcome.share else say.number(None),
        say.percent(outcome.need_share, 2)
        if outcome.need_share == outcome.need_share
        else say.number(None),
        statistic_text(test, outcome.value, say),
        say.decimal(outcome.p, 4),
        say.decimal(outcome.corrected, 4),
        VERDICTS[judged.verdict](say),
    )


def _rows(claim: Claim, found: Finding, say: Speech) -> Markup:
    """Where the rows and the values can be had: as CSV, as JSON and on the map."""
    rule, money = counting_rule_of(claim.test, found.period), claim.test.kind == "dollars_share"
    if money:
        rule = like_over_like(claim.test, rule)
    view = rule.view.with_(measure="usd" if money else "activities", lang=say.lang)
    return Markup('<a href="{csv}">{rows}</a> · <a href="{json}">{values}</a> · {map}').format(
        csv=ledger_address(view, ""),
        json=values_address(view, "json"),
        rows=say.t("the activities as CSV"),
        values=say.t("the states’ values as JSON"),
        map=here_html(address_of(view), say.t("the same view on the map")),
    )
