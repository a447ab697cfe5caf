"""What a choice costs the server: one run, and of no more of the page than the choice is about."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from geo.view import View
from tests.browser.atlas_page import LIMIT
from tests.browser.promises import wait_sentence

if TYPE_CHECKING:
    from playwright.sync_api import WebSocket

    from tests.browser.atlas_page import AtlasPage


def listened_to(atlas: AtlasPage) -> Counter[str]:
    """Counts what the server tells the page from now on, by kind of message."""
    told: Counter[str] = Counter()

    def note(frame: bytes | str) -> None:
        if isinstance(frame, bytes):
            told[str(ForwardMsg.FromString(frame).WhichOneof("type"))] += 1

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", note)

    atlas.page.on("websocket", listen)
    return told


def test_a_choice_on_the_map_page_is_one_run_of_its_body_alone(atlas: AtlasPage) -> None:
    told = listened_to(atlas)
    atlas.open_map()
    painted = atlas.paints()
    told.clear()
    atlas.choose("measure", "Dollars").wait_painted(more_than=painted).wait_settled()
    assert told["new_session"] == told["script_finished"] == 1
    assert not told["navigation"], "the rest of the page was run too"


def test_another_language_is_spoken_by_the_whole_page(atlas: AtlasPage) -> None:
    told = listened_to(atlas)
    atlas.open_map()
    told.clear()
    atlas.choose("lang", "Español")
    # The page says its language before the run for it is begun.
    wait_sentence(atlas, View(lang="es"))
    atlas.page.wait_for_function("() => document.documentElement.lang === 'es'", timeout=LIMIT)
    atlas.wait_settled()
    assert told["navigation"] == 1
