"""A tab whose socket broke comes back to its session, in whichever process it lands."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import tempfile
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from geo.server import affinity
from geo.server.affinity import SessionAffinity, open_door
from geo.server.streamlit import earlier_session
from tests.own_loop import run_apart
from tests.processes import serving
from tests.serving import PATIENCE, comes_about

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, MutableMapping

    from tests.fleet import Replica
    from tests.server.conftest import Drained

EARLIER = "5e3c6a8e-0000-4000-8000-000000000000"


class Line:
    """A TCP connection to the server whose other end can be found before anything is said on it."""

    def __init__(self, server: Replica) -> None:
        self.server = server
        self.socket = socket.create_connection(("127.0.0.1", server.port))
        self.port = self.socket.getsockname()[1]

    def holder(self) -> psutil.Process | None:
        """The process that accepted it; None as long as none has."""
        for process in psutil.Process(self.server.pid).children():
            with suppress(psutil.NoSuchProcess):
                for link in process.net_connections("tcp"):
                    if getattr(link.raddr, "port", None) == self.port:
                        return process
        return None

    @asynccontextmanager
    async def tab(self, session: str = "") -> AsyncIterator[ClientConnection]:
        """A tab on this line, which had `session` before."""
        names = ["streamlit", "PLACEHOLDER_AUTH_TOKEN", *([session] if session else [])]
        async with connect(
            self.server.url.replace("http://", "ws://") + "/_stcore/stream",
            sock=self.socket,
            origin=Origin(self.server.url),
            subprotocols=[Subprotocol(name) for name in names],
            max_size=None,
            open_timeout=PATIENCE,
            compression=None,
        ) as opened:
            yield opened


async def session_after_a_run(tab: ClientConnection, query: str = "") -> str:
    """Ask for a run of the page; the session that answers."""
    message = BackMsg()
    message.rerun_script.query_string = query
    await tab.send(message.SerializeToString())
    told = ""
    async with asyncio.timeout(PATIENCE):
        async for payload in tab:
            assert isinstance(payload, bytes)
            heard = ForwardMsg.FromString(payload)
            kind = heard.WhichOneof("type")
            if kind == "new_session":
                told = heard.new_session.initialize.session_id
            elif kind == "script_finished":
                return told
    raise AssertionError("the server left")


@contextmanager
def paused(process: psutil.Process) -> Iterator[None]:
    """Meanwhile it accepts nobody: who connects lands in another process."""
    os.kill(process.pid, signal.SIGSTOP)
    try:
        assert comes_about(lambda: process.status() == psutil.STATUS_STOPPED)
        yield
    finally:
        os.kill(process.pid, signal.SIGCONT)


def test_a_socket_that_lands_in_the_other_process_is_passed_on_to_its_session(
    lasting: Replica,
) -> None:
    async def story() -> None:
        before = Line(lasting)
        async with before.tab() as tab:
            session = await session_after_a_run(tab)
            first = before.holder()
        assert first is not None
        with paused(first):
            again = Line(lasting)
            while (second := again.holder()) is None:
                await asyncio.sleep(0.02)
        assert second != first
        async with again.tab(session) as tab:
            assert tab.subprotocol == "streamlit"
            assert await session_after_a_run(tab, "measure=usd") == session
        third = Line(lasting)
        async with third.tab(session) as tab:
            assert await session_after_a_run(tab, "measure=usd") == session

    run_apart(story())


def test_a_tab_of_a_server_that_is_gone_begins_a_new_session(lasting: Replica) -> None:
    async def story() -> None:
        async with Line(lasting).tab(EARLIER) as tab:
            assert await session_after_a_run(tab) not in ("", EARLIER)

    run_apart(story())


def test_a_process_that_ends_takes_its_tabs_off_and_another_one_serves_them(
    lasting: Replica,
) -> None:
    async def story() -> None:
        line = Line(lasting)
        async with line.tab() as tab:
            session = await session_after_a_run(tab)
            holder = line.holder()
            assert holder is not None
            holder.kill()
            async with asyncio.timeout(PATIENCE):
                await tab.wait_closed()
        async with Line(lasting).tab(session) as tab:
            assert await session_after_a_run(tab) not in ("", session)

    run_apart(story())
    assert comes_about(lambda: len(serving(lasting)) == 2)


def test_the_servers_doors_are_gone_with_it(drained: Drained) -> None:
    assert len(drained.doors) == 1
    ((folder, mode),) = drained.doors.items()
    assert mode & 0o077 == 0, "other users must not knock"
    assert not folder.exists()


class Toy:
    """An application that notes that it was asked, and answers nothing."""

    def __init__(self) -> None:
        self.asked = 0

    async def __call__(self, _scope: Any, _receive: Any, send: Any) -> None:
        self.asked += 1
        await send({"type": "websocket.send", "bytes": b"something else"})
        await send({"type": "websocket.send", "bytes": f"begun {self.asked}".encode()})


def begun(message: bytes) -> str:
    """What the toy application tells of a session."""
    return message.decode() if message.startswith(b"begun") else ""


def socket_scope(session: str, server: str = "127.0.0.1") -> dict[str, Any]:
    offered = f"streamlit, token, {session}".encode()
    return {
        "type": "websocket",
        "path": "/_stcore/stream",
        "server": (server, None),
        "headers": [(b"host", b"atlas"), (b"sec-websocket-protocol", offered)],
    }


async def say_nothing(_message: MutableMapping[str, Any]) -> None:
    pass


async def nothing_more() -> dict[str, Any]:
    return {"type": "websocket.connect"}


@pytest.fixture
def folder() -> Iterator[Path]:
    # Not pytest's own folder: a Unix socket's address has room for about a hundred letters.
    with tempfile.TemporaryDirectory(prefix="doors-") as made:
        yield Path(made)


def test_the_door_of_a_process_that_died_is_taken_away_and_the_tab_is_served(folder: Path) -> None:
    dead = folder / "1"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as left:
        left.bind(str(dead))
    toy = Toy()
    sent: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    run_apart(SessionAffinity(toy, folder, begun)(socket_scope(EARLIER), nothing_more, send))
    assert toy.asked == 1
    assert len(sent) == 2
    assert not dead.exists()


def test_another_process_is_refused_where_its_session_is_unknown_and_asks_nobody_in_turn(
    folder: Path,
) -> None:
    toy = Toy()
    sent: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    with open_door(folder) as door:
        scope = socket_scope(EARLIER, door.getsockname())
        run_apart(SessionAffinity(toy, folder, begun)(scope, nothing_more, send))
    assert toy.asked == 0
    assert [message["type"] for message in sent] == ["websocket.close"]


def test_a_process_remembers_the_newest_sessions_only(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(affinity, "KEPT", 3)
    among = SessionAffinity(Toy(), folder, begun)

    async def story() -> None:
        for _ in range(5):
            await among(socket_scope(""), nothing_more, say_nothing)

    run_apart(story())
    assert list(among.own) == ["begun 3", "begun 4", "begun 5"]


@pytest.mark.parametrize(
    ("offered", "named"),
    [
        ("streamlit, token, abc", "abc"),
        ("streamlit,token,abc", "abc"),
        ("streamlit, token", ""),
        ("streamlit", ""),
        ("", ""),
        ("streamlit, , abc", "abc"),
        ("streamlit, token, \xff", "\xff"),
    ],
)
def test_the_session_a_tab_had_is_the_third_name_it_offers(offered: str, named: str) -> None:
    assert earlier_session(offered) == named


def test_a_tab_that_offers_no_name_is_served_here(folder: Path) -> None:
    toy = Toy()
    scope: dict[str, Any] = {"type": "websocket", "path": "/", "server": None, "headers": []}
    run_apart(SessionAffinity(toy, folder, begun)(scope, nothing_more, say_nothing))
    assert toy.asked == 1
