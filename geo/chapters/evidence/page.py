"""The page *Is the essay right?* as a whole: the answer, the claims, and the rule behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlencode

from markupsafe import Markup

from geo.atlas import Atlas, json_text
from geo.chapters.evidence.claim import claim_html, evidence_html
from geo.chapters.evidence.grid import MARKS, grid_html, holds_text
from geo.chapters.evidence.objections import objections_html
from geo.chapters.evidence.query import Asked, spell_asked
from geo.chapters.evidence.receipts import receipt_html
from geo.chapters.evidence.reporting import reporting_html, reporting_lead_html
from geo.chapters.evidence.words import (
    VERDICTS,
    claim_title,
    dated_text,
    evidence_caveat,
    evidence_headline,
    evidence_title,
    fact,
    verdict_text,
    why,
)
from geo.drawing import each, here_html, opened_html, section_html
from geo.equity.claims import STANDS, Claim, Finding, Verdict, finding, grid_of, load_claims
from geo.language import Say, Speech, t
from geo.view import View, address_of, carried

FIRST: Final = ("border", "prevention_cities", "confined", "veracruz", "inequality")
"""The claims that are not folded away, in the order in which they are told."""

ANSWERS: Final[tuple[tuple[Say, tuple[Verdict, ...]], ...]] = (
    (t("Borne out, in full or in part:"), STANDS),
    (
        t("Not borne out:"),
        (Verdict.NOT_AS_WORDED, Verdict.CONTRADICTED),
    ),
    (t("Cannot be tested:"), (Verdict.CANNOT_TEST,)),
)
"""The lines of the answer, with the verdicts that each of them tells of."""

FACTOR_LINKS: Final = (1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 20.0)
"""The factors for the South that the page leads to where it has no slider."""


def evidence_told(atlas: Atlas, _view: View, asked: Asked, say: Speech) -> tuple[str, str]:
    """The verdict of the claim that is asked for with its numbers, else how all of them fare."""
    caveat = evidence_caveat(atlas, say)
    if not asked.claim:
        return evidence_headline(atlas, say), caveat
    claims = load_claims(atlas.data)
    found = finding(atlas, shown_claim(atlas, asked), claims.written)
    text = f"{_verdict_of(found, say)}. {fact(atlas, found, say)}"
    return text, f"{why(found, claims, say)} {caveat}"


def evidence_titled(atlas: Atlas, _view: View, asked: Asked, say: Speech) -> Iterator[str]:
    """A claim with its verdict, else how many of all are borne out."""
    claims = load_claims(atlas.data)
    if asked.claim:
        yield _verdict_of(finding(atlas, shown_claim(atlas, asked), claims.written), say)
        yield option_text(atlas, shown_claim(atlas, asked).claim_id, say)
    yield evidence_title(atlas, say)


def _verdict_of(found: Finding, say: Speech) -> str:
    """A claim with its verdict, in a few words."""
    verdict = verdict_text(found, say)
    return say.t(
        "{claim}: {verdict}",
        claim=claim_title(found.claim, say),
        verdict=f"{verdict[0].lower()}{verdict[1:]}",
    )


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


def option_text(atlas: Atlas, claim_id: str, say: Speech) -> str:
    """A claim in the control: its few words and its verdict."""
    claims = load_claims(atlas.data)
    claim = claims.of(claim_id)
    verdict = finding(atlas, claim, claims.written).verdict
    return say.t(
        "{claim}: {verdict}", claim=claim_title(claim, say), verdict=VERDICTS[verdict](say).lower()
    )


def evidence_head(atlas: Atlas, asked: Asked, say: Speech) -> tuple[str, str]:
    """The heading of the page: the claim that is asked for with its verdict, else all of them."""
    if not asked.claim:
        return evidence_headline(atlas, say), evidence_caveat(atlas, say)
    claims = load_claims(atlas.data)
    found = finding(atlas, shown_claim(atlas, asked), claims.written)
    return _verdict_of(found, say), fact(atlas, found, say)


def evidence_page_html(atlas: Atlas, view: View, asked: Asked, where: str, say: Speech) -> Markup:
    """The page under its head, whole, as it is without the app; `where` is its own address."""
    return Markup("").join(
        (
            claims_html(atlas, view, asked, where, say),
            objections_html(atlas, say),
            reporting_lead_html(atlas, say),
            _factors(view, asked, say),
            reporting_html(atlas, asked.under, say),
            further_html(view, say),
        )
    )


def claims_html(atlas: Atlas, view: View, asked: Asked, where: str, say: Speech) -> Markup:
    """The answer, then the claims row by row; the one that is asked for opens under its own."""
    claims = load_claims(atlas.data)
    shown = [claims.of(name) for name in FIRST if name in claims.ids]
    folded = [claim for claim in claims.claims if claim not in shown]
    opened = asked.claim in {claim.claim_id for claim in folded}

    def rows(of: list[Claim]) -> Markup:
        return Markup('<ul class="ma-ev-claims">{}</ul>').format(
            Markup("").join(_row(atlas, claim, view, asked, where, say) for claim in of)
        )

    more = say.n("{count} more claim", "{count} more claims", len(folded))
    return Markup(
        '{contents}{answer}<section class="ma-ev-section" id="claims"><h2>{title}</h2>{rows}'
        '<details class="ma-fold ma-ev-more"{open}><summary>{more}</summary>{folded}</details>'
        "</section>"
    ).format(
        contents=_contents(view, say),
        answer=answer_html(atlas, view, asked, say),
        title=say.t("Claim by claim"),
        rows=rows(shown),
        open=Markup(" open") if opened else "",
        more=more,
        folded=rows(folded),
    )


def answer_html(atlas: Atlas, view: View, asked: Asked, say: Speech) -> Markup:
    """The answer in three lines, each claim under what came of it, and a bar of the verdicts."""
    claims = load_claims(atlas.data)
    found = [finding(atlas, claim, claims.written) for claim in claims.claims]
    lines = [
        (
            lead(say),
            Markup(" · ").join(
                _link(one.claim, view, asked, say) for one in found if one.verdict in verdicts
            ),
        )
        for lead, verdicts in ANSWERS
        if any(one.verdict in verdicts for one in found)
    ]
    ordered = sorted((one.verdict for one in found), key=list(VERDICTS).index)
    counts = Counter(ordered)
    return Markup(
        '<section class="ma-ev-answer" id="answer">{lines}<div class="ma-ev-verdicts" role="img" '
        'aria-label="{label}">{bar}</div><ul class="ma-key" aria-hidden="true">{key}</ul></section>'
    ).format(
        lines=each("<p><b>{}</b> {}</p>", lines),
        label=", ".join(f"{VERDICTS[v](say)}: {counts[v]}" for v in VERDICTS if counts[v]),
        bar=each('<i class="{}">{}</i>', ((v.value, MARKS[v]) for v in ordered)),
        key=each(
            '<li><span class="ma-ev-chip {}">{}</span> {}</li>',
            ((v.value, VERDICTS[v](say), counts[v]) for v in VERDICTS if counts[v]),
        ),
    )


def _row(atlas: Atlas, claim: Claim, view: View, asked: Asked, where: str, say: Speech) -> Markup:
    """A claim with its verdicts, what to quote, and in how many ways to count it holds."""
    claims, opened = load_claims(atlas.data), claim.claim_id == asked.claim
    written, later = (finding(atlas, claim, one) for one in (claims.written, claims.later))
    grid = grid_of(atlas, claim)
    return Markup(
        '<li id="claim-{name}"><h3>{link}</h3><p class="ma-ev-chips">{chips}</p><p>{fact}</p>'
        '<p class="ma-small">{ways}</p>{opened}</li>'
    ).format(
        name=claim.claim_id,
        link=_link(claim, view, asked, say),
        chips=_chips(written, later, say),
        # What is open says it again, larger.
        fact="" if opened else fact(atlas, written, say),
        ways=say.t("Holds in {of} ways to count", of=holds_text(grid, say)) if grid.tested else "",
        opened=opened_claim_html(atlas, claim, where, say) if opened else "",
    )


def opened_claim_html(atlas: Atlas, claim: Claim, where: str, say: Speech) -> Markup:
    """One claim in full: words and verdicts, chart and rows, how far it depends on counting."""
    inside = Markup(
        '<div class="ma-ev-open" id="claim"><div>{}{}</div><div>{}</div>{}</div>'
    ).format(
        claim_html(atlas, claim, say),
        receipt_html(atlas, claim, where, say),
        evidence_html(atlas, claim, say),
        grid_html(atlas, claim, say),
    )
    return opened_html("claim", claim.claim_id, inside)


def _chips(written: Finding, later: Finding, say: Speech) -> Markup:
    """The verdicts to the ends of both periods, one chip where they agree."""
    first, last = written.period.last, later.period.last
    if written.verdict is later.verdict:
        told = say.t("to {first} and to {last}", first=first, last=last)
        return Markup('{} <span class="ma-small">{}</span>').format(chip(written, say), told)
    return Markup(" ").join(
        Markup('<span class="ma-ev-when">{} <span class="ma-small">{}</span></span>').format(
            chip(one, say), say.t("to {year}", year=one.period.last)
        )
        for one in (written, later)
    )


def chip(found: Finding, say: Speech) -> Markup:
    """A verdict as a chip that is told apart by its words, its mark and its colour."""
    return Markup('<span class="ma-ev-chip {}">{}</span>').format(
        found.verdict.value, VERDICTS[found.verdict](say)
    )


def _link(claim: Claim, view: View, asked: Asked, say: Speech) -> Markup:
    """The way to a claim, and back from the one that is open: a link, which the app follows."""
    opened = claim.claim_id == asked.claim
    then = Asked("" if opened else claim.claim_id, asked.under)
    query = carried(view) | spell_asked(then)
    return Markup(
        '<a href="./evidence?{}#{}" target="_self" data-go="{}" aria-expanded="{}">{}</a>'
    ).format(
        urlencode(query),
        "claims" if opened else "claim",
        json_text({"claim": then.claim or None}),
        "true" if opened else "false",
        claim_title(claim, say),
    )


def _factors(view: View, asked: Asked, say: Speech) -> Markup:
    """Factors for the South as links: what stands in place of the slider where no app runs."""
    links = Markup(" · ").join(
        Markup('<a href="./evidence?{}#reporting"{}>{}</a>').format(
            urlencode(carried(view) | spell_asked(Asked(asked.claim, factor))),
            Markup(' aria-current="true"') if factor == asked.under else "",
            say.t("{value}×", value=say.number(factor, 1)),
        )
        for factor in FACTOR_LINKS
    )
    return Markup('<p class="ma-ev-factors">{}: {}</p>').format(
        say.t("Southern evidence, multiplied by"), links
    )


def _contents(view: View, say: Speech) -> Markup:
    """The sections of the page."""
    entries = (
        ("#claims", say.t("Claim by claim")),
        ("#objections", say.t("Objections, recomputed")),
        ("#reporting", say.t("What if the South was reported less?")),
        (address_of(view, "./inequality"), say.t("How unequal, and how sure?")),
        (f"{address_of(view, './methods')}#rule", say.t("How a verdict is made")),
    )
    return Markup('<p class="ma-ev-contents">{}</p>').format(
        Markup(" · ").join(here_html(*entry) for entry in entries)
    )


def further_html(view: View, say: Speech) -> Markup:
    """What is beyond the page: the indices, the rule, and the same for programs."""
    lines = (
        (
            "inequality",
            address_of(view, "./inequality"),
            say.t("How unequal, and how sure?"),
            say.t("Every index of inequality, for the activities or dollars you choose."),
        ),
        (
            "rule",
            f"{address_of(view, './methods')}#rule",
            say.t("How a verdict is made"),
            say.t("The thresholds, their day, and what lowers a verdict."),
        ),
    )
    files = Markup(" · ").join(
        Markup('<a href="/api/v1/claims.{}?lang={}" download>{}</a>').format(form, say.lang, name)
        for form, name in (("csv", "CSV"), ("json", "JSON"))
    )
    return Markup('<section class="ma-ev-further">{}<p>{} {}</p></section>').format(
        each('<p id="{}"><a href="{}" target="_self">{}</a> {}</p>', lines),
        say.t("All claims and objections, with every number:"),
        files,
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
    return section_html(
        "rule",
        say.t("How a verdict is made"),
        Markup('<p>{}</p><dl class="ma-ev-rule">{}</dl>').format(dated_text(claims, say), rows),
        lead=say.t(
            "The thresholds stand in data/claims.yaml, each with its reason. Of several yardsticks "
            "people leads; the others can lower a verdict and never raise it. So can the count of "
            "different places, the states off the border, the evidence found by asking every state "
            "the same questions, and most ways to count. Change the ledger and the verdicts change."
        ),
    )
