"""Pictures of a view over HTTP."""

from __future__ import annotations

import hashlib

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from geo.answers import BRIEFLY, query_of
from geo.atlas import Atlas
from geo.export.card import card_png
from geo.view import read_query


def picture_routes(atlas: Atlas) -> list[BaseRoute]:
    """`/card.png`, for any view; what of the query cannot be read is ignored, as on the page."""

    def card(request: Request) -> Response:
        view, _ = read_query(query_of(request))
        body = card_png(atlas, view)
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers = {"Cache-Control": BRIEFLY, "ETag": tag, "Access-Control-Allow-Origin": "*"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(body, media_type="image/png", headers=headers)

    return [Route("/card.png", card)]
