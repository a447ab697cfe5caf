"""Serving: from as many processes as asked, and with plain words where it cannot be."""

from __future__ import annotations

import json
import os
import signal
import socket
import tempfile
import threading
import urllib.error
import urllib.request
from contextlib import suppress
from typing import TYPE_CHECKING

import psutil
import pytest

from geo.atlas import load_atlas
from geo.server.drawing_desk import DrawingDesk
from geo.server.serve import (
    LAST_WORDS,
    LONGEST_PATH,
    PROCESSES,
    main,
    make_doors,
    problem_with,
)
from geo.server.serve import AtlasServer as Server
from geo.server.streamlit import COMPONENT
from geo.server.tally import Tally
from geo.view import MEASURES, STATE_CODES
from tests.processes import room_of, serving, stop
from tests.serving import (
    PATIENCE,
    AtlasServer,
    answer_of,
    comes_about,
    free_port,
    running,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.fleet import Replica
    from tests.server.conftest import Drained
    from tests.serving import StreamlitServer


def _never(_doors: Path) -> None:
    raise AssertionError("nothing is served")


def serve(*arguments: str) -> None:
    """Serve nothing with these arguments."""
    main(_never, DrawingDesk(load_atlas()), Tally(), list(arguments))


@pytest.fixture
def own_server() -> Iterator[AtlasServer]:
    """A server as it is by itself that a test may do away with; none of its processes is left."""
    with AtlasServer() as running:
        assert comes_about(lambda: len(serving(running)) == PROCESSES)
        begun = psutil.Process(running.pid).children(recursive=True)
        yield running
        for process in begun:
            with suppress(psutil.NoSuchProcess):
                process.kill()


def picture(server: StreamlitServer, address: str) -> tuple[int, bytes]:
    """The status of an answer, and what it holds."""
    return answer_of(server.url + address)


def told(server: StreamlitServer) -> dict[str, int]:
    """What `/healthz` says of pictures."""
    return dict(json.loads(picture(server, "/healthz")[1])["pictures"])


def test_a_port_that_is_taken_is_told_with_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        problem = problem_with("127.0.0.1", port)
        assert str(port) in problem
        assert "PORT=" in problem
        with pytest.raises(SystemExit) as ended:
            serve("--port", str(port))
        assert ended.value.code == problem


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_that_does_not_exist_is_told(port: int) -> None:
    assert str(port) in problem_with("127.0.0.1", port)


def test_an_address_that_is_not_of_this_machine_is_told() -> None:
    assert "203.0.113.7" in problem_with("203.0.113.7", 8501)


def test_a_lookout_that_cannot_be_where_it_should_ends_the_start_in_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MERIDA_ATLAS_PROBES", "203.0.113.7:8502")
    with pytest.raises(SystemExit) as ended:
        serve("--port", str(free_port()))
    assert "cannot be served at 203.0.113.7" in str(ended.value.code)


def test_no_process_at_all_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        serve("--processes", "0")
    assert "--processes" in capsys.readouterr().err


def test_every_process_answers_for_the_map_component(lasting: Replica) -> None:
    # New connections, so that none of the processes is left out.
    for _ in range(20):
        with urllib.request.urlopen(f"{lasting.url}{COMPONENT}/index.html") as answer:
            assert answer.headers["cache-control"] == "no-cache"
    with pytest.raises(urllib.error.HTTPError) as missing:
        urllib.request.urlopen(f"{lasting.url}{COMPONENT}/nothing.js")
    assert missing.value.code == 404
    missing.value.close()


def test_all_processes_started_as_one(lasting: Replica) -> None:
    told = set()
    for _ in range(20):
        with urllib.request.urlopen(f"{lasting.url}/healthz") as answer:
            told.add(json.load(answer)["started"])
    assert len(told) == 1
    assert len(serving(lasting)) == 2


def test_one_process_draws_and_does_not_hold_the_port(lasting: Replica) -> None:
    assert not room_of(lasting).net_connections("tcp")
    assert comes_about(lambda: room_of(lasting).nice() > serving(lasting)[0].nice())


def test_without_a_folder_for_temporary_files_the_start_ends_in_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nowhere(**_given: str) -> str:
        raise FileNotFoundError(2, "No usable temporary directory found in ['/nowhere']")

    monkeypatch.setattr(tempfile, "mkdtemp", nowhere)
    with pytest.raises(SystemExit) as ended:
        make_doors()
    assert "TMPDIR=" in str(ended.value.code)


def test_a_folder_whose_name_no_socket_can_have_is_told_and_left_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("d" * LONGEST_PATH)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    with pytest.raises(SystemExit) as ended:
        make_doors()
    assert str(deep) in str(ended.value.code)
    assert not list(deep.iterdir())


def test_that_it_is_served_is_said_once_it_is(drained: Drained) -> None:
    assert drained.said_when_up
    assert drained.log.count("is served at") == 1


def test_when_the_first_process_is_killed_the_others_end_and_leave_the_port(
    own_server: AtlasServer,
) -> None:
    begun = psutil.Process(own_server.pid).children()
    os.kill(own_server.pid, signal.SIGKILL)
    assert comes_about(lambda: not any(running(process) for process in begun))
    assert not problem_with("127.0.0.1", own_server.port)


class Waiting:
    """Somebody who asks for a picture, and what they are answered."""

    def __init__(self, server: StreamlitServer, address: str) -> None:
        self.server, self.address = server, address
        self.answers: list[tuple[int, bytes]] = []
        self.thread = threading.Thread(target=self._ask)
        self.thread.start()

    def _ask(self) -> None:
        self.answers.append(picture(self.server, self.address))

    def told(self) -> tuple[int, bytes]:
        self.thread.join()
        (answer,) = self.answers
        return answer


def caught_drawing(server: StreamlitServer, room: psutil.Process, query: str = "") -> Waiting:
    """Who waits for what the room is drawing, which is stopped in the midst of it.

    One that was too quick to be caught is followed by another.
    """
    for state in STATE_CODES:
        waiting = Waiting(server, f"/export/view.zip?state={state}{query}")
        assert comes_about(lambda: told(server)["drawing"] > 0 or bool(waiting.answers))  # noqa: B023
        stop(room)
        if told(server)["drawing"]:
            return waiting
        room.resume()
        waiting.told()
    pytest.fail("each was drawn too quickly")


def test_a_room_that_is_killed_is_replaced_and_who_waited_is_told_to_ask_again(
    lasting: Replica,
) -> None:
    room = room_of(lasting)
    waiting = caught_drawing(lasting, room)
    room.kill()
    assert waiting.told()[0] == 503
    assert comes_about(lambda: picture(lasting, "/card.png")[0] == 200)
    assert room_of(lasting) != room


def test_pictures_under_way_are_finished_before_the_server_stops(own_server: AtlasServer) -> None:
    # The first one loads the library that draws.
    assert picture(own_server, "/card.png")[0] == 200
    first, room = psutil.Process(own_server.pid), room_of(own_server)
    for state in STATE_CODES:
        waiting = [
            Waiting(own_server, f"/card.png?state={state}&measure={name}") for name in MEASURES
        ]
        # Those that were too quick to be caught under way, all of them, are followed by others.
        caught = False
        while not caught and not all(one.answers for one in waiting):
            under_way = sum(told(own_server).values())
            answered = sum(bool(one.answers) for one in waiting)
            caught = under_way > 0 and under_way + answered >= len(waiting)
        stop(room)
        if caught and any(told(own_server).values()):
            break
        room.resume()
        for one in waiting:
            one.told()
    else:
        pytest.fail("all were drawn too quickly")
    first.terminate()
    assert comes_about(lambda: not serving(own_server))
    room.resume()
    assert [one.told()[0] for one in waiting] == [200] * len(waiting)
    assert first.wait(PATIENCE) == 0


def test_whoever_waits_for_a_picture_that_the_end_leaves_no_time_for_is_told_to_come_back(
    own_server: AtlasServer,
) -> None:
    first, room = psutil.Process(own_server.pid), room_of(own_server)
    waiting = caught_drawing(own_server, room, "&lang=es")
    first.terminate()
    assert comes_about(lambda: not serving(own_server))
    # It ends the others some seconds after their own last words, which may not be enough for those.
    stop(first)
    status, said = waiting.told()
    first.resume()
    room.resume()
    assert first.wait(PATIENCE) == 0
    assert status == 503
    assert "en 2 segundos" in said.decode()


def test_the_first_process_leaves_the_others_time_for_their_last_words(tmp_path: Path) -> None:
    desk = DrawingDesk(load_atlas())
    settled = Server(_never, desk, Tally(), "127.0.0.1", 8501, 1, tmp_path).cfg
    assert settled.graceful_timeout > LAST_WORDS + 2
