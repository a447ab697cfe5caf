"""The seams to Streamlit and folium hold, as installed; no browser, and before all other tests."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import streamlit_folium
from streamlit.testing.v1 import AppTest

from geo.atlas import load_atlas
from geo.drawing import as_layer, base_map, build_shelf, web_map_trouble
from geo.paths import ASSETS
from geo.server import streamlit
from geo.server.streamlit import (
    COMPONENT,
    HOLDS,
    LANGUAGE,
    SCRIPT,
    SEAMS,
    SERVER_AT_ROOT,
    SHEET,
    Seam,
    complete_page,
    frontend_folder,
    hooks_of,
    look_at_seams,
    missing,
    seams_told,
    trouble_with,
)
from tests.server.test_api import Client
from tests.serving import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path

WITHOUT_STREAMLIT = "edition.js"
"""Runs where there is no Streamlit, so that what it shares with the seams is the browser's."""

OF_STREAMLIT = re.compile(
    r"(?<![\w-])st[A-Z]\w+|(?<![\w-])st-[a-z]|data-test|#root|popstate|PopState"
)


@pytest.mark.parametrize("seam", SEAMS, ids=lambda seam: seam.name)
def test_every_seam_holds_with_what_is_installed(seam: Seam) -> None:
    assert trouble_with(seam) == "", f"{seam.relies_on}. {seam.sturdier}"


def test_a_renamed_hook_is_missed_by_its_name() -> None:
    renamed = [f"{name[:-1]}Zz{name[-1]}" for asset in (SCRIPT, SHEET) for name in hooks_of(asset)]
    told = missing(renamed)
    assert [name for name in renamed if name not in told] == []


def test_a_name_within_another_one_is_not_found() -> None:
    told = missing(["stColumn", "tColumn", "stColum", "st-key-"]).split("have no ")[1]
    assert told.split(", ") == ["tColumn", "stColum"]


def test_the_script_names_each_thing_of_streamlits_in_its_list_of_hooks_only() -> None:
    text = (ASSETS / SCRIPT).read_text(encoding="utf-8")
    begin, end = text.index("var HOOKS = {"), text.index("};")
    listed = text[begin:end].count('": "') + text[begin:end].count(': "')
    assert len(hooks_of(SCRIPT)) == listed
    rest = re.sub(r"/\*.*?\*/", "", text[:begin] + text[end:], flags=re.DOTALL)
    assert not re.search(r"(?<![\w-])st[A-Z]\w+|st-key|data-test|popstate", rest)


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in sorted(ASSETS.iterdir())
        if path.suffix in (".js", ".css", ".svg")
        and path.name not in (SCRIPT, SHEET, WITHOUT_STREAMLIT)
    ],
    ids=lambda path: path.name,
)
def test_no_other_script_or_sheet_names_anything_of_streamlits(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = OF_STREAMLIT.findall(text)
    assert not found, f"{found[0]} belongs in {SCRIPT} or {SHEET}"


def test_the_other_scripts_ask_the_seams_for_nothing_they_do_not_have() -> None:
    text = (ASSETS / SCRIPT).read_text(encoding="utf-8")
    shown = set(
        re.findall(r"^    (\w+): (?:function|\w+,$)", text.partition("atlasSeams = {")[2], re.M)
    )
    asked = {
        name
        for path in ASSETS.glob("*.js")
        for name in re.findall(r"\b(?:seams|atlasSeams)\.(\w+)", path.read_text(encoding="utf-8"))
    }
    assert asked == shown


class TestThePage:
    def test_it_gets_language_and_head_once_and_loses_its_title_and_icon(self) -> None:
        page = (frontend_folder().parent / "index.html").read_text(encoding="utf-8")
        made = complete_page(page, "es", r"<title>\1 ours</title>")
        assert made.count('<html lang="es"') == 1
        assert re.findall(r"<title>.*?</title>", made) == [r"<title>\1 ours</title>"]
        assert "shortcut icon" not in made
        assert made.count(SERVER_AT_ROOT) == 1
        assert made.index(SERVER_AT_ROOT) < made.index("</head>")

    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            ('<html lang="en"', '<html lang="en-US"', "language"),
            ("<title>", "<title data-app>", "title"),
            ("shortcut icon", "icon", "icon"),
            ("</head>", "</HEAD>", "head"),
        ],
    )
    def test_a_page_that_reads_otherwise_is_noticed(
        self, old: str, new: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = (frontend_folder().parent / "index.html").read_text(encoding="utf-8")
        assert old in page
        (tmp_path / "index.html").write_text(page.replace(old, new), encoding="utf-8")
        monkeypatch.setattr(streamlit, "frontend_folder", lambda: tmp_path / "static")
        assert told in trouble_with(SEAMS[0])

    def test_only_the_first_of_two_is_never_taken_for_the_right_one(self) -> None:
        assert len(LANGUAGE.findall('<html lang="en"><html lang="en">')) == 2


class TestTheMap:
    def test_streamlit_folium_makes_the_scripts_that_the_browser_runs(self) -> None:
        atlas = load_atlas()
        base = base_map(build_shelf(atlas))
        assert streamlit_folium.get_full_id(base) == "map_div"
        assert "window.atlasBoot(map_div);" in streamlit_folium._get_map_string(base)
        told: Any = {"at": {}}
        paint = streamlit_folium._get_feature_group_string(as_layer(told), map=base)
        assert 'window.atlas.paint({"at":{}});' in paint

    def test_a_template_that_makes_nothing_is_noticed(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from folium.template import Template

        from geo.drawing import web_map

        monkeypatch.setattr(
            web_map._Paint, "_template", Template("{% macro script(this) %}{% endmacro %}")
        )
        assert "paint" in web_map_trouble()

    def test_the_component_is_the_one_whose_files_we_serve(self) -> None:
        assert f"/component/{streamlit_folium._component_func.name}" == COMPONENT


def test_a_choice_by_the_key_of_a_control_is_found_by_that_class_in_the_browser() -> None:
    def page() -> None:
        import streamlit as st

        st.segmented_control("Measure", ["a", "b"], key="w_measure")

    [group] = AppTest.from_function(page, default_timeout=PATIENCE).run().get("button_group")
    assert group.proto.id.endswith("-w_measure"), "Streamlit makes the class of the end of the id"


class TestTelling:
    @pytest.fixture(autouse=True)
    def untold(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(streamlit, "_told", {})

    def test_healthz_lists_each_seam_beside_what_it_said_before(self) -> None:
        before = Client().get("/healthz").json()
        fields = {"status", "version", "program", "data", "identity", "started"}
        assert set(before) == fields | {"pictures", "seams"}
        assert set(before["seams"]) == {seam.name for seam in SEAMS}
        assert set(before["seams"].values()) == {streamlit.NOT_YET}
        look_at_seams()
        after = Client().get("/healthz").json()
        assert set(after["seams"].values()) == {HOLDS}
        assert after["status"] == "ok"

    def test_nothing_is_looked_at_for_a_request(self, monkeypatch: pytest.MonkeyPatch) -> None:
        look_at_seams()
        asked = replace(SEAMS[0], check=lambda: pytest.fail("looked at again"))
        monkeypatch.setattr(streamlit, "SEAMS", (asked, *SEAMS[1:]))
        assert seams_told()[asked.name] == HOLDS

    def test_one_that_does_not_hold_is_logged_in_one_line_and_the_others_are_looked_at(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def torn() -> str:
            raise KeyError("gone")

        broken = (
            Seam("paper", "paper being white", lambda: "it is blue", "Use glass."),
            Seam("ink", "ink being there", torn, "Use a pencil."),
        )
        monkeypatch.setattr(streamlit, "SEAMS", (*broken, SEAMS[0]))
        with caplog.at_level(logging.WARNING):
            look_at_seams()
        assert seams_told() == {
            "paper": "it is blue",
            "ink": "KeyError: 'gone'",
            SEAMS[0].name: HOLDS,
        }
        assert len(caplog.messages) == 2
        assert "paper being white (it is blue). Use glass." in caplog.messages[0]
        assert not any("\n" in message for message in caplog.messages)
