"""What a briefing is taken away as: one list for the page, the routes and the shell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final

from geo.atlas import Atlas
from geo.briefing.computed import ComputedBriefing, compute_slides
from geo.briefing.scenes import own_briefing, read_briefing
from geo.chapters import late
from geo.language import LOCALES, Say, t
from geo.words import file_name

HTML: Final = "text/html; charset=utf-8"
PDF: Final = "application/pdf"
SLIDES: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

PAGE: Final = "briefing.html"
"""The file that is also what `/present` shows."""


@dataclass(frozen=True)
class BriefingFile:
    """One sort of file of a briefing."""

    name: str
    form: str
    media_type: str
    what: Say
    make: Callable[[Atlas, ComputedBriefing], bytes]

    def file(self, atlas: Atlas, lang: str) -> str:
        """What the file is called when it is kept."""
        return file_name(atlas, self.name, lang)


PAPER: Final = late("geo.briefing.handout.handout_pdf")

FILES: Final = {
    one.name: one
    for one in (
        BriefingFile(
            PAGE,
            "HTML",
            HTML,
            t("one file that opens without internet, to present"),
            late("geo.briefing.page.briefing_html"),
        ),
        BriefingFile(
            "briefing.pdf",
            "PDF",
            PDF,
            t("handout, 16:9, with notes"),
            partial(PAPER, paper="16:9"),
        ),
        BriefingFile("briefing-a4.pdf", "PDF", PDF, t("handout, A4"), partial(PAPER, paper="a4")),
        BriefingFile(
            "briefing-letter.pdf",
            "PDF",
            PDF,
            t("handout, Letter"),
            partial(PAPER, paper="letter"),
        ),
        BriefingFile(
            "briefing.pptx",
            "PPTX",
            SLIDES,
            t("slides to edit, with notes"),
            late("geo.briefing.slides.handout_pptx"),
        ),
    )
}
"""Name of the file → what it is and how it is made, in the order they are offered."""


@lru_cache(maxsize=2 * len(LOCALES))
def own_slides(atlas: Atlas, lang: str, base: str = "") -> ComputedBriefing:
    """The atlas's own briefing in `lang`, computed once."""
    return compute_slides(atlas, own_briefing(atlas.data), lang, base)


@lru_cache(maxsize=2 * len(FILES) * len(LOCALES))
def own_file(atlas: Atlas, name: str, lang: str, base: str = "") -> bytes:
    """A file of the atlas's own briefing, made once for each language: some take seconds.

    `base` is the address that its links begin with; without one a file on paper has none.
    """
    return FILES[name].make(atlas, own_slides(atlas, lang, base))


def brought_page(atlas: Atlas, body: bytes, name: str, lang: str) -> bytes:
    """The page of a scene file that somebody brought."""
    return FILES[PAGE].make(atlas, compute_slides(atlas, read_briefing(body, name, lang), lang))
