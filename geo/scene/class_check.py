"""The classification check: how well each scheme's classes fit, and which states they move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

from geo.policy import SCENES_KEPT
from geo.scene.classes import Classes, classify
from geo.scene.measures import VALUE
from geo.scene.scene import CENTRES, Scene
from geo.view import CLASS_COUNTS, SCHEMES, View


@dataclass(frozen=True, slots=True)
class Fit:
    """How well one scheme's classes fit the values of a view, and what they change.

    `variance` and `deviation` are None where they are not defined. `moved` gives the states in
    another class than the view's own, with (number of their class in the view, under this
    scheme), from 1.
    """

    scheme: str
    classes: Classes
    variance: float | None
    deviation: float | None
    moved: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class ClassCheck:
    """All schemes with the view's number of classes, and the view's scheme with other numbers.

    `best_variance` and `best_deviation` name the schemes that fit best, all of them where they
    tie. `by_count` holds (asked, made, goodness of variance fit) for 3 to 9 classes.
    """

    fits: tuple[Fit, ...]
    best_variance: tuple[str, ...]
    best_deviation: tuple[str, ...]
    by_count: tuple[tuple[int, int, float | None], ...]


def variance_fit(values: Sequence[float], classes: Classes) -> float | None:
    """Goodness of variance fit, 1 − Σ within-class squared deviations ÷ Σ squared deviations.

    From 0 (one class) to 1 (each class holds one value); None where all values are equal. With a
    given number of classes, natural breaks have the highest possible one by definition, also where
    no class may cross a value and every way to share the classes between its sides is tried.
    Reference: Jenks and Caspall 1971, Annals of the AAG 61(2).

    >>> round(variance_fit([1, 1, 3, 5], classify([1, 1, 3, 5], "equal", 2)), 4)
    0.7576

    By hand: the mean is 2.5, the squares 2.25 + 2.25 + 0.25 + 6.25 = 11. Equal intervals end at 3:
    the classes are {1, 1, 3} with mean 5/3 and squares 4/9 + 4/9 + 16/9 = 8/3, and {5} with 0.
    1 − (8/3) / 11 = 25/33.
    """
    whole = _squares(values)
    return 1 - sum(map(_squares, _members(values, classes))) / whole if whole else None


def deviation_fit(values: Sequence[float], classes: Classes) -> float | None:
    """Tabular accuracy, 1 − Σ |deviations from the class median| ÷ Σ |deviations from the median|.

    From 0 to 1; less swayed by a few extreme values than the variance. None where all are equal.
    """
    whole = _absolutes(values)
    return 1 - sum(map(_absolutes, _members(values, classes))) / whole if whole else None


@lru_cache(maxsize=SCENES_KEPT)
def check_classes(scene: Scene) -> ClassCheck:
    """Class the values of a scene by every scheme."""
    view = scene.view
    shown = [s for s in scene.states if s.status == VALUE and s.value is not None]
    values = [s.value for s in shown if s.value is not None]
    fits = []
    for scheme in SCHEMES:
        classes = classify(values, scheme, view.k, centre=CENTRES.get(view.show))
        moved = tuple(
            (s.code, (s.klass or 0) + 1, classes.index_of(s.value) + 1)
            for s in shown
            if s.value is not None and classes.index_of(s.value) != s.klass
        )
        variance, deviation = variance_fit(values, classes), deviation_fit(values, classes)
        fits.append(Fit(scheme, classes, variance, deviation, moved))
    return ClassCheck(
        fits=tuple(fits),
        best_variance=_best([(fit.scheme, fit.variance) for fit in fits]),
        best_deviation=_best([(fit.scheme, fit.deviation) for fit in fits]),
        by_count=tuple(_with_count(values, view, k) for k in CLASS_COUNTS),
    )


def _with_count(values: list[float], view: View, k: int) -> tuple[int, int, float | None]:
    classes = classify(values, view.scheme, k, centre=CENTRES.get(view.show))
    return k, classes.count, variance_fit(values, classes)


def _best(fits: list[tuple[str, float | None]]) -> tuple[str, ...]:
    known = [(scheme, round(fit, 9)) for scheme, fit in fits if fit is not None]
    top = max((fit for _, fit in known), default=None)
    return tuple(scheme for scheme, fit in known if fit == top)


def _members(values: Sequence[float], classes: Classes) -> list[list[float]]:
    groups: list[list[float]] = [[] for _ in range(classes.count)]
    for value in values:
        groups[classes.index_of(value)].append(value)
    return groups


def _squares(values: Sequence[float]) -> float:
    if not values:
        return 0.0
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values)


def _absolutes(values: Sequence[float]) -> float:
    if not values:
        return 0.0
    middle = median(values)
    return sum(abs(value - middle) for value in values)
