"""The server's sockets: answers leave at once instead of waiting to be joined with later ones.

Streamlit opens its listening socket without naming the protocol, and asyncio then leaves Nagle's
algorithm on: a rerun's second message waits for the browser to acknowledge the first, which it
puts off for about 40 ms. A connection inherits the option from the socket it was accepted on.
"""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

OPEN_FILES: Final = (Path("/proc/self/fd"), Path("/dev/fd"))
"""Where Linux and macOS list the open files of a process."""

INTERNET: Final = (socket.AF_INET, socket.AF_INET6)


def send_at_once() -> int:
    """Switch Nagle's algorithm off for every TCP socket this process listens on; says how many.

    Zero where the system does not list a process's open files; the server is then only slower.
    """
    changed = 0
    for listening in _listening():
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        changed += 1
    return changed


def _listening() -> Iterator[socket.socket]:
    listed = next((folder for folder in OPEN_FILES if folder.is_dir()), None)
    for number in [int(file.name) for file in listed.iterdir()] if listed else ():
        with suppress(OSError):  # Closed since it was listed.
            if not stat.S_ISSOCK(os.fstat(number).st_mode):
                continue
            with socket.socket(fileno=os.dup(number)) as found:
                if found.family in INTERNET and found.getsockopt(
                    socket.SOL_SOCKET, socket.SO_ACCEPTCONN
                ):
                    yield found
