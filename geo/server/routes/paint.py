"""Painting ahead: the colours of the view that a choice makes, before the page has followed.

A browser that asks for them at the click shows them while the run of the page is under way. The
run's own paint then counts: this is the same computation, asked for a moment earlier.
"""

from __future__ import annotations

from typing import Any, Final

from geo.atlas import Atlas
from geo.drawing import ScenePaint
from geo.language import speech
from geo.scene import build_scene
from geo.view import (
    CLASS_COUNTS,
    EVIDENCE,
    FOUND,
    MEASURES,
    NAMED,
    PERS,
    SHOWS,
    SPLITS,
    WEAK,
    YEARS,
    View,
)

CHOICES: Final[dict[str, tuple[Any, ...]]] = {
    "measure": MEASURES,
    "evidence": EVIDENCE,
    "split": SPLITS,
    "weak": WEAK,
    "k": CLASS_COUNTS,
}
"""Parameter of the address → its values in the order of its buttons, whose key is `w_` and it."""

MENUS: Final[dict[str, tuple[str, tuple[Any, ...]]]] = {
    "show": ("show", SHOWS),
    "per": ("per", PERS),
    "need": ("per", PERS[1:]),
    "found": ("found", FOUND),
    "named": ("named", NAMED),
}
"""What follows `w_` in the key of a menu → the parameter it sets, and its values in order."""

SPAN: Final = ("from", "to")
"""The parameters that the two ends of the year slider set, over YEARS."""


def choices() -> dict[str, Any]:
    """What a browser needs to know to ask: of buttons and menus, and the years of the slider."""
    return {"buttons": CHOICES, "menus": MENUS, "years": YEARS, "span": SPAN}


def painted_ahead(atlas: Atlas, view: View) -> ScenePaint:
    """What the Map page, without a tool, sends its map for this view."""
    # Imported when first asked for: it brings folium, which the start does without.
    from geo.chapters.map import paint_payload

    return paint_payload(atlas, build_scene(atlas, view), view, speech(view.lang))
