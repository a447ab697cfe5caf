"""The fonts of headings, text and icons: the atlas brings them, as small as its pages need them.

A reader's own fonts would decide how many lines a heading takes, and so where everything below
it stands. Made by `geo.build.fonts`; this is the one place that says what text is set in.
"""

from __future__ import annotations

from base64 import b64encode
from typing import Final

from geo.paths import HEADING_FONT
from geo.policy import HEADING_FAMILY, HEADING_WEIGHTS, TEXT_FAMILY, TEXT_WEIGHTS

STREAMLIT_ICONS: Final = "Material Symbols Rounded"
"""What Streamlit's style sheets and scripts call the font of its icons."""

STACK: Final = f'"{HEADING_FAMILY}", serif'
TEXT_STACK: Final = f'"{TEXT_FAMILY}", sans-serif'
"""What follows the family is seen only where the font itself could not be loaded."""


def heading_css(source: str) -> str:
    """The rules that load the font from `source`, an address, and name it for all other rules.

    Until it is there, no other font stands in: text would jump where its lines become others.
    """
    return _face(HEADING_FAMILY, HEADING_WEIGHTS, source) + f":root {{ --ma-serif: {STACK}; }}\n"


def text_css(text: str, icons: str) -> str:
    """The rules that load the fonts of text and of Streamlit's icons from these addresses.

    The icons go by the name that Streamlit gives its own font of them, in place of it: of two
    sources the last one said is asked first, and ours has every letter of an icon's name.
    """
    faces = _face(TEXT_FAMILY, TEXT_WEIGHTS, text) + _face(STREAMLIT_ICONS, (400, 400), icons)
    return f"{faces}:root {{ --ma-sans: {TEXT_STACK}; }}\n"


def _face(family: str, weights: tuple[int, int], source: str) -> str:
    told = f'font-family: "{family}"; font-weight: {weights[0]} {weights[1]}; font-display: block'
    return f'@font-face {{ {told}; src: url("{source}") format("woff2"); }}\n'


def embedded() -> str:
    """The font as an address that holds it, for pages that ask for nothing."""
    return "data:font/woff2;base64," + b64encode(HEADING_FONT.read_bytes()).decode("ascii")
