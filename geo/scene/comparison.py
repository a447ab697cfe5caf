"""Two views against each other: classed together, or state by state as a difference."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from geo.atlas import Atlas
from geo.policy import SCENES_KEPT
from geo.scene.classes import Classes, classify
from geo.scene.measures import NO_DATA, VALUE, ZERO
from geo.scene.scene import CENTRES, Scene, build_scene
from geo.view import View


@dataclass(frozen=True, slots=True)
class StateDifference:
    """One state in two views: `change` is second − first, None where either has no number.

    `status` is `value`, `zero` (no difference) or `no_data`.
    """

    code: str
    first: float | None
    second: float | None
    change: float | None
    status: str
    klass: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """All states in two views, with diverging classes around no difference."""

    first: Scene
    second: Scene
    states: tuple[StateDifference, ...]
    classes: Classes

    @property
    def ordered(self) -> tuple[StateDifference, ...]:
        """The greatest gains first, then the losses, then what cannot be compared."""
        return tuple(
            sorted(self.states, key=lambda s: (s.change is None, -(s.change or 0.0), s.code))
        )


def pool(scenes: tuple[Scene, ...]) -> tuple[Scene, ...]:
    """The same scenes with one set of class breaks, made from the values of all of them.

    The scheme, the number of classes and the turning point are the first scene's.
    """
    view = scenes[0].view
    values = [
        state.value
        for scene in scenes
        for state in scene.states
        if state.status == VALUE and state.value is not None
    ]
    classes = classify(values, view.scheme, view.k, centre=CENTRES.get(view.show))
    return tuple(_reclassed(scene, classes) for scene in scenes)


def compare(atlas: Atlas, view: View, other: View) -> tuple[Scene, Scene]:
    """Both views' scenes with the same classes. Cached like a scene."""
    return _compare(atlas, view.data_key(), other.data_key())


@lru_cache(maxsize=SCENES_KEPT)
def _compare(atlas: Atlas, view: View, other: View) -> tuple[Scene, Scene]:
    first, second = pool((build_scene(atlas, view), build_scene(atlas, other)))
    return first, second


def difference(atlas: Atlas, view: View, other: View) -> Difference:
    """What the second view has more or less than the first, state by state."""
    return _difference(atlas, view.data_key(), other.data_key())


@lru_cache(maxsize=SCENES_KEPT)
def _difference(atlas: Atlas, view: View, other: View) -> Difference:
    first, second = build_scene(atlas, view), build_scene(atlas, other)
    changes = {
        one.code: None if one.value is None or two.value is None else two.value - one.value
        for one, two in zip(first.states, second.states, strict=True)
    }
    classes = classify([c for c in changes.values() if c], view.scheme, view.k, centre=0.0)
    states = tuple(
        StateDifference(
            code=one.code,
            first=one.value,
            second=two.value,
            change=changes[one.code],
            status=_status(changes[one.code]),
            klass=_class_of(changes[one.code], classes),
        )
        for one, two in zip(first.states, second.states, strict=True)
    )
    return Difference(first, second, states, classes)


def _status(change: float | None) -> str:
    if change is None:
        return NO_DATA
    return VALUE if change else ZERO


def _class_of(change: float | None, classes: Classes) -> int | None:
    return classes.index_of(change) if change else None


def _reclassed(scene: Scene, classes: Classes) -> Scene:
    states = tuple(
        replace(state, klass=classes.index_of(state.value))
        if state.status == VALUE and state.value is not None
        else state
        for state in scene.states
    )
    return replace(scene, states=states, classes=classes)
