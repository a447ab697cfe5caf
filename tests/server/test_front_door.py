"""The front door: what it lets in, and how every answer leaves."""

from __future__ import annotations

import asyncio
import gzip
import io
import json
import re
from collections.abc import AsyncIterator, Mapping
from functools import cache
from typing import Any

import httpx
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from geo.atlas import load_atlas
from geo.chapters import register
from geo.drawing import build_shelf
from geo.language import speech
from geo.paper.icon import DRAWN, icon_ico
from geo.server import FrontDoor, address
from geo.server.address import base_of, is_own
from geo.server.content_policy import ALWAYS, framed_by, scripts_of
from geo.server.previews import PAGES
from geo.server.refusals import MOST_SENT, REFUSED
from geo.server.routes import BRIEFLY, OF_THE_DATA, page_routes, routes
from geo.server.streamlit import COMPONENT, SOCKET
from geo.share import KINDS
from tests.own_loop import run_apart

POLICY = "content-security-policy"

SPANISH = {"accept-language": "es-MX,es;q=0.9,en;q=0.8"}


async def fails(_request: Request) -> Response:
    raise RuntimeError("a fault of ours, with a path: /secret/place")


async def cookie(_request: Request) -> Response:
    answer = PlainTextResponse("taken")
    answer.set_cookie("_streamlit_xsrf", "2|a|b")
    return answer


async def echo(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def shell(_request: Request) -> Response:
    return HTMLResponse("<html><title>Streamlit</title></html>")


OTHERS: list[BaseRoute] = [
    Route("/fails", fails),
    Route("/cookie", cookie),
    Route("/echo", echo, methods=["POST"]),
]


@cache
def atlas_app(others: bool = False) -> Starlette:
    """The routes of the atlas behind its door, and behind them something that answers anything."""
    atlas = load_atlas()
    shelf = build_shelf(atlas)
    answered = [*page_routes(atlas, shelf), *routes(atlas, shelf)]
    answered += OTHERS if others else []
    behind = [*answered, Route("/{rest:path}", shell, methods=["GET", "PUT", "POST", "DELETE"])]
    return Starlette(
        routes=behind,
        middleware=[Middleware(FrontDoor, routes=answered, version=atlas.version)],
    )


def ask(
    path: str,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    content: bytes | AsyncIterator[bytes] | None = None,
    others: bool = False,
    **more: Any,
) -> httpx.Response:
    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(atlas_app(others))
        async with httpx.AsyncClient(transport=transport, base_url="http://atlas.test") as client:
            client.headers.clear()
            given = {"host": "atlas.test", **(headers or {})}
            return await client.request(method, path, headers=given, content=content, **more)

    answer: httpx.Response = run_apart(asked())
    return answer


def words(status: int, lang: str) -> str:
    return REFUSED[status](speech(lang))[0]


class TestWhatStandsOpen:
    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("PUT", "/_stcore/upload_file/a/b"),
            ("POST", "/_stcore/upload_file/a/b"),
            ("DELETE", "/_stcore/upload_file/a/b"),
            ("GET", "/_stcore/agent/openapi.json"),
            ("POST", "/_stcore/agent/interact"),
            ("POST", "/_stcore/agent/mcp"),
            ("GET", "/_stcore/metrics"),
            ("GET", "/_stcore/script-health-check"),
            ("GET", "/_stcore/stream"),
            ("GET", "/auth/login"),
            ("GET", "/auth/logout"),
            ("GET", "/oauth2callback"),
            ("GET", "/media/x.png"),
            ("GET", "/index.html"),
            ("GET", "/static/nothing.js"),
            ("GET", "/static/../index.html"),
            ("GET", "/component/other.component/index.html"),
        ],
    )
    def test_what_no_page_needs_is_not_there(self, method: str, path: str) -> None:
        answer = ask(path, method)
        assert answer.status_code == 404
        assert words(404, "en") in answer.text

    @pytest.mark.parametrize(
        "path", ["/no-such-page", "/evidence/more", "/a.b", "/%00", "/" + "x" * 5000]
    )
    @pytest.mark.parametrize("lang", ["en", "es"])
    def test_an_unknown_address_leads_on_in_the_readers_language(
        self, path: str, lang: str
    ) -> None:
        answer = ask(f"{path}?lang={lang}")
        assert answer.status_code == 404
        assert f'<html lang="{lang}">' in answer.text
        for page in register(*PAGES.values()).values():
            assert f'href="/{page.path}?lang={lang}"' in answer.text
            assert page.name(speech(lang)) in answer.text

    @pytest.mark.parametrize(
        ("path", "meant"),
        [
            ("/Evidence", "/evidence"),
            ("/evidence/", "/evidence"),
            ("//", "/"),
            ("/SITES/?k=4", "/sites?k=4"),
        ],
    )
    def test_a_page_that_is_only_misspelt_is_led_to(self, path: str, meant: str) -> None:
        answer = ask(f"http://atlas.test{path}")
        assert (answer.status_code, answer.headers["location"]) == (301, meant)

    @pytest.mark.parametrize("path", ["/", "/evidence", "/api/v1/values.csv", "/card.png"])
    def test_what_is_only_read_takes_nothing(self, path: str) -> None:
        answer = ask(path, "POST", content=b"x")
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD"
        assert words(405, "en") in answer.text

    def test_every_status_is_told_in_both_languages(self) -> None:
        for told in REFUSED.values():
            english, spanish = (told(speech(lang)) for lang in ("en", "es"))
            assert all(english)
            assert all(spanish)
            assert set(english).isdisjoint(spanish)


class TestWhatIsSent:
    @pytest.mark.parametrize(
        "headers",
        [
            {"origin": "https://evil.example"},
            {"origin": "null"},
            {"origin": "http://atlas.test.evil.example"},
            {"sec-fetch-site": "cross-site"},
            {"sec-fetch-site": "same-site", "origin": "http://atlas.test"},
        ],
    )
    def test_what_another_site_sends_is_refused_before_it_is_read(
        self, headers: dict[str, str]
    ) -> None:
        answer = ask("/present", "POST", headers, content=b"x" * (MOST_SENT * 2))
        assert answer.status_code == 403
        assert words(403, "en") in answer.text

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"origin": "http://atlas.test"},
            {"origin": "https://atlas.test", "sec-fetch-site": "same-origin"},
            {"origin": "null", "sec-fetch-site": "same-origin"},
        ],
    )
    def test_the_atlas_own_page_may_send(self, headers: dict[str, str]) -> None:
        assert ask("/echo", "POST", headers, content=b"four", others=True).text == "4"

    def test_a_body_that_says_it_is_too_large_is_not_read(self) -> None:
        sent: list[int] = []

        async def body() -> AsyncIterator[bytes]:
            for _ in range(400):
                sent.append(1)
                yield b"&" * 1000

        length = {"content-length": str(300 * 2**20)}
        answer = ask("/present", "POST", {**SPANISH, **length}, content=body())
        assert answer.status_code == 413
        assert words(413, "es") in answer.text
        assert answer.headers["connection"] == "close"

    def test_a_body_that_does_not_say_how_long_it_is_is_counted(self) -> None:
        async def body() -> AsyncIterator[bytes]:
            for _ in range(MOST_SENT // 1000 + 2):
                yield b"&" * 1000

        answer = ask("/echo", "POST", content=body(), others=True)
        assert answer.status_code == 413
        assert words(413, "en") in answer.text

    def test_as_much_as_may_be_sent_is_taken(self) -> None:
        answer = ask("/echo", "POST", content=b"&" * MOST_SENT, others=True)
        assert answer.text == str(MOST_SENT)

    @pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", ""])
    def test_a_form_that_holds_no_file_is_not_parsed(self, kind: str) -> None:
        answer = ask("/present", "POST", {"content-type": kind}, content=b"&" * 200_000)
        assert answer.status_code == 422

    @pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=x"])
    def test_a_form_that_cannot_be_parsed_is_told_in_words(self, kind: str) -> None:
        answer = ask("/present?lang=es", "POST", {"content-type": kind}, content=b"--y\r\nzz")
        assert answer.status_code == 422
        assert "No se eligió ningún archivo" in answer.text


class TestSockets:
    @pytest.mark.parametrize(
        ("path", "origin", "opens"),
        [
            (SOCKET, "http://atlas.test", True),
            (SOCKET, None, True),
            (SOCKET, "https://evil.example", False),
            (SOCKET, "null", False),
            ("/elsewhere", "http://atlas.test", False),
        ],
    )
    def test_only_a_page_of_the_atlas_opens_the_one_socket(
        self, path: str, origin: str | None, opens: bool
    ) -> None:
        seen: list[dict[bytes, bytes]] = []

        async def taken(socket: WebSocket) -> None:
            seen.append(dict(socket.scope["headers"]))
            await socket.accept()
            await socket.close()

        app = FrontDoor(
            Starlette(routes=[WebSocketRoute("/{rest:path}", taken)]), routes=[], version="0"
        )
        said: list[str] = []

        async def knock() -> None:
            headers = [(b"host", b"atlas.test")]
            headers += [(b"origin", origin.encode())] if origin else []

            async def receive() -> dict[str, str]:
                return {"type": "websocket.connect"}

            async def send(message: Any) -> None:
                said.append(message["type"])

            scope = {"type": "websocket", "path": path, "headers": headers, "query_string": b""}
            await app(scope, receive, send)

        run_apart(knock())
        assert said[0] == ("websocket.accept" if opens else "websocket.close")
        # Streamlit would ask an outside host whether this one is allowed.
        assert all(b"origin" not in headers for headers in seen)


class TestHowAnAnswerLeaves:
    @pytest.mark.parametrize(
        "path",
        ["/", "/present", "/nonsense", "/healthz", "/card.png", "/robots.txt", "/favicon.ico",
         "/api/v1/values.json", "/export/map.svg", "/share.html", "/fails", "/cookie"],
    )  # fmt: skip
    def test_every_answer_carries_the_security_headers(self, path: str) -> None:
        answer = ask(path, others=True)
        for name, value in ALWAYS.items():
            assert answer.headers[name] == value
        assert "default-src" in answer.headers[POLICY]
        assert "set-cookie" not in answer.headers
        assert int(answer.headers["content-length"]) == len(answer.content)

    @pytest.mark.parametrize(
        "path", ["/assets/pages.js", "/assets/pages.css", "/assets/atlas-sans.woff2"]
    )
    def test_what_is_only_a_part_of_a_page_says_its_type_and_leaves_the_rest_to_the_page(
        self, path: str
    ) -> None:
        shelf = build_shelf(load_atlas())
        answer = ask(shelf.url(path.rpartition("/")[2]))
        assert answer.status_code == 200
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert POLICY not in answer.headers
        assert "permissions-policy" not in answer.headers

    @pytest.mark.parametrize(
        "path", ["/present", "/export/view.html", "/nonsense", "/handout/briefing.html"]
    )
    def test_a_page_that_stands_alone_runs_its_own_scripts_and_no_other(self, path: str) -> None:
        answer = ask(path)
        rules = dict(rule.strip().split(" ", 1) for rule in answer.headers[POLICY].split(";"))
        assert rules["default-src"] == "'none'"
        assert "unsafe" not in rules["script-src"]
        assert rules["script-src"] == scripts_of(answer.content)
        assert len(rules["script-src"].split()) == max(1, answer.text.count("<script>"))
        assert "connect-src" not in rules
        assert ("unsafe" in rules["style-src"]) is ("<script" in answer.text)

    def test_the_apps_pages_run_no_script_but_the_servers(self) -> None:
        answer = ask("/")
        (rule,) = re.findall(r"script-src ([^;]*)", answer.headers[POLICY])
        assert rule == f"'self' 'wasm-unsafe-eval' {scripts_of(answer.content)}"

    def test_a_script_that_was_not_there_would_not_run(self) -> None:
        page = b"<script>ours()</script>"
        assert scripts_of(page + b"<script>theirs()</script>") != scripts_of(page)
        assert scripts_of(b"<p>no script</p>") == "'none'"
        assert scripts_of(b'<script type="application/json">{}</script>') == "'none'"

    def test_the_maps_frame_may_stand_in_the_atlas_whoever_else_may(self) -> None:
        assert framed_by("a", "*", by_own_pages=True) == "a"
        assert framed_by("a", "'none'", by_own_pages=True) == "a; frame-ancestors 'self'"
        both = framed_by("a", "https://n.example", by_own_pages=True)
        assert both == "a; frame-ancestors 'self' https://n.example"
        assert framed_by("a", "'none'") == "a; frame-ancestors 'none'"

    @pytest.mark.parametrize("site", ["cross-site", "same-site"])
    def test_the_maps_frame_is_not_given_to_another_site(self, site: str) -> None:
        answer = ask(f"{COMPONENT}/index.html", headers={"sec-fetch-site": site})
        assert answer.status_code == 403
        assert (
            ask(f"{COMPONENT}/static/js/main.js", headers={"sec-fetch-site": site}).status_code
            == 200
        )

    def test_a_fault_of_ours_is_told_in_words_and_shows_nothing(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        answer = ask("/fails", headers=SPANISH, others=True)
        assert answer.status_code == 500
        assert words(500, "es") in answer.text
        assert "secret" not in answer.text
        assert "RuntimeError" in caplog.text

    @pytest.mark.parametrize(
        "path", ["/", "/present", "/nonsense", "/card.png", "/api/v1/values.csv", "/fails"]
    )
    @pytest.mark.parametrize("encoding", ["gzip", "identity"])
    def test_head_tells_what_get_gives(self, path: str, encoding: str) -> None:
        headers = {"accept-encoding": encoding}
        got, told = (ask(path, method, headers, others=True) for method in ("GET", "HEAD"))
        assert not told.content
        assert got.status_code == told.status_code
        assert dict(got.headers) == dict(told.headers)

    @pytest.mark.parametrize(
        "path", ["/", "/evidence", "/api/v1/values.csv", "/assets/leaflet-1.9.4/leaflet.js"]
    )
    def test_an_answer_is_always_whole(self, path: str) -> None:
        part = ask(path, headers={"range": "bytes=0-99"})
        assert part.status_code == 200
        assert part.content == ask(path).content
        assert "accept-ranges" not in part.headers

    @pytest.mark.parametrize(
        ("accepted", "packed"),
        [
            ("gzip", True),
            ("br, GZIP;q=0.5", True),
            ("*", True),
            ("gzip;q=0", False),
            ("br", False),
            ("", False),
        ],
    )
    @pytest.mark.parametrize("path", ["/", "/present", "/api/v1/values.json"])
    def test_what_is_worth_it_travels_compressed_to_whoever_can_unpack_it(
        self, path: str, accepted: str, packed: bool
    ) -> None:
        answer = ask(path, headers={"accept-encoding": accepted})
        assert (answer.headers.get("content-encoding") == "gzip") is packed
        assert "Accept-Encoding" in answer.headers["vary"]
        assert answer.content == ask(path).content

    def test_a_picture_is_not_compressed_again(self) -> None:
        assert (
            "content-encoding" not in ask("/card.png", headers={"accept-encoding": "gzip"}).headers
        )

    @pytest.mark.parametrize(
        "path",
        ["/", "/evidence?claim=border", "/present", "/card.png", "/api/v1/values.csv?measure=usd",
         "/export/map.svg", "/handout/briefing.html", "/download/merida-atlas-data.zip",
         "/robots.txt"],
    )  # fmt: skip
    def test_what_has_not_changed_is_not_sent_again(self, path: str) -> None:
        first = ask(path)
        tag = first.headers["etag"]
        for asked in (tag, f'"other", {tag}', tag.removeprefix("W/")):
            again = ask(path, headers={"if-none-match": asked})
            assert again.status_code == 304, asked
            assert not again.content
            for name in ("etag", "cache-control", "vary"):
                assert again.headers[name] == first.headers[name]
            # A browser would put it in the place of the one it has kept with the page.
            assert POLICY not in again.headers

    def test_a_tag_is_of_the_view_the_language_the_data_and_the_program(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def tag(path: str = "/card.png", **headers: str) -> str:
            return ask(path, headers={n.replace("_", "-"): v for n, v in headers.items()}).headers[
                "etag"
            ]

        tags = {tag(), tag("/card.png?k=4"), tag(accept_language="es"), tag(host="other.test")}
        monkeypatch.setattr("geo.server.front_door.program_hash", lambda: "another")
        assert len(tags | {tag()}) == 5
        assert tag("/card.png?lang=es") != tag("/card.png")

    OF_THE_DATA = ("/present", "/card.png?k=4", "/api/v1/values.csv", "/api/v1/values.gpkg",
        "/api/v1/activities.csv", "/api/v1/rebalance.json", "/export/map.svg",
        "/export/values.xlsx", "/handout/briefing.html", "/download/merida-atlas-data.zip",
        "/robots.txt", "/sitemap.xml")  # fmt: skip

    @pytest.mark.parametrize("path", OF_THE_DATA)
    def test_what_changes_with_the_data_alone_is_the_same_from_any_process_and_any_start(
        self, path: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = ask(path, headers={"host": "atlas.test", "x-forwarded-for": "192.0.2.1"})
        monkeypatch.setattr("geo.server.routes.api.STARTED", "another start")
        atlas_app.cache_clear()
        try:
            again = ask(path, headers={"host": "atlas.test"})
        finally:
            atlas_app.cache_clear()
        assert again.content == first.content
        assert again.headers == first.headers

    @pytest.mark.parametrize("path", OF_THE_DATA)
    def test_it_is_not_made_again_for_who_has_it(
        self, path: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tag = ask(path).headers["etag"]

        async def made_again(*_given: Any) -> None:
            raise AssertionError("the work was done")

        monkeypatch.setattr("geo.server.front_door.FrontDoor._asked_inside", made_again)
        assert ask(path, headers={"if-none-match": tag}).status_code == 304

    @pytest.mark.parametrize("path", OF_THE_DATA)
    def test_a_cache_may_give_it_out_while_it_asks_whether_it_is_still_so(self, path: str) -> None:
        kept = ask(path).headers["cache-control"]
        assert re.search(r"max-age=[1-9]\d*, stale-while-revalidate=[1-9]\d*", kept)
        assert path.startswith(OF_THE_DATA)

    @pytest.mark.parametrize(
        "path",
        [
            "/favicon.ico",
            "/evidence",
            "/assets/leaflet-1.9.4/leaflet.js",
        ],
    )
    def test_who_is_told_that_nothing_changed_keeps_it_as_long_as_at_first(self, path: str) -> None:
        first = ask(path)
        again = ask(path, headers={"if-none-match": first.headers.get("etag", "")})
        assert first.headers["cache-control"] != BRIEFLY
        assert again.headers["cache-control"] == first.headers["cache-control"]

    @pytest.mark.parametrize(
        "path", ["/assets/map.0000000000000000.js", "/api/v1/values.doc", "/nonsense", "/api/v9"]
    )
    def test_no_cache_keeps_that_something_was_not_there(self, path: str) -> None:
        answer = ask(path)
        assert answer.status_code == 404
        assert answer.headers["cache-control"] == "no-store"

    @pytest.mark.parametrize("path", ["/healthz", "/paint.json", "/share.html", "/nonsense"])
    def test_what_is_asked_for_anew_each_time_has_no_tag(self, path: str) -> None:
        assert "etag" not in ask(path).headers
        assert ask(path, headers={"if-none-match": "*"}).status_code != 304


class TestHosts:
    KEPT = ("/robots.txt", "/sitemap.xml", "/export/map.svg", "/export/view.html", "/card.png",
        "/", "/evidence?lang=es")  # fmt: skip

    @pytest.mark.parametrize("path", KEPT)
    def test_no_shared_cache_may_keep_what_names_the_host_of_a_request(self, path: str) -> None:
        answer = ask(path, headers={"host": "evil.example"})
        assert "public" not in answer.headers["cache-control"]
        assert "private" in answer.headers["cache-control"]

    @pytest.mark.parametrize("path", KEPT)
    def test_with_an_operators_address_no_request_says_another(
        self, path: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("MERIDA_ATLAS_URL", "https://atlas.example.org")
        atlas_app.cache_clear()
        try:
            answer = ask(path, headers={"host": "evil.example"})
            told = answer.headers.get("cdn-cache-control", answer.headers["cache-control"])
            assert re.search(r"max-age=[1-9]\d*, stale-while-revalidate=[1-9]\d*", told)
            assert "private" not in answer.headers["cache-control"]
            assert b"evil.example" not in answer.content
            packed = ask(path, headers={"accept-encoding": "gzip"})
            if "content-encoding" in packed.headers:
                assert int(packed.headers["content-length"]) < len(packed.content)
        finally:
            atlas_app.cache_clear()

    @pytest.mark.parametrize(
        "given", ["https", "HTTPS", "https, http", "https,http", " https , http"]
    )
    def test_the_scheme_is_the_one_that_the_browser_spoke(self, given: str) -> None:
        told = base_of({"host": "a.example", "x-forwarded-proto": given}, "http")
        assert told == "https://a.example"

    def test_where_no_address_can_be_told_the_log_says_so_once(
        self, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(address, "_said", False)
        for host in ("a b", "<c>", "a b"):
            assert base_of({"host": host}, "http") == ""
        assert [line for line in caplog.messages if "MERIDA_ATLAS_URL" in line] == caplog.messages
        assert len(caplog.messages) == 1

    def test_an_origin_is_own_by_its_host_or_by_the_operators_setting(self) -> None:
        assert is_own("https://a.example", "a.example", "")
        assert is_own("https://a.example", "inside:8501", "https://a.example")
        assert not is_own("https://b.example", "a.example", "https://a.example")
        assert not is_own("null", "", "")
        assert not is_own("file://", "", "")


class TestLanguage:
    @pytest.mark.parametrize("path", ["/", "/evidence", "/present", "/share.html", "/nonsense"])
    def test_a_spanish_browser_is_met_in_spanish_and_an_explicit_choice_wins(
        self, path: str
    ) -> None:
        met = ask(path, headers=SPANISH)
        assert 'lang="es"' in met.text[:2000]
        chosen = ask(f"{path}?lang=en", headers=SPANISH)
        assert 'lang="en"' in chosen.text[:2000]
        plain = ask(path)
        assert 'lang="en"' in plain.text[:2000]
        assert "Accept-Language" in met.headers["vary"]
        assert "Accept-Language" in plain.headers["vary"]
        assert "Accept-Language" not in chosen.headers.get("vary", "")

    def test_files_and_api_are_in_it_too(self) -> None:
        spanish_json, english_json = (
            ask(f"/api/v1/values.json?lang={lang}").text for lang in ("es", "en")
        )
        assert ask("/api/v1/values.json", headers=SPANISH).text == spanish_json != english_json
        spanish, english = (
            ask("/card.png", headers=SPANISH),
            ask("/card.png?lang=en", headers=SPANISH),
        )
        assert spanish.content == ask("/card.png?lang=es").content != english.content

    def test_the_canonical_address_of_what_is_met_in_spanish_is_the_spanish_one(self) -> None:
        text = ask("/?measure=usd", headers=SPANISH).text
        assert '<link rel="canonical" href="http://atlas.test/?measure=usd&amp;lang=es">' in text
        assert (
            '<link rel="canonical" href="http://atlas.test/?measure=usd">'
            in ask("/?measure=usd").text
        )

    def test_files_kept_for_ever_do_not_vary(self) -> None:
        answer = ask("/assets/leaflet-1.9.4/leaflet.css", headers=SPANISH)
        assert "Accept-Language" not in answer.headers.get("vary", "")


class TestWhatIsIgnored:
    FILES = ("/card.png", "/paint.json", "/api/v1/values.csv", "/api/v1/values.geojson",
             "/api/v1/activities.csv", "/api/v1/rebalance.csv", "/api/v1/claims.csv", "/present",
             "/export/values.csv", "/handout/briefing.html")  # fmt: skip

    @pytest.mark.parametrize("path", FILES)
    def test_what_of_an_address_was_ignored_stands_in_a_header(self, path: str) -> None:
        told = ask(f"{path}?measure=dollars&nonsense=%C3%A9%0A1&utm_source=x&fbclid=y")
        assert told.status_code == 200
        assert told.headers["x-atlas-ignored"] == "measure=dollars, nonsense=%C3%A9%0A1"
        assert "x-atlas-ignored" not in ask(f"{path}?measure=USD&utm_source=x&gclid=y").headers

    @pytest.mark.parametrize("path", FILES)
    def test_who_is_strict_is_refused_in_words(self, path: str) -> None:
        refused = ask(f"{path}?measure=dollars&strict=1&lang=es")
        assert refused.status_code == 422
        assert "“dollars”" in refused.text
        assert "una parte de este enlace" in refused.text
        assert ask(f"{path}?measure=usd&strict=1").status_code == 200
        assert ask(f"{path}?measure=dollars&strict=0").status_code == 200

    def test_a_pages_own_parameters_are_read_strictly_too(self) -> None:
        assert ask("/api/v1/rebalance.csv?by=luck&strict=1").status_code == 422
        assert ask("/api/v1/activities.csv?q=tijuana&strict=1").status_code == 200

    def test_what_cannot_be_printed_is_noted_without_it(self) -> None:
        assert ask("/export/values.xlsx?scheme=%00%07x").status_code == 200

    def test_formats_with_notes_note_it(self) -> None:
        noted = json.loads(ask("/export/values.json?measure=dollars").content)["ignored"]
        assert "dollars" in noted
        whole, none = (
            ask(f"/export/values.xlsx?{query}").content for query in ("measure=dollars", "")
        )
        assert whole != none
        assert {name for name, kind in KINDS.items() if kind.noting} == {
            "values.xlsx",
            "values.json",
        }


def test_a_reader_who_leaves_is_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    """The door says nothing to whoever is gone."""
    said: list[str] = []
    app = FrontDoor(
        Starlette(routes=[Route("/echo", echo, methods=["POST"])]),
        routes=[Route("/echo", echo, methods=["POST"])],
        version="0",
    )

    async def leave() -> None:
        async def receive() -> dict[str, str]:
            await asyncio.sleep(0)
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            said.append(message["type"])

        scope = {
            "type": "http", "method": "POST", "path": "/echo", "query_string": b"",
            "scheme": "http", "headers": [(b"host", b"atlas.test")],
        }  # fmt: skip
        await app(scope, receive, send)

    run_apart(leave())
    assert not said
    assert not caplog.messages


@pytest.mark.parametrize(
    "path", ["/", "/rebalance", "/evidence", "/?embed=true", "/?state=%3Cb%3E"]
)
def test_a_script_in_the_head_of_a_page_is_a_script_and_no_text(path: str) -> None:
    head = ask(path).text.partition("</head>")[0]
    assert head.count("<script") == head.count("</script>") > 1
    assert "&lt;script" not in head


def test_the_icon_is_one() -> None:
    answer = ask("/favicon.ico")
    assert answer.headers["content-type"] == "image/x-icon"
    assert answer.content[:4] == b"\x00\x00\x01\x00"


def test_a_compressed_page_unpacks_to_itself() -> None:
    async def raw() -> bytes:
        transport = httpx.ASGITransport(atlas_app())
        async with (
            httpx.AsyncClient(transport=transport, base_url="http://atlas.test") as client,
            client.stream("GET", "/", headers={"accept-encoding": "gzip"}) as answer,
        ):
            return b"".join([part async for part in answer.aiter_raw()])

    assert gzip.decompress(run_apart(raw())) == ask("/").content


def test_the_icon_is_the_drawing_and_no_other_picture() -> None:
    picture = Image.open(io.BytesIO(icon_ico())).convert("RGBA")
    assert picture.size == (48, 48)
    colours = {colour for _, colour in picture.getcolors(4096) or ()}
    drawn = re.findall(r'(?:fill|stroke)="#(\w{6})"', DRAWN.read_text(encoding="utf-8"))
    assert {(*bytes.fromhex(one), 255) for one in drawn} <= colours
    corner = picture.getpixel((0, 0))
    assert isinstance(corner, tuple)
    assert corner[3] == 0
