"""What is taken away, over HTTP: the card, every kind of file, and how a view was computed."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from geo.atlas import Atlas
from geo.chapters.map import receipt_page_html
from geo.language import speech
from geo.server.drawing_desk import DrawingDesk
from geo.server.routes.answers import BRIEFLY, OPEN, asked_of, attached, own_address
from geo.share.files import card_png
from geo.words import view_file_name


def export_routes(atlas: Atlas, desk: DrawingDesk) -> list[BaseRoute]:
    """`/card.png`, `/export/…` and `/receipt.html`; what cannot be read of a view is ignored."""

    async def card(request: Request) -> Response:
        view, _ = asked_of(request, atlas)
        body = await desk.make(request, view.lang, card_png, view, slow=False)
        return Response(body, media_type="image/png", headers=OPEN)

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

    def receipt(request: Request) -> Response:
        view, _ = asked_of(request, atlas)
        page = receipt_page_html(atlas, view, speech(view.lang))
        headers = {"Cache-Control": BRIEFLY, "X-Robots-Tag": "noindex"}
        return HTMLResponse(str(page), headers=headers)

    return [
        Route("/card.png", card),
        Route("/export/{name}", export),
        Route("/receipt.html", receipt),
    ]
