"""What the known overlaps of activities may count twice in a state."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from geo.atlas import Atlas
from geo.equity.indices import Vector
from geo.scene import Scene, attribute_dollars, counted_in, to_cents


def told_twice(atlas: Atlas, scene: Scene, *, only_certain: bool) -> Vector:
    """What a state would lose if the known overlaps were counted once; shape (n,).

    An overlap is stated from the later or larger activity, which is the one left out, in each
    state that the other reaches too. Parts of a whole are never counted twice to begin with.
    """
    held = _held(scene)
    twice: set[tuple[str, str]] = set()
    for row in atlas.table("overlaps"):
        later, other = row["activity_id"], row["other_id"]
        if later != other and (row["certain"] or not only_certain):
            twice |= {
                (later, state) for state in held.get(later, {}) if state in held.get(other, {})
            }
    lost = dict.fromkeys(atlas.states, Decimal(0))
    for later, state in sorted(twice):
        lost[state] += held[later][state]
    return np.array([float(amount) for amount in lost.values()])


def _held(scene: Scene) -> dict[str, dict[str, Decimal]]:
    """Activity → state → what it brings to it: dollars, or one activity."""
    held: dict[str, dict[str, Decimal]] = {}
    if scene.view.measure == "usd":
        include_weak = scene.view.weak == "include"
        dollars = attribute_dollars(scene.selection.activities, include_weak=include_weak)
        for share, amount in to_cents(dollars, constant=scene.view.prices_of is not None)[0]:
            of = held.setdefault(share.activity.activity_id, {})
            of[share.state] = Decimal(amount) / 100
        return held
    for activity, places in counted_in(scene):
        held[activity.activity_id] = dict.fromkeys((at.state for at in places), Decimal(1))
    return held
