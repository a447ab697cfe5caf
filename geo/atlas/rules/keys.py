"""Keys across tables, as the passports declare them: what is pointed to has to be there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import partial
from typing import Any

from geo.atlas.cells import quoted
from geo.atlas.rules.register import faults_in, listed
from geo.atlas.tables import Table
from geo.errors import DataError


def key_faults(tables: Mapping[str, Table]) -> list[DataError]:
    """Every foreign key, also of the entries of a list, that points to nothing."""
    found: list[DataError] = []
    for table in tables.values():
        for field, target, key, separator in _keys(table):
            if target in tables:
                check = partial(_dangling, field=field, key=key, separator=separator)
                looked_at = (table.name, field, target, key, separator)
                found += faults_in(looked_at, check, table, tables[target])
    return found


def _keys(table: Table) -> Iterator[tuple[str, str, str, str]]:
    """Field, the table and its field that it points to, and what stands between several entries."""
    schema = table.resource["schema"]
    for key in schema.get("foreignKeys", ()):
        goal = key["reference"]
        yield key["fields"], goal["resource"] or table.name, goal["fields"], ""
    for field in schema["fields"]:
        if goal := field.get("each"):
            yield field["name"], goal["resource"], goal["fields"], field["list"]


def _dangling(
    table: Table, target: Table, *, field: str, key: str, separator: str
) -> Iterator[DataError]:
    known = {row[key] for row in target.texts.values()}
    if not known:
        return
    for number, row in table.texts.items():
        text: str = row[field]
        for entry in text.split(separator) if separator else (text,):
            if entry and entry not in known and _sound(table, number, field):
                yield _unknown(table, number, field, entry, target, key, known)


def _sound(table: Table, number: int, field: str) -> bool:
    """Whether the cell itself was read: one that was not is told already."""
    return number in table.rows or not any(
        fault.row == number and fault.field == field for fault in table.faults
    )


def _unknown(
    table: Table, number: int, field: str, entry: str, target: Table, key: str, known: Any
) -> DataError:
    meant = get_close_matches(entry, known, 1, 0.75)
    mend = f"Write {meant[0]}, or add" if meant else "Correct it, or add"
    problem = f"{quoted(entry)} is not in {target.file}"
    allowed = f"one of {key} in {target.file} ({listed(known)})"
    return table.fault(number, field, problem, allowed, f"{mend} the row to {target.file} first.")
