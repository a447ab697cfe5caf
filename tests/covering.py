"""Cases along several axes: a selection that covers them in every run, all of them now and then.

Nine pages in two languages and two themes are 36 visits, and what is wrong with one of them is
nearly always wrong with the page, the language or the theme. So every run takes a selection that
leaves out no value and no combination of the axes behind the first; the thorough profile (`make
test-thorough`) takes them all.
"""

from __future__ import annotations

from itertools import cycle, islice, product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from _pytest.mark.structures import ParameterSet


def thorough() -> bool:
    """Whether the thorough profile runs, which leaves no case out; known once pytest has begun."""
    return settings.get_current_profile_name() == "thorough"


def covering(
    first: Iterable[Any], *others: Iterable[Any], make: Callable[..., Any] | None = None
) -> list[ParameterSet]:
    """Cases for `pytest.mark.parametrize`, or for `looks_at` where `make` is `visit`.

    In the quick profile each value of the first axis comes at least once, and so does each
    combination of the others; in the thorough profile each combination of all.
    """
    heads, tails = list(first), list(product(*others))
    if thorough():
        cases = [(head, *tail) for head in heads for tail in tails]
    else:
        cases = [(head, *tail) for head, tail in _paired(heads, tails)]
    values = [(make(*case),) if make else case for case in cases]
    return [pytest.param(*value, marks=pytest.mark.covering) for value in values]


def seldom(*values: Any) -> list[ParameterSet]:
    """Cases that only the thorough profile takes: slow ones, whose like is in every run.

    A tuple is the values of several arguments.
    """
    if not thorough():
        return []
    cases = [value if isinstance(value, tuple) else (value,) for value in values]
    return [pytest.param(*case, marks=pytest.mark.covering) for case in cases]


def _paired(heads: list[Any], tails: list[Any]) -> list[tuple[Any, Any]]:
    """As many pairs as the longer list has items; the shorter one is gone through again."""
    return list(islice(zip(cycle(heads), cycle(tails), strict=False), max(len(heads), len(tails))))
