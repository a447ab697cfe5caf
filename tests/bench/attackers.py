"""Who closes a server to others, from a process of their own.

    python -m tests.bench.attackers URL KIND SECONDS SEED     prints one line of JSON

Each kind goes on for SECONDS and then leaves, whatever it has been answered by then: what it was
answered, and how often, is the line.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

from tests.bench.crowd import random_view
from tests.bench.socket_reader import SocketReader

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

FORM = "multipart/form-data; boundary=b"
TYPED = "application/x-www-form-urlencoded"
OPENED = '--b\r\nContent-Disposition: form-data; name="file"; filename="f.yaml"\r\n\r\n'
BLOCK = b"x" * 65536


class Attackers:
    """So many clients of the server at `url`."""

    def __init__(self, url: str, seed: int) -> None:
        self.host, port = url.removeprefix("http://").split(":")
        self.port = int(port)
        self.url = url
        self.chance = random.Random(seed)
        self.met: Counter[str] = Counter()

    def views(self, count: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < count:
            found[random_view(self.chance)] = None
        return list(found)

    async def get(self, path: str) -> str:
        """The status of the answer, read to its end."""
        reader, writer = await asyncio.open_connection(self.host, self.port)
        try:
            head = f"GET {path} HTTP/1.1\r\nHost: {self.host}\r\nConnection: close\r\n\r\n"
            writer.write(head.encode())
            return (await reader.read())[9:12].decode() or "closed"
        finally:
            writer.close()

    async def insist(self, path: str) -> None:
        """Ask until it is given."""
        while True:
            try:
                status = await self.get(path)
            except OSError:
                status = "refused"
            self.met[status] += 1
            if status == "200":
                return
            await asyncio.sleep(0.5)

    async def pictures(self, address: str, count: int) -> None:
        async with asyncio.TaskGroup() as group:
            for view in self.views(count):
                group.create_task(self.insist(f"{address}?{view}"))

    async def evidence(self, count: int) -> None:
        async def look(view: str) -> None:
            async with SocketReader(self.url, view, self.chance, page="evidence") as reader:
                await reader.open()
                self.met["shown"] += 1

        async with asyncio.TaskGroup() as group:
            for view in self.views(count):
                group.create_task(look(view))

    async def hold(self, count: int, drip: bytes) -> None:
        """Connections that say nothing, or a byte of a head at a time."""

        async def one() -> None:
            while True:
                try:
                    reader, writer = await asyncio.open_connection(self.host, self.port)
                except OSError:
                    self.met["refused"] += 1
                    await asyncio.sleep(1)
                    continue
                self.met["opened"] += 1
                try:
                    writer.write(b"GET / HTTP/1.1\r\nX-Slow: " if drip else b"")
                    while True:
                        with suppress(TimeoutError):
                            async with asyncio.timeout(1):
                                if not (answer := await reader.read(100)):
                                    break
                                self.met[answer[9:12].decode()] += 1
                        writer.write(drip)
                        await writer.drain()
                except OSError:
                    pass
                finally:
                    writer.close()
                self.met["closed by the server"] += 1
                await asyncio.sleep(1)

        async with asyncio.TaskGroup() as group:
            for _ in range(count):
                group.create_task(one())

    async def post(self, kind: str, opening: str, block: bytes, size: int) -> None:
        """One body of `size` bytes, again and again."""
        while True:
            sent = 0
            reader, writer = await asyncio.open_connection(self.host, self.port)
            try:
                writer.write(
                    f"POST /present HTTP/1.1\r\nHost: {self.host}\r\nConnection: close\r\n"
                    f"Content-Type: {kind}\r\nContent-Length: {size}\r\n\r\n{opening}".encode()
                )
                sent = len(opening)
                while sent < size:
                    part = block[: size - sent]
                    writer.write(part)
                    sent += len(part)
                    await writer.drain()
                status = (await reader.read())[9:12].decode()
            except OSError:
                status = ""
            finally:
                writer.close()
            self.met[f"{status or 'closed'} after {sent / 1e6:.0f} MB"] += 1
            await asyncio.sleep(0.5)


KINDS: dict[str, Callable[[Attackers], Awaitable[None]]] = {
    "100 distinct cards": lambda they: they.pictures("/card.png", 100),
    "50 PDFs": lambda they: they.pictures("/export/map.pdf", 50),
    "50 zips": lambda they: they.pictures("/export/view.zip", 50),
    "30 Evidence views": lambda they: they.evidence(30),
    "1,000 slow headers": lambda they: they.hold(1000, b"y"),
    "a post of 300 MB": lambda they: they.post(FORM, OPENED, BLOCK, 300_000_000),
    "a post of 20 MB of &": lambda they: they.post(TYPED, "", b"&" * 65536, 20_000_000),
    "700 connections": lambda they: they.hold(700, b""),
}
"""What they do, by what it is called in the report."""


async def attack(url: str, kind: str, seconds: float, seed: int) -> Counter[str]:
    """Let them at it for so long; what they were answered, and how often."""
    they = Attackers(url, seed)
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await KINDS[kind](they)
    return they.met


if __name__ == "__main__":
    url, kind, seconds, seed = sys.argv[1:]
    print(json.dumps(asyncio.run(attack(url, kind, float(seconds), int(seed)))))
