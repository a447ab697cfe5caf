"""How easily chance alone would show such a difference between groups of states.

The 32 states are the whole country, not a sample of one, so the question is not "what of other
countries" but "what if the labels had nothing to do with the aid": each state keeps its amount and
its need, and the labels of the groups are dealt out anew. Groups keep their sizes.

`geo.equity.chance.outcome` defines p: sampled and exact.

The states are put in order of their codes before anything random happens, so that the order of
the rows changes no p.

Reference: S. J. Rey (2004), "Spatial analysis of regional income inequality", in *Spatially
Integrated Social Science*, for permuting the decomposition of regional inequality.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.equity.chance.outcome import PermutationResult, nothing_to_tell, outcome_of
from geo.equity.chance.relabeling import enumerable, shuffles, sums_of_choices
from geo.equity.indices import ROUNDING, Vector, amounts_and_needs, theil
from geo.policy import PERMUTATION_SEED, PERMUTATIONS

BLOCK = 32_768
"""Relabelings looked at in one go: what numpy makes of them on the way stays in the cache."""

NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Range:
    """The smallest and largest value of a statistic when each state is left out in turn.

    `low_without` and `high_without` are the codes that had to be left out for it, the lowest code
    where several give the same.
    """

    value: float
    low: float
    high: float
    low_without: str
    high_without: str


def between_share_permutation(
    amounts: ArrayLike,
    needs: ArrayLike | None,
    groups: Sequence[Hashable],
    codes: Sequence[str],
    n: int = PERMUTATIONS,
    seed: int = PERMUTATION_SEED,
    *,
    try_all: bool = True,
) -> PermutationResult:
    """Test how much of Theil's T lies between the groups: `Decomposition.between_share`.

    The total does not change with the labels, so only the between-group part is computed anew.
    With two groups and few enough ways of dealing the labels all are tried (`exact`), and n and
    seed do not matter; without `try_all` a sample is drawn all the same, which takes a tenth of
    the time. Only `p_greater` asks whether the groups differ; large differences in
    either direction make the share large.

    Where there is no inequality at all, no labeling is like another or unlike it: the share is
    NaN and every p is 1.

    Of the six ways of choosing two states of four, this one and its complement put all of the
    inequality between groups:

    >>> test = between_share_permutation([1, 1, 0, 0], None, "xxoo", ["01", "02", "03", "04"])
    >>> test.exact, test.labelings, round(test.p_greater, 4), round(test.observed, 12)
    (True, 6, 0.3333, 1.0)
    """
    a, w, labels, _ = _in_order(amounts, needs, groups, codes)
    total = theil(a, w) if a.size else NAN
    if not total > ROUNDING:
        return nothing_to_tell(defined=total >= 0)
    observed, values, exact = _relabeled(_between, a, w, labels, n, seed, try_all=try_all)
    return outcome_of(observed / total, values / total, exact=exact)


def group_difference_permutation(
    amounts: ArrayLike,
    needs: ArrayLike | None,
    inside: Sequence[bool],
    codes: Sequence[str],
    n: int = PERMUTATIONS,
    seed: int = PERMUTATION_SEED,
    *,
    try_all: bool = True,
) -> PermutationResult:
    """Test how far a group's aid per need lies above that of all the other states.

        D = (A_in / W_in − A_out / W_out) / (A / W)

    that is, the group's share ratio less the other states' one: 0 when both get the same per need,
    1 when the group gets that much more as the country gets on average. Range −W / W_out to
    W / W_in. Exact where all choices of the group are few enough (6 of 32 states), else, and
    without `try_all`, sampled.

    Two of four states have 3 of 4: 1.5 times their share against 0.5, and one other choice of two
    does as well:

    >>> codes = ["01", "02", "03", "04"]
    >>> test = group_difference_permutation([2, 1, 1, 0], None, [True, True, False, False], codes)
    >>> test.observed, round(test.p_greater, 4)
    (1.0, 0.3333)
    """
    a, w, labels, count = _in_order(amounts, needs, [bool(x) for x in inside], codes)
    if count < 2 or not a.sum() > 0:
        return nothing_to_tell(defined=False)
    observed, values, exact = _relabeled(_difference, a, w, labels, n, seed, try_all=try_all)
    return outcome_of(observed, values, exact=exact)


def exhaustive_range(
    statistic: Callable[..., float], codes: Sequence[str], *columns: ArrayLike
) -> Range:
    """Leave each state out in turn: how much does the value hang on one of them?

    `statistic` takes the columns, each of shape (n,), and once for every state the columns
    without it. The 32 states are the whole country, so there is nothing to draw a sample from;
    this tries all there is to try. NaN where the statistic is not defined without some state.

    Reference: J. W. Tukey (1958), "Bias and confidence in not-quite large samples", *Annals of
    Mathematical Statistics* 29(2), 614 (the jackknife), here as a range, not as an error.

    >>> from geo.equity.indices import hoover
    >>> found = exhaustive_range(hoover, ["01", "02", "03"], [4.0, 4.0, 0.0])
    >>> round(found.value, 4), found.low, found.low_without, found.high, found.high_without
    (0.3333, 0.0, '03', 0.5, '01')
    """
    arrays = [np.asarray(column) for column in columns]
    order = sorted(range(len(codes)), key=lambda i: codes[i])
    every = []
    for i in order:
        kept = np.arange(len(codes)) != i
        every.append((codes[i], statistic(*(column[kept] for column in arrays))))
    values = np.array([value for _, value in every])
    whole = statistic(*arrays)
    if np.isnan(values).any():
        return Range(whole, NAN, NAN, "", "")
    low, high = int(np.argmin(values)), int(np.argmax(values))
    return Range(whole, every[low][1], every[high][1], every[low][0], every[high][0])


def _in_order(
    amounts: ArrayLike, needs: ArrayLike | None, groups: Sequence[Hashable], codes: Sequence[str]
) -> tuple[Vector, Vector, NDArray[np.intp], int]:
    """Amounts, needs and labels of the states with a known amount by code, and the label count."""
    a, w = amounts_and_needs(amounts, needs)
    if len(groups) != a.size or len(codes) != a.size or len(set(codes)) != a.size:
        raise ValueError(
            f"{a.size} amounts need as many groups ({len(groups)}) and different codes "
            f"({len(set(codes))} of {len(codes)})"
        )
    order = [i for i in sorted(range(a.size), key=lambda i: codes[i]) if not np.isnan(a[i])]
    names = sorted({groups[i] for i in order}, key=str)
    number = {name: position for position, name in enumerate(names)}
    labels = np.array([number[groups[i]] for i in order], dtype=np.intp)
    return a[order], w[order], labels, len(names)


def _relabeled(
    statistic: Callable[[Vector, Vector], Vector],
    a: Vector,
    w: Vector,
    labels: NDArray[np.intp],
    n: int,
    seed: int,
    *,
    try_all: bool,
) -> tuple[float, Vector, bool]:
    """The statistic of the real labels, that of every relabeling, and whether these are all.

    `statistic` takes the groups' shares of the aid and of the need, both of shape
    (groups, relabelings), and gives one number for each relabeling.
    """
    sizes = np.bincount(labels)
    own = np.arange(sizes.size)[:, None] == labels
    real = statistic((own @ a)[:, None] / a.sum(), (own @ w)[:, None] / w.sum())
    if try_all and sizes.size == 2 and enumerable(a.size, int(sizes.min())):
        smaller = int(np.argmin(sizes))
        aid = sums_of_choices(a, int(sizes.min()))
        need = sums_of_choices(w, int(sizes.min()))
        values = np.empty_like(aid)
        for start in range(0, values.size, BLOCK):
            part = slice(start, start + BLOCK)
            values[part] = statistic(
                _with_the_rest(aid[part] / a.sum(), smaller),
                _with_the_rest(need[part] / w.sum(), smaller),
            )
        return float(real[0]), values, True
    relabeled = labels[shuffles(a.size, n, seed)]
    inside = [(relabeled == group).astype(np.float64) for group in range(sizes.size)]
    shares = np.stack([members @ a for members in inside]) / a.sum()
    need_shares = np.stack([members @ w for members in inside]) / w.sum()
    return float(real[0]), statistic(shares, need_shares), False


def _with_the_rest(share: Vector, group: int) -> Vector:
    """Shares of both groups, shape (2, m), out of those of the one numbered `group`."""
    rest = np.maximum(1 - share, 0.0)
    return np.stack((share, rest) if group == 0 else (rest, share))


def _between(shares: Vector, need_shares: Vector) -> Vector:
    logs = np.log(np.where(shares > 0, shares, need_shares) / need_shares)
    between: Vector = np.maximum((shares * logs).sum(axis=0), 0.0)
    return between


def _difference(shares: Vector, need_shares: Vector) -> Vector:
    ratios = shares / need_shares
    difference: Vector = ratios[1] - ratios[0]
    return difference
