"""The font of headings: the atlas brings it, so that a page looks alike on every machine.

A reader's own fonts would decide how many lines a heading takes, and so where everything below
it stands. Made by `geo.build.heading_font`; this is the one place that says which fonts headings
are set in.
"""

from __future__ import annotations

from base64 import b64encode
from typing import Final

from geo.paths import HEADING_FONT
from geo.policy import HEADING_FAMILY, HEADING_WEIGHTS

STACK: Final = f'"{HEADING_FAMILY}", serif'
"""What follows the family is seen only where the font itself could not be loaded."""


def heading_css(source: str) -> str:
    """The rules that load the font from `source`, an address, and name it for all other rules.

    Until it is there, no other font stands in: text would jump where its lines become others.
    """
    weights = " ".join(map(str, HEADING_WEIGHTS))
    face = f'font-family: "{HEADING_FAMILY}"; font-weight: {weights}; font-display: block'
    return (
        f'@font-face {{ {face}; src: url("{source}") format("woff2"); }}\n'
        f":root {{ --ma-serif: {STACK}; }}\n"
    )


def embedded() -> str:
    """The font as an address that holds it, for pages that ask for nothing."""
    return "data:font/woff2;base64," + b64encode(HEADING_FONT.read_bytes()).decode("ascii")
