"""What browsers ask for, packed with brotli where the atlas is installed, as far as it goes.

That takes ten seconds or more, so `python -m geo pack` does it, and no server while a reader waits.
A packed file is kept under its address, which names its version or its content: one that has
changed stands at another address, and goes in gzip form until it is packed too.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from starlette.responses import Response

from geo.drawing import IMMUTABLE, LEAFLET, MEDIA_TYPES, Shelf
from geo.server.process import is_running
from geo.server.streamlit import (
    COMPONENT,
    FOLDER,
    component_folder,
    frontend_folder,
    leaflet_folder,
)

STORE: Final = Path(sys.prefix) / "share" / "merida-atlas" / "packed"
"""In the environment that the atlas runs in, beside the libraries whose files it holds."""

TEXTS: Final = (".js", ".css")
"""What shrinks of the libraries' files; fonts and pictures are packed as they come."""

LARGEST: Final = 1_000_000
"""Bytes. Larger are parts of Streamlit that no page of the atlas asks for, such as Plotly."""

ENDING: Final = ".br"


def packable(shelf: Shelf) -> dict[str, Path | bytes]:
    """The address of everything that is worth packing → the file, or its content."""
    found: dict[str, Path | bytes] = {
        url: served.content for url, served in shelf.by_url.items() if served.shrinks
    }
    folders = (
        (FOLDER, frontend_folder()),
        (f"{COMPONENT}/static/", component_folder() / "static"),
        (f"{LEAFLET}/", leaflet_folder()),
    )
    for address, folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in TEXTS and path.stat().st_size <= LARGEST:
                found[address + path.relative_to(folder).as_posix()] = path
    return found


def pack_all(
    contents: Mapping[str, Path | bytes], store: Path = STORE
) -> Iterator[tuple[int, int]]:
    """Pack what is not packed yet of `packable`, and forget what has no use any more.

    Yields, after each file that had to be packed, how many are done and how many there are. Raises
    `OSError` where `store` cannot be written to.
    """
    import brotli

    wanted = {store / f"{url[1:]}{ENDING}": one for url, one in contents.items()}

    def pack(path: Path, one: Path | bytes) -> None:
        content = one.read_bytes() if isinstance(one, Path) else one
        path.parent.mkdir(parents=True, exist_ok=True)
        # Nobody is to read the half of it.
        half = path.with_name(f"{path.name}.{os.getpid()}")
        half.write_bytes(brotli.compress(content, quality=11))
        half.replace(path)

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        begun = [threads.submit(pack, *one) for one in wanted.items() if not one[0].is_file()]
        for done, one in enumerate(begun, 1):
            one.result()
            yield done, len(begun)
    for path in store.rglob("*"):
        if path.is_file() and path not in wanted and not _in_hand(path):
            path.unlink(missing_ok=True)


def _in_hand(path: Path) -> bool:
    """Whether it is half a file that another process is writing now; it names itself in it."""
    process = path.suffix[1:]
    return process.isdecimal() and is_running(int(process))


class Packed:
    """What of `store` was there at the start, and is read when it is first asked for."""

    def __init__(self, store: Path = STORE) -> None:
        found = store.rglob(f"*{ENDING}")
        self.paths = {
            f"/{path.relative_to(store).as_posix().removesuffix(ENDING)}": path for path in found
        }
        self.held: dict[str, bytes] = {}

    def answer(self, url: str, encodings: str) -> Response | None:
        """The packed file, if there is one and its asker unpacks it."""
        if url not in self.paths or "br" not in encodings.split(", "):
            return None
        if url not in self.held:
            try:
                self.held[url] = self.paths[url].read_bytes()
            except OSError:
                del self.paths[url]
                return None
        headers = {"Cache-Control": IMMUTABLE, "Content-Encoding": "br", "Vary": "Accept-Encoding"}
        kind = MEDIA_TYPES[url.rpartition(".")[2]]
        return Response(self.held[url], media_type=kind, headers=headers)
