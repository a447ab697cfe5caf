"""What is taken away, over HTTP: the card, and every kind of file."""

from __future__ import annotations

import hashlib

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from geo.atlas import Atlas
from geo.language import speech
from geo.server.address import base_of, base_setting
from geo.server.drawing_desk import DrawingDesk
from geo.server.routes.answers import BRIEFLY, attached, query_of
from geo.share.files import card_png
from geo.view import read_query
from geo.words import view_file_name


def export_routes(atlas: Atlas, desk: DrawingDesk) -> list[BaseRoute]:
    """`/card.png` and `/export/…`, for any view; what cannot be read is ignored, as on the page."""
    setting = base_setting()

    async def card(request: Request) -> Response:
        view, _ = read_query(query_of(request))
        body = await desk.make(request, view.lang, card_png, view, slow=False)
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers = {"Cache-Control": BRIEFLY, "ETag": tag, "Access-Control-Allow-Origin": "*"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(body, media_type="image/png", headers=headers)

    async def export(request: Request) -> Response:
        from geo.share import KINDS, exported

        view, _ = read_query(query_of(request))
        name = request.path_params["name"]
        kind = KINDS.get(name)
        if kind is None:
            text = speech(view.lang).t("A view is exported as {names}.", names=", ".join(KINDS))
            return PlainTextResponse(text, 404)
        base = base_of(request.headers, request.url.scheme, setting)
        if kind.takes_long:
            body = await desk.make(request, view.lang, exported, name, view, base)
        else:
            body = await run_in_threadpool(kind.make, atlas, view, base)
        return attached(body, kind.media_type, view_file_name(atlas, kind.name, view))

    return [Route("/card.png", card), Route("/export/{name}", export)]
