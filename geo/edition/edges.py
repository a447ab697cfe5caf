"""What a web server gives out beside pages: the list of them, rules for crawlers, and the 404."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from geo.drawing import each
from geo.edition.page import Edition
from geo.language import speech
from geo.view import LANGS

SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
"""The name of the vocabulary of sitemaps; nothing is fetched from it."""

STYLE = (
    ":root{color-scheme:light dark}body{max-width:40rem;margin:4rem auto;padding:0 1.2rem;"
    "font:1.05rem/1.6 system-ui,sans-serif}a{color:light-dark(#1d5b86,#8fc1e6)}"
)


def edge_files(edition: Edition, files: Iterable[str]) -> dict[str, bytes]:
    """`404.html`, and with a known address `sitemap.xml` and `robots.txt`."""
    found = {"404.html": _not_found(edition).encode()}
    if edition.base:
        pages = [file for file in files if file.endswith(".html") and "files/" not in file]
        listed = each("<url><loc>{}</loc></url>\n", (f"{edition.base}/{file}" for file in pages))
        found["sitemap.xml"] = (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{SITEMAPS}">\n'
            f"{listed}</urlset>\n"
        ).encode()
        sitemap = f"{edition.base}/sitemap.xml"
        found["robots.txt"] = f"User-agent: *\nDisallow:\nSitemap: {sitemap}\n".encode()
    return found


def _not_found(edition: Edition) -> str:
    """A page that may be given out at any depth: it leads by whole addresses, or by the root."""
    parts, version = [], edition.atlas.version
    for lang in LANGS:
        say = speech(lang)
        home = f"{edition.base}/{'' if lang == LANGS[0] else lang + '/'}index.html"
        parts.append(
            Markup(
                '<section lang="{}"><h1>{}</h1><p>{}</p><p><a href="{}">{}</a></p></section>'
            ).format(
                lang,
                say.t("This page is not in this edition"),
                say.t(
                    "The edition holds the atlas as it was with data {version}.", version=version
                ),
                home,
                say.t("To the map"),
            )
        )
    return str(
        Markup(
            '<!doctype html><html lang="{}"><head><meta charset="utf-8"><meta name="viewport" '
            'content="width=device-width, initial-scale=1"><title>404 · Mérida Atlas</title>'
            "<style>{}</style></head><body><main>{}</main></body></html>\n"
        ).format(LANGS[0], Markup(STYLE), Markup("").join(parts))  # noqa: S704 - ours
    )
