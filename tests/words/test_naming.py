"""What a view is called: two views that a reader could tell apart are told apart by their names."""

from __future__ import annotations

from dataclasses import fields

from hypothesis import given, settings
from hypothesis import strategies as st

from geo.atlas import load_atlas
from geo.language import speech
from geo.scene import build_scene
from geo.view import View
from geo.words import view_names
from tests.strategies import views


@settings(max_examples=60, deadline=None)
@given(views(), views(), st.sampled_from([f.name for f in fields(View)]))
def test_views_with_one_name_have_one_selection_and_the_same_numbers(
    view: View, other: View, changed: str
) -> None:
    atlas, say = load_atlas(), speech("en")
    second = view.with_(**{changed: getattr(other, changed)})
    if second.from_year > second.to_year:
        return
    if view_names(atlas, view, say) == view_names(atlas, second, say):
        assert view.state == second.state
        one, two = build_scene(atlas, view), build_scene(atlas, second)
        assert [(s.code, s.value, s.status) for s in one.states] == [
            (s.code, s.value, s.status) for s in two.states
        ]


def test_a_name_leads_with_the_state_and_leaves_out_what_the_first_map_shows() -> None:
    atlas, view = load_atlas(), View(state="30", measure="usd", to_year=2016, lang="es")
    assert view_names(atlas, view, speech("es")) == [
        "Veracruz",
        "Dólares ubicados en el estado",
        "2008–2016",
    ]
    assert view_names(atlas, View(k=7, layers=()), speech("en")) == []
