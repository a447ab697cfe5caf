"""The script of the dashboard: settles the view, then runs the page asked for."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

ROOT = str(Path(__file__).resolve().parent.parent)
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

from geo.briefing import BRIEFING  # noqa: E402
from geo.chapters import MAP, bar_html, page_at, register  # noqa: E402
from geo.language import speech  # noqa: E402
from pages import _reader  # noqa: E402
from pages._show import show  # noqa: E402
from pages._turn import long_turn, turn  # noqa: E402

LONG = ("evidence", "inequality", "contribute")
"""Pages whose run needs long; that of the map takes its own turns, the others a short one."""


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
chapters = register(BRIEFING)
if _reader.is_first():
    # Until it is told a title, Streamlit writes the page's bare name over the one that was served.
    here = page_at(chapters, urlsplit(st.context.url or "").path)
    atlas = _reader.atlas()
    view, own, _ = here.read(_reader.met(_reader.asked()), atlas.state_named)
    st.set_page_config(page_title=here.title(atlas, view, own))
page = st.navigation(
    [
        st.Page(
            f"{chapter.folder}.py",
            title=chapter.name(say),
            url_path=chapter.folder,
            default=chapter.path == MAP,
            visibility="visible" if chapter.listed else "hidden",
        )
        for chapter in chapters.values()
    ],
    position="hidden",
)
_reader.arrive(chapters[page.url_path])
st.set_page_config(page_title=_reader.title(), layout="wide", menu_items={})
if not st.context.is_embedded:
    with st.container(key="bar"):
        show(bar_html(chapters, chapters[page.url_path], _reader.view(), _reader.say()))
if page.url_path == MAP:
    page.run()
else:
    with long_turn() if page.url_path in LONG else turn():
        page.run()
