"""How routes read a request and answer it: the query, downloads, JSON, cache headers."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

BRIEFLY: Final = "public, max-age=300"
"""Five minutes: what is computed from the data, at an address that stays when the data changes."""


NEVER_KEPT: Final = "no-store"
"""What is asked for anew every time."""


def query_of(request: Request) -> dict[str, list[str]]:
    """The parameters of a request with all their values, as `view.read_query` takes them."""
    return {name: request.query_params.getlist(name) for name in request.query_params}


def attached(body: bytes, media_type: str, name: str) -> Response:
    """A file to be kept under `name`, which is plain ASCII."""
    headers = {
        "Cache-Control": BRIEFLY,
        "Access-Control-Allow-Origin": "*",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    return Response(body, media_type=media_type, headers=headers)
