"""Server memory: over an empty Streamlit server, per further session, and over a long run."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from statistics import linear_regression

import psutil

from tests.bench.apps import ATLAS, EMPTY
from tests.bench.crowd import SEED, random_view
from tests.bench.socket_reader import SocketReader

SESSIONS = 100
WORKERS = 2
"""Sessions of the long run that change their view back to back; two keep both cores busy."""
SAMPLES = 45
REST = 5.0
"""Seconds in which a server that is at rest uses next to no processor."""
BUSY = 0.02
"""Part of a core above which it is not at rest."""
LONGEST = 180.0
"""Seconds after which the benchmark says that it never rested."""
MIB = 2**20


@dataclass
class Memory:
    """All in MiB of resident memory."""

    empty: float
    atlas: float
    """With one reader who made 20 changes, or after it when all that is made ahead is made, if that
    is more."""
    per_session: float
    run: list[tuple[int, float]] = field(default_factory=list)
    """Changes made so far, and the memory then."""

    @property
    def growth(self) -> float:
        """Memory at the end of the long run less that after its warm-up."""
        return self.run[-1][1] - self.run[0][1]

    @property
    def lasting(self) -> float:
        """Growth per 1,000 changes over the second half of the long run (least squares)."""
        half = self.run[len(self.run) // 2 :]
        return linear_regression([n for n, _ in half], [m for _, m in half]).slope * 1000


def resident(pid: int) -> float:
    """Memory of a process and its children, in MiB; what they share is counted once.

    (The proportional set size of Linux; elsewhere resident memory, which counts it every time.)
    """
    process = psutil.Process(pid)
    family = [process, *process.children(recursive=True)]
    weights = [member.memory_full_info() for member in family]
    return sum(float(getattr(each, "pss", each.rss)) for each in weights) / MIB


def until_at_rest(pid: int) -> None:
    """Wait until the server has made what it makes ahead: that is no reader's memory.

    Raises TimeoutError where it never comes to rest.
    """

    def used() -> float:
        process = psutil.Process(pid)
        family = [process, *process.children(recursive=True)]
        return sum(sum(member.cpu_times()[:2]) for member in family)

    begun = time.monotonic()
    before = used()
    while True:
        time.sleep(REST)
        after = used()
        if after - before < BUSY * REST:
            return
        if time.monotonic() - begun > LONGEST:
            raise TimeoutError(f"The server still works {LONGEST:g} s after its start.")
        before = after


async def _opened(url: str, pid: int, atlas: bool) -> float:
    async with SocketReader(url, "", random.Random(SEED)) as reader:
        await reader.open()
        if atlas:
            for _ in range(20):
                await reader.change()
        return resident(pid)


async def _per_session(url: str, pid: int) -> float:
    chance = random.Random(SEED)
    async with AsyncExitStack() as stack:
        held = []
        for number in range(1 + SESSIONS):
            reader = SocketReader(url, random_view(chance), random.Random(number))
            await stack.enter_async_context(reader)
            await reader.open()
            held.append(reader)
            if number == 0:
                before = resident(pid)
        return (resident(pid) - before) / SESSIONS


async def _long_run(url: str, pid: int, changes: int) -> list[tuple[int, float]]:
    warm_up = changes // 10
    step = max(1, (changes - warm_up) // SAMPLES)
    samples: list[tuple[int, float]] = []
    made = 0

    async def work(number: int) -> None:
        nonlocal made
        chance = random.Random(SEED + number)
        async with SocketReader(url, random_view(chance), chance, ahead=True) as reader:
            await reader.open()
            while made < changes:
                await reader.change()
                made += 1
                if made >= warm_up and (made - warm_up) % step == 0:
                    samples.append((made, resident(pid)))

    async with asyncio.TaskGroup() as group:
        for number in range(WORKERS):
            group.create_task(work(number))
    return samples


def measure(changes: int) -> Memory:
    """Serve the atlas and the empty page, and weigh them."""
    with EMPTY.server() as empty:
        lightest = asyncio.run(_opened(empty.url, empty.pid, atlas=False))
    with ATLAS.server() as server:
        first = asyncio.run(_opened(server.url, server.pid, atlas=True))
        until_at_rest(server.pid)
        first = max(first, resident(server.pid))
        each = asyncio.run(_per_session(server.url, server.pid))
        samples = asyncio.run(_long_run(server.url, server.pid, changes))
    return Memory(lightest, first, each, samples)
