"""What a reader has filled in, as the form holds it and as a contribution."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from geo.atlas import Atlas
from geo.chapters.contribute.effect import Effect, effect_of
from geo.chapters.contribute.fields import KIND_OF, municipality
from geo.contribution import (
    FILE,
    Contribution,
    Fault,
    faults_of,
    proposed_source_id,
    read_contribution,
)
from geo.errors import DataError
from geo.language import speech
from geo.view import View

Filled = Mapping[tuple[str, int, str], str]
"""Part, number of the row from 1, and field → what was filled in."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One contribution while a reader works on it, and what was last found of it.

    `trouble` says why a file could not be opened. `view` is the one of which `effect` tells.
    """

    contribution: Contribution | None = None
    faults: tuple[Fault, ...] = ()
    view: View | None = None
    effect: Effect | None = None
    trouble: str = ""

    def at(self, atlas: Atlas, view: View) -> Draft:
        """The same with what it would change in a view, computed where it is not known yet."""
        if self.contribution is None or self.faults or self.view == view:
            return self
        told = self.effect if self.view is not None and self.view.lang == view.lang else None
        return replace(self, view=view, effect=effect_of(self.contribution, atlas, view, told))

    def faults_at(self, part: str, number: int, field: str) -> tuple[Fault, ...]:
        """What is wrong with one field."""
        return tuple(
            fault
            for fault in self.faults
            if (fault.part, fault.number, fault.field) == (part, number, field)
        )


def drafted(filled: Filled, texts: Mapping[str, str], atlas: Atlas) -> Draft:
    """The draft of a filled form, checked.

    What the reader need not say follows here: the document's key and sort, a municipality's code,
    and that a place is as weak as its activity.
    """
    activity = _row(filled, "activity", 1)
    places = tuple(
        _place(row, activity, atlas) for row in _rows(filled, "places") if any(row.values())
    )
    sources = _sources([row for row in _rows(filled, "sources") if any(row.values())], atlas)
    named = [key for key in activity.get("source_ids", "").split(";") if key]
    named += [row["source_id"] for row in sources if row["source_id"] not in named]
    activity = {**activity, "source_ids": ";".join(named)}
    texts = {name: text.replace("\r\n", "\n").strip() for name, text in texts.items()}
    return checked(
        Contribution(
            activity={name: text for name, text in activity.items() if text},
            places=places,
            sources=sources,
            made_with=atlas.version,
            **texts,
        ),
        atlas,
    )


def checked(contribution: Contribution, atlas: Atlas) -> Draft:
    """A draft with what the check finds."""
    return Draft(contribution, faults_of(contribution, atlas.data))


def brought(text: str, atlas: Atlas, lang: str) -> Draft:
    """The draft of a file that a reader made before; of one that is none, why it is not opened."""
    # A text that came through a field may hold half of a pair, which no file in UTF-8 can.
    content = text.encode("utf-8", "replace")
    try:
        read = read_contribution(content, FILE, atlas.data, speech(lang))
    except DataError as error:
        return Draft(trouble=str(error))
    return checked(read, atlas)


def _rows(filled: Filled, part: str) -> list[dict[str, str]]:
    numbers = sorted({number for one, number, _ in filled if one == part})
    return [_row(filled, part, number) for number in numbers]


def _row(filled: Filled, part: str, number: int) -> dict[str, str]:
    return {
        field: text.strip()
        for (one, at, field), text in filled.items()
        if (one, at) == (part, number)
    }


def _place(row: dict[str, str], activity: Mapping[str, str], atlas: Atlas) -> dict[str, str]:
    found = municipality(atlas, row.get("state", ""), row.get("cvegeo", ""))
    row = {**row, "cvegeo": found}
    if activity.get("weak") and not row.get("place_weak"):
        row["place_weak"] = activity["weak"]
        row["place_weak_reason"] = activity.get("weak_reason", "")
    return {name: text for name, text in row.items() if text}


def _sources(rows: list[dict[str, str]], atlas: Atlas) -> tuple[dict[str, str], ...]:
    taken = set(atlas.sources)
    sources = []
    for row in rows:
        key = proposed_source_id(row, taken)
        taken.add(key)
        whole = {**row, "source_id": key, "kind": KIND_OF.get(row.get("grade_kind", ""), "")}
        sources.append({name: text for name, text in whole.items() if text})
    return tuple(sources)
