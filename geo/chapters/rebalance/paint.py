"""The paint of the Rebalance page: who would gain in blues, who would lose in browns."""

from __future__ import annotations

from collections.abc import Iterable

from geo.atlas import Atlas
from geo.chapters.rebalance.words import change_text, column_text, rebalance_headline
from geo.drawing import Paint
from geo.equity.rebalance import Rebalanced
from geo.language import Speech
from geo.policy import UNITS
from geo.scene import ZERO, ZERO_FILL, Classes, classify, ramp
from geo.view import View
from geo.words import Legend, legend_of

PARITY = 0.0
"""Where the scale turns: no change."""


def change_classes(results: Iterable[Rebalanced], view: View) -> Classes:
    """Classes of the changes, in dollars or activities, shared by all scenarios on the page."""
    changes = [row.change / UNITS for result in results for row in result.rows if row.change]
    return classify(changes, view.scheme, view.k, centre=PARITY)


def change_payload(
    atlas: Atlas, result: Rebalanced, classes: Classes, view: View, say: Speech
) -> Paint:
    """What the paint says. A state without change is white."""
    return {
        "lang": say.lang,
        "fills": ramp(classes.count, below=classes.below),
        "others": [ZERO_FILL],
        "at": {
            row.code: classes.index_of(row.change / UNITS) if row.change else -1
            for row in result.rows
        },
        "labels": {
            row.code: [
                atlas.states[row.code].names[say.lang],
                change_text(row.change, view, say),
                say.t(
                    "now {now}, after {after}",
                    now=now_text(row.now, row.known, view, say),
                    after=column_text(row.after, view, say),
                ),
            ]
            for row in result.rows
        },
        "layers": layers_shown(result),
        "selected": view.state,
        "alt": rebalance_headline(result, view, say),
    }


def layers_shown(result: Rebalanced) -> tuple[str, ...]:
    """The border, and the zones where they get a bonus; sites would only hide the colours."""
    return ("sez", "border", "neighbours") if result.scenario.sez else ("border", "neighbours")


def now_text(units: int, known: bool, view: View, say: Speech) -> str:
    """What a state has now, or in words that none is documented or published."""
    if not known:
        return say.t("no published figure")
    if not units and view.measure == "activities":
        return say.t("none documented")
    return column_text(units, view, say)


def change_legend(
    results: Iterable[Rebalanced], classes: Classes, view: View, say: Speech
) -> Legend:
    """The legend of the changes, from the largest gain to the largest loss."""
    changes = [row.change / UNITS for result in results for row in result.rows]
    say = say.at_prices(view.prices_of)

    def label(ends: tuple[float, float]) -> str:
        # The title says of which year the dollars are.
        plain = view.with_(dollars=View().dollars)
        low, high = (change_text(round(end * UNITS), plain, say) for end in ends)
        return low if low == high else say.t("{low} to {high}", low=low, high=high)

    return legend_of(
        say.t("Gain or loss, {unit}", unit=say.of_year("US$"))
        if view.measure == "usd"
        else say.t("Gain or loss, activities"),
        zip(ramp(classes.count, below=classes.below), map(label, classes.bounds), strict=True),
        ((classes.index_of(change) if change else None, ZERO) for change in changes),
        lambda _: say.t("no change"),
    )
