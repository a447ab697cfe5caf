"""A page as its address asks for it, and the ways from there: every choice is a link."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final

from geo.atlas import Atlas
from geo.chapters import Chapter
from geo.language import Speech, speech
from geo.view import CONTROLS, FINGERPRINT, PLACE, Notice, Query, View, last_of, with_query

FRAMED: Final = ("embed", "embed_options", CONTROLS)
"""What an address says of the frame that the page stands in; every way from it stays in that."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A page at one view: what its address spells, and what of it could not be used.

    `own` is what the page keeps beside the view, `mark` the fingerprint of the link, `at` where the
    map was moved to, `framed` what is said of the frame it stands in.
    """

    chapter: Chapter
    view: View
    own: Any
    notices: tuple[Notice, ...] = ()
    mark: str = ""
    at: tuple[float, float, float] | None = None
    framed: tuple[tuple[str, str], ...] = field(default=())

    @property
    def say(self) -> Speech:
        """The reader's language."""
        return speech(self.view.lang)

    @property
    def embedded(self) -> bool:
        """Whether it stands in a frame of another page."""
        return ("embed", "true") in self.framed

    @property
    def has_controls(self) -> bool:
        """Whether choices are offered in that frame."""
        return (CONTROLS, "true") in self.framed

    def with_own(self, own: Any) -> Asked:
        """The same with another choice of the page's own."""
        return replace(self, own=own)

    def way(self, view: View | None = None, /, **changes: str | None) -> str:
        """The address of another view of the page, in its language; `changes` are parameters."""
        view = view or self.view
        spelled: dict[str, str | None] = {**self.chapter.spell(view, self.own), "lang": view.lang}
        if self.at:
            spelled[PLACE] = ",".join(f"{part:g}" for part in self.at)
        spelled |= {**changes, **dict(self.framed)}
        kept = {name: value for name, value in spelled.items() if value is not None}
        return with_query(f"/{self.chapter.path}", kept)

    def selecting(self, code: str) -> str:
        """The address that choosing a state leads to: the chosen one is let go of."""
        return self.way(state=None if code == self.view.state else code)


def ask(atlas: Atlas, chapter: Chapter, query: Query) -> Asked:
    """What an address asks for; any query has an answer."""
    view, own, notices = chapter.read(query, atlas.state_named)
    return Asked(
        chapter,
        view,
        own,
        notices,
        last_of(query, FINGERPRINT),
        _place(last_of(query, PLACE)),
        tuple((name, last_of(query, name)) for name in FRAMED if last_of(query, name)),
    )


def _place(text: str) -> tuple[float, float, float] | None:
    """Latitude, longitude and zoom, as `place.js` reads them; what is no such place is none."""
    try:
        lat, lon, zoom = (float(part) for part in text.split(","))
    except ValueError:
        return None
    return (lat, lon, zoom) if 0 < lat < 50 and -140 < lon < -60 and 2 <= zoom <= 18 else None
