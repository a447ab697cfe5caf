"""Class breaks of a choropleth: which values share a colour.

Missing values and zeros are never classed: they are classes of their own. Every class is closed
above, (lower, upper]; the first one also holds its lower end.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Classes:
    """Class breaks and what they were made from.

    `low` is the smallest classed value and `uppers` the strictly increasing upper ends: class 0
    holds low <= v <= uppers[0], class i holds uppers[i - 1] < v <= uppers[i]. `asked` is the
    number of classes the reader chose; ties can leave fewer. `centre` is set where the scale
    diverges around a value (1 for a ratio, 0 for a gap); the first `below` classes lie under it
    and no class crosses it.
    """

    low: float
    uppers: tuple[float, ...]
    asked: int
    scheme: str
    centre: float | None = None
    below: int = 0

    @property
    def count(self) -> int:
        """How many classes there are; 0 where there was nothing to class."""
        return len(self.uppers)

    @property
    def bounds(self) -> tuple[tuple[float, float], ...]:
        """(lower, upper) of every class; two classes that meet at the centre share it."""
        uppers = list(self.uppers)
        if self.centre is not None and 0 < self.below < self.count:
            uppers[self.below - 1] = self.centre
        return tuple(zip((self.low, *uppers), uppers, strict=False))

    def index_of(self, value: float) -> int:
        """The class of a value, from 0; values beyond the ends join the end classes."""
        return min(bisect_left(self.uppers, value), self.count - 1)


def classify(
    values: Sequence[float], scheme: str, k: int, *, centre: float | None = None
) -> Classes:
    """Class breaks of finite values.

    Parameters
    ----------
    values
        The values to class, in any order, in the unit of the map; without NaN, and without zero
        where zero is a class of its own.
    scheme
        `jenks` (least squares within classes), `quantiles`, `equal` (equal intervals) or `log`
        (equal ratios; falls back to `equal` where a value is not positive).
    k
        The number of classes asked for, at least 1.
    centre
        A value no class may cross. Natural breaks then share the classes between its two sides in
        the way that fits best; the other schemes in proportion to how many values lie on each, at
        least one for a side with values.

    Returns
    -------
    Classes
        At most `k` classes, each with at least one value in it; fewer where there are fewer
        distinct values.
    """
    ordered = sorted(float(value) for value in values)
    if not ordered:
        return Classes(math.nan, (), k, scheme, centre)
    if centre is None:
        return Classes(ordered[0], _uppers(ordered, scheme, k), k, scheme)
    under = [value for value in ordered if value < centre]
    over = [value for value in ordered if value >= centre]
    below, above = _two_sides(under, over, scheme, k)
    if below and above:
        below = (*below[:-1], math.nextafter(centre, -math.inf))
    return Classes(ordered[0], (*below, *above), k, scheme, centre, len(below))


def _two_sides(
    under: list[float], over: list[float], scheme: str, k: int
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Upper ends of the classes on either side of a centre, at most `k` in all."""
    if not under or not over:
        return _uppers(under, scheme, k), _uppers(over, scheme, k)
    if scheme != "jenks":
        share = round(k * len(under) / (len(under) + len(over)))
        k_under = min(max(1, share), max(1, k - 1))
        return _uppers(under, scheme, k_under), _uppers(over, scheme, max(1, k - k_under))
    splits = [
        (_uppers(under, scheme, k_under), _uppers(over, scheme, max(1, k - k_under)))
        for k_under in range(1, max(2, k))
    ]
    # Of splits that fit alike the first, with the fewest classes below.
    return min(splits, key=lambda both: _misfit(under, both[0]) + _misfit(over, both[1]))


def _misfit(ordered: list[float], uppers: tuple[float, ...]) -> float:
    """Sum of squared deviations from the mean of each class."""
    groups: dict[int, list[float]] = {}
    for value in ordered:
        groups.setdefault(bisect_left(uppers, value), []).append(value)
    means = {at: math.fsum(group) / len(group) for at, group in groups.items()}
    return math.fsum((v - means[at]) ** 2 for at, group in groups.items() for v in group)


def _uppers(ordered: list[float], scheme: str, k: int) -> tuple[float, ...]:
    """Upper ends of the non-empty classes of sorted values; the last one is their maximum."""
    if not ordered:
        return ()
    low, high = ordered[0], ordered[-1]
    k = min(k, len(set(ordered)))
    if k == 1:
        return (high,)
    if scheme == "quantiles":
        inner = [float(np.quantile(ordered, i / k)) for i in range(1, k)]
    elif scheme == "log" and low > 0:
        inner = [low * (high / low) ** (i / k) for i in range(1, k)]
    elif scheme == "jenks":
        inner = _jenks(ordered, k)
    else:
        inner = [low + (high - low) * i / k for i in range(1, k)]
    breaks = {_on_value(value, ordered) for value in inner}
    return _without_empty([*sorted(value for value in breaks if value < high), high], ordered)


def _on_value(value: float, ordered: list[float]) -> float:
    """A computed break, or the value it misses only by the last bits of a float.

    Otherwise a value that lies on a break would join the class above it, or not, by chance.
    """
    at = bisect_left(ordered, value)
    for near in ordered[max(0, at - 1) : at + 1]:
        if math.isclose(near, value, rel_tol=1e-12):
            return near
    return value


def _jenks(ordered: list[float], k: int) -> list[float]:
    import jenkspy

    if ordered[0] == ordered[-1]:
        return []
    return [float(value) for value in jenkspy.jenks_breaks(ordered, n_classes=k)[1:-1]]


def _without_empty(uppers: list[float], ordered: list[float]) -> tuple[float, ...]:
    """Drop every class that holds no value, so the legend names none that is not on the map."""
    kept: list[float] = []
    done = 0
    for upper in uppers:
        reached = bisect_right(ordered, upper)
        if reached > done:
            kept.append(upper)
            done = reached
    return tuple(kept)
