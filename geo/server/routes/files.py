"""What is taken away, over HTTP: the card, and every kind of file."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from geo.atlas import Atlas
from geo.language import speech
from geo.server.routes.answers import BRIEFLY, asked_of, attached, own_address
from geo.share.files import card_png


def export_routes(atlas: Atlas) -> list[BaseRoute]:
    """`/card.png` and `/export/…`, for any view; what cannot be read is ignored, as on the page."""

    def card(request: Request) -> Response:
        view, _ = asked_of(request, atlas)
        body = card_png(atlas, view)
        headers = {"Cache-Control": BRIEFLY, "Access-Control-Allow-Origin": "*"}
        return Response(body, media_type="image/png", headers=headers)

    def export(request: Request) -> Response:
        from geo.share import KINDS

        view, notices = asked_of(request, atlas)
        kind = KINDS.get(request.path_params["name"])
        if kind is None:
            text = speech(view.lang).t("A view is exported as {names}.", names=", ".join(KINDS))
            return PlainTextResponse(text, 404)
        body = kind.made(atlas, view, own_address(request), notices)
        return attached(body, kind.media_type, kind.file)

    return [Route("/card.png", card), Route("/export/{name}", export)]
