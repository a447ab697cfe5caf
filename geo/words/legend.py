"""The legend: the same classes as the map, in words, with what white and grey mean."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
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
from geo.words.measure import end_text, is_plain, measure_label, status_note

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


@dataclass(frozen=True, slots=True)
class Legend:
    """Title, rows of the classes from high to low, and rows of what is not classed."""

    title: str
    classes: tuple[LegendRow, ...]
    others: tuple[LegendRow, ...]

    @property
    def rows(self) -> tuple[LegendRow, ...]:
        """All rows from the top down."""
        return (*self.classes, *self.others)


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
    return legend_of(
        measure_label(scene.view, say),
        zip(class_fills(scene), class_labels(scene, say), strict=True),
        ((state.klass, state.status) for state in scene.states),
        lambda status: status_note(scene, status, say),
    )


def legend_of(
    title: str,
    classes: Iterable[tuple[str, str]],
    states: Iterable[tuple[int | None, str]],
    note: Callable[[str], str],
) -> Legend:
    """A legend that counts the states of each class, and of each status that is not classed.

    `classes` are colour and label by class index, `states` the class or None and the status of
    each state, `note` what a status means.
    """
    found = Counter(status if klass is None else klass for klass, status in states)
    return Legend(
        title,
        tuple(LegendRow(fill, label, found[index]) for index, (fill, label) in enumerate(classes))[
            ::-1
        ],
        tuple(
            LegendRow(STATUS_FILLS[status], note(status), found[status])
            for status in sorted(STATUS_FILLS, reverse=True)
            if found[status]
        ),
    )


def class_rows(scenes: Sequence[Scene], say: Speech) -> list[tuple[str, str]]:
    """Colour and meaning of each class that scenes share, and of what has none in any of them."""
    rows = list(zip(class_fills(scenes[0]), class_labels(scenes[0], say), strict=True))
    statuses = {state.status for scene in scenes for state in scene.states}
    if ZERO in statuses:
        rows.append((ZERO_FILL, say.t("none documented")))
    if NO_DATA in statuses:
        rows.append((NO_DATA_FILL, say.t("no published figure")))
    return rows


def class_labels(scene: Scene, say: Speech) -> tuple[str, ...]:
    """The range of each class in the view's unit, by class index.

    Counts are written as the whole numbers a class can hold ("2–3"), other values by the ends of
    the class, each closed above.
    """
    view, classes = scene.view, scene.classes
    counts = is_plain(view)
    labels = []
    for index, (lower, upper) in enumerate(classes.bounds):
        low = math.floor(lower) + 1 if counts and index else lower
        high = math.floor(upper) if counts else upper
        first, last = end_text(low, view, say), end_text(high, view, say)
        labels.append(first if first == last else f"{first} – {last}")
    return tuple(labels)
