"""The processes of a server that runs, by what each of them does."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import psutil

from tests.fleet import Replica
from tests.serving import comes_about

if TYPE_CHECKING:
    from tests.serving import StreamlitServer


def listening_at(port: int, server: StreamlitServer) -> list[psutil.Process]:
    """The processes of a server that accept connections at a port."""
    found = []
    for process in psutil.Process(server.pid).children():
        # One that was killed may be gone since it was listed.
        with suppress(psutil.NoSuchProcess):
            open_ones = process.net_connections("tcp")
            if any(o.laddr.port == port and o.status == psutil.CONN_LISTEN for o in open_ones):
                found.append(process)
    return found


def serving(server: StreamlitServer) -> list[psutil.Process]:
    """The processes that accept readers; a server answers as soon as there is one."""
    return listening_at(server.port, server)


def room_of(server: StreamlitServer) -> psutil.Process:
    """The process that draws: neither serves nor is the lookout, and is there to stay."""
    rooms: list[psutil.Process] = []

    def is_alone() -> bool:
        others = set(psutil.Process(server.pid).children()) - set(serving(server))
        if isinstance(server, Replica):
            others -= set(listening_at(server.probes, server))
        rooms[:] = others
        return len(rooms) == 1

    assert comes_about(is_alone)
    return rooms[0]


def stop(process: psutil.Process) -> None:
    """Let it go no further, until it is resumed."""
    process.suspend()
    assert comes_about(lambda: process.status() == psutil.STATUS_STOPPED)
