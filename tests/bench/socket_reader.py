"""A reader without a browser: speaks Streamlit's own protocol over a real websocket.

It opens a view, keeps track of the controls the page sends, and changes one of them as a click in
a browser would: a rerun message with the state of every control.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.typing import Origin

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


@dataclass
class Control:
    """A control as the page sent it, and what is chosen of it."""

    options: list[str]
    chosen: list[str]
    clickable: bool
    single: bool = True
    """One option at a time; otherwise a click takes an option in or out."""
    many_valued: bool = True
    """Its state travels as a list of texts, even of one; otherwise as one text."""
    fragment: str = ""
    """The fragment of the page that a click runs alone; empty where it runs the whole page."""

    def click(self, chance: random.Random) -> None:
        """Choose another option, or take one in or out."""
        if self.single:
            self.chosen = [chance.choice([o for o in self.options if [o] != self.chosen])]
        else:
            option = chance.choice(self.options)
            now = set(self.chosen) ^ {option}
            self.chosen = [o for o in self.options if o in now]


class SocketReader:
    """One session with an app, from entering to leaving the context."""

    def __init__(
        self,
        url: str,
        query: str,
        chance: random.Random,
        *,
        ahead: bool = False,
        page: str = "",
        cookie: str = "",
        limit: float = LIMIT,
    ) -> None:
        self.limit = limit
        self.cookie = cookie
        """What a balancer gave, to come back to the same server."""
        self.address = query
        """The query of the page's address as the page has written it last."""
        self.ahead = ahead
        self.page = page
        self.url = url
        self.query = query
        self.chance = chance
        self.bytes_received = 0
        self.begun: ForwardMsg | None = None
        """The message that began the last run: which session, whose installation."""
        self._controls: dict[str, Control] = {}
        self._present: set[str] = set()
        self._cached: dict[str, int] = {}
        """Messages that are still held, as a browser does, and the run that last had each."""
        self._runs = 0
        self._oldest = 0
        """Runs for which a message that none of them had is held."""
        self._page = ""
        self._socket: ClientConnection

    async def __aenter__(self) -> Self:
        address = self.url.replace("http://", "ws://") + "/_stcore/stream"
        self._socket = await connect(
            address,
            origin=Origin(self.url),
            additional_headers={"Cookie": self.cookie} if self.cookie else None,
            max_size=None,
            open_timeout=self.limit,
            compression=None,
        )
        assert self._socket.response is not None
        given = self._socket.response.headers.get("Set-Cookie", "")
        self.cookie = given.partition(";")[0] or self.cookie
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._socket.close()

    @property
    def view(self) -> dict[str, tuple[str, ...]]:
        """What is chosen of each control, by the name that the page gave it."""
        return {
            key.rpartition("-w_")[2]: tuple(control.chosen)
            for key, control in self._controls.items()
        }

    async def closed_within(self, seconds: float) -> bool:
        """Whether the server closes the socket in the time, which is waited for otherwise."""
        try:
            await asyncio.wait_for(self._socket.wait_closed(), seconds)
        except TimeoutError:
            return False
        return True

    async def open(self) -> float:
        """Ask for the view in `query`; seconds until the whole page has arrived."""
        return await self._rerun()

    async def change(self) -> float:
        """Click another option of a control picked by chance; seconds until the page followed."""
        clickable = sorted(key for key, control in self._controls.items() if control.clickable)
        if not clickable:
            raise ReaderFailed("the page sent no control to click")
        control = self._controls[self.chance.choice(clickable)]
        control.click(self.chance)
        if not (control.single and control.many_valued and self.ahead):
            return await self._rerun(control.fragment)
        # Beside the click on a button, the atlas's page asks what it will show.
        took, _ = await asyncio.gather(self._rerun(control.fragment), self._ask_ahead())
        return took

    async def _ask_ahead(self) -> None:
        host, port = self.url.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        try:
            writer.write(
                f"GET /paint.json?{self.query} HTTP/1.1\r\nHost: {host}\r\n"
                "Connection: close\r\n\r\n".encode()
            )
            async with asyncio.timeout(self.limit):
                answer = await reader.read()
        finally:
            writer.close()
        if b" 200 " not in answer[:20]:
            raise ReaderFailed(f"the paint ahead answered {answer[:60]!r}")

    async def _rerun(self, fragment: str = "") -> float:
        message = BackMsg()
        client = message.rerun_script
        client.fragment_id = fragment
        client.query_string = self.address
        client.page_script_hash = self._page
        client.page_name = "" if self._page else self.page
        client.cached_message_hashes.extend(sorted(self._cached))
        client.context_info.url = self.url
        client.context_info.locale = "en-US"
        client.context_info.timezone = "America/Mexico_City"
        for key, control in self._controls.items():
            state = client.widget_states.widgets.add()
            state.id = key
            if control.many_valued:
                state.string_array_value.data.extend(control.chosen)
            else:
                state.string_value = control.chosen[0]
        started = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(self.limit):
            await self._until_finished(fragment)
        return time.perf_counter() - started

    async def _until_finished(self, running: str) -> None:
        async for payload in self._socket:
            assert isinstance(payload, bytes)
            self.bytes_received += len(payload)
            message = ForwardMsg.FromString(payload)
            if message.metadata.cacheable:
                self._cached[message.hash] = self._runs
            kind = message.WhichOneof("type")
            if kind == "ref_hash":
                self._cached[message.ref_hash] = self._runs
            elif kind == "new_session":
                self.begun = message
                self._oldest = message.new_session.config.max_cached_message_age
                self._page = message.new_session.page_script_hash
                self._present = self._outside(running)
            elif kind == "page_info_changed":
                self.address = message.page_info_changed.query_string
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                self._note(message.delta.new_element, message.delta.fragment_id)
            elif kind == "script_finished":
                if message.script_finished in DONE:
                    self._forget_what_went()
                    return
                if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    raise ReaderFailed("the script does not compile")
                running = ""
            elif kind == "session_event" and message.session_event.HasField(
                "script_compilation_exception"
            ):
                raise ReaderFailed(str(message.session_event.script_compilation_exception))
        raise ReaderFailed("the server closed the connection")

    def _outside(self, fragment: str) -> set[str]:
        """The controls that a run of a fragment leaves as they are; none where all of it runs."""
        return {k for k, c in self._controls.items() if fragment and c.fragment != fragment}

    def _note(self, element: Element, fragment: str) -> None:
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise ReaderFailed(f"{element.exception.type}: {element.exception.message}")
        if kind == "button_group":
            group = element.button_group
            options = [option.content for option in group.options]
            given = group.raw_values if group.set_value else [options[i] for i in group.default]
            single = group.click_mode == group.SINGLE_SELECT
            control = Control(options, list(given), not group.disabled, single=single)
            self._keep(group.id, control, fragment, set_by_script=group.set_value)
        elif kind == "selectbox" and element.selectbox.options:
            menu = element.selectbox
            given = [menu.raw_value] if menu.set_value else [menu.options[menu.default]]
            control = Control(list(menu.options), given, not menu.disabled, many_valued=False)
            self._keep(menu.id, control, fragment, set_by_script=menu.set_value)
        elif kind == "slider" and element.slider.options:
            # Dragging is left to browsers; the state travels with every click all the same.
            slider = element.slider
            ends = slider.value if slider.set_value else slider.default
            given = [slider.options[int(end)] for end in ends]
            control = Control(list(slider.options), given, clickable=False)
            self._keep(slider.id, control, fragment, set_by_script=slider.set_value)

    def _keep(self, key: str, control: Control, fragment: str, *, set_by_script: bool) -> None:
        control.fragment = fragment
        known = self._controls.get(key)
        if known is not None and not set_by_script:
            control.chosen = known.chosen
        control.clickable = control.clickable and len(control.options) > 1
        self._controls[key] = control
        self._present.add(key)

    def _forget_what_went(self) -> None:
        self._controls = {k: c for k, c in self._controls.items() if k in self._present}
        self._runs += 1
        self._cached = {
            one: run for one, run in self._cached.items() if self._runs - run <= self._oldest
        }
