"""How a view's numbers were computed, at `/receipt.html`: for itself, and in parts for pages."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from geo.atlas import Atlas
from geo.chapters.map import receipt_page_html
from geo.language import speech
from geo.server.routes.answers import BRIEFLY, asked_of


def receipt_routes(atlas: Atlas) -> list[BaseRoute]:
    """`/receipt.html`."""

    def receipt(request: Request) -> Response:
        view, _ = asked_of(request, atlas)
        page = receipt_page_html(atlas, view, speech(view.lang))
        headers = {"Cache-Control": BRIEFLY, "X-Robots-Tag": "noindex"}
        return HTMLResponse(str(page), headers=headers)

    return [Route("/receipt.html", receipt)]
