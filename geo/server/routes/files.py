"""What is taken away, over HTTP: the card, and every kind of file."""

from __future__ import annotations

import hashlib

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from geo.atlas import Atlas
from geo.language import speech
from geo.server.address import base_of, base_setting
from geo.server.routes.answers import BRIEFLY, attached, query_of
from geo.share.files import card_png
from geo.view import read_query
from geo.words import view_file_name


def export_routes(atlas: Atlas) -> list[BaseRoute]:
    """`/card.png` and `/export/…`, for any view; what cannot be read is ignored, as on the page."""
    setting = base_setting()

    def card(request: Request) -> Response:
        view, _ = read_query(query_of(request))
        body = card_png(atlas, view)
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers = {"Cache-Control": BRIEFLY, "ETag": tag, "Access-Control-Allow-Origin": "*"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(body, media_type="image/png", headers=headers)

    def export(request: Request) -> Response:
        from geo.share import KINDS

        view, _ = read_query(query_of(request))
        kind = KINDS.get(request.path_params["name"])
        if kind is None:
            text = speech(view.lang).t("A view is exported as {names}.", names=", ".join(KINDS))
            return PlainTextResponse(text, 404)
        base = base_of(request.headers, request.url.scheme, setting)
        name = view_file_name(atlas, kind.name, view)
        return attached(kind.make(atlas, view, base), kind.media_type, name)

    return [Route("/card.png", card), Route("/export/{name}", export)]
