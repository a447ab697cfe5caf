"""The attack: what an ordinary reader meets while one client does its worst.

    python -m tests.bench.attack [--app FOLDER] [--seconds 12] [KIND ...]     prints its table

In one run: a reader changes the view every second and asks for a page over a new connection, first
in quiet and then under each attack. After each, the attackers leave, and what the server goes on
doing for them is waited for. All attacks come twice, and then a server that may open 256 files is
held by 700 connections.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from tests.bench.attackers import KINDS
from tests.bench.crowd import SEED, percentile, random_view
from tests.bench.socket_reader import ReaderFailed, SocketReader
from tests.serving import ROOT, AtlasServer

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 12.0
"""How long each attack goes on, and how long the quiet is looked at."""
LIMIT = 30.0
"""Seconds after which an answer that has not come is no longer waited for."""
FEW_FILES = 256
AT_FEW_FILES = "700 connections"
IDLE = 0.25
"""Part of one core that all processes together may use and still count as resting."""
GIVEN_UP = 60.0
"""Seconds after which it is no longer waited for that they rest."""


@dataclass
class Met:
    """What the reader met. Times in milliseconds."""

    attack: str
    changes: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    health: list[float] = field(default_factory=list)
    queued: int = 0
    """Pictures that `/healthz` told of at the most."""
    answers: dict[str, int] = field(default_factory=dict)
    """What the attackers were answered, and how often."""
    rest: float = 0.0
    """Seconds from their leaving until the server rests."""

    @property
    def p95(self) -> float:
        return percentile(self.changes, 0.95)


@dataclass
class Attack:
    """What a run of all attacks found."""

    quiet: Met
    under: list[Met]
    died: int
    """Processes that ended meanwhile."""
    memory: tuple[float, float]
    """MB of the largest process that serves, after the first round and after the second."""
    drawing: tuple[float, float]
    """The same of the process that draws; zero where there is none."""
    few: list[Met]
    """The quiet and the attack at FEW_FILES."""


class FewFiles(AtlasServer):
    """The atlas where no process may open more than FEW_FILES files."""

    def command(self) -> list[str]:
        return ["sh", "-c", f'ulimit -n {FEW_FILES}; exec "$0" "$@"', *super().command()]


async def fetched(url: str, path: str) -> tuple[float, bytes]:
    """Milliseconds until the whole answer is there, over a new connection, and what it holds."""
    host, port = url.removeprefix("http://").split(":")
    started = time.perf_counter()
    try:
        async with asyncio.timeout(LIMIT):
            reader, writer = await asyncio.open_connection(host, int(port))
            try:
                head = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
                writer.write(head.encode())
                answer = await reader.read()
            finally:
                writer.close()
        if not answer.startswith(b"HTTP/1.1 200"):
            return 1000 * LIMIT, b""
    except OSError:
        return 1000 * LIMIT, b""
    return 1000 * (time.perf_counter() - started), answer.partition(b"\r\n\r\n")[2]


async def read_on(url: str, met: Met, seconds: float) -> None:
    """Change the view every second; ask for a page, and for `/healthz`, beside it."""
    chance = random.Random(SEED)
    clock = asyncio.get_running_loop().time
    end = clock() + seconds

    async def change() -> None:
        while clock() < end:
            try:
                async with SocketReader(url, random_view(chance), chance, ahead=True) as reader:
                    await reader.open()
                    while clock() < end:
                        took = await reader.change()
                        met.changes.append(1000 * took)
                        await asyncio.sleep(max(0.0, 1 - took))
            except (ReaderFailed, OSError, TimeoutError) as error:
                print(f"{met.attack}: the reader met {error!r}", file=sys.stderr)
                met.changes.append(1000 * LIMIT)
                await asyncio.sleep(0.5)

    async def page() -> None:
        while clock() < end:
            met.pages.append((await fetched(url, f"/?{random_view(chance)}"))[0])
            await asyncio.sleep(1)

    async def health() -> None:
        while clock() < end:
            took, body = await fetched(url, "/healthz")
            met.health.append(took)
            told = json.loads(body or b"{}").get("pictures", {})
            met.queued = max(met.queued, told.get("queued", 0))
            await asyncio.sleep(0.5)

    async with asyncio.TaskGroup() as group:
        for one in (change(), page(), health()):
            group.create_task(one)


def family(server: AtlasServer) -> list[psutil.Process]:
    """The processes that the first one began."""
    return psutil.Process(server.pid).children(recursive=True)


def until_rest(server: AtlasServer) -> float:
    """Seconds until the server's processes use no more than IDLE of one core."""

    def used() -> float:
        total = 0.0
        for process in family(server):
            try:
                times = process.cpu_times()
            except psutil.NoSuchProcess:
                continue
            total += times.user + times.system
        return total

    started = time.perf_counter()
    while (begun := time.perf_counter()) - started < GIVEN_UP:
        before = used()
        time.sleep(0.25)
        if used() - before <= IDLE * 0.25:
            return begun - started
    return GIVEN_UP


def memory_of(server: AtlasServer) -> tuple[float, float]:
    """MB of the largest process that listens, and of the largest that does not."""
    serving, drawing = [0.0], [0.0]
    for process in family(server):
        listens = any(one.status == psutil.CONN_LISTEN for one in process.net_connections("tcp"))
        (serving if listens else drawing).append(process.memory_info().rss / 1e6)
    return max(serving), max(drawing)


def under(server: AtlasServer, kind: str, seconds: float, seed: int) -> Met:
    """What the reader meets under one attack."""
    met = Met(kind)
    command = [sys.executable, "-m", "tests.bench.attackers", server.url, kind]
    attackers = subprocess.Popen(
        [*command, str(seconds), str(seed)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    asyncio.run(read_on(server.url, met, seconds + 1))
    told, _ = attackers.communicate()
    met.rest = until_rest(server)
    met.answers = json.loads(told.splitlines()[-1]) if told else {}
    return met


def quiet(server: AtlasServer, seconds: float) -> Met:
    """What the reader meets when nobody else is there; what is loaded once is loaded before."""
    asyncio.run(read_on(server.url, Met("warm-up"), 5))
    met = Met("quiet")
    asyncio.run(read_on(server.url, met, seconds))
    return met


def measure(app: Path = ROOT, seconds: float = SECONDS, kinds: list[str] | None = None) -> Attack:
    """Serve the atlas in `app` and let the attackers at it."""
    chosen = [kind for kind in kinds or KINDS if kind != AT_FEW_FILES]
    found: list[Met] = []
    memory, drawing, few = [0.0, 0.0], [0.0, 0.0], []
    died = 0
    with AtlasServer(app) as server:
        before = {process.pid for process in family(server)}
        rested = quiet(server, seconds)
        for turn in (0, 1):
            for kind in chosen:
                met = under(server, kind, seconds, SEED + turn)
                print(line(met, rested), flush=True)
                found.append(met)
            memory[turn], drawing[turn] = memory_of(server)
        died += len(before - {process.pid for process in family(server)})
    if kinds is None or AT_FEW_FILES in kinds:
        with FewFiles(app) as server:
            before = {process.pid for process in family(server)}
            few = [quiet(server, seconds), under(server, AT_FEW_FILES, seconds, SEED)]
            print(line(few[1], few[0]), flush=True)
            died += len(before - {process.pid for process in family(server)})
    return Attack(rested, found, died, (memory[0], memory[1]), (drawing[0], drawing[1]), few)


def line(met: Met, rested: Met) -> str:
    """One attack in a line."""
    answers = ", ".join(f"{n} × {what}" for what, n in met.answers.items())
    return (
        f"{met.attack}: change p95 {met.p95:,.0f} ms (quiet {rested.p95:,.0f}), longest page "
        f"{max(met.pages):,.0f} ms, /healthz {max(met.health):,.0f} ms, queued {met.queued}, "
        f"rest after {met.rest:.1f} s; {answers}"
    )


def lines(found: Attack) -> Iterator[str]:
    """The whole of it."""
    yield f"quiet: change p95 {found.quiet.p95:,.0f} ms, page {max(found.quiet.pages):,.0f} ms"
    for met in found.under:
        yield line(met, found.quiet)
    if found.few:
        yield line(found.few[1], found.few[0])
    yield f"processes that ended: {found.died}"
    yield "largest process that serves, MB: {:.0f}, then {:.0f}".format(*found.memory)
    yield "process that draws, MB: {:.0f}, then {:.0f}".format(*found.drawing)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("kinds", nargs="*", metavar="KIND", help="; ".join(KINDS))
    parser.add_argument("--app", type=Path, default=ROOT, help="the folder of another version")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of each attack")
    asked = parser.parse_args()
    print("\n".join(lines(measure(asked.app, asked.seconds, asked.kinds or None))))


if __name__ == "__main__":
    main()
