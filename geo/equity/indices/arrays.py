"""What every index takes: amounts and needs, one number per state, checked once."""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Vector: TypeAlias = NDArray[np.float64]
"""One number per state, shape (n,)."""

ROUNDING: Final = 1e-9
"""Two statistics closer than this are equal: sums of 32 shares carry errors far below it."""


def amounts_and_needs(amounts: ArrayLike, needs: ArrayLike | None = None) -> tuple[Vector, Vector]:
    """Amounts and needs as two arrays of the same length, every value checked.

    Parameters
    ----------
    amounts
        Shape (n,): activities or dollars of each state, at least 0, or NaN where none is known.
    needs
        Shape (n,): need of each state, above 0; None gives every state the same need.

    Raises
    ------
    ValueError
        Where a value is negative, infinite or of the wrong shape; says which.
    """
    a = np.asarray(amounts, dtype=np.float64)
    if a.ndim != 1:
        raise ValueError(f"amounts must be one number per state, not an array of shape {a.shape}")
    w = np.ones_like(a) if needs is None else np.asarray(needs, dtype=np.float64)
    if w.shape != a.shape:
        raise ValueError(f"there are {a.size} amounts but needs of shape {w.shape}")
    _refuse(a, (a < 0) | np.isinf(a), "amount", "an amount is at least 0, or NaN where unknown")
    _refuse(w, ~(np.isfinite(w) & (w > 0)), "need", "a need is a number above 0")
    return a, w


def known_rows(amounts: ArrayLike, needs: ArrayLike | None = None) -> tuple[Vector, Vector]:
    """`amounts_and_needs` of the states whose amount is known.

    A state whose amount is NaN is left out together with its need: nothing is said about it. A
    zero is an amount and stays.
    """
    a, w = amounts_and_needs(amounts, needs)
    known = ~np.isnan(a)
    return (a, w) if known.all() else (a[known], w[known])


def beside(amounts: ArrayLike, column: ArrayLike, name: str) -> Vector:
    """A further column, such as what states are ranked by, for the states with a known amount.

    Raises ValueError where it has another length or holds a value that is not a number.
    """
    a = np.asarray(amounts, dtype=np.float64)
    values = np.asarray(column, dtype=np.float64)
    if values.shape != a.shape:
        raise ValueError(f"there are {a.size} amounts but {name} of shape {values.shape}")
    _refuse(values, ~np.isfinite(values), name, "every state must have a number")
    return values[~np.isnan(a)]


def _refuse(values: Vector, wrong: NDArray[np.bool_], name: str, rule: str) -> None:
    if wrong.any():
        first = int(np.argmax(wrong))
        raise ValueError(f"{name} {values[first]} at position {first}: {rule}")
