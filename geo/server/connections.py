"""What one connection may do: so long for a request's head, so long for its body, so many in all.

uvicorn has no deadline for what a client sends, and accepts connections until the system has no
files left. `Connection` is its own protocol with both, and the only module that knows how uvicorn
keeps a connection (`tests/server/test_connections.py` holds it to that). A WebSocket begins as a
request and has the same deadline until its head is whole; an open one is left to uvicorn's pings.
"""

from __future__ import annotations

import asyncio
import resource
from typing import Any, ClassVar, Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_WITHIN: Final = 10.0
"""Seconds from the first byte of a request to the end of its head."""

BODY_WITHIN: Final = 30.0
"""Seconds for the body; the largest that is taken, a scene file, has 200 kB."""

WITHIN: Final[dict[Any, float]] = {h11.IDLE: HEAD_WITHIN, h11.SEND_BODY: BODY_WITHIN}
"""The deadline of each phase of a request, by h11's name for it; an answer takes what it takes."""

READ_ON: Final = 30.0
"""Seconds in which a client has to take some of what it is being sent."""

MOST: Final = 4096
"""Connections of one process, open sockets of readers among them."""

FILES_OF_ITS_OWN: Final = 96
"""Open files that a process needs beside its connections: data, sockets to the other processes, and
connections that are being turned away."""

FEWEST: Final = 16

ACCEPTED_AT_ONCE: Final = 8
"""Connections accepted in one round of the event loop. Each is counted, and one that is too many is
closed, some rounds later: until then they take files, and where there are none left asyncio accepts
nobody for a second."""

TURNED_AWAY_AT_ONCE: Final = 16
LEAVING: Final = 1.0
"""So many of those who are turned away get so many seconds to read why."""

FULL: Final = (
    b"The atlas has as many readers as it can serve. Try again in a moment.\n"
    b"El atlas tiene tantos lectores como puede atender. Intente de nuevo en un momento.\n"
)
"""In both languages: nothing has been read yet that says which."""

SOON: Final = 5
"""Seconds after which whoever is turned away may come again."""


def most_connections() -> int:
    """How many connections this process takes, by the files that it may have open."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if files == resource.RLIM_INFINITY:
        return MOST
    return min(MOST, max(FEWEST, files - FILES_OF_ITS_OWN))


class Connection(H11Protocol):
    """uvicorn's connection, with deadlines, and one of at most `most`."""

    most: ClassVar[int] = MOST
    idle: ClassVar[dict[Connection, None]] = {}
    """Those that wait for a request, the longest waiting first: closed when there are too many."""
    leaving: ClassVar[set[Connection]] = set()
    """Those that are told to come again later."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._phase: Any = None
        """How far the request under way has come, as h11 calls it; None before its first byte."""
        self._deadline: asyncio.TimerHandle | None = None
        self._reading: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take it in; if there are too many, the one that has been idle longest goes."""
        super().connection_made(transport)
        if len(self.connections) > self.most + len(self.leaving):
            longest = next(iter(self.idle), None)
            if longest is None:
                self._turn_away()
                return
            longest._drop()
        self.idle[self] = None
        self._set_deadline(self.timeout_keep_alive)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._settle()
        self.leaving.discard(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, and see which deadline holds now."""
        if self not in self.leaving:
            super().data_received(data)
            self._follow()

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Hand a socket over: from here on it is another protocol's."""
        self._settle()
        super().handle_websocket_upgrade(event)
        self._phase = h11.SWITCHED_PROTOCOL

    def on_response_complete(self) -> None:
        """An answer is out: the next request may come, within uvicorn's own time."""
        super().on_response_complete()
        self._follow()

    def timeout_keep_alive_handler(self) -> None:
        """Nothing more came, and it is closed, as soon as the client has taken what it is sent."""
        super().timeout_keep_alive_handler()
        self._see_it_read()

    def pause_writing(self) -> None:
        """The client takes less than it is sent: from now on it has to take some."""
        super().pause_writing()
        self._see_it_read()

    def resume_writing(self) -> None:
        """It has taken nearly all."""
        super().resume_writing()
        self._stop(self._reading)

    def _see_it_read(self) -> None:
        left = self.transport.get_write_buffer_size()

        def look() -> None:
            if self.transport.get_write_buffer_size() >= left:
                self.transport.abort()
            else:
                self._see_it_read()

        self._stop(self._reading)
        self._reading = self.loop.call_later(READ_ON, look) if left else None

    def _follow(self) -> None:
        """Go by how far the request under way has come."""
        if self._phase is h11.SWITCHED_PROTOCOL or self.transport.is_closing():
            return
        phase: Any = self.conn.their_state
        if phase is h11.IDLE:
            self.idle.setdefault(self)
        else:
            self.idle.pop(self, None)
        if phase is h11.IDLE and self.timeout_keep_alive_task is not None:
            phase = None
        if phase is not self._phase:
            self._phase = phase
            self._stop(self._deadline)
            if phase in WITHIN:
                self._set_deadline(WITHIN[phase])

    def _set_deadline(self, seconds: float) -> None:
        self._deadline = self.loop.call_later(seconds, self._drop)

    def _settle(self) -> None:
        self.idle.pop(self, None)
        self._stop(self._deadline)
        self._stop(self._reading)

    @staticmethod
    def _stop(timer: asyncio.TimerHandle | None) -> None:
        if timer is not None:
            timer.cancel()

    def _drop(self) -> None:
        """Close without a word: there is no whole request to answer."""
        self._settle()
        self.transport.abort()

    def _turn_away(self) -> None:
        if len(self.leaving) >= TURNED_AWAY_AT_ONCE:
            self.transport.abort()
            return
        self.leaving.add(self)
        self.transport.write(
            b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n"
            b"Content-Type: text/plain; charset=utf-8\r\n"
            b"Retry-After: %d\r\nContent-Length: %d\r\n\r\n%s" % (SOON, len(FULL), FULL)
        )
        self.loop.call_later(LEAVING, self.transport.abort)
