"""Curves of cumulated shares, as small drawings with their numbers."""

from __future__ import annotations

from typing import Final

import numpy as np
from markupsafe import Markup

from geo.chapters.inequality.terms import RANKED_BY, need_text
from geo.drawing import Column, each, folded_html, lorenz_svg, svg_html, table_html
from geo.equity import EquitySummary
from geo.language import Speech
from geo.view import View

SIDE: Final = 200
"""Width and height of a square of curves, in units of the drawing."""

READ_AT: Final = (0.2, 0.4, 0.5, 0.6, 0.8)
"""Shares of the need at which the table reads a curve."""


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
    figures = each(
        "<figure><figcaption>{}<span>{}</span></figcaption>{}</figure>",
        (
            (
                title,
                summary,
                svg_html(
                    lorenz_svg(
                        (curve.need, curve.aid),
                        f"{title}: {summary}",
                        across,
                        say.t("share of the total"),
                        say,
                        kind="ma-iq-curve",
                        side=SIDE,
                        numbered=False,
                    )
                ),
            )
            for title, summary, curve, across in drawn
        ),
    )
    columns = [Column(say.t("Curve"))] + [
        Column(say.t("at {share} of the width", share=say.percent(at)), number=True)
        for at in READ_AT
    ]
    rows = [
        (title, *(say.percent(float(np.interp(at, curve.need, curve.aid)), 1) for at in READ_AT))
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
        folded_html(
            say.t("The numbers of the curves"),
            table_html(say.t("Share of the total reached by each curve"), columns, rows),
        ),
    )


def _leaning(index: float, say: Speech) -> str:
    text = say.decimal(index, 2)
    if index > 0:
        return say.t("leans to those that rank high; concentration {value}", value=text)
    if index < 0:
        return say.t("leans to those that rank low; concentration {value}", value=text)
    return say.t("leans to neither end; concentration {value}", value=text)
