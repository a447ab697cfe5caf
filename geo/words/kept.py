"""What a file is called when it is kept: one scheme for every download, of plain ASCII.

`merida-atlas_` + what the file is + what view it is of + language + data version, such as
`merida-atlas_map_activities_veracruz_es_210e848.png`. What of a view has no short name (layers,
classes, how an amount is split) ends in a mark of four digits, so that two views have two names.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Final

from geo.atlas import Atlas
from geo.language import folded
from geo.view import View, spell_query

VERSION: Final = 7
"""Digits of the data version: as many as git shows of a commit."""

LONGEST: Final = 40
"""Letters of a part that a person may have written."""

NAMED: Final = ("measure", "show", "per", "pillar", "from", "to", "weak", "state", "lang")
"""Parameters that stand in a name by themselves; the others are in its mark."""


def file_name(atlas: Atlas, name: str, *parts: str) -> str:
    """The name a file is kept under: `map.png` of these parts, in this version of the data."""
    stem, _, ending = name.rpartition(".")
    slugs = [
        re.sub(r"[^a-z0-9]+", "-", folded(part))[:LONGEST].strip("-")
        for part in (stem, *parts, atlas.version[:VERSION])
    ]
    return "_".join(("merida-atlas", *(slug for slug in slugs if slug))) + f".{ending}"


def view_file_name(atlas: Atlas, name: str, view: View, more: str = "") -> str:
    """The name of a file of a view; `more` is what it holds beside, such as words searched for."""
    parts = [part for part in _parts(view) if part != name.rpartition(".")[0]]
    rest = {key: value for key, value in spell_query(view).items() if key not in NAMED}
    mark = hashlib.sha256(f"{sorted(rest.items())}{more}".encode()).hexdigest()[:4]
    state = atlas.states[view.state].names[view.lang] if view.state else ""
    return file_name(atlas, name, *parts, state, more, mark if rest or more else "", view.lang)


def _parts(view: View) -> Iterator[str]:
    per = view.per if view.per != "none" else ""
    show = view.show if view.show != "value" else ""
    yield "-".join(part for part in (view.measure, show, per) if part)
    if view.pillar:
        yield "-".join(("priority", *map(str, view.pillar)))
    if not view.whole_period:
        yield f"{view.from_year}-{view.to_year}"
    if view.weak == "include":
        yield "weak"
