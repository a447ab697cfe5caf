"""The essay's page in words: verdicts, the one sentence of each claim, and why it is judged so."""

from __future__ import annotations

from collections import Counter
from typing import Final

from geo.atlas import Atlas
from geo.equity.claims import (
    OFF_BORDER,
    PLACES,
    Because,
    Claim,
    Claims,
    Finding,
    Judged,
    Outcome,
    Reading,
    Test,
    Verdict,
    amounts_of,
    counting_rule_of,
    finding,
    like_over_like,
    load_claims,
    members,
    places_reached,
    published_total,
)
from geo.language import Say, Speech, n, t
from geo.scene import Scene, build_scene
from geo.words import NEED_ALONE, deals_text, dominance, met_again

VERDICTS: Final[dict[Verdict, Say]] = {
    Verdict.SUPPORTED: t("Supported"),
    Verdict.PARTLY: t("Supported in part"),
    Verdict.NOT_AS_WORDED: t("Not as worded"),
    Verdict.CONTRADICTED: t("Contradicted"),
    Verdict.CANNOT_TEST: t("Cannot be tested"),
}

SCOPES: Final[dict[tuple[int, ...], Say]] = {
    (): t("the collaboration"),
    (4,): t("crime prevention"),
    (2, 4): t("prevention and the fight against organised crime"),
    (1, 2, 4): t("prevention, organised crime, police and justice"),
}
"""The priorities a claim is about, in words."""

NEED_NAMES: Final[dict[str, Say]] = {"equal": t("every state alike"), **NEED_ALONE}


def verdict_text(found: Finding, say: Speech) -> str:
    """A verdict with how many ways to count share it."""
    verdict = VERDICTS[found.verdict](say)
    if not found.ways.tested:
        return verdict
    return say.t(
        "{verdict}, in {shared} of {tested} ways to count",
        verdict=verdict,
        shared=say.number(found.ways.shared),
        tested=say.number(found.ways.tested),
    )


def evidence_headline(atlas: Atlas, say: Speech) -> str:
    """How many claims come out how, for what was known when the essay was written."""
    found = _verdicts(atlas)
    return say.t(
        "Of {count} claims in the essay’s first recommendation, public documents bear out {yes}, "
        "fully or in part; {no} are not borne out and {untested} cannot be tested.",
        count=say.number(found.total()),
        yes=say.number(_borne_out(found)),
        no=say.number(found[Verdict.NOT_AS_WORDED] + found[Verdict.CONTRADICTED]),
        untested=say.number(found[Verdict.CANNOT_TEST]),
    )


def evidence_title(atlas: Atlas, say: Speech) -> str:
    """How many are borne out, as the title of a link."""
    found = _verdicts(atlas)
    return say.t(
        "Public documents bear out {yes} of {count} claims, fully or in part",
        count=say.number(found.total()),
        yes=say.number(_borne_out(found)),
    )


def _verdicts(atlas: Atlas) -> Counter[Verdict]:
    claims = load_claims(atlas.data)
    return Counter(finding(atlas, claim, claims.written).verdict for claim in claims.claims)


def _borne_out(found: Counter[Verdict]) -> int:
    return found[Verdict.SUPPORTED] + found[Verdict.PARTLY]


def evidence_caveat(atlas: Atlas, say: Speech) -> str:
    """What the verdicts are and are not."""
    claims = load_claims(atlas.data)
    return say.t(
        "Each verdict is computed from the ledger by a stated rule, first for {first}–{last}, what "
        "could be known when the essay was written. {again}",
        first=claims.written.first,
        last=claims.written.last,
        again=met_again(atlas, say),
    )


def fact(atlas: Atlas, found: Finding, say: Speech) -> str:
    """The one sentence to quote: the numbers of a claim in words."""
    test = found.claim.test
    if test.kind == "no_data":
        missing = "; ".join(need.what[say.lang] for need in test.requires)
        return say.t(
            "To test this, public documents would have to give {missing}.", missing=missing
        )
    outcome = found.judged[0].outcome
    if outcome.activities < 1:
        return say.t(
            "No documented activity of {first}–{last} with a known place bears on this.",
            first=found.period.first,
            last=found.period.last,
        )
    group = test.group.titles[say.lang] if test.group else ""
    if test.kind == "places_share":
        return _by_place(atlas, found, group, say)
    if test.kind == "dollars_share":
        text = say.t(
            "Of about {total} for {what}, documents tie {known} to a place, of which {inside} to "
            "{group}; depending on where the rest went, their share of all is anything from {low} "
            "to {high}.",
            total=say.usd_short(outcome.total),
            what=SCOPES[test.pillars](say),
            known=say.usd_short(_known(outcome)),
            inside=say.usd_short(outcome.amount),
            group=group,
            low=say.percent(outcome.low),
            high=say.percent(outcome.high),
        )
        carried = dominance(atlas, dollars_scene(atlas, found), say, border=False)
        return f"{text} {carried}".strip()
    return _by_state(atlas, found, group, say)


def dollars_scene(atlas: Atlas, found: Finding) -> Scene:
    """The scene of the dollars that a claim about dollars divides."""
    test = found.claim.test
    rule = like_over_like(test, counting_rule_of(test, found.period))
    return build_scene(atlas, rule.view.with_(measure="usd"))


def _by_place(atlas: Atlas, found: Finding, group: str, say: Speech) -> str:
    """Times documented in a place, and at how many places: one place may be documented often."""
    test, outcome = found.claim.test, found.judged[0].outcome
    times = say.n(
        "Aid for {what} is documented {count} time in a place in {first}–{last}: {share} of it in "
        "{group} ({amount}).",
        "Aid for {what} is documented {count} times in a place in {first}–{last}: {share} of it in "
        "{group} ({amount}).",
        round(outcome.total),
        what=SCOPES[test.pillars](say),
        amount=say.number(outcome.amount),
        share=say.percent(outcome.share),
        group=group,
        first=found.period.first,
        last=found.period.last,
    )
    places = places_reached(atlas, test, counting_rule_of(test, found.period))
    municipalities = say.n(
        "These are {count} municipality, {inside} of them there; {reached} of {activities} "
        "activities went there.",
        "These are {count} municipalities, {inside} of them there; {reached} of {activities} "
        "activities went there.",
        places.municipalities,
        inside=say.number(places.inside),
        reached=say.number(outcome.reached),
        activities=say.number(outcome.activities),
    )
    if not places.whole_states:
        return f"{times} {municipalities}"
    states = say.n(
        "{count} state that is named without a municipality is no place and is not counted.",
        "{count} states that are named without a municipality are no places and are not counted.",
        places.whole_states,
    )
    return f"{times} {municipalities} {states}"


def _by_state(atlas: Atlas, found: Finding, group: str, say: Speech) -> str:
    test, outcome = found.claim.test, found.judged[0].outcome
    values = {"first": found.period.first, "last": found.period.last, "group": group}
    if test.kind == "group_share":
        amounts = amounts_of(atlas, counting_rule_of(test, found.period))
        outside = ~members(atlas, test.group) if test.group else amounts >= 0
        text = say.t(
            "Of the documented activity of {first}–{last}, {share} lies in {group}, and "
            "{reached} of the {others} other states have some too.",
            share=say.percent(outcome.share),
            reached=say.number(int((amounts[outside] > 0).sum())),
            others=say.number(int(outside.sum())),
            **values,
        )
        return f"{text} {_counted(outcome, say)}"
    if test.kind == "state_ratio":
        text = _none_found(found, group, say) or say.n(
            "In {group}, {count} activity of {what} is firmly documented in {first}–{last}, where "
            "its people would call for {expected}.",
            "In {group}, {count} activities of {what} are firmly documented in {first}–{last}, "
            "where its people would call for {expected}.",
            round(outcome.amount),
            what=SCOPES[test.pillars](say),
            expected=say.number(outcome.total * outcome.need_share, 1),
            group=group,
            first=found.period.first,
            last=found.period.last,
        )
        weak = outcome.weak_links
        if not weak:
            return text
        return f"{text} " + say.n(
            "{count} more rests on weak sources.", "{count} more rest on weak sources.", weak
        )
    by_need = {one.outcome.need: one.outcome.value for one in found.judged}
    if test.kind == "displacement":
        return say.t(
            "For every state to have its share, {people} of the documented activity of "
            "{first}–{last} would have to be elsewhere by people, {homicides} by homicides "
            "and {poverty} by poverty.",
            people=say.percent(by_need["population"]),
            homicides=say.percent(by_need["homicides"]),
            poverty=say.percent(by_need["poverty"]),
            **values,
        )
    text = say.t(
        "With {share} of the documented activity of {first}–{last}, {group} have {people} "
        "times their share by people, {homicides} times by homicides and {poverty} times by "
        "poverty.",
        share=say.percent(outcome.share),
        people=say.decimal(by_need["population"], 1),
        homicides=say.decimal(by_need["homicides"], 1),
        poverty=say.decimal(by_need["poverty"], 1),
        **values,
    )
    return f"{text} {_counted(outcome, say)}"


def _counted(outcome: Outcome, say: Speech) -> str:
    """Documented times beside activities, of which one may reach many states."""
    return say.t(
        "That is {amount} of {total} documented times, and {reached} of {activities} activities.",
        amount=say.number(outcome.amount),
        total=say.number(outcome.total),
        reached=say.number(outcome.reached),
        activities=say.number(outcome.activities),
    )


def _none_found(found: Finding, group: str, say: Speech) -> str:
    """The sentence where a state has nothing firm; empty where it has."""
    outcome = found.judged[0].outcome
    if round(outcome.amount):
        return ""
    return say.t(
        "In {group}, no activity of {what} is firmly documented in {first}–{last}, where its "
        "people would call for {expected}.",
        group=group,
        what=SCOPES[found.claim.test.pillars](say),
        first=found.period.first,
        last=found.period.last,
        expected=say.number(outcome.total * outcome.need_share, 1),
    )


def why(found: Finding, claims: Claims, say: Speech) -> str:
    """What made the verdict: its thresholds, what lowered it, how far the next one lies."""
    test, own = found.claim.test, found.readings[0]
    sentences = [reading_text(test, own, claims, say)]
    if found.because in (Because.PLACES, Because.OFF_BORDER):
        sentences.append(other_reading_text(test, found.decided, claims, say))
    if found.because is Because.EFFORT:
        sentences += [
            other_reading_text(test, one, claims, say)
            for one in found.readings[1:]
            if one.verdict is not own.verdict
        ]
        sentences.append(effort_text(found, say))
    if found.because is Because.WAYS:
        sentences.append(
            say.t(
                "Most ways to count do not share “{verdict}”: {shared} of {tested} do.",
                verdict=VERDICTS[found.sought.verdict](say).lower(),
                shared=say.number(found.sought.shared),
                tested=say.number(found.sought.tested),
            )
        )
    sentences.append(away_text(found, say))
    return " ".join(sentence for sentence in sentences if sentence)


def reading_text(test: Test, reading: Reading, claims: Claims, say: Speech) -> str:
    """Why a reading is judged as it is, as a sentence."""
    if reading.because is Because.NO_DATA:
        return say.t("None of these data are in the public record that was searched.")
    if reading.because is Because.NEEDS:
        parts = [
            say.t(
                "{verdict} by {need} ({reason})",
                verdict=VERDICTS[one.verdict](say).lower(),
                need=NEED_NAMES[one.outcome.need](say),
                reason=reason(test, one, claims, say),
            )
            for one in reading.judged
        ]
        return say.t("It depends on the yardstick: {parts}.", parts="; ".join(parts))
    text = reason(test, reading.judged[0], claims, say)
    return f"{text[0].upper()}{text[1:]}."


def other_reading_text(test: Test, reading: Reading, claims: Claims, say: Speech) -> str:
    """A reading besides the claim's own: what it counts, and how it is judged."""
    told = reading_text(test, reading, claims, say)
    told = f"{told[0].lower()}{told[1:]}"
    if reading.name == PLACES:
        return say.t("Counting places instead of times: {told}", told=told)
    if reading.name == OFF_BORDER:
        return say.t("Among the states off the border alone: {told}", told=told)
    return ""


def effort_text(found: Finding, say: Speech) -> str:
    """What equal-effort evidence alone would say, or that it is too thin to tell."""
    if not found.judged or found.verdict is Verdict.CANNOT_TEST:
        return ""
    if found.equal_verdict is not Verdict.CANNOT_TEST:
        return say.t(
            "What was found by asking every state the same questions, taken alone: {verdict}.",
            verdict=VERDICTS[found.equal_verdict](say).lower(),
        )
    return say.n(
        "What was found by asking every state the same questions is too thin to tell by itself, "
        "{count} activity, so nothing here is called sure.",
        "What was found by asking every state the same questions is too thin to tell by itself, "
        "{count} activities, so nothing here is called sure.",
        found.equal[0].judged[0].outcome.activities,
    )


def away_text(found: Finding, say: Speech) -> str:
    """How far the next verdict lies; empty where no count of documented times decides."""
    away = found.away
    if away is None:
        if found.verdict is Verdict.CANNOT_TEST or found.claim.test.kind == "dollars_share":
            return ""
        return say.t("No number of documented times of one kind would change it.")
    what = AWAY[away.unit, away.move](say, away.times)
    if away.verdict is None:
        if away.alike:
            return say.t(
                "With {what}, found by asking every state alike, it could tell.", what=what
            )
        return say.t("With {what} it could be tested.", what=what)
    verdict = VERDICTS[away.verdict](say).lower()
    if away.alike:
        return say.t(
            "With {what}, found by asking every state alike, it would be “{verdict}”.",
            what=what,
            verdict=verdict,
        )
    return say.t("With {what} it would be “{verdict}”.", what=what, verdict=verdict)


AWAY: Final[dict[tuple[str, str], Say]] = {
    ("times", "more_in"): n(
        "{count} more documented time there", "{count} more documented times there"
    ),
    ("times", "fewer_in"): n(
        "{count} documented time fewer there", "{count} documented times fewer there"
    ),
    ("times", "more_out"): n(
        "{count} more documented time elsewhere", "{count} more documented times elsewhere"
    ),
    ("times", "fewer_out"): n(
        "{count} documented time fewer elsewhere", "{count} documented times fewer elsewhere"
    ),
    ("times", "either"): n(
        "{count} documented time more or fewer where it tells most",
        "{count} documented times more or fewer where they tell most",
    ),
    ("places", "more_in"): n("{count} more place there", "{count} more places there"),
    ("places", "fewer_in"): n("{count} place fewer there", "{count} places fewer there"),
    ("places", "more_out"): n("{count} more place elsewhere", "{count} more places elsewhere"),
    ("places", "fewer_out"): n("{count} place fewer elsewhere", "{count} places fewer elsewhere"),
    ("activities", "more_in"): n(
        "{count} more activity with a known place", "{count} more activities with a known place"
    ),
}
"""What would have to be added or taken away: the unit, and whether more or fewer."""


def reason(test: Test, one: Judged, claims: Claims, say: Speech) -> str:
    """Why one outcome is judged as it is, without a capital and without a stop."""
    outcome = one.outcome
    if one.because is Because.FEW:
        return say.t(
            "fewer than {count} activities with a known place, too few to tell",
            count=say.number(claims.min_activities),
        )
    if one.because is Because.UNPLACED:
        return say.t("the dollars without a place could tip it either way")
    if one.because is Because.WEAK:
        return say.t("nothing firm, but something from weak sources")
    if one.because is Because.CHANCE:
        return say.t(
            "the size is there, but {deals}: with all claims of these years corrected for together "
            "{p}, more than the {limit} allowed",
            deals=outcome_deals(test, outcome, say),
            p=say.percent(outcome.corrected, 1),
            limit=say.percent(claims.p_limit),
        )
    value = _in_sentence(test, statistic_text(test, outcome.value, say), say)
    if one.verdict is Verdict.SUPPORTED:
        return say.t("{value} meets {limit}", value=value, limit=limit_text(test, "supported", say))
    if one.verdict is Verdict.PARTLY:
        return say.t(
            "{value} meets the weaker reading, {partly}, and not {limit}",
            value=value,
            partly=limit_text(test, "partly", say),
            limit=limit_text(test, "supported", say),
        )
    if one.verdict is Verdict.CONTRADICTED:
        return say.t(
            "{value} is {limit}, which refutes it",
            value=value,
            limit=limit_text(test, "contradicted", say),
        )
    return say.t(
        "{value} is neither {partly} nor, as would refute it, {limit}",
        value=value,
        partly=limit_text(test, "partly", say),
        limit=limit_text(test, "contradicted", say),
    )


def outcome_deals(test: Test, outcome: Outcome, say: Speech) -> str:
    """How often deals by need come up with as much as an outcome; empty where none are dealt."""
    if outcome.p is None:
        return ""
    far = "little" if test.direction == "at_most" else "much"
    return deals_text(
        outcome.p, outcome.need, "uneven" if test.kind == "displacement" else far, say
    )


def limit_text(test: Test, name: str, say: Speech) -> str:
    """A threshold in words: at least or at most so much; the refuting one the other way round."""
    if not getattr(test, name):
        return say.t("nothing at all")
    value = _in_sentence(test, statistic_text(test, getattr(test, name), say, digits=0), say)
    upward = (test.direction == "at_least") != (name == "contradicted")
    if upward:
        return say.t("{value} or more", value=value)
    return say.t("{value} or less", value=value)


def _in_sentence(test: Test, statistic: str, say: Speech) -> str:
    """A statistic in a sentence: a share takes an article where the language asks for one."""
    if test.kind in ("group_ratio", "state_ratio"):
        return statistic
    return say.in_sentence(statistic)


def statistic_text(test: Test, value: float, say: Speech, digits: int = 1) -> str:
    """The statistic of a claim as it is written: a share in percent, a ratio as a multiple."""
    if value != value:
        return say.number(None)
    if test.kind in ("group_ratio", "state_ratio"):
        return say.t("{value}×", value=say.decimal(value, 2))
    return say.percent(value, digits)


def claim_title(claim: Claim, say: Speech) -> str:
    """The few words that stand for a claim in lists and in its control."""
    return claim.short[say.lang]


def dated_text(claims: Claims, say: Speech) -> str:
    """When the thresholds were set, whether they have moved since, and why."""
    first, *moved = claims.dated
    text = say.t(
        "Thresholds of {day}: {reason}",
        day=say.day(first.on.isoformat()),
        reason=first.reason[say.lang],
    )
    if not moved:
        return f"{text} " + say.t("They have not moved since.")
    changes = (
        say.t(
            "Changed on {day}: {reason}",
            day=say.day(one.on.isoformat()),
            reason=one.reason[say.lang],
        )
        for one in moved
    )
    return " ".join((text, *changes))


def total_note(atlas: Atlas, test: Test, say: Speech) -> str:
    """Where the total of a dollar claim is from."""
    return say.t(
        "About {total} is the essay’s own figure for prevention since 2011.",
        total=say.usd_short(published_total(atlas, test)),
    )


def _known(outcome: Outcome) -> float:
    """The dollars with a place, of the group and elsewhere, from the bounds they give."""
    return outcome.amount + outcome.total * (1 - outcome.high)
