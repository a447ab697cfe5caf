"""A real server asked whether readers may come, what it counts, and told to stop."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import socket
import struct
import time
from contextlib import AsyncExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any

import psutil
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.frames import CloseCode

from geo.atlas import load_atlas
from tests.bench.socket_reader import SocketReader
from tests.exposition import read_exposition
from tests.own_loop import run_apart
from tests.server.test_serve import comes_about, picture
from tests.serving import AtlasServer, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.exposition import Family

DRAIN = 4


class Probed(AtlasServer):
    """The atlas with a lookout, and some seconds to drain."""

    def __init__(self, drain: int = DRAIN, processes: int = 2) -> None:
        self.probes = free_port()
        settings = {
            "MERIDA_ATLAS_PROBES": f"127.0.0.1:{self.probes}",
            "MERIDA_ATLAS_DRAIN": str(drain),
        }
        super().__init__(processes=processes, env=settings)

    def ready(self) -> tuple[int, int]:
        """What `/readyz` answers on the port of the pages, and on the lookout's."""
        return picture(self, "/readyz")[0], self.probe("/readyz")[0]

    def probe(self, path: str) -> tuple[int, bytes]:
        """What the lookout answers."""
        own = AtlasServer()
        own.port = self.probes
        return picture(own, path)

    def metrics(self) -> dict[str, Family]:
        status, text = self.probe("/metrics")
        assert status == 200
        families = read_exposition(text.decode())
        return {name.removeprefix("merida_atlas_"): family for name, family in families.items()}


@contextmanager
def probed(drain: int = DRAIN, processes: int = 2) -> Iterator[Probed]:
    with Probed(drain, processes) as running:
        begun = psutil.Process(running.pid).children(recursive=True)
        assert comes_about(lambda: running.ready() == (200, 200))
        yield running
        for process in begun:
            with suppress(psutil.NoSuchProcess):
                process.kill()


@pytest.fixture(scope="module")
def server() -> Iterator[Probed]:
    with probed() as running:
        yield running


def serving_pids(server: Probed) -> list[int]:
    return [
        process.pid
        for process in psutil.Process(server.pid).children()
        if any(link.laddr.port == server.port for link in process.net_connections("tcp"))
    ]


class TestMetrics:
    def test_answers_of_all_processes_are_counted(self, server: Probed) -> None:
        before = server.metrics()["requests_total"].by("route")
        for _ in range(20):  # New connections, so that both processes have some.
            picture(server, "/api/v1/values.csv")
        picture(server, "/no-such-page")
        after = server.metrics()["requests_total"].by("route")
        assert after["api"] - before["api"] == 20
        assert after["other"] - before["other"] == 1

    def test_a_tab_is_a_reader_while_it_is_open_and_its_runs_are_counted(
        self, server: Probed
    ) -> None:
        before = server.metrics()

        async def met() -> dict[str, Family]:
            async with SocketReader(server.url, "", random.Random(1)) as reader:
                await reader.open()
                await reader.change()
                return server.metrics()

        inside = run_apart(met())
        assert sum(inside["readers"].by("process").values()) == 1
        assert inside["runs_total"].one() - before["runs_total"].one() == 2
        assert comes_about(
            lambda: (
                not any(
                    sum(server.metrics()[name].by("process").values())
                    for name in ("readers", "runs_running")
                )
            )
        )

    def test_cards_that_were_drawn_and_that_were_there_are_counted(self, server: Probed) -> None:
        before = server.metrics()
        for _ in range(2):
            assert picture(server, "/card.png?k=7&state=30")[0] == 200
        after = server.metrics()
        for name in ("drawing_made_total", "drawing_kept_total"):
            gained = after[name].by("sort")["card"] - before[name].by("sort")["card"]
            assert gained == 1, name

    def test_it_says_what_is_served_by_which_processes(self, server: Probed) -> None:
        told = server.metrics()
        assert dict(next(iter(told["info"].samples)))["data"] == load_atlas().version
        assert set(told["memory_bytes"].by("process")) == {"serving-0", "serving-1", "drawing"}
        assert min(told["memory_bytes"].samples.values()) > 10_000_000
        assert abs(told["start_time_seconds"].one() - time.time()) < 3600

    def test_nobody_finds_it_where_the_pages_are(self, server: Probed) -> None:
        assert picture(server, "/metrics")[0] == 404
        assert server.probe("/healthz")[0] == 404
        assert b"metrics" not in picture(server, "/robots.txt")[1]


class TestReadiness:
    def test_a_balancer_that_goes_away_in_the_middle_leaves_no_line_in_the_log(
        self, server: Probed
    ) -> None:
        for asked in (
            b"GET /readyz HTTP/1.0\r\n\r\n",
            b"GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n",
            b"G",
        ):
            for patience in (0, 0.005):
                with socket.create_connection(("127.0.0.1", server.probes)) as line:
                    # It then takes back what it has sent, as HAProxy does.
                    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    line.sendall(asked)
                    time.sleep(patience)
        assert server.probe("/readyz")[0] == 200
        assert "Traceback" not in server.log()

    def test_the_lookout_answers_while_no_process_that_runs_pages_does(
        self, server: Probed
    ) -> None:
        stopped = [psutil.Process(pid) for pid in serving_pids(server)]
        for process in stopped:
            process.suspend()
        try:
            assert server.probe("/readyz")[0] == 200
            assert server.metrics()["ready"].one() == 1
        finally:
            for process in stopped:
                process.resume()

    def test_a_process_that_is_killed_is_replaced_and_nothing_it_counted_is_lost(
        self, server: Probed
    ) -> None:
        before = server.metrics()["requests_total"].by("route")["api"]
        (killed, *_) = serving_pids(server)
        os.kill(killed, signal.SIGKILL)
        assert comes_about(lambda: not psutil.pid_exists(killed))
        assert comes_about(lambda: len(server.metrics()["memory_bytes"].samples) == 3)
        assert comes_about(lambda: server.ready() == (200, 200))
        assert server.metrics()["requests_total"].by("route")["api"] >= before

    def test_a_lookout_that_is_killed_is_replaced(self, server: Probed) -> None:
        (lookout,) = [
            process
            for process in psutil.Process(server.pid).children()
            if any(link.laddr.port == server.probes for link in process.net_connections("tcp"))
        ]
        assert lookout.pid not in serving_pids(server)
        lookout.kill()
        lookout_answers = comes_about(lambda: _answers(server))
        assert lookout_answers


def _answers(server: Probed) -> bool:
    try:
        return server.probe("/readyz")[0] == 200
    except OSError:
        return False


class TestDraining:
    def test_told_to_stop_it_sends_new_readers_away_and_serves_who_is_here(self) -> None:
        with probed() as server:

            async def stays() -> tuple[float, list[Any]]:
                async with SocketReader(server.url, "", random.Random(2)) as reader:
                    await reader.open()
                    begun = time.monotonic()
                    os.kill(server.pid, signal.SIGTERM)
                    said: list[Any] = []
                    while server.ready() != (503, 503):
                        assert time.monotonic() - begun < DRAIN, "it is not said in time"
                    said.append(json.loads(picture(server, "/readyz")[1])["why"])
                    said += [picture(server, "/")[0], picture(server, "/healthz")[0]]
                    with suppress(ConnectionClosed):
                        await reader._socket.wait_closed()
                    return time.monotonic() - begun, said

            lasted, said = run_apart(stays())
            assert lasted >= DRAIN / 2
            assert "stopped" in said[0]
            assert said[1:] == [200, 200]
            assert psutil.Process(server.pid).wait(30) == 0

    def test_sockets_are_closed_one_after_the_other_in_the_second_half(self) -> None:
        with probed(processes=1) as server:

            async def left(readers: list[SocketReader]) -> list[float]:
                async def one(reader: SocketReader) -> float:
                    await reader._socket.wait_closed()
                    assert reader._socket.close_code == CloseCode.SERVICE_RESTART
                    return time.monotonic() - begun

                async with AsyncExitStack() as stack:
                    for reader in readers:
                        await stack.enter_async_context(reader)
                        await reader.open()
                    begun = time.monotonic()
                    os.kill(server.pid, signal.SIGTERM)
                    return sorted(await asyncio.gather(*map(one, readers)))

            readers = [SocketReader(server.url, "", random.Random(n)) for n in range(8)]
            when = run_apart(left(readers))
            assert when[0] >= DRAIN / 2
            assert when[-1] - when[0] > DRAIN / 8
            assert psutil.Process(server.pid).wait(30) == 0
            assert "Traceback" not in server.log()

    def test_told_twice_it_ends_at_once(self) -> None:
        with probed(drain=3600, processes=1) as server:
            os.kill(server.pid, signal.SIGTERM)
            assert comes_about(lambda: server.ready() == (503, 503))
            os.kill(server.pid, signal.SIGTERM)
            assert psutil.Process(server.pid).wait(30) == 0
