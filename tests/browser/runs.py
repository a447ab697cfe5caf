"""What the page asks the server for: a run that is still to come, or to end.

The page shows that it runs once the server has told it so. Between a press and that, which is long
on a busy machine, nothing on it says that more is to come.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, WebSocketRoute

WATCH = """(RERUN, BEGUN, FINISHED, EARLY) => {
    if (window !== window.top) return;
    const heard = new WeakSet(), send = WebSocket.prototype.send;
    const number = (bytes, at) => {
        let value = 0, shift = 0;
        do value += (bytes[at] & 127) * 2 ** shift, shift += 7; while (bytes[at++] & 128);
        return [value, at];
    };
    // Each field of a message: its number and kind, then a number or, of the second kind, a length.
    const fields = (data) => {
        const bytes = new Uint8Array(data), found = {};
        for (let at = 0, key; at < bytes.length;) {
            [key, at] = number(bytes, at);
            [found[key >> 3], at] = number(bytes, at);
            if ((key & 7) === 2) at += found[key >> 3];
        }
        return found;
    };
    const listen = (event) => {
        const asked = window.runAsked, told = fields(event.data);
        if (!asked) return;
        asked.begun ||= BEGUN in told;
        // What came with the run is on the page a moment later than its end.
        if (asked.begun && FINISHED in told && told[FINISHED] !== EARLY) setTimeout(() => {
            if (window.runAsked === asked) window.runAsked = null;
        }, 50);
    };
    WebSocket.prototype.send = function (data) {
        if (typeof data !== "string") {
            if (!heard.has(this)) this.addEventListener("message", listen);
            heard.add(this);
            if (RERUN in fields(data)) window.runAsked = { begun: false };
        }
        return send.call(this, data);
    };
}"""

NUMBERS = (
    BackMsg.RERUN_SCRIPT_FIELD_NUMBER,
    ForwardMsg.NEW_SESSION_FIELD_NUMBER,
    ForwardMsg.SCRIPT_FINISHED_FIELD_NUMBER,
    ForwardMsg.FINISHED_EARLY_FOR_RERUN,
)


def watch_runs(context: BrowserContext) -> None:
    """`window.runAsked` tells, in every page of it, of a run that it waits for; null if of none."""
    context.add_init_script(f"({WATCH})({', '.join(map(str, NUMBERS))})")


@dataclass
class Line:
    """The page's socket, on which its words to the server can be kept: no run follows them."""

    keeps: bool = False
    kept: list[str | bytes] = field(default_factory=list)
    servers: list[WebSocketRoute] = field(default_factory=list)

    def between(self, page_side: WebSocketRoute) -> None:
        self.servers.append(page_side.connect_to_server())
        page_side.on_message(
            lambda told: self.kept.append(told) if self.keeps else self.servers[-1].send(told)
        )

    def let_go(self) -> None:
        self.keeps = False
        for told in self.kept:
            self.servers[-1].send(told)
        self.kept.clear()
