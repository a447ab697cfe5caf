"""A view as a slide of a reader's own: whatever the view, a scene file takes it."""

from __future__ import annotations

import json

from hypothesis import given

from geo.atlas import load_atlas
from geo.briefing import read_briefing
from geo.share.dialog import own_slide
from geo.view import View
from tests.strategies import one_in, views


@given(views())
@one_in(4)
def test_every_view_makes_a_scene_that_shows_it(view: View) -> None:
    made = own_slide(load_atlas(), view)
    names = {"en": "Mine", "es": "Mías"}
    file = {"title": names, "scenes": [{"key": "slide_1", **made}]}
    (scene,) = read_briefing(json.dumps(file).encode(), "mine.yaml").scenes
    assert scene.view == view.with_(lang="en")
    assert (scene.title, scene.notes) == (made["title"], made["notes"])
    if view.state:
        assert load_atlas().states[view.state].names["es"] in scene.title["es"]
