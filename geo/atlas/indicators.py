"""Indicators by state and year: what aid can be held against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from geo.policy import NEED_YEAR
from geo.view import View

SCALE: Final = {"population": 1_000_000, "homicides": 1_000, "poverty": 1_000_000}
"""How much need one unit of a rate stands for: "per million people", "per thousand homicides"."""


@dataclass(frozen=True, slots=True, eq=False)
class Indicators:
    """The checked rows of `indicators`, found by (state, name, year, series)."""

    _index: Mapping[tuple[str, str, int, str], Mapping[str, Any]]

    def of(self, state: str, name: str, year: int, series: str) -> Mapping[str, Any] | None:
        """The row, or None where no figure is published for that state, year and series."""
        return self._index.get((state, name, year, series))

    def need(self, name: str, states: Iterable[str], view: View) -> dict[str, float]:
        """The need of each state: how many people, homicides or people in poverty.

        population: people, Census of 2020. homicides: deaths by homicide by year of occurrence,
        summed over the view's years. poverty: people in poverty in 2020, that is CONEVAL's
        municipal rates aggregated to the state times the people of the same year's census.
        Every state must have a figure: a missing one raises KeyError, since a baseline with
        holes would bias every share.
        """
        if name == "population":
            return {state: self._must(state, "population", NEED_YEAR, "census") for state in states}
        if name == "poverty":
            return {
                state: self._must(state, "population", NEED_YEAR, "census")
                * self._must(state, "poverty_pct", NEED_YEAR, "coneval_municipal_agg")
                / 100
                for state in states
            }
        years = range(view.from_year, view.to_year + 1)
        return {
            state: sum(
                self._must(state, "homicides", year, "registrations_occurrence") for year in years
            )
            for state in states
        }

    def _must(self, state: str, name: str, year: int, series: str) -> float:
        value: float | None = self._index[state, name, year, series]["value"]
        if value is None:
            raise KeyError((state, name, year, series))
        return value


def build_indicators(rows: Iterable[Mapping[str, Any]]) -> Indicators:
    """Index checked rows of `indicators`."""
    return Indicators({(r["state"], r["indicator"], r["year"], r["series"]): r for r in rows})
