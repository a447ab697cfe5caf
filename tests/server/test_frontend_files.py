"""Streamlit's own scripts travel compressed, and are what they were."""

from __future__ import annotations

import gzip
import time
import urllib.request
from typing import TYPE_CHECKING

import httpx
import pytest

from geo.drawing import IMMUTABLE
from geo.server.frontend_files import FrontendFiles, pack
from geo.server.streamlit import FOLDER, frontend_folder, own_fonts
from tests.own_loop import run_apart

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.types import Receive, Scope, Send

    from tests.serving import StreamlitServer

LIMIT = 60.0


async def elsewhere(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"x-from", b"app")]})
    await send({"type": "http.response.body", "body": b"plain"})


@pytest.fixture
def packed(tmp_path: Path) -> dict[str, bytes]:
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "main.js").write_text("let a = 1;" * 1000, encoding="utf-8")
    (tmp_path / "font.woff2").write_bytes(b"wOF2")
    found: dict[str, bytes] = {}
    pack(found, tmp_path)
    return found


async def answer(packed: dict[str, bytes], path: str, **headers: str) -> httpx.Response:
    transport = httpx.ASGITransport(FrontendFiles(elsewhere, packed, own_fonts()))
    async with httpx.AsyncClient(transport=transport, base_url="http://atlas") as client:
        return await client.get(path, headers={n.replace("_", "-"): v for n, v in headers.items()})


def test_scripts_and_sheets_are_packed_and_what_is_packed_already_is_not(
    packed: dict[str, bytes],
) -> None:
    assert list(packed) == ["js/main.js"]
    assert len(packed["js/main.js"]) < 500


def test_a_font_of_streamlits_is_sent_as_far_as_it_is_used(packed: dict[str, bytes]) -> None:
    assert len(own_fonts()) == 2
    for name, content in own_fonts().items():
        assert len(content) < (frontend_folder() / name).stat().st_size / 5
        got = run_apart(answer(packed, FOLDER + name))
        assert got.content == content
        assert got.headers["content-type"] == "font/woff2"
        # Its address says nothing of what is cut from it, so that it may not be kept for ever.
        assert got.headers["cache-control"] == "public, max-age=86400"


def test_a_font_that_the_page_has_loaded_before_is_not_sent_again() -> None:
    async def asked() -> httpx.Response:
        app = FrontendFiles(
            elsewhere, {}, own_fonts(), {"media/sans.woff2": "/assets/sans.1.woff2"}
        )
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://atlas") as client:
            return await client.get(f"{FOLDER}media/sans.woff2")

    got = run_apart(asked())
    assert (got.status_code, got.headers["location"]) == (307, "/assets/sans.1.woff2")
    assert got.headers["access-control-allow-origin"] == "*"


def test_a_packed_script_is_what_it_was_and_may_be_kept(packed: dict[str, bytes]) -> None:
    got = run_apart(answer(packed, f"{FOLDER}js/main.js"))
    assert got.text == "let a = 1;" * 1000
    assert got.headers["content-encoding"] == "gzip"
    assert got.headers["content-type"].startswith("text/javascript")
    assert got.headers["cache-control"] == IMMUTABLE


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        (f"{FOLDER}js/main.js", {"accept_encoding": "identity"}),
        (f"{FOLDER}js/other.js", {}),
        (f"{FOLDER}font.woff2", {}),
        ("/js/main.js", {}),
    ],
)
def test_everything_else_is_streamlits_to_answer(
    packed: dict[str, bytes], path: str, headers: dict[str, str]
) -> None:
    assert run_apart(answer(packed, path, **headers)).headers["x-from"] == "app"


def test_the_server_packs_its_pages_script_some_time_after_the_start(
    atlas_process: StreamlitServer,
) -> None:
    script = next((frontend_folder() / "js").glob("index.*.js"))
    request = urllib.request.Request(
        f"{atlas_process.url}{FOLDER}js/{script.name}", headers={"Accept-Encoding": "gzip"}
    )
    deadline = time.monotonic() + LIMIT
    while True:
        with urllib.request.urlopen(request) as got:
            content, packing = got.read(), got.headers["content-encoding"]
        if packing == "gzip":
            break
        assert content == script.read_bytes()
        assert time.monotonic() < deadline, "it is never packed"
        time.sleep(0.5)
    assert gzip.decompress(content) == script.read_bytes()
    assert len(content) < 0.5 * script.stat().st_size
