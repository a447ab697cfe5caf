"""The language a reader is met in whose address names none: what their browser asks for."""

from __future__ import annotations

from typing import Final

from geo.view.view import LANGS

MOST_ASKED: Final = 32
"""Languages of a header that are looked at; browsers name a handful."""


def language_met(accepted: str) -> str:
    """The language of `LANGS` that an `Accept-Language` header likes best; the first for none.

    Of several that it likes alike, the one it names first (RFC 9110, section 12.5.4).

    >>> language_met("es-MX,es;q=0.9,en;q=0.8"), language_met("fr, en;q=0.5, es;q=0.4")
    ('es', 'en')
    """
    best, liked = LANGS[0], 0.0
    for part in accepted.split(",")[:MOST_ASKED]:
        tag, _, weight = part.partition(";")
        lang = tag.strip().partition("-")[0].lower()
        quality = _quality(weight)
        if lang in LANGS and quality > liked:
            best, liked = lang, quality
    return best


def _quality(weight: str) -> float:
    name, _, number = weight.partition("=")
    if not weight.strip():
        return 1.0
    try:
        quality = float(number) if name.strip().lower() == "q" else 0.0
    except ValueError:
        return 0.0
    return quality if 0.0 <= quality <= 1.0 else 0.0
