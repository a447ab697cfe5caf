"""A contribution over HTTP: what the page's form holds, given back as the file to send."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from geo.atlas import Atlas
from geo.contribution import FILE, read_contribution, refuse, written
from geo.errors import DataError
from geo.language import Speech, speech
from geo.policy import MOST_CONTRIBUTED_BYTES
from geo.server.refusals import told_page
from geo.server.routes.answers import NEVER_KEPT, asked_of, sent_file


def contribution_routes(atlas: Atlas) -> list[BaseRoute]:
    """`/contribution.json`: the file of a contribution that passes the check; nothing is kept."""

    def made(body: bytes, lang: str) -> bytes:
        contribution = read_contribution(body, FILE, atlas.data, speech(lang))
        refuse(contribution, FILE, atlas.data)
        return written(contribution, atlas.data).encode()

    async def give_back(request: Request) -> Response:
        lang = asked_of(request, atlas)[0].lang
        say = speech(lang)
        sent = await sent_file(request)
        if sent is None:
            return _refused(say, say.t("No file was chosen."))
        # The text of the form, or a file in its place.
        body = (
            sent.encode("utf-8", "replace")
            if isinstance(sent, str)
            else await sent.read(MOST_CONTRIBUTED_BYTES + 1)
        )
        try:
            content = await run_in_threadpool(made, body, lang)
        except DataError as error:
            return _refused(say, str(error))
        headers = {
            "Cache-Control": NEVER_KEPT,
            "Content-Disposition": f'attachment; filename="{FILE}"',
        }
        return Response(content, media_type="application/json", headers=headers)

    return [Route("/contribution.json", give_back, methods=["POST"])]


def _refused(say: Speech, sentence: str) -> Response:
    title = say.t("This contribution cannot be made into a file")
    return told_page(say, 422, title, sentence, {"Cache-Control": NEVER_KEPT})
