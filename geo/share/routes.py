"""What crawlers ask for beside the pages: the rules for them, and the list of pages."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from geo.answers import BRIEFLY
from geo.page_keeps import KEEPS
from geo.share.base import base_of, base_setting
from geo.view import LANGS

PRIVATE: Final = ("/_stcore/", "/component/")
"""Addresses that hold nothing to read."""


def share_routes() -> list[BaseRoute]:
    """`/robots.txt` and `/sitemap.xml`."""
    setting = base_setting()

    def robots(request: Request) -> Response:
        base = base_of(request.headers, request.url.scheme, setting)
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE)]
        if base:
            lines.append(f"Sitemap: {base}/sitemap.xml")
        return PlainTextResponse("\n".join(lines) + "\n", headers={"Cache-Control": BRIEFLY})

    def sitemap(request: Request) -> Response:
        base = base_of(request.headers, request.url.scheme, setting)
        entries = [
            Markup("<url><loc>{}</loc></url>").format(
                f"{base}/{page}" + ("" if lang == LANGS[0] else f"?lang={lang}")
            )
            for page in KEEPS
            for lang in LANGS
        ]
        told = Markup(
            '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{}">{}</urlset>\n'
        ).format(SITEMAPS, Markup("").join(entries if base else ()))
        return Response(str(told), headers={"Cache-Control": BRIEFLY}, media_type="application/xml")

    return [Route("/robots.txt", robots), Route("/sitemap.xml", sitemap)]


SITEMAPS: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
"""The name of the vocabulary of sitemaps; nothing is fetched from it."""
