"""What is counted, by whom, and how it is told: tally, metrics, readiness."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.atlas import load_atlas
from geo.drawing import build_shelf
from geo.errors import AtlasError
from geo.server import FrontDoor, drain_setting, probes_setting
from geo.server.drawing_room import Board
from geo.server.front_door import Reader
from geo.server.metrics import metrics_text
from geo.server.process import is_running, resident_bytes
from geo.server.readiness import SILENT_FOR, readiness_answer, why_not_ready
from geo.server.routes import routes
from geo.server.streamlit import SOCKET
from geo.server.tally import CLASSES, NOW, PROCESSES, STATUSES, Tally, class_of
from tests.exposition import read_exposition
from tests.own_loop import run_apart

if TYPE_CHECKING:
    from starlette.types import Message


def begun(process: int = 0) -> Tally:
    """A tally with one process that is loaded."""
    tally = Tally()
    tally.take(0, process or os.getpid())
    tally.load()
    return tally


def told(tally: Tally, board: Board | None = None) -> str:
    return metrics_text(tally, board or Board(), "abcdef123456")


class TestTally:
    def test_what_another_process_counts_is_read_here(self) -> None:
        tally = begun()
        child = os.fork()
        if not child:
            tally.take(3, 4711)
            tally.add("readers", 2)
            tally.answered("/card.png", 200)
            os._exit(0)
        os.waitpid(child, 0)
        tally.answered("/card.png", 200)
        assert tally.total("card 2xx") == 2
        assert [(row.row, row.readers) for row in tally.rows()] == [(0, 0), (3, 2)]

    def test_a_process_that_ends_leaves_what_it_counted_and_takes_its_readers_along(self) -> None:
        tally = begun()
        tally.add("readers")
        tally.answered("/", 200)
        tally.leave(0)
        assert not tally.rows()
        assert not tally.is_loaded
        tally.take(0, 12)
        assert tally.rows()[0].readers == 0
        assert tally.total("page 2xx") == 1

    def test_each_process_gets_a_row_of_its_own_as_long_as_there_are_some(self) -> None:
        tally = Tally()
        taken: list[int] = []
        for _ in range(PROCESSES):
            taken.append(tally.free_row(taken))
        assert sorted(taken) == list(range(PROCESSES))
        assert tally.free_row(taken) in taken
        assert tally.free_row([0, 2]) == 1

    @pytest.mark.parametrize(
        ("path", "kind"),
        [
            ("/", "page"),
            ("/evidence", "page"),
            ("/evidence/x", "other"),
            ("/api/v1/values.csv", "api"),
            ("/card.png", "card"),
            ("/export/map.pdf", "file"),
            ("/static/js/index.js", "asset"),
            ("/healthz", "probe"),
            ("/no-such-thing", "other"),
        ],
    )
    def test_an_address_belongs_to_a_class(self, path: str, kind: str) -> None:
        assert class_of(path) == kind

    def test_every_route_of_the_atlas_has_a_class(self) -> None:
        atlas = load_atlas()
        other = {
            path
            for route in routes(atlas, build_shelf(atlas))
            if class_of(path := re.sub(r"\{\w+\}", "x", getattr(route, "path", ""))) == "other"
        }
        assert other == {"/robots.txt", "/sitemap.xml"}

    @given(st.integers(0, 2000))
    def test_any_status_is_counted_in_one_class(self, status: int) -> None:
        tally = begun()
        tally.answered("/", status)
        assert sum(tally.total(f"page {name}") for name in STATUSES) == 1


class TestReaders:
    def message(self, kind: str) -> bytes:
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        message = ForwardMsg()
        if kind == "begun":
            message.new_session.initialize.session_id = "5e55"
        elif kind == "ended":
            message.script_finished = ForwardMsg.FINISHED_SUCCESSFULLY
        else:
            message.delta.new_element.markdown.body = "x" * 20_000
        return message.SerializeToString()

    @given(st.lists(st.sampled_from(["begun", "ended", "drawn"])))
    def test_whatever_a_socket_says_nothing_of_it_stays_when_it_closes(
        self, said: list[str]
    ) -> None:
        tally = begun()
        with Reader(tally) as reader:
            for kind in said:
                reader.follow({"type": "websocket.send", "bytes": self.message(kind)})
                assert tally.rows()[0].running in (0, 1)
            last = [kind for kind in said if kind != "drawn"][-1:]
            assert tally.rows()[0].running == (last == ["begun"])
            assert tally.rows()[0].readers == 1
        assert tally.rows()[0][-2:] == (0, 0)
        assert tally.total("runs") == said.count("begun")

    def test_a_socket_that_breaks_is_a_reader_less(self) -> None:
        tally = begun()
        inside: list[int] = []

        async def app(_scope: object, _receive: object, _send: object) -> None:
            inside.append(tally.rows()[0].readers)
            raise ConnectionResetError

        async def receive() -> Message:
            return {"type": "websocket.connect"}

        async def send(_message: Message) -> None:
            return None

        door = FrontDoor(app, [], "x", tally)
        scope = {"type": "websocket", "path": SOCKET, "headers": [], "query_string": b""}
        with pytest.raises(ConnectionResetError):
            run_apart(door(scope, receive, send))
        assert inside == [1]
        assert tally.rows()[0].readers == 0


class TestMetrics:
    def test_the_text_is_of_the_format_and_says_what_was_counted(self) -> None:
        tally, board = begun(), Board()
        tally.add("readers", 3)
        tally.add("runs", 7)
        tally.answered("/card.png", 503)
        tally.answered("/", 200)
        board.write(1, 4)
        board.count("made", slow=False)
        board.count("refused", slow=True)
        families = read_exposition(told(tally, board))
        named = {name.removeprefix("merida_atlas_"): family for name, family in families.items()}
        assert all(family.help and family.kind for family in families.values())
        assert named["readers"].by("process") == {"serving-0": 3}
        assert named["runs_total"].one() == 7
        assert (named["drawing"].one(), named["drawing_waiting"].one()) == (1, 4)
        assert named["drawing_made_total"].by("sort") == {"card": 1, "file": 0}
        assert named["drawing_refused_total"].by("sort") == {"card": 0, "file": 1}
        assert named["requests_total"].by("status") == {"2xx": 1, "3xx": 0, "4xx": 0, "5xx": 1}
        assert named["requests_total"].by("route")["card"] == 1
        assert dict(next(iter(named["info"].samples)))["data"] == "abcdef123456"
        assert named["memory_bytes"].by("process")["serving-0"] > 10_000_000
        assert named["ready"].one() == 1

    def test_no_label_says_more_than_which_process_class_sort_or_version(self) -> None:
        tally = begun()
        for path in ("/?state=30&lang=es", "/evidence", "/nobody@example.org", "/api/v1/x?k=9"):
            tally.answered(path.partition("?")[0], 404)
        allowed = {
            "process": {"serving-0", "drawing"},
            "route": set(CLASSES),
            "status": set(STATUSES),
            "sort": {"card", "file"},
        }
        for family in read_exposition(told(tally)).values():
            for labels in family.samples:
                for name, value in labels:
                    assert name in ("version", "data", "program") or value in allowed[name]

    @pytest.mark.parametrize(
        ("wrong", "why"),
        [
            ("a 1\n", "no TYPE"),
            ("# TYPE a gauge\na 1", "does not end"),
            ("# TYPE a gauge\na 1\na 2\n", "twice"),
            ("# TYPE a gauges\na 1\n", "is a gauges"),
            ('# TYPE a gauge\na{b="c} 1\n', "no sample"),
            ("# TYPE a counter\na 1\n", "no counter"),
            ("# TYPE a gauge\n# TYPE b gauge\na 1\n", "no TYPE"),
            ("# TYPE a gauge\na one\n", "could not convert"),
        ],
    )
    def test_what_is_not_of_the_format_would_be_noticed(self, wrong: str, why: str) -> None:
        with pytest.raises(ValueError, match=why):
            read_exposition(wrong)


class TestReadiness:
    def test_a_server_that_is_loaded_takes_readers(self) -> None:
        assert not why_not_ready(begun())
        assert not why_not_ready(begun(), here=True)
        assert readiness_answer("") == (200, '{"status": "ready"}')

    def test_before_the_first_map_is_prepared_it_does_not(self) -> None:
        tally = Tally()
        tally.take(0, os.getpid())
        for here in (True, False):
            assert "not loaded" in why_not_ready(tally, here=here)

    def test_while_it_is_stopped_it_does_not_whoever_is_asked(self) -> None:
        tally = begun()
        tally.drain()
        for here in (True, False):
            assert "stopped" in why_not_ready(tally, here=here)
        status, text = readiness_answer(why_not_ready(tally))
        assert status == 503
        assert "stopped" in json.loads(text)["why"]

    def test_without_the_process_that_draws_it_does_not(self) -> None:
        tally = begun()
        gone = subprocess.Popen([sys.executable, "-c", ""])
        tally.note_room(gone.pid)
        while is_running(gone.pid):  # Nobody has asked how it ended: it is a zombie.
            pass
        assert "draws" in why_not_ready(tally)
        gone.wait()
        assert "draws" in why_not_ready(tally, here=True)
        tally.note_room(os.getpid())
        assert not why_not_ready(tally)

    def test_a_process_that_gives_no_sign_of_life_is_not_counted_on(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tally = begun()
        late = sum(int(row.silent * 1000) for row in tally.rows()) + int(SILENT_FOR * 1000) + 60_000
        now = __import__("time").monotonic_ns() // 1_000_000
        monkeypatch.setattr("geo.server.tally._now", lambda: now + late)
        assert "sign of life" in why_not_ready(tally)
        assert not why_not_ready(tally, here=True)
        tally.take(1, os.getpid())
        tally.load()
        assert not why_not_ready(tally)

    def test_this_process_runs_and_has_memory_and_none_of_that_number_has(self) -> None:
        assert is_running(os.getpid())
        assert resident_bytes(os.getpid()) > 10_000_000
        assert not is_running(2**22 + 1)
        assert resident_bytes(2**22 + 1) == 0


class TestSettings:
    @pytest.mark.parametrize(
        ("given", "seconds"), [("", 0), ("0", 0), (" 20 ", 20), ("3600", 3600)]
    )
    def test_seconds_to_drain(
        self, given: str, seconds: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("MERIDA_ATLAS_DRAIN", given)
        assert drain_setting() == seconds

    @pytest.mark.parametrize("given", ["-1", "3601", "20s", "1.5", "٣", "99999"])
    def test_what_are_no_seconds_is_told(self, given: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MERIDA_ATLAS_DRAIN", given)
        with pytest.raises(AtlasError, match=r"MERIDA_ATLAS_DRAIN is .*whole seconds"):
            drain_setting()

    @pytest.mark.parametrize(
        ("given", "where"),
        [
            ("", None),
            ("127.0.0.1:8502", ("127.0.0.1", 8502)),
            ("[::1]:9", ("::1", 9)),
            ("localhost:65535", ("localhost", 65535)),
        ],
    )
    def test_where_probes_are_answered(
        self, given: str, where: tuple[str, int] | None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("MERIDA_ATLAS_PROBES", given)
        assert probes_setting() == where

    @pytest.mark.parametrize(
        "given", ["8502", "host", "127.0.0.1:0", "a:65536", "::1:8502", "a b:1"]
    )
    def test_what_is_no_place_for_probes_is_told(
        self, given: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("MERIDA_ATLAS_PROBES", given)
        with pytest.raises(AtlasError, match=r"MERIDA_ATLAS_PROBES is .*127\.0\.0\.1:8502"):
            probes_setting()


def test_nothing_that_is_only_so_now_is_told_as_a_count() -> None:
    families = read_exposition(told(begun()))
    counters = {name for name, family in families.items() if family.kind == "counter"}
    assert not {name for name in counters for now in NOW if f"_{now}_" in name}
