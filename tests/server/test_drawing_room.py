"""The drawing room: one thing after the other, once for all who ask, and not for those who left."""

from __future__ import annotations

import asyncio
import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from geo.atlas import load_atlas
from geo.paper import NobodyWaits, made_while, paper, still_wanted
from geo.server import drawing_room
from geo.server.drawing_desk import DrawingDesk, asked
from geo.server.drawing_room import Board, DrawingRoom, Order, RoomFullError
from geo.share import exported
from geo.view import View
from tests.own_loop import run_apart
from tests.serving import PATIENCE as LIMIT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator


class Easel:
    """Something to make that waits until it may go on, and notes what was made."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.begun = threading.Event()
        self.go_on = threading.Event()

    def make(self, _atlas: Any, name: str) -> bytes:
        self.begun.set()
        while not self.go_on.wait(0.01):
            still_wanted()
        self.made.append(name)
        return name.encode()

    def order(self, name: str, *, slow: bool = False) -> Order:
        return Order(self.make, (name,), slow)


@pytest.fixture
def easel() -> Iterator[Easel]:
    held = Easel()
    yield held
    held.go_on.set()


@pytest.fixture
def room() -> DrawingRoom:
    return DrawingRoom(load_atlas(), Board())


def test_what_is_asked_for_twice_at_once_is_made_once(room: DrawingRoom, easel: Easel) -> None:
    first, second = room.ask(easel.order("a")), room.ask(easel.order("a"))
    easel.go_on.set()
    assert first.made.result(LIMIT) == second.made.result(LIMIT) == b"a"
    assert easel.made == ["a"]


def test_what_was_made_lately_is_given_again_without_making_it(
    room: DrawingRoom, easel: Easel
) -> None:
    easel.go_on.set()
    room.ask(easel.order("a")).made.result(LIMIT)
    assert room.ask(easel.order("a")).made.done()
    assert easel.made == ["a"]


def test_only_so_much_is_kept(
    room: DrawingRoom, easel: Easel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing_room, "KEPT_BYTES", 3)
    easel.go_on.set()
    for name in ("aa", "bb", "aa"):
        room.ask(easel.order(name)).made.result(LIMIT)
    assert easel.made == ["aa", "bb", "aa"]


def test_a_full_queue_says_when_to_come_back_and_keeps_places_for_quick_ones(
    room: DrawingRoom, easel: Easel
) -> None:
    room.ask(easel.order("in hand", slow=True))
    assert easel.begun.wait(LIMIT)
    for number in range(drawing_room.PLACES):
        room.ask(easel.order(f"slow {number}", slow=True))
    with pytest.raises(RoomFullError) as full:
        room.ask(easel.order("one more", slow=True))
    assert full.value.seconds >= 1
    quick = room.ask(easel.order("quick"))
    assert room.board.read() == (1, drawing_room.PLACES + 1)
    easel.go_on.set()
    quick.made.result(LIMIT)
    assert easel.made[:2] == ["in hand", "quick"]


def test_what_nobody_waits_for_any_more_leaves_the_queue_and_frees_its_place(
    room: DrawingRoom, easel: Easel
) -> None:
    first = room.ask(easel.order("a"))
    assert easel.begun.wait(LIMIT)
    left, stays = room.ask(easel.order("b")), room.ask(easel.order("c"))
    room.leave(left)
    assert room.board.read() == (1, 1)
    easel.go_on.set()
    assert stays.made.result(LIMIT) == b"c"
    assert first.made.result(LIMIT) == b"a"
    assert easel.made == ["a", "c"]


def test_what_is_in_hand_ends_at_its_next_step_when_the_last_one_leaves(
    room: DrawingRoom, easel: Easel
) -> None:
    first, second = room.ask(easel.order("a")), room.ask(easel.order("a"))
    assert easel.begun.wait(LIMIT)
    room.leave(first)
    assert room.board.read().drawing == 1
    easel.begun.clear()
    room.leave(second)
    after = room.ask(easel.order("b"))
    assert easel.begun.wait(LIMIT)
    easel.go_on.set()
    assert after.made.result(LIMIT) == b"b"
    assert easel.made == ["b"]


def test_what_cannot_be_made_fails_for_who_asked_and_the_next_one_is_made(
    room: DrawingRoom, easel: Easel, caplog: pytest.LogCaptureFixture
) -> None:
    easel.go_on.set()
    failed = room.ask(Order(exported, ("no.such", View(), "")))
    assert isinstance(failed.made.exception(LIMIT), KeyError)
    assert "could not be made" in caplog.text
    assert room.ask(easel.order("a")).made.result(LIMIT) == b"a"


def test_a_page_begins_only_where_it_is_still_wanted() -> None:
    paper(1, 1)
    with made_while(lambda: True):
        paper(1, 1)
    with made_while(lambda: False), pytest.raises(NobodyWaits):
        paper(1, 1)


@pytest.mark.parametrize("name", ["map.pdf", "view.zip"])
def test_a_file_of_several_parts_ends_between_them(name: str) -> None:
    asked_for = 0

    def wanted() -> bool:
        nonlocal asked_for
        asked_for += 1
        return asked_for < 3

    with made_while(wanted), pytest.raises(NobodyWaits):
        exported(load_atlas(), name, View(), "")
    assert asked_for == 3


@asynccontextmanager
async def client_of(easel: Easel) -> AsyncIterator[tuple[DrawingDesk, httpx.AsyncClient]]:
    """A desk, and someone to ask what stands behind it."""
    desk = DrawingDesk(load_atlas())

    async def drawn(request: Any) -> Response:
        lang = request.query_params.get("lang", "en")
        return Response(await desk.make(request, lang, easel.make, request.query_params["name"]))

    async def page(_request: Any) -> Response:
        return Response(await run_in_threadpool(lambda: b"page"))

    app = Starlette(routes=[Route("/drawn", drawn), Route("/page", page)])
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://atlas") as client:
        yield desk, client


def test_pages_are_answered_while_more_pictures_wait_than_there_are_threads(easel: Easel) -> None:
    async def story() -> None:
        async with client_of(easel) as (desk, client):
            asking = [asyncio.create_task(client.get("/drawn?name=in+hand"))]
            while desk.state().drawing == 0:
                await asyncio.sleep(0.01)
            asking += [asyncio.create_task(client.get(f"/drawn?name={n}")) for n in range(59)]
            while sum(one.done() for one in asking) < 60 - drawing_room.PLACES - 1:
                await asyncio.sleep(0.01)
            assert desk.state() == (1, drawing_room.PLACES)
            assert (await client.get("/page")).text == "page"
            easel.go_on.set()
            answers = sorted([(await one).status_code for one in asking])
            made = drawing_room.PLACES + 1
            assert answers == [200] * made + [503] * (60 - made)

    run_apart(story())


@pytest.mark.parametrize(("lang", "words"), [("en", "Ask again in"), ("es", "Vuelva a pedirlo en")])
def test_the_answer_of_a_full_room_names_when_to_come_back(
    easel: Easel, lang: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> httpx.Response:
        async with client_of(easel) as (_, client):
            return await client.get(f"/drawn?name=a&lang={lang}")

    monkeypatch.setattr(drawing_room, "PLACES", 0)
    answer: httpx.Response = run_apart(story())
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) >= 1
    assert answer.headers["cache-control"] == "no-store"
    assert words in answer.text
    assert answer.headers["retry-after"] in answer.text


def test_a_room_that_is_not_there_is_full(tmp_path: Any) -> None:
    with pytest.raises(RoomFullError):
        run_apart(asked(tmp_path / "nobody", Order(exported, ())))
