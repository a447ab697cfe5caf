"""Files that several tests read, each made once in a run: drawing one takes seconds.

A file does not depend on when it is made (`tests/share/test_export.py`), so whoever asks second
gets what the first one made, in whatever pytest worker that was.

Most of a PDF's time goes into writing it. What its pages say stands in their figures before, and
that the file says the same is a test of its own (`tests/share/test_papers.py`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from functools import cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, Final

from geo.atlas import Table, checked_table, load_atlas
from geo.briefing import FILES
from geo.briefing.files import own_slides
from geo.briefing.handout import handout_pages
from geo.share import KINDS
from geo.share.files.sheet import sheet_pages
from geo.view import View
from tests.conftest import STORE

BASE: Final = "https://atlas.example.org"
"""The address that links in the files begin with."""


@cache
def view_file(name: str, view: View, base: str = BASE) -> bytes:
    """A file of a view, by its name in KINDS."""
    return _kept(repr((name, view, base)), lambda: KINDS[name].make(load_atlas(), view, base))


@cache
def briefing_file(name: str, lang: str, base: str = BASE) -> bytes:
    """A file of the atlas's own briefing, by its name in FILES."""

    def make() -> bytes:
        atlas = load_atlas()
        return FILES[name].make(atlas, own_slides(atlas, lang, base))

    return _kept(repr((name, lang, base)), make)


@dataclass(frozen=True)
class Page:
    """A page before it is written: its size in points, its texts in their order, and its links."""

    size: tuple[int, int]
    texts: tuple[str, ...]
    links: frozenset[str]

    @property
    def said(self) -> str:
        """All that it says."""
        return "\n".join(self.texts)


def read_pages(figures: Iterable[Any]) -> tuple[Page, ...]:
    """What stands on pages that are drawn and not yet written."""
    return tuple(
        Page(
            (round(72 * one.get_figwidth()), round(72 * one.get_figheight())),
            tuple(text.get_text() for text in one.texts if text.get_text()),
            frozenset(text.get_url() for text in one.texts if text.get_url()),
        )
        for one in figures
    )


@cache
def sheet_read(view: View, base: str = BASE) -> tuple[Page, ...]:
    """The pages of `map.pdf` of a view."""
    return read_pages(sheet_pages(load_atlas(), view, base))


@cache
def handout_read(
    paper: str, lang: str, base: str = BASE, most: int | None = None
) -> tuple[Page, ...]:
    """The pages of the atlas's own briefing on one of PAPERS, or the first of them."""
    atlas = load_atlas()
    return read_pages(islice(handout_pages(atlas, own_slides(atlas, lang, base), paper), most))


READ: Final[dict[tuple[str, bytes], Table]] = {}
"""Passport and bytes of a table → what it was read as."""


def table_read(resource: Mapping[str, Any], content: bytes) -> Table:
    """A table as `geo.build.check` reads it, once for all copies of the data that have it so."""
    key = (repr(resource), content)
    if key not in READ:
        READ[key] = checked_table(resource, content)
    return READ[key]


@contextmanager
def made_once(name: str) -> Iterator[tuple[Path, bool]]:
    """A folder of the run, and whether it was made before; meanwhile the other workers wait."""
    folder = Path(os.environ[STORE], name)
    made = folder.with_name(f"{name} is made")
    with folder.with_name(f"{name} is being made").open("w") as lock:
        flock(lock, LOCK_EX)
        yield folder, made.exists()
        made.touch()


def _kept(key: str, make: Callable[[], bytes]) -> bytes:
    path = Path(os.environ[STORE], sha256(key.encode()).hexdigest())
    if not path.exists():
        part = path.with_suffix(f".{os.getpid()}")
        part.write_bytes(make())
        part.replace(path)
    return path.read_bytes()
