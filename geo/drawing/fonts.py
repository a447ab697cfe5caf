"""The fonts of headings, text and icons: the atlas brings them, as small as its pages need them.

A reader's own fonts would decide how many lines a heading takes, and so where everything below
it stands. Made by `geo.build.fonts`; this is the one place that says what text is set in.
"""

from __future__ import annotations

from base64 import b64encode
from typing import Final

from geo.paths import HEADING_FONT
from geo.policy import HEADING_FAMILY, HEADING_WEIGHT, TEXT_FAMILY, TEXT_WEIGHTS

STACK: Final = f'"{HEADING_FAMILY}", serif'
TEXT_STACK: Final = f'"{TEXT_FAMILY}", sans-serif'
"""What follows the family is seen only where the font itself could not be loaded."""


def heading_css(source: str) -> str:
    """The rules that load the font from `source`, an address, and name it for all other rules.

    Until it is there, no other font stands in: text would jump where its lines become others.
    """
    return (
        _face(HEADING_FAMILY, str(HEADING_WEIGHT), source) + f":root {{ --ma-serif: {STACK}; }}\n"
    )


def text_css(source: str) -> str:
    """The same for the font of text, which Streamlit's page asks for by another name at first."""
    light, bold = TEXT_WEIGHTS
    faces = _face(TEXT_FAMILY, f"{light} {bold}", source) + _face("Source Sans", "100 900", source)
    return f"{faces}:root {{ --ma-sans: {TEXT_STACK}; }}\n"


def _face(family: str, weights: str, source: str) -> str:
    told = f'font-family: "{family}"; font-weight: {weights}; font-display: block'
    return f'@font-face {{ {told}; src: url("{source}") format("woff2"); }}\n'


def embedded() -> str:
    """The font as an address that holds it, for pages that ask for nothing."""
    return "data:font/woff2;base64," + b64encode(HEADING_FONT.read_bytes()).decode("ascii")
