"""The Map page as a link tells of it."""

from __future__ import annotations

from geo.atlas import Atlas
from geo.language import Speech
from geo.scene import build_scene
from geo.view import View
from geo.words import caveat, filters, headline, measure_label, value_text


def view_told(atlas: Atlas, view: View, say: Speech) -> tuple[str, str]:
    """The finding of a view, and the chosen state's number with what limits both."""
    scene = build_scene(atlas, view)
    parts = [caveat(scene, say), filters(view, scene, say)]
    if view.state:
        state = scene.state(view.state)
        name = atlas.states[view.state].names[view.lang]
        number = value_text(state.value, state.status, view, say)
        parts.insert(0, f"{name}: {number} ({measure_label(view, say)}).")
    return headline(scene, say), " ".join(part for part in parts if part)
