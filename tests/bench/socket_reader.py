"""A reader without a browser: speaks Streamlit's own protocol over a real websocket.

It opens a view, keeps track of the controls the page sends, and changes one of them as a click in
a browser would: a rerun message with the state of every control.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

if TYPE_CHECKING:
    import random
    from typing import Self

    from streamlit.proto.Element_pb2 import Element
    from websockets.asyncio.client import ClientConnection

LIMIT = 30.0
"""Seconds after which an answer that has not come counts as a failure."""
DONE = (
    ForwardMsg.FINISHED_SUCCESSFULLY,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
)


class ReaderFailed(Exception):
    """The page answered with an exception, not in time, or not at all."""


class SocketReader:
    """One session with an app, from entering to leaving the context."""

    def __init__(self, url: str, query: str, chance: random.Random) -> None:
        self.url = url
        self.query = query
        self.chance = chance
        self.bytes_received = 0
        self._controls: dict[str, list[str]] = {}
        self._chosen: dict[str, list[str]] = {}
        self._cached: set[str] = set()
        self._page = ""
        self._socket: ClientConnection

    async def __aenter__(self) -> Self:
        address = self.url.replace("http://", "ws://") + "/_stcore/stream"
        self._socket = await connect(
            address, origin=self.url, max_size=None, open_timeout=LIMIT, compression=None
        )
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._socket.close()

    async def open(self) -> float:
        """Ask for the view in `query`; seconds until the whole page has arrived."""
        return await self._rerun()

    async def change(self) -> float:
        """Click another option of a control picked by chance; seconds until the page followed."""
        if not self._controls:
            raise ReaderFailed("the page sent no control to click")
        control = self.chance.choice(sorted(self._controls))
        others = [o for o in self._controls[control] if [o] != self._chosen[control]]
        self._chosen[control] = [self.chance.choice(others)]
        return await self._rerun()

    async def _rerun(self) -> float:
        message = BackMsg()
        client = message.rerun_script
        client.query_string = self.query
        client.page_script_hash = self._page
        client.cached_message_hashes.extend(sorted(self._cached))
        client.context_info.url = self.url
        client.context_info.locale = "en-US"
        client.context_info.timezone = "America/Mexico_City"
        for control, chosen in self._chosen.items():
            state = client.widget_states.widgets.add()
            state.id = control
            state.string_array_value.data.extend(chosen)
        started = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(LIMIT):
            await self._until_finished()
        return time.perf_counter() - started

    async def _until_finished(self) -> None:
        async for payload in self._socket:
            assert isinstance(payload, bytes)
            self.bytes_received += len(payload)
            message = ForwardMsg.FromString(payload)
            if message.metadata.cacheable:
                self._cached.add(message.hash)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self._page = message.new_session.page_script_hash
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                self._note(message.delta.new_element)
            elif kind == "script_finished":
                if message.script_finished in DONE:
                    return
                if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    raise ReaderFailed("the script does not compile")
            elif kind == "session_event" and message.session_event.HasField(
                "script_compilation_exception"
            ):
                raise ReaderFailed(str(message.session_event.script_compilation_exception))
        raise ReaderFailed("the server closed the connection")

    def _note(self, element: Element) -> None:
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise ReaderFailed(f"{element.exception.type}: {element.exception.message}")
        if kind != "button_group":
            return
        group = element.button_group
        options = [option.content for option in group.options]
        if group.click_mode != group.SINGLE_SELECT or len(options) < 2 or group.disabled:
            return
        if group.set_value or group.id not in self._controls:
            chosen = list(group.raw_values) if group.set_value else []
            if not chosen:
                chosen = [options[i] for i in group.default]
            self._chosen[group.id] = chosen
        self._controls[group.id] = options
