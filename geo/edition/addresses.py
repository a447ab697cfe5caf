"""Where an edition keeps what the live atlas serves: every address of one, and its file."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qs, urljoin, urlsplit

from geo.atlas import Atlas
from geo.briefing import BRIEFING
from geo.chapters import MAP, Chapter, register
from geo.chapters.closer import Opened
from geo.edition.held import key_of
from geo.view import LANGS, View

PAGES: Final = {path: page for path, page in register(BRIEFING).items() if path != "contribute"}
"""Every page but the form, which needs a server to check what is written into it."""

ABOUT: Final = "about/index.html"
"""What the edition is, and what a reader of it does without."""

WITHOUT: Final = f"{ABOUT}#without"
MANIFEST: Final = "manifest.json"
DATA_ZIP: Final = "merida-atlas-data.zip"

EXPORTS: Final = ("/export/", "/api/v1/", "/handout/")
"""Beginnings of the addresses of files; their last part is the name that the edition keeps."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address of the live atlas, read: the page or file, its language, and its parameters.

    `query` is spelled as the atlas itself spells it, without the language.
    """

    path: str
    lang: str
    query: tuple[tuple[str, str], ...] = ()
    fragment: str = ""

    @property
    def key(self) -> str:
        """The parameters as a part of a file's name."""
        return key_of(dict(self.query))

    @property
    def folder(self) -> str:
        """The folder of its language: the first one's is the edition itself."""
        return "" if self.lang == LANGS[0] else f"{self.lang}/"

    @property
    def file(self) -> str:
        """Where the edition keeps it, if it keeps it."""
        path = self.path.strip("/")
        if path == "about":
            return self.folder + ABOUT
        if path == "changes":
            return f"{self.folder}changes/{dict(self.query)['data']}.html"
        if path == "embed":
            return f"{self.folder}embed.html"
        if path == MANIFEST:
            return MANIFEST
        if path == "present":
            return f"{self.folder}files/briefing.html"
        if path == DATA_ZIP or path == f"download/{DATA_ZIP}":
            return DATA_ZIP
        if path in PAGES:
            return self.folder + page_file(path, self.key)
        if any(self.path.startswith(begin) for begin in EXPORTS) and path != "export/card.png":
            return self.folder + posixpath.join("files", self.key, posixpath.basename(path))
        stem, _, ending = posixpath.basename(path).partition(".")
        name = "_".join(part for part in (stem, self.key) if part)
        return f"{self.folder}{stem}/{name}.{ending or 'html'}"


def page_file(path: str, key: str) -> str:
    """The file of a page, below the folder of its language."""
    if path == MAP:
        return f"view/{key}.html" if key else "index.html"
    return f"{path}/{key or 'index'}.html"


def page_address(chapter: Chapter, view: View, own: object) -> Address:
    """The address of a page at a view, with its own choices."""
    spelled = chapter.spell(view, own)
    spelled.pop("lang", None)
    return Address(f"/{chapter.path}", view.lang, tuple(spelled.items()))


def file_address(path: str, view: View) -> Address:
    """The address of a file of a view, such as `/export/values.csv`."""
    return replace(page_address(PAGES[MAP], view, Opened()), path=path)


@lru_cache(maxsize=65536)
def read_address(atlas: Atlas, href: str, lang: str) -> Address | None:
    """What a link of the live atlas leads to; None for one that leads out of it."""
    if href.startswith("../"):
        return None  # What the edition itself has spelled.
    # Every page of the live atlas stands at the root, so that `./` is the root for all of them.
    parts = urlsplit(urljoin("/", href))
    if parts.scheme or parts.netloc:
        return None
    query = parse_qs(parts.query)
    if parts.path == "/changes":
        return Address(parts.path, query["lang"][-1], (("data", query["data"][-1]),))
    page = PAGES.get(parts.path.strip("/"), PAGES[MAP])
    view, own, _ = page.read(query, atlas.state_named)
    spoken = view.lang if "lang" in query else lang
    spelled = page.spell(view, own)
    spelled.pop("lang", None)
    return Address(parts.path, spoken, tuple(spelled.items()), parts.fragment)


def relative(to: str, of: str) -> str:
    """An address of the edition as a file `of` it spells it.

    >>> relative("assets/edition.css", "es/evidence/index.html")
    '../../assets/edition.css'
    """
    return posixpath.relpath(to, posixpath.dirname(of) or ".")
