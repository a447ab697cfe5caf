"""Whether what is being made is still wanted, asked between its pages and pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_wanted: ContextVar[Callable[[], bool]] = ContextVar("wanted")


class NobodyWaits(Exception):
    """Whoever asked for it has left: there is no sense in going on."""


@contextmanager
def made_while(wanted: Callable[[], bool]) -> Iterator[None]:
    """Inside, go on only as long as `wanted` says so; elsewhere everything is wanted."""
    before = _wanted.set(wanted)
    try:
        yield
    finally:
        _wanted.reset(before)


def still_wanted() -> None:
    """End what is being made, by NobodyWaits, if nobody waits for it any more."""
    wanted = _wanted.get(None)
    if wanted is not None and not wanted():
        raise NobodyWaits
