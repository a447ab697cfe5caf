"""Texts by their sentences: a slide shows as many of them as fit, and its notes hold all."""

from __future__ import annotations

import re
from typing import Final

ENDS: Final = re.compile(
    r"(?<=[.!?”»])(?<!\b\w\.)(?<!\bEE\.)(?<!\bUU\.)(?<!\bU\.S\.)\s+(?=[¿¡“«]?[A-ZÁÉÍÓÚÑ0-9])"
)
"""Between two sentences; not after an initial (`L. C. Sosa`) or `EE. UU.`"""


def sentences(text: str) -> list[str]:
    """The sentences of a text, which put together with spaces are the text again.

    >>> sentences("Per L. C. Sosa it is so. 8 more are not.")
    ['Per L. C. Sosa it is so.', '8 more are not.']
    """
    return [part for part in ENDS.split(" ".join(text.split())) if part]
