"""A fairer spread by a scenario."""

from geo.equity.rebalance.scenario import (
    ALL,
    EVEN_MIX,
    MIX,
    SCENARIOS,
    YARDSTICKS,
    Chosen,
    Scenario,
    read_chosen,
    spell_chosen,
    spell_scenario,
    tidy_name,
)
from geo.equity.rebalance.spread import LARGEST, Indices, Rebalanced, StateRow, rebalance

__all__ = [
    "ALL",
    "EVEN_MIX",
    "LARGEST",
    "MIX",
    "SCENARIOS",
    "YARDSTICKS",
    "Chosen",
    "Indices",
    "Rebalanced",
    "Scenario",
    "StateRow",
    "read_chosen",
    "rebalance",
    "spell_chosen",
    "spell_scenario",
    "tidy_name",
]
