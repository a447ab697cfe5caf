"""A scenario in sentences: what it spreads by, what it would change, and what that means."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from geo.atlas import Atlas
from geo.equity.rebalance import ALL, MIX, YARDSTICKS, Rebalanced, Scenario
from geo.language import Say, Speech, t
from geo.policy import UNITS
from geo.scene import build_scene
from geo.view import View
from geo.words import dominance, located_money, need_label, prices

BY: Final[dict[str, Say]] = {
    "population": t("Population"),
    "homicides": t("Homicides"),
    "poverty": t("People in poverty"),
    MIX: t("A mix"),
}
"""The yardsticks as the control names them."""

SPREAD_BY: Final[dict[str, Say]] = {
    "population": t("Spread by population"),
    "homicides": t("Spread by homicides"),
    "poverty": t("Spread by people in poverty"),
    MIX: t("Spread by a mix of needs"),
}


def rebalance_headline(result: Rebalanced, view: View, say: Speech) -> str:
    """How much would lie elsewhere, in one sentence."""
    if result.trouble == "nothing":
        return say.t("These choices locate nothing, so there is nothing to redistribute.")
    if result.trouble:
        return say.t("This scenario is impossible: nothing is redistributed.")
    fields: dict[str, Any] = {
        "rule": _rule(result.scenario, say),
        "moved": _lead_amount(result.moved, view, say),
        "total": _lead_amount(result.total, view, say),
        "share": say.percent(result.moved / result.total),
    }
    if view.measure == "usd":
        found = (
            t("{rule}, {moved} of the {total} tied to a state would lie in another one: {share}.")
            if view.evidence == "documented"
            else t(
                "{rule}, {moved} of the {total} attributed to states, part of it by our rule, "
                "would lie in another one: {share}."
            )
        )(say, **fields)
        return f"{found} {_unpublished(result, say)}".strip()
    if view.evidence == "documented":
        return say.n(
            "{rule}, {moved} of {total} documented activity would lie in another state: {share}.",
            "{rule}, {moved} of the {total} documented activities would lie in another state: "
            "{share}.",
            1 if fields["total"] == say.number(1) else 2,
            **fields,
        )
    return say.t(
        "{rule}, {moved} of the {total} activities, shared among the states they reach, would lie "
        "in another state: {share}.",
        **fields,
    )


def rebalance_titles(result: Rebalanced, view: View, say: Speech) -> Iterator[str]:
    """How much would lie elsewhere, as the title of a link; the last way always fits."""
    if result.trouble:
        yield rebalance_headline(result, view, say).removesuffix(".")
        yield say.t("Nothing is redistributed")
        return
    share = say.percent(result.moved / result.total)
    yield say.t(
        "{rule}: {share} would lie in another state", rule=_rule(result.scenario, say), share=share
    )
    yield (
        say.t("{share} of the dollars placed would lie in another state", share=share)
        if view.measure == "usd"
        else say.t("{share} of documented activity would lie in another state", share=share)
    )


def _unpublished(result: Rebalanced, say: Speech) -> str:
    """That dollars go to states of which none are published; empty where all have a figure."""
    count = sum(1 for row in result.rows if not row.known)
    if not count:
        return ""
    return say.n(
        "{count} state without a published figure counts as 0, which is not known to be true.",
        "{count} states without a published figure count as 0, which is not known to be true.",
        count,
    )


def _rule(scenario: Scenario, say: Speech) -> str:
    by = SPREAD_BY[scenario.by](say)
    return by if scenario.is_plain else say.t("{by} and the rules below", by=by)


def _lead_amount(units: int, view: View, say: Speech) -> str:
    """An amount to the precision of a sentence."""
    if view.measure == "usd":
        return say.at_prices(view.prices_of).usd_short(Decimal(units) / UNITS)
    return say.number(units / UNITS, 1)


def amount_text(units: int, view: View, say: Speech) -> str:
    """An amount in full: dollars and cents, or activities to the hundredth."""
    if view.measure == "usd":
        return say.at_prices(view.prices_of).usd(Decimal(units) / UNITS, 2)
    return say.decimal(units / UNITS, 2)


def column_text(units: int, view: View, say: Speech) -> str:
    """An amount in a column: whole dollars, or activities to the hundredth."""
    if view.measure == "usd":
        return say.at_prices(view.prices_of).usd(Decimal(units) / UNITS)
    return say.decimal(units / UNITS, 2)


def change_text(units: int, view: View, say: Speech) -> str:
    """A change in a column, with its sign."""
    text = column_text(abs(units), view, say)
    return f"+{text}" if units > 0 else f"−{text}" if units < 0 else text


def rebalance_caveat(atlas: Atlas, view: View, say: Speech) -> str:
    """What the page is and is not."""
    scene = build_scene(atlas, view.with_(evidence="documented"))
    parts = (
        say.t("Arithmetic on what is documented, no plan and no verdict."),
        located_money(scene, say),
        dominance(atlas, build_scene(atlas, view), say),
        prices(scene, say),
        say.t(
            "A yardstick is a choice. What took place cannot be moved: read a gain as where least "
            "is documented for that yardstick, which is where to look, or to send aid, first."
        ),
    )
    return " ".join(part for part in parts if part)


def trouble_text(atlas: Atlas, result: Rebalanced, say: Speech) -> str:
    """Why a scenario is impossible, in one plain line; empty where it is possible."""
    scenario = result.scenario
    border, states = len(atlas.border), len(atlas.states)
    floor = percent_text(scenario.floor, say)
    if result.trouble == "weightless":
        return say.t(
            "Impossible scenario, nothing changed: the weights sum to nothing, so there is nothing "
            "to share by. Give at least one need some weight."
        )
    if result.trouble == "floor":
        return say.t(
            "Impossible scenario, nothing changed: a floor of {floor} for each of {states} states "
            "is {sum} of the total. Choose a floor of {most} or less.",
            floor=floor,
            states=states,
            sum=percent_text(scenario.floor * states, say),
            most=percent_text(ALL // states, say),
        )
    if result.trouble == "reserve":
        return say.t(
            "Impossible scenario, nothing changed: {reserve} reserved for other states and a floor "
            "of {floor} for each of {border} border states are {sum} of the total. Lower one of "
            "the two.",
            reserve=say.percent(scenario.reserve / 100),
            floor=floor,
            border=border,
            sum=percent_text(scenario.reserve * 100 + scenario.floor * border, say),
        )
    return ""


def percent_text(hundredths: int, say: Speech) -> str:
    """Hundredths of a percent as a percentage, with no more decimals than it needs."""
    digits = 0 if hundredths % 100 == 0 else 1 if hundredths % 10 == 0 else 2
    return say.percent(hundredths / ALL, digits)


def yardstick_text(scenario: Scenario, view: View, say: Speech) -> str:
    """The yardstick with its years; a mix with the part of each need."""
    if scenario.by != MIX:
        return need_label(view.with_(per=scenario.by), say)
    whole = sum(scenario.mix)
    if not whole:
        return say.t("a mix without weights")
    return "; ".join(
        say.t(
            "{share} by {need}",
            share=say.percent(part / whole),
            need=need_label(view.with_(per=need), say),
        )
        for need, part in zip(YARDSTICKS, scenario.mix, strict=True)
        if part
    )


def rules_of(scenario: Scenario, view: View, say: Speech) -> tuple[str, ...]:
    """The rules of a scenario, one text each, the yardstick first."""
    sentences = [say.t("Yardstick: {need}", need=yardstick_text(scenario, view, say))]
    if scenario.sez:
        sentences.append(
            say.t(
                "Weight of special-economic-zone states: +{bonus}",
                bonus=say.percent(scenario.sez / 100),
            )
        )
    if scenario.floor:
        sentences.append(
            say.t(
                "Floor: each state at least {floor} of the total",
                floor=percent_text(scenario.floor, say),
            )
        )
    if scenario.reserve:
        sentences.append(
            say.t(
                "Reserve: at least {reserve} for states off the northern border",
                reserve=say.percent(scenario.reserve / 100),
            )
        )
    return tuple(sentences)


def scenario_name(scenario: Scenario, view: View, say: Speech) -> str:
    """What the reader calls a scenario, in quotation marks, with what decides in it."""
    by = yardstick_text(scenario, view, say) if scenario.by == MIX else SPREAD_BY[scenario.by](say)
    name = [f"“{scenario.name}”"] if scenario.name else []
    return ", ".join([*name, by, *rules_of(scenario, view, say)[1:]])


def reserve_note(result: Rebalanced, say: Speech) -> str:
    """Whether the reserve made a difference; empty where there is none."""
    if not result.scenario.reserve or result.trouble:
        return ""
    share = say.percent(result.off_border / result.total, 1)
    if result.reserve_binds:
        return say.t(
            "The reserve binds: without it, states off the northern border would have less."
        )
    return say.t(
        "The reserve changes nothing: states off the northern border have {share} anyway.",
        share=share,
    )


def steps(atlas: Atlas, view: View, say: Speech) -> tuple[str, ...]:
    """How a scenario is worked out, in order."""
    zones = [state.names[say.lang] for state in atlas.states.values() if state.sez]
    return (
        say.t(
            "Yardstick. A state’s weight is its share of the need. In a mix, its shares of the "
            "needs are averaged, each counting as much as you say."
        ),
        say.t(
            "Bonus. The weight of the {count} states with a special economic zone ({zones}) is "
            "raised by so many percent of itself.",
            count=len(zones),
            zones=", ".join(zones),
        ),
        say.t(
            "Floor. The total is spread in proportion to the weights. A state that would have less "
            "than the floor is lifted to it, and the others share what is left in proportion to "
            "their weights, until nobody is below."
        ),
        say.t(
            "Reserve. If the states off the northern border then have less than is reserved for "
            "them, the total is parted: they share the reserve and the {border} border states "
            "share the rest, each side by its weights and the same floor. If they have as much "
            "anyway, the reserve changes nothing.",
            border=len(atlas.border),
        ),
        say.t(
            "Rounding. Amounts become whole cents by largest remainders, ties by INEGI code: first "
            "between the two sides of a reserve, then between those who gain and the others, then "
            "within each. Nothing is lost. The floor is rounded "
            "down, the reserve up."
        )
        if view.measure == "usd"
        else say.t(
            "Rounding. Amounts become whole hundredths of an activity by largest remainders, ties "
            "by INEGI code: first between the two sides of a reserve, then between those who gain "
            "and the others, then within each. Nothing is lost. The floor is rounded "
            "down, the reserve up."
        ),
        say.t(
            "What must move is the sum of all gains, which is the sum of all losses, which is the "
            "Hoover index between now and after × the total. With the yardstick alone it is the "
            "Hoover index against that need."
        ),
    )
