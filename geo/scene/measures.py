"""Measures: from attributed activities or dollars to the number a state shows.

For state i with amount a_i and need n_i, where A and N are the sums over all 32 states:

    value   a_i, or a_i / n_i × scale when a need is chosen as denominator
    share   a_i / A
    ratio   (a_i / A) / (n_i / N)          1 is parity; also called a location quotient
    gap     a_i − A × n_i / N              what would have to move away (or, negative, come)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geo.atlas import SCALE
from geo.view import View

NO_DATA = "no_data"
ZERO = "zero"
VALUE = "value"
NOT_APPLICABLE = "not_applicable"
"""The four statuses of a state's number. They look and read differently everywhere."""


@dataclass(frozen=True, slots=True)
class StateMeasure:
    """What is computed for one state; None where it is not known or not defined."""

    amount: float | None
    need: float
    need_share: float
    rate: float | None
    share: float | None
    ratio: float | None
    gap: float | None

    def shown(self, view: View) -> float | None:
        """The number the view asks for."""
        if view.show == "share":
            return self.share
        if view.show == "ratio":
            return self.ratio
        if view.show == "gap":
            return self.gap
        return self.amount if view.per == "none" else self.rate


def measure_states(
    amounts: Mapping[str, float | None], needs: Mapping[str, float], need_name: str
) -> dict[str, StateMeasure]:
    """Every derived number of every state.

    Parameters
    ----------
    amounts
        State code → activities or dollars, None where nothing is published.
    needs
        State code → need, positive, for the same states.
    need_name
        Which need it is; gives the scale of the rate.

    Returns
    -------
    dict
        State code → `StateMeasure`. Shares, ratios and gaps are None for a state whose amount is
        None and for every state when the amounts add up to zero.

    >>> m = measure_states({"01": 3.0, "02": 1.0}, {"01": 1e6, "02": 1e6}, "population")
    >>> m["01"].share, m["01"].ratio, m["01"].gap, m["01"].rate
    (0.75, 1.5, 1.0, 3.0)
    """
    total = sum(amount for amount in amounts.values() if amount is not None)
    all_need = sum(needs.values())
    measured = {}
    for state, amount in amounts.items():
        need = needs[state]
        need_share = need / all_need if all_need else 0.0
        known = amount is not None and total > 0
        share = amount / total if known and amount is not None else None
        measured[state] = StateMeasure(
            amount=amount,
            need=need,
            need_share=need_share,
            rate=amount / need * SCALE[need_name] if amount is not None and need else None,
            share=share,
            ratio=share / need_share if share is not None and need_share else None,
            gap=amount - total * need_share if known and amount is not None else None,
        )
    return measured


def status_of(measure: StateMeasure, value: float | None) -> str:
    """Whether a number is a value, a true zero, not published, or not defined here."""
    if value is None:
        return NO_DATA if measure.amount is None else NOT_APPLICABLE
    return ZERO if value == 0 else VALUE


def unit_of(view: View) -> str:
    """The unit of the number a view shows, as a stable English identifier.

    >>> unit_of(View(measure="usd", per="population"))
    'usd_per_1000000_population'
    >>> unit_of(View(measure="usd", dollars="constant"))
    'usd_2021'
    """
    if view.show == "share":
        return "share_of_located"
    if view.show == "ratio":
        return f"share_ratio_to_{view.need}"
    measure = f"usd_{view.prices_of}" if view.prices_of else view.measure
    if view.show == "gap" or view.per == "none":
        return measure
    return f"{measure}_per_{SCALE[view.per]}_{view.per}"
