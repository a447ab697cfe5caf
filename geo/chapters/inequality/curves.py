"""Curves of cumulated shares and distributions of chance, as small drawings with their numbers."""

from __future__ import annotations

from typing import Final

import numpy as np
from markupsafe import Markup

from geo.chapters.inequality.terms import RANKED_BY, need_text
from geo.drawing import Column, numbers_html, svg_html, table_html
from geo.equity import Curve, EquitySummary
from geo.equity.chance import PermutationResult
from geo.language import Speech
from geo.view import View

SIDE: Final = 200
"""Width and height of a square of curves, in units of the drawing."""

MARGIN: Final = 34
"""Room for the words of the axes, left and below."""

READ_AT: Final = (0.2, 0.4, 0.5, 0.6, 0.8)
"""Shares of the need at which the table reads a curve."""

HIST_WIDTH: Final = 260
HIST_HEIGHT: Final = 92


def curves_html(summary: EquitySummary, view: View, say: Speech) -> Markup:
    """The Lorenz curve and one concentration curve for each ranking, and where they pass."""
    need = need_text(summary.need, view, say)
    drawn = [
        (
            say.t("Lorenz curve"),
            say.t("states by what they have per need, least first; Gini {value}",
                  value=say.decimal(summary.gini, 2)),
            summary.lorenz,
            say.t("share of the need: {need}", need=need),
        )
    ]  # fmt: skip
    for name, found in summary.concentration.items():
        across = say.t("share of the states") if name == "population" else say.t("share of people")
        drawn.append(
            (
                say.t("Ranked by {ranking}", ranking=RANKED_BY[name](say)),
                _leaning(found.index, say),
                found.curve,
                across,
            )
        )
    figures = Markup("").join(
        Markup("<figure><figcaption>{}<span>{}</span></figcaption>{}</figure>").format(
            title, told, svg_html(_curve_svg(curve, across, f"{title}: {told}", say))
        )
        for title, told, curve, across in drawn
    )
    columns = [Column(say.t("Curve"))] + [
        Column(say.t("at {share} of the width", share=say.percent(at)), number=True)
        for at in READ_AT
    ]
    rows = [
        (title, *(say.percent(_height(curve, at), 1) for at in READ_AT))
        for title, _, curve, _ in drawn
    ]
    return Markup('<h3>{}</h3><p>{}</p><div class="ma-multiples ma-iq-curves">{}</div>{}').format(
        say.t("Who has how much: curves"),
        say.t(
            "States are lined up from left to right and what they have is added up. On the "
            "diagonal each has its share; a curve below it leaves most to those on the right, a "
            "curve above it to those on the left."
        ),
        figures,
        numbers_html(
            say.t("The numbers of the curves"),
            table_html(say.t("Share of the total reached by each curve"), columns, rows),
        ),
    )


def _leaning(index: float, say: Speech) -> str:
    told = say.decimal(index, 2)
    if index > 0:
        return say.t("leans to those that rank high; concentration {value}", value=told)
    if index < 0:
        return say.t("leans to those that rank low; concentration {value}", value=told)
    return say.t("leans to neither end; concentration {value}", value=told)


def _height(curve: Curve, at: float) -> float:
    return float(np.interp(at, curve.need, curve.aid))


def _curve_svg(curve: Curve, across: str, told: str, say: Speech) -> Markup:
    points = [
        (MARGIN + SIDE * x, 4 + SIDE * (1 - y)) for x, y in zip(curve.need, curve.aid, strict=True)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    grid = Markup("").join(
        Markup(
            '<line class="ma-grid" x1="{x}" x2="{x}" y1="4" y2="{b}"/>'
            '<line class="ma-grid" x1="{l}" x2="{r}" y1="{y}" y2="{y}"/>'
        ).format(x=MARGIN + SIDE * part, y=4 + SIDE * part, b=4 + SIDE, l=MARGIN, r=MARGIN + SIDE)
        for part in (0, 0.25, 0.5, 0.75, 1)
    )
    return Markup(
        '<svg class="ma-iq-curve" viewBox="0 0 {w} {h}" role="img"><title>{told}</title>{grid}'
        '<polygon class="ma-iq-area" points="{line}"/>'
        '<line class="ma-parity" x1="{l}" y1="{b}" x2="{r}" y2="4"/>'
        '<polyline class="ma-iq-line" points="{line}"/>'
        '<text class="ma-tick" x="{mid}" y="{foot}" text-anchor="middle">{across}</text>'
        '<text class="ma-tick" x="14" y="{centre}" text-anchor="middle" '
        'transform="rotate(-90 14 {centre})">{up}</text></svg>'
    ).format(
        w=MARGIN + SIDE + 6,
        h=SIDE + 4 + MARGIN - 10,
        told=told,
        grid=grid,
        line=line,
        l=MARGIN,
        b=4 + SIDE,
        r=MARGIN + SIDE,
        mid=MARGIN + SIDE / 2,
        foot=SIDE + 4 + MARGIN - 16,
        centre=4 + SIDE / 2,
        across=across,
        up=say.t("share of the total"),
    )


def chance_svg(test: PermutationResult, told: str, say: Speech) -> Markup:
    """What chance gives, as bars from 0 to all of it, with a line where the real labels stand."""
    base = HIST_HEIGHT - 18
    most = max(test.counts)
    bars = Markup("").join(
        Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>').format(
            HIST_WIDTH * max(start, 0.0),
            base - (base - 4) * count / most,
            max(HIST_WIDTH * (end - start) - 0.4, 0.6),
            (base - 4) * count / most,
        )
        for count, start, end in zip(test.counts, test.edges[:-1], test.edges[1:], strict=True)
        if count
    )
    real = HIST_WIDTH * min(test.observed, 1.0)
    return Markup(
        '<svg class="ma-iq-chance" viewBox="-4 0 {w} {h}" role="img"><title>{told}</title>'
        '<g class="ma-iq-bars">{bars}</g>'
        '<line class="ma-grid" x1="0" x2="{end}" y1="{base}" y2="{base}"/>'
        '<line class="ma-iq-real" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{base}"/>'
        '<text class="ma-tick" x="0" y="{foot}">{zero}</text>'
        '<text class="ma-tick" x="{end}" y="{foot}" text-anchor="end">{one}</text></svg>'
    ).format(
        w=HIST_WIDTH + 8,
        h=HIST_HEIGHT,
        told=told,
        bars=bars,
        end=HIST_WIDTH,
        base=base,
        x=real,
        foot=HIST_HEIGHT - 4,
        zero=say.percent(0),
        one=say.percent(1),
    )
