"""The map in words says what the map shows, whatever the view."""

from __future__ import annotations

import pytest
from hypothesis import given

from geo.atlas import load_atlas
from geo.language import speech
from geo.scene import build_scene
from geo.view import View
from geo.words import value_text
from geo.words.description import NAMED, description, description_html, first_with_ties
from geo.words.finding import headline
from geo.words.sentence import filters, remainder
from tests.strategies import views


@given(view=views())
def test_it_names_the_finding_the_extremes_and_what_is_not_on_the_map(view: View) -> None:
    atlas, say = load_atlas(), speech(view.lang)
    scene = build_scene(atlas, view)
    told = " ".join(description(atlas, scene, say, view.state))
    assert headline(load_atlas(), scene, say, view.state) in told
    assert remainder(scene, say) in told
    assert filters(view, scene, say) in told
    valued = [state for state in scene.states if state.value is not None]
    if valued:
        top = max(valued, key=lambda state: state.value or 0)
        assert value_text(top.value, top.status, view, say) in told
        assert atlas.states[top.code].names[view.lang] in told


def test_states_with_the_value_of_the_last_named_are_named_too() -> None:
    scene = build_scene(load_atlas(), View())
    ranked = sorted((s for s in scene.states if s.value is not None), key=lambda s: -(s.value or 0))
    named = first_with_ties(ranked)
    assert len(named) >= NAMED
    left = [state.value for state in ranked if state not in named]
    assert named[-1].value not in left


def test_without_any_number_it_still_says_what_is_missing() -> None:
    atlas = load_atlas()
    view = View(measure="usd", pillar=(5,))
    told = " ".join(description(atlas, build_scene(atlas, view), speech("en")))
    assert "32 states have no published figure" in told


@pytest.mark.parametrize("lang", ["en", "es"])
def test_it_stands_on_the_page_as_plain_paragraphs(lang: str) -> None:
    atlas = load_atlas()
    markup = description_html(atlas, build_scene(atlas, View()), speech(lang))
    assert markup.startswith('<details class="ma-described"><summary>')
