"""Two views with one set of classes, and their difference state by state."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from geo.atlas import load_atlas
from geo.chapters.closer import PAIRS, Opened
from geo.chapters.closer.comparison import (
    compare_html,
    difference_fills,
    difference_html,
    difference_legend_html,
    shared_legend_html,
)
from geo.language import speech
from geo.scene import NO_DATA, VALUE, ZERO, build_scene, compare, difference, pool
from geo.view import View
from geo.words import fill_of, names_of
from tests.strategies import views
from tests.toy_ledger import toy_atlas

TO_2012, FROM_2013 = View(to_year=2012), View(from_year=2013)


@given(views(), st.sampled_from(sorted(PAIRS)))
def test_one_colour_means_one_range_on_both_maps(view: View, name: str) -> None:
    view = view.with_(**PAIRS[name].view)
    other = Opened("compare", PAIRS[name].changes).other(view)
    first, second = compare(load_atlas(), view, other)
    assert first.classes is second.classes
    for scene, alone in ((first, view), (second, other)):
        for state, same in zip(scene.states, build_scene(load_atlas(), alone).states, strict=True):
            assert (state.value, state.status, state.rank) == (same.value, same.status, same.rank)
            assert (state.klass is None) == (same.klass is None)
            if state.klass is not None and state.value is not None:
                low, high = scene.classes.bounds[state.klass]
                assert low <= state.value <= high
    by_value: dict[float | None, str] = {}
    for scene in (first, second):
        for state in scene.states:
            if state.status == VALUE:
                assert by_value.setdefault(state.value, fill_of(scene, state.code)) == fill_of(
                    scene, state.code
                )


@given(views(), st.sampled_from(sorted(PAIRS)))
def test_a_difference_is_second_less_first_and_missing_where_one_is_missing(
    view: View, name: str
) -> None:
    view = view.with_(**PAIRS[name].view)
    other = Opened("difference", PAIRS[name].changes).other(view)
    made, back = (
        difference(load_atlas(), view, other),
        difference(load_atlas(), other, view),
    )
    for state, again in zip(made.states, back.states, strict=True):
        if state.first is None or state.second is None:
            assert (state.change, state.status, state.klass) == (None, NO_DATA, None)
            continue
        assert state.change == state.second - state.first
        assert again.change == -state.change
        assert state.status == (VALUE if state.change else ZERO)
        if state.klass is not None:
            assert (state.change < 0) == (state.klass < made.classes.below)
    assert len(difference_fills(made)) == made.classes.count


def test_the_toy_countrys_difference_is_what_one_adds_up_by_hand() -> None:
    made = difference(toy_atlas(), TO_2012, FROM_2013)
    # To 2012: T01 in 01, T03 in 01, 02, 04, T11 (2010) in 02. From 2013: T03, T07 in 03, T09.
    assert {s.code: (s.first, s.second) for s in made.states} == {
        "01": (2, 2),
        "02": (2, 1),
        "03": (0, 1),
        "04": (1, 1),
    }
    assert [s.code for s in made.ordered] == ["03", "01", "04", "02"]


def test_a_view_against_itself_differs_nowhere_and_that_is_said() -> None:
    made = difference(load_atlas(), View(), View())
    assert {state.status for state in made.states} == {ZERO}
    assert "Both views are the same" in difference_html(
        load_atlas(), made, View(), View(), speech("en")
    )


def test_views_are_named_by_what_differs_and_by_nothing_else() -> None:
    say = speech("en")
    assert names_of(TO_2012, FROM_2013, say) == ("2008–2012", "2013–2021")
    assert names_of(View(), View(evidence="attributed"), say) == (
        "aid to several states left out",
        "aid to several states shared out, Equally",
    )
    assert names_of(View(pillar=(1,)), View(pillar=(4,)), say) == (
        "Rule of law",
        "Crime prevention",
    )


def test_the_legend_of_counted_differences_names_the_whole_numbers_of_each_class() -> None:
    view, other = View(to_year=2016), View(from_year=2017)
    made = difference(load_atlas(), view, other)
    html = str(difference_legend_html(made, view, other, speech("en")))
    told = re.findall(r'ma-range">([^<]*)<', html)
    assert "no difference" in told
    assert told[:-1] == [text for text in told[:-1] if " 0" not in f" {text}"]
    counts = [int(n) for n in re.findall(r'ma-count">(\d+)<', html)]
    assert sum(counts) == 32


def test_pooled_classes_come_from_the_values_of_all_scenes() -> None:
    scenes = tuple(build_scene(load_atlas(), View(pillar=(n,))) for n in (1, 4))
    pooled = pool(scenes)
    top = max(state.value or 0 for scene in scenes for state in scene.states)
    assert pooled[0].classes.uppers[-1] == top


def test_both_maps_share_one_legend_that_writes_parts_as_parts() -> None:
    first, second = compare(load_atlas(), View(), View(evidence="attributed"))
    told = re.findall(r'ma-range">([^<]*)<', str(shared_legend_html(first, second, speech("en"))))
    assert any("." in text for text in told)


def test_what_lasts_into_both_spans_and_what_is_undated_is_said() -> None:
    made = difference(load_atlas(), TO_2012, FROM_2013)
    html = compare_html(load_atlas(), made, TO_2012, FROM_2013, speech("en"))
    assert "count in both; undated ones only in the whole period" in html
