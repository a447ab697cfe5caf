"""Files served at immutable addresses: the hash of the content is part of the address."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from geo.atlas import Atlas, json_text
from geo.drawing.boot import boot
from geo.drawing.fonts import heading_css, text_css
from geo.drawing.paint import COLOURS, COLOURS_SHEET
from geo.drawing.places import places
from geo.drawing.symbols import drawn_sites
from geo.paths import ASSETS, HEADING_FONT, TEXT_FONT

LEAFLET: Final = "/assets/leaflet-1.9.4"
"""Where Leaflet is served, from the PyPI package that carries it; its version is in the path."""

HASH_LENGTH: Final = 12

SHEETS: Final = "page-*.css"
"""The style sheets of the pages, which are served as one, in order of their names."""

FRAME_SHEET: Final = "page-frame.css"
LAYOUT: Final = re.compile(r"^:root \{[^}]*\}$|^@media[^{]*\{ :root \{[^}]*\} \}$", re.MULTILINE)
"""The rules in which it says the layout of the first screen."""

FIRST_PAINT: Final = "first-paint.css"
"""Stands in every page, before anything is asked for."""

PAGE_SHEET: Final = "pages.css"
MAP_SHEET: Final = "atlas-map.css"
MAP_SCRIPT: Final = "atlas-map.js"
SHARED_SCRIPT: Final = "map-shared.js"
"""Stands in front of every script that draws a map: no reader waits for it by itself."""

SCRIPTS: Final = (
    *("seams.js", "first.js", "lang.js", "place.js", "legend.js", "page.js", "own-slides.js"),
    *("ahead.js", "bar.js", "drawer.js", "ranking.js"),
)
"""The scripts of the pages, which are served as one; the others ask the first."""

PAGE_SCRIPT: Final = "pages.js"

PLACES: Final = "places.json"
"""What the place search looks in; asked for when somebody searches."""

IMMUTABLE: Final = "public, max-age=31536000, immutable"
"""A year, and never asked for again: the address changes when the content does."""

MEDIA_TYPES: Final = {
    "js": "text/javascript",
    "css": "text/css",
    "json": "application/json",
    "geojson": "application/geo+json",
    "svg": "image/svg+xml",
    "woff2": "font/woff2",
    "txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, eq=False)
class Served:
    """One file as it goes over the wire: content, type and address."""

    url: str
    media_type: str
    content: bytes

    @property
    def shrinks(self) -> bool:
        """Whether it is worth compressing: fonts come packed."""
        return not self.url.endswith(".woff2")

    @cached_property
    def zipped(self) -> bytes:
        """The content in gzip form, compressed as far as it goes when it is first asked for."""
        return gzip.compress(self.content, 9, mtime=0)


def serve(folder: str, name: str, content: bytes) -> Served:
    """Address `content` by its hash: `/folder/stem.hash.suffix`."""
    stem, suffix = name.rsplit(".", 1)
    digest = hashlib.sha256(content).hexdigest()[:HASH_LENGTH]
    return Served(
        url=f"/{folder}/{stem}.{digest}.{suffix}",
        media_type=MEDIA_TYPES[suffix],
        content=content,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Shelf:
    """Everything served beside the pages, by short name."""

    by_name: dict[str, Served]

    def url(self, name: str) -> str:
        """The immutable address of a file, for example `shelf.url("states.geojson")`."""
        return self.by_name[name].url

    @property
    def by_url(self) -> dict[str, Served]:
        """The files by the address they are served at."""
        return {served.url: served for served in self.by_name.values()}


@lru_cache(maxsize=4)
def build_shelf(atlas: Atlas) -> Shelf:
    """Read and address everything the map needs, once for each loaded atlas."""
    makers: dict[str, tuple[str, Callable[[], bytes]]] = {
        path.name: ("assets", path.read_bytes)
        for path in sorted(ASSETS.iterdir())
        if not path.match(SHEETS) and path.name not in (*SCRIPTS, MAP_SCRIPT)
    }
    for name in ("states", "municipalities", "neighbours"):
        path = atlas.data / "boundaries" / f"{name}.geojson"
        makers[path.name] = ("geo", path.read_bytes)
    heading, text = (
        serve("assets", path.name, path.read_bytes()).url for path in (HEADING_FONT, TEXT_FONT)
    )
    first = (COLOURS_SHEET + heading_css(heading) + text_css(text)).encode()
    makers[PAGE_SHEET] = ("assets", lambda: first + _joined(SHEETS))
    makers[MAP_SHEET] = ("assets", lambda: first + _joined(MAP_SHEET))
    makers[PAGE_SCRIPT] = ("assets", lambda: _joined(*SCRIPTS))
    makers["sites.json"] = ("geo", lambda: _sites(atlas))
    makers[PLACES] = ("geo", lambda: json_text(places(atlas)).encode())
    served = {name: serve(folder, name, make()) for name, (folder, make) in makers.items()}
    begins = json_text(boot(atlas, {name: one.url for name, one in served.items()}))
    script = f"window.atlasBegins = {begins};\n".encode() + _joined(SHARED_SCRIPT, MAP_SCRIPT)
    return Shelf(served | {MAP_SCRIPT: serve("assets", MAP_SCRIPT, script)})


def first_css() -> str:
    """What the first paint needs: where the map stands, and that what is not dressed yet waits.

    The layout is that of the page's sheet, which comes later and holds all the rest.
    """
    layout = LAYOUT.findall((ASSETS / FRAME_SHEET).read_text(encoding="utf-8"))
    style = "".join(layout) + (ASSETS / FIRST_PAINT).read_text(encoding="utf-8")
    for name, colour in COLOURS.items():
        style = style.replace(f"var(--map-{name})", str(colour))
    return re.sub(r"\s*([{};,])\s*|(?<=:)\s+", r"\1", style)


def _joined(*patterns: str) -> bytes:
    found = (path for pattern in patterns for path in sorted(ASSETS.glob(pattern)))
    return b"".join(path.read_bytes() for path in found)


def _sites(atlas: Atlas) -> bytes:
    return json_text(drawn_sites(atlas)).encode()
