"""From a state to its municipalities: the ledger's evidence, and silence that is not zero."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.atlas import load_atlas, municipalities_of
from geo.chapters.closer.drilldown import drill, drill_html, drilled_state
from geo.chapters.closer.year_chart import count_years, years_html
from geo.language import speech
from geo.scene import build_scene, municipalities_reached, reaching
from geo.view import STATE_CODES, View
from tests.strategies import views


@given(views(), st.sampled_from(STATE_CODES))
def test_named_and_silent_municipalities_are_all_of_the_state(view: View, code: str) -> None:
    scene = build_scene(load_atlas(), view)
    made = drill(load_atlas(), scene, code)
    assert len(made.named) + made.silent == len(municipalities_of(code))
    reached = municipalities_reached(scene)
    assert {one.cvegeo: len(found) for one, found in made.named} == {
        cvegeo: count for cvegeo, count in reached.items() if cvegeo[:2] == code
    }


@given(views(), st.sampled_from(STATE_CODES))
def test_every_activity_of_the_state_is_in_a_municipality_or_counted_as_naming_none(
    view: View, code: str
) -> None:
    scene = build_scene(load_atlas(), view)
    made = drill(load_atlas(), scene, code)
    placed = {activity for _, found in made.named for activity in found}
    assert placed | set(made.state_only) == set(reaching(scene, code))
    assert not placed & set(made.state_only)


def test_the_map_is_told_of_no_number_for_a_municipality_without_evidence() -> None:
    scene = build_scene(load_atlas(), View())
    told = drilled_state(load_atlas(), scene, "08", speech("en"))
    assert set(told["at"]) == set(told["labels"])
    assert len(told["at"]) < len(municipalities_of("08"))
    assert told["silent"] == "no municipal evidence known"
    assert max(told["at"].values()) == len(told["fills"]) - 1


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("code", ["", "08", "30", "20"])
def test_silence_is_never_written_as_zero(code: str, lang: str) -> None:
    scene = build_scene(load_atlas(), View())
    html = str(drill_html(load_atlas(), scene, code, speech(lang)))
    assert "<td>0</td>" not in html
    if code == "30":
        assert "212" in html


class TestYears:
    def test_an_activity_is_under_way_in_each_of_its_years_and_begins_in_one(self) -> None:
        years = count_years(load_atlas(), View())
        chosen = [a for a in load_atlas().ledger.activities if not a.part_of]
        assert sum(years.begun.values()) + years.undated == len(chosen)
        assert years.undated == sum(1 for a in chosen if a.years is None)
        assert all(years.begun[y] <= years.under_way[y] for y in years.begun)

    def test_the_chosen_years_do_not_change_the_bars(self) -> None:
        assert count_years(load_atlas(), View(from_year=2016)) is count_years(load_atlas(), View())

    @pytest.mark.parametrize("lang", ["en", "es"])
    def test_every_year_is_a_step_and_a_row_and_what_is_undated_is_said(self, lang: str) -> None:
        html = str(years_html(load_atlas(), View(), speech(lang)))
        assert html.count("ma-link") == 14
        assert html.count("data-play=") == 2
        for told in re.findall(r'data-play="([^"]*)"', html):
            assert told.count("&#34;go&#34;") == 14
        undated = count_years(load_atlas(), View()).undated
        assert f"<p>{undated} " in html

    def test_a_year_without_an_appropriation_is_not_found_and_not_nothing(self) -> None:
        html = str(years_html(load_atlas(), View(), speech("en")))
        assert "appropriation not found" in html
        assert "US$ 0 million" not in html
