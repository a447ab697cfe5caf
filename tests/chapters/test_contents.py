"""The register of pages: what is made of it, and what a page consists of beside its record."""

from __future__ import annotations

import re
from typing import Any

import pytest
import streamlit as st

from geo.atlas import load_atlas
from geo.chapters import Chapter, page_at
from geo.chapters.contents import CHAPTERS
from geo.language import speech
from geo.paths import ASSETS
from geo.server.previews import PAGES, announced
from tests.page_run import run_page
from tests.serving import ROOT
from tests.share.links import OWN_CHOICES, queried

OF_NO_PAGE = {
    *("page-base.css", "page-first.css", "page-frame.css", "page-legend.css"),
    *("page-share.css", "page-streamlit.css", "page-targets.css"),
}
"""Style sheets of every page."""

ROW = re.compile(r"^\| (.+?) \(`(/[a-z]*)`\) \| .+ \|$", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.folder)
def test_a_page_is_one_folder_one_record_one_script_and_one_folder_of_tests(page: Chapter) -> None:
    room = ROOT / "geo" / ("chapters" if page in CHAPTERS else "") / page.folder
    assert (room / "page.py").is_file()
    assert (ROOT / "pages" / f"{page.folder}.py").is_file()
    tests = ROOT / "tests" / room.relative_to(ROOT / "geo")
    assert list(tests.glob("test_*.py"))
    assert page.told(load_atlas(), page.read({})[0], page.read({})[1], speech("en"))


def test_there_is_no_script_without_a_record() -> None:
    scripts = {path.stem for path in (ROOT / "pages").glob("[!_]*.py")} - {"main"}
    assert scripts == {page.folder for page in PAGES.values()}


def test_every_page_has_a_style_sheet_of_its_own() -> None:
    own = [f"page-{page.path or 'tools'}.css" for page in PAGES.values()]
    assert {path.name for path in ASSETS.glob("page-*.css")} == {*own} | OF_NO_PAGE


def test_the_read_me_lists_the_pages_as_the_navigation_does() -> None:
    listed = ROW.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    say = speech("en")
    assert listed == [(page.name(say), f"/{page.path}") for page in PAGES.values()]


def test_an_address_of_no_page_is_the_maps() -> None:
    for path in ("", "/", "/nowhere", "/map/evidence"):
        assert page_at(PAGES, path) is PAGES[""]
    assert page_at(PAGES, "/evidence/") is PAGES["evidence"]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the script tells Streamlit: the pages of its navigation, and the title at the end."""
    noted: dict[str, Any] = {}
    navigation, configure = st.navigation, st.set_page_config

    def navigate(pages: list[Any], **options: Any) -> Any:
        noted["pages"] = [(page.title, page.url_path) for page in pages]
        return navigation(pages, **options)

    def set_page(**options: Any) -> None:
        noted["title"] = options["page_title"]
        configure(**options)

    monkeypatch.setattr(st, "navigation", navigate)
    monkeypatch.setattr(st, "set_page_config", set_page)
    return noted


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_navigation_is_the_register(told: dict[str, Any], lang: str) -> None:
    run_page("sites.py", lang=lang)
    say = speech(lang)
    assert told["pages"] == [(page.name(say), page.path) for page in PAGES.values()]


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize(("path", "query"), OWN_CHOICES)
def test_the_running_page_has_the_title_that_was_served(
    told: dict[str, Any], path: str, query: dict[str, str], lang: str
) -> None:
    app = run_page(f"{path or 'map'}.py", **query, lang=lang)
    assert not app.exception
    served = announced(load_atlas(), path, queried(query, lang)).title
    assert told["title"] == served
    assert served != PAGES[path].title(load_atlas(), *PAGES[path].read({"lang": [lang]})[:2])
