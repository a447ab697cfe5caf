"""The drawing desk: where routes ask the drawing room for what takes more than a moment to make.

Asking occupies no thread: pages, the API and `/healthz` are answered however much is being drawn.
"""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Awaitable, Callable, Hashable
from pathlib import Path
from typing import Final

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request

from geo.atlas import Atlas
from geo.language import speech
from geo.server.drawing_room import (
    ASKED,
    FULL,
    MADE,
    Board,
    DrawingRoom,
    Order,
    RoomFullError,
    State,
    made_of,
    message,
    read_message,
)
from geo.server.kept import Cards

MOST_ASKED: Final = 64
"""Orders that one process has out at once; each holds a connection to the room."""

BACK_SOON: Final = 2
"""Seconds until a room that has ended is there again."""


class DrawingFailedError(Exception):
    """What was asked for could not be made; the room's log says why."""


class DrawingDesk:
    """Hands orders to the room behind `door`, or to one in this process where there is no door.

    Cards that were drawn before, by whichever server, are in `cards`.
    """

    def __init__(self, atlas: Atlas, cards: Cards | None = None) -> None:
        self.atlas = atlas
        self.cards = cards
        self.board = Board()
        self.door: Path | None = None
        self._room: DrawingRoom | None = None
        self._asked = 0

    def state(self) -> State:
        """How many orders are being made, and how many wait."""
        return self.board.read()

    async def make(
        self,
        request: Request,
        lang: str,
        make: Callable[..., bytes],
        *arguments: Hashable,
        slow: bool = True,
    ) -> bytes:
        """What `make(atlas, *arguments)` gives; `make` is a function of a module.

        Where the room is full, the answer is 503 and says in `lang` when to come back; so it is
        where this process is told to stop and what it waits for does not come in time. If the
        client leaves, the order is taken back.
        """
        order = Order(make, arguments, slow)
        if self.cards and not slow:
            kept = await to_thread.run_sync(self.cards.read, order.named())
            if kept is not None:
                self.board.count("kept", slow=slow)
                return kept
        made = asyncio.ensure_future(self._made(order))
        left = asyncio.ensure_future(_until_gone(request))
        try:
            await asyncio.wait({made, left}, return_when=asyncio.FIRST_COMPLETED)
            if not made.done():
                raise HTTPException(503)  # Nobody is there to read it.
            return made.result()
        except RoomFullError as full:
            raise busy(full.seconds, lang) from None
        except asyncio.CancelledError:
            raise busy(BACK_SOON, lang) from None  # uvicorn's last word to what is under way.
        finally:
            made.cancel()
            left.cancel()

    async def _made(self, order: Order) -> bytes:
        if self._asked >= MOST_ASKED:
            raise RoomFullError(BACK_SOON)
        self._asked += 1
        try:
            return await (self._made_here(order) if self.door is None else asked(self.door, order))
        finally:
            self._asked -= 1

    async def _made_here(self, order: Order) -> bytes:
        if self._room is None:
            self._room = DrawingRoom(self.atlas, self.board, self.cards)
        piece = self._room.ask(order)
        try:
            return await made_of(piece)
        finally:
            self._room.leave(piece)


async def asked(door: Path, order: Order) -> bytes:
    """What the room behind `door` makes; the order is taken back where this is cancelled."""
    try:
        reader, writer = await asyncio.open_unix_connection(door)
    except OSError:
        raise RoomFullError(BACK_SOON) from None
    try:
        writer.write(message(ASKED, pickle.dumps(order)))
        kind, body = await read_message(reader)
    except (OSError, asyncio.IncompleteReadError):
        raise RoomFullError(BACK_SOON) from None
    finally:
        writer.close()
    if kind == MADE:
        return body
    if kind == FULL:
        raise RoomFullError(int(body))
    raise DrawingFailedError(body.decode())


async def _until_gone(request: Request) -> None:
    receive: Callable[[], Awaitable[object]] = request.receive
    while (await receive())["type"] != "http.disconnect":  # type: ignore[index]
        pass


def busy(seconds: int, lang: str) -> HTTPException:
    """The answer to whoever finds the room full: when to come back, in words and for machines."""
    say = speech(lang)
    sentence = say.n(
        "The atlas is drawing for others just now. Ask again in {count} second.",
        "The atlas is drawing for others just now. Ask again in {count} seconds.",
        seconds,
    )
    headers = {"Retry-After": str(seconds), "Cache-Control": "no-store"}
    return HTTPException(503, sentence, headers)
