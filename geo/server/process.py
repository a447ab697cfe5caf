"""What a process settles with its system: memory, open files, and whose child it is."""

from __future__ import annotations

import ctypes
import os
import resource
import threading
import time
from collections.abc import Callable
from contextlib import suppress
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


def watch(parent: int, then: Callable[[], object]) -> None:
    """Do `then` once `parent`, the process that began this one, has gone.

    A process whose parent was killed belongs to another one and is told nothing of it.
    """

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(LOOKED_AGAIN)
        then()

    threading.Thread(target=look, name="watching", daemon=True).start()
