"""Hundreds of odd requests to every route of a running server, drawn from a seed.

What holds for each: no fault of the server's, no traceback, a true length, the security headers,
no foreign host in what a shared cache may keep, words with every refusal; and HEAD tells what GET
gives.
"""

from __future__ import annotations

import random
import secrets
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from geo.atlas import load_atlas
from geo.briefing import FILES
from geo.drawing import build_shelf
from geo.server.previews import PAGES
from geo.server.streamlit import COMPONENT, FOLDER, OPEN
from geo.share import KINDS
from geo.view import PARAMETERS
from tests.covering import thorough
from tests.hostile.wire import Sent, Wire, faults

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.hostile.record import Met

TRIES = 20_000 if thorough() else 500
LINES = 4
"""Connections that ask at once."""

SEED = secrets.randbits(32) if thorough() else 20_071_022

SLOW = ("map.png", "map.svg", "map.pdf", "card.png", "view.zip", "values.gpkg")
"""Files that take the server up to seconds, so that few of them are asked for."""

DRAWN = tuple(f"/export/{name}" for name in (SLOW if thorough() else ("map.svg", "card.png")))

OTHERS = ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO", "get")
METHODS = ("GET",) * 14 + ("HEAD",) * 3 + OTHERS
VALUES = (
    "usd", "USD", "Usd ", "dollars", "es", "es-MX", "ES", "fr", "5", "05", "Veracruz", "veracruz ",
    "México", "mexico", "99", "-1", "1e9", "٣", "2008", "2021", "1,2,3", "1,,2", ",", "none",
    "sites,border", "share", "ratio", "compare", "from.2017_to.2021", "border",
    "population50-poverty50", "../../etc/passwd", "<script>alert(1)</script>", "\x00", "\r\nX: y",
    "%", "%zz", "é" * 40, "=cmd|' /C calc'!A0", "a" * 900, "{{7*7}}", "' OR 1=1 --", "\u202e", "😀",
    "0" * 300, "true", "1",
)  # fmt: skip
NAMES = (
    *PARAMETERS, "tool", "with", "claim", "under", "by", "sez", "floor", "reserve", "name",
    "against", "q", "page", "strict", "embed", "embed_options", "data", "controls", "utm_source",
    "fbclid", "x", "__proto__", "lang[]", "", "a" * 300,
)  # fmt: skip
HOSTS = (
    "evil.example", "evil.example:80", "a b", "[::1]", "", "127.0.0.1", "evil.example/path",
    "é.example",
)  # fmt: skip
ODD_PATHS = (
    "/no-such-page", "/evidence/", "/Evidence", "/evidence/more", "//", "//evil.example", "/./",
    "/../..", "/%2e%2e/%2e%2e/etc/passwd", "/a.b", "/.env", "/.git/config", "/index.html",
    "/static/", "/static/nothing.js", "/static/%2e%2e/index.html", "/assets/..%2f..%2fapp.py",
    "/geo/%00", "/wp-login.php", "/_stcore/", "/_stcore/upload_file/a/b", "/_stcore/agent/interact",
    "/_stcore/metrics", "/_stcore/stream", "/auth/login", "/oauth2callback", "/media/x",
    "/component/", "/component/other/index.html", "/api/v1/", "/api/v2/values.csv",
    "/api/v1/values.exe", "/export/", "/export/nothing.png", "/handout/x", "/download/",
    "/\\evil.example", "/%ff%fe", "/" + "a" * 3000, "/" + "a/" * 400, "/?" + "&" * 3000, "/;x=y",
    "/%0d%0aX:%20y", "*", "http://evil.example/",
)  # fmt: skip
HEADERS = {
    "Accept-Language": (
        "es",
        "es-MX,es;q=0.9,en;q=0.8",
        "fr",
        "*",
        "es;q=x",
        "en;q=0,es",
        "," * 50,
        "é",
    ),
    "Accept-Encoding": ("gzip", "br", "gzip;q=0", "*", "identity", "gzip, gzip, gzip", "GZIP", ""),
    "Range": (
        "bytes=0-9",
        "bytes=-1",
        "bytes=9-0",
        "bytes=0-,1-",
        "lines=1",
        "bytes=" + "0-1," * 200,
    ),
    "If-None-Match": ("*", '"x"', 'W/"x"', "x", '""', '"' + "x" * 500 + '"', ","),
    "If-Modified-Since": ("Wed, 25 Nov 2026 00:00:00 GMT", "yesterday", ""),
    "If-Range": ('"x"', "yesterday"),
    "X-Forwarded-Proto": ("https", "https, http", "HTTPS", "javascript", ""),
    "X-Forwarded-Host": ("evil.example",),
    "Forwarded": ("host=evil.example;proto=https",),
    "Origin": ("https://evil.example", "null", "file://", ""),
    "Sec-Fetch-Site": ("cross-site", "same-origin", "same-site", "none", "x"),
    "Cookie": ("_streamlit_xsrf=2|x|y|1", "a" * 2000, "="),
    "Content-Type": (
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
        "text/yaml",
        "",
    ),
    "Connection": ("close", "Upgrade"),
    "Upgrade": ("h2c",),
    "Expect": ("100-continue",),
    "Accept": ("text/html", "image/*", "application/json", ""),
    "User-Agent": ("facebookexternalhit/1.1", "curl/8", ""),
}
BODIES = (
    b"x", b"&" * 5000, b"a=b&c=d", b"scenes:\n- key: a\n", b"\x00\xff" * 100,
    b'--x\r\nContent-Disposition: form-data; name="file"; filename=a\r\n\r\nscenes: 1\r\n--x--\r\n',
    b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nno file\r\n--x--\r\n', b"--x--",
    b"--x\r\n\r\n",
)  # fmt: skip


def places() -> dict[str, tuple[str, ...]]:
    """Every kind of address, and those of that kind."""
    shelf = [served.url for served in build_shelf(load_atlas()).by_name.values()]
    api = ("values.csv", "values.json", "values.geojson", "activities.csv", "rebalance.csv",
           "rebalance.json", "claims.csv", "claims.json")  # fmt: skip
    quick = [name for name in KINDS if name not in SLOW]
    scripts = ("/assets/leaflet-1.9.4/leaflet.js", f"{COMPONENT}/index.html", f"{FOLDER}js/x.js")
    return {
        "pages": tuple(f"/{path}" for path in PAGES if path != "evidence"),
        "API": tuple(f"/api/v1/{name}" for name in api),
        "files": tuple(f"/export/{name}" for name in quick),
        "drawn files": ("/card.png", *DRAWN),
        "a page that counts": ("/evidence",),
        "briefing": ("/present", "/handout/briefing.html", *(f"/handout/{n}x" for n in FILES)),
        "what pages ask for": ("/paint.json", "/share.html", "/healthz", *OPEN),
        "crawlers": ("/robots.txt", "/sitemap.xml", "/favicon.ico"),
        "assets": (*shelf, *scripts),
        "odd addresses": ODD_PATHS,
    }


WEIGHTS = {"drawn files": 0.1, "a page that counts": 0.2, "odd addresses": 2, "pages": 2, "API": 2}


def drawn(kind: str, paths: tuple[str, ...], chance: random.Random) -> Sent:
    """One request of a kind."""
    method, path = chance.choice(METHODS), chance.choice(paths)
    if kind == "drawn files":
        path += chance.choice(("", "?lang=es"))
    else:
        path += _query(chance)
    told = [
        (name, chance.choice(HEADERS[name]).encode().decode("latin-1"))
        for name in chance.sample(sorted(HEADERS), chance.choice((0, 0, 1, 2, 4)))
    ]
    if chance.random() < 0.15:
        told.append(("Host", chance.choice(HOSTS).encode().decode("latin-1")))
    body = b"" if method in ("GET", "HEAD", "TRACE") else chance.choice((b"", *BODIES))
    return Sent(method, path, tuple(told), body)


def _query(chance: random.Random) -> str:
    parts = []
    for _ in range(chance.choice((0, 0, 1, 1, 2, 5))):
        name, value = chance.choice(NAMES), chance.choice(VALUES)
        value = (
            value if chance.random() < 0.1 and value.isalnum() and value.isascii() else quote(value)
        )
        parts.append(f"{quote(name)}={value}" if chance.random() < 0.95 else quote(name))
    return ("?" + "&".join(parts)) if parts else ""


def tried(kind: str, sent: Sent) -> str:
    """The row of the table that a request belongs to."""
    if sent.method not in ("GET", "HEAD"):
        return "odd requests: other methods and bodies"
    return f"odd requests: {kind}"


def what(status: int) -> str:
    """What a request met, in words."""
    if status == 304:
        return "304, unchanged"
    named = {2: "answered", 3: "led on", 4: "refused in words", 5: "asked to come again"}
    return f"{status // 100}xx, {named[status // 100]}"


def walk(
    server: str, requests: list[tuple[str, Sent]]
) -> tuple[Counter[tuple[str, str]], list[str]]:
    """Send the requests over one line; what each met, and what is wrong with the answers."""
    wire, counted, wrong = Wire(server), Counter[tuple[str, str]](), []
    for kind, sent in requests:
        got = wire.ask(sent)
        counted[tried(kind, sent), what(got.status)] += 1
        wrong += [f"{fault}: {sent}" for fault in faults(sent, got)]
        tag = got.headers.get("etag")
        if tag and got.status == 200 and counted.total() % 3 == 0:
            again = [(name, value) for name, value in sent.headers if name != "If-None-Match"]
            kept = Sent(sent.method, sent.path, (*again, ("If-None-Match", tag)))
            still = wire.ask(kept)
            counted["asked again with the tag it was given", what(still.status)] += 1
            wrong += [f"{fault}: {kept}" for fault in faults(kept, still)]
            wrong += [f"{still.status} for what has not changed: {kept}"] * (still.status != 304)
        if sent.method == "HEAD" and got.status not in (400, 503):
            whole = wire.ask(Sent("GET", sent.path, sent.headers))
            told, given = (_lasting(answer.headers) for answer in (got, whole))
            if (got.status, told) != (whole.status, given) and kind != "drawn files":
                wrong.append(f"HEAD {got.status} {told} is not GET {whole.status} {given}: {sent}")
    wire.close()
    return counted, wrong


def _lasting(headers: dict[str, str]) -> dict[str, str]:
    # A workbook holds the moment it was made, and packs to a byte more or less.
    made = "spreadsheet" in headers.get("content-type", "")
    passing = ("date", "connection", *(("content-length",) if made else ()))
    return {name: value for name, value in headers.items() if name not in passing}


@pytest.mark.hypothesis
def test_odd_requests_by_the_hundred_are_answered_or_refused_in_words(
    attacked_url: str, met: Met
) -> None:
    chance, known = random.Random(SEED), places()
    each = [(kind, (path,)) for kind, paths in known.items() for path in paths]
    kinds = chance.choices(list(known), [WEIGHTS.get(kind, 1.0) for kind in known], k=TRIES)
    asked = [*each, *((kind, known[kind]) for kind in kinds)][:TRIES]
    requests = [(kind, drawn(kind, paths, chance)) for kind, paths in asked]
    with ThreadPoolExecutor(LINES) as lines:
        walks = list(lines.map(lambda at: walk(attacked_url, requests[at::LINES]), range(LINES)))
    counted: Counter[tuple[str, str]] = sum((one for one, _ in walks), Counter())
    wrong = [fault for _, some in walks for fault in some]
    for (one, outcome), times in counted.items():
        met(one, outcome, times)
    assert counted.total() >= TRIES
    assert not wrong, f"seed {SEED}, {len(wrong)} faults:\n" + "\n".join(wrong[:20])
    # A fuzz that never gets in, or is never refused, tries nothing.
    outcomes = {outcome[:3] for _, outcome in counted}
    assert outcomes == {"2xx", "304", "3xx", "4xx"}


@pytest.mark.parametrize(
    ("fault", "change"),
    [
        ("a status of 500", {"status": 500}),
        ("a traceback", {"body": b"Traceback (most recent call last)"}),
        ("no x-content-type-options", {"headers": {}}),
        ("a length of 3", {"raw": b"four"}),
        ("a refusal without words", {"status": 404, "body": b"Not Found"}),
        ("a foreign host", {"body": b"http://evil.example/"}),
        ("a cookie", {"cookie": "a=b"}),
    ],
)
def test_each_fault_would_be_seen(
    fault: str, change: dict[str, object], whole_answer: Callable[..., list[str]]
) -> None:
    assert any(found.startswith(fault) for found in whole_answer(**change))
    assert not whole_answer()
