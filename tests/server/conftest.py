"""Servers that several tests look at: one that lasts, and one that was told to stop."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import time
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from websockets.exceptions import ConnectionClosed

from tests.bench.socket_reader import SocketReader
from tests.fleet import Replica
from tests.own_loop import run_apart
from tests.processes import serving
from tests.serving import PATIENCE, answer_of, comes_about

if TYPE_CHECKING:
    from collections.abc import Iterator

DRAIN = 10
"""Seconds. Sockets are closed one by one in the second half, which a machine that stops for some
seconds leaves long enough to see that."""

READERS = 8


@pytest.fixture(scope="session")
def lasting() -> Iterator[Replica]:
    """A server of two processes whose processes a test may kill, so long as the first one stays."""
    with Replica(drain=DRAIN, processes=2) as running:
        assert comes_about(lambda: len(serving(running)) == 2)
        yield running


@dataclass
class Drained:
    """What a server of two processes did that was told to stop while readers were there."""

    said_when_up: bool = False
    """Whether its log had said that it is served."""
    doors: dict[Path, int] = field(default_factory=dict)
    """The folder of its doors, and who might open it."""
    why: str = ""
    answered: dict[str, int] = field(default_factory=dict)
    """What it answered then."""
    left: list[tuple[float, int | None]] = field(default_factory=list)
    """When each reader's socket was closed, in seconds, and with which code."""
    ended: int | None = None
    log: str = ""


@pytest.fixture(scope="session")
def drained() -> Iterator[Drained]:
    """A server told to stop."""
    with Replica(drain=DRAIN, processes=2) as server:
        said = comes_about(lambda: "is served at" in server.log())
        seen = Drained(said, _doors(server))
        run_apart(_stop(server, seen))
        seen.ended = psutil.Process(server.pid).wait(PATIENCE)
        seen.log = server.log()
        yield seen


def _doors(server: Replica) -> dict[Path, int]:
    folders = {
        Path(str(link.laddr)).parent
        for process in psutil.Process(server.pid).children()
        for link in process.net_connections("unix")
        if "merida-atlas-" in str(link.laddr)
    }
    return {folder: folder.stat().st_mode for folder in folders}


async def _stop(server: Replica, seen: Drained) -> None:
    async def stays(reader: SocketReader) -> tuple[float, int | None]:
        with suppress(ConnectionClosed):
            await reader._socket.wait_closed()
        return time.monotonic() - begun, reader._socket.close_code

    async with AsyncExitStack() as stack:
        readers = [
            SocketReader(server.url, "", random.Random(n), limit=PATIENCE) for n in range(READERS)
        ]
        for reader in readers:
            await stack.enter_async_context(reader)
            await reader.open()
        begun = time.monotonic()
        os.kill(server.pid, signal.SIGTERM)
        leaving = [asyncio.create_task(stays(reader)) for reader in readers]
        while await asyncio.to_thread(ready, server) != (503, 503):
            assert time.monotonic() - begun < DRAIN, "it is not said in time"
        why = await asyncio.to_thread(answer_of, f"{server.url}/readyz")
        seen.why = json.loads(why[1])["why"]
        for path in ("/", "/healthz"):
            seen.answered[path] = (await asyncio.to_thread(answer_of, server.url + path))[0]
        seen.left = sorted(await asyncio.gather(*leaving))


def ready(server: Replica) -> tuple[int, int]:
    """What `/readyz` answers on the port of the pages, and on the lookout's."""
    return answer_of(f"{server.url}/readyz")[0], server.probe("/readyz")[0]
