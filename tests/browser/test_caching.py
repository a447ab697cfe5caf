"""What a page loads is loaded once: immutable where it can be, never where it must not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser.atlas_page import AtlasPage

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Response

IMMUTABLE = "public, max-age=31536000, immutable"
OURS = re.compile(r"^/(assets|geo)/")


@pytest.fixture
def loaded(atlas: AtlasPage) -> list[Response]:
    """Every answer the map page got on its way to the municipalities."""
    answers: list[Response] = []
    atlas.page.on("response", lambda answer: answers.append(answer))
    atlas.open_map(layers="municipalities")
    atlas.map_frame().wait_for_function("() => window.atlas.layers().includes('municipalities')")
    return answers


def test_geometry_and_assets_are_served_immutable_and_compressed(
    loaded: list[Response], page: Page
) -> None:
    addresses = {urlsplit(answer.url).path for answer in loaded}
    ours = sorted(path for path in addresses if OURS.match(path))
    for wanted in ("states", "neighbours", "municipalities", "sites", "atlas-map", "leaflet"):
        assert any(wanted in path for path in ours), f"{wanted} was not loaded: {ours}"
    for path in ours:
        answer = page.request.get(path, headers={"Accept-Encoding": "gzip"})
        assert answer.status == 200
        assert answer.headers["cache-control"] == IMMUTABLE, path
        assert re.search(r"\.[0-9a-f]{12}\.|-\d+\.\d+\.\d+/", path), f"{path} names no version"
        if answer.headers.get("content-type", "").startswith(("application/", "text/")):
            assert answer.headers.get("content-encoding") == "gzip", path


def test_a_second_visit_asks_the_server_for_no_geometry(
    atlas: AtlasPage, context: BrowserContext
) -> None:
    atlas.open_map()
    second = AtlasPage(context.new_page())
    asked: list[str] = []
    session = context.new_cdp_session(second.page)
    session.send("Network.enable")
    session.on(
        "Network.responseReceived",
        lambda event: (
            asked.append(urlsplit(event["response"]["url"]).path)
            if not event["response"].get("fromDiskCache")
            and not event["response"].get("fromPrefetchCache")
            else None
        ),
    )
    served: list[str] = []
    session.on(
        "Network.requestServedFromCache", lambda event: served.append(str(event["requestId"]))
    )
    second.open_map()
    geometry = [path for path in asked if path.startswith("/geo/")]
    assert len(geometry) <= len(served), f"fetched again: {geometry}"


@pytest.mark.parametrize("path", ["/", "/?measure=usd", "/sites", "/background", "/methods"])
def test_the_page_itself_is_never_kept_as_if_it_could_not_change(page: Page, path: str) -> None:
    answer = page.request.get(path)
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/html")
    kept = answer.headers.get("cache-control", "")
    assert "immutable" not in kept
    age = re.search(r"max-age=(\d+)", kept)
    assert age is None or int(age[1]) == 0
    assert 'rel="stylesheet"' in answer.text()


def test_health_tells_the_version_and_the_state_of_the_data(page: Page) -> None:
    answer = page.request.get("/healthz")
    assert answer.status == 200
    health = answer.json()
    assert health["status"] == "ok"
    assert re.fullmatch(r"\d+\.\d+\.\d+", health["version"])
    assert re.fullmatch(r"[0-9a-f]{12}", health["data"])
    assert page.request.get("/api/v1/values.json").json()["data_version"] == health["data"]


@pytest.mark.parametrize(
    "path", ["/geo/states.000000000000.geojson", "/assets/atlas-map.000000000000.js"]
)
def test_an_address_of_another_version_is_gone_and_says_so(page: Page, path: str) -> None:
    answer = page.request.get(path)
    assert answer.status == 404
    assert "another version" in answer.text()
    assert "immutable" not in answer.headers.get("cache-control", "")
    assert not answer.headers["content-type"].startswith("text/html")


def test_a_path_that_climbs_out_of_the_assets_finds_nothing(page: Page) -> None:
    for path in ("/assets/..%2f..%2fapp.py", "/assets/leaflet-1.9.4/..%2f..%2f__init__.py",
                 "/geo/%2e%2e/datapackage.json"):  # fmt: skip
        answer = page.request.get(path)
        assert answer.status in (200, 400, 404)
        assert "import" not in answer.text().split("</html>")[-1]
        assert "sys.exit" not in answer.text()
        assert '"resources"' not in answer.text()
