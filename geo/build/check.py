"""`make check`: everything that a person edits in `data/`, before anything is written.

Every table as its passport describes it, what holds between fields, rows and tables (`geo.atlas`),
points in their polygons, the claims and the scenes. All that is wrong is told at once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from geo.atlas import Table, canonical, checked_table, is_checked, table_faults
from geo.briefing import briefing_of
from geo.build.package import schemas
from geo.equity.claims import claims_of
from geo.errors import DataError

MOST_TOLD: Final = 50
"""Faults that are told one by one."""

MOST_ALIKE: Final = 5
"""Faults of one column that are told one by one: a spreadsheet makes the same in every row."""


def tables_of(data: Path) -> tuple[dict[str, Table], list[DataError]]:
    """Every table the check looks at as it stands on the disk, and the files that are not there."""
    tables, missing = {}, []
    for resource in filter(is_checked, schemas(data)):
        path = resource["path"]
        try:
            content = (data / path).read_bytes()
        except OSError as fault:
            problem = f"the file cannot be read ({fault.strerror})."
            remedy = f"Restore it with `git checkout -- data/{path}`."
            missing.append(DataError(f"data/{path}", problem, remedy))
            continue
        tables[resource["name"]] = checked_table(resource, content)
    return tables, missing


def data_faults(data: Path) -> list[DataError]:
    """Everything that is wrong with the data, by file and row."""
    try:
        tables, faults = tables_of(data)
        faults += table_faults(tables, data)
        faults += _claims(data, tables)
    except DataError as fault:
        return [fault]
    order = {fault.file: at for at, fault in reversed(list(enumerate(faults)))}
    return sorted(faults, key=lambda fault: (order[fault.file], fault.row or 0))


def _claims(data: Path, tables: Mapping[str, Table]) -> Iterator[DataError]:
    """What is wrong with the claims, or with the scenes, of which some test a claim."""
    try:
        claims = claims_of(data, (str(resource["name"]) for resource in schemas(data)))
        briefing_of(data, claims)
    except DataError as fault:
        yield fault
        return
    checks = {row["essay_ref"] for row in _rows(tables, "essay_checks")}
    municipalities = {row["cvegeo"] for row in _rows(tables, "municipalities")}
    for claim in claims.claims:
        if claim.essay_ref and claim.essay_ref not in checks:
            problem = f"{claim.essay_ref!r} is no essay_ref of data/ledger/essay_checks.csv"
            yield _claim_fault(claim.claim_id, "essay_ref", problem)
        if claim.test.total:
            table, key, value = (claim.test.total[name] for name in ("table", "key", "value"))
            rows = [row for row in _rows(tables, table) if row.get(key) == claim.test.total["id"]]
            if not rows or not rows[0].get(value):
                problem = f"{dict(claim.test.total)} leads to no number of the tables"
                yield _claim_fault(claim.claim_id, "test.total", problem)
    for group in claims.groups.values():
        for code in group.municipalities:
            if municipalities and code not in municipalities:
                problem = f"{code!r} is no municipality"
                yield _claim_fault(f"group {group.name}", "municipalities", problem)


def _rows(tables: Mapping[str, Table], name: str) -> list[Mapping[str, str]]:
    return list(tables[name].texts.values()) if name in tables else []


def _claim_fault(where: str, field: str, problem: str) -> DataError:
    return DataError("data/claims.yaml", f"{where}: {problem}.", "Correct it.", field=field)


def told(faults: list[DataError]) -> list[str]:
    """The faults as lines: all of them, or the first ones and how many more there are."""
    lines: list[str] = []
    alike: Counter[tuple[str, str | None]] = Counter()
    more: defaultdict[tuple[str, str | None], int] = defaultdict(int)
    for fault in faults:
        column = (fault.file, fault.field)
        alike[column] += 1
        if alike[column] <= MOST_ALIKE and len(lines) < MOST_TOLD:
            lines.append(str(fault))
        else:
            more[column] += 1
    for (file, field), count in more.items():
        where = f"field {field}" if field else "the whole file"
        lines.append(f"{file}, {where}: and {count} more.")
    return lines


def tidied(data: Path) -> list[str]:
    """Write tables that a spreadsheet spelled its own way as the package spells them; say which.

    Called once the check has passed: no value changes, and a comparison shows the rows that did.
    """
    said = []
    tables, _ = tables_of(data)
    for table in tables.values():
        path = data / table.resource["path"]
        if path.read_bytes() != (written := canonical(table)):
            path.write_bytes(written)
            how = table.saved or "with quotes or columns in its own way"
            said.append(f"{table.file} was saved {how}: written anew as UTF-8 with commas.")
    return said
