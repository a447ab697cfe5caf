"""Receipts: for the numbers of a claim, the formula, what went in, the rows, and how to cite it."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from markupsafe import Markup

from geo.atlas import Atlas
from geo.chapters.evidence.claim import chosen_rows
from geo.chapters.evidence.words import NEED_NAMES, VERDICTS, fact, statistic_text
from geo.drawing import Column, sources_html, table_html
from geo.equity.claims import Claim, Finding, Test, counting_rule_of, finding, load_claims
from geo.language import Say, Speech
from geo.policy import DISPLACEMENT_DRAWS
from geo.view import address_of, ledger_address, values_address

FORMULAS: Final[dict[str, Say]] = {
    "places_share": lambda say: say.t(
        "pairs of an activity and a place of the group ÷ all such pairs; a place is a "
        "municipality, or the state where none is named"
    ),
    "dollars_share": lambda say: say.t(
        "lowest: dollars tied to the group ÷ all dollars; highest: (all dollars − dollars tied "
        "elsewhere) ÷ all dollars"
    ),
    "group_ratio": lambda say: say.t(
        "(activities in the group ÷ activities in all states) ÷ (need of the group ÷ need of all "
        "states); an activity counts once in each state it reaches"
    ),
    "group_share": lambda say: say.t(
        "activities in the group ÷ activities in all states; an activity counts once in each "
        "state it reaches"
    ),
    "state_ratio": lambda say: say.t(
        "(activities in the state ÷ activities in all states) ÷ (its people ÷ all people); an "
        "activity counts once in each state it reaches"
    ),
    "displacement": lambda say: say.t(
        "½ × the sum over all states of |share of activities − share of need| (Hoover index)"
    ),
}


def chance_text(test: Test, say: Speech) -> str:
    """How chance was worked out for a kind of test; empty where it was not."""
    if test.kind == "group_ratio":
        return say.t(
            "Chance: how often as many states drawn at random differ as much from the others, over "
            "all possible choices where they are at most a million, else 9,999 random ones."
        )
    if test.kind == "state_ratio":
        return say.t(
            "Chance: how often at most so many of the documented pairs fall on the state, each "
            "pair by itself with the state’s share of the people (binomial)."
        )
    if test.kind == "displacement":
        return say.t(
            "Chance: how often as many presences dealt out by need, {count} times, are as unequal.",
            count=say.number(DISPLACEMENT_DRAWS),
        )
    return ""


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
            chance_text(claim.test, say),
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
        title=say.t("Receipt: formula, inputs, rows, sources, citation"),
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
        verdict=VERDICTS[found.verdict](say),
        fact=fact(atlas, found, say),
        version=atlas.version,
        address=f"{where or '/evidence'}?{urlencode(query)}",
    )


def _inputs(found: list[Finding], say: Speech) -> Markup:
    columns = (
        Column(say.t("Period")),
        Column(say.t("Held against")),
        Column(say.t("In the group"), number=True),
        Column(say.t("In all"), number=True),
        Column(say.t("Share"), number=True),
        Column(say.t("Share of need"), number=True),
        Column(say.t("Statistic"), number=True),
        Column(say.t("p"), number=True),
        Column(say.t("Verdict")),
    )
    rows = []
    for one in found:
        for judged in one.judged:
            outcome, money = judged.outcome, one.claim.test.kind == "dollars_share"
            amounts = [
                say.usd(value) if money else say.number(value, 1)
                for value in (outcome.amount, outcome.total)
            ]
            need = NEED_NAMES[outcome.need](say) if outcome.need else say.number(None)
            has_need = outcome.need_share == outcome.need_share
            rows.append(
                (
                    f"{one.period.first}–{one.period.last}",
                    need,
                    *amounts,
                    say.percent(outcome.share, 1) if outcome.total else say.number(None),
                    say.percent(outcome.need_share, 2) if has_need else say.number(None),
                    statistic_text(one.claim.test, outcome.value, say),
                    say.decimal(outcome.p, 4),
                    VERDICTS[judged.verdict](say),
                )
            )
    return table_html(say.t("What went in"), columns, rows)


def _rows(claim: Claim, found: Finding, say: Speech) -> Markup:
    """Where the rows and the values can be had: as CSV, as JSON and on the map."""
    view = counting_rule_of(claim.test, found.period).view.with_(
        measure="usd" if claim.test.kind == "dollars_share" else "activities", lang=say.lang
    )
    return Markup(
        '<a href="{csv}">{rows}</a> · <a href="{json}">{values}</a> · '
        '<a href="{map}" target="_self">{shown}</a>'
    ).format(
        csv=ledger_address(view, ""),
        json=values_address(view, "json"),
        rows=say.t("the activities as CSV"),
        values=say.t("the states’ values as JSON"),
        map=address_of(view),
        shown=say.t("the same view on the map"),
    )
