"""A proxy that lets no socket through: it passes requests on, and answers an upgrade as a page."""

from __future__ import annotations

import re
import socket
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

UPGRADE = re.compile(rb"(?im)^(?:upgrade|connection|sec-websocket-[a-z-]+):[^\r\n]*\r\n")
ENDS = b"\r\n\r\n"


@contextmanager
def proxy_without_upgrade(server: str) -> Iterator[str]:
    """The address of such a proxy before `server`, from entering to leaving the context."""
    there = urlsplit(server)
    assert there.hostname
    assert there.port
    with socket.create_server(("127.0.0.1", 0)) as door:

        def accept() -> None:
            while True:
                try:
                    browser, _ = door.accept()
                except OSError:
                    return
                threading.Thread(
                    target=_serve, args=(browser, there.hostname, there.port), daemon=True
                ).start()

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}"


def _serve(browser: socket.socket, host: str, port: int) -> None:
    """One request, and one connection to the server for it."""
    with browser, socket.create_connection((host, port)) as server:
        head = b""
        while ENDS not in head:
            more = browser.recv(65536)
            if not more:
                return
            head += more
        first, rest = head.split(ENDS, 1)
        told = UPGRADE.sub(b"", first + b"\r\n") + b"Connection: close\r\n\r\n"
        server.sendall(told + rest)
        # A browser that has gone to another page takes no more of the one before.
        with suppress(ConnectionError):
            while more := server.recv(65536):
                browser.sendall(more)
