"""The list of rules: each names the tables it looks at and yields what it finds wrong in them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final
from weakref import ref

from geo.atlas.cells import quoted
from geo.atlas.tables import Table
from geo.errors import DataError

Check = Callable[..., Iterator[DataError]]

Row = Mapping[str, Any]

Slip = tuple[str, str, str, str]
"""What is wrong in a row: its field, what stands there, what is allowed, and how to mend it."""

RowCheck = Callable[..., Iterator[Slip]]

RULES: Final[list[tuple[tuple[str, ...], Check]]] = []
"""Names of tables → what is to hold in them, in the order they are checked."""

_SOUND: Final[dict[Hashable, tuple[ref[Table], ...]]] = {}
"""What was looked at → the tables in which all was well when it was looked at last."""

LONGEST_LISTED: Final = 40
"""Characters of an allowed value that are told; a key that is none may be of any length."""


def rule(*names: str) -> Callable[[Check], Check]:
    """Take a rule into the list; it is handed the tables of these names."""

    def taken(check: Check) -> Check:
        RULES.append((names, check))
        return check

    return taken


def row_rule(*names: str, **given: Any) -> Callable[[RowCheck], RowCheck]:
    """Take a rule on single rows into the list; `given` is what it is told beside them.

    It is handed each row of the first table of these names, and the other tables whole.
    """

    def taken(check: RowCheck) -> RowCheck:
        def of_rows(table: Table, *others: Table) -> Iterator[DataError]:
            for number, row in table.rows.items():
                for slip in check(row, *others, **given):
                    yield table.fault(number, *slip)

        RULES.append((names, of_rows))
        return check

    return taken


def rule_faults(tables: Mapping[str, Table]) -> list[DataError]:
    """Everything the rules find wrong; a rule whose tables are not all there has to wait.

    Rules look at sound rows only, so that one slip is told once.
    """
    return [
        fault
        for names, check in RULES
        if all(name in tables for name in names)
        for fault in faults_in(check, check, *(tables[name] for name in names))
    ]


def faults_in(
    looked_at: Hashable, check: Callable[..., Iterable[DataError]], *tables: Table
) -> list[DataError]:
    """What a check finds wrong in tables, none of which ever changes once it is read.

    A slip or a contribution is in one of them; where the others were sound they still are.
    """
    sound = _SOUND.get(looked_at, ())
    if sound and all(one() is table for one, table in zip(sound, tables, strict=True)):
        return []
    found = list(check(*tables))
    if not found:
        _SOUND[looked_at] = tuple(map(ref, tables))
    return found


@lru_cache(maxsize=8)
def by_key(table: Table, field: str) -> Mapping[str, Row]:
    """The sound rows of a table by a field of theirs; made once, so a rule may ask at each row."""
    return {str(row[field]): row for row in table.rows.values()}


def listed(values: Any) -> str:
    """Allowed values in words, the first dozen of many."""
    words = [
        word if word.isprintable() and len(word) <= LONGEST_LISTED else quoted(word)
        for word in sorted(map(str, values))
    ]
    rest = f" and {len(words) - 12} more" if len(words) > 12 else ""
    return ", ".join(words[:12]) + rest
