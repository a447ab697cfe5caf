"""How routes read a request and answer it: view, what was ignored, own address, downloads."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import quote

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from geo.atlas import Atlas
from geo.drawing import IMMUTABLE, Served
from geo.language import speech
from geo.policy import MAX_SPOKEN_NOTICES, MAX_SPOKEN_TEXT
from geo.server.address import base_of, base_setting
from geo.server.refusals import NEVER_KEPT as NEVER_KEPT
from geo.share.files import as_json
from geo.view import STRICT, Notice, View, last_of, read_query
from geo.words import ignored

BRIEFLY: Final = "public, max-age=300, stale-while-revalidate=3600, stale-if-error=86400"
"""Five minutes: what is computed from the data, at an address that stays when the data changes.

A cache may give it out for an hour more while it asks whether it is still so (RFC 5861), and for a
day where nobody answers.
"""

OPEN: Final = {"Cache-Control": BRIEFLY, "Access-Control-Allow-Origin": "*"}
"""What is said of an answer that the scripts of any site may read."""

OF_THE_DATA: Final = (
    *("/api/", "/export/", "/download/", "/handout/"),
    *("/card.png", "/present", "/robots.txt", "/sitemap.xml"),
)
"""Beginnings of the addresses whose answers are kept BRIEFLY: they change with data and program."""

DAILY: Final = "public, max-age=86400"
"""A day: what changes with the program at the most."""

REVISED: Final = "no-cache"
"""Kept, and asked about before each use."""

AT_AN_EDGE: Final = {
    "CDN-Cache-Control": "max-age=60, stale-while-revalidate=60, stale-if-error=86400",
    "X-Accel-Expires": "60",
}
"""What is said of a page to caches that stand before the server (RFC 9213; nginx, which keeps the
second to itself): a minute, another one while they ask, a day where nobody answers. A page changes
only with data and program; browsers ask each time all the same."""

IGNORED: Final = "merida_atlas.ignored"
"""Where a request holds the list of what of its address was ignored; the front door tells it."""

NO: Final = ("", "0", "false", "no")


def query_of(request: Request) -> dict[str, list[str]]:
    """The parameters of a request with all their values, as `view.read_query` takes them."""
    return {name: request.query_params.getlist(name) for name in request.query_params}


def asked_of(
    request: Request, atlas: Atlas, beside: Container[str] = ()
) -> tuple[View, tuple[Notice, ...]]:
    """The view that a request spells, and what of it could not be used, which is noted.

    `beside` names parameters that the route itself reads.
    """
    view, notices = read_query(query_of(request), beside, atlas.state_named)
    note_ignored(request, notices, view.lang)
    return view, notices


def note_ignored(request: Request, notices: Iterable[Notice], lang: str) -> None:
    """Note what could not be used, for a header of the answer; refuse it where `strict` is asked.

    Raises `HTTPException` 422 with the words that the page has for it.
    """
    notices = tuple(notices)
    told = request.scope.setdefault(IGNORED, [])
    told += [_as_header(notice) for notice in notices][: MAX_SPOKEN_NOTICES - len(told)]
    if notices and last_of(query_of(request), STRICT).lower() not in NO:
        raise HTTPException(422, ignored(notices, speech(lang)))


def _as_header(notice: Notice) -> str:
    name, given = (quote(text[:MAX_SPOKEN_TEXT]) for text in (notice.parameter, notice.given))
    return f"{name}={given}"


def own_address(request: Request) -> str:
    """The address this server is reached at, as far as it can be told."""
    return base_of(request.headers, request.url.scheme, base_setting())


def attached(body: bytes, media_type: str, name: str) -> Response:
    """A file to be kept under `name`, which is plain ASCII."""
    headers = OPEN | {
        "Access-Control-Expose-Headers": "X-Atlas-Ignored",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    return Response(body, media_type=media_type, headers=headers)


def attached_csv(text: str, name: str) -> Response:
    """The same of a table."""
    return attached(text.encode(), "text/csv; charset=utf-8", name)


def json_answer(
    value: Any,
    status: int = 200,
    headers: Mapping[str, str] = MappingProxyType(OPEN),
    media_type: str = "application/json",
) -> Response:
    """A value as JSON, which is open to all unless other headers are given."""
    return Response(as_json(value), status, headers, media_type)


async def sent_file(request: Request) -> UploadFile | str | None:
    """What a form sends as its `file`; None where nothing is, or what is sent is no form."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return None
    try:
        return (await request.form(max_files=1, max_fields=2)).get("file")
    except HTTPException:
        return None


def shelved_answer(served: Served, request: Request) -> Response:
    """A file at an immutable address, compressed for whoever can unpack it."""
    headers = {"Cache-Control": IMMUTABLE, "Vary": "Accept-Encoding", "ETag": f'"{served.url}"'}
    if served.shrinks and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(served.zipped, media_type=served.media_type, headers=headers)
    return Response(served.content, media_type=served.media_type, headers=headers)
