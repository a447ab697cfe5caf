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
