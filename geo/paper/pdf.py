"""Pages as PDF: with language, properties, links, and tags that a screen reader follows.

matplotlib draws the pages; what it has no words for is added in `geo.paper.pdf_file`, and nowhere
else, at the places where its backend writes the catalogue, a page, a link and a group of strokes.

A text or axes is tagged by its label: `tagged` sets it. What has none (swatches, frames) is
marked as decoration. Tags come in the order texts were added, with the map after the first one.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from geo.paper.properties import About
from geo.paper.wanted import still_wanted

if TYPE_CHECKING:
    from matplotlib.figure import Figure

H1: Final = "H1"
H2: Final = "H2"
H3: Final = "H3"
P: Final = "P"
FIGURE: Final = "Figure"
"""Roles of the PDF standard: headings, a paragraph, a drawing with a text in its place."""


def tagged(artist: Any, role: str, instead: str = "", part_of: str = "") -> Any:
    """Give a text or axes its role for screen readers.

    `instead` is read in place of a drawing. Texts that are `part_of` the same are read as one.
    """
    artist.set_label(f"{role}\n{part_of}\n{instead}")
    return artist


def pdf_of(figures: Iterable[Figure], about: About) -> bytes:
    """The figures as pages of one PDF, to be called inside `SETTINGS`."""
    # Imported when first asked for: it brings matplotlib.
    from geo.paper.pdf_file import File

    out = io.BytesIO()
    file = File(out, about)
    for figure in figures:
        still_wanted()
        file.draw(figure)
    file.finalize()
    file.close()
    return out.getvalue()
