"""Editions that the operator keeps in a folder, and what changed since one of them."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from geo.atlas import Atlas
from geo.language import speech
from geo.server.content_policy import POLICY
from geo.server.drawing_desk import DrawingDesk
from geo.server.refusals import told_page
from geo.server.routes.answers import BRIEFLY, asked_of, query_of
from geo.share import CHANGES_AT, PAGES_POLICY, SERVED_AT, editions_folder, kept_package
from geo.share.changes import changes_page
from geo.view import FINGERPRINT, last_of


class _Editions(StaticFiles):
    """Their files, with the policy of their pages."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = BRIEFLY
        # What stands alone in `files/` brings its scripts with it, and has the door's policy.
        alone = "/files/" in str(getattr(response, "path", ""))
        if response.headers.get("content-type", "").startswith("text/html") and not alone:
            response.headers[POLICY] = PAGES_POLICY
        return response


def edition_routes(desk: DrawingDesk, atlas: Atlas) -> list[BaseRoute]:
    """`/changes.html`, and `/editions/` where a folder of them is set."""

    async def changes(request: Request) -> Response:
        lang = asked_of(request, atlas, (FINGERPRINT,))[0].lang
        version = last_of(query_of(request), FINGERPRINT).partition(".")[0]
        package = kept_package(version)
        if package is None:
            say = speech(lang)
            problem = say.t("No edition of the data “{version}” is kept here.", version=version)
            return told_page(say, 404, say.t("What changed since is not known"), problem)
        body = await desk.make(request, lang, changes_page, str(package), lang)
        headers = {"Cache-Control": BRIEFLY, "X-Robots-Tag": "noindex"}
        return HTMLResponse(body, headers=headers)

    folder = editions_folder()
    kept = [] if folder is None else [Mount(SERVED_AT, _Editions(directory=folder, html=True))]
    return [Route(CHANGES_AT, changes), *kept]
