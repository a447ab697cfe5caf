"""The map in words: a description of a view, computed, for whoever does not see the map.

Range, the highest and the lowest five, states without a number, how the total is spread, and what
is not on the map. The same text stands on the page for everyone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from markupsafe import Markup

from geo.atlas import Atlas
from geo.language import Speech
from geo.policy import SCENES_KEPT
from geo.scene import NO_DATA, NOT_APPLICABLE, ZERO, Scene, StateScene
from geo.words.equal_effort import alike
from geo.words.finding import headline
from geo.words.measure import measure_label, value_text
from geo.words.sentence import filters, remainder

NAMED: Final = 5
"""How many states of each end are named; states with the same value as the last are named too."""


@lru_cache(maxsize=SCENES_KEPT)
def description(atlas: Atlas, scene: Scene, say: Speech, state: str = "") -> tuple[str, ...]:
    """What the map of a scene shows, as sentences; the first is that of the selected state."""
    even, kept = alike(atlas, scene, say, state), filters(scene.view, scene, say)
    found = headline(atlas, scene, say, state)
    rest = f"{say.t('Not on the map')}: {remainder(scene, say)}"
    return tuple(part for part in (found, even, kept, *_map_words(atlas, scene, say), rest) if part)


def in_place_of_map(atlas: Atlas, scene: Scene, say: Speech) -> str:
    """What is read to whoever does not see the map, where its finding is read beside it."""
    return " ".join(_map_words(atlas, scene, say))


def _map_words(atlas: Atlas, scene: Scene, say: Speech) -> list[str]:
    numbered = sorted(
        (state for state in scene.states if state.value is not None),
        key=lambda state: (-(state.value or 0), state.code),
    )
    sentences = [f"{measure_label(scene.view, say)}."]
    if numbered:
        sentences.append(
            say.t(
                "From {low} to {high}.",
                low=_value(numbered[-1], scene, say),
                high=_value(numbered[0], scene, say),
            )
        )
        sentences.append(say.t("Highest: {states}.", states=_named(atlas, scene, numbered, say)))
        above = [state for state in numbered if state.status != ZERO]
        lowest = _named(atlas, scene, above[::-1], say)
        if len(above) > NAMED:
            sentences.append(say.t("Lowest above zero: {states}.", states=lowest))
        sentences.append(_spread(atlas, scene, say))
    for status in (ZERO, NO_DATA, NOT_APPLICABLE):
        count = sum(1 for state in scene.states if state.status == status)
        if count:
            sentences.append(_counted(status, count, say))
    return sentences


def _counted(status: str, count: int, say: Speech) -> str:
    if status == ZERO:
        return say.n("{count} state has zero.", "{count} states have zero.", count)
    if status == NO_DATA:
        return say.n(
            "{count} state has no published figure.",
            "{count} states have no published figure.",
            count,
        )
    return say.n(
        "For {count} state there is nothing to compare.",
        "For {count} states there is nothing to compare.",
        count,
    )


def first_with_ties(states: Sequence[StateScene], count: int = NAMED) -> Sequence[StateScene]:
    """The first `count` of a sorted sequence, and those after them with the last one's value."""
    if len(states) <= count:
        return states
    last = states[count - 1].value
    return [state for at, state in enumerate(states) if at < count or state.value == last]


def _named(atlas: Atlas, scene: Scene, states: Sequence[StateScene], say: Speech) -> str:
    return "; ".join(
        f"{atlas.states[state.code].names[say.lang]} {_value(state, scene, say)}"
        for state in first_with_ties(states)
    )


def _value(state: StateScene, scene: Scene, say: Speech) -> str:
    return value_text(state.value, state.status, scene.view, say)


def _spread(atlas: Atlas, scene: Scene, say: Speech) -> str:
    """In how few states half of all is."""
    amounts = sorted(
        ((state.measure.amount or 0, state.code) for state in scene.states), reverse=True
    )
    whole, so_far, names = sum(amount for amount, _ in amounts), 0.0, []
    if not whole:
        return ""
    for amount, code in amounts:
        so_far += amount
        names.append(atlas.states[code].names[say.lang])
        if so_far >= whole / 2:
            break
    return say.n(
        "Half of all that can be placed is in {count} state: {names}.",
        "Half of all that can be placed is in {count} states: {names}.",
        len(names),
        names=", ".join(names),
    )


def description_html(atlas: Atlas, scene: Scene, say: Speech, state: str = "") -> Markup:
    """The description, folded, below the map."""
    lines = Markup("").join(
        Markup("<p>{}</p>").format(line) for line in description(atlas, scene, say, state)
    )
    return Markup('<details class="ma-described"><summary>{}</summary>{}</details>').format(
        say.t("This map in words"), lines
    )
