"""Every index by its name: one number, curve or share per state out of amounts and needs.

The same everywhere: `amounts` has one number per state, at least 0, or NaN where none is known;
`needs` one number above 0, or None for an equal need. A state with NaN is left out together with
its need, a state with 0 counts as 0. Nothing given at all has no distribution: the index is NaN.
Scaling the amounts or the needs and changing the order of the states change nothing. A negative
amount or a need that is not above 0 raises ValueError, which says which.
"""

from __future__ import annotations

from geo.equity.indices.arrays import ROUNDING, Vector, amounts_and_needs
from geo.equity.indices.concentration import (
    concentration_curve,
    concentration_index,
    gini,
    kakwani,
    lorenz,
)
from geo.equity.indices.entropy import Decomposition, GroupPart, theil, theil_decomposition
from geo.equity.indices.parity import (
    herfindahl,
    hoover,
    shares,
    top_k_share,
)

__all__ = [
    "ROUNDING",
    "Decomposition",
    "GroupPart",
    "Vector",
    "amounts_and_needs",
    "concentration_curve",
    "concentration_index",
    "gini",
    "herfindahl",
    "hoover",
    "kakwani",
    "lorenz",
    "shares",
    "theil",
    "theil_decomposition",
    "top_k_share",
]
