"""The briefing over HTTP: to present, to keep, and from a scene file of one's own."""

from __future__ import annotations

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from geo.atlas import Atlas
from geo.briefing import FILES, HTML, MOST_BYTES, PAGE, compute_slides, own_file, read_briefing
from geo.errors import DataError
from geo.language import speech
from geo.server.routes.answers import BRIEFLY, NEVER_KEPT, attached, query_of
from geo.view import read_query


def briefing_routes(atlas: Atlas) -> list[BaseRoute]:
    """`/present` (ours, or the scene file that is sent to it) and `/handout/…`."""

    def spoken(request: Request) -> str:
        return read_query(query_of(request))[0].lang

    def present(request: Request) -> Response:
        page = own_file(atlas, PAGE, spoken(request))
        return Response(page, media_type=HTML, headers={"Cache-Control": BRIEFLY})

    async def bring(request: Request) -> Response:
        lang = spoken(request)
        form = await request.form(max_files=1, max_fields=2)
        sent = form.get("file")
        if not isinstance(sent, UploadFile):
            return HTMLResponse(_refused(lang, speech(lang).t("No file was chosen.")), 422)
        body = await sent.read(MOST_BYTES + 1)
        name = (sent.filename or "file")[:80]
        try:
            briefing = await run_in_threadpool(read_briefing, body, name, lang)
        except DataError as error:
            return HTMLResponse(_refused(lang, str(error)), 422)
        page = await run_in_threadpool(
            lambda: FILES[PAGE].make(atlas, compute_slides(atlas, briefing, lang))
        )
        return Response(page, media_type=HTML, headers={"Cache-Control": NEVER_KEPT})

    def handout(request: Request) -> Response:
        name = request.path_params["name"]
        kind = FILES.get(name)
        if kind is None:
            say = speech(spoken(request))
            sentence = say.t("The briefing comes as {names}.", names=", ".join(FILES))
            return PlainTextResponse(sentence, 404)
        return attached(own_file(atlas, name, spoken(request)), kind.media_type, kind.file)

    return [
        Route("/present", present),
        Route("/present", bring, methods=["POST"]),
        Route("/handout/{name}", handout),
    ]


def _refused(lang: str, problem: str) -> str:
    say = speech(lang)
    return str(
        Markup(
            '<!doctype html><html lang="{}"><meta charset="utf-8"><meta name="viewport" '
            'content="width=device-width"><title>{title}</title><style>body{{font:1.1rem/1.5 '
            "system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem;color-scheme:"
            'light dark}}</style><h1>{title}</h1><p>{problem}</p><p><a href="/briefing?lang={}">'
            "{back}</a></p></html>"
        ).format(
            lang,
            lang,
            title=say.t("This scene file cannot be shown"),
            problem=problem,
            back=say.t("Back to the briefing"),
        )
    )
