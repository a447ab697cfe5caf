"""Objections in words: what is objected, what was done about it, and what came out."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from geo.atlas import Atlas, kept
from geo.chapters.evidence.words import VERDICTS, outcome_deals
from geo.drawing import folded_html, here_html, told_html
from geo.equity import completeness
from geo.equity.chance import PermutationResult, group_difference_permutation
from geo.equity.claims import (
    CountingRule,
    Effect,
    Reply,
    amounts_of,
    load_claims,
    members,
    needs_of,
    replies,
)
from geo.language import KINDS, Say, Speech, t
from geo.policy import APPROPRIATED_TO_END_USD, LAST_YEAR
from geo.scene import build_scene
from geo.view import View, address_of
from geo.words import NEED_OF, dominance

OBJECTIONS: Final[dict[str, tuple[Say, Say | None]]] = {
    "homicides": (
        t("Need is higher at the border."),
        t("Compared with homicides instead of people"),
    ),
    "homicides_before": (
        t("It was, when the essay was written."),
        t("Compared with homicides, only to 2016"),
    ),
    "poverty": (
        t("Prevention is about poverty, not about people."),
        t("Compared with people in poverty"),
    ),
    "population": (
        t("Population differs: large states get more."),
        t("With every state counting alike, whatever its size"),
    ),
    "one_priority": (t("That is one priority, prevention."), t("Without prevention")),
    "after": (t("It changed after 2016."), t("Only activities of 2017–2021")),
    "press": (t("The press counts what it can see."), t("Only activities with an official source")),
    "essay_search": (
        t("You searched where the essay points."),
        t("Only what the same questions found in every state"),
    ),
    "targeted": (
        t("A search by state misses what has no state in its title."),
        t("Only what the search that followed the essay found"),
    ),
    "hardest": (
        t("Take the fairest search and the sternest need together."),
        t("Only the same questions for every state, compared with homicides"),
    ),
    "weak": (t("You left out the weak sources."), t("With weak sources counted")),
    "many_states": (
        t("An activity in eleven states counts eleven times."),
        t("Each activity as one, shared equally among the states it names"),
    ),
    "one_state": (
        t("One state carries it all."),
        None,
    ),
    "one_kind": (
        t("One kind of activity carries it all."),
        None,
    ),
    "capital": (
        t("Aid to the capital and to federal bodies serves everyone."),
        t("Without Mexico City and without federal recipients"),
    ),
    "money": (t("Count the money, not the activities."), t("In dollars")),
}
"""Objection → what is said, and what was recomputed; None where `done_text` names a worst case."""

EQUAL_EFFORT: Final = "systematic"
"""The choice of searches that asked every state the same questions."""

THE_NEEDS: Final[dict[str, Say]] = {"equal": t("the states"), **NEED_OF}

EFFECTS: Final[dict[Effect, Say]] = {
    Effect.STANDS: t("The finding stands"),
    Effect.WEAKENS: t("The finding weakens"),
    Effect.FALLS: t("The finding falls"),
    Effect.CANNOT_TELL: t("This cannot be told"),
}

GRAVEST_FIRST: Final = (Effect.FALLS, Effect.WEAKENS, Effect.CANNOT_TELL, Effect.STANDS)
"""The order in which objections are told: what takes most away first."""


def answer(atlas: Atlas, first: Reply, reply: Reply, say: Speech) -> str:
    """What came out, in one sentence that also says what was done."""
    outcome = reply.outcome
    done = done_text(atlas, reply, say)
    if not outcome.total:
        return say.t("{done}, nothing is left to count.", done=done)
    if reply.objection == "money":
        text = say.t(
            "{done}, {known} have a state, {share} of it at the border; with the about {whole} "
            "appropriated up to {end} spent anywhere, the border’s ratio could be from {low} to "
            "{high}.",
            end=LAST_YEAR,
            done=done,
            known=say.usd_short(outcome.total),
            share=say.percent(outcome.share),
            whole=say.usd_short(APPROPRIATED_TO_END_USD),
            low=say.decimal(outcome.low, 2),
            high=say.decimal(outcome.high, 2),
        )
        carried = dominance(atlas, build_scene(atlas, View(measure="usd")), say)
        return f"{text} {carried}".strip()
    text = say.t(
        "{done}, the border states have {share} of the documented activity and {need_share} "
        "of {need}: {ratio} times their share, instead of {before}.",
        done=done,
        share=say.percent(outcome.share),
        need_share=say.percent(outcome.need_share),
        need=THE_NEEDS[outcome.need](say),
        ratio=say.decimal(outcome.value, 2),
        before=say.decimal(first.outcome.value, 2),
    )
    if reply.objection == "press":
        text = f"{text} {seen_text(atlas, say)}"
    if reply.selection.found == EQUAL_EFFORT:
        text = f"{text} {relabelled_text(atlas, reply, say)}".strip()
    claims = load_claims(atlas.data)
    if reply.effect is Effect.WEAKENS and (outcome.corrected or 0) > claims.p_limit:
        return f"{text} {_deals(atlas, reply, say)}"
    return text


def _deals(atlas: Atlas, reply: Reply, say: Speech) -> str:
    """How often deals by need come up with as much, as a sentence."""
    told = outcome_deals(load_claims(atlas.data).of("border").test, reply.outcome, say)
    return f"{told[0].upper()}{told[1:]}."


def relabelled_text(atlas: Atlas, reply: Reply, say: Speech) -> str:
    """How many groups of as many states have as much as the border; empty where none can tell."""
    found = relabelled(atlas, reply.selection, reply.outcome.need)
    if found.p_greater != found.p_greater:
        return ""
    return say.t(
        "Relabelled, a second question: as many other states are at least as far ahead in {p} of "
        "{count} ways.",
        p=say.percent(found.p_greater, 1),
        count=say.number(found.labelings),
    )


@kept(maxsize=8)
def relabelled(atlas: Atlas, selection: CountingRule, need: str) -> PermutationResult:
    """How far the border lies ahead by a counting rule, beside all groups of as many states."""
    border = load_claims(atlas.data).groups["border"]
    return group_difference_permutation(
        amounts_of(atlas, selection),
        needs_of(atlas, need, selection.first, selection.last),
        members(atlas, border).tolist(),
        list(atlas.states),
    )


def seen_text(atlas: Atlas, say: Speech) -> str:
    """How much of what is known can be seen, by region, and whether that explains the lean."""
    found, limit = completeness(atlas), load_claims(atlas.data).p_limit
    border, others = found.border, found.others
    rates = say.t(
        "How much can be seen was measured: a second search by other questions met {met} of "
        "{known} documented activities at the border again ({border}; {border_low} to "
        "{border_high}), and {met_others} of {known_others} elsewhere ({others}; {others_low}"
        " to {others_high}).",
        met=border.both,
        known=border.first,
        border=say.percent(border.rate.rate),
        border_low=say.percent(border.rate.low),
        border_high=say.percent(border.rate.high),
        met_others=others.both,
        known_others=others.first,
        others=say.percent(others.rate.rate),
        others_low=say.percent(others.rate.low),
        others_high=say.percent(others.rate.high),
    )
    p = say.decimal(found.p, 2)
    if found.p <= limit:
        lean = say.t("The two differ (p = {p}), so uneven sight may carry part of the lean.", p=p)
    else:
        lean = say.t("No difference shows (p = {p}): uneven sight does not explain the lean.", p=p)
    floor = say.t(
        "At the least there are {border} and {others} documented activities.",
        border=say.number(border.all[0]),
        others=say.number(others.all[0]),
    )
    return f"{rates} {lean} {floor}"


def done_text(atlas: Atlas, reply: Reply, say: Speech) -> str:
    """What was recomputed, as the beginning of a sentence."""
    done = OBJECTIONS[reply.objection][1]
    if done is not None:
        return done(say)
    named = named_text(atlas, reply, say)
    if reply.objection == "one_state":
        return say.t("Without {named}, whose absence matters most of the six", named=named)
    return say.t("Without the kind whose absence matters most, {named}", named=named)


def named_text(atlas: Atlas, reply: Reply, say: Speech) -> str:
    """What the worst case left out: a state, or a kind of activity."""
    if reply.named in atlas.states:
        return atlas.states[reply.named].names[say.lang]
    return KINDS[reply.named](say) if reply.named in KINDS else reply.named


def objections_html(atlas: Atlas, say: Speech) -> Markup:
    """Every objection with its answer: what takes most away first, what it stands against a line.

    The lines open to the same as the others show.
    """
    first, *rest = replies(atlas)
    counts = {effect: sum(reply.effect is effect for reply in rest) for effect in Effect}
    told = sorted(rest, key=lambda reply: GRAVEST_FIRST.index(reply.effect))
    grave = [reply for reply in told if reply.effect is not Effect.STANDS]
    stands = [reply for reply in told if reply.effect is Effect.STANDS]
    return Markup(
        '<section class="ma-ev-section" id="objections"><h2>{title}</h2><p class="ma-lead">{lead}'
        '</p><ol class="ma-ev-objections">{grave}</ol><h3>{against}</h3>'
        '<ul class="ma-ev-stands">{stands}</ul></section>'
    ).format(
        title=say.t("Objections, recomputed"),
        lead=say.t(
            "The finding: the six border states have {share} of the documented activity of "
            "2008–2021 and {need} of the people, {ratio} times their share. Of {count} "
            "objections it stands against {stands}, is weakened by {weakens}, falls to "
            "{falls}, and {open} cannot be answered.",
            share=say.percent(first.outcome.share),
            need=say.percent(first.outcome.need_share),
            ratio=say.decimal(first.outcome.value, 2),
            count=say.number(len(rest)),
            stands=say.number(counts[Effect.STANDS]),
            weakens=say.number(counts[Effect.WEAKENS]),
            falls=say.number(counts[Effect.FALLS]),
            open=say.number(counts[Effect.CANNOT_TELL]),
        ),
        grave=Markup("").join(_item(atlas, first, reply, say) for reply in grave),
        against=say.t("What it stands against, and how many times its share the border then has"),
        stands=Markup("").join(_line(atlas, first, reply, say) for reply in stands),
    )


def _item(atlas: Atlas, first: Reply, reply: Reply, say: Speech) -> Markup:
    question = OBJECTIONS[reply.objection][0](say)
    return Markup('<li class="{}" id="objection-{}"><h3>“{}”</h3>{}</li>').format(
        reply.effect.value, reply.objection, question, _answered(atlas, first, reply, say)
    )


def _line(atlas: Atlas, first: Reply, reply: Reply, say: Speech) -> Markup:
    """An objection in a line with what is left against it, which opens to all of the answer."""
    left = say.t("{value}×", value=say.decimal(reply.outcome.value, 2))
    return Markup(
        '<li class="{}" id="objection-{}"><details><summary>“{}” <b>{}</b></summary>{}</details>'
        "</li>"
    ).format(
        reply.effect.value,
        reply.objection,
        OBJECTIONS[reply.objection][0](say),
        left,
        _answered(atlas, first, reply, say),
    )


def _answered(atlas: Atlas, first: Reply, reply: Reply, say: Speech) -> Markup:
    return Markup('<p>{}</p><p class="ma-ev-effect"><b>{}.</b> {}</p>{}').format(
        answer(atlas, first, reply, say),
        EFFECTS[reply.effect](say),
        _link(reply, say),
        _receipt(atlas, reply, say),
    )


def _link(reply: Reply, say: Speech) -> Markup:
    """The view on the map, where the objection is one."""
    if reply.objection in ("press", "one_priority", "one_state", "one_kind", "capital"):
        return Markup("")
    need = reply.outcome.need if reply.outcome.need in ("homicides", "poverty") else "population"
    money = reply.objection == "money"
    view = reply.selection.view.with_(
        per=need, show="ratio", lang=say.lang, measure="usd" if money else "activities"
    )
    return here_html(address_of(view), say.t("See it on the map"))


def _receipt(atlas: Atlas, reply: Reply, say: Speech) -> Markup:
    outcome = reply.outcome
    if not outcome.total:
        return Markup("")
    amounts = (say.number(outcome.amount, 1), say.number(outcome.total, 1))
    if reply.objection == "money":
        amounts = (say.usd(outcome.amount), say.usd(outcome.total))
    text = say.t(
        "({amount} ÷ {total}) ÷ {need_share} = {ratio}; {verdict}",
        amount=amounts[0],
        total=amounts[1],
        need_share=say.percent(outcome.need_share, 2),
        ratio=say.decimal(outcome.value, 3),
        verdict=VERDICTS[reply.verdict](say).lower(),
    )
    if outcome.p is not None:
        text += say.t(
            "; p = {p}, {corrected} corrected for all objections",
            p=say.decimal(outcome.p, 4),
            corrected=say.decimal(outcome.corrected, 4),
        )
    counted = say.t(
        "{reached} of {activities} activities.",
        reached=say.number(outcome.reached),
        activities=say.number(outcome.activities),
    )
    told = (text, counted, _deals(atlas, reply, say)) if outcome.p is not None else (text,)
    return folded_html(say.t("How it was computed"), told_html(*told))
