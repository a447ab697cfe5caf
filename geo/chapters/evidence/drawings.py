"""Drawings of the Evidence page: dumbbells, Lorenz curve, histogram, bounds and factor curves.

All are 360 units wide, which is a phone's width, so that their letters stay legible there. Each
stands beside a table of the same numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from markupsafe import Markup

from geo.language import Speech

WIDTH: Final = 360
LEFT: Final = 8
RIGHT: Final = 352


@dataclass(frozen=True, slots=True)
class Pair:
    """A share of the aid against a share of a need, under a name."""

    name: str
    aid: float
    need: float


def dumbbell_svg(
    pairs: Sequence[Pair], title: str, aid_name: str, need_name: str, say: Speech
) -> Markup:
    """Share of the aid (filled) against share of the need (hollow), a line for each need."""
    top = max(max(pair.aid, pair.need) for pair in pairs)
    full = max(ceil(top * 10) / 10, 0.1)
    rows = Markup("").join(
        _dumbbell(pair, 46 + 44 * at, full, say) for at, pair in enumerate(pairs)
    )
    height = 46 + 44 * len(pairs)
    ticks = _ticks(full, 30, height - 22, say)
    return Markup(
        '<svg class="ma-ev-chart" viewBox="0 0 {w} {h}" role="img"><title>{title}</title>'
        '<g><circle class="ma-ev-aid" cx="14" cy="8" r="5"/><text x="24" y="12">{aid}</text>'
        '<circle class="ma-ev-need" cx="190" cy="8" r="5"/><text x="200" y="12">{need}</text></g>'
        "{ticks}{rows}</svg>"
    ).format(w=WIDTH, h=height, title=title, aid=aid_name, need=need_name, ticks=ticks, rows=rows)


def _dumbbell(pair: Pair, y: int, full: float, say: Speech) -> Markup:
    aid, need = _x(pair.aid, full), _x(pair.need, full)
    low, high = sorted((aid, need))
    outside = 8
    ends = {low: ("end", low - outside), high: ("start", high + outside)}
    labels = Markup("")
    for at, value in ((aid, pair.aid), (need, pair.need)):
        anchor, x = ends[at] if low != high else ("start", high + outside)
        if x < 30 and anchor == "end":
            anchor, x = "start", at + outside
        if x > RIGHT - 28 and anchor == "start":
            anchor, x = "end", at - outside
        labels += Markup(
            '<text class="ma-ev-value" x="{x}" y="{y}" text-anchor="{anchor}">{value}</text>'
        ).format(x=round(x, 1), y=y + 22, anchor=anchor, value=say.percent(value, 1))
    return Markup(
        '<g><text class="ma-ev-name" x="{left}" y="{name_y}">{name}</text>'
        '<line class="ma-ev-link" x1="{low}" x2="{high}" y1="{y}" y2="{y}"/>'
        '<circle class="ma-ev-need" cx="{need}" cy="{y}" r="5.5"/>'
        '<circle class="ma-ev-aid" cx="{aid}" cy="{y}" r="5.5"/>{labels}</g>'
    ).format(
        left=LEFT,
        name_y=y + 6,
        name=pair.name,
        low=low,
        high=high,
        y=y + 18,
        need=need,
        aid=aid,
        labels=labels,
    )


def histogram_svg(
    counts: Sequence[int], edges: Sequence[float], observed: float, title: str, label: str
) -> Markup:
    """What chance alone gives, as bars, and where the country as it is stands among them."""
    low, high = min(edges[0], observed), max(edges[-1], observed)
    span = (high - low) or 1.0
    tallest = max(counts) or 1

    def x(value: float) -> float:
        return round(LEFT + (value - low) / span * (RIGHT - LEFT), 2)

    bars = Markup("").join(
        Markup('<rect class="ma-ev-bar{hit}" x="{x}" y="{y}" width="{w}" height="{h}"/>').format(
            hit=" beyond" if edges[at] >= observed else "",
            x=x(edges[at]),
            y=round(84 - 64 * count / tallest, 2),
            w=max(round(x(edges[at + 1]) - x(edges[at]) - 0.5, 2), 0.5),
            h=round(64 * count / tallest, 2),
        )
        for at, count in enumerate(counts)
        if count
    )
    at = x(observed)
    return Markup(
        '<svg class="ma-ev-chart" viewBox="0 0 {w} 92" role="img"><title>{title}</title>{bars}'
        '<line class="ma-grid" x1="{left}" x2="{right}" y1="84" y2="84"/>'
        '<line class="ma-ev-observed" x1="{at}" x2="{at}" y1="16" y2="84"/>'
        '<text class="ma-ev-value" x="{at}" y="11" text-anchor="{anchor}">{label}</text></svg>'
    ).format(
        w=WIDTH,
        title=title,
        bars=bars,
        left=LEFT,
        right=RIGHT,
        at=at,
        anchor="start" if at < WIDTH / 3 else "end" if at > WIDTH * 2 / 3 else "middle",
        label=label,
    )


def split_svg(part: float, title: str, inside: str, outside: str) -> Markup:
    """One bar in two parts: how much of the inequality lies between the groups."""
    edge = round(LEFT + part * (RIGHT - LEFT), 2)
    return Markup(
        '<svg class="ma-ev-chart" viewBox="0 0 {w} 46" role="img"><title>{title}</title>'
        '<rect class="ma-ev-part" x="{left}" y="4" width="{a}" height="18"/>'
        '<rect class="ma-ev-rest" x="{edge}" y="4" width="{b}" height="18"/>'
        '<text x="{left}" y="38">{inside}</text>'
        '<text x="{right}" y="38" text-anchor="end">{outside}</text></svg>'
    ).format(
        w=WIDTH,
        title=title,
        left=LEFT,
        right=RIGHT,
        edge=edge,
        a=round(edge - LEFT, 2),
        b=round(RIGHT - edge, 2),
        inside=inside,
        outside=outside,
    )


def bounds_svg(low: float, high: float, limit: float, title: str, say: Speech) -> Markup:
    """The shares that are possible as a band, and the one that the claim asks for as a line."""
    start, end, at = _x(low, 1.0), _x(high, 1.0), _x(limit, 1.0)
    return Markup(
        '<svg class="ma-ev-chart" viewBox="0 0 {w} 78" role="img"><title>{title}</title>{ticks}'
        '<rect class="ma-ev-band" x="{start}" y="26" width="{width}" height="20"/>'
        '<line class="ma-ev-observed" x1="{at}" x2="{at}" y1="18" y2="54"/>'
        '<text class="ma-ev-value" x="{at}" y="12" text-anchor="middle">{limit}</text></svg>'
    ).format(
        w=WIDTH,
        title=title,
        ticks=_ticks(1.0, 20, 56, say),
        start=start,
        width=max(end - start, 1),
        at=at,
        limit=say.t("asked for: {share}", share=say.percent(limit)),
    )


def lorenz_svg(
    need: Sequence[float], aid: Sequence[float], title: str, across: str, up: str, say: Speech
) -> Markup:
    """The Lorenz curve: states from the least aid per need to the most, against equality."""
    side = 300

    def point(x: float, y: float) -> str:
        return f"{44 + x * side:.1f},{8 + (1 - y) * side:.1f}"

    curve = " ".join(point(x, y) for x, y in zip(need, aid, strict=True))
    grid = Markup("").join(
        Markup(
            '<line class="ma-grid" x1="44" x2="344" y1="{y}" y2="{y}"/>'
            '<text class="ma-tick" x="38" y="{ty}" text-anchor="end">{label}</text>'
            '<text class="ma-tick" x="{x}" y="324" text-anchor="middle">{label}</text>'
        ).format(
            y=round(8 + (1 - tick) * side, 1),
            ty=round(12 + (1 - tick) * side, 1),
            x=round(44 + tick * side, 1),
            label=say.percent(tick),
        )
        for tick in (0.0, 0.25, 0.5, 0.75, 1.0)
    )
    return Markup(
        '<svg class="ma-ev-chart" viewBox="0 0 {w} 346" role="img"><title>{title}</title>{grid}'
        '<polygon class="ma-ev-gap" points="{curve}"/>'
        '<line class="ma-parity" x1="44" y1="308" x2="344" y2="8"/>'
        '<polyline class="ma-ev-curve" points="{curve}"/>'
        '<text class="ma-axis-name" x="194" y="342" text-anchor="middle">{across}</text>'
        '<text class="ma-axis-name" x="54" y="24">{up}</text></svg>'
    ).format(w=WIDTH, title=title, grid=grid, curve=curve, across=across, up=up)


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

    def x(value: float) -> float:
        return round(30 + (value - 1) / (right - 1) * 240, 1)

    def y(value: float) -> float:
        return round(190 - value / top * 170, 1)

    drawn = Markup("").join(
        Markup(
            '<polyline class="ma-ev-line {kind}" points="{points}"/>'
            '<text x="276" y="{y}">{name}</text>'
        ).format(
            kind=line.kind,
            points=" ".join(f"{x(a)},{y(b)}" for a, b in line.points),
            y=y(line.points[-1][1]) + 4,
            name=line.name,
        )
        for line in lines
    )
    ticks = Markup("").join(
        Markup(
            '<line class="ma-grid" x1="30" x2="270" y1="{y}" y2="{y}"/>'
            '<text class="ma-tick" x="25" y="{ty}" text-anchor="end">{label}</text>'
        ).format(y=y(value), ty=y(value) + 4, label=say.number(value))
        for value in range(top + 1)
    )
    steps = Markup("").join(
        Markup('<text class="ma-tick" x="{x}" y="206" text-anchor="middle">{label}</text>').format(
            x=x(value), label=say.t("{value}×", value=say.number(value))
        )
        for value in (1, 5, 10, 15, 20)
        if value <= right
    )
    return Markup(
        '<svg class="ma-ev-chart" viewBox="0 0 {w} 226" role="img"><title>{title}</title>{ticks}'
        '{steps}<line class="ma-parity" x1="30" x2="270" y1="{parity}" y2="{parity}"/>{drawn}'
        '<line class="ma-ev-observed" x1="{at}" x2="{at}" y1="14" y2="190"/>'
        '<text class="ma-axis-name" x="150" y="222" text-anchor="middle">{across}</text></svg>'
    ).format(
        w=WIDTH,
        title=title,
        ticks=ticks,
        steps=steps,
        parity=y(1),
        drawn=drawn,
        at=x(chosen),
        across=across,
    )


def _x(share: float, full: float) -> float:
    return round(LEFT + 10 + share / full * (RIGHT - LEFT - 26), 2)


def _ticks(full: float, top: int, bottom: int, say: Speech) -> Markup:
    steps = [full * at / 4 for at in range(5)]
    return Markup("").join(
        Markup(
            '<line class="ma-grid" x1="{x}" x2="{x}" y1="{top}" y2="{bottom}"/>'
            '<text class="ma-tick" x="{x}" y="{label_y}" text-anchor="middle">{label}</text>'
        ).format(
            x=_x(step, full), top=top, bottom=bottom, label_y=bottom + 14, label=say.percent(step)
        )
        for step in steps
    )
