"""One claim on the essay's page: what is said, the verdict, its chart with numbers, its rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from markupsafe import Markup

from geo.atlas import Activity, Atlas
from geo.chapters.evidence.chart import chart_html
from geo.chapters.evidence.words import (
    effort_text,
    fact,
    other_reading_text,
    verdict_text,
    why,
)
from geo.drawing import Column, each, folded_html, here_html, link_html, table_html
from geo.equity.claims import (
    Claim,
    Claims,
    Finding,
    Test,
    counting_rule_of,
    finding,
    incidence,
    like_over_like,
    load_claims,
)
from geo.language import Say, Speech, t
from geo.view import View, address_of


def claim_html(atlas: Atlas, claim: Claim, say: Speech) -> Markup:
    """The claim with its verdicts, sentence, threshold, and what would refute it."""
    claims = load_claims(atlas.data)
    written = finding(atlas, claim, claims.written)
    later = finding(atlas, claim, claims.later)
    return Markup(
        '<section class="ma-ev-claim"><p class="ma-kind">{place}</p>'
        '<h4>{says}</h4><p class="ma-ev-phrase">{words}: <q lang="en">{phrase}</q></p>'
        '<p class="ma-ev-verdict {verdict}"><span>{named}</span></p>'
        '<p class="ma-ev-fact">{fact}</p><p class="ma-ev-why">{why}</p>{later}'
        "<dl>{terms}</dl></section>"
    ).format(
        place=claim.place[say.lang],
        says=claim.says[say.lang],
        words=say.t("The essay’s words at issue"),
        phrase=claim.phrase,
        verdict=written.verdict.value,
        named=verdict_text(written, say),
        fact=fact(atlas, written, say),
        why=why(written, claims, say),
        later=_later(atlas, later, say),
        terms=_terms(written, claims, say),
    )


def _later(atlas: Atlas, later: Finding, say: Speech) -> Markup:
    if later.claim.test.kind in ("no_data", "dollars_share"):
        return Markup("")
    return Markup('<p class="ma-ev-later"><b>{}: {}.</b> {}</p>').format(
        say.t("With all years to {year}", year=later.period.last),
        verdict_text(later, say),
        fact(atlas, later, say),
    )


def _terms(found: Finding, claims: Claims, say: Speech) -> Markup:
    claim = found.claim
    sentences = [(say.t("What would refute it"), claim.refuted[say.lang])]
    others = [other_reading_text(claim.test, one, claims, say) for one in found.readings[1:]]
    held = " ".join(text for text in (*others, effort_text(found, say)) if text)
    if held:
        sentences.append((say.t("Held another way"), held))
    if claim.test.why:
        sentences.append((say.t("Why these thresholds"), claim.test.why[say.lang]))
    if claim.test.group is not None:
        sentences.append((say.t("The group"), claim.test.group.why[say.lang]))
    return each("<dt>{}</dt><dd>{}</dd>", sentences)


def evidence_html(atlas: Atlas, claim: Claim, say: Speech) -> Markup:
    """The claim's chart with its numbers, the way to the map, and the rows behind it."""
    claims = load_claims(atlas.data)
    if claim.test.kind == "no_data":
        return _missing_html(claim, say)
    written = finding(atlas, claim, claims.written)
    return Markup('<section class="ma-ev-shown">{}<p class="ma-more">{}</p>{}</section>').format(
        chart_html(atlas, written, say),
        map_link(claim, claims.written.last, say),
        rows_html(atlas, written, say),
    )


def view_of(test: Test, last: int, lang: str) -> View:
    """The view of the Map that shows what a claim is about."""
    ratio = test.kind in ("group_ratio", "state_ratio", "displacement")
    layers = ("cities", "border") if test.kind in ("places_share", "dollars_share") else ("border",)
    if test.group is not None and test.group.flag == "sez":
        layers = ("sez",)
    codes = test.group.codes if test.group is not None else ()
    return View(
        measure="usd" if test.kind == "dollars_share" else "activities",
        per="population" if ratio else "none",
        show="ratio" if ratio else "value",
        pillar=test.pillars,
        to_year=last,
        layers=layers,
        state=codes[0] if len(codes) == 1 else "",
        lang=lang,
    )


def map_link(claim: Claim, last: int, say: Speech) -> Markup:
    """A link to the claim's view on the Map."""
    address = address_of(view_of(claim.test, last, say.lang))
    return here_html(address, say.t("See this on the map"))


NAMES: Final[dict[str, Say]] = {
    "yes": t("yes"),
    "no": t("no"),
    "unknown": t("not clearly"),
}
"""Whether an activity's sources name the Mérida Initiative."""


def chosen_rows(atlas: Atlas, found: Finding) -> tuple[tuple[Activity, bool], ...]:
    """The activities a test counted, and whether each one reaches the group."""
    test = found.claim.test
    ledger = incidence(atlas)
    rule = counting_rule_of(test, found.period)
    if test.kind == "dollars_share":
        rule = like_over_like(test, rule)
    rows, counted = ledger.chosen(rule), []
    for activity, kept in zip(ledger.activities, rows, strict=True):
        if test.kind == "dollars_share" and activity.usd is None:
            continue
        places = activity.counted_places(include_weak=False)
        if test.kind == "places_share":
            places = tuple(at for at in places if at.cvegeo)
        if kept and places:
            counted.append((activity, _reaches(atlas, test, activity)))
    return tuple(sorted(counted, key=lambda pair: (not pair[1], pair[0].activity_id)))


def rows_html(atlas: Atlas, found: Finding, say: Speech) -> Markup:
    """The activities behind a claim, folded, those of the group first."""
    rows = chosen_rows(atlas, found)
    columns = (
        Column(say.t("Activity")),
        Column(say.t("Years")),
        Column(say.t("Places")),
        Column(say.t("In the group")),
        Column(say.t("Names the Initiative")),
        Column(say.t("Sources")),
    )
    table = table_html(
        say.t("The rows behind this claim"),
        columns,
        (_cells(atlas, activity, inside, say) for activity, inside in rows),
        tall=True,
    )
    return folded_html(
        say.n(
            "{count} activity behind this claim",
            "{count} activities behind this claim",
            len(rows),
        ),
        table,
    )


def _cells(atlas: Atlas, activity: Activity, inside: bool, say: Speech) -> tuple[str | Markup, ...]:
    years = activity.years
    span = say.t("undated") if years is None else "–".join(str(y) for y in sorted(set(years)))
    places = [at.place for at in activity.counted_places(include_weak=False)]
    return (
        f"{activity.activity_id}: {activity.titles[say.lang]}",
        span,
        ", ".join(dict.fromkeys(places)),
        say.t("yes") if inside else say.t("no"),
        NAMES[activity.names_merida](say),
        links(atlas, activity.sources),
    )


def links(atlas: Atlas, source_ids: Iterable[str]) -> Markup:
    """Sources as short links by their ids, in one line."""
    found = [link_html(i, atlas.sources[i].url) for i in source_ids if i in atlas.sources]
    return Markup(", ").join(found)


def _reaches(atlas: Atlas, test: Test, activity: Activity) -> bool:
    if test.group is None:
        return True
    places = activity.counted_places(include_weak=False)
    if test.group.municipalities:
        return any(at.cvegeo in test.group.municipalities for at in places)
    reached = {at.state for at in places}
    if test.group.flag:
        return any(getattr(atlas.states[code], test.group.flag) for code in reached)
    return any(code in test.group.codes for code in reached)


def _missing_html(claim: Claim, say: Speech) -> Markup:
    items = each("<li>{}</li>", (need.what[say.lang] for need in claim.test.requires))
    return Markup(
        '<section class="ma-ev-shown"><h4>{}</h4><ul class="ma-ev-missing">{}</ul></section>'
    ).format(say.t("What is missing"), items)
