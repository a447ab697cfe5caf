"""The legend: the same classes as the map, in words, with what white and grey mean."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from geo.language import Speech
from geo.policy import SCENES_KEPT
from geo.scene import (
    NO_DATA,
    NO_DATA_FILL,
    NOT_APPLICABLE,
    NOT_APPLICABLE_FILL,
    ZERO,
    ZERO_FILL,
    Scene,
    ramp,
)
from geo.words.measure import end_text, measure_label, status_note

STATUS_FILLS = {
    ZERO: ZERO_FILL,
    NO_DATA: NO_DATA_FILL,
    NOT_APPLICABLE: NOT_APPLICABLE_FILL,
}


@dataclass(frozen=True, slots=True)
class LegendRow:
    """One swatch: its colour, what it stands for, and how many states have it."""

    fill: str
    label: str
    states: int
    status: str = ""


@dataclass(frozen=True, slots=True)
class Legend:
    """Title, rows of the classes from high to low, and rows of what is not classed."""

    title: str
    classes: tuple[LegendRow, ...]
    others: tuple[LegendRow, ...]


@lru_cache(maxsize=SCENES_KEPT)
def class_fills(scene: Scene) -> tuple[str, ...]:
    """The colour of each class of a scene, by class index."""
    classes = scene.classes
    return ramp(classes.count, below=None if classes.centre is None else classes.below)


def fill_of(scene: Scene, code: str) -> str:
    """The colour of one state."""
    state = scene.state(code)
    if state.klass is None:
        return STATUS_FILLS[state.status]
    return class_fills(scene)[state.klass]


@lru_cache(maxsize=SCENES_KEPT)
def build_legend(scene: Scene, say: Speech) -> Legend:
    """The legend of a scene in one language."""
    counts = [0] * scene.classes.count
    others: dict[str, int] = {}
    for state in scene.states:
        if state.klass is None:
            others[state.status] = others.get(state.status, 0) + 1
        else:
            counts[state.klass] += 1
    labels = class_labels(scene, say)
    rows = [
        LegendRow(fill, label, count)
        for fill, label, count in zip(class_fills(scene), labels, counts, strict=True)
    ]
    return Legend(
        title=measure_label(scene.view, say),
        classes=tuple(reversed(rows)),
        others=tuple(
            LegendRow(STATUS_FILLS[status], status_note(scene, status, say), count, status)
            for status, count in sorted(others.items(), reverse=True)
        ),
    )


def class_labels(scene: Scene, say: Speech) -> tuple[str, ...]:
    """The range of each class in the view's unit, by class index.

    Counts are written as the whole numbers a class can hold ("2–3"), other values by the ends of
    the class, each closed above.
    """
    view, classes = scene.view, scene.classes
    counts = (
        view.measure == "activities"
        and view.show == "value"
        and view.per == "none"
        and view.evidence == "documented"
    )
    labels = []
    for index, (lower, upper) in enumerate(classes.bounds):
        low = math.floor(lower) + 1 if counts and index else lower
        high = math.floor(upper) if counts else upper
        first, last = end_text(low, view, say), end_text(high, view, say)
        labels.append(first if first == last else f"{first} – {last}")
    return tuple(labels)
