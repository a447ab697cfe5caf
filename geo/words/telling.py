"""The telling: all that a view says, in its language, worded once.

Page, embed, card, preview, sheet, one-file page, API, workbook, GeoPackage, zip and briefing read
their words here and nowhere else, so that they cannot say different things of one view. Which of
them shows which part is the table in `tests/share/test_telling.py`; whoever shows the headline
shows the filters, and what it is where every state was asked alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from geo.atlas import Atlas, Source, kept, read_package
from geo.language import speech
from geo.policy import SCENES_KEPT
from geo.scene import build_scene
from geo.view import View, link_of
from geo.words.equal_effort import alike
from geo.words.finding import headline
from geo.words.legend import Legend, build_legend
from geo.words.sentence import (
    caveat,
    filters,
    provenance,
    reason_texts,
    remainder,
    state_line,
)
from geo.words.title import link_title


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """What a view says, all plain text; see the module's docstring.

    With a state selected `headline`, `title` and `alike` are that state's. `title` is the headline
    as the title of a link, in at most `geo.words.title.LONGEST` letters.
    `alike` is the same finding where every state was asked the same; the `caveat` begins with it.
    `filters` is empty where the view leaves out nothing, `state` where none is selected.
    `reasons` are (reason, how much), `sources` those of the numbers shown, `licence` that of the
    data by its SPDX identifier. `link` begins with the address `tell` was given.
    """

    headline: str
    title: str
    alike: str
    caveat: str
    filters: str
    state: str
    remainder: str
    reasons: tuple[tuple[str, str], ...]
    legend: Legend
    provenance: str
    sourced: str
    licence: str
    link: str
    sources: tuple[Source, ...]

    @property
    def finding(self) -> str:
        """The headline as it may stand alone: with what it is by even search, and its filters."""
        return _joined(self.headline, self.alike, self.filters)

    @property
    def beneath(self) -> str:
        """The line under a headline: the caveat, and what is left out."""
        return _joined(self.caveat, self.filters)


@kept(maxsize=SCENES_KEPT)
def tell(atlas: Atlas, view: View, base: str = "") -> Telling:
    """All that a view says; `base` is the address of the server, as far as it is known."""
    scene, say = build_scene(atlas, view), speech(view.lang)
    even = alike(atlas, scene, say, view.state)
    return Telling(
        headline=headline(atlas, scene, say, view.state),
        title=link_title(atlas, scene, say, view.state),
        alike=even,
        caveat=_joined(even, caveat(atlas, scene, say)),
        filters=filters(view, scene, say),
        state=state_line(atlas, scene, view, say),
        remainder=remainder(scene, say),
        reasons=reason_texts(scene, say),
        legend=build_legend(scene, say),
        provenance=provenance(atlas.version, say),
        sourced=provenance(atlas.version, say, len(scene.source_ids)),
        licence=_licence(atlas.data),
        link=link_of(view, base),
        sources=tuple(atlas.sources[source_id] for source_id in scene.source_ids),
    )


@lru_cache(maxsize=2)
def _licence(data: Path) -> str:
    return str(read_package(data)["licenses"][0]["name"])


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
