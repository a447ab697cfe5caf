"""What a browser may do with an answer: the security headers, each with its reason.

The policies name what is needed and refuse the rest. A page's own scripts are known by the hash of
their text, so that whatever else came to stand in it would not run.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from typing import Final

from geo.server.address import EVERYONE

POLICY: Final = "content-security-policy"

TYPED: Final = {
    # An answer is what its type says, never a script that somebody made it look like.
    "x-content-type-options": "nosniff",
}
"""Sent with every answer."""

ALWAYS: Final = {
    **TYPED,
    # Another site learns that a reader came from the atlas, not what they looked at.
    "referrer-policy": "strict-origin-when-cross-origin",
    # What no page uses; presenting fills the screen, sharing writes to the clipboard.
    "permissions-policy": (
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), "
        "gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), "
        "fullscreen=(self), clipboard-write=(self)"
    ),
}
"""Sent with every answer that may be opened by itself."""

PARTS: Final = ("text/javascript", "application/javascript", "text/css", "font/")
"""Beginnings of the types of what is only ever a part of a page, whose own policy covers it. A page
has a hundred of them, so that half a kilobyte on each is a twentieth of all it loads."""

APP: Final = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' {scripts}; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'"
)
"""The app's pages: nothing from elsewhere, no script but the server's. Streamlit makes its styles
while it runs, so that those cannot be known beforehand, and asks whether WebAssembly is there."""

COMPONENT: Final = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'none'"
)
"""The frame of the map: folium writes its map as a script, which the component runs as text."""

ALONE: Final = (
    "default-src 'none'; script-src {scripts}; style-src {styles}; img-src 'self' data:; "
    "font-src data:; base-uri 'none'; form-action 'self'"
)
"""Pages that stand alone ask for nothing, and run their own scripts only; those that run none wear
their own style only."""

NO_PAGE: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
"""Data, pictures, texts: opened by themselves they run nothing."""

NONE: Final = "'none'"
SCRIPT: Final = re.compile(rb"<script(?P<told>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)
STYLED: Final = re.compile(rb"<style>(.*?)</style>", re.DOTALL)
NO_SCRIPT: Final = re.compile(rb"\bsrc=|application/json")


def is_part(kind: str) -> bool:
    """Whether an answer of that type is only ever a part of a page."""
    return kind.startswith(PARTS)


def alone(page: bytes) -> str:
    """The policy of a page that stands alone."""
    scripts = scripts_of(page)
    told = "'unsafe-inline'" if scripts != NONE else _hashes(STYLED.findall(page))
    return ALONE.format(scripts=scripts, styles=told)


def scripts_of(page: bytes) -> str:
    """The scripts that stand in a page, as a policy names them: by the hash of their text."""
    return _hashes(
        found["text"] for found in SCRIPT.finditer(page) if not NO_SCRIPT.search(found["told"])
    )


def _hashes(texts: Iterable[bytes]) -> str:
    hashes = dict.fromkeys(base64.b64encode(hashlib.sha256(one).digest()).decode() for one in texts)
    return " ".join(f"'sha256-{one}'" for one in hashes) or NONE


def framed_by(policy: str, setting: str, *, by_own_pages: bool = False) -> str:
    """A policy with who may show the answer in a frame, as the operator's setting says.

    `by_own_pages`: the atlas's own pages may, whatever the setting says of others.
    """
    if setting == EVERYONE:
        return policy
    if by_own_pages and "'self'" not in setting:
        setting = "'self'" if setting == NONE else f"'self' {setting}"
    return f"{policy}; frame-ancestors {setting}"
