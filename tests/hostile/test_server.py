"""One client against everyone else: pictures, slow heads, bodies and connections without end.

The smaller version of `tests/bench/attack.py`: orders and answers, never a time.
"""

from __future__ import annotations

import asyncio
import json
import socket
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.bench.attackers import Attackers
from tests.hostile.wire import LIMIT
from tests.own_loop import run_apart
from tests.serving import AtlasServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.hostile.record import Met

MORE_THAN_THERE_IS_ROOM_FOR = 60
FEW_FILES = 128


class FewFiles(AtlasServer):
    """The atlas where a process may open few files."""

    def command(self) -> list[str]:
        return ["sh", "-c", f'ulimit -n {FEW_FILES}; exec "$0" "$@"', *super().command()]


@pytest.fixture(scope="module")
def few_files() -> Iterator[AtlasServer]:
    with FewFiles(processes=1) as running:
        yield running


async def answer(url: str, path: str) -> tuple[str, bytes]:
    """The status of an answer over a new connection, and all that came."""
    host, port = url.removeprefix("http://").split(":")
    head = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    line = socket.create_connection((host, int(port)), LIMIT)
    # Before anybody else of this process connects: of those who have said nothing, the server
    # closes the longest connected for the next one.
    line.sendall(head.encode())
    line.setblocking(False)
    async with asyncio.timeout(LIMIT):
        reader, writer = await asyncio.open_connection(sock=line)
        try:
            whole = await reader.read()
        finally:
            writer.close()
    return whole[9:12].decode(), whole


def not_given(asking: list[asyncio.Task[tuple[str, bytes]]]) -> list[tuple[str, bytes]]:
    """What those who have an answer until now and not what they asked for were answered."""
    return [one.result() for one in asking if one.done() and one.result()[0] != "200"]


async def pictures(url: str) -> dict[str, int]:
    """What `/healthz` says of them."""
    _, whole = await answer(url, "/healthz")
    return dict(json.loads(whole.partition(b"\r\n\r\n")[2])["pictures"])


async def looked_at(url: str) -> Counter[str]:
    """What the addresses that everyone needs answer, each over a new connection."""
    needed = ("/", "/methods", "/robots.txt", "/api/v1/values.csv", "/healthz")
    found = await asyncio.gather(*(answer(url, path) for path in needed))
    return Counter(status for status, _ in found)


def test_pages_api_and_health_are_answered_while_pictures_queue(
    attacked: AtlasServer, met: Met
) -> None:
    async def story() -> None:
        they = Attackers(attacked.url, 1)
        views = they.views(MORE_THAN_THERE_IS_ROOM_FOR)
        asking = [
            asyncio.create_task(answer(attacked.url, f"/export/view.zip?{view}")) for view in views
        ]
        while not (await pictures(attacked.url))["queued"]:
            await asyncio.sleep(0.05)
        # On a busy machine the last of them are heard only now, or the first is drawn already.
        while not not_given(asking) and (still := [one for one in asking if not one.done()]):
            await asyncio.wait(still, return_when=asyncio.FIRST_COMPLETED)
        seen = await looked_at(attacked.url)
        assert seen == {"200": 5}
        assert any((await pictures(attacked.url)).values())
        met("zips wait, and a page, the API, /healthz", "200", seen.total())
        refused = not_given(asking)
        assert {status for status, _ in refused} == {"503"}
        assert all(b"retry-after: " in whole for _, whole in refused)
        met("a zip where too many wait", "503 that says when to come back", len(refused))
        for one in asking:
            one.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
        while any((await pictures(attacked.url)).values()):
            await asyncio.sleep(0.05)
        met("clients who left", "nothing is drawn for them any more", len(asking) - len(refused))

    run_apart(story())


def test_the_same_picture_is_drawn_once_for_all_who_ask_at_once(
    attacked: AtlasServer, met: Met
) -> None:
    async def story() -> None:
        path = "/export/map.pdf?measure=usd&state=30&k=7"
        found = await asyncio.gather(*(answer(attacked.url, path) for _ in range(40)))
        assert {status for status, _ in found} == {"200"}
        met("the same PDF, 40 times at once", "200, drawn once", len(found))

    run_apart(story())


@pytest.mark.parametrize(
    ("what", "drip"), [("slow heads", b"y"), ("connections that say nothing", b"")]
)
def test_a_reader_finds_a_place_where_more_connections_are_held_than_there_are_files(
    few_files: AtlasServer, met: Met, what: str, drip: bytes
) -> None:
    async def story() -> None:
        they = Attackers(few_files.url, 1)
        holding = asyncio.create_task(they.hold(3 * FEW_FILES, drip))
        while they.met["opened"] < 3 * FEW_FILES:
            await asyncio.sleep(0.05)
        seen = await looked_at(few_files.url)
        assert seen == {"200": 5}
        holding.cancel()
        with suppress(asyncio.CancelledError):
            await holding
        met(f"{3 * FEW_FILES} {what}, and a page", "200", seen.total())

    begun = psutil.Process(few_files.pid).children()
    run_apart(story())
    assert psutil.Process(few_files.pid).children() == begun
    assert "out of system resource" not in few_files.log()
