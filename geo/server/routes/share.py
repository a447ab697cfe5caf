"""What crawlers ask for beside the pages: the rules for them, and the list of pages."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from geo.atlas import Atlas
from geo.chapters import MAP
from geo.server.previews import PAGES, announced
from geo.server.routes.answers import BRIEFLY, NEVER_KEPT, own_address, query_of
from geo.share import dialog_html
from geo.view import LANGS, PLACE, last_of

PLACED: Final = re.compile(r"\d{1,2}(\.\d{1,3})?,-\d{1,3}(\.\d{1,3})?,\d{1,2}(\.\d{1,2})?")
"""A place of the map as `place.js` writes it."""

PRIVATE: Final = ("/_stcore/", "/component/")
"""Addresses that hold nothing to read."""


def sharing_routes(atlas: Atlas) -> list[BaseRoute]:
    """`/robots.txt`, `/sitemap.xml`, and the inside of the share panel at `/share.html`."""

    def robots(request: Request) -> Response:
        base = own_address(request)
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE)]
        if base:
            lines.append(f"Sitemap: {base}/sitemap.xml")
        return PlainTextResponse("\n".join(lines) + "\n", headers={"Cache-Control": BRIEFLY})

    def sitemap(request: Request) -> Response:
        base = own_address(request)
        entries = [
            Markup("<url><loc>{}</loc></url>").format(
                f"{base}/{page}" + ("" if lang == LANGS[0] else f"?lang={lang}")
            )
            for page in PAGES
            for lang in LANGS
        ]
        markup = Markup(
            '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{}">{}</urlset>\n'
        ).format(SITEMAPS, Markup("").join(entries if base else ()))
        return Response(
            str(markup), headers={"Cache-Control": BRIEFLY}, media_type="application/xml"
        )

    def share(request: Request) -> Response:
        query = query_of(request)
        preview = announced(atlas, query.pop("page", [MAP])[-1], query)
        base, at = own_address(request), last_of(query, PLACE)
        today = datetime.now(UTC).date()
        return HTMLResponse(
            str(dialog_html(atlas, preview, base, today, at if PLACED.fullmatch(at) else "")),
            headers={"Cache-Control": NEVER_KEPT, "X-Robots-Tag": "noindex"},
        )

    return [
        Route("/share.html", share),
        Route("/robots.txt", robots),
        Route("/sitemap.xml", sitemap),
    ]


SITEMAPS: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
"""The name of the vocabulary of sitemaps; nothing is fetched from it."""
