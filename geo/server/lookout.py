"""The lookout: a process of its own that answers `/readyz` and `/metrics` on a port of its own.

The processes that serve also run pages, and on a machine that has too much to do their answer to
a probe is late; an eager balancer then throws everybody out. This one runs nothing, and reads what
the others wrote into the tally: a process whose loop stands still gives no sign of life there.
Nobody but the operator need reach the port.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from geo.server.drawing_room import Board
from geo.server.metrics import METRICS_TYPE, metrics_text
from geo.server.process import watch
from geo.server.readiness import readiness_answer, why_not_ready
from geo.server.tally import Tally

WITHIN: Final = 5
"""Seconds that somebody who asks may take for it."""


class Lookout(ThreadingHTTPServer):
    """The server of probes; `version` is that of the data."""

    daemon_threads = True

    def __init__(self, where: tuple[str, int], tally: Tally, board: Board, version: str) -> None:
        self.address_family = socket.AF_INET6 if ":" in where[0] else socket.AF_INET
        super().__init__(where, Probe)
        self.tally, self.board, self.version = tally, board, version

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a balancer that goes away in the middle."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def told(self, path: str) -> tuple[int, str, str]:
        """Status, type and text of what stands at a path."""
        if path == "/readyz":
            return *readiness_answer(why_not_ready(self.tally)), "application/json"
        if path == "/metrics":
            return 200, metrics_text(self.tally, self.board, self.version), METRICS_TYPE
        return 404, "Here are /readyz and /metrics.\n", "text/plain; charset=utf-8"


class Probe(BaseHTTPRequestHandler):
    """One question."""

    server: Lookout
    timeout = WITHIN
    # In one piece: a balancer that has read the status goes away.
    wbufsize = -1
    server_version = "MeridaAtlas"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer it."""
        status, text, kind = self.server.told(self.path.partition("?")[0])
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def do_HEAD(self) -> None:
        """Answer it without a body."""
        self.do_GET()

    def log_message(self, *_said: object) -> None:
        """Say nothing: a balancer asks every second."""


def look_out(where: tuple[str, int], tally: Tally, board: Board, version: str, parent: int) -> None:
    """Be the process of the lookout until the process `parent` is gone."""
    for number in (signal.SIGINT, signal.SIGTERM):
        # Whoever began it ends it: while the server drains, this is what says so.
        signal.signal(number, signal.SIG_IGN)
    watch(parent, lambda: os._exit(0))
    Lookout(where, tally, board, version).serve_forever()
