"""Brings a tab whose socket broke back to the process that holds its session.

The processes of `geo.server.serve` accept connections from one port, and the system gives a new one
to whichever is free. Streamlit keeps a session, with the choices a page's run has not yet written
into the address, in the process that began it, and a tab that lost its socket names its session
when it connects again. The process it reaches then, if it does not know that session, asks the
others, each of which also listens on a door of its own (a Unix socket in a folder that only this
server's user can open), and passes the tab's messages on to the one that does. Where none does, as
after a restart, the tab begins anew from its address.
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from websockets.asyncio.client import ClientConnection, unix_connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from geo.server.streamlit import earlier_session

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

KEPT: Final = 10_000
"""Sessions a process remembers as its own; Streamlit keeps a broken one for two minutes only."""

DRAWING: Final = "drawing"
"""Name of a door in the same folder that is no server's: that of the drawing room."""

PATIENCE: Final = 5.0
"""Seconds in which another process has to say whether it knows a session."""

OF_THE_HANDSHAKE: Final = frozenset(
    {
        b"connection",
        b"host",
        b"sec-websocket-extensions",
        b"sec-websocket-key",
        b"sec-websocket-protocol",
        b"sec-websocket-version",
        b"upgrade",
    }
)
"""What a socket's own opening says; the one between two processes says it for itself."""

UNKNOWN_HERE: Final = 1008
SERVER_LEFT: Final = 1012
"""Codes a socket closes with (RFC 6455, section 7.4, and IANA's registry of WebSocket codes)."""


def open_door(folder: Path) -> socket.socket:
    """A listening socket of this process in `folder`, under which the others find it."""
    door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    door.bind(str(folder / str(os.getpid())))
    door.listen()
    return door


class SessionAffinity:
    """`app`, with sockets that belong to another process of `folder` passed on to it.

    `session_begun` reads a session's name from the message that tells a tab of it, and gives an
    empty text for any other message.
    """

    def __init__(
        self, app: Application, folder: Path, session_begun: Callable[[bytes], str]
    ) -> None:
        self.app = app
        self.folder = folder
        self.session_begun = session_begun
        self.own: OrderedDict[str, None] = OrderedDict()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request, or serve one socket until it closes."""
        if scope["type"] != "websocket":
            return await self.app(scope, receive, send)
        session = earlier_session(_headers(scope).get(b"sec-websocket-protocol", ""))
        if not session or session in self.own:
            return await self._here(scope, receive, send)
        if came_through(self.folder, scope):
            await receive()
            return await send({"type": "websocket.close", "code": UNKNOWN_HERE})
        for door in self._other_doors():
            there = await knock(door, scope)
            if there is not None:
                await receive()
                return await pass_on(there, receive, send)
        return await self._here(scope, receive, send)

    async def _here(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve the socket in this process, and remember the session it turns out to be."""
        known = False

        async def noting(message: Message) -> None:
            nonlocal known
            sent = message.get("bytes")
            if not known and sent and (session := self.session_begun(sent)):
                self._remember(session)
                known = True
            await send(message)

        await self.app(scope, receive, noting)

    def _remember(self, session: str) -> None:
        self.own[session] = None
        self.own.move_to_end(session)
        while len(self.own) > KEPT:
            self.own.popitem(last=False)

    def _other_doors(self) -> Iterator[Path]:
        none_of_these = {str(os.getpid()), DRAWING}
        yield from sorted(door for door in self.folder.iterdir() if door.name not in none_of_these)


def came_through(folder: Path, scope: Message) -> bool:
    """Whether the socket was opened by another process of ours."""
    server = scope.get("server") or ("",)
    return Path(str(server[0])).parent == folder


async def knock(door: Path, scope: Message) -> ClientConnection | None:
    """A socket to the process behind `door`, opened as the tab opens it; None if it is refused."""
    headers = _headers(scope)
    query = scope.get("query_string", b"").decode("ascii")
    names = headers.get(b"sec-websocket-protocol", "").split(",")
    passed = [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, value in scope["headers"]
        if name not in OF_THE_HANDSHAKE
    ]
    try:
        return await unix_connect(
            str(door),
            f"ws://{headers.get(b'host', 'localhost')}{scope['path']}{'?' if query else ''}{query}",
            additional_headers=passed,
            subprotocols=[name.strip() for name in names if name.strip()],
            compression=None,
            max_size=None,
            open_timeout=PATIENCE,
            proxy=None,
            user_agent_header=None,
        )
    except ConnectionRefusedError:
        # Its process ended without a word.
        door.unlink(missing_ok=True)
    except (OSError, TimeoutError, InvalidHandshake):
        pass
    return None


async def pass_on(there: ClientConnection, receive: Receive, send: Send) -> None:
    """Carry what either end says to the other until one of them has left."""

    async def to_there() -> None:
        with suppress(ConnectionClosed):
            while (message := await receive())["type"] == "websocket.receive":
                said = message.get("bytes")
                await there.send(said if said is not None else message["text"])

    async def to_tab() -> None:
        async for said in there:
            kind = "text" if isinstance(said, str) else "bytes"
            await send({"type": "websocket.send", kind: said})

    async with there:
        await send({"type": "websocket.accept", "subprotocol": there.subprotocol})
        ways = {asyncio.create_task(to_there()), asyncio.create_task(to_tab())}
        _, waiting = await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for way in waiting:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
    with suppress(OSError, RuntimeError):
        # Said in vain where it was the tab that left.
        await send({"type": "websocket.close", "code": SERVER_LEFT})


def _headers(scope: Message) -> dict[bytes, str]:
    return {name: value.decode("latin-1") for name, value in scope["headers"]}
