"""Files that several tests read, each made once in a run: drawing one takes seconds.

A file does not depend on when it is made (`tests/share/test_export.py`), so whoever asks second
gets what the first one made, in whatever pytest worker that was.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from geo.atlas import load_atlas
from geo.briefing import FILES, compute_slides, own_briefing
from geo.share import KINDS
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
        slides = compute_slides(atlas, own_briefing(atlas.data), lang, base)
        return FILES[name].make(atlas, slides)

    return _kept(repr((name, lang, base)), make)


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
