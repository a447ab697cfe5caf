"""The script of the dashboard: settles the view, then runs the page asked for."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import streamlit as st

ROOT = str(Path(__file__).resolve().parent.parent)
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

from geo.i18n import speech  # noqa: E402
from geo.page_keeps import KEEPS  # noqa: E402
from geo.page_query import NOTHING_OF_ITS_OWN  # noqa: E402
from geo.shelf import ASSETS  # noqa: E402
from pages import _reader  # noqa: E402

FAVICON = ASSETS / "favicon.svg"


@st.cache_resource(show_spinner=False)
def settle_memory() -> bool:
    """Take what was loaded at the start out of the garbage collector's sight, once."""
    import streamlit_folium  # noqa: F401

    _reader.atlas()
    gc.collect()
    gc.freeze()
    return True


def titles() -> dict[str, str]:
    """The pages' titles in the reader's language, by address."""
    say = speech(_reader.expected_language())
    return {
        "map": say.t("Map"),
        "evidence": say.t("Evidence"),
        "rebalance": say.t("Rebalance"),
        "sites": say.t("Sites"),
        "background": say.t("Background"),
        "methods": say.t("Data and methods"),
    }


settle_memory()
named = titles()
page = st.navigation(
    [
        st.Page("map.py", title=named["map"], url_path="map", default=True),
        st.Page("evidence.py", title=named["evidence"], url_path="evidence"),
        st.Page("rebalance.py", title=named["rebalance"], url_path="rebalance"),
        st.Page("sites.py", title=named["sites"], url_path="sites"),
        st.Page("background.py", title=named["background"], url_path="background"),
        st.Page("methods.py", title=named["methods"], url_path="methods"),
    ],
    position="hidden" if st.context.is_embedded else "top",
)
st.set_page_config(
    page_title=f"{page.title} · Mérida Atlas",
    page_icon=str(FAVICON),
    layout="wide",
    menu_items={},
)
_reader.arrive(page.url_path, KEEPS.get(page.url_path, NOTHING_OF_ITS_OWN))
page.run()
