"""The finding by the least biased evidence: what was found where every state was asked the same.

Most of the ledger was found by following the essay's places or by the way, so that who looked where
is in every number. Two searches asked every state the same questions; what these found, under the
view's own filters, stands beside each finding, or it is said that they found too little.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Final

from geo.atlas import Atlas
from geo.language import Speech, speech, t
from geo.reading import text_of, yaml_of
from geo.scene import Scene, build_scene, place
from geo.view import SEARCHES, View
from geo.words.finding import named, rates, spread, written
from geo.words.measure import shape_of
from geo.words.state_finding import fair_share, rate_text, share_text, whole_rate

EQUAL_EFFORT: Final = "systematic"
"""The choice of `View.found` that keeps both searches by equal questions."""

DECIMALS: Final = 2
"""Of a rate: one more than a headline's, since fewer finds make smaller numbers."""


def alike(atlas: Atlas, scene: Scene, say: Speech, state: str = "") -> str:
    """The finding of a view, or of its selected state, where every state was asked alike.

    One sentence; empty where the view has no finding or holds nothing but such evidence.
    """
    view = scene.view
    if scene.border.share is None or _asked_alike(view):
        return ""
    even = build_scene(atlas, view.with_(found=EQUAL_EFFORT))
    count = found_in(atlas, even.view)
    if count < enough(atlas.data) or even.border.share is None:
        return _too_few(view, count, say)
    if state:
        return _of_state(atlas, even, state, say)
    return _TOLD[shape_of(even.view)](atlas, even, say)


def _asked_alike(view: View) -> bool:
    return SEARCHES.get(view.found, frozenset("*")) <= SEARCHES[EQUAL_EFFORT]


def found_in(atlas: Atlas, view: View) -> int:
    """How many activities a view's numbers are made of: with a counted place, or with dollars."""
    placed = place(atlas, view)
    shares = (share for share, _ in placed.dollars) if view.measure == "usd" else placed.presence
    return len({share.activity.activity_id for share in shares})


@lru_cache(maxsize=4)
def enough(data: Path) -> int:
    """Fewer activities than this are an anecdote: `min_activities` of the claims file."""
    plain = speech("en")
    raw = yaml_of(text_of((data / "claims.yaml").read_bytes(), plain), plain)
    assert isinstance(raw, dict), "claims.yaml was checked at the start"
    return int(str(raw["min_activities"]))


def _too_few(view: View, count: int, say: Speech) -> str:
    if view.measure == "usd":
        return say.n(
            "Where every state was asked alike, {count} dollar figure was found: too few to tell.",
            "Where every state was asked alike, {count} dollar figures were found: too few to "
            "tell.",
            count,
        )
    return say.n(
        "Where every state was asked alike, {count} activity was found: too few to tell.",
        "Where every state was asked alike, {count} activities were found: too few to tell.",
        count,
    )


def _share(_atlas: Atlas, even: Scene, say: Speech) -> str:
    return say.t(
        "Where every state was asked alike, the border has {share}.",
        share=say.percent(even.border.share),
    )


def _rate(_atlas: Atlas, even: Scene, say: Speech) -> str:
    usd = even.view.measure == "usd"
    border, others = (
        say.usd_short(rate) if usd else say.decimal(rate, DECIMALS) for rate in rates(even)
    )
    return say.t(
        "Where every state was asked alike, the border has {border} and the others {others}.",
        border=border,
        others=others,
    )


def _ratio(_atlas: Atlas, even: Scene, say: Speech) -> str:
    off, on = spread(even)
    return say.t(
        "Where every state was asked alike, {less} of {off} off the border have less and {more} "
        "of {on} on it more.",
        less=sum(1 for value in off if value < 1),
        off=len(off),
        more=sum(1 for value in on if value > 1),
        on=len(on),
    )


def _gap(atlas: Atlas, even: Scene, say: Speech) -> str:
    known = [(state.value, state) for state in even.states if state.value is not None]
    high, low = max(value for value, _ in known), min(value for value, _ in known)
    most, least = ([state for value, state in known if value == end] for end in (high, low))
    fields = {"names": named(atlas, most, say), "amount": written(high, even.view, say)}
    if low >= 0:
        return say.t("Where every state was asked alike: {names} {amount} more.", **fields)
    return say.t(
        "Where every state was asked alike: {names} {amount} more, {others} {fewer} fewer.",
        others=named(atlas, least, say),
        fewer=written(-low, even.view, say),
        **fields,
    )


def _of_state(atlas: Atlas, even: Scene, code: str, say: Speech) -> str:
    """A state's number where every state was asked alike, as its headline gives it."""
    view, state = even.view, even.state(code)
    name, measure, usd = atlas.states[code].names[say.lang], state.measure, view.measure == "usd"
    if measure.amount is None:
        return say.t(
            "Where every state was asked alike, no dollar figure was found for {state}.", state=name
        )
    shape = shape_of(even.view)
    if shape == "value" and not usd:
        return say.t(
            "Where every state was asked alike, {state} has {count}; its share would be {fair}.",
            state=name,
            count=say.number(measure.amount, 1),
            fair=share_text(even, fair_share(even, state), say),
        )
    if shape == "gap":
        gap, fields = measure.gap or 0.0, {"state": name}
        amount = written(abs(gap), view, say)
        return (
            t("Where every state was asked alike, {state} has {amount} more than its share.")
            if gap >= 0
            else t("Where every state was asked alike, {state} has {amount} less than its share.")
        )(say, amount=amount, **fields)
    if shape == "ratio":
        return say.t(
            "Where every state was asked alike, {state} has {ratio} times its share.",
            state=name,
            ratio=say.decimal(measure.ratio, 2),
        )
    if shape == "share":
        return say.t(
            "Where every state was asked alike, {state} has {share} of all.",
            state=name,
            share=say.percent(measure.share, 1),
        )
    if shape == "value":
        value, whole = say.usd_short(measure.amount), say.usd_short(even.total)
    elif usd:
        value, whole = say.usd_short(measure.rate), say.usd_short(whole_rate(even))
    else:
        value, whole = rate_text(measure.rate or 0.0, say), rate_text(whole_rate(even), say)
    return say.t(
        "Where every state was asked alike, {state} has {value} and all of Mexico {whole}.",
        state=name,
        value=value,
        whole=whole,
    )


_TOLD: Final[dict[str, Callable[[Atlas, Scene, Speech], str]]] = {
    "value": _share,
    "share": _share,
    "rate": _rate,
    "ratio": _ratio,
    "gap": _gap,
}
"""How the number is shown → what is said of it; the same finding as the headline's."""
