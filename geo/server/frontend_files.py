"""Streamlit's own scripts and style sheets, compressed once instead of not at all; its fonts, cut.

Streamlit leaves their compression to a proxy, since doing it anew for each request would cost more
than it gives. A phone on a slow line then waits for three megabytes before it sees a map. What was
packed where the atlas was installed is sent so (`geo.server.packed`). For a browser that does not
unpack brotli a file is compressed when the first of them asks for it, and kept; for one that
unpacks nothing Streamlit answers.
"""

from __future__ import annotations

import asyncio
import gzip
import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from geo.drawing import IMMUTABLE, MEDIA_TYPES
from geo.server.address import frame_setting
from geo.server.content_policy import COMPONENT as COMPONENT_POLICY
from geo.server.content_policy import POLICY, framed_by
from geo.server.packed import TEXTS, Packed
from geo.server.streamlit import COMPONENT, COMPONENT_PACKAGE, FOLDER, frontend_folder

FOR_A_DAY: Final = "public, max-age=86400"
"""The address of a font tells Streamlit's version of it, and not what is cut from it."""


class _Files(StaticFiles):
    """The names of the scripts carry a hash, so they may be kept for ever; the page may not."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        hashed = path.startswith(f"static{os.sep}")
        response.headers["Cache-Control"] = IMMUTABLE if hashed else "no-cache"
        response.headers[POLICY] = framed_by(COMPONENT_POLICY, frame_setting(), by_own_pages=True)
        return response


def component_files() -> Starlette:
    """An ASGI app for everything below COMPONENT, which any process serves.

    Streamlit serves a component's files from a process that has run a page with it. Where several
    share the port, a browser may ask another one, so they are answered before Streamlit is asked.
    """
    files = _Files(packages=[COMPONENT_PACKAGE])
    return Starlette(routes=[Mount(COMPONENT, files)], middleware=[Middleware(GZipMiddleware)])


class FrontendFiles:
    """ASGI middleware: the map component's files, and scripts, style sheets and fonts of FOLDER.

    `stored` was packed beforehand. The others map what follows FOLDER in an address: `fonts` to
    what is sent instead of a font of Streamlit's, `loaded` to the address at which a page has
    loaded the same font before. `folder` holds the scripts and style sheets.
    """

    def __init__(
        self,
        app: ASGIApp,
        fonts: dict[str, bytes],
        loaded: Mapping[str, str] = MappingProxyType({}),
        stored: Packed | None = None,
        folder: Path | None = None,
    ) -> None:
        self.app = app
        self.stored = stored
        self.loaded = loaded
        self.texts = texts_of(folder or frontend_folder())
        self.packed: dict[str, bytes] = {}
        self.packing = asyncio.Lock()
        self.component = component_files()
        self.fonts = fonts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the compressed file, or pass the request on."""
        if self.stored and scope["type"] == "http":
            encodings = Headers(scope=scope).get("accept-encoding", "")
            if answer := self.stored.answer(scope["path"], encodings):
                await answer(scope, receive, send)
                return
        if scope["type"] == "http" and scope["path"].startswith(COMPONENT):
            await self.component(scope, receive, send)
            return
        if scope["type"] == "http" and scope["path"].startswith(FOLDER):
            name = scope["path"].removeprefix(FOLDER)
            asked = Headers(scope=scope)
            fields = {"Cache-Control": FOR_A_DAY, "Access-Control-Allow-Origin": "*"}
            if name in self.loaded:
                await RedirectResponse(self.loaded[name], 307, fields)(scope, receive, send)
                return
            if name in self.fonts and scope["method"] in ("GET", "HEAD"):
                await Response(self.fonts[name], media_type=MEDIA_TYPES["woff2"], headers=fields)(
                    scope, receive, send
                )
                return
            packs = name in self.texts and "gzip" in asked.get("accept-encoding", "")
            if packs and (content := await self._gzipped(name)):
                fields = {
                    "Cache-Control": IMMUTABLE,
                    "Content-Encoding": "gzip",
                    "Vary": "Accept-Encoding",
                }
                kind = MEDIA_TYPES[name.rsplit(".", 1)[1]]
                await Response(content, media_type=kind, headers=fields)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    async def _gzipped(self, name: str) -> bytes:
        async with self.packing:  # However many ask at once, one file at a time is compressed.
            if name not in self.packed:
                try:
                    self.packed[name] = await asyncio.to_thread(_gzip, self.texts[name])
                except OSError:  # It is not there any more, which Streamlit says.
                    return b""
        return self.packed[name]


def texts_of(folder: Path) -> dict[str, Path]:
    """The scripts and style sheets of a folder, by their path in it."""
    found = (path for path in folder.rglob("*") if path.suffix in TEXTS)
    return {path.relative_to(folder).as_posix(): path for path in found}


def _gzip(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6, mtime=0)
