"""The objections as they are told in a room: each as a slide of a briefing's appendix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from geo.atlas import Atlas
from geo.chapters.evidence.objections import EFFECTS, OBJECTIONS, answer
from geo.equity.claims import replies
from geo.language import Speech
from geo.view import View

OF_ITS_OWN: Final = ("population", "press", "one_priority", "one_state", "one_kind", "capital")
"""Objections that count in a way no view can: their map shows the finding before them."""


@dataclass(frozen=True, slots=True)
class ObjectionTold:
    """One objection: what is said, the recomputed ratio, what it does to the finding, and why.

    `value` is the border's share ÷ its share of `need`, and `before` what it is without the
    objection. `shown` says that the map of `view` is of the objection itself, not of what it
    objects to.
    """

    name: str
    said: str
    value: str
    need: str
    before: str
    effect: str
    answer: str
    view: View
    shown: bool


def objections_told(atlas: Atlas, say: Speech) -> tuple[ObjectionTold, ...]:
    """Every objection with its answer, in the order of the page."""
    first, *rest = replies(atlas)
    before = say.t("{value}×", value=say.decimal(first.outcome.value, 2))
    told = []
    for reply in rest:
        outcome, money = reply.outcome, reply.objection == "money"
        need = outcome.need if outcome.need in ("homicides", "poverty") else "population"
        ends = (outcome.low, outcome.high) if money else (outcome.value,)
        told.append(
            ObjectionTold(
                reply.objection,
                f"“{OBJECTIONS[reply.objection][0](say)}”",
                say.t(" to ").join(say.t("{value}×", value=say.decimal(end, 2)) for end in ends)
                if outcome.total
                else say.number(None),
                outcome.need,
                before,
                EFFECTS[reply.effect](say),
                answer(atlas, first, reply, say),
                reply.selection.view.with_(
                    per=need,
                    show="ratio",
                    lang=say.lang,
                    measure="usd" if money else "activities",
                ),
                reply.objection not in OF_ITS_OWN,
            )
        )
    return tuple(told)
