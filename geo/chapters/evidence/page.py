"""The Evidence page as a whole: the claims with their verdicts, and the rule behind these."""

from __future__ import annotations

from urllib.parse import urlencode

from markupsafe import Markup

from geo.atlas import Atlas
from geo.chapters.evidence.grid import holds_text
from geo.chapters.evidence.query import Asked, spell_asked
from geo.chapters.evidence.words import (
    VERDICTS,
    claim_title,
    dated_text,
    evidence_caveat,
    evidence_headline,
    fact,
    verdict_text,
    why,
)
from geo.drawing import Column, each, table_html
from geo.equity.claims import Claim, Finding, Verdict, finding, grid_of, load_claims
from geo.language import Speech
from geo.view import View, carried


def evidence_told(atlas: Atlas, _view: View, asked: Asked, say: Speech) -> tuple[str, str]:
    """The verdict of the claim that is asked for with its numbers, else how all of them fare."""
    caveat = evidence_caveat(atlas, say)
    if not asked.claim:
        return evidence_headline(atlas, say), caveat
    claims = load_claims(atlas.data)
    found = finding(atlas, shown_claim(atlas, asked), claims.written)
    verdict = verdict_text(found, say)
    named = say.t(
        "{claim}: {verdict}",
        claim=claim_title(found.claim, say),
        verdict=f"{verdict[0].lower()}{verdict[1:]}",
    )
    text = f"{named}. {fact(atlas, found, say)}"
    return text, f"{why(found, claims, say)} {caveat}"


def evidence_called(atlas: Atlas, _view: View, asked: Asked, say: Speech) -> str:
    """The claim that is asked for, never without its verdict, and what is assumed of the South."""
    parts = [option_text(atlas, shown_claim(atlas, asked).claim_id, say)] if asked.claim else []
    if asked.under != 1:
        parts.append(say.t("Southern evidence × {factor}", factor=say.number(asked.under, 1)))
    return " · ".join(parts)


def shown_claim(atlas: Atlas, asked: Asked) -> Claim:
    """The claim a reader asked for, else the first."""
    claims = load_claims(atlas.data)
    return claims.of(asked.claim) if asked.claim in claims.ids else claims.claims[0]


def claim_options(atlas: Atlas) -> tuple[str, ...]:
    """The claims that can be shown, in the order of the file."""
    return load_claims(atlas.data).ids


def option_text(atlas: Atlas, claim_id: str, say: Speech) -> str:
    """A claim in the control: its few words and its verdict."""
    claims = load_claims(atlas.data)
    claim = claims.of(claim_id)
    verdict = finding(atlas, claim, claims.written).verdict
    return say.t(
        "{claim}: {verdict}", claim=claim_title(claim, say), verdict=VERDICTS[verdict](say).lower()
    )


def overview_html(atlas: Atlas, view: View, asked: Asked, say: Speech) -> Markup:
    """Every claim with its verdicts, what to quote, and in how many ways to count it holds."""
    claims = load_claims(atlas.data)
    columns = (
        Column(say.t("Claim"), kind="ma-ev-what"),
        Column(say.t("To {year}", year=claims.written.last), kind="ma-ev-cell"),
        Column(say.t("To {year}", year=claims.later.last), kind="ma-ev-cell"),
        Column(say.t("To quote"), kind="ma-ev-quote"),
        Column(say.t("Holds, of the ways to count"), number=True),
    )
    rows = []
    for claim in claims.claims:
        written = finding(atlas, claim, claims.written)
        later = finding(atlas, claim, claims.later)
        rows.append(
            (
                _link(claim, view, asked, say),
                chip(written, say),
                chip(later, say),
                fact(atlas, written, say),
                holds_text(grid_of(atlas, claim), say),
            )
        )
    return Markup('<section class="ma-ev-section" id="claims">{}</section>').format(
        table_html(say.t("The claims and their verdicts"), columns, rows, kind="ma-ev-overview")
    )


def chip(found: Finding, say: Speech) -> Markup:
    """A verdict as a chip that is told apart by its words, its mark and its colour."""
    return Markup('<span class="ma-ev-chip {}">{}</span>').format(
        found.verdict.value, VERDICTS[found.verdict](say)
    )


def _link(claim: Claim, view: View, asked: Asked, say: Speech) -> Markup:
    query = carried(view) | spell_asked(Asked(claim.claim_id, asked.under))
    return Markup('<a href="./evidence?{}" target="_self">{}</a>').format(
        urlencode(query), claim_title(claim, say)
    )


def contents_html(say: Speech) -> Markup:
    """The sections of the page."""
    entries = (
        ("claim", say.t("One claim in full")),
        ("objections", say.t("Objections, recomputed")),
        ("reporting", say.t("What if the South was reported less?")),
        ("inequality", say.t("How unequal, and how sure?")),
        ("rule", say.t("How a verdict is made")),
    )
    return Markup('<p class="ma-ev-contents">{}</p>').format(
        Markup(" · ").join(Markup('<a href="#{}">{}</a>').format(*entry) for entry in entries)
    )


def rule_html(atlas: Atlas, say: Speech) -> Markup:
    """How numbers become a verdict, with the limits of it."""
    claims = load_claims(atlas.data)
    meanings = {
        Verdict.SUPPORTED: say.t("The documents meet the threshold that the words ask for."),
        Verdict.PARTLY: say.t(
            "Only a weaker reading is met, or not by every yardstick, or not where every state was "
            "asked alike, or not in most ways to count; or activities that go where the need is "
            "would do as much in more than {limit} of deals.",
            limit=say.percent(claims.p_limit),
        ),
        Verdict.NOT_AS_WORDED: say.t("Neither a weaker reading nor its opposite is met."),
        Verdict.CONTRADICTED: say.t("What is named as its refutation is the case."),
        Verdict.CANNOT_TEST: say.t(
            "Fewer than {count} activities, dollars without a place that could tip it, or no data.",
            count=say.number(claims.min_activities),
        ),
    }
    rows = each(
        '<dt><span class="ma-ev-chip {}">{}</span></dt><dd>{}</dd>',
        ((verdict.value, VERDICTS[verdict](say), text) for verdict, text in meanings.items()),
    )
    return Markup(
        '<section class="ma-ev-section" id="rule"><h2>{}</h2><p class="ma-lead">{}</p>'
        "<p>{}</p><dl>{}</dl></section>"
    ).format(
        say.t("How a verdict is made"),
        say.t(
            "The thresholds stand in data/claims.yaml, each with its reason. Of several yardsticks "
            "people leads; the others can lower a verdict and never raise it. So can the count of "
            "different places, the states off the border, the evidence found by asking every state "
            "the same questions, and most ways to count. Change the ledger and the verdicts change."
        ),
        dated_text(claims, say),
        rows,
    )
