"""The served HTML page: Streamlit's own, with our style sheet and the reader's language in it."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qs

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.atlas import Atlas
from geo.drawing import LEAFLET, MAP_SCRIPT, PAGE_SCRIPT, PAGE_SHEET, Shelf
from geo.paths import HEADING_FONT, ICON_FONT, TEXT_FONT
from geo.server.address import EVERYONE, base_of, base_setting, frame_setting
from geo.server.component_files import component_files
from geo.server.previews import announced
from geo.server.routes import STARTED, choices
from geo.server.streamlit import COMPONENT, FOLDER, complete_page, own_fonts
from geo.share import Preview, tags_html
from geo.share.files import as_json

SIDEBAR: Final = '<meta name="merida-atlas-sidebar" content="map">'
WITH_SIDEBAR: Final = ("/", "/rebalance")
"""Says that this page will have one, so that its room is kept: see `page-streamlit.css`."""

NOT_PASSED_ON: Final = (b"accept-encoding", b"if-none-match", b"if-modified-since")


class IndexPage:
    """ASGI middleware that completes the HTML page.

    Streamlit sends one HTML page for every address. It gets the language of the view its link
    spells, title, description and card of that view, our style sheet and scripts, and early
    loading of what the map will ask for.
    """

    def __init__(self, app: ASGIApp, shelf: Shelf, atlas: Atlas) -> None:
        self.app = app
        self.atlas = atlas
        self.component = component_files()
        self.base, self.frames = base_setting(), frame_setting()
        sheet = Markup('<link rel="stylesheet" href="{}">').format(shelf.url(PAGE_SHEET))
        scripts = (f"{LEAFLET}/leaflet.js", shelf.url(MAP_SCRIPT))
        shapes = [shelf.url(n) for n in ("states.geojson", "neighbours.geojson", "sites.json")]
        early = [Markup('<link rel="prefetch" href="{}">').format(url) for url in scripts]
        self.shapes = _early_html(shapes)
        script = Markup('<script defer src="{}"></script>').format(shelf.url(PAGE_SCRIPT))
        server = Markup('<meta name="merida-atlas-started" content="{}">').format(STARTED)
        offered = Markup('<meta name="merida-atlas-choices" content="{}">').format(
            as_json(choices()).decode()
        )
        icon = Markup('<link rel="icon" type="image/svg+xml" href="{}">').format(
            shelf.url("favicon.svg")
        )
        sharing = Markup('<meta name="merida-atlas-share" content="{}">').format(
            shelf.url("share.js")
        )
        # Asked for before any script, so that they are there when the first text is.
        urls = [shelf.url(path.name) for path in (HEADING_FONT, TEXT_FONT)]
        fonts = [
            Markup('<link rel="preload" as="font" type="font/woff2" href="{}" crossorigin>').format(
                url
            )
            for url in (*urls, *(FOLDER + name for name in own_fonts(ICON_FONT)))
        ]
        parts = [server, offered, sharing, icon, *fonts, sheet, *early, script]
        self.head = Markup("").join(parts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on but the map component's files; complete HTML pages."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["path"].startswith(COMPONENT):
            await self.component(scope, receive, send)
            return
        if scope["method"] != "GET" or "." in scope["path"].rsplit("/", 1)[-1]:
            await self.app(scope, receive, send)
            return
        # The page is small; asked for unpacked, so that it can be completed here.
        # Streamlit's own etag knows nothing of what is added, so it is neither asked nor told.
        plain = [(k, v) for k, v in scope["headers"] if k not in NOT_PASSED_ON]
        await self.app({**scope, "headers": plain}, receive, self._completed(send, scope))

    async def _announced(self, scope: Scope) -> Preview:
        query = parse_qs(scope["query_string"].decode("latin-1"))
        return await run_in_threadpool(announced, self.atlas, scope["path"], query)

    def _completed(self, send: Send, scope: Scope) -> Send:
        start: list[Message] = []
        body: list[bytes] = []

        async def pass_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                if not headers.get("content-type", "").startswith("text/html"):
                    await send(message)
                    return
                start.append(message)
                return
            if not start:
                await send(message)
                return
            body.append(message.get("body", b""))
            if message.get("more_body"):
                return
            # Not before it is known to be a page: much else comes by here without being one.
            preview = await self._announced(scope)
            base = base_of(Headers(scope=scope), scope.get("scheme", "http"), self.base)
            title = Markup("<title>{}</title>").format(preview.title)
            tags = tags_html(preview, base)
            shapes = self.shapes if scope["path"] == "/" else ""
            if scope["path"] in WITH_SIDEBAR and b"embed=true" not in scope["query_string"]:
                shapes += SIDEBAR
            head = f"{title}{tags}{shapes}{self.head}"
            content = complete_page(b"".join(body).decode(), preview.lang, head).encode()
            headers = MutableHeaders(raw=start[0]["headers"])
            headers["content-length"] = str(len(content))
            if self.frames != EVERYONE:
                headers["content-security-policy"] = f"frame-ancestors {self.frames}"
            del headers["etag"], headers["last-modified"]
            await send(start[0])
            await send({"type": "http.response.body", "body": content})

        return pass_on


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
