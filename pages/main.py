"""The script of the dashboard: settles the view, then runs the page asked for."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import streamlit as st

ROOT = str(Path(__file__).resolve().parent.parent)
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

from geo.chapters import KEEPS, MAP, PAGE_NAMES, page_title  # noqa: E402
from geo.language import speech  # noqa: E402
from pages import _reader  # noqa: E402


@st.cache_resource(show_spinner=False)
def settle_memory() -> bool:
    """Take what was loaded at the start out of the garbage collector's sight, once."""
    import streamlit_folium  # noqa: F401

    _reader.atlas()
    gc.collect()
    gc.freeze()
    return True


settle_memory()
say = speech(_reader.expected_language())
page = st.navigation(
    [
        st.Page(f"{path or 'map'}.py", title=name(say), url_path=path or "map", default=path == MAP)
        for path, name in PAGE_NAMES.items()
    ],
    position="hidden" if st.context.is_embedded else "top",
)
st.set_page_config(
    page_title=page_title(page.title),
    layout="wide",
    menu_items={},
)
_reader.arrive(page.url_path, KEEPS[page.url_path])
page.run()
