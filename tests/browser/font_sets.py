"""Sets of fonts a reader's machine may have, and how to give Chromium only one of them.

Chromium asks fontconfig for fonts, and fontconfig reads the file that FONTCONFIG_FILE names: one
that knows a single set shows a page as a machine with only these fonts does.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

FONT_SETS: Final = {"dejavu": "dejavu*", "liberation": "liberation*", "none": ""}
"""Name of each set → how its folders are called; a machine may have no font at all, too."""

WHERE: Final = ("/usr/share/fonts/truetype", "/usr/share/fonts")
"""Folders that hold those folders; FONT_SETS_IN may name one more, for trying out a set."""


def font_folders(name: str) -> list[Path]:
    """Where this set lies on this machine; empty if it does not."""
    pattern = FONT_SETS[name]
    for folder in (os.environ.get("FONT_SETS_IN"), *WHERE):
        if pattern and folder and (found := sorted(Path(folder).glob(pattern))):
            return found
    return []


def only_these_fonts(name: str, folder: Path) -> dict[str, str]:
    """The environment of a browser that has only this set; `folder` takes settings and cache."""
    told = "".join(f"<dir>{escape(str(path))}</dir>" for path in font_folders(name))
    config = folder / "fonts.conf"
    config.write_text(
        f"<fontconfig>{told}<cachedir>{escape(str(folder / 'cache'))}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return {"FONTCONFIG_FILE": str(config)}
