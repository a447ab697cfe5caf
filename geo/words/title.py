"""The title of a link: the finding of a view in so few letters that no messenger cuts it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from geo.atlas import Atlas
from geo.language import Say, Speech, t
from geo.scene import Scene
from geo.words.counted import counted_things
from geo.words.finding import lead_of, named, rates, spread, unplaced_text, written
from geo.words.measure import shape_of
from geo.words.state_finding import (
    fair_share,
    rate_text,
    share_text,
    whole_rate,
)

LONGEST: Final = 65
"""Letters of a title that every messenger shows whole."""

PER: Final[dict[str, Say]] = {
    "population": t("per million people"),
    "homicides": t("per 1,000 killed"),
    "poverty": t("per million in poverty"),
}
NEEDS_IN_SHORT: Final[dict[str, Say]] = {
    "population": t("people"),
    "homicides": t("homicides"),
    "poverty": t("poverty"),
}
"""Denominators and needs in as few letters as they can be told in."""


@dataclass(frozen=True, slots=True)
class _Told:
    atlas: Atlas
    scene: Scene
    say: Speech
    state: str

    @property
    def usd(self) -> bool:
        return self.scene.view.measure == "usd"

    @property
    def name(self) -> str:
        return self.atlas.states[self.state].names[self.say.lang]

    @property
    def per(self) -> str:
        return PER[self.scene.view.need](self.say)

    @property
    def by(self) -> str:
        return NEEDS_IN_SHORT[self.scene.view.need](self.say)

    @property
    def of_what(self) -> str:
        say, whole = self.say, self.scene.view.whole
        if self.usd:
            return say.t("of the money placed") if whole else say.t("of the money chosen")
        return say.t("of documented activity") if whole else say.t("of the activity chosen")


def fitting(ways: Iterable[str]) -> str:
    """The first of several ways to say a thing that fits in a title, else the last of them.

    >>> fitting(["Six border states " * 9, "Six border states"])
    'Six border states'
    """
    text = ""
    for text in ways:
        if len(text) <= LONGEST:
            break
    return text


def link_title(atlas: Atlas, scene: Scene, say: Speech, state: str = "") -> str:
    """The finding of a view, or of its selected state, as a title; without a stop.

    Of several ways to say it the first that fits is taken; the last of them always does.
    """
    told = _Told(atlas, scene, say.at_prices(scene.view.prices_of), state)
    if scene.border.share is None:
        ways = _nothing(told)
    elif state:
        ways = _STATE[shape_of(scene.view)](told)
    else:
        ways = _COUNTRY[shape_of(scene.view)](told)
    return fitting(ways)


def _nothing(told: _Told) -> Iterator[str]:
    say = told.say
    nothing = (
        say.t("No dollar figure here has a published place")
        if told.usd
        else say.t("No documented activity here has a known state")
    )
    yield f"{told.name}: {nothing[:1].lower()}{nothing[1:]}" if told.state else nothing
    yield nothing


def _value(told: _Told) -> Iterator[str]:
    scene, say, view = told.scene, told.say, told.scene.view
    share = say.percent(scene.border.share)
    if not told.usd:
        yield say.t(
            "Six border states: {part} of people, {share} {of_what}",
            part=say.percent(scene.border.need_share),
            share=share,
            of_what=told.of_what,
        )
    elif view.comparable:
        yield say.t(
            "For over {percent} of the money no state was ever published",
            percent=unplaced_text(scene, say),
        )
    total = say.usd_short(scene.total)
    yield say.t("{share} of the {total} placed is at the border", share=share, total=total)
    yield say.t("Border: {share} of {total}", share=share, total=total)


def _rate(told: _Told) -> Iterator[str]:
    scene, say = told.scene, told.say
    border, others = rates(scene)
    if not told.usd:
        fields = {
            "per": told.per,
            "border": say.decimal(border, 1),
            "others": say.decimal(others, 1),
        }
        yield say.t("Activities {per}: border {border}, others {others}", **fields)
    amount = say.usd_short(border)
    yield say.t(
        "Placed {per}: border {border}, others {others}",
        per=told.per,
        border=amount,
        others=say.usd_short(others),
    )
    yield say.t("Border: {amount} {per}", amount=amount, per=told.per)


def _share(told: _Told) -> Iterator[str]:
    border = told.scene.border
    yield told.say.t(
        "Border: {share} {of_what}, {part} of {by}",
        share=told.say.percent(border.share),
        part=told.say.percent(border.need_share),
        of_what=told.of_what,
        by=told.by,
    )


def _ratio(told: _Told) -> Iterator[str]:
    scene, say = told.scene, told.say
    off, on = spread(scene)
    if told.usd:
        known = [*off, *on]
        yield say.n(
            "By {by} {count} of {all} states with a figure has more than its share",
            "By {by} {count} of {all} states with a figure have more than their share",
            sum(1 for value in known if value > 1),
            all=len(known),
            by=told.by,
        )
    elif scene.view.need == "population":
        yield say.n(
            "{count} of {all} states off the border has less than its share",
            "{count} of {all} states off the border have less than their share",
            sum(1 for value in off if value < 1),
            all=len(off),
        )
    _, ratio = lead_of(told.atlas, scene)
    yield say.t(
        "By {by}, the border has {ratio} times its share", by=told.by, ratio=say.decimal(ratio, 1)
    )


def _gap(told: _Told) -> Iterator[str]:
    scene, say = told.scene, told.say
    known = [(state.value, state) for state in scene.states if state.value is not None]
    high, low = max(value for value, _ in known), min(value for value, _ in known)
    most, least = (
        named(told.atlas, [state for value, state in known if value == end], say)
        for end in (high, low)
    )
    above, below = written(high, scene.view, say), written(abs(low), scene.view, say)
    if low < 0:
        yield say.t(
            "By {by}: {most} {above} above its share, {least} {below} below",
            by=told.by,
            most=most,
            above=above,
            least=least,
            below=below,
        )
    yield say.t("By {by}: {most} {above} above its share", by=told.by, most=most, above=above)
    yield say.t("By {by}: one has {above} above its share", by=told.by, above=above)


def _state_value(told: _Told) -> Iterator[str]:
    scene, say, state = told.scene, told.say, told.scene.state(told.state)
    if told.usd:
        yield from _state_dollars(told)
        return
    if not state.measure.amount:
        yield say.t("{state}: nothing found, which is not nothing given", state=told.name)
        yield say.t("{state}: no activity was found", state=told.name)
        return
    fair = fair_share(scene, state)
    share = share_text(scene, fair, say)
    digits = 1 if scene.view.evidence == "attributed" else 0
    count = round(state.measure.amount, digits)
    yield say.t(
        "{state}: {counted}; its share would be {fair}",
        state=told.name,
        counted=counted_things(scene.view, count, say),
        fair=share,
    )
    many = (
        say.n("{count} activity", "{count} activities", count, digits=digits)
        if scene.view.whole
        else say.n("{count} activity chosen", "{count} activities chosen", count, digits=digits)
    )
    yield say.t("{state}: {counted}; its share: {fair}", state=told.name, counted=many, fair=share)


def _state_dollars(told: _Told) -> Iterator[str]:
    say, measure = told.say, told.scene.state(told.state).measure
    if measure.amount is None:
        yield say.t("{state}: no dollar figure was found", state=told.name)
        return
    amount = say.usd_short(measure.amount)
    yield say.t(
        "{state}: {amount}, {share} {of_what}",
        state=told.name,
        amount=amount,
        share=say.percent(measure.share, 1),
        of_what=told.of_what,
    )
    yield say.t("{state}: {amount} placed", state=told.name, amount=amount)


def _state_rate(told: _Told) -> Iterator[str]:
    scene, say, measure = told.scene, told.say, told.scene.state(told.state).measure
    if told.usd and measure.amount is None:
        yield from _state_dollars(told)
        return
    if told.usd:
        value, whole = say.usd_short(measure.rate), say.usd_short(whole_rate(scene))
    else:
        value, whole = rate_text(measure.rate or 0.0, say), rate_text(whole_rate(scene), say)
        yield say.t(
            "{state}: {value} activities {per}; Mexico: {whole}",
            state=told.name,
            value=value,
            per=told.per,
            whole=whole,
        )
    yield say.t(
        "{state}: {value} {per}; Mexico: {whole}",
        state=told.name,
        value=value,
        per=told.per,
        whole=whole,
    )
    yield say.t("{state}: {value} {per}", state=told.name, value=value, per=told.per)
    if told.usd:
        yield from _state_dollars(told)


def _state_share(told: _Told) -> Iterator[str]:
    say, measure = told.say, told.scene.state(told.state).measure
    if measure.share is None:
        yield from _state_dollars(told)
        return
    for digits in (1, 0):
        yield say.t(
            "{state}: {share} {of_what}, {part} of {by}",
            state=told.name,
            share=say.percent(measure.share, digits),
            of_what=told.of_what,
            part=say.percent(measure.need_share, digits),
            by=told.by,
        )
    yield say.t(
        "{state}: {share} {of_what}",
        state=told.name,
        share=say.percent(measure.share, 1),
        of_what=told.of_what,
    )


def _state_ratio(told: _Told) -> Iterator[str]:
    say, measure = told.say, told.scene.state(told.state).measure
    if measure.ratio is None:
        yield from _state_dollars(told)
        return
    yield say.t(
        "{state} has {ratio} times its share by {by}",
        state=told.name,
        ratio=say.decimal(measure.ratio, 2),
        by=told.by,
    )


def _state_gap(told: _Told) -> Iterator[str]:
    say, measure = told.say, told.scene.state(told.state).measure
    if measure.gap is None:
        yield from _state_dollars(told)
        return
    amount = written(abs(measure.gap), told.scene.view, say)
    fields = {"state": told.name, "amount": amount, "by": told.by}
    yield (
        say.t("{state} has {amount} more than its share by {by}", **fields)
        if measure.gap >= 0
        else say.t("{state} has {amount} less than its share by {by}", **fields)
    )
    yield (
        say.t("{state}: {amount} above its share", state=told.name, amount=amount)
        if measure.gap >= 0
        else say.t("{state}: {amount} below its share", state=told.name, amount=amount)
    )


_COUNTRY: Final[dict[str, Callable[[_Told], Iterator[str]]]] = {
    "value": _value,
    "rate": _rate,
    "share": _share,
    "ratio": _ratio,
    "gap": _gap,
}
_STATE: Final[dict[str, Callable[[_Told], Iterator[str]]]] = {
    "value": _state_value,
    "rate": _state_rate,
    "share": _state_share,
    "ratio": _state_ratio,
    "gap": _state_gap,
}
"""How the number is shown → the ways to say it in a title, of the country and of a state."""
