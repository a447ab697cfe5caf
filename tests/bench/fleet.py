"""Two replicas behind HAProxy and nginx as `deploy/` sets them up, many readers, and mishaps.

Readers, balancer, cache and replicas share this machine's cores, so that all times are worse than
where each has its own. What one answer costs is processor time of the replicas alone.
"""

from __future__ import annotations

import asyncio
import gzip
import itertools
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psutil

from geo.atlas import load_atlas
from geo.edition import Choices, build_edition
from tests.bench.crowd import SEED, random_view
from tests.bench.returning import Returned, told
from tests.bench.socket_reader import SocketReader
from tests.fleet import Balancer, Edge, Folder, Replica
from tests.serving import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

READERS = 200
MANY = 500
STAY = 30.0
"""Seconds that readers stay before something happens, or until they leave."""
DRAIN = 12
"""Seconds: HAProxy notices in four (two checks, two seconds apart), and sockets close in the second
half."""
BETWEEN_REPLICAS = 6.0
"""Seconds until the balancer trusts a new replica: two checks, two seconds apart, and two more."""
LOOKED_AT = 0.25
"""Seconds between two pages that are asked for while something happens."""
COLD = 40
"""Cold readers whose cost is measured."""
AT_ONCE = 8
PAGES_FOR = 6.0
"""Seconds in which as many pages are asked for as there are answers."""

HASHED = re.compile(rb"/(?:assets|geo|static)/[\w./-]+\.[\w-]{8,}\.(?:js|css|woff2|(?:geo)?json)\b")


ALONE = "one server of two processes, without a balancer"
QUIET = "two replicas of one process"
CROWDED = "two replicas, more readers"
BEHIND_AN_EDGE = "two replicas, a cache before the balancer"
UPGRADED = "two replicas, replaced one after the other"
KILLED = "two replicas, one of them killed"


@dataclass
class Cost:
    """What answers cost, with or without a cache before the balancer."""

    pages_a_second: float
    cold: float
    """Milliseconds of processor, of all replicas, for the page and files of one cold reader."""


@dataclass
class Fleet:
    """All that was met."""

    crowds: dict[str, Returned] = field(default_factory=dict)
    """What happened → what readers met."""
    pages: dict[str, tuple[int, int]] = field(default_factory=dict)
    """What happened → pages that were asked for meanwhile, and those that failed."""
    direct: Cost | None = None
    edge: Cost | None = None
    edition: float = 0.0
    """Pages a second from the edition's files, which nginx gives out."""
    opening: float = 0.0
    change: float = 0.0
    """Milliseconds of processor, of all replicas, for the socket of a reader, and for a change."""


def missing() -> str:
    """What is not on this machine and would be needed."""
    return ", ".join(name for name in ("haproxy", "nginx") if not shutil.which(name))


def family_seconds(replicas: Sequence[Replica]) -> float:
    """Processor time of the replicas so far."""
    total = 0.0
    for replica in replicas:
        process = psutil.Process(replica.pid)
        for one in (process, *process.children(recursive=True)):
            spent = one.cpu_times()
            total += spent.user + spent.system
    return total


@contextmanager
def spent(replicas: Sequence[Replica], into: list[float]) -> Iterator[None]:
    """Note the processor time that replicas use meanwhile, less what they use anyway."""
    idle_for, before = 1.0, family_seconds(replicas)
    time.sleep(idle_for)
    idle = (family_seconds(replicas) - before) / idle_for
    begun, before = time.monotonic(), family_seconds(replicas)
    yield
    into.append(family_seconds(replicas) - before - idle * (time.monotonic() - begun))


class Looker(threading.Thread):
    """Asks for a page again and again, through whatever stands before the replicas."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self.url = url
        self.asked = self.failed = 0
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(LOOKED_AT):
            self.asked += 1
            try:
                with urllib.request.urlopen(self.url, timeout=30) as answer:
                    whole = answer.status == 200 and answer.read().rstrip().endswith(b"</html>")
            except (urllib.error.URLError, OSError):
                whole = False
            self.failed += not whole


def attended(
    fleet: Fleet,
    what: str,
    url: str,
    readers: int = READERS,
    happens: Callable[[], object] = lambda: None,
) -> None:
    """Let readers in, from a process of their own, let it happen, and note what they met.

    Meanwhile somebody asks for pages.
    """
    looker = Looker(url)
    looker.start()
    command = [sys.executable, "-m", "tests.bench.returning", url, str(readers), str(STAY)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as crowd:
        time.sleep(STAY)
        happens()
        said, _ = crowd.communicate()
    looker.over.set()
    looker.join()
    if crowd.returncode:
        raise RuntimeError(f"the readers of {what!r} ended with code {crowd.returncode}")
    fleet.crowds[what] = told(said.splitlines()[-1])
    fleet.pages[what] = (looker.asked, looker.failed)


def upgraded(stack: ExitStack, replicas: list[Replica]) -> None:
    """Every replica replaced by a new one, one after the other, as an operator would."""
    for number, old in enumerate(replicas):
        new = Replica(drain=DRAIN)
        old.replace(new)
        stack.callback(new.stop)
        replicas[number] = new
        time.sleep(BETWEEN_REPLICAS)


def asked(connection: HTTPConnection, address: str) -> bytes:
    """The body that stands there, unpacked."""
    connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{address} answered {answer.status}")
    return gzip.decompress(body) if answer.headers["Content-Encoding"] == "gzip" else body


def cold_reader(url: str, query: str) -> None:
    """The page of a view, and every hashed file that it or the beginning of its app names."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=60)
    page = asked(connection, f"/?{query}")
    named = set(HASHED.findall(page))
    begins = {one for one in named if one.startswith(b"/assets/app.")}
    for address in begins:
        named |= set(HASHED.findall(asked(connection, address.decode())))
    for address in sorted(named - begins):
        asked(connection, address.decode())
    connection.close()


def pages_a_second(url: str, queries: Sequence[str]) -> float:
    """How many pages AT_ONCE askers get, each with the next as soon as it has one."""
    path = urlsplit(url).path
    end, turns = time.monotonic() + PAGES_FOR, itertools.cycle(queries)

    def ask_on(_: int) -> int:
        connection, got = HTTPConnection(urlsplit(url).netloc, timeout=60), 0
        while time.monotonic() < end:
            asked(connection, f"{path}/?{next(turns)}")
            got += 1
        connection.close()
        return got

    with ThreadPoolExecutor(AT_ONCE) as askers:
        return sum(askers.map(ask_on, range(AT_ONCE))) / PAGES_FOR


def pages_of_the_edition() -> float:
    """How many pages a second nginx gives from the edition alone."""
    with tempfile.TemporaryDirectory() as folder:
        build_edition(load_atlas(), Path(folder) / "atlas", Choices(pictures=False))
        with Folder(Path(folder)) as files:
            chance = random.Random(SEED)
            shared = [random_view(chance) for _ in range(COLD // 4)]
            return pages_a_second(f"{files.url}/atlas", shared)


def cost_of(url: str, replicas: Sequence[Replica]) -> Cost:
    """What pages and cold readers cost there: each view is that of a link that some share."""
    chance = random.Random(SEED)
    shared = [random_view(chance) for _ in range(COLD // 4)]
    cold_reader(url, shared[0])  # What is loaded once is loaded.
    cpu: list[float] = []
    with spent(replicas, cpu):
        for number in range(COLD):
            cold_reader(url, shared[number % len(shared)])
    return Cost(pages_a_second(url, shared), 1000 * cpu[0] / COLD)


async def _opened_and_changed(url: str, changes: int, cpu: Callable[[], float]) -> list[float]:
    """Processor seconds before, after all sockets are open, and after all changes."""
    chance, marks = random.Random(SEED), [cpu()]
    async with AsyncExitStack() as stack:
        readers = []
        for number in range(COLD):
            reader = SocketReader(url, random_view(chance), random.Random(number), ahead=True)
            await stack.enter_async_context(reader)
            await reader.open()
            readers.append(reader)
        marks.append(cpu())
        for _ in range(changes):
            for reader in readers:
                await reader.change()
        marks.append(cpu())
    return marks


CHANGES = 5
"""Of each of the readers whose cost is measured."""


def measure() -> Fleet:
    """Serve two replicas, and let all of it happen."""
    if lacking := missing():
        raise RuntimeError(f"{lacking} is not on this machine (Debian: apt-get install it)")
    fleet = Fleet()
    with ExitStack() as stack:
        replicas = [Replica(drain=DRAIN), Replica(drain=DRAIN)]
        for replica in replicas:
            stack.enter_context(replica)
        balancer = stack.enter_context(Balancer(replicas))
        with Replica(processes=2) as alone:
            attended(fleet, ALONE, alone.url)
        opened, changed = _socket_costs(balancer.url, replicas)
        fleet.opening, fleet.change = opened, changed
        fleet.direct = cost_of(balancer.url, replicas)
        fleet.edition = pages_of_the_edition()
        with Edge([balancer.port]) as edge:
            fleet.edge = cost_of(edge.url, replicas)
            attended(fleet, BEHIND_AN_EDGE, edge.url)
        attended(fleet, QUIET, balancer.url)
        attended(fleet, CROWDED, balancer.url, MANY)
        attended(fleet, UPGRADED, balancer.url, happens=lambda: upgraded(stack, replicas))
        attended(fleet, KILLED, balancer.url, happens=replicas[0].kill)
    return fleet


def _socket_costs(url: str, replicas: Sequence[Replica]) -> tuple[float, float]:
    marks = asyncio.run(_opened_and_changed(url, CHANGES, lambda: family_seconds(replicas)))
    opening, changing = marks[1] - marks[0], marks[2] - marks[1]
    return 1000 * opening / COLD, 1000 * changing / COLD / CHANGES
