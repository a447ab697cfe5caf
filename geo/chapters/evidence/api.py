"""The API of the essay's page: its claims, readings and objections as JSON and as a table.

Every number is of the same finding, reply or catch that the page tells, and every sentence is the
page's own.
"""

from __future__ import annotations

from typing import Any, Final

from geo.atlas import Atlas, csv_text, kept
from geo.chapters.evidence.objections import EFFECTS, OBJECTIONS, answer
from geo.chapters.evidence.query import Asked, spell_asked
from geo.chapters.evidence.receipts import null_text
from geo.chapters.evidence.reporting import reporting_sentence
from geo.chapters.evidence.words import (
    VERDICTS,
    away_text,
    dated_text,
    dollars_scene,
    effort_text,
    fact,
    other_reading_text,
    outcome_deals,
    reading_text,
    verdict_text,
    why,
)
from geo.equity import Catches, completeness
from geo.equity.claims import (
    Claim,
    Finding,
    Outcome,
    Reading,
    Reply,
    Test,
    counting_rule_of,
    finding,
    load_claims,
    places_reached,
    replies,
    under_reporting,
)
from geo.language import Speech, speech
from geo.scene import Scene, build_scene
from geo.view import Notice, View, carried, spell_query, with_query
from geo.words import file_name, ignored, tell

BORDER: Final = "border"
"""The claim that the objections are raised against."""

LEAD: Final = (
    *("need", "value", "low", "high", "share", "need_share", "amount", "total", "reached"),
    *("activities", "weak_links", "p", "p_corrected", "p_in_words"),
)
"""What a table tells of the need that leads."""

PLACES: Final = ("municipalities", "municipalities_inside", "whole_states")
ROW: Final = ("activity_id", "share", "border_share_without")

COLUMNS: Final = (
    *("claim", "from", "to", "verdict", "verdict_in_words", "because", "ways_shared"),
    *("ways_tested", "equal_effort", "next_verdict", "next_at", "next_unit", "next_move"),
    *("next_alike", *LEAD, "value_homicides", "value_poverty", *PLACES),
    *(f"named_{name}" for name in ROW),
    *("objections_stand", "objections_weaken", "objections_fall", "objections_open"),
    *(f"{name}_{region}" for region in ("border", "others") for name in ("met", "known", "floor")),
    *("fisher_p", "essay_words", "says", "fact", "why", "thresholds_set", "thresholds_digest"),
    *("data_version", "licence", "page"),
)
"""The columns of the table, of which each claim has a row for each period."""


def claims_json(
    atlas: Atlas,
    view: View,
    asked: Asked,
    notices: tuple[Notice, ...] = (),
    base: str = "",
) -> dict[str, Any]:
    """Every claim, or the one asked for, with what the page says of it; `base` is the server's."""
    say, claims = speech(view.lang), load_claims(atlas.data)
    first = claims.dated[0]
    return {
        "view": {"lang": view.lang} | spell_asked(asked),
        "ignored": ignored(notices, say),
        "without_effect": sorted(set(spell_query(view)) - {"lang"}),
        "data_version": atlas.version,
        "licence": tell(atlas, View(lang=view.lang)).licence,
        "page": _page(base, asked, view.lang),
        "thresholds": {
            "set": first.on.isoformat(),
            "digest": claims.digest,
            "changed": [one.on.isoformat() for one in claims.dated[1:]],
            "p_limit": claims.p_limit,
            "least_activities": claims.min_activities,
            "told": dated_text(claims, say),
        },
        "claims": [
            one | {"page": _page(base, Asked(one["id"], asked.under), view.lang)}
            for one in _claims(atlas, view.lang)
            if asked.claim in ("", one["id"])
        ],
        "recapture": _recapture(atlas),
        "south": _south(atlas, asked.under, say),
    }


def claims_csv(atlas: Atlas, view: View, asked: Asked, base: str = "") -> str:
    """A row for each claim and period (UTF-8, comma, LF), with what the JSON holds of both."""
    body = claims_json(atlas, view, asked, base=base)
    return csv_text(
        COLUMNS,
        (_row(body, claim, period) for claim in body["claims"] for period in claim["periods"]),
    )


def claims_file_name(atlas: Atlas, asked: Asked, lang: str) -> str:
    """The name under which the table is kept."""
    told = (f"{name}-{value}" for name, value in spell_asked(asked).items())
    return file_name(atlas, "claims.csv", *told, lang)


def _page(base: str, asked: Asked, lang: str) -> str:
    return with_query(f"{base}/evidence", carried(View(lang=lang)) | spell_asked(asked))


@kept(maxsize=4)
def _claims(atlas: Atlas, lang: str) -> tuple[dict[str, Any], ...]:
    """Every claim in the order of the page, whatever the reader chose."""
    say, claims = speech(lang), load_claims(atlas.data)
    return tuple(
        {
            "id": claim.claim_id,
            "essay_words": claim.phrase,
            "essay_place": claim.place[lang],
            "short": claim.short[lang],
            "says": claim.says[lang],
            "refuted_by": claim.refuted[lang],
            "test": _test(claim.test, lang),
            "p_is": null_text(claim.test, claims, say),
            "periods": [
                _period(atlas, finding(atlas, claim, period), say)
                for period in (claims.written, claims.later)
            ],
            "objections": _objections(atlas, claim, say),
        }
        for claim in claims.claims
    )


def _test(test: Test, lang: str) -> dict[str, Any] | None:
    if test.kind == "no_data":
        return None
    return {
        "kind": test.kind,
        "direction": test.direction,
        "supported": test.supported,
        "partly": test.partly,
        "contradicted": test.contradicted,
        "group": test.group.titles[lang] if test.group else None,
        "needs": list(test.needs),
        "why": test.why[lang],
    }


def _period(atlas: Atlas, found: Finding, say: Speech) -> dict[str, Any]:
    test, away = found.claim.test, found.away
    return {
        "from": found.period.first,
        "to": found.period.last,
        "verdict": found.verdict.value,
        "verdict_in_words": verdict_text(found, say),
        "because": found.because.value,
        "hangs_on": found.decided.name,
        "fact": fact(atlas, found, say),
        "why": why(found, load_claims(atlas.data), say),
        "ways": {"shared": found.ways.shared, "tested": found.ways.tested},
        "before_ways": {
            "verdict": found.sought.verdict.value,
            "shared": found.sought.shared,
            "tested": found.sought.tested,
        },
        "next": None
        if away is None
        else {
            "at": away.times,
            "unit": away.unit,
            "move": away.move,
            "asked_of_all_alike": away.alike,
            "verdict": away.verdict.value if away.verdict else None,
        },
        "next_in_words": away_text(found, say),
        "readings": [_reading(atlas, found, one, say) for one in found.readings],
        "equal_effort": {
            "verdict": found.equal_verdict.value,
            "told": effort_text(found, say),
            "readings": [_reading(atlas, found, one, say) for one in found.equal],
        },
        "places": _places(atlas, found),
        "named_row": _named(dollars_scene(atlas, found)) if test.kind == "dollars_share" else None,
    }


def _reading(atlas: Atlas, found: Finding, reading: Reading, say: Speech) -> dict[str, Any]:
    test, claims = found.claim.test, load_claims(atlas.data)
    return {
        "name": reading.name,
        "verdict": reading.verdict.value,
        "because": reading.because.value,
        "told": other_reading_text(test, reading, claims, say)
        or reading_text(test, reading, claims, say),
        "needs": [
            _outcome(test, one.outcome, say)
            | {"verdict": one.verdict.value, "because": one.because.value}
            for one in reading.judged
        ],
    }


def _outcome(test: Test, outcome: Outcome, say: Speech) -> dict[str, Any]:
    """Times or dollars as `amount` and `total`, activities as `reached` and `activities`."""
    return {
        "need": outcome.need or None,
        "value": _number(outcome.value),
        "low": _number(outcome.low),
        "high": _number(outcome.high),
        "share": _number(outcome.share),
        "need_share": _number(outcome.need_share),
        "amount": _number(outcome.amount),
        "total": _number(outcome.total),
        # Dollars are not told apart by whom they reached.
        "reached": None if test.kind == "dollars_share" else outcome.reached,
        "activities": outcome.activities,
        "weak_links": outcome.weak_links,
        "p": outcome.p,
        "p_corrected": outcome.corrected,
        "p_in_words": outcome_deals(test, outcome, say) or None,
    }


def _places(atlas: Atlas, found: Finding) -> dict[str, int] | None:
    """The different places, of a claim about places."""
    test = found.claim.test
    if test.kind != "places_share":
        return None
    reached = places_reached(atlas, test, counting_rule_of(test, found.period))
    counts = (reached.municipalities, reached.inside, reached.whole_states)
    return dict(zip(PLACES, counts, strict=True))


def _named(scene: Scene) -> dict[str, Any] | None:
    """The one row with more than half of the dollars, as the page names it."""
    row = scene.dominant
    if row is None:
        return None
    parts = (row.activity.activity_id, row.share, row.border_share_without)
    return dict(zip(ROW, parts, strict=True))


def _objections(atlas: Atlas, claim: Claim, say: Speech) -> list[dict[str, Any]]:
    """The objections to a claim as they are answered; of all years."""
    if claim.claim_id != BORDER:
        return []
    first, *rest = replies(atlas)
    return [_objection(atlas, first, reply, say) for reply in rest]


def _objection(atlas: Atlas, first: Reply, reply: Reply, say: Speech) -> dict[str, Any]:
    money = reply.objection == "money"
    test = load_claims(atlas.data).of(BORDER).test
    return {
        "id": reply.objection,
        "says": OBJECTIONS[reply.objection][0](say),
        "effect": reply.effect.value,
        "effect_in_words": EFFECTS[reply.effect](say),
        "verdict": reply.verdict.value,
        "verdict_in_words": VERDICTS[reply.verdict](say),
        "answer": answer(atlas, first, reply, say),
        "left_out": reply.named or None,
        "from": reply.selection.first,
        "to": reply.selection.last,
        "outcome": _outcome(test, reply.outcome, say) | ({"reached": None} if money else {}),
        "named_row": _named(build_scene(atlas, View(measure="usd"))) if money else None,
    }


def _recapture(atlas: Atlas) -> dict[str, Any]:
    """What an independent search met again, by region, with what there is at the least."""
    found = completeness(atlas)
    return {
        "border": _catches(found.border),
        "others": _catches(found.others),
        "by_same_source": found.same_source,
        "fisher_p": found.p,
    }


def _catches(catches: Catches) -> dict[str, Any]:
    number, error = catches.all
    return {
        "known": catches.first,
        "met_again": catches.both,
        "second_search": catches.second,
        "rate": catches.rate.rate,
        "rate_low": catches.rate.low,
        "rate_high": catches.rate.high,
        "chapman": number,
        "chapman_error": error,
    }


def _south(atlas: Atlas, factor: float, say: Speech) -> dict[str, Any]:
    """The border's ratio by people, were the South documented so many times less than it is."""
    case = under_reporting(atlas, "population", "south")
    return {
        "factor": factor,
        "share": _number(case.share(factor)),
        "ratio": _number(case.ratio(factor)),
        "vanishes_at": _number(case.vanishes_at()),
        "told": reporting_sentence(atlas, factor, say),
    }


def _row(body: dict[str, Any], claim: dict[str, Any], period: dict[str, Any]) -> dict[str, Any]:
    needs = [one for reading in period["readings"][:1] for one in reading["needs"]]
    values = {one["need"]: one["value"] for one in needs}
    effects = [one["effect"] for one in claim["objections"]]
    away, places, named = (period[name] or {} for name in ("next", "places", "named_row"))
    counted = dict(
        zip(
            ("objections_stand", "objections_weaken", "objections_fall", "objections_open"),
            (effects.count(effect.value) if effects else None for effect in EFFECTS),
            strict=True,
        )
    )
    caught = {
        f"{name}_{region}": body["recapture"][region][of]
        for region in ("border", "others")
        for name, of in (("met", "met_again"), ("known", "known"), ("floor", "chapman"))
    }
    return {
        "claim": claim["id"],
        **{name: period[name] for name in ("from", "to", "verdict", "verdict_in_words")},
        **{name: period[name] for name in ("because", "fact", "why")},
        "ways_shared": period["ways"]["shared"],
        "ways_tested": period["ways"]["tested"],
        "equal_effort": period["equal_effort"]["verdict"],
        "next_verdict": away.get("verdict"),
        "next_at": away.get("at"),
        "next_unit": away.get("unit"),
        "next_move": away.get("move"),
        "next_alike": away.get("asked_of_all_alike"),
        **{name: needs[0][name] if needs else None for name in LEAD},
        "value_homicides": values.get("homicides"),
        "value_poverty": values.get("poverty"),
        **{name: places.get(name) for name in PLACES},
        **{f"named_{name}": named.get(name) for name in ROW},
        **counted,
        **caught,
        "fisher_p": body["recapture"]["fisher_p"],
        **{name: claim[name] for name in ("essay_words", "says", "page")},
        "thresholds_set": body["thresholds"]["set"],
        "thresholds_digest": body["thresholds"]["digest"],
        **{name: body[name] for name in ("data_version", "licence")},
    }


def _number(value: float) -> float | None:
    """A number that can be written; None for what is none, or has no end."""
    return value if abs(value) < float("inf") else None
