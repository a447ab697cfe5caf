"""The pages themselves: Streamlit's page, completed for the view that its address spells."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from geo.atlas import Atlas
from geo.chapters import MAP
from geo.drawing import LEAFLET, MAP_SCRIPT, PAGE_SCRIPT, PAGE_SHEET, Shelf
from geo.language import speech
from geo.paths import HEADING_FONT, ICON_FONT, TEXT_FONT
from geo.server.content_policy import APP, POLICY, scripts_of
from geo.server.previews import PAGES, announced
from geo.server.program import STARTED
from geo.server.routes.answers import REVISED, own_address, query_of
from geo.server.routes.paint import choices
from geo.server.streamlit import FOLDER, complete_page, own_fonts, page_template
from geo.server.streamlit_words import words_of_streamlit
from geo.share import tags_html, unconnected_html
from geo.share.files import as_json
from geo.view import LANGS

ADDRESS_NAMES_LANGUAGE: Final = (
    "<script>(function(){var lang=document.documentElement.lang,query=location.search;"
    f'if(lang!=="{LANGS[0]}"&&!new URLSearchParams(query).get("lang"))'
    'history.replaceState(null,"",location.pathname+query+(query?"&":"?")+"lang="+lang'
    "+location.hash)})()</script>"
)
"""A reader whose browser asks for another language is met in it, and the address then says so:
before the app reads it, and so that it opens the same for whoever it is sent to."""


def page_routes(atlas: Atlas, shelf: Shelf) -> list[BaseRoute]:
    """A route for each page of the dashboard."""
    template, head = page_template(), _head_html(shelf)
    early = _early_html(
        [shelf.url(name) for name in ("states.geojson", "neighbours.geojson", "sites.json")]
    )

    async def page(request: Request) -> Response:
        path = request.url.path
        preview = await run_in_threadpool(announced, atlas, path, query_of(request))
        title = Markup("<title>{}</title>").format(preview.title)
        tags = tags_html(preview, own_address(request))
        shapes = early if path == f"/{MAP}" else ""
        content = complete_page(
            template,
            preview.lang,
            f"{ADDRESS_NAMES_LANGUAGE}{title}{tags}{shapes}{head}",
            unconnected_html(atlas, preview.view, speech(preview.lang)),
        )
        policy = APP.format(scripts=scripts_of(content.encode()))
        return HTMLResponse(content, headers={"Cache-Control": REVISED, POLICY: policy})

    return [Route(f"/{path}", page) for path in PAGES]


def _head_html(shelf: Shelf) -> Markup:
    """What the head of every page holds."""
    sheet = Markup('<link rel="stylesheet" href="{}">').format(shelf.url(PAGE_SHEET))
    scripts = (f"{LEAFLET}/leaflet.js", shelf.url(MAP_SCRIPT))
    early = [Markup('<link rel="prefetch" href="{}">').format(url) for url in scripts]
    script = Markup('<script defer src="{}"></script>').format(shelf.url(PAGE_SCRIPT))
    told = {
        "started": STARTED,
        "choices": as_json(choices()).decode(),
        "share": shelf.url("share.js"),
        "words": as_json(words_of_streamlit()).decode(),
    }
    metas = [
        Markup('<meta name="merida-atlas-{}" content="{}">').format(name, text)
        for name, text in told.items()
    ]
    icon = Markup('<link rel="icon" type="image/svg+xml" href="{}">').format(
        shelf.url("favicon.svg")
    )
    # Asked for before any script, so that they are there when the first text is.
    urls = [shelf.url(path.name) for path in (HEADING_FONT, TEXT_FONT)]
    fonts = [
        Markup('<link rel="preload" as="font" type="font/woff2" href="{}" crossorigin>').format(url)
        for url in (*urls, *(FOLDER + name for name in own_fonts(ICON_FONT)))
    ]
    return Markup("").join([*metas, icon, *fonts, sheet, *early, script])


def _early_html(urls: list[str]) -> str:
    """A script that asks for the map's geometry while the page is still loading; see atlas-map.js.

    A promise that fails is asked for again by whoever needs it.
    """
    asked = as_json(urls).decode()
    return (
        "<script>window.atlasEarly={};"
        f"{asked}.forEach(function(url){{var asked=window.atlasEarly[url]=fetch(url)"
        ".then(function(answer){if(!answer.ok)throw new Error(url);return answer.json()});"
        "asked.catch(function(){})})</script>"
    )
