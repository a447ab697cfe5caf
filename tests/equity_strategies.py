"""Generated amounts, needs, ranks and groups of a few states for the tests of the indices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

COUNTS = st.integers(0, 40)
WEIGHTS = st.integers(1, 9)


@dataclass(frozen=True)
class Drawn:
    """The rows of some states; at least one amount is above 0. `needs` are whole numbers."""

    amounts: np.ndarray
    needs: np.ndarray
    ranks: np.ndarray
    groups: list[str]
    codes: list[str]


@st.composite
def states(draw: st.DrawFn, least: int = 2, most: int = 12) -> Drawn:
    n = draw(st.integers(least, most))

    def column(values: st.SearchStrategy[int]) -> np.ndarray:
        return np.array(draw(st.lists(values, min_size=n, max_size=n)), dtype=float)

    amounts = column(COUNTS)
    if not amounts.any():
        amounts[draw(st.integers(0, n - 1))] = 1.0
    return Drawn(
        amounts=amounts,
        needs=column(WEIGHTS),
        ranks=column(st.integers(-3, 3)),
        groups=draw(st.lists(st.sampled_from("abc"), min_size=n, max_size=n)),
        codes=[f"{i:02d}" for i in range(1, n + 1)],
    )
