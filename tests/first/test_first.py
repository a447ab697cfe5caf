"""Every page is there before the app is, says the same, and works without a script."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import shapely
from bs4 import BeautifulSoup
from hypothesis import given
from lxml.html import document_fromstring
from markupsafe import Markup
from starlette.applications import Starlette

from geo.atlas import Atlas, load_atlas, load_states
from geo.chapters.map import paint_payload
from geo.drawing import build_shelf, first_css
from geo.drawing.still_map import WIDTH, flat, land
from geo.first import ask, first_html
from geo.first.plain import plain_html
from geo.language import speech
from geo.paths import ASSETS
from geo.scene import build_scene
from geo.server.previews import PAGES
from geo.server.routes import page_routes, routes
from geo.share.files import values_json
from geo.view import LANGS, STATE_CODES, View, read_query, spell_query
from geo.words import tell
from tests.covering import covering
from tests.page_run import run_page
from tests.strategies import views

MOST_BYTES = 14_336
"""Of the Map page's compressed HTML: what travels before the first answer is waited for again."""

VIEWS: tuple[dict[str, str], ...] = (
    {},
    {"measure": "usd", "per": "poverty", "state": "08"},
    {"show": "ratio", "weak": "include", "layers": "sez,border", "from": "2012"},
    {"show": "gap", "per": "homicides", "lang": "es", "state": "30"},
    {"pillar": "3", "lang": "es", "found": "systematic"},
)
"""Queries that between them show every part of the Map page."""


@cache
def real() -> Atlas:
    return load_atlas()


def page(path: str = "", query: dict[str, str] | None = None) -> Any:
    asked = ask(real(), PAGES[path], {name: [text] for name, text in (query or {}).items()})
    return BeautifulSoup(first_html(real(), asked, PAGES, Markup("")), "lxml")


def words(soup: Any) -> str:
    return " ".join(soup.get_text(" ").split())


class Server:
    """The pages and the API, without a server."""

    def __init__(self) -> None:
        shelf = build_shelf(real())
        self.app = Starlette(routes=[*page_routes(real(), shelf), *routes(real(), shelf)])

    def get(self, address: str) -> httpx.Response:
        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://atlas") as client:
                return await client.get(address)

        with ThreadPoolExecutor(1) as alone:
            return alone.submit(asyncio.run, asked()).result()


class TestTheMapPage:
    @pytest.mark.parametrize("query", VIEWS, ids=str)
    def test_it_says_what_the_telling_says_and_links_every_state(
        self, query: dict[str, str]
    ) -> None:
        found, (view, _) = page("", query), read_query({k: [v] for k, v in query.items()})
        telling = tell(real(), view)
        assert words(found.h1) == telling.headline
        assert telling.filters in words(found)
        assert telling.remainder in words(found)
        drawn = found.select(".ma-fit .states a")
        assert {read_query(parse_qs(urlsplit(a["href"]).query))[0].state for a in drawn} == (
            set(STATE_CODES) - {view.state} | ({""} if view.state else set())
        )

    @given(views())
    def test_its_map_has_the_colours_that_the_apps_map_is_painted_in(self, view: View) -> None:
        found = page("", spell_query(view))
        paint = paint_payload(real(), build_scene(real(), view), view, speech(view.lang))
        tiles = {one["id"]: one.rect["fill"] for one in found.select("pattern") if one.rect}
        for anchor in found.select(".ma-fit .states a"):
            at, fill = paint["at"][anchor.path["id"][1:]], anchor["fill"]
            told = paint["others"][-at - 1] if at < 0 else paint["fills"][at]
            assert tiles.get(fill.removeprefix("url(#").rstrip(")"), fill) == told

    @given(views())
    def test_each_of_its_choices_is_a_link_that_reads_back_as_that_choice(self, view: View) -> None:
        for anchor in page("", spell_query(view)).select(".tools a, .panel a[href^='/?'], tr a"):
            other, notices = read_query(parse_qs(urlsplit(anchor["href"]).query))
            assert notices == ()
            assert other.lang == view.lang

    def test_it_is_small_enough_to_come_at_once(self) -> None:
        sizes = {
            str(query): len(gzip.compress(Server().get(f"/?{_spelled(query)}").content, 6))
            for query in ({}, {"lang": "es"})
        }
        assert max(sizes.values()) <= MOST_BYTES, sizes

    def test_a_frame_has_the_same_and_every_way_from_it_stays_in_the_frame(self) -> None:
        query = {"embed": "true", "controls": "true", "embed_options": "dark_theme", "lang": "es"}
        found = page("", query)
        assert words(found.h1) == tell(real(), View(lang="es")).headline
        assert found.select_one(".ma-top") is None
        for anchor in found.select(".tools a, .states a"):
            kept = parse_qs(urlsplit(anchor["href"]).query)
            assert {"embed", "controls", "embed_options"} <= set(kept)

    def test_a_map_that_was_moved_is_drawn_where_it_was_moved_to(self) -> None:
        style = page("", {"at": "19.4,-99.1,7"}).select_one(".ma-fit > div")["style"]
        assert "calc(50% - " in style
        assert (
            "calc(50% - " not in page("", {"at": "91,nowhere"}).select_one(".ma-fit > div")["style"]
        )


def _spelled(query: dict[str, str]) -> str:
    return "&".join(f"{name}={text}" for name, text in query.items())


@pytest.mark.parametrize(("path", "lang"), covering(PAGES, LANGS))
class TestEveryPage:
    def test_all_that_the_app_shows_as_html_stands_there_too(self, path: str, lang: str) -> None:
        app = run_page(f"{PAGES[path].folder}.py", lang=lang)
        asked = ask(real(), PAGES[path], {"lang": [lang]})
        told = words(page(path, {"lang": lang}))
        for element in app.get("html"):
            shown = plain_html(Markup(element.proto.body), asked)
            soup = BeautifulSoup(shown, "lxml")
            # What only opens or fills a part of the app.
            for one in soup.select("[data-drawer-open], [data-drawer], .ma-picker"):
                one.decompose()
            for part in _paragraphs(soup):
                assert part in told, f"the app shows this too: {part[:120]!r}"

    def test_nothing_on_it_waits_for_a_script(self, path: str, lang: str) -> None:
        found = page(path, {"lang": lang})
        assert found.select(".ma-drawing, [data-go], [data-play], [data-find], .ma-play") == []
        assert [
            one
            for one in found.select("button:not([popovertarget])")
            if one.find_parent("form") is None
        ] == []


def _paragraphs(soup: BeautifulSoup) -> list[str]:
    """The texts of an element as they stand on a page, each by itself."""
    return [text for one in soup.find_all(string=True) if (text := " ".join(one.split()))]


def test_a_reader_without_scripts_reaches_every_page_every_state_and_both_languages() -> None:
    server, waiting = Server(), ["/"]
    reached: set[tuple[str, str, str]] = set()
    while waiting:
        address = waiting.pop()
        path, query = urlsplit(address).path.strip("/"), parse_qs(urlsplit(address).query)
        if path not in PAGES or set(query) - {"lang", "state"}:
            continue
        # An address may spell the language that is spoken anyway. What is beneath the map is
        # followed from one state of each language only.
        view, _ = read_query(query)
        if (path, view.state, view.lang) in reached or (path and view.state):
            continue
        answer = server.get(address)
        assert answer.status_code == 200
        reached.add((path, view.state, view.lang))
        parsed = document_fromstring(answer.text)
        if not path:
            told = values_json(real(), build_scene(real(), view), view)
            assert " ".join(parsed.find(".//h1").text_content().split()) == told["sentence"]
        hrefs = parsed.xpath("//*[@id='ma-first']//a/@href")
        waiting += [href for href in hrefs if href.startswith("/")]
    for lang in LANGS:
        assert {path for path, _, spoken in reached if spoken == lang} == {
            path for path, chapter in PAGES.items() if chapter.listed or path == "contribute"
        }
        assert {state for path, state, spoken in reached if (path, spoken) == ("", lang)} == {
            "",
            *STATE_CODES,
        }


class TestTheLand:
    def test_every_state_is_drawn_where_it_lies(self) -> None:
        for feature in load_states(real().data)["features"]:
            shape = shapely.transform(
                shapely.from_geojson(json.dumps(feature["geometry"])),
                lambda degrees: [flat(lon, lat) for lon, lat in degrees],
            )
            drawn = _drawn(land(real().data).states[str(feature["id"])])
            largest = max(shapely.get_parts(shape), key=lambda part: part.area)
            ours = max(shapely.get_parts(drawn), key=lambda part: part.area)
            apart = shapely.hausdorff_distance(ours.exterior, largest.exterior)
            assert apart < 6, feature["id"]
            assert abs(drawn.area - shape.area) < 0.03 * shape.area + 12, feature["id"]

    def test_one_unit_is_about_a_pixel(self) -> None:
        assert 800 <= WIDTH <= 1200


def _drawn(path: str) -> Any:
    rings = []
    for told in path.split("M")[1:]:
        numbers = [int(one) for one in re.findall(r"-?\d+", told)]
        x, y = numbers[:2]
        points = [(x, y)]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        if len(points) > 3:
            rings.append(shapely.Polygon(points))
    return shapely.MultiPolygon(
        [ring.buffer(0) for ring in rings if ring.buffer(0).geom_type == "Polygon"]
    )


def test_the_first_paint_has_the_colours_and_the_layout_of_the_rest() -> None:
    css = first_css()
    assert all(f"--ma-{name}:" in css for name in ("edge", "bar", "head", "row", "map-w", "map-h"))
    of_the_map = (ASSETS / "atlas-map.css").read_text(encoding="utf-8")
    ours = (ASSETS / "first-paint.css").read_text(encoding="utf-8").partition(".ma-still")[2]
    for colour in re.findall(r"light-dark\((#\w+), (#\w+)\)", ours):
        assert all(one in of_the_map for one in colour), colour
