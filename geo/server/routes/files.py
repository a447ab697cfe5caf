"""What is taken away, over HTTP: the card, and every kind of file."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from geo.atlas import Atlas
from geo.language import speech
from geo.server.drawing_desk import DrawingDesk
from geo.server.routes.answers import BRIEFLY, asked_of, attached, own_address
from geo.share.files import card_png
from geo.words import view_file_name


def export_routes(atlas: Atlas, desk: DrawingDesk) -> list[BaseRoute]:
    """`/card.png` and `/export/…`, for any view; what cannot be read is ignored, as on the page."""

    async def card(request: Request) -> Response:
        view, _ = asked_of(request, atlas)
        body = await desk.make(request, view.lang, card_png, view, slow=False)
        headers = {"Cache-Control": BRIEFLY, "Access-Control-Allow-Origin": "*"}
        return Response(body, media_type="image/png", headers=headers)

    async def export(request: Request) -> Response:
        from geo.share import KINDS, exported

        view, notices = asked_of(request, atlas)
        kind = KINDS.get(request.path_params["name"])
        if kind is None:
            text = speech(view.lang).t("A view is exported as {names}.", names=", ".join(KINDS))
            return PlainTextResponse(text, 404)
        base = own_address(request)
        if kind.takes_long:
            body = await desk.make(request, view.lang, exported, kind.name, view, base, notices)
        else:
            body = await run_in_threadpool(kind.made, atlas, view, base, notices)
        return attached(body, kind.media_type, view_file_name(atlas, kind.name, view))

    return [Route("/card.png", card), Route("/export/{name}", export)]
