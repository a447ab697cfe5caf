"""HTML: what comes from data is text, wherever it meets markup."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.atlas import Atlas, load_atlas
from geo.chapters.map import legend_html, ranking_html, remainder_html, state_panel_html
from geo.chapters.map.profile import profile_html
from geo.drawing import citation_html, empty_html, headline_html, note_html
from geo.language import speech
from geo.scene import VALUE, build_scene, reaching
from geo.view import View, read_query
from geo.words import Legend, LegendRow, build_legend, ignored, number_text, tell, value_text
from geo.words.finding import headline
from tests.markup import EVIL, assert_harmless
from tests.strategies import views
from tests.toy_ledger import CODES, rows_of, toy_atlas, with_source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.toy_ledger import Rows

EN = speech("en")


@cache
def real() -> Atlas:
    return load_atlas()


def hostile_rows() -> Rows:
    rows = rows_of("A", states=["01"], usd="5", title=EVIL, place=EVIL, separable=True)
    rows += rows_of("B", states=["01"], usd="1", title=EVIL, part_of="A")
    rows += rows_of("C", weak={"01": "undated"}, title=EVIL, place=EVIL)
    for row in rows.activities:
        row.update(funder=EVIL, amount_basis=EVIL, verification=EVIL, note=EVIL)
    return rows


@cache
def hostile() -> Atlas:
    """A country whose every name is an attack."""
    atlas = toy_atlas(hostile_rows(), names=dict.fromkeys(CODES, EVIL))
    return with_source(atlas, title=EVIL, date=EVIL, author=EVIL)


class TestTextFromDataIsEscaped:
    @pytest.mark.parametrize("view", [View(), View(measure="usd"), View(show="ratio", lang="es")])
    def test_in_the_ranking(self, view: View) -> None:
        scene = build_scene(hostile(), view)
        read = assert_harmless(ranking_html(hostile(), scene, view, speech(view.lang)))
        assert read.text.count(EVIL) == len(CODES)

    def test_in_the_profile_of_a_state(self) -> None:
        scene = build_scene(hostile(), View())
        read = assert_harmless(profile_html(hostile(), scene, "01", EN))
        # name, capital, three titles, two places, two payers, the basis, two sources with date
        assert read.text.count(EVIL) >= 12

    def test_in_the_panel_of_a_state_with_a_zone(self) -> None:
        view = View(state="03")
        read = assert_harmless(state_panel_html(hostile(), build_scene(hostile(), view), view, EN))
        assert read.text.count(EVIL) == 3, "its name, its capital, its zone"

    def test_in_the_legend(self) -> None:
        legend = Legend(EVIL, (LegendRow("#ffffff", EVIL, 1),), (LegendRow("#000000", EVIL, 2),))
        read = assert_harmless(legend_html(legend, build_scene(hostile(), View()), EN))
        assert read.text.count(EVIL) == 3

    def test_in_the_remainder(self) -> None:
        assert_harmless(remainder_html(tell(hostile(), View()), EN))

    def test_in_headline_notes_and_empty_states(self) -> None:
        for html in (headline_html(EVIL, EVIL), note_html(EVIL), empty_html(EVIL)):
            assert EVIL in assert_harmless(html).text

    def test_in_what_is_said_of_a_link(self) -> None:
        _, notices = read_query({EVIL: EVIL, "measure": "<script>alert(1)</script>"})
        read = assert_harmless(note_html(ignored(notices, EN)))
        assert "<script>alert(1)</script>" in read.text

    @pytest.mark.parametrize(
        "url", ["javascript:alert(1)", "data:text/html,<script>", "", "//example.org", "ftp://x"]
    )
    def test_a_source_links_only_to_the_web(self, url: str) -> None:
        read = assert_harmless(citation_html(with_source(toy_atlas(), url=url), "S1", EN))
        assert "a" not in read.tags
        assert "A report" in read.text

    def test_a_link_cannot_break_out_of_its_address(self) -> None:
        atlas = with_source(toy_atlas(), url='https://example.org/"onclick="alert(1)')
        read = assert_harmless(citation_html(atlas, "S1", EN))
        assert ("a", "href", 'https://example.org/"onclick="alert(1)') in read.attributes

    @given(st.text(max_size=40))
    def test_any_text_comes_back_as_it_went_in(self, text: str) -> None:
        plain = text.replace("\r", "").replace("\x00", "")
        assert assert_harmless(empty_html(plain)).text == plain


class TestThePagesSayWhatTheSceneHolds:
    @given(views())
    def test_the_ranking_is_the_map_in_order(self, view: View) -> None:
        say = speech(view.lang)
        scene = build_scene(real(), view)
        read = assert_harmless(ranking_html(real(), scene, view, say))
        body = read.rows[1:]
        assert [row[:3] for row in body] == [
            [
                say.number(state.rank) if state.rank else "",
                real().states[state.code].names[say.lang],
                value_text(state.value, state.status, scene.view, say),
            ]
            for state in scene.ranked
        ]
        total = number_text(scene.total, scene.view.with_(show="value", per="none"), say)
        assert total in read.text

    @given(views())
    def test_the_legend_shows_its_classes_and_counts(self, view: View) -> None:
        say = speech(view.lang)
        scene = build_scene(real(), view)
        legend = build_legend(scene, say)
        read = assert_harmless(legend_html(legend, scene, say))
        assert read.tags.count("li") == len(legend.classes) + len(legend.others)
        for row in (*legend.classes, *legend.others):
            assert row.label in read.text

    @given(views())
    def test_the_remainder_lists_every_reason_that_holds_something(self, view: View) -> None:
        say = speech(view.lang)
        scene = build_scene(real(), view)
        read = assert_harmless(remainder_html(tell(real(), view), say))
        usd = view.measure == "usd"
        told = [line for line in scene.remainder if (line.cents if usd else line.activities)]
        assert len(read.rows) == len(told)
        for row, line in zip(read.rows, told, strict=True):
            shown = say.usd_short(line.cents / 100) if usd else say.number(line.activities, 1)
            assert row[1] == shown

    @given(views(), st.integers(1, 32))
    def test_the_profile_lists_every_activity_that_counts(self, view: View, number: int) -> None:
        say = speech(view.lang)
        code = f"{number:02d}"
        scene = build_scene(real(), view)
        read = assert_harmless(profile_html(real(), scene, code, say))
        for activity in reaching(scene, code):
            assert activity.titles[say.lang] in read.text

    @given(views(), st.integers(1, 32))
    def test_the_panel_of_a_state_shows_the_number_of_the_map(
        self, view: View, number: int
    ) -> None:
        say = speech(view.lang)
        code = f"{number:02d}"
        scene = build_scene(real(), view)
        chosen = view.with_(state=code)
        read = assert_harmless(state_panel_html(real(), scene, chosen, say))
        state = scene.state(code)
        assert value_text(state.value, state.status, scene.view, say) in read.text
        assert real().states[code].names[say.lang] in read.text

    def test_the_selected_state_is_marked_in_the_ranking(self) -> None:
        view = View(state="30")
        html = ranking_html(real(), build_scene(real(), view), view, EN)
        assert html.count('class="selected"') == 1

    def test_the_headline_is_the_heading(self) -> None:
        told = headline(real(), build_scene(real(), View()), EN)
        read = assert_harmless(headline_html(told, ""))
        assert read.tags[0] == "h1"
        assert told in read.text


class TestTheWordsForNumbers:
    @given(views(measure="activities", evidence="documented", show="value", per="none"))
    def test_a_count_lies_in_the_range_its_legend_row_prints(self, view: View) -> None:
        say = speech("en")
        scene = build_scene(real(), view)
        rows = list(reversed(build_legend(scene, say).classes))
        ranges = [[int(end) for end in row.label.split(" – ")] for row in rows]
        for state in scene.states:
            if state.status == VALUE and state.value is not None and state.klass is not None:
                inside = [i for i, ends in enumerate(ranges) if ends[0] <= state.value <= ends[-1]]
                assert inside == [state.klass]

    @given(views())
    def test_no_number_is_minus_zero(self, view: View) -> None:
        say = speech(view.lang)
        scene = build_scene(real(), view)
        for state in scene.states:
            text = value_text(state.value, state.status, view, say)
            assert not text.startswith("-") or any(digit in text for digit in "123456789"), text

    def test_zero_no_data_and_not_applicable_read_differently(self) -> None:
        words = {
            value_text(0.0, "zero", View(), EN),
            value_text(None, "no_data", View(measure="usd"), EN),
            value_text(None, "not_applicable", View(show="ratio"), EN),
        }
        assert len(words) == 3

    def test_a_gap_of_exactly_zero_is_parity_and_not_an_absence_of_evidence(self) -> None:
        needs = rows_of("A", states=CODES)
        atlas = toy_atlas(needs)
        even = replace(atlas, indicators=replace(atlas.indicators, _index=same_people(atlas)))
        scene = build_scene(even, View(show="gap"))
        assert {state.status for state in scene.states} == {"zero"}
        (row,) = build_legend(scene, EN).others
        assert "none documented" not in row.label


def same_people(atlas: Atlas) -> dict[tuple[str, str, int, str], Mapping[str, Any]]:
    return {
        key: {**row, "value": 1000.0} if key[1] == "population" else row
        for key, row in atlas.indicators._index.items()
    }
