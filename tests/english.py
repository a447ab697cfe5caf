"""How an English text of the catalogue is told from its Spanish, wherever it is met."""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING

from geo.build import messages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LETTERS_THAT_TELL = 6
"""A text whose own words are shorter than this, beside what is filled in, cannot be told apart."""


def forms(text: object) -> list[str]:
    """One string for a plain text, two for one with a plural."""
    return [text] if isinstance(text, str) else list(text or ())  # type: ignore[call-overload]


def translated() -> Iterator[tuple[str, str]]:
    """Each English form whose Spanish differs, with that Spanish."""
    for message in messages.read_catalogue():
        if message.id:
            for english, spanish in zip(forms(message.id), forms(message.string), strict=True):
                if english != spanish:
                    yield english, spanish


def as_pattern(text: str) -> str:
    """A regular expression for the text with anything in its places; empty where it tells little.

    `{value} of {total}` would be met by chance, so its own words have to be long enough.
    """
    told, letters = [], 0
    for words, place, _, _ in Formatter().parse(text):
        told.append(re.escape(words) + (".+?" if place is not None else ""))
        letters += sum(letter.isalpha() for letter in words)
    return "".join(told) if len(told) == 1 or letters >= LETTERS_THAT_TELL else ""


ENGLISH_TEXTS = re.compile(
    "|".join(f"(?:{pattern})" for english, _ in translated() if (pattern := as_pattern(english)))
)
SPANISH_TEXTS = {spanish for _, spanish in translated()}

LETTERS_IN_A_CROWD = 14
"""The same for a text looked for in the middle of others, where a short one is met by chance."""

LONG_ENGLISH = re.compile(
    "|".join(
        rf"\b{pattern}(?!\w)"
        for english, _ in translated()
        if sum(map(str.isalpha, re.sub(r"\{.*?\}", "", english))) >= LETTERS_IN_A_CROWD
        and (pattern := as_pattern(english))
        and english[0].isalpha()
    )
)


def english_of(texts: Iterable[str]) -> list[str]:
    """Those of the texts that are English ones of the catalogue."""
    return sorted({text for text in texts if ENGLISH_TEXTS.fullmatch(text)})


def english_within(text: str) -> list[str]:
    """The longer English texts of the catalogue that stand anywhere in a text."""
    return sorted({found.group()[:120] for found in LONG_ENGLISH.finditer(" ".join(text.split()))})
