"""Requests as they go over the wire, without a client that would put them right."""

from __future__ import annotations

import gzip
import http.client
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlsplit

from geo.server.content_policy import ALWAYS, POLICY, TYPED, is_part
from tests.serving import PATIENCE, ROOT

LIMIT = PATIENCE
"""Seconds after which a server that says nothing is taken for dead."""

BARE = {status.phrase.encode() for status in HTTPStatus}

NOT_OURS = b"Invalid HTTP request received."
"""What the server beneath the app says of what is no HTTP; no app ever sees that."""


@dataclass(frozen=True)
class Sent:
    """One request; `path` goes as it is, quoted or not."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def __str__(self) -> str:
        return f"{self.method} {self.path[:200]} {dict(self.headers)} {self.body[:80]!r}"


@dataclass(frozen=True)
class Got:
    """One answer; `raw` as it came, `body` unpacked."""

    status: int
    headers: dict[str, str]
    raw: bytes
    body: bytes = field(repr=False)


class Wire:
    """One connection to a server, opened anew when it was closed."""

    def __init__(self, server: str) -> None:
        self.host = urlsplit(server).netloc
        self.open: http.client.HTTPConnection | None = None

    def ask(self, sent: Sent) -> Got:
        """Send a request and read its whole answer, once more where an idle line was closed."""
        fresh = self.open is None
        try:
            return self._ask(sent)
        except TimeoutError:
            self.close()
            raise AssertionError(f"no answer in {LIMIT:.0f} seconds: {sent}") from None
        except (http.client.RemoteDisconnected, ConnectionError):
            self.close()
            if fresh:
                raise
            return self._ask(sent)

    def close(self) -> None:
        """Hang up."""
        if self.open is not None:
            self.open.close()
        self.open = None

    def _ask(self, sent: Sent) -> Got:
        if self.open is None:
            self.open = http.client.HTTPConnection(self.host, timeout=LIMIT)
        line = self.open
        # Otherwise it refuses a path that no browser would send.
        line._validate_path = lambda _path: None  # type: ignore[attr-defined]
        line.putrequest(sent.method, sent.path, skip_host=True, skip_accept_encoding=True)
        names = {name.lower() for name, _ in sent.headers}
        if "host" not in names:
            line.putheader("Host", self.host)
        for name, value in sent.headers:
            line.putheader(name, value)
        if sent.body and "content-length" not in names:
            line.putheader("Content-Length", str(len(sent.body)))
        line.endheaders(sent.body or None)
        answer = line.getresponse()
        raw = answer.read()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        if answer.will_close:
            self.close()
        packed = headers.get("content-encoding") == "gzip" and raw
        return Got(answer.status, headers, raw, gzip.decompress(raw) if packed else raw)


PARTS_END_IN = (".js", ".css", ".woff2")


def faults(sent: Sent, got: Got) -> list[str]:
    """What is wrong with an answer, whatever was asked."""
    found: list[str] = []
    if got.body == NOT_OURS:
        return found
    if got.status >= 500 and not (got.status == 503 and "retry-after" in got.headers):
        found.append(f"a status of {got.status}")
    if b"Traceback" in got.body or str(ROOT).encode() in got.body:
        found.append("a traceback, or a path of the machine")
    # That nothing has changed is said without a type; the address tells it then.
    named_part = got.status == 304 and sent.path.partition("?")[0].endswith(PARTS_END_IN)
    part = named_part or is_part(got.headers.get("content-type", ""))
    needed = TYPED if part else (*ALWAYS, POLICY)
    lacking = [name for name in needed if name not in got.headers]
    if lacking and not (got.status == 304 and lacking == [POLICY]):
        found.append(f"no {', '.join(lacking)}")
    if sent.method != "HEAD" and got.status != 304:
        said = got.headers.get("content-length")
        if said is None or int(said) != len(got.raw):
            found.append(f"a length of {said} for {len(got.raw)} bytes")
    hosts = [value for name, value in sent.headers if name.lower() == "host"]
    named = any("evil" in host and host.encode() in got.body for host in hosts)
    if named and "public" in got.headers.get("cache-control", ""):
        found.append("a foreign host in what a shared cache may keep")
    if got.status >= 400 and sent.method != "HEAD" and got.body in {b"", *BARE}:
        found.append("a refusal without words")
    if "set-cookie" in got.headers:
        found.append("a cookie")
    return found
