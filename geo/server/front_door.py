"""The front door: every request comes in through here, and every answer goes out.

What no page needs stays closed, whatever the libraries behind would answer. A body is counted while
it is read. An answer leaves with its policy, in the reader's language, compressed, with a true
length and a tag by which it need not be sent again.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import logging
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import Final, Self
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.server.address import base_of, base_setting, frame_setting, is_own
from geo.server.content_policy import ALWAYS, NO_PAGE, POLICY, TYPED, alone, framed_by, is_part
from geo.server.previews import PAGES
from geo.server.program import program_hash
from geo.server.refusals import MOST_SENT, NEVER_KEPT, refusal
from geo.server.routes import AT_AN_EDGE, BRIEFLY, IGNORED, OF_THE_DATA, REVISED
from geo.server.streamlit import COMPONENT, FOLDER, OPEN, SOCKET, frontend_names, run_told
from geo.server.tally import Tally
from geo.view import LANGS, language_met, read_query

READING: Final = ("GET", "HEAD")

SAME_ORIGIN: Final = "same-origin"
HERE: Final = (SAME_ORIGIN, "none")
"""What a browser says of a request that one of our own pages made, or that its reader typed."""

COMPRESSED: Final = (
    "text/",
    "application/json",
    "application/geo+json",
    "application/xml",
    "image/svg",
)
"""Beginnings of the types that are worth compressing; pictures and archives are small already."""

WORTH_IT: Final = 1_000
"""Bytes from which an answer is compressed."""

LARGE: Final = 50_000
"""Bytes from which a thread compresses: less takes a millisecond."""

LEVEL: Final = 6
"""Of gzip: the levels above take longer and save a hundredth."""

LINGER: Final = 2.0
"""Seconds in which the rest of a refused body is thrown away: its sender then hears the answer."""

ENCODINGS: Final = ("br", "gzip")
"""What an answer may be packed with, the closest first; browsers take brotli by https alone, and
from their own machine."""

NOT_PASSED_ON: Final = frozenset(
    {b"range", b"if-range", b"if-none-match", b"if-modified-since", b"accept-encoding"}
)
"""What the door sees to itself: an answer is whole, and is compressed and tagged on its way out."""

PACKED: Final = (FOLDER, f"{COMPONENT}/", "/assets/", "/geo/")
"""Beginnings of addresses whose files are kept compressed."""

REFUSED_SOCKET: Final = 1008
"""The code a socket is closed with that may not be opened (RFC 6455, section 7.4)."""


class BodyTooLarge(Exception):
    """A body that grew beyond its limit while it was read."""


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    scope: Scope
    headers: Headers

    @property
    def path(self) -> str:
        """The path, decoded."""
        return str(self.scope["path"])

    @property
    def method(self) -> str:
        """In capitals."""
        return str(self.scope["method"])

    @property
    def reads(self) -> bool:
        """Whether nothing is sent or changed."""
        return self.method in READING

    @cached_property
    def spelled(self) -> list[str]:
        """The languages that the address itself names."""
        query = parse_qs(self.scope["query_string"].decode("latin-1"))
        return [text for text in query.get("lang", ()) if text.strip()]

    @cached_property
    def lang(self) -> str:
        """The language of the answer: the address's, else the one that the browser asks for."""
        if self.spelled:
            return read_query({"lang": self.spelled})[0].lang
        return language_met(self.headers.get("accept-language", ""))

    @cached_property
    def unpacks(self) -> tuple[str, ...]:
        """Which of ENCODINGS the asker can unpack (RFC 9110, section 12.5.3)."""
        refused = dict[str, bool]()
        for part in self.headers.get("accept-encoding", "").lower().split(","):
            name, _, weight = part.partition(";")
            named = name.strip().replace("x-gzip", "gzip")
            refused[named] = weight.replace(" ", "") in ("q=0", "q=0.0", "q=0.00", "q=0.000")
        anything = refused.get("*", True)
        return tuple(name for name in ENCODINGS if not refused.get(name, anything))

    @property
    def query_string(self) -> bytes:
        """The query, with the reader's language where it names none and that is not the default."""
        given = bytes(self.scope["query_string"])
        if self.spelled or self.lang == LANGS[0]:
            return given
        return given + (b"&" if given else b"") + b"lang=" + self.lang.encode()


class Body:
    """The body of a request, counted while it is read: fails beyond what one may send."""

    def __init__(self, receive: Receive, headers: Headers) -> None:
        self.receive = receive
        self.come = 0
        self.is_whole = not (_length(headers) or "transfer-encoding" in headers)
        """Whether there is nothing left to read, as where there is no body."""

    async def __call__(self) -> Message:
        """What has come next."""
        message = await self._next()
        if self.come > MOST_SENT:
            raise BodyTooLarge
        return message

    async def _next(self) -> Message:
        message = await self.receive()
        self.come += len(message.get("body", b""))
        self.is_whole = self.is_whole or not message.get("more_body")
        return message

    async def throw_away(self) -> None:
        """Read what is still being sent, keep none of it, and give up after `LINGER` seconds."""
        end = time.monotonic() + LINGER
        while not self.is_whole and (left := end - time.monotonic()) > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._next(), left)


class Reader:
    """An open socket, counted while it is open, and whether a run is under way on it."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self.runs = False

    def __enter__(self) -> Self:
        self.tally.add("readers")
        return self

    def __exit__(self, *_: object) -> None:
        self.tally.add("readers", -1)
        self._see("ended")

    def follow(self, message: Message) -> None:
        """See whether what the tab is told begins or ends a run."""
        if sent := message.get("bytes"):
            self._see(run_told(sent))

    def _see(self, told: str) -> None:
        if told == "begun":
            self.tally.add("runs")
        if told and self.runs is not (now := told == "begun"):
            self.tally.add("running", 1 if now else -1)
            self.runs = now


class FrontDoor:
    """ASGI middleware, the outermost: lets in what one of `routes`, or a page, is there for.

    `version` is that of the data; readers, their runs and answers are counted in `tally`.
    """

    def __init__(
        self, app: ASGIApp, routes: Sequence[BaseRoute], version: str, tally: Tally | None = None
    ) -> None:
        self.app = app
        self.routes = routes
        self.version = version
        self.tally = tally or Tally()
        self.base, self.frames = base_setting(), frame_setting()
        self.files = frontend_names()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or let one socket through."""
        if scope["type"] == "http":
            await self._answer(Asked(scope, Headers(scope=scope)), receive, send)
        elif scope["type"] == "websocket":
            await self._open(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _open(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a page of the atlas open its socket.

        Where another comes from is not asked of Streamlit, which would ask an outside host.
        """
        if scope["path"] != SOCKET or not self._from_here(Headers(scope=scope)):
            await receive()
            await send({"type": "websocket.close", "code": REFUSED_SOCKET})
            return
        passed = [pair for pair in scope["headers"] if pair[0] != b"origin"]
        with Reader(self.tally) as reader:

            async def counting(message: Message) -> None:
                reader.follow(message)
                await send(message)

            await self.app({**scope, "headers": passed}, receive, counting)

    async def _answer(self, asked: Asked, receive: Receive, send: Send) -> None:
        answer, body = Answer(self, asked), Body(receive, asked.headers)
        refused = self._refused(asked)
        if refused is not None:
            await refused(asked.scope, receive, answer)
        elif asked.reads and answer.kept and answer.tag in _tags(asked.headers):
            answer.unchanged()
        else:
            await self._asked_inside(asked, answer, body)
        if answer.status:
            self.tally.answered(asked.path, answer.status)
        await answer.send(send, body)

    async def _asked_inside(self, asked: Asked, answer: Answer, body: Body) -> None:
        status = 0
        try:
            await self.app(self._inner(asked, answer), body, answer)
        except BodyTooLarge:
            status = 413
        except ClientDisconnect:
            answer.forget()
            return
        except Exception:
            logging.getLogger("merida_atlas").exception("an answer failed")
            status = 500
        status = status or answer.bare_status
        if status:
            answer.forget()
            await refusal(asked.lang, status)(asked.scope, body, answer)

    def _inner(self, asked: Asked, answer: Answer) -> Scope:
        """The request as those behind the door see it."""
        headers = [pair for pair in asked.scope["headers"] if pair[0] not in NOT_PASSED_ON]
        if asked.unpacks and asked.path.startswith(PACKED):
            headers.append((b"accept-encoding", ", ".join(asked.unpacks).encode()))
        return {
            **asked.scope,
            "method": "GET" if asked.method == "HEAD" else asked.method,
            "headers": headers,
            "query_string": asked.query_string,
            IGNORED: answer.ignored,
        }

    def _refused(self, asked: Asked) -> Response | None:
        """The answer to a request that is not let in; None where it is."""
        ways = set(self._ways(asked))
        if not ways:
            return _moved(asked) or refusal(asked.lang, 404)
        if asked.method not in ways:
            return refusal(asked.lang, 405, {"Allow": ", ".join(sorted(ways))})
        if not asked.reads and not self._from_here(asked.headers):
            return refusal(asked.lang, 403)
        # Whoever frames the map's own page may hand it a script: only pages of the atlas frame it.
        if (
            asked.path.startswith(COMPONENT)
            and asked.path.endswith(("/", ".html"))
            and asked.headers.get("sec-fetch-site", "none") not in HERE
        ):
            return refusal(asked.lang, 403)
        if not asked.reads and _length(asked.headers) > MOST_SENT:
            return refusal(asked.lang, 413)
        return None

    def _ways(self, asked: Asked) -> Iterable[str]:
        """The methods that the path may be asked with; none where nothing stands there."""
        for route in self.routes:
            if route.matches(asked.scope)[0] is not Match.NONE:
                yield from getattr(route, "methods", None) or READING
        folder, _, name = asked.path.rpartition(FOLDER)
        streamlits = asked.path in OPEN or (not folder and name in self.files)
        if streamlits or asked.path.startswith(f"{COMPONENT}/"):
            yield from READING

    def _from_here(self, headers: Headers) -> bool:
        """Whether a page of the atlas asks, or no page at all.

        A browser that says it is the same origin is believed before `Origin`: that is `null` for a
        form which opens another tab, since Streamlit lets none of those tell where it comes from.
        """
        site, origin = headers.get("sec-fetch-site", "none"), headers.get("origin")
        if site not in HERE:
            return False
        return (
            site == SAME_ORIGIN
            or origin is None
            or is_own(origin, headers.get("host", ""), self.base)
        )


class Answer:
    """An answer on its way out, gathered whole: the atlas's largest file is a few megabytes."""

    def __init__(self, door: FrontDoor, asked: Asked) -> None:
        self.door = door
        self.asked = asked
        self.ignored: list[str] = []
        self.status = 0
        self.headers = MutableHeaders()
        self.body = bytearray()
        self.is_page = asked.path.lstrip("/") in PAGES
        self.kept = REVISED if self.is_page else self._kept_of_the_data()
        """How an answer is kept whose tag is known before it is made; empty for all others."""
        # Made of what the answer is made of, so that it is known before the answer is.
        made_of = (
            program_hash(),
            door.version,
            door.base or base_of(asked.headers, asked.scope.get("scheme", "http")),
            asked.path,
            asked.query_string,
        )
        self.tag = hashlib.sha256(repr(made_of).encode()).hexdigest()[:20]

    async def __call__(self, message: Message) -> None:
        """Take one message of the answer."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = MutableHeaders(raw=list(message["headers"]))
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")

    @property
    def bare_status(self) -> int:
        """The status where nothing but its English name is said of it, else zero."""
        bare = self.status in (400, 404, 405) and HTTPStatus(self.status).phrase.encode()
        return self.status if bare and bytes(self.body) == bare else 0

    def forget(self) -> None:
        """Begin anew."""
        self.status, self.headers, self.body = 0, MutableHeaders(), bytearray()

    def unchanged(self) -> None:
        """Say that what the asker has is still so."""
        self.forget()
        self.status = 304
        self.headers["cache-control"] = self.kept

    def _kept_of_the_data(self) -> str:
        return BRIEFLY if self.asked.path.startswith(OF_THE_DATA) else ""

    async def send(self, send: Send, asked: Body) -> None:
        """Send it finished; what its asker is still sending is thrown away meanwhile."""
        if not self.status:
            return
        await self._finish()
        body = b"" if self.asked.method == "HEAD" or self.status == 304 else bytes(self.body)
        unread = not asked.is_whole
        if unread:
            self.headers["connection"] = "close"
        start = {"type": "http.response.start", "status": self.status, "headers": self.headers.raw}
        await send(start)
        await send({"type": "http.response.body", "body": body, "more_body": unread})
        if unread:
            await asked.throw_away()
            await send({"type": "http.response.body"})

    async def _finish(self) -> None:
        headers, kind = self.headers, self.headers.get("content-type", "")
        headers.update(TYPED if is_part(kind) else ALWAYS)
        if self.ignored:
            headers["x-atlas-ignored"] = ", ".join(self.ignored)
        # Nothing here needs a cookie; Streamlit sets one for the uploads that are closed.
        for name in ("set-cookie", "last-modified", "accept-ranges"):
            del headers[name]
        if not is_part(kind):
            self._finish_policy(kind)
        self._finish_keeping()
        if self.status == 304:
            # A browser puts these headers in place of those it kept: its page needs its own policy.
            self.body.clear()
            for name in ("content-length", "content-type", "content-encoding", POLICY):
                del headers[name]
            return
        if self._worth_compressing(kind):
            await self._compress()
        headers["content-length"] = str(len(self.body))

    def _finish_policy(self, kind: str) -> None:
        policy = self.headers.get(POLICY)
        if policy is None:
            is_html = kind.startswith("text/html")
            policy = alone(bytes(self.body)) if is_html else NO_PAGE
        if "frame-ancestors" not in policy:
            policy = framed_by(policy, self.door.frames)
        self.headers[POLICY] = policy

    def _finish_keeping(self) -> None:
        """Who may keep it, how long, and under which tag."""
        headers = self.headers
        if self.status >= 400:
            # Else a cache may keep it as long as it sees fit, beyond the deploy that mends it.
            headers.setdefault("cache-control", NEVER_KEPT)
        kept = headers.get("cache-control", "")
        is_fresh_page = self.is_page and kept == REVISED
        if (is_fresh_page or kept == BRIEFLY) and not self.door.base:
            # It may hold the address it was asked at, which is whatever the asker said it is.
            headers["cache-control"] = f"private, {kept.removeprefix('public, ')}"
        elif is_fresh_page:
            # Before the others: nginx until 1.23 takes the first that speaks of keeping.
            headers.raw[:0] = MutableHeaders(AT_AN_EDGE).raw
        tagged = kept not in ("", NEVER_KEPT) and self.asked.path not in OPEN
        if tagged and "etag" not in headers and self.status in (200, 304):
            headers["etag"] = f'W/"{self.tag}"'
        if not self.asked.spelled and "immutable" not in kept:
            headers.add_vary_header("Accept-Language")
        if "immutable" not in kept and "Accept-Encoding" not in headers.get("vary", ""):
            headers.add_vary_header("Accept-Encoding")
        if (
            self.status == 200
            and self.asked.reads
            and _opaque(headers.get("etag", "")) in _tags(self.asked.headers)
        ):
            self.status = 304

    def _worth_compressing(self, kind: str) -> bool:
        if not kind.startswith(COMPRESSED) or "content-encoding" in self.headers:
            return False
        return "gzip" in self.asked.unpacks and len(self.body) >= WORTH_IT

    async def _compress(self) -> None:
        content = bytes(self.body)
        if len(content) < LARGE:
            packed = gzip.compress(content, LEVEL, mtime=0)
        else:
            packed = await asyncio.to_thread(gzip.compress, content, LEVEL, mtime=0)
        self.body = bytearray(packed)
        self.headers["content-encoding"] = "gzip"


def _length(headers: Headers) -> int:
    """How long the body is said to be; zero where that is not said."""
    said = headers.get("content-length", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 20 else 0


def _opaque(tag: str) -> str:
    return tag.strip().removeprefix("W/").strip('"')


def _tags(headers: Headers) -> frozenset[str]:
    """What a conditional request names, compared weakly (RFC 9110, section 13.1.2)."""
    return frozenset(_opaque(tag) for tag in headers.get("if-none-match", "").split(",")) - {
        "",
        "*",
    }


def _moved(asked: Asked) -> Response | None:
    """The way to the page that an address means but for a slash at its end or capitals."""
    meant = asked.path.strip("/").lower()
    if not asked.reads or meant not in PAGES or f"/{meant}" == asked.path:
        return None
    query = asked.scope["query_string"].decode("latin-1")
    return RedirectResponse(
        f"/{meant}" + (f"?{query}" if query else ""), 301, {"Cache-Control": REVISED}
    )
