"""Serving: from as many processes as asked, and with plain words where it cannot be."""

from __future__ import annotations

import json
import socket
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import psutil
import pytest

from geo.server.serve import PROCESSES, main, problem_with
from geo.server.streamlit import COMPONENT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.serving import StreamlitServer


def _never(_doors: Path) -> None:
    raise AssertionError("nothing is served")


def test_a_port_that_is_taken_is_told_with_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        problem = problem_with("127.0.0.1", port)
        assert str(port) in problem
        assert "PORT=" in problem
        with pytest.raises(SystemExit) as ended:
            main(_never, ["--port", str(port)])
        assert ended.value.code == problem


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_that_does_not_exist_is_told(port: int) -> None:
    assert str(port) in problem_with("127.0.0.1", port)


def test_an_address_that_is_not_of_this_machine_is_told() -> None:
    assert "203.0.113.7" in problem_with("203.0.113.7", 8501)


def test_no_process_at_all_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(_never, ["--processes", "0"])
    assert "--processes" in capsys.readouterr().err


def test_every_process_answers_for_the_map_component(atlas_process: StreamlitServer) -> None:
    # New connections, so that none of the processes is left out.
    for _ in range(20):
        with urllib.request.urlopen(f"{atlas_process.url}{COMPONENT}/index.html") as answer:
            assert answer.headers["cache-control"] == "no-cache"
    with pytest.raises(urllib.error.HTTPError) as missing:
        urllib.request.urlopen(f"{atlas_process.url}{COMPONENT}/nothing.js")
    assert missing.value.code == 404
    missing.value.close()


def test_all_processes_started_as_one(atlas_process: StreamlitServer) -> None:
    told = set()
    for _ in range(20):
        with urllib.request.urlopen(f"{atlas_process.url}/healthz") as answer:
            told.add(json.load(answer)["started"])
    assert len(told) == 1
    processes = psutil.Process(atlas_process.pid).children()
    assert len(processes) == PROCESSES
