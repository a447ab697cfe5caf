"""Readers who come back: each loses its server now and then, and looks whether its view is there.

    python -m tests.bench.returning URL READERS SECONDS     prints one line of JSON

They stay so many seconds, until the standard input ends, and until each has made two changes more.
As in `crowd`, they arrive by chance and change a view of their own every PERIOD seconds. One that
loses its socket does as Streamlit's page does: it tries to come back, waits twice as long each
time, and brings the cookie it was given. It comes as a page that is loaded anew would, with its
address alone, and then every choice has to be as it was.
"""

from __future__ import annotations

import asyncio
import json
import math
import random
import sys
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from websockets.exceptions import WebSocketException

from tests.bench.crowd import ARRIVALS, PERIOD, SEED, percentile, random_view
from tests.bench.socket_reader import LIMIT, ReaderFailed, SocketReader

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_WAIT = 0.5
LONGEST_WAIT = 8.0
"""Seconds between two tries to come back; Streamlit's page waits as long at first."""

BROKEN = (OSError, WebSocketException, ReaderFailed, TimeoutError, AssertionError)


@dataclass(frozen=True)
class Returned:
    """What the readers met. Times in milliseconds."""

    readers: int
    lost: int
    """Readers who never came in, or not back within the limit."""
    returns: int
    """How often one lost its server and came back."""
    other_views: int
    """How often it then was another view."""
    changes: int
    open_p50: float
    open_p95: float
    change_p50: float
    change_p95: float
    back_p95: float
    """From the loss to the whole page again."""
    why: str = ""


@dataclass
class Met:
    """What all readers of a crowd have met so far, in seconds."""

    opened: list[float] = field(default_factory=list)
    changed: list[float] = field(default_factory=list)
    back: list[float] = field(default_factory=list)
    others: int = 0
    lost: int = 0
    end: float = math.inf
    """On the loop's clock: when all leave."""
    why: Counter[str] = field(default_factory=Counter)


class ReturningReader:
    """One reader behind a balancer, from arriving to leaving."""

    def __init__(
        self, url: str, number: int, met: Met, period: float, limit: float = LIMIT
    ) -> None:
        self.limit = limit
        self.changes = 0
        self.url = url
        self.met = met
        self.period = period
        self.chance = random.Random(SEED + number)
        self.address = random_view(self.chance)
        self.cookie = ""
        self.views: list[dict[str, tuple[str, ...]]] = []
        """What the page may show when the reader is back: as before the last click, or after."""
        self.clock = asyncio.get_running_loop().time

    async def stay(self) -> None:
        """Change the view until the end, and come back whenever the server was lost."""
        lost_at: float | None = None
        while self.clock() < self.met.end:
            reader = await self._come(lost_at)
            if reader is None:
                self.met.lost += 1
                return
            try:
                await self._read(reader)
            except BROKEN as error:
                self.met.why[f"{type(error).__name__}: {error}"[:120]] += 1
            finally:
                self.address, self.cookie = reader.address, reader.cookie
                await reader.__aexit__()
            lost_at = self.clock()

    async def _read(self, reader: SocketReader) -> None:
        while True:
            lost = await reader.closed_within(self.period * self.chance.uniform(0.8, 1.2))
            if lost or self.clock() > self.met.end:
                return
            before = reader.view
            try:
                self.met.changed.append(await reader.change())
                self.changes += 1
            finally:
                self.views = [before, reader.view]
            self.views = [reader.view]

    async def _come(self, lost_at: float | None) -> SocketReader | None:
        """In, or back after a loss; None where that took too long."""
        begun = self.clock() if lost_at is None else lost_at
        wait = FIRST_WAIT
        while True:
            reader = SocketReader(
                self.url,
                self.address,
                self.chance,
                ahead=True,
                cookie=self.cookie,
                limit=self.limit,
            )
            try:
                await reader.__aenter__()
                took = await reader.open()
            except BROKEN as error:
                if self.clock() - begun > self.limit:
                    self.met.why[f"never back: {type(error).__name__}: {error}"[:120]] += 1
                    return None
            else:
                break
            await asyncio.sleep(wait * self.chance.uniform(0.8, 1.2))
            wait = min(LONGEST_WAIT, 2 * wait)
        if lost_at is None:
            self.met.opened.append(took)
        else:
            self.met.back.append(self.clock() - lost_at)
            if different := self._different(reader.view):
                self.met.others += 1
                self.met.why[f"another view: {different}"[:200]] += 1
        self.views = [reader.view]
        return reader

    def _different(self, view: dict[str, tuple[str, ...]]) -> str:
        """The choices that are neither as before the last click nor as after it.

        A click that the loss cut short may have brought or taken away controls; each that is there
        has to be one or the other.
        """
        wrong = {
            name: (chosen, known)
            for name, chosen in view.items()
            if (known := [seen[name] for seen in self.views if name in seen])
            and chosen not in known
        }
        return str(wrong) if wrong else ""


async def attend(
    url: str,
    readers: int,
    seconds: float,
    happens: Callable[[], object] | None = None,
    period: float = PERIOD,
    limit: float = LIMIT,
) -> Returned:
    """Let `readers` stay with the atlas behind `url` for `seconds`, and tell what they met.

    If something `happens`, it begins then, when all have come and made a change, and they stay
    until each has made two after it is over. Who has not come or changed its view after `limit`
    seconds is not waited for.
    """
    met = Met()
    clock = asyncio.get_running_loop().time

    async def one(reader: ReturningReader) -> None:
        await asyncio.sleep(reader.chance.uniform(0, min(ARRIVALS, seconds / 3)))
        await reader.stay()

    async with asyncio.TaskGroup() as group:
        crowd = [ReturningReader(url, n, met, period, limit) for n in range(readers)]
        staying = [group.create_task(one(reader)) for reader in crowd]

        async def changed(times: list[int]) -> None:
            """Until each who is still there has made so many changes in all."""
            with suppress(TimeoutError):
                async with asyncio.timeout(limit):
                    for reader, task, due in zip(crowd, staying, times, strict=True):
                        while reader.changes < due and not task.done():
                            await asyncio.sleep(0.05)

        await asyncio.sleep(seconds)
        if happens:
            await changed([1] * readers)
            await asyncio.to_thread(happens)
            await changed([reader.changes + 2 for reader in crowd])
        met.end = clock()
    return Returned(
        readers,
        met.lost,
        len(met.back),
        met.others,
        len(met.changed),
        1000 * percentile(met.opened, 0.5),
        1000 * percentile(met.opened, 0.95),
        1000 * percentile(met.changed, 0.5),
        1000 * percentile(met.changed, 0.95),
        1000 * percentile(met.back, 0.95),
        "; ".join(f"{n} × {why}" for why, n in met.why.most_common(3)),
    )


def told(line: str) -> Returned:
    """What a crowd in a process of its own has printed."""
    found: dict[str, Any] = json.loads(line)
    return Returned(**found)


if __name__ == "__main__":
    address, count, stay = sys.argv[1:]
    outcome = asyncio.run(attend(address, int(count), float(stay), sys.stdin.read))
    print(json.dumps(vars(outcome)))
