"""The ordinary app, with Leaflet served by its own server so that it works without internet."""

from pathlib import Path

import streamlit as st
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

app = st.App(
    Path(__file__).with_name("ordinary_script.py"),
    routes=[Mount("/leaflet", StaticFiles(packages=[("js_lib_leaflet", "static")]))],
)
