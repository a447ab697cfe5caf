"""Where the files of the atlas stand: the one module that looks from its own place in the tree."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

GEO: Final = Path(__file__).resolve().parent
ROOT: Final = GEO.parent
"""The repository's root, which holds `app.py`, `pages/` and `data/`."""

DATA: Path = ROOT / "data"
ASSETS: Final = GEO / "assets"
HEADING_FONT: Final = ASSETS / "atlas-serif.woff2"
TEXT_FONT: Final = ASSETS / "atlas-sans.woff2"
ICON_FONT: Final = ASSETS / "atlas-icons.woff2"
"""Made by `geo.build.fonts`."""


def sources_digest(*patterns: str) -> str:
    """The hash of all files of the repository that these patterns name, with their names."""
    digest = hashlib.sha256()
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
