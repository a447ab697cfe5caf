"""The headline of a selected state: what is documented there, beside what its share would be."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from geo.atlas import Atlas
from geo.language import Speech, t
from geo.scene import NO_DATA, SCALE, ZERO, Scene, StateScene, place
from geo.words.counted import NEED_OF, counted_things, of_what, things
from geo.words.measure import per_unit, shape_of

NEAR: Final = 0.1
"""A fair share this near to a whole number is told as that number, else as the two around it."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A state as its headline tells of it."""

    atlas: Atlas
    scene: Scene
    state: StateScene
    say: Speech

    @property
    def name(self) -> str:
        """What it is called."""
        return self.atlas.states[self.state.code].names[self.say.lang]

    @property
    def need(self) -> str:
        """The need that aid is compared with."""
        return NEED_OF[self.scene.view.need](self.say)

    @property
    def parts(self) -> dict[str, str]:
        """Its share of all beside its share of the need."""
        measure = self.state.measure
        return {
            "state": self.name,
            "share": self.say.percent(measure.share, 1),
            "of_what": of_what(self.scene.view, self.say),
            "part": self.say.percent(measure.need_share, 1),
            "need": self.need,
        }


def state_headline(atlas: Atlas, scene: Scene, code: str, say: Speech) -> str:
    """The finding of one state under a view."""
    view, state = scene.view, scene.state(code)
    told = _Told(atlas, scene, state, say)
    if scene.border.share is None:
        return (
            t("{state}: no dollar figure that matches these choices has a published place.")
            if view.measure == "usd"
            else t("{state}: no documented activity that matches these choices has a known state.")
        )(say, state=told.name)
    if state.cents is None and view.measure == "usd":
        return _without_dollars(told)
    return _TOLD[shape_of(scene.view)](told)


def fair_share(scene: Scene, state: StateScene) -> float:
    """What a state would have of the view's total by its share of the need."""
    return scene.total * state.measure.need_share


def fair_text(amount: float, say: Speech) -> str:
    """A fair share of things that come whole: "7 or 8", or one number that it is next to."""
    near = round(amount)
    if near and abs(amount - near) < NEAR:
        return say.t("about {count}", count=say.number(near))
    if amount < 1:
        return say.t("less than 1")
    return say.either(math.floor(amount), math.ceil(amount))


def whole_rate(scene: Scene) -> float:
    """What all the states have together, for as much need as the map's rate."""
    need = sum(state.measure.need for state in scene.states)
    return scene.total / need * SCALE[scene.view.per] if need else 0.0


def rate_text(rate: float, say: Speech) -> str:
    """A rate to as many decimals as tell it from nothing."""
    return say.decimal(rate, 1 if rate >= 1 or not rate else 2 if rate >= 0.01 else 4)


def share_text(scene: Scene, amount: float, say: Speech) -> str:
    """A fair share in a view's activities, which come whole unless they are shared out."""
    if scene.view.evidence == "documented":
        return fair_text(amount, say)
    return say.number(amount, 1)


def _number(told: _Told) -> str:
    scene, state, say = told.scene, told.state, told.say
    view, amount = scene.view, state.measure.amount or 0.0
    if view.measure == "usd":
        return _dollars(told)
    if not amount:
        return _without_activity(told)
    fair = fair_share(scene, state)
    return say.n(
        "{state}: {counted}; its share of the people would be {fair}.",
        "{state}: {counted}; its share of the people would be {fair}.",
        1 if fair < 1 + NEAR else 2,
        state=told.name,
        counted=counted_things(view, amount, say),
        fair=share_text(scene, fair, say),
    )


def _without_activity(told: _Told) -> str:
    """That nothing was found, and that nothing found is not nothing given."""
    scene, say, name = told.scene, told.say, told.name
    found = (
        say.t("No activity was found for {state}.", state=name)
        if scene.view.whole
        else say.t("No activity that matches these choices was found for {state}.", state=name)
    )
    without = sum(1 for state in scene.states if state.status == ZERO)
    rest = say.n(
        "It is the only one of {all} states with none; that is not the same as none given.",
        "{count} of {all} states have none; that is not the same as none given.",
        without,
        all=len(scene.states),
    )
    return f"{found} {rest}"


def _without_dollars(told: _Told) -> str:
    scene, say, name, view = told.scene, told.say, told.name, told.scene.view
    found = (
        say.t("No dollar figure was found for {state}.", state=name)
        if view.whole
        else say.t("No dollar figure that matches these choices was found for {state}.", state=name)
    )
    without = sum(1 for one in scene.states if one.status == NO_DATA)
    if shape_of(scene.view) == "value":
        rest = say.n(
            "It is the only one of {all} states with none; that is not the same as no aid.",
            "{count} of {all} states have none; that is not the same as no aid.",
            without,
            all=len(scene.states),
        )
        return f"{found} {rest}"
    rest = say.n(
        "It has {part} of {need}. It is the only one of {all} states with none.",
        "It has {part} of {need}. {count} of {all} states have none.",
        without,
        all=len(scene.states),
        part=told.parts["part"],
        need=told.need,
    )
    return f"{found} {rest}"


def _dollars(told: _Told) -> str:
    scene, say, parts = told.scene, told.say, told.parts
    fields: dict[str, Any] = {
        "state": told.name,
        "amount": say.usd_short(told.state.measure.amount),
        "share": parts["share"],
        "of_what": parts["of_what"],
    }
    if scene.view.evidence == "attributed":
        return say.t("{state}: {amount}, {share} {of_what}.", **fields)
    figures = sum(
        1 for share, _ in place(told.atlas, scene.view).dollars if share.state == told.state.code
    )
    return say.n(
        "{state}: {amount} in {count} published figure, {share} {of_what}.",
        "{state}: {amount} in {count} published figures, {share} {of_what}.",
        figures,
        **fields,
    )


def _rate(told: _Told) -> str:
    scene, say, view = told.scene, told.say, told.scene.view
    measure, per = told.state.measure, per_unit(view.per, say)
    if view.measure == "usd":
        return say.t(
            "{state}: {value} {per} {of_what}; in all of Mexico it is {whole}.",
            state=told.name,
            value=say.usd_short(measure.rate),
            per=per,
            of_what=told.parts["of_what"],
            whole=say.usd_short(whole_rate(scene)),
        )
    fields = {
        "state": told.name,
        "things": things(view, say),
        "per": per,
        "whole": rate_text(whole_rate(scene), say),
    }
    if not measure.amount:
        return say.t("{state} has no {things}; in all of Mexico it is {whole} {per}.", **fields)
    return say.t(
        "{state}: {value} {things} {per}; in all of Mexico it is {whole}.",
        value=rate_text(measure.rate or 0.0, say),
        **fields,
    )


def _share(told: _Told) -> str:
    return told.say.t("{state} has {share} {of_what} and {part} of {need}.", **told.parts)


def _ratio(told: _Told) -> str:
    return told.say.t(
        "{state} has {ratio} times its share: {part} of {need}, {share} {of_what}.",
        ratio=told.say.decimal(told.state.measure.ratio, 2),
        **told.parts,
    )


def _gap(told: _Told) -> str:
    say, view, gap = told.say, told.scene.view, told.state.measure.gap or 0.0
    if view.measure == "usd":
        fields = {
            "state": told.name,
            "need": told.need,
            "amount": say.usd_short(abs(gap)),
            "of_what": told.parts["of_what"],
        }
        return (
            t("{state} has {amount} more {of_what} than its share of {need} would give.")
            if gap >= 0
            else t("{state} has {amount} less {of_what} than its share of {need} would give.")
        )(say, **fields)
    fields = {
        "state": told.name,
        "need": told.need,
        "amount": say.decimal(abs(gap), 1),
        "things": things(view, say),
    }
    return (
        t("{state} has {amount} {things} more than its share of {need} would give.")
        if gap >= 0
        else t("{state} has {amount} {things} fewer than its share of {need} would give.")
    )(say, **fields)


_TOLD: Final[dict[str, Callable[[_Told], str]]] = {
    "value": _number,
    "rate": _rate,
    "share": _share,
    "ratio": _ratio,
    "gap": _gap,
}
"""How the number is shown → the headline of a state."""
