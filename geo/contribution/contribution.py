"""What a reader contributes: one activity, its places, its documents, and what they say of it.

Every value is the text that would stand in the table. What only the maintainers can say is not in
it: the key, how it was found, and which other activity it is a part of.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from geo.atlas import read_package
from geo.language import folded
from geo.policy import LONGEST_NAME, LONGEST_WORDS

Row = Mapping[str, str]
"""Field → the text in it; a field that is left out is blank."""

PARTS: Final = {"activity": "activities", "places": "activity_places", "sources": "sources"}
"""Part of a contribution → the table its rows belong to."""

ASSIGNED: Final = ("activity_id", "found_by", "part_of")
"""Fields that are filled in when a row is added, and never by whoever brings it."""

UNNAMED: Final = "READER"
"""What a document's key begins with where no author or title gives it letters."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """An activity with its places and its new documents, and the reader's own words.

    `name` and `contact` are public where they are given. `made_with` is the version of the data
    it was written against.
    """

    activity: Row
    places: tuple[Row, ...] = ()
    sources: tuple[Row, ...] = ()
    words: str = ""
    name: str = ""
    contact: str = ""
    made_with: str = ""


def fields_of(part: str, data: Path) -> tuple[dict[str, Any], ...]:
    """The fields a part is made of, as the passport of its table describes them."""
    resources = read_package(data)["resources"]
    schema = next(one["schema"] for one in resources if one["name"] == PARTS[part])
    return tuple(field for field in schema["fields"] if field["name"] not in ASSIGNED)


def text_limits() -> Mapping[str, int]:
    """How many characters each text about a contribution may have."""
    return {"words": LONGEST_WORDS, "name": LONGEST_NAME, "contact": LONGEST_NAME}


def proposed_source_id(source: Row, taken: Collection[str]) -> str:
    """A key for a document: its author's first word, its year, and a figure where that is taken.

    >>> proposed_source_id({"author": "Búsqueda", "date": "2015-03"}, {"BUSQUEDA15"})
    'BUSQUEDA15_2'
    """
    words = re.findall("[a-z0-9]+", folded(source.get("author") or source.get("title") or ""))
    year = re.search(r"\b(?:19|20)(\d\d)\b", source.get("date", ""))
    base = (words[0] if words else UNNAMED).upper()[:12] + (year[1] if year else "")
    return free_key(base, taken)


def free_key(base: str, taken: Collection[str]) -> str:
    """The key itself, or with the first figure after it that is not taken."""
    if base not in taken:
        return base
    return next(key for n in range(2, len(taken) + 3) if (key := f"{base}_{n}") not in taken)
