"""Readers take turns, and who needs long stands in nobody's way who needs a moment."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from geo.briefing import BRIEFING
from geo.chapters import register
from pages import _turn
from tests.page_run import run_page
from tests.serving import PATIENCE as LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

TURNS = {"turn", "long_turn"}
LONG = {"evidence", "inequality", "contribute"}


class Apart:
    """Another thread that holds a turn as long as it is let."""

    def __init__(self, turn: Callable[[], AbstractContextManager[None]]) -> None:
        self.has_it, self.let_go = threading.Event(), threading.Event()
        self.others = ThreadPoolExecutor(3)
        self.others.submit(self._hold, turn)
        assert self.has_it.wait(LIMIT)

    def _hold(self, turn: Callable[[], AbstractContextManager[None]]) -> None:
        with turn():
            self.has_it.set()
            self.let_go.wait()

    def end(self) -> None:
        self.let_go.set()
        self.others.shutdown()


def takes(turn: Callable[[], AbstractContextManager[None]]) -> None:
    with turn():
        pass


def test_a_short_turn_does_not_wait_for_a_long_one_and_two_long_ones_for_each_other() -> None:
    held = Apart(_turn.long_turn)
    try:
        held.others.submit(takes, _turn.turn).result(LIMIT)
        second = held.others.submit(takes, _turn.long_turn)
        assert not second.done()
        assert not second.running() or _turn._long.locked()
    finally:
        held.end()
    second.result(LIMIT)


def test_a_long_run_gives_way_to_a_turn_between_its_parts() -> None:
    held = Apart(_turn.turn)
    try:
        giving_way = held.others.submit(_turn.give_way)
        assert not giving_way.done()
    finally:
        held.end()
    giving_way.result(LIMIT)


def test_nobody_gives_way_to_a_turn_of_ones_own() -> None:
    with _turn.turn():
        _turn.give_way()


@pytest.mark.parametrize("page", [one.folder for one in register(BRIEFING).values()])
def test_every_page_takes_a_turn(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: set[str] = set()

    def counted(name: str) -> Callable[[], AbstractContextManager[None]]:
        own = getattr(_turn, name)

        @contextmanager
        def turn() -> Iterator[None]:
            taken.add(name)
            with own():
                yield

        return turn

    for name in TURNS:
        monkeypatch.setattr(_turn, name, counted(name))
    assert not run_page(f"{page}.py").exception
    assert taken == ({"long_turn"} if page in LONG else {"turn"})
