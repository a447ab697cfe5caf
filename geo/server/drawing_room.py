"""The drawing room: whatever takes more than a moment to make, made one after the other.

matplotlib keeps Python to itself for long stretches, shares its fonts and settings between threads,
and keeps a set of open font files for each thread that draws. So one thread draws, and those who
ask stand in a short queue: an order that is asked for twice at once is made once, one that nobody
waits for any more leaves the queue or ends at its next page or picture, and whoever finds the queue
full is told when to come back. What was made lately is kept.

`python app.py` gives the room a process of its own, for all that serve (`occupy`); elsewhere it is
a thread. `geo.server.drawing_desk` is where routes ask.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import mmap
import os
import pickle
import signal
import struct
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

from geo.atlas import Atlas
from geo.paper import NobodyWaits, made_while
from geo.server.kept import Cards
from geo.server.process import give_memory_back, watch

PLACES: Final = 16
"""Orders that wait, of each of the two sorts: quick ones and slow ones do not stand in each other's
way for a place. Sixteen cards take two seconds, sixteen zips half a minute."""

KEPT_BYTES: Final = 24_000_000
"""Of what was made lately, so that it is not made again: some 150 cards, or all handouts."""

EXPECTED: Final = {False: 0.15, True: 1.5}
"""Seconds that a quick order and a slow one take, until some have been made and it is known."""

STUCK: Final = 120.0
"""Seconds that one order may take; then the room's process ends and another takes its place."""

NICENESS: Final = 5
"""Whoever reads a page goes before whoever waits for a picture."""

HEAD: Final = struct.Struct("!cI")
"""How a message between desk and room begins: its kind, and the bytes that follow."""

ASKED: Final = b"a"
MADE: Final = b"m"
FULL: Final = b"f"
FAILED: Final = b"x"


@dataclass(frozen=True)
class Order:
    """What is to be made: `make(atlas, *arguments)`, a function of a module, and how it counts."""

    make: Callable[..., bytes]
    arguments: tuple[Hashable, ...]
    slow: bool = True
    """Whether it takes seconds; the others go first."""

    def named(self) -> tuple[Hashable, ...]:
        """What is made of what: the same in every process."""
        return self.make.__module__, self.make.__qualname__, *self.arguments


class RoomFullError(Exception):
    """The queue has no place; `seconds` is when there should be one."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class State(NamedTuple):
    """How many orders are being made, and how many wait."""

    drawing: int
    queued: int


SORTS: Final = {False: "card", True: "file"}
"""What is counted apart: whether an order is slow → its name; cards alone are quick."""

COUNTED: Final = ("made", "kept", "refused", "failed")
"""What becomes of an order: made, there already, no place for it, or not to be made."""


class Board:
    """Where the room writes its state for all processes to read, without asking."""

    def __init__(self) -> None:
        self._numbers = memoryview(mmap.mmap(-1, mmap.PAGESIZE)).cast("q")

    def count(self, what: str, *, slow: bool) -> None:
        """Count what became of an order."""
        self._numbers[self._at(what, slow)] += 1

    def total(self, what: str, *, slow: bool) -> int:
        """How many there were since the server started, whoever was the room."""
        return self._numbers[self._at(what, slow)]

    @staticmethod
    def _at(what: str, slow: bool) -> int:
        return len(State._fields) + len(SORTS) * COUNTED.index(what) + slow

    def write(self, drawing: int, queued: int) -> None:
        """Say how it is now."""
        self._numbers[0], self._numbers[1] = drawing, queued

    def read(self) -> State:
        """How it is now."""
        return State(self._numbers[0], self._numbers[1])


@dataclass(eq=False)
class Piece:
    """An order in hand, and how many wait for it."""

    order: Order
    number: int
    waiting: int = 1
    made: Future[bytes] = field(default_factory=Future)


class DrawingRoom:
    """Makes orders for `atlas` in a thread of its own; cards are kept in `cards` too."""

    def __init__(self, atlas: Atlas, board: Board, cards: Cards | None = None) -> None:
        self.atlas = atlas
        self.board = board
        self.cards = cards
        self.since: float | None = None
        """When the order in hand was begun, on `time.monotonic`."""
        self._changed = threading.Condition()
        self._queue: list[Piece] = []
        self._in_hand: dict[Order, Piece] = {}
        self._kept: OrderedDict[Order, bytes] = OrderedDict()
        self._expected = dict(EXPECTED)
        self._numbers = count()
        board.write(0, 0)
        threading.Thread(target=self._work, name="drawing", daemon=True).start()

    def ask(self, order: Order) -> Piece:
        """The piece that will hold what is made; RoomFullError if there is no place for it."""
        with self._changed:
            if (kept := self._kept.get(order)) is not None:
                self._kept.move_to_end(order)
                self.board.count("kept", slow=order.slow)
                piece = Piece(order, next(self._numbers))
                piece.made.set_result(kept)
                return piece
            if (in_hand := self._in_hand.get(order)) is not None:
                in_hand.waiting += 1
                return in_hand
            if sum(one.order.slow == order.slow for one in self._queue) >= PLACES:
                self.board.count("refused", slow=order.slow)
                raise RoomFullError(self._wait())
            piece = self._in_hand[order] = Piece(order, next(self._numbers))
            self._queue.append(piece)
            self._tell()
            self._changed.notify()
            return piece

    def leave(self, piece: Piece) -> None:
        """Say that one who waited has left; what nobody waits for leaves the queue at once."""
        with self._changed:
            piece.waiting -= 1
            if not piece.waiting and piece in self._queue:
                self._queue.remove(piece)
                self._forget(piece)

    def _wait(self) -> int:
        seconds = sum(self._expected[one.order.slow] for one in self._queue)
        return max(1, math.ceil(seconds))

    def _tell(self) -> None:
        self.board.write(len(self._in_hand) - len(self._queue), len(self._queue))

    def _forget(self, piece: Piece) -> None:
        if self._in_hand.get(piece.order) is piece:
            del self._in_hand[piece.order]
        self._tell()

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._queue:
                    self._changed.wait()
                piece = min(self._queue, key=lambda one: (one.order.slow, one.number))
                self._queue.remove(piece)
                self.since = time.monotonic()
                self._tell()
            self._make(piece)
            self.since = None
            give_memory_back()

    def _make(self, piece: Piece) -> None:
        order, begun = piece.order, time.monotonic()
        while True:
            try:
                with made_while(lambda: piece.waiting > 0):
                    body = order.make(self.atlas, *order.arguments)
            except NobodyWaits:
                with self._changed:
                    if piece.waiting > 0:  # Somebody came in the meantime.
                        continue
                    self._forget(piece)
                return
            except Exception as error:
                with self._changed:
                    self.board.count("failed", slow=order.slow)
                    self._forget(piece)
                logging.getLogger("merida_atlas").exception("an order could not be made")
                piece.made.set_exception(error)
                return
            break
        with self._changed:
            took = time.monotonic() - begun
            self._expected[order.slow] += (took - self._expected[order.slow]) / 4
            self._keep(order, body)
            self.board.count("made", slow=order.slow)
            self._forget(piece)
        if self.cards and not order.slow:
            self.cards.write(order.named(), body)
        piece.made.set_result(body)

    def _keep(self, order: Order, body: bytes) -> None:
        self._kept[order] = body
        while sum(map(len, self._kept.values())) > KEPT_BYTES:
            self._kept.popitem(last=False)


async def made_of(piece: Piece) -> bytes:
    """What the piece holds once it is made; it goes on being made for others if this one leaves."""
    return await asyncio.shield(asyncio.wrap_future(piece.made))


def occupy(atlas: Atlas, door: Path, board: Board, parent: int, cards: Cards | None = None) -> None:
    """Be the process of the room, behind `door`, until the process `parent` is gone."""
    for number in (signal.SIGINT, signal.SIGTERM):
        # A terminal and a service manager tell every process to stop. The room stays for those
        # who are still being answered; whoever began it ends it.
        signal.signal(number, signal.SIG_IGN)
    os.nice(NICENESS)
    watch(parent, lambda: os._exit(0))
    asyncio.run(_serve(DrawingRoom(atlas, board, cards), door))


async def _serve(room: DrawingRoom, door: Path) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            _, asked = await read_message(reader)
            kind, body = await _answered(room, pickle.loads(asked), reader)  # noqa: S301
            writer.write(message(kind, body))
            await writer.drain()
        writer.close()

    with contextlib.suppress(FileNotFoundError):
        door.unlink()
    async with await asyncio.start_unix_server(answer, door, backlog=1024):
        while True:
            await asyncio.sleep(1)
            if room.since is not None and time.monotonic() - room.since > STUCK:
                logging.getLogger("merida_atlas").error("drawing took longer than %s s", STUCK)
                os._exit(1)


async def _answered(
    room: DrawingRoom, order: Order, reader: asyncio.StreamReader
) -> tuple[bytes, bytes]:
    try:
        piece = room.ask(order)
    except RoomFullError as full:
        return FULL, str(full.seconds).encode()
    # Whoever asked says nothing more, so that the end of the line is all there is to read.
    left = asyncio.create_task(reader.read(1))
    made = asyncio.create_task(made_of(piece))
    try:
        await asyncio.wait({left, made}, return_when=asyncio.FIRST_COMPLETED)
        return (MADE, made.result()) if made.done() else (FAILED, b"")
    except Exception as error:
        return FAILED, f"{type(error).__name__}: {error}".encode()
    finally:
        room.leave(piece)
        left.cancel()
        made.cancel()


async def read_message(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """One message of the other end: its kind, and what it holds."""
    kind, size = HEAD.unpack(await reader.readexactly(HEAD.size))
    return kind, await reader.readexactly(size)


def message(kind: bytes, body: bytes) -> bytes:
    """A message that `read_message` reads."""
    return HEAD.pack(kind, len(body)) + body
