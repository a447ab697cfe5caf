"""Drawings of the essay's page: dumbbells, parts of a whole, bounds and factor curves.

All are 360 units wide, which is a phone's width, so that their letters stay legible there. Each
stands beside a table of the same numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from markupsafe import Markup

from geo.drawing import Axes, Scale, bar, chart, circle, line, part, text, traced
from geo.language import Speech

KIND: Final = "ma-ev-chart"
WIDTH: Final = 360
LEFT: Final = 8
RIGHT: Final = 352
OUTSIDE: Final = 8
"""From an end of a dumbbell to its number."""

FACTORS_NAMED: Final = (1, 5, 10, 15, 20)


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """A share of the aid against a share of a need, under a name."""

    name: str
    aid: float
    need: float


def dumbbell_svg(
    pairs: Sequence[Dumbbell], title: str, aid_name: str, need_name: str, say: Speech
) -> Markup:
    """Share of the aid (filled) against share of the need (hollow), a line for each need."""
    top = max(max(pair.aid, pair.need) for pair in pairs)
    height = 46 + 44 * len(pairs)
    axes = _shares(max(ceil(top * 10) / 10, 0.1), 30, height - 22)
    return chart(
        KIND,
        (WIDTH, height),
        title,
        circle("ma-ev-aid", (14, 8), 5),
        text(aid_name, (24, 12)),
        circle("ma-ev-need", (190, 8), 5),
        text(need_name, (200, 12)),
        _quarters(axes, say),
        *(_dumbbell(pair, 46 + 44 * at, axes.x, say) for at, pair in enumerate(pairs)),
    )


def _dumbbell(pair: Dumbbell, y: int, x: Scale, say: Speech) -> Markup:
    aid, need = x(pair.aid), x(pair.need)
    low, high = sorted((aid, need))
    labels = Markup("")
    for at, value in ((aid, pair.aid), (need, pair.need)):
        ends = at == low and low != high
        if ends and at - OUTSIDE < 30:
            ends = False
        elif not ends and at + OUTSIDE > RIGHT - 28:
            ends = True
        beside = at - OUTSIDE if ends else at + OUTSIDE
        anchor = "end" if ends else "start"
        labels += text(say.percent(value, 1), (beside, y + 22), "ma-ev-value", anchor)
    return part(
        "g",
        text(pair.name, (LEFT, y + 6), "ma-ev-name"),
        line("ma-ev-link", (low, y + 18), (high, y + 18)),
        circle("ma-ev-need", (need, y + 18), 5.5),
        circle("ma-ev-aid", (aid, y + 18), 5.5),
        labels,
    )


def split_svg(part: float, title: str, inside: str, outside: str) -> Markup:
    """One bar in two parts: how much of the inequality lies between the groups."""
    edge = LEFT + part * (RIGHT - LEFT)
    return chart(
        KIND,
        (WIDTH, 46),
        title,
        bar("ma-ev-part", LEFT, 4, edge - LEFT, 18),
        bar("ma-ev-rest", edge, 4, RIGHT - edge, 18),
        text(inside, (LEFT, 38)),
        text(outside, (RIGHT, 38), anchor="end"),
    )


def bounds_svg(low: float, high: float, limit: float, title: str, say: Speech) -> Markup:
    """The shares that are possible as a band, and the one that the claim asks for as a line."""
    axes = _shares(1.0, 20, 56)
    start, end, at = axes.x(low), axes.x(high), axes.x(limit)
    asked = say.t("asked for: {share}", share=say.percent(limit))
    return chart(
        KIND,
        (WIDTH, 78),
        title,
        _quarters(axes, say),
        bar("ma-ev-band", start, 26, max(end - start, 1), 20),
        line("ma-observed", (at, 18), (at, 54)),
        text(asked, (at, 12), "ma-ev-value", "middle"),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One curve: name, a class for its looks, and its points."""

    name: str
    kind: str
    points: tuple[tuple[float, float], ...]


def curves_svg(
    lines: Sequence[Line], chosen: float, title: str, across: str, say: Speech
) -> Markup:
    """Ratios against the assumed factor, parity dashed, the chosen factor upright."""
    right = max(x for line in lines for x, _ in line.points)
    top = max(ceil(max(y for line in lines for _, y in line.points)), 2)
    axes = Axes(Scale(1, right, 30, 270), Scale(0, top, 190, 20))
    drawn = Markup("").join(
        traced("polyline", f"ma-ev-line {one.kind}", (axes.at(*point) for point in one.points))
        + text(one.name, (276, axes.y(one.points[-1][1]) + 4))
        for one in lines
    )
    return chart(
        KIND,
        (WIDTH, 226),
        title,
        axes.up(range(top + 1), say.number),
        axes.across(
            (factor for factor in FACTORS_NAMED if factor <= right),
            lambda factor: say.t("{value}×", value=say.number(factor)),
            grid=False,
        ),
        line("ma-parity", axes.at(1, 1), axes.at(right, 1)),
        drawn,
        line("ma-observed", (axes.x(chosen), 14), (axes.x(chosen), 190)),
        text(across, (150, 222), "ma-axis-name", "middle"),
    )


def _shares(full: float, top: int, bottom: int) -> Axes:
    """Shares from 0 to `full` across, with room for a number at either end."""
    return Axes(Scale(0, full, LEFT + 10, RIGHT - 16), Scale(0, 1, bottom, top))


def _quarters(axes: Axes, say: Speech) -> Markup:
    return axes.across((axes.x.high * at / 4 for at in range(5)), say.percent)
