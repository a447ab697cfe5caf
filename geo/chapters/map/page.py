"""The Map page as a link tells of it."""

from __future__ import annotations

from geo.atlas import Atlas
from geo.view import View
from geo.words import tell


def view_told(atlas: Atlas, view: View) -> tuple[str, str]:
    """The finding of a view, and the chosen state's number with what limits both."""
    telling = tell(atlas, view)
    state = f"{telling.state}. " if telling.state else ""
    return telling.headline, state + telling.beneath
