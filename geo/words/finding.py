"""The headline: the finding of one view in at most two sentences, computed, following its map.

Each way to show a measure has its own: the number and the share speak of the border states' part,
the rate of both groups' rates, the ratio of how many states have less than their share, the gap of
the states with most too much and most too little.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from geo.atlas import Atlas
from geo.language import Say, Speech
from geo.policy import APPROPRIATED_USD
from geo.scene import SCALE, Scene, StateScene
from geo.view import View
from geo.words.measure import per_unit

MOST_NAMED: Final = 3
"""States that share a place at either end are named up to so many, else left unnamed."""

NEED_OF: Final[dict[str, Say]] = {
    "population": lambda say: say.t("the people"),
    "homicides": lambda say: say.t("the homicides"),
    "poverty": lambda say: say.t("the people in poverty"),
}


def headline(atlas: Atlas, scene: Scene, say: Speech) -> str:
    """The finding of a view; one that shares aid out by a rule of ours says so."""
    view, say = scene.view, say.at_prices(scene.view.prices_of)
    if scene.border.share is None:
        if view.measure == "usd":
            return say.t("No dollar figure that matches these choices has a published place.")
        return say.t("No documented activity that matches these choices has a known state.")
    shape = "rate" if view.show == "value" and view.per != "none" else view.show
    found = _HEADLINES[view.measure, shape](atlas, scene, say)
    if view.evidence == "documented":
        return found
    rule = say.t("Aid to several states is shared out by our rule.")
    return f"{found} {rule}"


def link_title(scene: Scene, told: str, say: Speech) -> str:
    """The headline `told` as the title of a link: what was found, without what it is held to."""
    view, say = scene.view, say.at_prices(scene.view.prices_of)
    if scene.border.share is None or view.show != "value" or view.per != "none":
        return f"{told.split('; ')[0].rstrip('.')}."
    if view.measure == "activities":
        return say.t(
            "Six border states: {part} of the people, {share} of the documented activity.",
            **_border_share(scene, say),
        )
    if view.comparable:
        return told.split(". ")[0] + "."
    return say.t(
        "{share} of the {total} that can be placed is in six border states.",
        share=say.percent(scene.border.share),
        total=say.usd_short(scene.total),
    )


def _border_share(scene: Scene, say: Speech) -> dict[str, str]:
    return {
        "share": say.percent(scene.border.share),
        "part": say.percent(scene.border.need_share),
        "need": NEED_OF[scene.view.need](say),
    }


def _activities(_atlas: Atlas, scene: Scene, say: Speech) -> str:
    if scene.view.whole:
        return say.t(
            "The six northern border states hold {part} of Mexico’s people and {share} of its "
            "documented Mérida activity.",
            **_border_share(scene, say),
        )
    return say.t(
        "The six northern border states hold {part} of Mexico’s people and {share} of the "
        "documented activity chosen here.",
        **_border_share(scene, say),
    )


def _dollars(atlas: Atlas, scene: Scene, say: Speech) -> str:
    total = say.usd_short(scene.total)
    if not scene.view.comparable:
        return say.t(
            "Of the {total} that can be placed under these choices, {share} is in the six northern "
            "border states, which hold {part} of {need}.",
            total=total,
            **_border_share(scene, say),
        )
    unplaced = say.t(
        "For over {percent} of the money no state was ever published.",
        percent=say.percent(_floored(1 - scene.total / float(APPROPRIATED_USD))),
    )
    row = scene.dominant
    if row is None or len(row.states) > 1:
        placed = say.t(
            "Of the {total} that can be placed, {share} is in the six northern border states.",
            total=total,
            share=say.percent(scene.border.share),
        )
    else:
        placed = say.t(
            "Of the {total} that can be placed, {amount} is one figure for {state}.",
            total=total,
            amount=say.usd_short(row.amount),
            state=atlas.states[row.states[0]].names[say.lang],
        )
    return f"{unplaced} {placed}"


def _floored(share: float) -> float:
    """A share cut to whole percent, so that "over" holds of what is printed."""
    return int(share * 100) / 100


def _activity_rates(atlas: Atlas, scene: Scene, say: Speech) -> str:
    border, others = rates(scene)
    found = say.t(
        "The six northern border states have {border} documented activities {per}, the other "
        "{count} have {others}.",
        border=say.decimal(border, 1),
        others=say.decimal(others, 1),
        per=per_unit(scene.view.per, say),
        count=len(scene.states) - len(scene.border.states),
    )
    return _with_top(found, atlas, scene, say, lambda value: say.decimal(value, 1))


def _dollar_rates(atlas: Atlas, scene: Scene, say: Speech) -> str:
    border, others = rates(scene)
    found = say.t(
        "Of the money that can be placed, the six northern border states have {border} {per}, the "
        "other {count} have {others}.",
        border=say.usd_short(border),
        others=say.usd_short(others),
        per=per_unit(scene.view.per, say),
        count=len(scene.states) - len(scene.border.states),
    )
    return _with_top(found, atlas, scene, say, say.usd_short)


def rates(scene: Scene) -> tuple[float, float]:
    """What the border states and the others have together, for as much need as the map's rate."""
    amounts, needs = [0.0, 0.0], [0.0, 0.0]
    for state in scene.states:
        outside = state.code not in scene.border.states
        amounts[outside] += state.measure.amount or 0.0
        needs[outside] += state.measure.need
    scale = SCALE[scene.view.per]
    border, others = (a / n * scale if n else 0.0 for a, n in zip(amounts, needs, strict=True))
    return border, others


def _shares(atlas: Atlas, scene: Scene, say: Speech) -> str:
    fields = _border_share(scene, say)
    if scene.view.measure == "usd":
        found = say.t(
            "{share} of the money that can be placed is in the six northern border states, which "
            "hold {part} of {need}.",
            **fields,
        )
    else:
        found = say.t(
            "{share} of the documented activity is in the six northern border states, which hold "
            "{part} of {need}.",
            **fields,
        )
    return _with_top(found, atlas, scene, say, say.percent)


def _with_top(
    found: str, atlas: Atlas, scene: Scene, say: Speech, written: Callable[[float], str]
) -> str:
    """A finding and the state with most, where the map has one such state or a few."""
    top = [state for state in scene.ranked if state.rank == 1]
    names = _names(atlas, top, say)
    if not names or not top[0].value:
        return found
    most = say.n(
        "{names} has most: {value}.",
        "{names} have most: {value} each.",
        len(top),
        names=names,
        value=written(top[0].value),
    )
    return f"{found} {most}"


def _activity_ratios(_atlas: Atlas, scene: Scene, say: Speech) -> str:
    off, on = spread(scene)
    need = NEED_OF[scene.view.need](say)
    less = say.n(
        "{count} of the {all} states off the border has less documented activity than its share "
        "of {need}",
        "{count} of the {all} states off the border have less documented activity than their "
        "share of {need}",
        sum(1 for value in off if value < 1),
        all=len(off),
        need=need,
    )
    more = say.n(
        "{count} of the {all} border states has more",
        "{count} of the {all} border states have more",
        sum(1 for value in on if value > 1),
        all=len(on),
    )
    return f"{less}; {more}."


def spread(scene: Scene) -> tuple[list[float], list[float]]:
    """The numbers of the states off the border that have one, and of those on it."""
    known = [(s.code in scene.border.states, s.value) for s in scene.states if s.value is not None]
    off, on = ([value for inside, value in known if inside is on] for on in (False, True))
    return off, on


def _dollar_ratios(_atlas: Atlas, scene: Scene, say: Speech) -> str:
    known = [state.value for state in scene.states if state.value is not None]
    found = say.n(
        "{count} state has a published dollar figure.",
        "{count} states have a published dollar figure.",
        len(known),
    )
    above = say.n(
        "{count} of them has more of the money that can be placed than its share of {need}.",
        "{count} of them have more of the money that can be placed than their share of {need}.",
        sum(1 for value in known if value > 1),
        need=NEED_OF[scene.view.need](say),
    )
    unknown = len(scene.states) - len(known)
    if not unknown:
        return f"{found} {above}"
    rest = say.n(
        "Of {count} other nothing is known.", "Of {count} others nothing is known.", unknown
    )
    return f"{found} {above} {rest}"


def _gaps(atlas: Atlas, scene: Scene, say: Speech) -> str:
    known = sorted(
        (s for s in scene.states if s.value is not None), key=lambda s: (s.value or 0.0, s.code)
    )
    usd = scene.view.measure == "usd"
    low, high = known[0].value or 0.0, known[-1].value or 0.0
    most = [state for state in known if state.value == high]
    least = [state for state in known if state.value == low]
    need = NEED_OF[scene.view.need](say)
    if usd:
        found = say.n(
            "Held against {need}, {names} has {amount} more than its share of the money that can "
            "be placed",
            "Held against {need}, {names} have {amount} more than their share of the money that "
            "can be placed",
            len(most),
            need=need,
            names=named(atlas, most, say),
            amount=written(high, scene.view, say),
        )
    else:
        found = say.n(
            "Held against {need}, {names} has {amount} documented activities more than its share",
            "Held against {need}, {names} have {amount} documented activities more than their "
            "share",
            len(most),
            need=need,
            names=named(atlas, most, say),
            amount=written(high, scene.view, say),
        )
    if low >= 0:
        return f"{found}."
    names, amount = named(atlas, least, say), written(-low, scene.view, say)
    count = len(least)
    fewer = (
        say.n(
            "{names} has {amount} less",
            "{names} have {amount} less",
            count,
            names=names,
            amount=amount,
        )
        if usd
        else say.n(
            "{names} has {amount} fewer",
            "{names} have {amount} fewer",
            count,
            names=names,
            amount=amount,
        )
    )
    return f"{found}; {fewer}."


def written(value: float, view: View, say: Speech) -> str:
    """An amount of a view's measure, as headlines print it."""
    return say.usd_short(value) if view.measure == "usd" else say.decimal(value, 1)


def named(atlas: Atlas, states: Sequence[StateScene], say: Speech) -> str:
    """The names of a few states, or how many they are."""
    return _names(atlas, states, say) or say.n("{count} state", "{count} states", len(states))


def _names(atlas: Atlas, states: Sequence[StateScene], say: Speech) -> str:
    """The names of a few states; empty where they are none or too many to name."""
    names = [atlas.states[state.code].names[say.lang] for state in states]
    if not names or len(names) > MOST_NAMED:
        return ""
    if len(names) == 1:
        return names[0]
    return say.t("{first} and {last}", first=", ".join(names[:-1]), last=names[-1])


_HEADLINES: Final[dict[tuple[str, str], Callable[[Atlas, Scene, Speech], str]]] = {
    ("activities", "value"): _activities,
    ("activities", "rate"): _activity_rates,
    ("activities", "share"): _shares,
    ("activities", "ratio"): _activity_ratios,
    ("activities", "gap"): _gaps,
    ("usd", "value"): _dollars,
    ("usd", "rate"): _dollar_rates,
    ("usd", "share"): _shares,
    ("usd", "ratio"): _dollar_ratios,
    ("usd", "gap"): _gaps,
}
"""(measure, shape) → its headline."""
