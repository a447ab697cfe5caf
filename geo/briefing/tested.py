"""A scene that tests a claim of the essay: its statistic, its sentence and its verdict, computed.

What is said here is what the essay's page says of the same claim and years.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.atlas import Atlas
from geo.briefing.scenes import VALUED
from geo.equity.claims import Claim, load_claims
from geo.language import Speech

if TYPE_CHECKING:
    from geo.equity.claims import Finding


@dataclass(frozen=True)
class Tested:
    """A claim held against the ledger, in words.

    `verdict` says it of what is claimed, `fact` gives the numbers, `why` what decided; `value` is
    the statistic that was judged, by the first need, and `label` what it is.
    """

    verdict: str
    fact: str
    why: str
    value: str
    label: str


def tested(atlas: Atlas, claim_id: str, last_year: int, say: Speech) -> Tested:
    """A claim by what is documented up to `last_year`, which is one that `read_briefing` passes."""
    # Imported when first asked for: they bring numpy.
    from geo.chapters.evidence import fact, statistic_text, verdict_text, why

    claims = load_claims(atlas.data)
    claim = claims.of(claim_id)
    found = _found(atlas, claim_id, last_year)
    verdict = f"{verdict_text(found, say)}: “{claim.short[say.lang]}”"
    value = label = ""
    if claim.test.kind in VALUED:
        value = statistic_text(claim.test, found.judged[0].outcome.value, say)
        label = _label(claim, say)
    return Tested(verdict, fact(atlas, found, say), why(found, claims, say), value, label)


def by_need(group: str, need: str, say: Speech) -> str:
    """What a ratio of shares is a multiple of."""
    from geo.chapters.evidence import NEED_NAMES

    return say.t("what {group} would have by {need}", group=group, need=NEED_NAMES[need](say))


def _label(claim: Claim, say: Speech) -> str:
    test = claim.test
    group = test.group.titles[say.lang] if test.group else ""
    if test.kind == "places_share":
        return say.t("of the times it is documented in a place, it is in {group}", group=group)
    if test.kind == "group_share":
        return say.t("of the documented activity lies in {group}", group=group)
    if test.kind == "displacement":
        return say.t("would have to be elsewhere for every state to have its share by people")
    return by_need(group, test.needs[0], say)


def outcomes_of(atlas: Atlas) -> dict[str, int]:
    """How many claims hold, hold in part, do not, and cannot be tested, by what the essay knew.

    What is not as worded does not hold, and neither does what is contradicted.
    """
    from geo.equity.claims import Verdict

    claims = load_claims(atlas.data)
    verdicts = [
        _found(atlas, claim.claim_id, claims.written.last).verdict for claim in claims.claims
    ]
    named = {
        "hold": (Verdict.SUPPORTED,),
        "partly": (Verdict.PARTLY,),
        "fail": (Verdict.NOT_AS_WORDED, Verdict.CONTRADICTED),
        "untested": (Verdict.CANNOT_TEST,),
    }
    return {name: sum(map(verdicts.count, those)) for name, those in named.items()}


def _found(atlas: Atlas, claim_id: str, last_year: int) -> Finding:
    from geo.equity.claims import finding

    claims = load_claims(atlas.data)
    period = claims.written if last_year == claims.written.last else claims.later
    return finding(atlas, claims.of(claim_id), period)
