"""Readers take turns: one rerun does its work while the others wait.

Python runs one thread at a time. Many reruns sharing it in slices all end late, and leave the
server's own thread no time to send what is ready; one after another, each ends as early as it can.
Runs that need long wait for each other in a line of their own, so that who needs a moment never
stands behind them; between its parts a long one also lets those go first who are there.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_turn = threading.Condition()
_long = threading.Lock()


@contextmanager
def turn() -> Iterator[None]:
    """Wait for this rerun's turn, and hold it to the end of the block."""
    with _turn:
        yield


@contextmanager
def long_turn() -> Iterator[None]:
    """The same for a rerun that needs long."""
    with _long:
        yield


def rest(seconds: float) -> None:
    """Pause inside a turn; the others go on meanwhile."""
    _turn.wait(seconds)


def give_way() -> None:
    """Wait while another rerun has its turn; inside one's own turn there is none to wait for."""
    with _turn:
        pass
