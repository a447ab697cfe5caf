"""Contributions for the tests: one that passes, changed in one thing, and brought into a copy."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geo.build import tables_of
from geo.contribution import Contribution, settled, trial_atlas

if TYPE_CHECKING:
    from pathlib import Path

    from geo.atlas import Atlas

SOUND = Contribution(
    activity={
        "title_en": "Radios for the municipal police of Xalapa",
        "title_es": "Radios para la policía municipal de Xalapa",
        "area": "prevention",
        "kind": "equipment",
        "amount": "700000",
        "currency": "MXN",
        "amount_basis": "delivered",
        "amount_separable": "yes",
        "period_start": "2018-05",
        "period_certain": "yes",
        "recipient_level": "municipal",
        "funder": "US Merida",
        "weak": "no",
        "source_ids": "DIARIO18",
        "verification": "read in the source",
        "names_merida": "yes",
    },
    places=(
        {
            "place": "Xalapa",
            "state": "30",
            "cvegeo": "30087",
            "location_precision": "3",
            "place_weak": "no",
        },
    ),
    sources=(
        {
            "source_id": "DIARIO18",
            "title": "Entrega de radios",
            "author": "Diario de Xalapa",
            "date": "2018-05-04",
            "url": "https://www.example.org/radios",
            "kind": "press",
            "grade_kind": "press",
        },
    ),
    words="Page two, third paragraph.\nThe amount is in the caption.",
)
"""One activity in Veracruz with its amount in pesos, from a document that the atlas has not."""


def with_fields(part: str, at: int = 0, /, **fields: str) -> Contribution:
    """The sound contribution with some fields of a row, or a text, written otherwise."""
    if part == "activity":
        return replace(SOUND, activity=_changed(SOUND.activity, fields))
    changed: dict[str, Any] = dict(fields)
    if part in ("places", "sources"):
        rows: list[Any] = list(getattr(SOUND, part))
        rows[at] = _changed(rows[at], fields)
        changed = {part: tuple(rows)}
    return replace(SOUND, **changed)


def _changed(row: Any, fields: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in {**row, **fields}.items() if text}


TRIALS: dict[tuple[str, str], Atlas] = {}
"""Version of the data and contribution → the atlas with it."""


def one_trial(contribution: Contribution, atlas: Atlas) -> Atlas:
    """The atlas with a contribution, with all that was computed of it before.

    The page makes one for each press and keeps nothing of it (`tests/contribution`); its verdicts
    take half a second, and are the same each time.
    """
    key = (atlas.version, repr(contribution))
    if key not in TRIALS:
        TRIALS[key] = trial_atlas(contribution, atlas)
    return TRIALS[key]


def append_by_hand(contribution: Contribution, data: Path) -> None:
    """Write the rows at the ends of the tables of a copy, as an editor would, unchecked."""
    tables, _ = tables_of(data)
    for name, rows in settled(contribution, tables).items():
        text = io.StringIO(newline="")
        fields = [field["name"] for field in tables[name].resource["schema"]["fields"]]
        csv.DictWriter(text, fields, lineterminator="\n").writerows(rows)
        with (data / tables[name].resource["path"]).open("a", encoding="utf-8", newline="") as file:
            file.write(text.getvalue())


def everything_in(data: Path) -> dict[str, bytes]:
    """Each file of a folder → its bytes."""
    return {
        path.relative_to(data).as_posix(): path.read_bytes()
        for path in data.rglob("*")
        if path.is_file()
    }
