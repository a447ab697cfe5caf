"""The server: Streamlit's pages with routes for assets, geometry, health and the API beside them.

`python app.py` serves it from several processes, `streamlit run app.py` from one. The data is
loaded and checked here, once: what is wrong with it is said in one message and the server does not
start.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from geo.atlas import load_atlas
from geo.drawing import base_map, build_shelf
from geo.equity import forget_arrays
from geo.errors import AtlasError
from geo.language import speech
from geo.paths import TEXT_FONT
from geo.server import (
    Cards,
    DrawingDesk,
    FrontDoor,
    FrontendFiles,
    Packed,
    SessionAffinity,
    Shelves,
    Tally,
    ahead_setting,
    base_setting,
    drain_setting,
    frame_setting,
    give_memory_back,
    identity_of,
    keep_setting,
    load_early,
    look_at_seams,
    name_installation,
    own_fonts,
    probes_setting,
    send_at_once,
    session_begun,
    stand_back,
)
from geo.server import main as serve
from geo.server.routes import app_script, made_ahead, page_routes, painted_ahead, routes
from geo.share import editions_setting
from geo.view import View

SWITCH_INTERVAL = 0.001
"""Seconds a thread may run before it has to let another one (Python's own default is 0.005).

Reruns take turns (`pages/_turn.py`), so what waits is the thread that sends what is ready: it needs
Python many times for one answer, and each time for a moment only. With 200 readers, one run
each, 0.03 made the 95th percentile of a change 3.6 s, 0.005 0.5 s, this 0.4 s.
"""


AFTER_THE_FIRST_MAP = 3.0
"""Seconds from the start until the seams to Streamlit are looked at and the slow pages are made."""

SLOW = ("evidence", "inequality")
"""Pages whose first reader would wait for seconds."""


def warm_up() -> None:
    """What is done beside the answers once a process serves, some of it only if it is wanted."""
    if ahead:
        make_first_map()
    tally.load()
    if shelves:
        shelves.put([app_script(shelf), *shelf.by_name.values()])
    if ahead:
        for served in shelf.by_name.values():
            if served.shrinks:
                _ = served.zipped
    time.sleep(AFTER_THE_FIRST_MAP)
    look_at_seams()
    if ahead:
        make_slow_pages()


def make_first_map() -> None:
    """Prepare what the first map needs while the reader's browser is still loading the page."""
    # What the component would load in the middle of the first run.
    import folium.plugins  # noqa: F401

    load_early()
    base_map(shelf)
    painted_ahead(atlas, View())
    made_ahead(atlas)


def make_slow_pages() -> None:
    """Make the pages that take seconds."""
    # A card that somebody waits for goes before it, and so does a page.
    stand_back()
    for path in SLOW:
        made_ahead(atlas, path)
    forget_arrays()
    give_memory_back()


def tell_trouble(error: Exception) -> bool:
    """Tell the reader in one line that the page failed; the log has the rest."""
    from pages import _reader

    logging.getLogger("merida_atlas").error("a page failed", exc_info=error)
    reader = st.session_state.get(_reader.STATE)
    say = speech(reader.view.lang if reader else "en")
    st.error(
        say.t(
            "This part of the page could not be made. Your choices are kept in the address: "
            "reload the page, or go back to the last one that worked."
        )
    )
    return True


@asynccontextmanager
async def serving(_app: object) -> AsyncIterator[None]:
    """What is done once the server listens, and what when it stops."""
    send_at_once()
    threading.Thread(target=warm_up, daemon=True).start()
    yield


sys.setswitchinterval(SWITCH_INTERVAL)
try:
    atlas = load_atlas()
    # Read where they are used; here so that a wrong one stops the start.
    base_setting()
    frame_setting()
    drain_setting()
    editions_setting()
    probes_setting()
    keep = keep_setting()
    ahead = ahead_setting()
except AtlasError as error:
    sys.exit(f"Mérida Atlas cannot start. {error}")

identity = identity_of(atlas.version)
name_installation(identity)
shelf = build_shelf(atlas)
shelves = Shelves(keep) if keep else None
desk = DrawingDesk(atlas, Cards(keep, identity) if keep else None)
tally = Tally()
loaded = dict.fromkeys(own_fonts(TEXT_FONT), shelf.url(TEXT_FONT.name))
answered = [*page_routes(atlas, shelf), *routes(atlas, shelf, desk, tally, shelves)]
app = st.App(
    Path(__file__).resolve().with_name("pages") / "main.py",
    routes=answered,
    middleware=[
        Middleware(FrontDoor, routes=answered, version=atlas.version, tally=tally),
        Middleware(FrontendFiles, fonts=own_fonts(), loaded=loaded, stored=Packed()),
    ],
    lifespan=serving,
    on_script_error=tell_trouble,
)

if __name__ == "__main__":
    serve(lambda doors: SessionAffinity(app, doors, session_begun), desk, tally)
