"""A contribution held to the rules of `make check`: the tables as they would be with its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geo.atlas import Table, read_package, table_faults, tables_for_rules, with_rows
from geo.contribution.contribution import (
    PARTS,
    Contribution,
    Row,
    free_key,
    proposed_source_id,
    text_limits,
)
from geo.errors import DataError
from geo.reading import hidden_sign

FOUND_BY: Final = "targeted2"
"""How whatever a reader sends was found: by the way, and never by asking the same of every state,
so that no contribution can move what the equal-effort searches say."""

LAST_KEY: Final = 999


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a contribution: in which part, in which of its rows, in which field.

    `number` counts the rows of the part from 1; 0 where it is about a text or about the whole.
    """

    part: str
    number: int
    field: str
    problem: str
    remedy: str

    def where(self, file: str) -> str:
        """The place in the file, in words."""
        row = f" {self.number}" if self.number and self.part != "activity" else ""
        return f"{file}, {self.part}{row}"

    def error(self, file: str) -> DataError:
        """The fault as it is told to whoever has the file before them."""
        field = self.field if self.number else None
        return DataError(self.where(file), self.problem, self.remedy, field=field)


def faults_of(
    contribution: Contribution, data: Path, now: Mapping[str, Table] | None = None
) -> tuple[Fault, ...]:
    """Everything that is wrong, by the rules of the tables; empty where it could be added.

    `now` are the tables it would be added to: those that the atlas was loaded from if left out.
    """
    now = tables_of(data) if now is None else now
    rows = settled(contribution, now)
    first = {name: max(now[name].texts, default=1) + 1 for name in rows}
    part_of = {now[name].file: (part, first[name]) for part, name in PARTS.items()}
    faults = [*_unfit_texts(contribution)]
    for error in table_faults(with_contribution(contribution, now), data):
        part, begins = part_of.get(error.file, ("", 0))
        number = error.row - begins + 1 if part and error.row and error.row >= begins else 0
        if not number:
            part = error.where()
        faults.append(Fault(part, number, error.field or "", error.problem, error.remedy))
    return tuple(dict.fromkeys(faults))


def refuse(
    contribution: Contribution, file: str, data: Path, now: Mapping[str, Table] | None = None
) -> None:
    """Raise the first fault, and say how many more there are."""
    faults = faults_of(contribution, data, now)
    if faults:
        first = faults[0].error(file)
        more = f" `python -m geo check` names this and {len(faults) - 1} more." * (len(faults) > 1)
        raise DataError(first.file, first.problem, f"{first.remedy}{more}", field=first.field)


def tables_of(data: Path) -> dict[str, Table]:
    """Every table the rules look at, as the atlas was loaded from it."""
    return tables_for_rules(read_package(data)["resources"], data)


def with_contribution(contribution: Contribution, now: Mapping[str, Table]) -> dict[str, Table]:
    """The tables with the rows of a contribution at their ends, sound or not."""
    rows = settled(contribution, now)
    return {**now, **{name: with_rows(now[name], added) for name, added in rows.items()}}


def settled(contribution: Contribution, now: Mapping[str, Table]) -> dict[str, list[Row]]:
    """The rows as they would stand in each table: keys that are free, every column, how found."""
    key = _next_key(now["activities"])
    sources, renamed = _settled_sources(contribution, now["sources"])
    named = contribution.activity.get("source_ids", "")
    activity: Row = dict(contribution.activity) | {
        "activity_id": key,
        "found_by": FOUND_BY,
        "source_ids": ";".join(renamed.get(one, one) for one in named.split(";")),
    }
    places: list[Row] = [
        {**row, "activity_id": key, "found_by": FOUND_BY} for row in contribution.places
    ]
    rows = {"activities": [activity], "activity_places": places, "sources": sources}
    return {name: [_whole(row, now[name]) for row in added] for name, added in rows.items()}


def _whole(row: Row, table: Table) -> Row:
    """The row with every column of its table, in order."""
    fields = table.resource["schema"]["fields"]
    return {field["name"]: row.get(field["name"], "") for field in fields}


def _next_key(activities: Table) -> str:
    """The number after the last activity's."""
    last = max((int(row["activity_id"][1:]) for row in activities.rows.values()), default=0)
    if last >= LAST_KEY:
        problem = f"the ledger ends with M{LAST_KEY}, the last key of three digits"
        remedy = "Widen the pattern of activity_id in data/passports.yaml first."
        raise DataError(activities.file, problem, remedy)
    return f"M{last + 1:03d}"


def _settled_sources(
    contribution: Contribution, sources: Table
) -> tuple[list[Row], dict[str, str]]:
    """The new documents under keys that no other has, and what each was called in the file."""
    taken = {row["source_id"] for row in sources.texts.values()}
    rows: list[Row] = []
    renamed: dict[str, str] = {}
    for source in contribution.sources:
        wanted = source.get("source_id", "")
        key = free_key(wanted, taken) if wanted else proposed_source_id(source, taken)
        if wanted:
            renamed.setdefault(wanted, key)
        taken.add(key)
        rows.append({**source, "source_id": key})
    return rows, renamed


def _unfit_texts(contribution: Contribution) -> list[Fault]:
    """What is wrong with the texts that stand in no table."""
    faults = []
    for name, most in text_limits().items():
        text: str = getattr(contribution, name)
        lines = text.replace("\n", "") if name == "words" else text
        if len(text) > most:
            problem, remedy = f"is {len(text):,} letters long", f"Shorten it to {most:,} letters."
            faults.append(Fault(name, 0, name, f"{problem}; allowed are {most:,}.", remedy))
        elif sign := hidden_sign(lines) or ("U+000A" if "\n" in lines else ""):
            problem = f"holds {sign}, which nobody sees; allowed is plain text."
            faults.append(Fault(name, 0, name, problem, "Take the character out."))
    return faults
