"""Two servers of one program and data: whatever a reader or a cache is given, it is the same."""

from __future__ import annotations

import json
import random
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from geo.atlas import load_atlas
from geo.briefing import FILES
from geo.drawing import LEAFLET, build_shelf
from geo.server.previews import PAGES
from geo.server.program import identity_of
from geo.server.routes import page_routes
from geo.server.streamlit import COMPONENT
from geo.share import KINDS
from geo.share.kinds import IN_BUNDLE
from geo.view import View, spell_query
from tests.bench.socket_reader import SocketReader
from tests.covering import covering, seldom
from tests.made import BASE, briefing_file, view_file
from tests.own_loop import run_apart
from tests.serving import PATIENCE, AtlasServer

if TYPE_CHECKING:
    from collections.abc import Iterator

ADDRESS = {"MERIDA_ATLAS_URL": BASE}

ELSEWHERE = (
    {**ADDRESS, "PYTHONHASHSEED": "1", "TZ": "UTC", "LANG": "C.UTF-8"},
    {**ADDRESS, "PYTHONHASHSEED": "2", "TZ": "America/Mexico_City", "LANG": "C"},
)
"""What may differ from machine to machine and shows in an answer by mistake: clocks, locales, and
the order of sets."""

Replicas = tuple[AtlasServer, AtlasServer]


@pytest.fixture(scope="module")
def replicas() -> Iterator[Replicas]:
    first, second = (AtlasServer(processes=1, env=env) for env in ELSEWHERE)
    with first, second:
        yield first, second


def answer(server: AtlasServer, path: str, host: str) -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(server.url + path, headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as got:
            status, headers, body = got.status, got.headers, got.read()
    except urllib.error.HTTPError as refused:
        status, headers, body = refused.code, refused.headers, refused.read()
    told = {name.lower(): value for name, value in headers.items() if name.lower() != "date"}
    return status, told, body


def answers(replicas: Replicas, path: str) -> tuple[Any, Any]:
    """What both say on one day, each asked as another host; a citation says when it was read."""
    hosts = ("one.example", "two.example:8080")
    while True:
        day = datetime.now(UTC).date()
        with ThreadPoolExecutor(2) as both:
            first, second = both.map(answer, replicas, (path, path), hosts)
        if datetime.now(UTC).date() == day:
            return first, second


def of_the_shelf() -> list[str]:
    atlas = load_atlas()
    shelf = build_shelf(atlas)
    (begins, *_) = [route.path for route in page_routes(atlas, shelf)]  # type: ignore[attr-defined]
    return [begins, *shelf.by_url]


VIEW = "measure=usd&state=30&to=2012"

SHARED = View(measure="usd", state="30", lang="es")
"""A view whose files other tests of the run read too (`tests/made.py`)."""

# Each PDF of the briefing takes ten seconds, by the same hand as that of a view. A zip that is the
# same to the byte holds files that are the same.
DRAWN = (
    *(name for name, kind in KINDS.items() if kind.takes_long and name not in IN_BUNDLE),
    *seldom(*(name for name in IN_BUNDLE if KINDS[name].takes_long)),
    *(name for name in FILES if not name.endswith(".pdf")),
)

SAME = (
    *covering(PAGES, ("", "lang=es", f"{VIEW}&embed=true"), make="/{}?{}".format),
    *of_the_shelf(),
    *(f"/export/{name}?{VIEW}" for name, kind in KINDS.items() if not kind.takes_long),
    *(f"/api/v1/values.{form}?{VIEW}" for form in ("csv", "json", "geojson", "gpkg")),
    *(f"/api/v1/{name}.{form}" for name in ("rebalance", "claims") for form in ("csv", "json")),
    *("/api/v1/activities.csv", "/download/merida-atlas-data.zip"),
    *("/card.png", f"/card.png?{VIEW}&lang=es", "/present", "/robots.txt", "/sitemap.xml"),
    *("/receipt.html", f"/share.html?{VIEW}", f"/paint.json?{VIEW}", "/favicon.ico", "/nothing"),
    *(f"{LEAFLET}/leaflet.js", f"{COMPONENT}/index.html"),
)


@pytest.mark.parametrize("path", SAME)
def test_replicas_answer_alike_to_the_byte_whatever_host_they_are_asked_as(
    replicas: Replicas, path: str
) -> None:
    first, second = answers(replicas, path)
    assert first[0] == (404 if path == "/nothing" else 200)
    assert first[1] == second[1]
    assert first == second


@pytest.mark.parametrize("name", DRAWN)
def test_a_replica_draws_to_the_byte_what_another_process_draws(
    replicas: Replicas, name: str
) -> None:
    _, elsewhere = replicas
    if name in FILES:
        path, made = f"/handout/{name}?lang=es", briefing_file(name, "es")
    else:
        path, made = f"/export/{name}?{urlencode(spell_query(SHARED))}", view_file(name, SHARED)
    status, told, body = answer(elsewhere, path, "two.example:8080")
    assert status == 200
    assert "attachment" in told["content-disposition"]
    assert body == made


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_one_replica_sent_is_unchanged_to_another(
    replicas: Replicas, page: str
) -> None:
    first, second = replicas
    tag = answer(first, f"/{page}", "one.example")[1]["etag"]
    asked = urllib.request.Request(f"{second.url}/{page}", headers={"If-None-Match": tag})
    with pytest.raises(urllib.error.HTTPError) as met:
        urllib.request.urlopen(asked)
    assert met.value.code == 304
    met.value.close()


def test_replicas_are_one_installation_to_a_tab_and_say_one_identity(replicas: Replicas) -> None:
    identity = identity_of(load_atlas().version)
    for server in replicas:
        assert json.loads(answer(server, "/healthz", "one.example")[2])["identity"] == identity
        told = run_apart(_first_message(server)).new_session.initialize.user_info
        assert told.installation_id == told.installation_id_v3 == identity
        assert told.installation_id_v4 == identity
        assert f'content="{identity}"' in answer(server, "/", "one.example")[2].decode()


async def _first_message(server: AtlasServer) -> ForwardMsg:
    async with SocketReader(server.url, "", random.Random(1), limit=PATIENCE) as reader:
        await reader.open()
        assert reader.begun is not None
        return reader.begun
