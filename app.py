"""The server: Streamlit's pages with routes for assets, geometry, health and the API beside them.

Started with `streamlit run app.py`. The data is loaded and checked here, once: what is wrong with
it is said in one message and the server does not start.
"""

from __future__ import annotations

import sys
import threading

import streamlit as st
from starlette.middleware import Middleware

from geo.atlas import load_atlas
from geo.errors import AtlasError
from geo.http import routes
from geo.index_page import IndexPage
from geo.shelf import build_shelf


def warm_up() -> None:
    """Import what the first map needs while the reader's browser is still loading the page."""
    import folium  # noqa: F401
    import jenkspy  # noqa: F401


try:
    atlas = load_atlas()
except AtlasError as error:
    sys.exit(f"Mérida Atlas cannot start. {error}")

shelf = build_shelf(atlas)
threading.Thread(target=warm_up, daemon=True).start()
app = st.App(
    "pages/main.py",
    routes=routes(atlas, shelf),
    middleware=[Middleware(IndexPage, shelf=shelf)],
)
