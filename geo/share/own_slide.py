"""A view as a slide of a reader's own: what their browser keeps, and a scene file says of it.

The fields are those of `geo.briefing.scenes`, which reads them back.
"""

from __future__ import annotations

from typing import Any, Final

from geo.atlas import Atlas
from geo.language import speech
from geo.view import LANGS, View, address_of
from geo.words import measure_label, tell

LONGEST_NOTES: Final = 1_900
"""Letters; a scene file takes a few more."""


def own_slide(atlas: Atlas, view: View) -> dict[str, Any]:
    """One scene: the view, its number, and title and notes in both languages."""
    views = {lang: view.with_(lang=lang) for lang in LANGS}
    return {
        "view": address_of(view.with_(lang=LANGS[0])).partition("?")[2],
        "number": _number(view),
        "title": {lang: _title(atlas, one) for lang, one in views.items()},
        "notes": {lang: _notes(atlas, one) for lang, one in views.items()},
    }


def _number(view: View) -> str:
    """The one number of such a slide: the state's, else what the headline is about."""
    if view.state:
        return "state_value"
    if view.measure == "usd":
        return "placed_money"
    return "border_ratio" if view.show in ("ratio", "gap") else "border_share"


def _title(atlas: Atlas, view: View) -> str:
    measured = measure_label(view, speech(view.lang))
    return f"{atlas.states[view.state].names[view.lang]}: {measured}" if view.state else measured


def _notes(atlas: Atlas, view: View) -> str:
    return tell(atlas, view).finding[:LONGEST_NOTES].strip()
