"""A real server asked whether readers may come, what it counts, and told to stop."""

from __future__ import annotations

import os
import random
import signal
import socket
import struct
import time
from typing import TYPE_CHECKING

import psutil
import pytest
from websockets.frames import CloseCode

from geo.atlas import load_atlas
from tests.bench.socket_reader import SocketReader
from tests.exposition import read_exposition
from tests.fleet import Replica
from tests.own_loop import run_apart
from tests.processes import listening_at, serving
from tests.server.conftest import DRAIN, ready
from tests.server.test_serve import picture
from tests.serving import PATIENCE, comes_about

if TYPE_CHECKING:
    from tests.exposition import Family
    from tests.server.conftest import Drained


@pytest.fixture
def server(lasting: Replica) -> Replica:
    """That server, when all its processes are there and nobody whom an earlier test sent."""
    lasting.leave_log()
    assert comes_about(lambda: ready(lasting) == (200, 200))
    assert comes_about(lambda: len(metrics(lasting)["memory_bytes"].samples) == 3)
    assert comes_about(lambda: sum(metrics(lasting)["readers"].by("process").values()) == 0)
    return lasting


def metrics(server: Replica) -> dict[str, Family]:
    status, text = server.probe("/metrics")
    assert status == 200
    families = read_exposition(text.decode())
    return {name.removeprefix("merida_atlas_"): family for name, family in families.items()}


class TestMetrics:
    def test_answers_of_all_processes_are_counted(self, server: Replica) -> None:
        before = metrics(server)["requests_total"].by("route")
        for _ in range(20):  # New connections, so that both processes have some.
            picture(server, "/api/v1/values.csv")
        picture(server, "/no-such-page")
        after = metrics(server)["requests_total"].by("route")
        assert after["api"] - before["api"] == 20
        assert after["other"] - before["other"] == 1

    def test_a_tab_is_a_reader_while_it_is_open_and_its_runs_are_counted(
        self, server: Replica
    ) -> None:
        before = metrics(server)

        async def met() -> dict[str, Family]:
            async with SocketReader(server.url, "", random.Random(1), limit=PATIENCE) as reader:
                await reader.open()
                await reader.change()
                return metrics(server)

        inside = run_apart(met())
        assert sum(inside["readers"].by("process").values()) == 1
        assert inside["runs_total"].one() - before["runs_total"].one() == 2
        assert comes_about(
            lambda: (
                not any(
                    sum(metrics(server)[name].by("process").values())
                    for name in ("readers", "runs_running")
                )
            )
        )

    def test_cards_that_were_drawn_and_that_were_there_are_counted(self, server: Replica) -> None:
        before = metrics(server)
        for _ in range(2):
            assert picture(server, "/card.png?k=7&state=30")[0] == 200
        after = metrics(server)
        for name in ("drawing_made_total", "drawing_kept_total"):
            gained = after[name].by("sort")["card"] - before[name].by("sort")["card"]
            assert gained == 1, name

    def test_it_says_what_is_served_by_which_processes(self, server: Replica) -> None:
        told = metrics(server)
        assert dict(next(iter(told["info"].samples)))["data"] == load_atlas().version
        assert set(told["memory_bytes"].by("process")) == {"serving-0", "serving-1", "drawing"}
        assert min(told["memory_bytes"].samples.values()) > 10_000_000
        begun = psutil.Process(server.pid).create_time()
        assert begun - 60 < told["start_time_seconds"].one() < time.time() + 60

    def test_nobody_finds_it_where_the_pages_are(self, server: Replica) -> None:
        assert picture(server, "/metrics")[0] == 404
        assert server.probe("/healthz")[0] == 404
        assert b"metrics" not in picture(server, "/robots.txt")[1]


class TestReadiness:
    def test_a_balancer_that_goes_away_in_the_middle_leaves_no_line_in_the_log(
        self, server: Replica
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
        self, server: Replica
    ) -> None:
        stopped = serving(server)
        for process in stopped:
            process.suspend()
        try:
            assert server.probe("/readyz")[0] == 200
            assert metrics(server)["ready"].one() == 1
        finally:
            for process in stopped:
                process.resume()

    def test_a_process_that_is_killed_is_replaced_and_nothing_it_counted_is_lost(
        self, server: Replica
    ) -> None:
        before = metrics(server)["requests_total"].by("route")["api"]
        (killed, *_) = serving(server)
        killed.kill()
        assert comes_about(lambda: not psutil.pid_exists(killed.pid))
        assert comes_about(lambda: len(metrics(server)["memory_bytes"].samples) == 3)
        assert comes_about(lambda: ready(server) == (200, 200))
        assert metrics(server)["requests_total"].by("route")["api"] >= before

    def test_a_lookout_that_is_killed_is_replaced(self, server: Replica) -> None:
        (lookout,) = listening_at(server.probes, server)
        assert lookout not in serving(server)
        lookout.kill()
        assert comes_about(server.ready)


class TestDraining:
    def test_told_to_stop_it_sends_new_readers_away_and_serves_who_is_here(
        self, drained: Drained
    ) -> None:
        assert "stopped" in drained.why
        assert drained.answered == {"/": 200, "/healthz": 200}
        assert drained.ended == 0
        assert "Traceback" not in drained.log

    def test_sockets_are_closed_one_after_the_other_in_the_second_half(
        self, drained: Drained
    ) -> None:
        when = [seconds for seconds, _ in drained.left]
        assert {code for _, code in drained.left} == {CloseCode.SERVICE_RESTART}
        assert when[0] >= DRAIN / 2
        assert when[-1] - when[0] > DRAIN / 8

    def test_told_twice_it_ends_at_once(self) -> None:
        with Replica(drain=3600) as server:
            os.kill(server.pid, signal.SIGTERM)
            assert comes_about(lambda: ready(server) == (503, 503))
            os.kill(server.pid, signal.SIGTERM)
            assert psutil.Process(server.pid).wait(PATIENCE) == 0
