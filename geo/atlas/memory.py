"""What is computed of an atlas: kept for all, or with a reader's own atlas and gone with it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import Any, Final, ParamSpec, TypeVar

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

Memory = dict[Hashable, Any]

NONE: Final = object()


def kept(
    maxsize: int,
) -> Callable[[Callable[Given, Answer]], Callable[Given, Answer]]:
    """`lru_cache` for a function of an atlas, or of a ledger, and of what can be a key.

    What has a `memory` of its own, an atlas with a reader's rows in it, keeps its answers there:
    they never push out what is kept for all, and are gone when it is.
    """

    def over(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
        shared: Any = lru_cache(maxsize)(function)

        @wraps(function)
        def answered(*given: Given.args, **named: Given.kwargs) -> Answer:
            memory: Memory | None = getattr(given[0], "memory", None)
            if memory is None:
                found: Answer = shared(*given, **named)
                return found
            key = (function, given[1:], tuple(named.items()))
            found = memory.get(key, NONE)
            if found is NONE:
                found = memory[key] = function(*given, **named)
            return found

        answered.cache_info = shared.cache_info  # type: ignore[attr-defined]
        return answered

    return over
