"""Connections: deadlines for what a client sends, and room for the next one."""

from __future__ import annotations

import asyncio
import resource
import socket
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

import pytest
from uvicorn.config import Config
from uvicorn.server import Server
from websockets.asyncio.client import connect

from geo.server import connections
from geo.server.connections import FEWEST, MOST, Connection, most_connections
from tests.own_loop import run_apart
from tests.serving import PATIENCE as LIMIT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SOON = 0.3
"""Seconds of a deadline, as short as a test may be."""
REQUEST = b"GET / HTTP/1.1\r\nHost: atlas\r\n\r\n"
LINES: list[asyncio.StreamWriter] = []
"""Those that a test has opened, closed at its end."""
POST = b"POST / HTTP/1.1\r\nHost: atlas\r\nContent-Length: 100000\r\n\r\n"


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Reads a body and answers; repeats what a socket says; sends much where much is asked for."""
    if scope["type"] == "lifespan":
        return
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        while (said := await receive())["type"] == "websocket.receive":
            await send({"type": "websocket.send", "text": said["text"]})
        return
    while (part := await receive())["type"] == "http.request" and part["more_body"]:
        pass
    if scope["path"] == "/slow":
        await asyncio.sleep(3 * SOON)
    body = b"x" * (20_000_000 if scope["path"] == "/much" else 2)
    await send({"type": "http.response.start", "status": 200,
                "headers": [(b"content-length", str(len(body)).encode())]})  # fmt: skip
    await send({"type": "http.response.body", "body": body})


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "WITHIN", dict.fromkeys(connections.WITHIN, SOON))
    monkeypatch.setattr(connections, "READ_ON", SOON)
    monkeypatch.setattr(Connection, "idle", {})
    monkeypatch.setattr(Connection, "leaving", set())
    monkeypatch.setattr(Connection, "most", MOST)


@asynccontextmanager
async def serving(kept_open: float = LIMIT) -> AsyncIterator[int]:
    """The application behind our connections; the port of it."""
    config = Config(
        application,
        http=Connection,
        ws="websockets-sansio",
        lifespan="off",
        log_level="error",
        timeout_keep_alive=int(kept_open),
        timeout_graceful_shutdown=1,
    )
    server = Server(config)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        running = asyncio.create_task(server._serve([listening]))
        while not server.started:
            await asyncio.sleep(0.01)
        try:
            yield listening.getsockname()[1]
        finally:
            for writer in LINES:
                writer.close()
            LINES.clear()
            server.should_exit = True
            await running


async def line(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    LINES.append(writer)
    return reader, writer


async def closed(reader: asyncio.StreamReader) -> bytes:
    """What came until the server closed the line."""
    async with asyncio.timeout(LIMIT):
        with suppress(ConnectionError):
            return await reader.read()
    return b""


async def answer(reader: asyncio.StreamReader) -> bytes:
    """The first line of the next answer, read to its end."""
    async with asyncio.timeout(LIMIT):
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(2)
        return head.partition(b"\r\n")[0]


def test_a_head_that_does_not_end_is_cut_however_it_drips() -> None:
    async def story() -> None:
        async with serving() as port:
            reader, writer = await line(port)
            writer.write(b"GET / HTTP/1.1\r\nX-Slow: ")
            gone = asyncio.create_task(closed(reader))
            while not gone.done():
                writer.write(b"y")
                await asyncio.sleep(SOON / 10)
            assert gone.result() == b""

    run_apart(story())


def test_a_body_that_does_not_end_is_cut() -> None:
    async def story() -> None:
        async with serving() as port:
            reader, writer = await line(port)
            writer.write(POST + b"some")
            assert await closed(reader) == b""

    run_apart(story())


def test_the_head_of_a_later_request_has_the_same_deadline() -> None:
    async def story() -> None:
        async with serving() as port:
            reader, writer = await line(port)
            writer.write(REQUEST)
            assert b"200" in await answer(reader)
            writer.write(REQUEST[:10])
            assert await closed(reader) == b""

    run_apart(story())


def test_the_handshake_of_a_socket_has_the_same_deadline_and_an_open_one_has_none() -> None:
    async def story() -> None:
        async with serving(kept_open=1) as port:
            reader, writer = await line(port)
            writer.write(b"GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n")
            async with connect(f"ws://127.0.0.1:{port}/") as tab:
                assert await closed(reader) == b""
                await asyncio.sleep(1 + SOON)
                await tab.send("still there")
                assert await tab.recv() == "still there"

    run_apart(story())


def test_an_answer_takes_the_time_it_takes() -> None:
    async def story() -> None:
        async with serving() as port:
            reader, writer = await line(port)
            writer.write(REQUEST.replace(b"/ ", b"/slow ", 1))
            assert b"200" in await answer(reader)

    run_apart(story())


def test_between_two_requests_a_connection_is_kept() -> None:
    async def story() -> None:
        async with serving() as port:
            reader, writer = await line(port)
            for _ in range(2):
                writer.write(REQUEST)
                assert b"200" in await answer(reader)
                await asyncio.sleep(3 * SOON)

    run_apart(story())


def test_requests_that_come_together_are_all_answered() -> None:
    async def story() -> None:
        async with serving() as port:
            reader, writer = await line(port)
            writer.write(3 * REQUEST)
            for _ in range(3):
                assert b"200" in await answer(reader)

    run_apart(story())


def test_a_client_that_takes_nothing_of_its_answer_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        cut = asyncio.Event()
        lost = Connection.connection_lost

        def noted(self: Connection, exc: Exception | None) -> None:
            lost(self, exc)
            cut.set()

        monkeypatch.setattr(Connection, "connection_lost", noted)
        async with serving() as port:
            with socket.socket() as deaf:
                deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                deaf.setblocking(False)
                loop = asyncio.get_running_loop()
                await loop.sock_connect(deaf, ("127.0.0.1", port))
                await loop.sock_sendall(deaf, REQUEST.replace(b"/ ", b"/much ", 1))
                async with asyncio.timeout(LIMIT):
                    await cut.wait()
                heard = 0
                with suppress(ConnectionError):
                    async with asyncio.timeout(LIMIT):
                        while part := await loop.sock_recv(deaf, 1 << 20):
                            heard += len(part)
                assert heard < 20_000_000

    run_apart(story())


def test_where_there_are_too_many_the_one_that_has_been_idle_longest_goes() -> None:
    async def story() -> None:
        Connection.most = 3
        async with serving() as port:
            lines = [await line(port)]
            for number in range(2):
                lines.append(await line(port))
                lines[-1][1].write(REQUEST)
                assert b"200" in await answer(lines[-1][0]), number
            newest = await line(port)
            newest[1].write(REQUEST)
            assert b"200" in await answer(newest[0])
            assert await closed(lines[0][0]) == b""
            lines[1][1].write(REQUEST)
            assert b"200" in await answer(lines[1][0])

    run_apart(story())


def test_where_nobody_is_idle_the_next_one_is_told_when_to_come_back() -> None:
    async def story() -> None:
        Connection.most = 2
        async with serving() as port:
            async with (
                connect(f"ws://127.0.0.1:{port}/") as one,
                connect(f"ws://127.0.0.1:{port}/") as other,
            ):
                reader, writer = await line(port)
                writer.write(REQUEST)
                told = await closed(reader)
                assert told.startswith(b"HTTP/1.1 503 ")
                assert b"Retry-After: " in told
                assert connections.FULL in told
                for tab in (one, other):
                    await tab.send("still there")
                    assert await tab.recv() == "still there"
            reader, writer = await line(port)
            writer.write(REQUEST)
            assert b"200" in await answer(reader)

    run_apart(story())


def test_no_connection_that_has_gone_is_remembered() -> None:
    async def story() -> None:
        async with serving() as port:
            for _ in range(20):
                reader, writer = await line(port)
                writer.write(REQUEST)
                await answer(reader)
                writer.close()
            async with connect(f"ws://127.0.0.1:{port}/") as tab:
                await tab.send("hello")
                await tab.recv()
            while Connection.idle:
                await asyncio.sleep(0.01)
        assert not Connection.leaving

    run_apart(story())


@pytest.mark.parametrize(
    ("files", "connected"),
    [(256, 160), (64, FEWEST), (1 << 20, MOST), (resource.RLIM_INFINITY, MOST)],
)
def test_there_are_fewer_connections_than_files(
    files: int, connected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (files, files))
    assert most_connections() == connected
