"""What a number is: the definition of the view's measure, in sentences."""

from __future__ import annotations

from geo.language import Speech
from geo.scene import Scene, counted_in
from geo.view import View
from geo.words.measure import need_label, per_unit
from geo.words.sentence import prices


def explain(scene: Scene, view: View, say: Speech) -> tuple[str, ...]:
    """The sentences that define the number on the map, from what is counted to how it is shown."""
    sentences = [_counted(view, say), _weak(view, say), _named(scene, say)]
    if view.measure == "usd":
        sentences.append(
            say.n(
                "{count} selected activity has no published amount and adds nothing here.",
                "{count} selected activities have no published amount and add nothing here.",
                scene.without_amount,
            )
        )
        sentences.append(prices(scene, say))
    sentences += _shown(view, say)
    if not view.whole_period:
        sentences.append(
            say.t(
                "An activity counts when its period touches {first}–{last}, with its whole "
                "amount. No source spreads amounts over years.",
                first=view.from_year,
                last=view.to_year,
            )
        )
    return tuple(text for text in sentences if text)


def _counted(view: View, say: Speech) -> str:
    if view.measure == "usd" and view.evidence == "documented":
        return say.t(
            "Dollars of activities whose amount a source ties to this one state. Pesos are "
            "converted at the mean rate of their year; a part is never added to its whole."
        )
    if view.measure == "usd":
        return say.t(
            "Dollars tied to the state, plus its part of amounts that name several states: {rule}. "
            "The rule is ours, not the source's.",
            rule=_rule(view, say),
        )
    if view.evidence == "documented":
        return say.t(
            "Activities that a source documents in the state: events, deliveries, courses, "
            "accreditations, programmes. One counts once in each state it reaches, so the states "
            "add up to more than the activities."
        )
    return say.t(
        "Each activity counts as one, shared among the states it names: {rule}. "
        "The rule is ours, not the source's.",
        rule=_rule(view, say),
    )


def _rule(view: View, say: Speech) -> str:
    if view.split == "population":
        return say.t("in proportion to their people (Census 2020)")
    if view.split == "homicides":
        return say.t("in proportion to their homicides in the years chosen")
    return say.t("in equal parts")


def _weak(view: View, say: Speech) -> str:
    if view.weak == "include":
        return say.t(
            "Weak sources are shown: offers, plans, undated reports, federal institutions."
        )
    return say.t(
        "Weak sources are hidden: offers, plans, undated reports, federal institutions. They "
        "can be shown among the choices."
    )


def _named(scene: Scene, say: Speech) -> str:
    """How many of what counts are called Mérida's by a source; empty where none counts."""
    named = [activity.names_merida for activity, _ in counted_in(scene)]
    if not named:
        return ""
    return say.n(
        "What counts is U.S. security aid, whose programme is Mérida. Of {count} activity "
        "that counts here, the sources of {yes} name the Initiative and those of {no} do not."
        " Of {unknown} it cannot be told.",
        "What counts is U.S. security aid, whose programme is Mérida. Of {count} activities "
        "that count here, the sources of {yes} name the Initiative and those of {no} do not. "
        "Of {unknown} it cannot be told.",
        len(named),
        yes=say.number(named.count("yes")),
        no=say.number(named.count("no")),
        unknown=say.number(named.count("unknown")),
    )


def _shown(view: View, say: Speech) -> list[str]:
    need = need_label(view, say)
    if view.show == "share":
        return [say.t("% of all: the state's number ÷ the sum over all states.")]
    if view.show == "ratio":
        return [
            say.t(
                "Times its share: the state's % of all ÷ its part of {need}. 1 is its very "
                "share, 2 is twice that. Also called a location quotient.",
                need=need,
            )
        ]
    if view.show == "gap":
        return [
            say.t(
                "Above or below its share: the state's number minus what its part of {need} "
                "would give it. Above zero it has more, below zero less.",
                need=need,
            )
        ]
    if view.per != "none":
        return [
            say.t(
                "Compared with {need}: {unit}.",
                need=need,
                unit=per_unit(view.per, say),
            )
        ]
    return []
