"""The font of headings, made from the Source Serif that Streamlit's package carries.

Cut down to the letters that English and Spanish pages use, to two weights and to one optical
size, it is a fifteenth of what it was. Its licence reserves the name "Source" for the original, so
what is altered is called otherwise.
"""

from __future__ import annotations

import io
from functools import lru_cache
from importlib.metadata import files
from pathlib import Path
from typing import Any, Final

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from geo.errors import AtlasError
from geo.paths import HEADING_FONT
from geo.policy import HEADING_FAMILY, HEADING_WEIGHTS

LICENCE: Final = HEADING_FONT.with_name("atlas-serif-licence.txt")

ORIGINAL: Final = "SourceSerifVariable-Roman*.woff2"

OPTICAL_SIZE: Final = 28
"""In points, of the design's 8 to 60: headings are set in 16 to 33 pixels, numbers in more."""

LETTERS: Final = frozenset(
    [chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x100))]
    + list("–—‘’“”…•‰′″−≤≥≈≠√∞←↑→↓€ΣλπρφŒœ₀₁₂₃₄₅₆₇₈₉⁰⁴⁵⁶⁷⁸⁹⅓⅔\u2009\u202f")
)
"""Basic Latin, Latin-1 (all of English and Spanish), and what else the atlas's texts write."""

FEATURES: Final = ("kern", "liga", "locl", "ccmp", "mark", "mkmk", "tnum", "lnum", "pnum")
"""Of those the design offers: spacing, accents, and figures of one width for tables."""

NAMED: Final = {
    1: HEADING_FAMILY,
    3: f"{HEADING_FAMILY}; Mérida Atlas",
    4: HEADING_FAMILY,
    6: HEADING_FAMILY.replace(" ", ""),
    16: HEADING_FAMILY,
    25: HEADING_FAMILY.replace(" ", ""),
}
"""Where a font says its own name."""

SAID: Final = (0, 7, 13, 14)
"""Records of its name table: copyright, trademark, licence, and where that stands."""

LICENCES: Final = "LICENSE.external"
"""The file of fonttools in which the licence stands whole, among others; here is its begin and end.

Streamlit's package carries the font without it.
"""
BEGINS: Final = "SIL OPEN FONT LICENSE Version 1.1"
ENDS: Final = "OTHER DEALINGS IN THE FONT SOFTWARE."


@lru_cache(maxsize=1)
def render() -> bytes:
    """The font as woff2; the same Streamlit, fonttools and brotli give the same bytes."""
    font = TTFont(_original(), recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = list(FEATURES)
    options.hinting = False
    options.name_IDs = [*NAMED, *SAID, 2, 5]
    cut = subset.Subsetter(options)
    cut.populate(text="".join(sorted(LETTERS)))
    cut.subset(font)
    made: Any = instancer.instantiateVariableFont(
        font, {"wght": HEADING_WEIGHTS, "opsz": OPTICAL_SIZE}, updateFontNames=False
    )
    for record in made["name"].names:
        if record.nameID in NAMED:
            record.string = NAMED[record.nameID]
    made.flavor = "woff2"
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def licence() -> str:
    """What the original says of its terms, what was done to it, and the licence itself."""
    names = TTFont(_original())["name"]
    holder, trademark, terms, where = (names.getDebugName(number) for number in SAID)
    return (
        f"atlas-serif.woff2, called {HEADING_FAMILY!r}, is a modified version of\n"
        f"{names.getDebugName(4)} ({names.getDebugName(5)}).\n\n"
        f"{holder}\n{trademark}\n\n{terms}\n{where}\n\n"
        "Altered by Mérida Atlas (geo/build/heading_font.py): cut down to the letters of English\n"
        "and Spanish, to the weights from 400 to 600 and to one optical size; without hints; and\n"
        "called by another name, because the licence reserves that of the original. This modified\n"
        "version stays under the SIL Open Font License, Version 1.1.\n\n\n"
        f"{_licence_itself()}\n"
    )


def _licence_itself() -> str:
    for path in files("fonttools") or ():
        if path.name == LICENCES:
            _, begin, rest = path.read_text(encoding="utf-8").partition(BEGINS)
            text, end, _ = rest.partition(ENDS)
            if begin and end:
                return begin + text + end
    raise AtlasError(f"fonttools' package holds no {LICENCES} with the {BEGINS}.")


def faults() -> list[str]:
    """One sentence for each of the two files that does not follow from the original."""
    found = []
    for path, made in ((HEADING_FONT, render()), (LICENCE, licence().encode())):
        if not path.exists() or path.read_bytes() != made:
            found.append(
                f"geo/assets/{path.name} is stale: "
                "it does not follow from Streamlit's Source Serif and geo/build/heading_font.py."
            )
    return found


def write() -> None:
    """Both files, anew."""
    HEADING_FONT.write_bytes(render())
    LICENCE.write_bytes(licence().encode())


def _original() -> Path:
    fonts = [path.locate() for path in files("streamlit") or () if path.match(ORIGINAL)]
    if len(fonts) != 1:
        raise AtlasError(
            f"Streamlit's package holds {len(fonts)} files named {ORIGINAL}, where one is needed "
            "to make the headings' font from."
        )
    return Path(str(fonts[0]))
