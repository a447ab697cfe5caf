"""Theil's T: the measure of inequality that splits exactly into between and within groups."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from geo.equity.indices.arrays import ROUNDING, Vector, known_rows


def theil(amounts: ArrayLike, needs: ArrayLike | None = None) -> float:
    """Theil T: how much more concentrated the aid is than the need, in nats.

        T = Σ s_i · ln(s_i / q_i)

    with s_i the share of the aid and q_i the share of the need; a state with no aid adds 0 (the
    limit of s ln s), which is why it is T and not L, which is infinite then.

    Range 0 (parity) to ln(1 / min q_i), which is ln 32 = 3.47 for 32 states of equal need. NaN
    when nothing is given at all. States with an unknown amount are left out with their need.

    Reference: H. Theil (1967), *Economics and Information Theory*, chapter 4.

    Half of the states share it equally: T = 2 · 1/2 · ln(1/2 : 1/4) = ln 2:

    >>> round(theil([1.0, 1.0, 0.0, 0.0]), 6)
    0.693147
    """
    a, w = known_rows(amounts, needs)
    return max(_relative_entropy(a, w), 0.0)


@dataclass(frozen=True, slots=True)
class GroupPart:
    """One group in a decomposition.

    `between` is S ln(S/Q), its part of the between-group sum (negative when the group has less
    than its share); `within` is S·T, its part of the within-group sum, with T its `theil`; None
    where the group has no aid and so no inequality inside.
    """

    group: Hashable
    states: int
    share: float
    need_share: float
    between: float
    within: float
    theil: float | None


@dataclass(frozen=True, slots=True)
class Decomposition:
    """Theil T taken apart: `total` = `between` + `within`, to rounding.

    `groups` are in sorted order of their keys' text. All three sums are NaN when nothing is given
    at all.
    """

    total: float
    between: float
    within: float
    groups: tuple[GroupPart, ...]

    @property
    def between_share(self) -> float:
        """The part of the inequality that lies between groups, 0 to 1.

        NaN when there is no inequality to take apart.
        """
        return self.between / self.total if self.total > ROUNDING else float("nan")


def theil_decomposition(
    amounts: ArrayLike, groups: Iterable[Hashable], needs: ArrayLike | None = None
) -> Decomposition:
    """Theil T taken apart into inequality between groups and within them, with nothing left over.

        T = Σ_g S_g · ln(S_g / Q_g)  +  Σ_g S_g · T_g

    with S_g and Q_g the group's share of the aid and of the need, and T_g the Theil T inside it.

    Parameters
    ----------
    amounts, needs
        Shape (n,), as in `theil`.
    groups
        n keys, the same for states of the same group; any grouping.

    Returns
    -------
    Decomposition
        Both parts are at least 0; `between` is 0 exactly when every group has its share.

    Raises
    ------
    ValueError
        Where there is not one key for each state.

    Reference: A. F. Shorrocks (1980), "The class of additively decomposable inequality measures",
    *Econometrica* 48(3), 613-625.

    Nothing in one group and 10 in each state of the other: all of it lies between, T = ln 2:

    >>> d = theil_decomposition([0, 0, 0, 10, 10, 10], "aaabbb")
    >>> round(d.total, 6), round(d.between, 6), d.within
    (0.693147, 0.693147, 0.0)
    """
    keys = list(groups)
    if len(keys) != np.size(amounts):
        raise ValueError(f"there are {np.size(amounts)} amounts but {len(keys)} groups")
    known = ~np.isnan(np.asarray(amounts, dtype=np.float64))
    keys = [key for key, is_known in zip(keys, known, strict=True) if is_known]
    a, w = known_rows(amounts, needs)
    names = sorted(set(keys), key=str)
    inside = [np.array([key == name for key in keys], dtype=bool) for name in names]
    all_aid, all_need = a.sum(), w.sum()
    parts = []
    for name, rows in zip(names, inside, strict=True):
        share = float(a[rows].sum() / all_aid) if all_aid > 0 else float("nan")
        need_share = float(w[rows].sum() / all_need)
        own = theil(a[rows], w[rows]) if share > 0 else None
        parts.append(
            GroupPart(
                group=name,
                states=int(rows.sum()),
                share=share,
                need_share=need_share,
                between=share * float(np.log(share / need_share)) if share != 0 else 0.0,
                within=0.0 if own is None else share * own,
                theil=own,
            )
        )
    if not all_aid > 0:
        nothing = float("nan")
        return Decomposition(nothing, nothing, nothing, tuple(parts))
    return Decomposition(
        total=theil(a, w),
        between=max(sum(part.between for part in parts), 0.0),
        within=sum(part.within for part in parts),
        groups=tuple(parts),
    )


def _relative_entropy(a: Vector, w: Vector) -> float:
    total = a.sum()
    if not total > 0:
        return float("nan")
    given = a > 0
    s = a[given] / total
    return float(np.dot(s, np.log(s / (w[given] / w.sum()))))
