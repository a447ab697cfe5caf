"""What a document says of itself: title, author, subject, language, and the date of its data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from geo.atlas import Atlas, read_package
from geo.language import LOCALES

CREATOR: Final = "Mérida Atlas"

FIRST: Final = datetime(1980, 1, 1, tzinfo=UTC)
"""The date of data without a dated source: the earliest that every kind of file can hold."""


@dataclass(frozen=True)
class About:
    """The properties of a document, as its programs show them; `lang` as in BCP 47: `es-MX`."""

    title: str
    subject: str
    lang: str
    made: datetime
    author: str = CREATOR


def about(atlas: Atlas, title: str, lang: str) -> About:
    """The properties of a document made from `atlas` in the reader's language `lang`.

    The date is that of the data's newest source, so the same data give the same document.
    """
    package = read_package(atlas.data)
    subject = package["title" if lang == "en" else f"title_{lang}"]
    return About(title, f"{subject} ({atlas.version})", bcp47(lang), _newest(atlas))


def bcp47(lang: str) -> str:
    """The reader's language as documents name it, with the country whose habits it follows."""
    return LOCALES[lang].replace("_", "-")


@lru_cache(maxsize=2)
def _newest(atlas: Atlas) -> datetime:
    days = []
    for source in atlas.sources.values():
        try:
            days.append(datetime.strptime(source.date, "%Y-%m-%d").replace(tzinfo=UTC))
        except ValueError:  # "2014 (undated)", "undated": no day
            continue
    return max(days, default=FIRST)
