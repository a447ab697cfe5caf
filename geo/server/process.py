"""What a process settles with its system: memory, open files, whose child it is, who is there."""

from __future__ import annotations

import ctypes
import os
import resource
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

ARENAS: Final = 2
"""Heaps that the C library may keep side by side.

glibc makes up to eight for each core, one for each few threads, and what a thread frees stays in
its heap: a server of many threads grows by what each of them once needed.
"""

LARGE: Final = 1 << 20
"""Bytes from which on a piece of memory is taken from the system and goes back to it when it is
freed. Left alone, glibc raises this to what was last freed, and large arrays stay."""

M_ARENA_MAX: Final = -8
M_MMAP_THRESHOLD: Final = -3
"""glibc's numbers for these settings, in `malloc.h`."""

AS_MANY_AS_ANYONE_NEEDS: Final = 1 << 20
"""Open files; some systems say there is no limit and then refuse to set it."""

PROCESSES: Final = Path("/proc")
"""Where Linux tells of each process."""

ENDED: Final = ("Z", "X")
"""States of a process that has ended and whose parent has not asked how."""

LAST_IN_LINE: Final = 19
"""The lowest priority that there is."""

LOOKED_AGAIN: Final = 1.0
"""Seconds between two looks at whether the parent is still there."""


def bound_memory() -> None:
    """Bound what the C library keeps of freed memory; nothing where it is not glibc."""
    with suppress(AttributeError, OSError):
        library = ctypes.CDLL(None)
        library.mallopt(M_ARENA_MAX, ARENAS)
        library.mallopt(M_MMAP_THRESHOLD, LARGE)


def give_memory_back() -> None:
    """Give the system what was freed; nothing where the C library is not glibc."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)


def stand_back() -> None:
    """Let the thread that calls this run where no other wants to, for good; on Linux alone.

    Who holds Python and does not run keeps all others waiting: beside three busy processes on two
    cores an answer took half a second at most while the slow pages were made, as without this.
    """
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LAST_IN_LINE)


def raise_open_files() -> int:
    """Raise the limit of open files as far as this user may; says how many there may be."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = AS_MANY_AS_ANYONE_NEEDS if hard == resource.RLIM_INFINITY else hard
    if soft == resource.RLIM_INFINITY:
        return AS_MANY_AS_ANYONE_NEEDS
    if soft < most:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def is_running(process: int) -> bool:
    """Whether a process is there and has not ended; one whose end nobody has noticed has."""
    with suppress(OSError):
        return _told(process, "stat").rpartition(")")[2].split()[0] not in ENDED
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def resident_bytes(process: int) -> int:
    """Memory of a process that is in the machine's now; zero where the system does not tell."""
    with suppress(OSError, IndexError, ValueError):
        return int(_told(process, "statm").split()[1]) * resource.getpagesize()
    return 0


def _told(process: int, what: str) -> str:
    return (PROCESSES / str(process) / what).read_text(encoding="ascii", errors="replace")


def watch(parent: int, then: Callable[[], object]) -> None:
    """Do `then` once `parent`, the process that began this one, has gone.

    A process whose parent was killed belongs to another one and is told nothing of it.
    """

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(LOOKED_AGAIN)
        then()

    threading.Thread(target=look, name="watching", daemon=True).start()
