"""HTTP beside the pages: health, assets, geometry at immutable addresses, and the API."""

from __future__ import annotations

from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from geo import __version__
from geo.atlas import Atlas, activities_csv
from geo.drawing import IMMUTABLE, LEAFLET, Shelf
from geo.equity.rebalance import SCENARIOS, read_chosen
from geo.language import speech
from geo.paper import icon_ico
from geo.scene import build_scene
from geo.server.drawing_desk import DrawingDesk
from geo.server.kept import Shelves
from geo.server.program import STARTED, identity_of, program_hash
from geo.server.readiness import readiness_answer, why_not_ready
from geo.server.routes.answers import (
    DAILY,
    NEVER_KEPT,
    asked_of,
    attached,
    attached_csv,
    json_answer,
    note_ignored,
    own_address,
    query_of,
    shelved_answer,
)
from geo.server.routes.briefing import briefing_routes
from geo.server.routes.contribution import contribution_routes
from geo.server.routes.editions import edition_routes
from geo.server.routes.files import export_routes
from geo.server.routes.paint import painted_ahead
from geo.server.routes.share import sharing_routes
from geo.server.streamlit import seams_told
from geo.server.tally import Tally
from geo.share.files import (
    GEOPACKAGE_TYPE,
    package_zip,
    values_csv,
    values_geojson,
    values_json,
    view_geopackage,
)
from geo.view import last_of
from geo.words import file_name, view_file_name


class _ImmutableFiles(StaticFiles):
    """Files of an installed package at an address that carries the package's version."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = IMMUTABLE
        return response


def routes(
    atlas: Atlas,
    shelf: Shelf,
    desk: DrawingDesk | None = None,
    tally: Tally | None = None,
    shelves: Shelves | None = None,
) -> list[BaseRoute]:
    """The routes that stand beside Streamlit's own; `desk` is where what takes long is made.

    `tally` says whether readers may come; `shelves` hold the hashed files of other versions.
    """
    by_url = shelf.by_url
    desk = desk or DrawingDesk(atlas)
    known = tally or Tally()

    async def healthz(_request: Request) -> Response:
        fields = {"version": __version__, "program": program_hash(), "data": atlas.version}
        fields |= {"identity": identity_of(atlas.version), "started": STARTED}
        beside = {"pictures": desk.state()._asdict(), "seams": seams_told()}
        told = {"status": "ok"} | fields | beside
        return JSONResponse(told, headers={"Cache-Control": NEVER_KEPT})

    async def readyz(_request: Request) -> Response:
        status, told = readiness_answer(why_not_ready(known, here=True))
        return Response(told, status, {"Cache-Control": NEVER_KEPT}, "application/json")

    async def shelved(request: Request) -> Response:
        served = by_url.get(request.url.path)
        if served is None and shelves is not None:
            served = await run_in_threadpool(shelves.find, request.url.path)
        if served is None:
            return PlainTextResponse(
                "This address belongs to another version of the atlas. Reload the page.", 404
            )
        return shelved_answer(served, request)

    async def paint(request: Request) -> Response:
        # On the server's own thread: it is short, and a click waits for it.
        view, _ = asked_of(request, atlas)
        return json_answer(painted_ahead(atlas, view), headers={"Cache-Control": NEVER_KEPT})

    def activities(request: Request) -> Response:
        view, _ = asked_of(request, atlas, ("q",))
        words = last_of(query_of(request), "q")
        name = view_file_name(atlas, "activities.csv", view, words)
        return attached_csv(activities_csv(atlas, view, words), name)

    async def geopackage(request: Request) -> Response:
        view, _ = asked_of(request, atlas)
        body = await desk.make(request, view.lang, view_geopackage, view)
        return attached(body, GEOPACKAGE_TYPE, view_file_name(atlas, "values.gpkg", view))

    async def package(request: Request) -> Response:
        view, _ = asked_of(request, atlas)
        body = await desk.make(request, view.lang, package_zip)
        return attached(body, "application/zip", file_name(atlas, "data.zip"))

    def icon(_request: Request) -> Response:
        return Response(icon_ico(), 200, {"Cache-Control": DAILY}, "image/x-icon")

    leaflet = _ImmutableFiles(packages=[("js_lib_leaflet", "static/js_lib_leaflet")])
    return [
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        *sharing_routes(atlas),
        *export_routes(atlas, desk),
        *briefing_routes(atlas, desk),
        *edition_routes(desk, atlas),
        *contribution_routes(atlas),
        Route("/favicon.ico", icon),
        Mount(LEAFLET, leaflet),
        Route("/assets/{name}", shelved),
        Route("/geo/{name}", shelved),
        Route("/paint.json", paint),
        Route("/api/v1/values.gpkg", geopackage),
        Route("/api/v1/values.{form}", partial(_values, atlas)),
        Route("/api/v1/activities.csv", activities),
        Route("/api/v1/rebalance.{form}", partial(_rebalanced, atlas)),
        Route("/api/v1/claims.{form}", partial(_claims, atlas)),
        Route("/download/merida-atlas-data.zip", package),
    ]


def _values(atlas: Atlas, request: Request) -> Response:
    form = request.path_params["form"]
    view, notices = asked_of(request, atlas)
    scene = build_scene(atlas, view)
    if form == "csv":
        name = view_file_name(atlas, "values.csv", view)
        return attached_csv(values_csv(atlas, scene, view), name)
    if form == "json":
        return json_answer(values_json(atlas, scene, view, notices))
    if form == "geojson":
        shapes = values_geojson(atlas, scene, view)
        return json_answer(shapes, media_type="application/geo+json")
    say = speech(view.lang)
    return PlainTextResponse(say.t("Values come as .csv, .json, .geojson or .gpkg."), 404)


def _rebalanced(atlas: Atlas, request: Request) -> Response:
    form = request.path_params["form"]
    view, notices = asked_of(request, atlas, SCENARIOS.names)
    chosen, own_notices = read_chosen(query_of(request))
    note_ignored(request, own_notices, view.lang)
    if form not in ("csv", "json"):
        return PlainTextResponse(speech(view.lang).t("Scenarios come as .csv or .json."), 404)
    # Imported when first asked for: it brings the indices, which no first map needs.
    from geo.chapters.rebalance import (
        problem_of,
        rebalance_csv,
        rebalance_file_name,
        rebalance_json,
    )

    problem = problem_of(atlas, view, chosen)
    if form == "json":
        told = rebalance_json(atlas, view, chosen, (*notices, *own_notices))
        return json_answer(told, 422 if problem else 200)
    if problem:
        return PlainTextResponse(problem, 422)
    name = rebalance_file_name(atlas, view, chosen, "csv")
    return attached_csv(rebalance_csv(atlas, view, chosen), name)


def _claims(atlas: Atlas, request: Request) -> Response:
    # Imported when first asked for, as above.
    from geo.chapters.evidence import ASKED, claims_csv, claims_file_name, claims_json

    form = request.path_params["form"]
    view, notices = asked_of(request, atlas, ASKED.names)
    asked, own_notices = ASKED.read(query_of(request))
    note_ignored(request, own_notices, view.lang)
    base = own_address(request)
    if form == "json":
        return json_answer(claims_json(atlas, view, asked, (*notices, *own_notices), base))
    if form == "csv":
        name = claims_file_name(atlas, asked, view.lang)
        return attached_csv(claims_csv(atlas, view, asked, base), name)
    return PlainTextResponse(speech(view.lang).t("Claims come as .csv or .json."), 404)
