"""The atlas: everything loaded and checked, once, as one frozen value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from geo.atlas.indicators import Indicators, build_indicators
from geo.atlas.joins import (
    StateNames,
    index_state_names,
    match_state_name,
)
from geo.atlas.ledger import Activity, Ledger, build_ledger
from geo.atlas.memory import Memory
from geo.atlas.national import build_national
from geo.atlas.rules import all_faults
from geo.atlas.tables import (
    check_package,
    correctable,
    data_hash,
    read_table,
    tables_for_rules,
)
from geo.paths import DATA


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """One of the 32 federal entities."""

    code: str
    names: Mapping[str, str]
    abbr: str
    capital: str
    northern_border: bool
    southern_border: bool
    sez: bool
    sez_zone: str


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One source of a figure."""

    source_id: str
    title: str
    author: str
    date: str
    url: str
    kind: str
    grade_kind: str


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Atlas:
    """The loaded data: states by code, ledger, indicators and sources, and where they came from.

    Compared and hashed by identity: one atlas is one loading of one state of the data. `tables` and
    `memory` are those of an atlas with rows of a reader's own: the tables as they then stand, and
    what was computed of it (`geo.atlas.memory`).
    """

    states: Mapping[str, State]
    ledger: Ledger
    indicators: Indicators
    sources: Mapping[str, Source]
    data: Path
    version: str
    tables: Mapping[str, tuple[dict[str, Any], ...]] = field(default_factory=dict)
    memory: Memory | None = None

    @property
    def official_sources(self) -> frozenset[str]:
        """Ids of the sources that are official, which a grade A needs."""
        return frozenset(i for i, s in self.sources.items() if s.grade_kind == "official")

    @property
    def border(self) -> tuple[str, ...]:
        """Codes of the states on the northern border."""
        return tuple(code for code, state in self.states.items() if state.northern_border)

    def with_activities(self, activities: Iterable[Activity]) -> Atlas:
        """The atlas with other activities, all else alike; what is kept of it is its own."""
        memory: Memory | None = None if self.memory is None else {}
        ledger = replace(self.ledger, activities=tuple(activities), memory=memory)
        return replace(self, ledger=ledger, memory=memory)

    def table(self, name: str) -> tuple[dict[str, Any], ...]:
        """The checked rows of a table of the data package."""
        return self.tables[name] if name in self.tables else read_table(name, self.data)

    def state_named(self, text: str) -> str:
        """The code of the state that a text names as people type it; empty for none or several."""
        found = match_state_name(text, _state_names(self.data))
        return found[0] if len(found) == 1 else ""

    def state_spellings(self) -> dict[str, str]:
        """Every spelling that `state_named` takes → the code: as written, and as it is folded."""
        names = _state_names(self.data)
        spellings = [*names.folded.items(), *names.exact.items()]
        return {spelling: next(iter(codes)) for spelling, codes in spellings if len(codes) == 1}


@lru_cache(maxsize=4)
def _state_names(data: Path) -> StateNames:
    return index_state_names(read_table("state_name_variants", data), read_table("states", data))


@lru_cache(maxsize=4)
def load_atlas(data: Path = DATA) -> Atlas:
    """Check and load the data package.

    Raises `DataError` where a file is missing, truncated or altered, and for the first thing that
    is wrong in a table: what `make check` refuses does not start either.
    """
    package = check_package(data)
    if faults := all_faults(tables_for_rules(package["resources"], data)):
        raise correctable(faults[0], len(faults) - 1)
    states = {
        row["code"]: State(
            names={"en": row["name_en"], "es": row["name_es"]},
            **{name: row[name] for name in State.__dataclass_fields__ if name in row},
        )
        for row in sorted(read_table("states", data), key=lambda row: str(row["code"]))
    }
    sources = {
        row["source_id"]: Source(**{key: row[key] for key in Source.__dataclass_fields__})
        for row in read_table("sources", data)
    }
    return Atlas(
        states=states,
        ledger=build_ledger(
            read_table("activities", data),
            read_table("activity_places", data),
            read_table("amounts_usd", data),
            build_national(read_table("national_facts", data), read_table("amounts_by_area", data)),
        ),
        indicators=build_indicators(read_table("indicators", data)),
        sources=sources,
        data=data,
        version=data_hash(data),
    )
