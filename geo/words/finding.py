"""The headline: the finding of one view in at most two lines, computed, following its map.

Each way to show a measure has its own: the number and the share speak of the border states' part,
the rate of both groups' rates, the ratio of how many states have less than their share or of the
border's lead over another need, the gap of the states with most too much and most too little. With
a state selected it is that state's, by `geo.words.state_finding`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from geo.atlas import Atlas
from geo.language import Speech, t
from geo.policy import APPROPRIATED_USD
from geo.scene import SCALE, Scene, StateScene
from geo.view import View
from geo.words.counted import NEED_ALONE, NEED_OF, activity, of_what, things
from geo.words.measure import per_unit, shape_of
from geo.words.state_finding import state_headline

MOST_NAMED: Final = 3
"""States that share a place at either end are named up to so many, else left unnamed."""


def headline(atlas: Atlas, scene: Scene, say: Speech, state: str = "") -> str:
    """The finding of a view, or of its selected state; one that shares aid out says so."""
    view, say = scene.view, say.at_prices(scene.view.prices_of)
    found = state_headline(atlas, scene, state, say) if state else _of_country(atlas, scene, say)
    if view.evidence == "documented" or scene.border.share is None:
        return found
    rule = say.t("Aid to several states is shared out by our rule.")
    return f"{found} {rule}"


def _of_country(atlas: Atlas, scene: Scene, say: Speech) -> str:
    view = scene.view
    if scene.border.share is None:
        if view.measure == "usd":
            return say.t("No dollar figure that matches these choices has a published place.")
        return say.t("No documented activity that matches these choices has a known state.")
    return _HEADLINES[view.measure, shape_of(view)](atlas, scene, say)


def _border_share(scene: Scene, say: Speech) -> dict[str, str]:
    return {
        "share": say.percent(scene.border.share),
        "part": say.percent(scene.border.need_share),
        "need": NEED_OF[scene.view.need](say),
        "of_what": of_what(scene.view, say),
    }


def _activities(_atlas: Atlas, scene: Scene, say: Speech) -> str:
    fields = _border_share(scene, say)
    if scene.view.whole:
        # Not "Mérida activity": most of the sources do not name the Initiative. Not "security aid"
        # alone: activities are counted, and a share of aid would be read as one of money.
        return say.t(
            "Six border states hold {part} of Mexico’s people and {share} of its documented "
            "security aid activity.",
            share=fields["share"],
            part=fields["part"],
        )
    return say.t(
        "Six border states hold {part} of Mexico’s people and {share} {of_what}.",
        share=fields["share"],
        part=fields["part"],
        of_what=fields["of_what"],
    )


def _dollars(atlas: Atlas, scene: Scene, say: Speech) -> str:
    total = say.usd_short(scene.total)
    if not scene.view.comparable:
        fields = _border_share(scene, say)
        return say.t(
            "Of the {total} that can be placed under these choices, {share} is in the six northern "
            "border states, which hold {part} of {need}.",
            total=total,
            share=fields["share"],
            part=fields["part"],
            need=fields["need"],
        )
    unplaced = say.t(
        "For over {percent} of the money no state was ever published.",
        percent=unplaced_text(scene, say),
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


def unplaced_text(scene: Scene, say: Speech) -> str:
    """The part of the appropriations without a published state, cut so that "over" holds of it."""
    share = 1 - scene.total / float(APPROPRIATED_USD)
    return say.percent(int(share * 100) / 100)


def _activity_rates(atlas: Atlas, scene: Scene, say: Speech) -> str:
    border, others = rates(scene)
    found = say.t(
        "The border has {border} {things} {per}, the other {count} states {others}.",
        border=say.decimal(border, 1),
        others=say.decimal(others, 1),
        things=things(scene.view, say),
        per=per_unit(scene.view.per, say),
        count=len(scene.states) - len(scene.border.states),
    )
    return _with_top(found, atlas, scene, say, lambda value: say.decimal(value, 1))


def _dollar_rates(atlas: Atlas, scene: Scene, say: Speech) -> str:
    border, others = rates(scene)
    fields = {
        "border": say.usd_short(border),
        "others": say.usd_short(others),
        "per": per_unit(scene.view.per, say),
        "count": len(scene.states) - len(scene.border.states),
    }
    found = (
        t("At the border {border} {per} can be placed, in the other {count} states {others}.")
        if scene.view.whole
        else t(
            "Under these choices {border} {per} can be placed at the border, in the other {count} "
            "states {others}."
        )
    )(say, **fields)
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
    found = say.t(
        "{share} {of_what} is in six border states, which hold {part} of {need}.",
        **_border_share(scene, say),
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


def _activity_ratios(atlas: Atlas, scene: Scene, say: Speech) -> str:
    if scene.view.need != "population":
        return _lead(atlas, scene, say)
    off, on = spread(scene)
    need, what = NEED_OF[scene.view.need](say), activity(scene.view, say)
    less = say.n(
        "{count} of the {all} states off the border has less {what} than its share of {need}",
        "{count} of the {all} states off the border have less {what} than their share of {need}",
        sum(1 for value in off if value < 1),
        all=len(off),
        need=need,
        what=what,
    )
    more = say.n(
        "{count} of the {all} border states has more",
        "{count} of the {all} border states have more",
        sum(1 for value in on if value > 1),
        all=len(on),
    )
    return f"{less}; {more}."


LEADS: Final[dict[str, Callable[[Speech], str]]] = {
    "shrinks": t("the border’s lead shrinks"),
    "stays": t("the border’s lead stays as it is"),
    "grows": t("the border’s lead grows"),
    "gone": t("the border’s lead is gone"),
    "new": t("the border takes the lead"),
    "none": t("the border has no lead"),
}
"""What becomes of the border states' lead by people when aid is compared with another need."""


def lead_of(atlas: Atlas, scene: Scene) -> tuple[str, float]:
    """What becomes of the lead, one of LEADS, and the border's share ratio by the view's need.

    Compared as they are printed, to one decimal, so that no sentence tells of a change that its
    reader cannot see.
    """
    people = atlas.indicators.need("population", atlas.states, scene.view)
    part = sum(people[code] for code in scene.border.states) / sum(people.values())
    share = scene.border.share or 0.0
    before, now = round(share / part, 1), round(share / scene.border.need_share, 1)
    if now <= 1:
        return ("gone" if before > 1 else "none"), now
    if before <= 1:
        return "new", now
    return ("shrinks" if now < before else "grows" if now > before else "stays"), now


def _lead(atlas: Atlas, scene: Scene, say: Speech) -> str:
    lead, ratio = lead_of(atlas, scene)
    return say.t(
        "Compared with {alone}, {lead}: {part} of {need}, {share} {of_what} ({ratio} times).",
        alone=NEED_ALONE[scene.view.need](say),
        lead=LEADS[lead](say),
        ratio=say.decimal(ratio, 1),
        **_border_share(scene, say),
    )


def spread(scene: Scene) -> tuple[list[float], list[float]]:
    """The numbers of the states off the border that have one, and of those on it."""
    known = [(s.code in scene.border.states, s.value) for s in scene.states if s.value is not None]
    off, on = ([value for inside, value in known if inside is on] for on in (False, True))
    return off, on


def _dollar_ratios(atlas: Atlas, scene: Scene, say: Speech) -> str:
    known = [state.value for state in scene.states if state.value is not None]
    above = say.n(
        "{count} of the {all} states with a dollar figure has more {of_what} than its share of "
        "{need}.",
        "{count} of the {all} states with a dollar figure have more {of_what} than their share of "
        "{need}.",
        sum(1 for value in known if value > 1),
        all=len(known),
        of_what=of_what(scene.view, say),
        need=NEED_OF[scene.view.need](say),
    )
    if len(known) == 1:
        (only,) = [state for state in scene.states if state.value is not None]
        above = say.t(
            "{state} alone has a dollar figure: {share} {of_what}, {part} of {need}.",
            state=atlas.states[only.code].names[say.lang],
            share=say.percent(only.measure.share),
            part=say.percent(only.measure.need_share, 1),
            of_what=of_what(scene.view, say),
            need=NEED_OF[scene.view.need](say),
        )
    unknown = len(scene.states) - len(known)
    if not unknown:
        return above
    rest = say.n(
        "For {count} other there is no figure here.",
        "For {count} others there is no figure here.",
        unknown,
    )
    return f"{above} {rest}"


def _gaps(atlas: Atlas, scene: Scene, say: Speech) -> str:
    known = sorted(
        (s for s in scene.states if s.value is not None), key=lambda s: (s.value or 0.0, s.code)
    )
    usd = scene.view.measure == "usd"
    low, high = known[0].value or 0.0, known[-1].value or 0.0
    most = [state for state in known if state.value == high]
    least = [state for state in known if state.value == low]
    need = NEED_ALONE[scene.view.need](say)
    if usd:
        found = say.n(
            "Compared with {need}, {names} has {amount} more than its share {of_what}",
            "Compared with {need}, {names} have {amount} more than their share {of_what}",
            len(most),
            need=need,
            of_what=of_what(scene.view, say),
            names=named(atlas, most, say),
            amount=written(high, scene.view, say),
        )
    else:
        found = say.n(
            "Compared with {need}, {names} has {amount} {things} more than its share",
            "Compared with {need}, {names} have {amount} {things} more than their share",
            len(most),
            need=need,
            names=named(atlas, most, say),
            things=things(scene.view, say),
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
