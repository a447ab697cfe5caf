"""The parts of a chart: elements, scales and axes, and the two charts that several pages show.

A chart is SVG in units of its own drawing; `geo.drawing.svg.svg_html` brings it onto a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from geo.language import Speech

Point = tuple[float, float]

LORENZ_TICKS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
CHANCE_HEIGHT: Final = 92
EDGE: Final = 8
"""Room left and right of a distribution."""


def part(tag: str, *inside: str, kind: str = "", **attributes: object) -> Markup:
    """One SVG element of a class, with its text or children; `_` in an attribute's name is `-`.

    Numbers are written to a tenth of a unit, and an attribute that is empty is left out.

    >>> print(part("text", "a < b", kind="ma-tick", x=1.0, text_anchor="end"))
    <text class="ma-tick" x="1" text-anchor="end">a &lt; b</text>
    """
    named = {"class": kind, **attributes}
    markup = Markup("").join(
        Markup(' {}="{}"').format(name.replace("_", "-"), _written(value))
        for name, value in named.items()
        if value != ""
    )
    return Markup("<{0}{1}>{2}</{0}>").format(tag, markup, Markup("").join(inside))


def _written(value: object) -> object:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else value


def line(kind: str, start: Point, end: Point) -> Markup:
    """A straight line between two points."""
    return part("line", kind=kind, x1=start[0], y1=start[1], x2=end[0], y2=end[1])


def text(words: str, at: Point, kind: str = "", anchor: str = "") -> Markup:
    """A text that starts, or as `anchor` says has its middle or end, at a point."""
    return part("text", words, kind=kind, x=at[0], y=at[1], text_anchor=anchor)


def upward(words: str, at: Point, kind: str) -> Markup:
    """A text with its middle at a point, read from below upwards."""
    turn = f"rotate(-90 {at[0]:g} {at[1]:g})"
    return part("text", words, kind=kind, x=at[0], y=at[1], text_anchor="middle", transform=turn)


def circle(kind: str, at: Point, r: float) -> Markup:
    """A circle of radius `r`."""
    return part("circle", kind=kind, cx=at[0], cy=at[1], r=r)


def bar(kind: str, left: float, top: float, width: float, height: float, fill: str = "") -> Markup:
    """A rectangle."""
    return part("rect", kind=kind, x=left, y=top, width=width, height=height, fill=fill)


def traced(tag: str, kind: str, points: Iterable[Point]) -> Markup:
    """A `polyline` or `polygon` through points."""
    return part(tag, kind=kind, points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points))


def chart(kind: str, size: tuple[float, float], title: str, *inside: Markup) -> Markup:
    """A whole chart of a width and height; `title` is what a screen reader says of it."""
    box = f"0 0 {size[0]:g} {size[1]:g}"
    return part("svg", part("title", title), *inside, kind=kind, viewBox=box, role="img")


@dataclass(frozen=True, slots=True)
class Scale:
    """From values to units of a drawing: `low` stands at `start`, `high` at `end`.

    >>> Scale(0, 10, 100, 200)(5)
    150.0
    """

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Where a value stands; in the middle where all values are the same."""
        span = self.high - self.low
        part = (value - self.low) / span if span else 0.5
        return self.start + (self.end - self.start) * part


@dataclass(frozen=True, slots=True)
class Axes:
    """A scale across and one upwards; `y` starts at the foot of the drawing."""

    x: Scale
    y: Scale

    def at(self, x: float, y: float) -> Point:
        """Where a pair of values stands."""
        return self.x(x), self.y(y)

    def across(
        self,
        ticks: Iterable[float],
        name: Callable[[float], str] | None = None,
        *,
        grid: bool = True,
    ) -> Markup:
        """Upright grid lines at values of the scale across, with their names below."""
        foot, drawn = self.y.start, Markup("")
        for x, tick in ((self.x(tick), tick) for tick in ticks):
            drawn += line("ma-grid", (x, foot), (x, self.y.end)) if grid else ""
            drawn += text(name(tick), (x, foot + 16), "ma-tick", "middle") if name else ""
        return drawn

    def up(self, ticks: Iterable[float], name: Callable[[float], str] | None = None) -> Markup:
        """Level grid lines at values of the scale upwards, with their names on the left."""
        left, drawn = self.x.start, Markup("")
        for y, tick in ((self.y(tick), tick) for tick in ticks):
            drawn += line("ma-grid", (left, y), (self.x.end, y))
            drawn += text(name(tick), (left - 5, y + 4), "ma-tick", "end") if name else ""
        return drawn


def lorenz_svg(
    curve: tuple[Sequence[float], Sequence[float]],
    title: str,
    across: str,
    up: str,
    say: Speech,
    *,
    kind: str,
    side: float = 300,
    numbered: bool = True,
) -> Markup:
    """A curve of cumulated shares against the diagonal on which each has its share.

    `curve` are the shares of the need and of the aid; a small one goes without `numbered` axes.
    """
    left, top, right, foot = (44, 8, 16, 38) if numbered else (34, 4, 6, 24)
    axes = Axes(Scale(0, 1, left, left + side), Scale(0, 1, top + side, top))
    points = [axes.at(x, y) for x, y in zip(*curve, strict=True)]
    percent = say.percent if numbered else None
    size = (left + side + right, top + side + foot)
    middle = left + side / 2
    return chart(
        kind,
        size,
        title,
        axes.across(LORENZ_TICKS, percent),
        axes.up(LORENZ_TICKS, percent),
        traced("polygon", "ma-lorenz-area", points),
        line("ma-parity", axes.at(0, 0), axes.at(1, 1)),
        traced("polyline", "ma-lorenz-line", points),
        text(across, (middle, size[1] - 4), "ma-axis-name", "middle")
        if numbered
        else text(across, (middle, size[1] - 6), "ma-tick", "middle"),
        text(up, (left + 10, top + 16), "ma-axis-name")
        if numbered
        else upward(up, (14, top + side / 2), "ma-tick"),
    )


def chance_svg(
    counts: Sequence[int],
    edges: Sequence[float],
    observed: float,
    title: str,
    *,
    kind: str,
    width: float,
    label: str = "",
    ends: Callable[[float], str] | None = None,
) -> Markup:
    """What random draws give, as bars, and a line where the country as it is stands among them.

    `label` stands over the line. With `ends` the scale is that of a whole share, from 0 to 1, and
    its ends are named; otherwise it is as wide as what there is to draw.
    """
    low, high = (0.0, 1.0) if ends else (min(edges[0], observed), max(edges[-1], observed))
    top, base = 20 if label else 4, 74 if ends else 84
    x = Scale(low, high if high > low else low + 1.0, EDGE, width - EDGE)
    tall = Scale(0, max(counts) or 1, 0, base - top)
    at = x(min(max(observed, low), high))
    drawn = Markup("").join(
        bar(
            "ma-chance-bar beyond" if start >= observed else "ma-chance-bar",
            x(max(start, low)),
            base - tall(count),
            max(x(end) - x(max(start, low)) - 0.5, 0.5),
            tall(count),
        )
        for count, start, end in zip(counts, edges[:-1], edges[1:], strict=True)
        if count
    )
    anchor = "start" if at < width / 3 else "end" if at > width * 2 / 3 else "middle"
    return chart(
        kind,
        (width, CHANCE_HEIGHT),
        title,
        drawn,
        line("ma-grid", (EDGE, base), (width - EDGE, base)),
        line("ma-observed", (at, top - 4), (at, base)),
        text(label, (at, 11), "ma-ev-value", anchor) if label else Markup(""),
        text(ends(0), (EDGE, CHANCE_HEIGHT - 4), "ma-tick") if ends else Markup(""),
        text(ends(1), (width - EDGE, CHANCE_HEIGHT - 4), "ma-tick", "end") if ends else Markup(""),
    )
