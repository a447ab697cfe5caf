"""The pages themselves: complete HTML of the view that the address spells, and what begins the app.

The app is Streamlit's. Its page is completed with ours, which is painted first and is all there is
where no script runs; `assets/first.js` begins the app and hands over to it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from anyio import CapacityLimiter, to_thread
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from geo.atlas import Atlas, json_text
from geo.chapters import MAP, page_at
from geo.drawing import (
    LEAFLET,
    MAP_SCRIPT,
    MAP_SHEET,
    PAGE_SCRIPT,
    PAGE_SHEET,
    Served,
    Shelf,
    first_css,
    serve,
)
from geo.first import ask, first_html
from geo.language import speech
from geo.paths import HEADING_FONT, ICON_FONT, TEXT_FONT
from geo.server.content_policy import APP, POLICY, scripts_of
from geo.server.previews import PAGES, announced
from geo.server.program import identity_of
from geo.server.routes.answers import REVISED, own_address, query_of, shelved_answer
from geo.server.routes.paint import choices
from geo.server.streamlit import FOLDER, app_tags, complete_page, own_fonts, page_template
from geo.server.streamlit_words import words_of_streamlit
from geo.share import tags_html, unconnected_html, unreached_html
from geo.view import LANGS

ADDRESS_NAMES_LANGUAGE: Final = (
    "<script>(()=>{var lang=document.documentElement.lang,query=location.search;"
    'if(!new URLSearchParams(query).get("lang"))'
    'history.replaceState(null,"",location.pathname+query+(query?"&":"?")+"lang="+lang'
    "+location.hash)})()</script>"
)
"""A reader whose browser asks for another language is met in it, and the address then says so:
before the app reads it, and so that it opens the same for whoever it is sent to. Stands in pages of
every language but the first, which an address need not name."""

AFTER_THE_PAINT: Final = (
    "<script>(()=>{var put=(name,told)=>document.head.append("
    "Object.assign(document.createElement(name),told));"
    "var begin=()=>SCRIPTS.forEach(src=>put('script',{src,async:false}));"
    "var run=()=>{run=()=>{};var place=document.querySelector('#ma-first>main>noscript');"
    "if(place){place.outerHTML=place.textContent;"
    "var sheet=document.querySelector('#ma-first link');sheet.onload=begin;"
    "SCRIPTS.forEach(href=>put('link',{rel:'preload',as:'script',href}))}else begin();"
    "FONTS.forEach(href=>put('link',{rel:'preload',as:'font',crossOrigin:'',href}))};"
    "requestAnimationFrame(()=>setTimeout(()=>run()));setTimeout(()=>run(),1000)})()</script>"
)
"""Asks for the Map's sheet, the fonts and the scripts of the pages once the page has been painted:
asked for in the page, they took half as long again as the map itself. Even a sheet that is there in
time only delays the map, whose frame is then laid out with everything around it; what places the
map stands in the page (`first-paint.css`). The scripts begin when the sheet is there: a page that
has none stays one of links. No frame comes in a tab that nobody looks at, which has a second; where
no script runs, the page asks for the sheet, and the sheet for the fonts."""

MAPS_AT_ONCE: Final = 4
OTHERS_AT_ONCE: Final = 1
"""Pages that are made at the same time: what takes long must not take every thread there is, and no
map waits for it."""


def page_routes(atlas: Atlas, shelf: Shelf) -> list[BaseRoute]:
    """A route for each page of the dashboard, and one for what begins the app."""
    template, begins = page_template(), app_script(shelf)
    head = _head_html(shelf, identity_of(atlas.version))
    limits = {True: CapacityLimiter(MAPS_AT_ONCE), False: CapacityLimiter(OTHERS_AT_ONCE)}
    sheet = Markup('<link rel="stylesheet" href="{}">').format(shelf.url(PAGE_SHEET))
    later = {
        "FONTS": [shelf.url(path.name) for path in (HEADING_FONT, TEXT_FONT)],
        "SCRIPTS": [begins.url, shelf.url(PAGE_SCRIPT)],
    }
    script = AFTER_THE_PAINT
    for name, urls in later.items():
        script = script.replace(name, json_text(urls))
    after = Markup(script)  # noqa: S704 - ours

    def made(path: str, query: dict[str, list[str]], base: str) -> tuple[bytes, str]:
        preview = announced(atlas, path, query)
        title = Markup("<title>{}</title>").format(preview.title)
        asked = ask(atlas, page_at(PAGES, path), query)
        named = ADDRESS_NAMES_LANGUAGE if preview.lang != LANGS[0] else ""
        content = complete_page(
            template,
            preview.lang,
            f"{named}{title}{tags_html(preview, base)}{head}",
            first_html(atlas, asked, PAGES, sheet),
            unconnected_html(speech(preview.lang)) + after,
        ).encode()
        return content, APP.format(scripts=scripts_of(content))

    async def page(request: Request) -> Response:
        given = (request.url.path, query_of(request), own_address(request))
        limit = limits[request.url.path == f"/{MAP}"]
        content, policy = await to_thread.run_sync(made, *given, limiter=limit)
        return HTMLResponse(content, headers={"Cache-Control": REVISED, POLICY: policy})

    async def beginning(request: Request) -> Response:
        return shelved_answer(begins, request)

    return [Route(begins.url, beginning), *(Route(f"/{path}", page) for path in PAGES)]


def made_ahead(atlas: Atlas, path: str = MAP) -> None:
    """Make a page before anybody asks for it: the Map's shapes take a fifth of a second, and the
    judging of the claims some seconds.
    """
    first_html(atlas, ask(atlas, PAGES[path], {}), PAGES, Markup(""))


def _head_html(shelf: Shelf, identity: str) -> Markup:
    """What the head of every page holds: nothing that the first paint has to wait for."""
    told = {"identity": identity, "share": shelf.url("share.js")}
    metas = [
        Markup('<meta name="merida-atlas-{}" content="{}">').format(name, text)
        for name, text in told.items()
    ]
    icon = Markup('<link rel="icon" type="image/svg+xml" href="{}">').format(
        shelf.url("favicon.svg")
    )
    style = Markup("<style>{}</style>").format(Markup(first_css()))  # noqa: S704 - ours
    return Markup("").join([*metas, icon, style])


@lru_cache(maxsize=4)
def app_script(shelf: Shelf) -> Served:
    """What the scripts of the pages are told: how the app begins, and what it is then told.

    `app` are the elements that begin it; `early` the map's geometry, which is asked for meanwhile
    (see `atlas-map.js`), and `next` what its frame will ask for.
    """
    icons = [FOLDER + name for name in own_fonts(ICON_FONT)]
    shapes = [shelf.url(name) for name in ("states.geojson", "neighbours.geojson", "sites.json")]
    told = {
        "app": app_tags(page_template()),
        "icons": icons,
        "next": (
            *(f"{LEAFLET}/leaflet.css", shelf.url(MAP_SHEET)),
            *(f"{LEAFLET}/leaflet.js", shelf.url(MAP_SCRIPT)),
        ),
        "early": shapes,
        "choices": choices(),
        "words": words_of_streamlit(),
        "unreached": {lang: unreached_html(speech(lang)) for lang in LANGS},
    }
    return serve("assets", "app.js", f"window.atlasTold={json_text(told)};".encode())
