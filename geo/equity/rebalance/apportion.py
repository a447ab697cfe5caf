"""Spreading a total by weight over states, with a floor and a reserve, exactly and then in units.

A unit is the smallest amount that is told apart: a cent of a dollar, a hundredth of an activity.
Everything is worked out in fractions; only `in_units` rounds, and it loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

Trouble = Literal["weightless", "floor", "reserve"]


class ImpossibleError(ValueError):
    """No spread meets the rules; says which one fails.

    weightless: the weights of those who should share sum to nothing. floor: the floors of all
    are more than the total. reserve: what is reserved and the floors of the others are.
    """

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble: Final = trouble


@dataclass(frozen=True, slots=True)
class Spread:
    """The exact amount of each state in units, and whether the reserve made a difference."""

    amounts: Mapping[str, Fraction]
    reserve_binds: bool


def spread(
    total: int,
    weights: Mapping[str, Fraction],
    *,
    floor: int = 0,
    reserved: int = 0,
    inside: frozenset[str] = frozenset(),
) -> Spread:
    """The total spread by weight, nobody below the floor, enough for those it is reserved for.

    First the floor: x_i = max(floor, λ·w_i) with the one λ that makes them sum to the total. If
    the states `inside` together then have `reserved` or more, that is it. Otherwise the total is
    parted: the states `inside` share `reserved`, the others the rest, each part by the same rule
    with a λ of its own.

    Of all spreads that keep to the floor and the reserve it is the one closest to the weights: it
    alone makes Σ x_i²/w_i smallest (weights above 0). That sum is strictly convex. In one pool, λ
    is the multiplier of the total and x_i = max(floor, λ·w_i) meets the Kuhn-Tucker conditions;
    where that breaks the reserve, the optimum meets the reserve with equality, and what is left
    are two pools.

    Parameters
    ----------
    total
        Units to spread, at least 0.
    weights
        State → weight, at least 0; only proportions matter.
    floor
        Units each state gets at least.
    reserved
        Units that the states `inside` get at least, together.

    Raises
    ------
    ImpossibleError
        Where no spread keeps to the rules.

    Of 8, one in four goes to each of A and B, two to C. With 10 and a floor of 3, A and B are
    lifted to 3 and C is left with 4; with 6 of 8 reserved for A and B, it is parted 6 and 2:

    >>> w = {"A": Fraction(1), "B": Fraction(1), "C": Fraction(2)}
    >>> [int(x) for x in spread(8, w).amounts.values()]
    [2, 2, 4]
    >>> [int(x) for x in spread(10, w, floor=3).amounts.values()]
    [3, 3, 4]
    >>> [int(x) for x in spread(8, w, reserved=6, inside=frozenset("AB")).amounts.values()]
    [3, 3, 2]
    """
    ordered = dict(sorted(weights.items()))
    outside = [code for code in ordered if code not in inside]
    if total and not sum(ordered.values()):
        raise ImpossibleError("weightless")
    if floor * len(ordered) > total:
        raise ImpossibleError("floor")
    if reserved + floor * len(outside) > total:
        raise ImpossibleError("reserve")
    amounts = _filled(total, ordered, floor)
    if sum(amount for code, amount in amounts.items() if code in inside) >= reserved:
        return Spread(amounts, reserve_binds=False)
    pools = (
        _filled(reserved, {code: w for code, w in ordered.items() if code in inside}, floor),
        _filled(total - reserved, {code: ordered[code] for code in outside}, floor),
    )
    return Spread(dict(sorted((pools[0] | pools[1]).items())), reserve_binds=True)


def _filled(total: int, weights: Mapping[str, Fraction], floor: int) -> dict[str, Fraction]:
    """x_i = max(floor, λ·w_i), summing to the total, which holds the floors of all.

    Whoever lies below the floor is lifted to it, which lowers λ for the others, so that nobody
    who was lifted would rise again: after at most one round for each state nobody is below.
    """
    lifted: set[str] = set()
    while True:
        free = {code: weight for code, weight in weights.items() if code not in lifted}
        left, weight_left = total - floor * len(lifted), sum(free.values())
        if not weight_left:
            break
        rate = Fraction(left) / weight_left
        below = {code for code, weight in free.items() if rate * weight < floor}
        if not below:
            return {
                code: Fraction(floor) if code in lifted else rate * weight
                for code, weight in weights.items()
            }
        lifted |= below
    if total != floor * len(weights):
        raise ImpossibleError("weightless")
    return dict.fromkeys(weights, Fraction(floor))


def in_units(
    exact: Mapping[str, Fraction], now: Mapping[str, int], pools: Iterable[Iterable[str]]
) -> dict[str, int]:
    """Exact amounts in whole units with the same sum, none a whole unit off.

    By largest remainders, ties by INEGI code: first between the pools, then in each pool between
    those who gain on `now` and those who do not, then on each side. So a pool keeps its sum to the
    unit, and within a pool what moves is rounded once, not once for each state: it is the exact
    amount to the nearest unit. A floor or reserve in whole units holds after rounding too.

    >>> in_units({"A": Fraction(1, 3), "B": Fraction(2, 3)}, {"A": 1, "B": 0}, ["AB"])
    {'A': 0, 'B': 1}
    """
    members = [sorted(pool) for pool in pools]
    whole: dict[str, int] = {}
    quotas = {str(at): sum_of(exact, pool) for at, pool in enumerate(members)}
    totals = apportion(int(sum(quotas.values())), quotas)
    for at, pool in enumerate(members):
        gaining = [code for code in pool if exact[code] > now[code]]
        others = [code for code in pool if exact[code] <= now[code]]
        sides = {"0": sum_of(exact, gaining), "1": sum_of(exact, others)}
        shared = apportion(totals[str(at)], sides)
        for side, codes in zip(shared.values(), (gaining, others), strict=True):
            whole |= apportion(side, {code: exact[code] for code in codes})
    return dict(sorted(whole.items()))


def sum_of(amounts: Mapping[str, Fraction], codes: Iterable[str]) -> Fraction:
    """The sum of some of the amounts."""
    return sum((amounts[code] for code in codes), Fraction(0))


def apportion(total: int, quotas: Mapping[str, Fraction]) -> dict[str, int]:
    """Quotas rounded to a total that is their sum rounded up or down, by largest remainders.

    Each is rounded down; the units that are left go to the largest remainders, ties by the key.

    >>> apportion(2, {"01": Fraction(1, 2), "02": Fraction(1, 2), "03": Fraction(3, 4)})
    {'01': 1, '02': 0, '03': 1}
    """
    whole = {key: quota.numerator // quota.denominator for key, quota in quotas.items()}
    by_remainder = sorted(quotas, key=lambda key: (whole[key] - quotas[key], key))
    for key in by_remainder[: total - sum(whole.values())]:
        whole[key] += 1
    return whole
