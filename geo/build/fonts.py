"""The fonts of the pages, made from those that Streamlit's package carries.

Each is cut down to what the pages use: the letters of English and Spanish in a few weights, and the
icons that Streamlit's own scripts ask for. Whole, they are most of what a phone waits for. What is
altered is called otherwise, since the licence of two of them reserves the name "Source".
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import files
from pathlib import Path
from typing import Any, Final

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from geo.errors import AtlasError
from geo.paths import HEADING_FONT, ICON_FONT, TEXT_FONT
from geo.policy import HEADING_FAMILY, HEADING_WEIGHT, ICON_FAMILY, TEXT_FAMILY, TEXT_WEIGHTS

OPTICAL_SIZE: Final = 28
"""In points, of the design's 8 to 60: headings are set in 16 to 33 pixels, numbers in more."""

LETTERS: Final = frozenset(
    [chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x100))]
    + list("–—‘’“”…•‰′″−≤≥≈≠√∞←↑→↓€ΣλπρφŒœ₀₁₂₃₄₅₆₇₈₉⁰⁴⁵⁶⁷⁸⁹⅓⅔\u2009\u202f")
)
"""Basic Latin, Latin-1 (all of English and Spanish), and what else the atlas's texts write."""

MARKS: Final = frozenset("▶★■◐●○✕∈ᵢⱼₖ₍₎₋")
"""Marks of formulas and keys, which no heading holds; some are in no font of Streamlit's."""

FEATURES: Final = ("kern", "liga", "locl", "tnum", "lnum")
"""Of those the designs offer: spacing, and figures of one width for tables. Each letter kept
has its accent already."""

ASKED_FOR: Final = re.compile(rb":material/(\w+):")
"""How Streamlit's scripts name an icon; a font writes it where that name is its text."""

SAID: Final = (0, 7, 13, 14)
"""Records of a name table: copyright, trademark, licence, and where that stands."""


@dataclass(frozen=True)
class Licence:
    """A licence that stands among installed files: Streamlit carries its fonts without one."""

    package: str
    file: str
    begins: str
    ends: str
    altered: str
    """What was done, and what the licence says of it."""

    def text(self) -> str:
        """The licence itself."""
        for path in files(self.package) or ():
            if path.name == self.file:
                _, begin, rest = path.read_text(encoding="utf-8").partition(self.begins)
                text, end, _ = rest.partition(self.ends)
                if begin and end:
                    return begin + text + end
        raise AtlasError(f"{self.package}'s package holds no {self.file} with {self.begins!r}.")


OFL: Final = Licence(
    "fonttools",
    "LICENSE.external",
    "SIL OPEN FONT LICENSE Version 1.1",
    "OTHER DEALINGS IN THE FONT SOFTWARE.",
    "without hints; and\ncalled by another name, because the licence reserves that of the "
    "original. This modified\nversion stays under the SIL Open Font License, Version 1.1.",
)
APACHE: Final = Licence(
    "packaging",
    "LICENSE.APACHE",
    "Apache License",
    "END OF TERMS AND CONDITIONS",
    "and called by another\nname. Both versions are under the Apache License, Version 2.0.",
)


@dataclass(frozen=True)
class Cut:
    """One font: what it is made from, how it is called, and what of it is kept."""

    path: Path
    original: str
    family: str
    licence: Licence
    kept: str
    """The same in words."""
    axes: Mapping[str, Any] = field(default_factory=dict)
    letters: frozenset[str] = LETTERS
    icons: bool = False

    @property
    def licence_path(self) -> Path:
        """Where its licence stands beside it."""
        return self.path.with_name(f"{self.path.stem}-licence.txt")

    def render(self) -> bytes:
        """The font as woff2; the same Streamlit, fonttools and brotli give the same bytes."""
        font = TTFont(streamlit_file(self.original), recalcTimestamp=False)
        options = subset.Options()
        options.hinting = False
        named = {1: self.family, 3: f"{self.family}; Mérida Atlas", 4: self.family, 16: self.family}
        plain = self.family.replace(" ", "")
        named |= {6: plain, 25: plain}
        options.name_IDs = [*named, *SAID, 2, 5]
        if self.icons:
            # Told which icons: by the letters of their names it would keep every one of them.
            options.layout_closure = False
        options.layout_features = ["*"] if self.icons else list(FEATURES)
        cut = subset.Subsetter(options)
        glyphs = icons_of(font) if self.icons else {}
        asked = asked_icons(streamlit_file(self.original)) if self.icons else ()
        cut.populate(text="".join(sorted(self.letters)), glyphs=[glyphs[name] for name in asked])
        cut.subset(font)
        made: Any = font
        if self.axes:
            made = instancer.instantiateVariableFont(font, dict(self.axes), updateFontNames=False)
        for record in made["name"].names:
            if record.nameID in named:
                record.string = named[record.nameID]
            elif record.nameID not in SAID:
                record.string = re.sub(r"^Source\w+", plain, record.toUnicode())
        made.flavor = "woff2"
        written = io.BytesIO()
        made.save(written)
        return written.getvalue()

    def fingerprint(self, made: bytes) -> str:
        """Of the original, what is kept of it, and what was made: drawing it takes seconds."""
        original = streamlit_file(self.original)
        told = [self.family, sorted(self.letters), sorted(self.axes.items()), FEATURES]
        told += [[*asked_icons(original)]] if self.icons else []
        return hashlib.sha256(original.read_bytes() + repr(told).encode() + made).hexdigest()[:16]

    def licence_text(self, made: bytes) -> str:
        """What the original says of its terms, what was done to it, and the licence itself."""
        names = TTFont(streamlit_file(self.original))["name"]
        told = [names.getDebugName(number) for number in SAID]
        return (
            f"{self.path.name}, called {self.family!r}, is a modified version of\n"
            f"{names.getDebugName(4)} ({names.getDebugName(5)}).\n\n"
            + "".join(f"{text}\n" for text in told if text)
            + f"\nAltered by Mérida Atlas (geo/build/fonts.py): cut down to {self.kept}; "
            f"{self.licence.altered}\nFingerprint: {self.fingerprint(made)}\n\n\n"
            f"{self.licence.text()}\n"
        )

    def fault(self) -> str:
        """A sentence if it does not follow from its original; empty if it does."""
        made = self.path.read_bytes() if self.path.exists() else b""
        beside = self.licence_path.read_bytes() if self.licence_path.exists() else b""
        if beside == self.licence_text(made).encode():
            return ""
        return (
            f"geo/assets/{self.path.name} is stale: with its licence beside it, "
            "it does not follow from Streamlit's fonts and scripts and geo/build/fonts.py."
        )

    def write(self) -> None:
        """The font and its licence, anew."""
        made = self.render()
        self.path.write_bytes(made)
        self.licence_path.write_bytes(self.licence_text(made).encode())


CUTS: Final = (
    Cut(
        HEADING_FONT,
        "SourceSerifVariable-Roman*.woff2",
        HEADING_FAMILY,
        OFL,
        "the letters of English\nand Spanish, to one weight and to one optical size",
        {"wght": HEADING_WEIGHT, "opsz": OPTICAL_SIZE},
    ),
    Cut(
        TEXT_FONT,
        "SourceSansVF-Upright*.woff2",
        TEXT_FAMILY,
        OFL,
        "the letters of English\nand Spanish and to weights from 400 to 700",
        {"wght": TEXT_WEIGHTS},
        LETTERS | MARKS,
    ),
    Cut(
        ICON_FONT,
        "MaterialSymbols-Rounded*.woff2",
        ICON_FAMILY,
        APACHE,
        "the icons that\nStreamlit's scripts ask for",
        # A browser asks for a space, too: in the first font that has one it measures lines.
        letters=frozenset(" _0123456789abcdefghijklmnopqrstuvwxyz"),
        icons=True,
    ),
)


def icons_of(font: TTFont) -> dict[str, str]:
    """Name of each icon, which is the text that it is written for, → its glyph."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    found = {}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            for first, ligatures in getattr(table, "ExtSubTable", table).ligatures.items():
                for ligature in ligatures:
                    text = "".join(letters.get(part, "") for part in (first, *ligature.Component))
                    found[text] = ligature.LigGlyph
    return found


@lru_cache(maxsize=2)
def asked_icons(original: Path) -> tuple[str, ...]:
    """The icons that Streamlit's scripts ask for, of those that its font has."""
    asked: set[bytes] = set()
    for path in files("streamlit") or ():
        if path.match("static/js/*.js"):
            asked.update(ASKED_FOR.findall(path.read_binary()))
    return tuple(sorted({name.decode() for name in asked} & icons_of(TTFont(original)).keys()))


@lru_cache(maxsize=8)
def streamlit_file(pattern: str) -> Path:
    """The one file of Streamlit's package that is named so."""
    fonts = [path.locate() for path in files("streamlit") or () if path.match(pattern)]
    if len(fonts) != 1:
        raise AtlasError(
            f"Streamlit's package holds {len(fonts)} files named {pattern}, where one is needed "
            "to make a font of the pages from."
        )
    return Path(str(fonts[0]))


def faults() -> list[str]:
    """One sentence for each font that does not follow from its original."""
    return [fault for cut in CUTS if (fault := cut.fault())]


def write() -> None:
    """All of them, anew."""
    for cut in CUTS:
        cut.write()
