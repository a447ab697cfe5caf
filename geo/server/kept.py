"""What outlives a process and a version, in a folder that the operator gives; it may be emptied.

`Shelves` holds the hashed files of every version that began there: a page of one version asks for
its scripts and geometry while servers of another answer, as long as a rolling deploy or a cache
lasts. `Cards` holds pictures of links, drawn once for all processes, replicas and starts of one
program and data.

Many servers may share the folder. A file appears whole or not at all, under its own name; two that
write the same file write the same bytes. What was torn or altered is not believed: a hashed file
has its hash in its name, and a card begins with its own.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import tempfile
from collections.abc import Hashable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from geo.drawing import MEDIA_TYPES, Served, serve

HASHED: Final = re.compile(r"/(assets|geo)/([\w-]+)\.[0-9a-f]{12}\.([a-z0-9]+)")
"""The address of a hashed file: it names no other folder, and nothing hidden."""

MOST_BYTES: Final = {"shelves": 100_000_000, "cards": 300_000_000}
"""Of each; beyond it the oldest go. A version has some 5 MB of hashed files of its own at the most,
a card 160 kB."""

LOOKED_AFTER: Final = 100
"""Cards that are written until the folder is looked through again."""

REMEMBERED: Final = 64
"""Files of other versions that a process has in memory; a version has two dozen."""

DIGEST: Final = hashlib.sha256().digest_size

UNFINISHED: Final = "."
"""How the name of a file begins while it is being written."""


class Folder:
    """Files by name below `root`, of which the oldest go where there are too many bytes."""

    def __init__(self, root: Path, most_bytes: int) -> None:
        self.root = root
        self.most_bytes = most_bytes
        self._told = False

    def read(self, name: str) -> bytes | None:
        """What is kept under a name; None where nothing is, or nothing can be read."""
        with suppress(OSError):
            return (self.root / name).read_bytes()
        return None

    def write(self, name: str, content: bytes) -> None:
        """Keep it, whole or not at all; where that cannot be, the log says so once."""
        path = self.root / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=UNFINISHED, dir=path.parent)
            unfinished = Path(name)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
                unfinished.chmod(0o644)
                unfinished.replace(path)
            except OSError:
                unfinished.unlink(missing_ok=True)
                raise
        except OSError as error:
            if not self._told:
                self._told = True
                logging.getLogger("merida_atlas").warning(
                    "Nothing can be kept in %s (%s): the server goes on without. (Said once.)",
                    *(self.root, error.strerror or error),
                )

    def touch(self, name: str) -> None:
        """Make it the newest."""
        with suppress(OSError):
            os.utime(self.root / name)

    def prune(self) -> None:
        """Let the oldest go until there are no more bytes than may be."""
        found = sorted(self._all(), key=lambda one: one[0], reverse=True)
        total = 0
        for _, size, path in found:
            total += size
            if total > self.most_bytes:
                with suppress(OSError):
                    path.unlink()

    def _all(self) -> Iterator[tuple[float, int, Path]]:
        """Age, size and path of every file; others may take some away meanwhile."""
        for folder, _, names in os.walk(self.root):
            for name in names:
                with suppress(OSError):
                    told = (path := Path(folder, name)).stat()
                    yield told.st_mtime, told.st_size, path


class Shelves:
    """The hashed files of all versions."""

    def __init__(self, folder: Path) -> None:
        self._folder = Folder(folder / "shelves", MOST_BYTES["shelves"])
        self._found: dict[str, Served] = {}

    def put(self, files: Iterable[Served]) -> None:
        """Keep the files of this version, as the newest; the oldest versions' go."""
        for served in files:
            name = served.url.lstrip("/")
            if self._folder.read(name) == served.content:
                self._folder.touch(name)
            else:
                self._folder.write(name, served.content)
        self._folder.prune()

    def find(self, address: str) -> Served | None:
        """The file of another version at this address; None where there is none that is whole."""
        if address not in self._found and (served := self._read(address)):
            if len(self._found) >= REMEMBERED:
                self._found.clear()
            self._found[address] = served
        return self._found.get(address)

    def _read(self, address: str) -> Served | None:
        named = HASHED.fullmatch(address)
        if named is None or named[3] not in MEDIA_TYPES:
            return None
        content = self._folder.read(address.lstrip("/"))
        served = None if content is None else serve(named[1], f"{named[2]}.{named[3]}", content)
        return served if served and served.url == address else None


class Cards:
    """Pictures of one program and data, whose hash is `identity`."""

    def __init__(self, folder: Path, identity: str) -> None:
        self.identity = identity
        self._folder = Folder(folder / "cards", MOST_BYTES["cards"])
        self._written = 0

    def read(self, what: Hashable) -> bytes | None:
        """The picture of what is asked; None where there is none, or none that is whole."""
        kept = self._folder.read(self._name(what)) or b""
        body = kept[DIGEST:]
        return body if body and hashlib.sha256(body).digest() == kept[:DIGEST] else None

    def write(self, what: Hashable, body: bytes) -> None:
        """Keep the picture of it."""
        self._folder.write(self._name(what), hashlib.sha256(body).digest() + body)
        if self._written % LOOKED_AFTER == 0:
            self._folder.prune()
        self._written += 1

    def _name(self, what: Hashable) -> str:
        return f"{self.identity}/{hashlib.sha256(repr(what).encode()).hexdigest()}"
