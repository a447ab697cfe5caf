"""Readers take turns: one rerun does its work while the others wait.

Python runs one thread at a time. Many reruns sharing it in slices all end late, and leave the
server's own thread no time to send what is ready; one after another, each ends as early as it can.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_turn = threading.Condition()


@contextmanager
def turn() -> Iterator[None]:
    """Wait for this rerun's turn, and hold it to the end of the block."""
    with _turn:
        yield


def rest(seconds: float) -> None:
    """Pause inside a turn; the others go on meanwhile."""
    _turn.wait(seconds)
