"""The tally: what the processes of one server count, in memory that all of them share.

Each process that serves has a row of its own and is the only one to write there, so that nothing
waits for a lock; whoever is asked reads all rows. What is counted stays when a process ends and
another takes over its row; what is only so now (its number, its readers) begins anew.

Nothing of a reader is in it: neither address nor view nor language.
"""

from __future__ import annotations

import mmap
import time
from collections.abc import Collection
from typing import Final, NamedTuple

from geo.server.previews import PAGES
from geo.server.streamlit import COMPONENT, FOLDER

STATUSES: Final = ("2xx", "3xx", "4xx", "5xx")

OTHER: Final = "other"

ROUTES: Final[dict[str, tuple[str, ...]]] = {
    "api": ("/api/",),
    "card": ("/card.png",),
    "file": ("/export/", "/download/", "/handout/"),
    "asset": (FOLDER, f"{COMPONENT}/", "/assets/", "/geo/", "/favicon.ico"),
    "part": (
        "/paint.json",
        "/share.html",
        "/receipt.html",
        "/changes.html",
        "/present",
        "/contribution.json",
    ),
    "probe": ("/healthz", "/readyz", "/_stcore/"),
}
"""Class of route → the beginnings of its addresses; pages have theirs, and all else is other."""

CLASSES: Final = ("page", *ROUTES, OTHER)

PROCESSES: Final = 64
"""Rows: more processes than that share the last one, and their counts may then be too low."""

NOW: Final = ("process", "beat", "loaded", "readers", "running")
"""What is only so now: the process's number, when it last gave a sign of life (milliseconds on
`time.monotonic`, which all processes share), whether it has loaded what the first map needs, open
sockets, and runs of pages under way."""

COUNTED: Final = ("runs", *(f"{name} {status}" for name in CLASSES for status in STATUSES))

COLUMN: Final = {name: at for at, name in enumerate((*NOW, *COUNTED))}

ALL: Final = ("draining", "room")
"""Of the whole server: since when it is being stopped, and the number of the process that draws.
The first process writes them."""


class Row(NamedTuple):
    """One process as it is now."""

    row: int
    process: int
    silent: float
    """Seconds since its last sign of life."""
    loaded: bool
    readers: int
    running: int


class Tally:
    """The shared memory, and the row of it that this process writes."""

    def __init__(self) -> None:
        size = 8 * (len(ALL) + PROCESSES * len(COLUMN))
        self._numbers = memoryview(mmap.mmap(-1, size)).cast("q")
        self._row = 0

    def take(self, row: int, process: int) -> None:
        """Write to this row from now on, as the process of that number."""
        self._row = row
        self.leave(row)
        self._set("process", process)
        self.beat()

    def leave(self, row: int) -> None:
        """Forget what was only so while a process wrote there."""
        for name in NOW:
            self._numbers[self._at(row, name)] = 0

    def beat(self) -> None:
        """Give a sign of life."""
        self._set("beat", _now())

    def load(self) -> None:
        """Say that this process has what the first map needs."""
        self._set("loaded", 1)

    @property
    def is_loaded(self) -> bool:
        """Whether this process has said so."""
        return bool(self._numbers[self._at(self._row, "loaded")])

    def add(self, name: str, by: int = 1) -> None:
        """Count one more, or one fewer."""
        self._numbers[self._at(self._row, name)] += by

    def answered(self, path: str, status: int) -> None:
        """Count an answer, by the class of its route and of its status."""
        kind = STATUSES[min(max(status // 100 - 2, 0), len(STATUSES) - 1)]
        self.add(f"{class_of(path)} {kind}")

    def free_row(self, taken: Collection[int]) -> int:
        """A row for a process that is about to begin, beside those of others."""
        return next((row for row in range(PROCESSES) if row not in taken), PROCESSES - 1)

    def rows(self) -> list[Row]:
        """Every process that is there."""
        found = []
        for row in range(PROCESSES):
            process, beat, loaded, readers, running = (
                self._numbers[self._at(row, name)] for name in NOW
            )
            if process:
                silent = max(0, _now() - beat) / 1000
                found.append(Row(row, process, silent, bool(loaded), readers, running))
        return found

    def total(self, name: str) -> int:
        """What was counted of it by all processes since the server started."""
        return sum(self._numbers[self._at(row, name)] for row in range(PROCESSES))

    @property
    def draining(self) -> bool:
        """Whether the server is being stopped and takes no new readers."""
        return bool(self._numbers[ALL.index("draining")])

    @property
    def draining_for(self) -> float:
        """Seconds since it is being stopped; zero if it is not."""
        since = self._numbers[ALL.index("draining")]
        return (_now() - since) / 1000 if since else 0.0

    def drain(self) -> None:
        """Say so, to all processes at once."""
        self._numbers[ALL.index("draining")] = _now()

    @property
    def room(self) -> int:
        """The number of the process that draws; zero where a thread does."""
        return self._numbers[ALL.index("room")]

    def note_room(self, process: int) -> None:
        """Note that number."""
        self._numbers[ALL.index("room")] = process

    def _set(self, name: str, number: int) -> None:
        self._numbers[self._at(self._row, name)] = number

    @staticmethod
    def _at(row: int, name: str) -> int:
        return len(ALL) + row * len(COLUMN) + COLUMN[name]


def class_of(path: str) -> str:
    """The class of route that an address belongs to; nothing else of it is kept."""
    if path.lstrip("/") in PAGES:
        return "page"
    return next((name for name, starts in ROUTES.items() if path.startswith(starts)), OTHER)


def _now() -> int:
    return time.monotonic_ns() // 1_000_000
