"""Streamlit's own scripts travel compressed, and are what they were."""

from __future__ import annotations

import asyncio
import gzip
import urllib.request
from typing import TYPE_CHECKING

import httpx
import pytest

from geo.drawing import IMMUTABLE
from geo.server import frontend_files
from geo.server.frontend_files import FrontendFiles
from geo.server.streamlit import FOLDER, frontend_folder, own_fonts
from tests.own_loop import run_apart

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.types import Receive, Scope, Send

    from tests.fleet import Replica


async def elsewhere(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"x-from", b"app")]})
    await send({"type": "http.response.body", "body": b"plain"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "main.js").write_text("let a = 1;" * 1000, encoding="utf-8")
    (tmp_path / "font.woff2").write_bytes(b"wOF2")
    return tmp_path


async def answers(folder: Path, *paths: str, **headers: str) -> list[httpx.Response]:
    """What each path is answered, all of them asked at once."""
    transport = httpx.ASGITransport(FrontendFiles(elsewhere, own_fonts(), folder=folder))
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with httpx.AsyncClient(transport=transport, base_url="http://atlas") as client:
        return await asyncio.gather(*(client.get(path, headers=named) for path in paths))


def answer(folder: Path, path: str, **headers: str) -> httpx.Response:
    got: list[httpx.Response] = run_apart(answers(folder, path, **headers))
    return got[0]


def test_a_script_is_packed_once_however_many_ask_at_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed: list[Path] = []
    pack = frontend_files._gzip

    def counted(path: Path) -> bytes:
        packed.append(path)
        return pack(path)

    monkeypatch.setattr(frontend_files, "_gzip", counted)
    got = run_apart(answers(folder, *[f"{FOLDER}js/main.js"] * 20))
    assert len({one.content for one in got}) == 1
    assert int(got[0].headers["content-length"]) < 500
    assert packed == [folder / "js" / "main.js"]


def test_a_script_that_is_gone_is_streamlits_to_miss(folder: Path) -> None:
    async def asked() -> httpx.Response:
        app = FrontendFiles(elsewhere, {}, folder=folder)
        (folder / "js" / "main.js").unlink()
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://atlas") as client:
            return await client.get(f"{FOLDER}js/main.js")

    assert run_apart(asked()).headers["x-from"] == "app"


def test_a_font_of_streamlits_is_sent_as_far_as_it_is_used(folder: Path) -> None:
    assert len(own_fonts()) == 2
    for name, content in own_fonts().items():
        assert len(content) < (frontend_folder() / name).stat().st_size / 5
        got = answer(folder, FOLDER + name)
        assert got.content == content
        assert got.headers["content-type"] == "font/woff2"
        # Its address says nothing of what is cut from it, so that it may not be kept for ever.
        assert got.headers["cache-control"] == "public, max-age=86400"


def test_a_font_that_the_page_has_loaded_before_is_not_sent_again() -> None:
    async def asked() -> httpx.Response:
        app = FrontendFiles(elsewhere, own_fonts(), {"media/sans.woff2": "/assets/sans.1.woff2"})
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://atlas") as client:
            return await client.get(f"{FOLDER}media/sans.woff2")

    got = run_apart(asked())
    assert (got.status_code, got.headers["location"]) == (307, "/assets/sans.1.woff2")
    assert got.headers["access-control-allow-origin"] == "*"


def test_a_packed_script_is_what_it_was_and_may_be_kept(folder: Path) -> None:
    got = answer(folder, f"{FOLDER}js/main.js")
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
    folder: Path, path: str, headers: dict[str, str]
) -> None:
    assert answer(folder, path, **headers).headers["x-from"] == "app"


def test_the_server_packs_its_pages_script(lasting: Replica) -> None:
    script = next((frontend_folder() / "js").glob("index.*.js"))
    request = urllib.request.Request(
        f"{lasting.url}{FOLDER}js/{script.name}", headers={"Accept-Encoding": "gzip"}
    )
    with urllib.request.urlopen(request) as got:
        assert got.headers["content-encoding"] == "gzip"
        content = got.read()
    assert gzip.decompress(content) == script.read_bytes()
    assert len(content) < 0.5 * script.stat().st_size
