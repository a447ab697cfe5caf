"""All that is wrong with a set of tables: their cells, their keys, and what holds between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from geo.atlas.rules import addresses, essay, figures, ledger, places
from geo.atlas.rules.keys import key_faults
from geo.atlas.rules.register import faults_in, rule_faults
from geo.atlas.tables import Table
from geo.errors import DataError

TAKEN_IN: Final = (ledger, places, figures, essay, addresses)
"""The modules whose rules are in the list."""

OUT_OF_RANGE: Final = "is out of range"


def all_faults(tables: Mapping[str, Table]) -> list[DataError]:
    """Everything wrong with the tables: first cells, then keys, then what follows from them."""
    found = [
        *(fault for table in tables.values() for fault in table.faults),
        *key_faults(tables),
        *(
            fault
            for table in tables.values()
            for fault in faults_in((_one_language, table.name), _one_language, table)
        ),
        *rule_faults(tables),
    ]
    exchanged = {(fault.file, fault.row) for fault in found if ledger.EXCHANGED in fault.problem}
    return [
        fault
        for fault in found
        if (fault.file, fault.row) not in exchanged or OUT_OF_RANGE not in fault.problem
    ]


def _one_language(table: Table) -> Iterator[DataError]:
    """What is said in English is said in Spanish too."""
    names = [field["name"] for field in table.resource["schema"]["fields"]]
    for english in (name for name in names if name.endswith("_en")):
        spanish = f"{english[:-3]}_es"
        for number, row in table.rows.items() if spanish in names else ():
            if bool(row[english]) != bool(row[spanish]):
                blank = spanish if row[english] else english
                yield table.fault(
                    number,
                    blank,
                    f"{blank} is blank, but the other language is given",
                    f"{english} and {spanish} both filled or both blank",
                    "Write it in both languages.",
                )
