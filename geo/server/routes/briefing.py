"""The briefing over HTTP: to present, to keep, and from a scene file of one's own."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from geo.atlas import Atlas
from geo.briefing import FILES, HTML, MOST_BYTES, PAGE, brought_page, own_file, read_briefing
from geo.errors import DataError
from geo.language import speech
from geo.server.address import base_setting
from geo.server.drawing_desk import DrawingDesk
from geo.server.refusals import told_page
from geo.server.routes.answers import BRIEFLY, NEVER_KEPT, asked_of, attached, sent_file


def briefing_routes(atlas: Atlas, desk: DrawingDesk) -> list[BaseRoute]:
    """`/present` (ours, or the scene file that is sent to it) and `/handout/…`."""
    setting = base_setting()

    def spoken(request: Request) -> str:
        return asked_of(request, atlas)[0].lang

    def present(request: Request) -> Response:
        page = own_file(atlas, PAGE, spoken(request))
        return Response(page, media_type=HTML, headers={"Cache-Control": BRIEFLY})

    async def bring(request: Request) -> Response:
        lang = spoken(request)
        sent = await sent_file(request)
        if not isinstance(sent, UploadFile):
            return _refused(lang, speech(lang).t("No file was chosen."))
        body = await sent.read(MOST_BYTES + 1)
        name = (sent.filename or "file")[:80]
        try:
            await run_in_threadpool(read_briefing, body, name, lang)
        except DataError as error:
            return _refused(lang, str(error))
        page = await desk.make(request, lang, brought_page, body, name, lang)
        return Response(page, media_type=HTML, headers={"Cache-Control": NEVER_KEPT})

    async def handout(request: Request) -> Response:
        name = request.path_params["name"]
        kind = FILES.get(name)
        if kind is None:
            say = speech(spoken(request))
            sentence = say.t("The briefing comes as {names}.", names=", ".join(FILES))
            return PlainTextResponse(sentence, 404)
        lang = spoken(request)
        body = await desk.make(request, lang, own_file, name, lang, setting)
        return attached(body, kind.media_type, kind.file(atlas, lang))

    return [
        Route("/present", present),
        Route("/present", bring, methods=["POST"]),
        Route("/handout/{name}", handout),
    ]


def _refused(lang: str, problem: str) -> Response:
    say = speech(lang)
    return told_page(say, 422, say.t("This scene file cannot be shown"), problem)
