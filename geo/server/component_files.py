"""The map component's own files, served by any process.

Streamlit serves a component's files from a process that has run a page with it. Where several
share the port, a browser may ask another one, so they are answered before Streamlit is asked.
"""

from __future__ import annotations

import os

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from geo.drawing import IMMUTABLE
from geo.server.address import frame_setting
from geo.server.content_policy import COMPONENT as COMPONENT_POLICY
from geo.server.content_policy import POLICY, framed_by
from geo.server.streamlit import COMPONENT, COMPONENT_PACKAGE


class _Files(StaticFiles):
    """The names of the scripts carry a hash, so they may be kept for ever; the page may not."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        hashed = path.startswith(f"static{os.sep}")
        response.headers["Cache-Control"] = IMMUTABLE if hashed else "no-cache"
        response.headers[POLICY] = framed_by(COMPONENT_POLICY, frame_setting(), by_own_pages=True)
        return response


def component_files() -> Starlette:
    """An ASGI app for everything below COMPONENT."""
    files = _Files(packages=[COMPONENT_PACKAGE])
    return Starlette(routes=[Mount(COMPONENT, files)], middleware=[Middleware(GZipMiddleware)])
