"""What browsers ask for is packed once, where the atlas is installed, and is what it was."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import brotli
import httpx
import pytest
from starlette.applications import Starlette

from geo.atlas import load_atlas
from geo.drawing import IMMUTABLE, build_shelf
from geo.server import DrawingDesk, FrontDoor, FrontendFiles, Packed, Tally, pack_all, packable
from geo.server.routes import page_routes, routes
from geo.server.streamlit import COMPONENT, FOLDER
from tests.own_loop import run_apart

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = b"let a = 1;" * 1000
CONTENTS = {"/assets/a.1.js": SCRIPT, "/static/css/b.2.css": b"p {}" * 1000}
NAMES_ITS_CONTENT = re.compile(r"\.[0-9a-f]{8,12}\.|\.[\w-]{8}\.(js|css)$|/leaflet-\d+\.\d+\.\d+/")


def pack(store: Path, **changed: bytes) -> list[tuple[int, int]]:
    return list(pack_all(CONTENTS | changed, store))


def test_what_is_packed_is_what_it_was_and_is_packed_once(tmp_path: Path) -> None:
    assert pack(tmp_path) == [(1, 2), (2, 2)]
    for url, content in CONTENTS.items():
        assert brotli.decompress((tmp_path / f"{url[1:]}.br").read_bytes()) == content
    assert pack(tmp_path) == []


def test_what_another_process_is_packing_stays_and_what_a_dead_one_left_goes(
    tmp_path: Path,
) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as dead:
        dead.wait()
    halves = {pid: tmp_path / f"c.3.js.br.{pid}" for pid in (os.getppid(), dead.pid)}
    for half in halves.values():
        half.write_bytes(b"half")
    pack(tmp_path)
    assert [half.is_file() for half in halves.values()] == [True, False]


def test_what_has_no_use_any_more_goes(tmp_path: Path) -> None:
    assert pack(tmp_path, **{"/assets/old.0.js": SCRIPT})[-1] == (3, 3)
    assert pack(tmp_path) == []
    assert sorted(Packed(tmp_path).paths) == sorted(CONTENTS)


def test_a_file_of_a_library_is_packed_from_where_it_lies(tmp_path: Path) -> None:
    original = tmp_path / "original.js"
    original.write_bytes(SCRIPT)
    assert list(pack_all({"/assets/c.3.js": original}, tmp_path / "store")) == [(1, 1)]
    answer = Packed(tmp_path / "store").answer("/assets/c.3.js", "br, gzip")
    assert answer is not None
    assert brotli.decompress(bytes(answer.body)) == SCRIPT


@pytest.mark.parametrize(
    ("url", "encodings"),
    [("/assets/a.1.js", "gzip"), ("/assets/a.1.js", ""), ("/assets/other.js", "br"),
     ("/assets/../assets/a.1.js", "br")],
)  # fmt: skip
def test_nothing_else_is_answered(tmp_path: Path, url: str, encodings: str) -> None:
    pack(tmp_path)
    assert Packed(tmp_path).answer(url, encodings) is None


def test_what_was_taken_away_while_the_server_runs_comes_as_it_did_before(tmp_path: Path) -> None:
    pack(tmp_path)
    packed = Packed(tmp_path)
    (tmp_path / "assets" / "a.1.js.br").unlink()
    assert packed.answer("/assets/a.1.js", "br") is None
    assert Packed(tmp_path / "nothing").paths == {}


def test_every_address_names_its_content_or_version_since_a_file_is_kept_by_it() -> None:
    wanted = packable(build_shelf(load_atlas()))
    assert {url for url in wanted if not NAMES_ITS_CONTENT.search(url)} == set()
    for folder in ("/assets/", "/geo/", "/assets/leaflet-", FOLDER, COMPONENT):
        assert any(url.startswith(folder) for url in wanted), folder


@pytest.mark.parametrize(
    ("taken", "packing"),
    [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("*", "br"),
     ("*;q=0", None), ("x-gzip", "gzip"), ("identity", None), ("BR", "br")],
)  # fmt: skip
def test_the_front_door_sends_the_closest_form_that_its_asker_unpacks(
    tmp_path: Path, taken: str, packing: str | None
) -> None:
    atlas = load_atlas()
    shelf = build_shelf(atlas)
    url = shelf.url("pages.js")
    list(pack_all({url: shelf.by_url[url].content}, tmp_path))
    answered = [*page_routes(atlas, shelf), *routes(atlas, shelf, DrawingDesk(atlas), Tally())]
    inner = FrontendFiles(Starlette(routes=answered), {}, {}, stored=Packed(tmp_path))
    door = FrontDoor(inner, answered, atlas.version)

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(door)
        async with httpx.AsyncClient(transport=transport, base_url="http://atlas") as client:
            return await client.get(url, headers={"Accept-Encoding": taken})

    got = run_apart(asked())
    assert got.headers.get("content-encoding") == packing
    assert got.content == shelf.by_url[url].content
    assert got.headers["cache-control"] == IMMUTABLE
    assert got.headers["vary"] == "Accept-Encoding"
