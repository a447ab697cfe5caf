"""Bodies without measure, sent to a running server: refused early, and nothing of them is kept."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psutil
import pytest

from geo.server.refusals import MOST_SENT
from tests.hostile.wire import LIMIT

if TYPE_CHECKING:
    from tests.hostile.record import Met
    from tests.serving import StreamlitServer

MB = 2**20
HEAD = "POST /present HTTP/1.1\r\nHost: {}\r\nContent-Type: {}\r\n{}\r\n\r\n"
FORM = "multipart/form-data; boundary=x"


def memory(server: StreamlitServer) -> int:
    """Bytes that the server's processes hold."""
    main = psutil.Process(server.pid)
    return sum(one.memory_info().rss for one in (main, *main.children(recursive=True)))


def send(server: StreamlitServer, kind: str, size: int, *, chunked: bool) -> bytes:
    """Send as much as the server takes of a body of `size` bytes; the answer as it came."""
    host = urlsplit(server.url)
    length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {size}"
    part = b"&" * 65536
    piece = b"10000\r\n" + part + b"\r\n" if chunked else part
    with socket.create_connection((host.hostname, host.port), timeout=LIMIT) as line:
        line.sendall(HEAD.format(host.netloc, kind, length).encode())
        try:
            for _ in range(size // len(part)):
                line.sendall(piece)
        except OSError:  # It has hung up; what it said before is still there to read.
            pass
        said = b""
        try:
            while more := line.recv(65536):
                said += more
        except OSError:
            pass
    return said


@pytest.mark.parametrize("chunked", [False, True], ids=["its length told", "in chunks"])
@pytest.mark.parametrize(
    ("name", "kind", "size"),
    [
        ("a post of 300 MB", FORM, 300 * MB),
        ("20 MB of &", "application/x-www-form-urlencoded", 20 * MB),
    ],
)
def test_a_body_without_measure_is_refused_at_the_limit(
    attacked: StreamlitServer, met: Met, name: str, kind: str, size: int, *, chunked: bool
) -> None:
    before = memory(attacked)
    said = send(attacked, kind, size, chunked=chunked)
    status = said.split(b" ", 2)[1:2]
    # What is no form with a file is refused (422) without a look at the rest of it.
    assert status == [b"422" if chunked else b"413"]
    assert b"connection: close" in said.lower()
    assert attacked.answers()
    time.sleep(0.2)
    grown = memory(attacked) - before
    # What serving the first requests loads is not of their bodies.
    assert grown < 60 * MB, f"{grown / MB:.0f} MB are kept"
    how = "in chunks" if chunked else "its length told"
    met(f"{name}, {how}", f"{status[0].decode()}, nothing kept")


def test_the_largest_body_that_may_be_sent_holds_the_largest_scene_file() -> None:
    assert 200_000 < MOST_SENT < 2 * 200_000
