"""The data package on disk, checked against its passport and read as typed rows.

`datapackage.json` says what each file is; nothing here knows a column by name. Only the standard
library is imported, so that a healthy package costs milliseconds at the start of the server.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from geo.atlas.cells import CellFault, cast_of, quoted
from geo.errors import DataError
from geo.language import speech
from geo.paths import DATA
from geo.reading import Unreadable, text_of

PACKAGE_FILE = "datapackage.json"

HEADER_ROW: Final = 1
"""Rows are counted as a spreadsheet shows them: the header is the first."""

SEPARATORS: Final = {",": "commas", ";": "semicolons", "\t": "tabs"}

BY_HAND: Final = "kept by hand"
"""What a table says of itself that people keep (`generated_by`)."""

MADE_OF_TABLES: Final = ("amounts_usd",)

FINGERPRINT: Final = b'\n "fingerprint": "'
"""Before the last entry of `datapackage.json`: the SHA-256 of all that stands before it."""

Record = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Table:
    """A table as it was read: sound rows by the row of the spreadsheet, and what is wrong.

    `texts` holds every row as it is written, sound or not. `saved` says how a spreadsheet spelled
    the file where that is not the package's own way; `complete` that every row is sound.
    """

    name: str
    file: str
    resource: Mapping[str, Any]
    rows: Mapping[int, Record]
    texts: Mapping[int, Mapping[str, str]]
    faults: tuple[DataError, ...]
    saved: str

    @property
    def complete(self) -> bool:
        """Whether every row was read."""
        return not self.faults

    def fault(self, row: int, field: str, problem: str, allowed: str, mend: str) -> DataError:
        """Something wrong with a value of this table."""
        return cell_error(self.file, row, field, problem, allowed, mend)


def cell_error(
    file: str, row: int | None, field: str, problem: str, allowed: str, mend: str
) -> DataError:
    """What is wrong with a value, what is allowed there, and how to mend it."""
    told = f"{problem}; allowed is {allowed}." if allowed else f"{problem}."
    return DataError(file, told, mend, row=row, field=field)


def check_package(data: Path = DATA) -> dict[str, Any]:
    """The parsed `datapackage.json`, after every file was found to be the one it describes.

    Compares the description with its own fingerprint, and bytes and SHA-256 of each resource.
    Raises `DataError` for the first file that is missing, truncated or altered; where that file is
    a table, the message names row and field.
    """
    package = read_package(data)
    content = (data / PACKAGE_FILE).read_bytes()
    sealed = FINGERPRINT + fingerprint_of(content).encode() + b'"\n}\n'
    if content != content.rpartition(FINGERPRINT)[0] + sealed:
        raise DataError(
            f"data/{PACKAGE_FILE}",
            "the file was altered: it is not the one that its fingerprint was taken of.",
            _restore(PACKAGE_FILE),
        )
    for resource in package["resources"]:
        _check_file(resource, data)
    return package


def fingerprint_of(package: bytes) -> str:
    """The SHA-256 of a description of the package, whatever stands for its fingerprint now."""
    return "sha256:" + hashlib.sha256(package.rpartition(FINGERPRINT)[0]).hexdigest()


def read_package(data: Path = DATA) -> dict[str, Any]:
    """The parsed `datapackage.json`, shared: do not change it.

    Raises `DataError` if it is missing or no package.
    """
    try:
        package = _parsed((data / PACKAGE_FILE).read_bytes())
    except FileNotFoundError:
        raise DataError(
            f"data/{PACKAGE_FILE}",
            "the file is missing; it lists every data file with its size and hash.",
            _restore(PACKAGE_FILE),
        ) from None
    except (OSError, ValueError, RecursionError) as fault:
        raise DataError(
            f"data/{PACKAGE_FILE}",
            f"the file is not readable JSON ({fault}).",
            _restore(PACKAGE_FILE),
        ) from None
    if not isinstance(package, dict) or not isinstance(package.get("resources"), list):
        raise DataError(
            f"data/{PACKAGE_FILE}",
            "the file holds no list of resources.",
            _restore(PACKAGE_FILE),
        )
    return package


@lru_cache(maxsize=4)
def _parsed(package: bytes) -> Any:
    return json.loads(package.decode("utf-8"))


def read_table(name: str, data: Path = DATA) -> tuple[Record, ...]:
    """The rows of the resource `name`, typed by its schema, in the order of the file.

    integer -> int, number -> float (Decimal where the field says `money`), boolean -> bool, a
    field with `list` -> tuple of str, everything else -> str. A blank is None for numbers and
    booleans, () for lists, "" for text. A table is read once per process and its rows are shared
    between callers: do not change them.
    Raises `DataError` naming file, row and field for a value that its passport does not allow.
    """
    return tuple(sound_table(name, data).rows.values())


@lru_cache(maxsize=256)
def sound_table(name: str, data: Path) -> Table:
    """A table all of whose rows are sound; raises the first `DataError` otherwise."""
    resource = _resource(name, data)
    table = table_of(resource, _read_bytes(resource, data))
    for fault in table.faults:
        raise correctable(fault, len(table.faults) - 1)
    return table


@lru_cache(maxsize=16)
def _made_table(name: str, data: Path) -> Table:
    """A table that `make data` makes, as the rules look at it."""
    resource = _resource(name, data)
    return checked_table(resource, _read_bytes(resource, data))


def correctable(fault: DataError, more: int) -> DataError:
    """A fault as it is told where the program cannot go on: with the way back."""
    remedy = f"{fault.remedy} Then run `make data`, or restore it: `git checkout -- {fault.file}`."
    if more:
        remedy += f" `make check` names this and {more} more."
    return DataError(fault.file, fault.problem, remedy, row=fault.row, field=fault.field)


def is_checked(resource: Mapping[str, Any]) -> bool:
    """Whether a resource is a table whose rows are looked at: kept by hand, or pointed to by one.

    What `make data` makes of other tables follows from them.
    """
    return "schema" in resource and resource["name"] not in MADE_OF_TABLES


def tables_for_rules(resources: Iterable[Mapping[str, Any]], data: Path) -> dict[str, Table]:
    """Every table the rules look at; raises the first `DataError` of one that people keep."""
    return {
        one["name"]: (sound_table if one["generated_by"] == BY_HAND else _made_table)(
            one["name"], data
        )
        for one in resources
        if is_checked(one)
    }


def checked_table(resource: Mapping[str, Any], content: bytes) -> Table:
    """A table for the rules: typed if people keep it, else as text, of which keys are looked at."""
    return table_of(resource, content, typed=resource["generated_by"] == BY_HAND)


def table_of(resource: Mapping[str, Any], content: bytes, *, typed: bool = True) -> Table:
    """Everything a file holds by its passport, and everything that is wrong with it.

    Not `typed`, its rows are the texts that stand there.
    """
    file, fields = f"data/{resource['path']}", resource["schema"]["fields"]
    names = [field["name"] for field in fields]
    rows: Mapping[int, Record] = {}
    texts: dict[int, Mapping[str, str]] = {}
    faults: list[DataError] = []
    saved = ""
    try:
        text = text_of(content, speech("en"))
        separator, lines = _lines(text, names)
        header = lines[0] if lines else []
        saved = _saved(content, separator)
        faults += _header_faults(file, header, names)
        if text and not text.endswith(("\n", "\r")):
            problem = "the last row has no line break: the file may have been cut off."
            mend = "See whether rows are missing; if it is whole, end it with a line break."
            faults.append(DataError(file, problem, mend, row=len(lines)))
        for number, values in enumerate(() if faults else lines[1:], HEADER_ROW + 1):
            if not any(values):
                problem = "the row is blank."
                faults.append(DataError(file, problem, "Delete the row.", row=number))
            elif len(values) != len(header):
                problem = f"the row has {len(values)} values, expected {len(header)}."
                mend = "A comma inside a text needs quotes around it: save it from a spreadsheet."
                faults.append(DataError(file, problem, mend, row=number))
            else:
                texts[number] = dict(zip(header, values, strict=True))
        rows = {number: dict(row) for number, row in texts.items()}
        if typed:
            rows, wrong = _typed(file, texts, {field["name"]: cast_of(field) for field in fields})
            faults += wrong
    except Unreadable as fault:
        faults.append(DataError(file, f"the file {fault.problem}.", fault.remedy))
    except csv.Error as fault:
        mend = "Save it from a spreadsheet as “CSV UTF-8”."
        faults.append(DataError(file, f"the file is not readable as CSV ({fault}).", mend))
    if typed:
        faults += _doubled(resource["schema"], file, texts)
    return Table(resource["name"], file, resource, rows, texts, tuple(faults), saved)


def with_rows(table: Table, added: Sequence[Mapping[str, str]]) -> Table:
    """The table with rows at its end, each a text for every column, as if they stood in its file.

    What is wrong with them is told by the row they would stand in.
    """
    last = max(table.texts, default=HEADER_ROW)
    new = {last + at: dict(row) for at, row in enumerate(added, 1)}
    casts = {field["name"]: cast_of(field) for field in table.resource["schema"]["fields"]}
    rows, wrong = _typed(table.file, new, casts)
    texts = {**table.texts, **new}
    doubled = _doubled(table.resource["schema"], table.file, texts)
    return replace(
        table, rows={**table.rows, **rows}, texts=texts, faults=(*table.faults, *wrong, *doubled)
    )


def _doubled(
    schema: Mapping[str, Any], file: str, texts: Mapping[int, Mapping[str, str]]
) -> list[DataError]:
    """Rows whose key, or another value that is to be unique, stands in an earlier row."""
    names = [field["name"] for field in schema["fields"]]
    whole = tuple(schema.get("primaryKey", names))
    unique = (one for one in schema["fields"] if one.get("constraints", {}).get("unique"))
    keys = [whole, *((field["name"],) for field in unique)]
    faults = []
    for key in dict.fromkeys(keys):
        seen: dict[tuple[str, ...], int] = {}
        for number, row in texts.items():
            value = tuple(row[name] for name in key)
            first = seen.setdefault(value, number)
            if first != number and any(value):
                told = "the whole row" if len(key) == len(names) else " ".join(value)
                problem = f"{quoted(told)} is there already, in row {first}"
                field = key[0] if len(key) == 1 else ", ".join(key[:4])
                mend = "Give the row a key of its own, or take it out."
                faults.append(cell_error(file, number, field, problem, "each once", mend))
    return faults


def canonical(table: Table) -> bytes:
    """The table as the package spells it: UTF-8, commas, one line feed, its columns in order."""
    names = [field["name"] for field in table.resource["schema"]["fields"]]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([row[name] for name in names] for row in table.texts.values())
    return text.getvalue().encode()


def _lines(text: str, names: Sequence[str]) -> tuple[str, list[list[str]]]:
    """The separator a spreadsheet used, told by the header, and all lines."""
    if declared := re.match(r"sep=(.)\r?\n", text):
        text = text[declared.end() :]
    head = re.split("\r\n|\r|\n", text, maxsplit=1)[0]
    separator = max(SEPARATORS, key=lambda sign: len(set(_cells(head, sign)) & set(names)))
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    return separator, list(lines)


def _cells(line: str, separator: str) -> list[str]:
    return [cell.strip('"') for cell in line.split(separator)]


def _saved(content: bytes, separator: str) -> str:
    """How a spreadsheet spelled a file, where that is not the package's own way."""
    ways = []
    if separator != ",":
        ways.append(f"with {SEPARATORS[separator]}")
    if not content.startswith(b"\xef\xbb\xbf"):
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            ways.append("in another encoding than UTF-8")
    else:
        ways.append("with a byte order mark")
    if b"\r" in content:
        ways.append("with the line ends of Windows")
    return ", ".join(ways)


def _header_faults(file: str, header: list[str], names: list[str]) -> list[DataError]:
    """One fault for each column that is missing, given twice or not known."""
    allowed = ",".join(names)
    if not any(header):
        return [DataError(file, "the file is empty.", f"Begin it with the header {allowed}")]
    faults = []
    counted = Counter(header)
    missing = [name for name in names if name not in counted]
    for name, count in counted.items():
        if name not in names:
            meant = get_close_matches(name.strip().casefold(), missing, 1, 0.6)
            at = header.index(name) + 1
            problem = f"column {at} is called {name!r}" if name else f"column {at} has no name"
            mend = f"Call it {meant[0]}." if meant else "Take the column out."
            faults.append(cell_error(file, HEADER_ROW, name, problem, allowed, mend))
            missing = [other for other in missing if other not in meant]
        elif count > 1:
            problem = f"the column {name} is there {count} times"
            mend = "Leave one of them."
            faults.append(cell_error(file, HEADER_ROW, name, problem, allowed, mend))
    for name in missing:
        problem, mend = f"the column {name} is missing", "Put it back."
        faults.append(cell_error(file, HEADER_ROW, name, problem, allowed, mend))
    return faults


def _typed(
    file: str, texts: Mapping[int, Mapping[str, str]], casts: Mapping[str, Callable[[str], Any]]
) -> tuple[dict[int, Record], list[DataError]]:
    """The sound rows with their values, and a fault for each cell that is none.

    Column by column, each text once: most columns say the same few things again and again.
    """
    columns, wrong = [], {}
    for name, cast in casts.items():
        column = [row[name] for row in texts.values()]
        known: dict[str, Any] = {}
        faulty: dict[str, CellFault] = {}
        for text in dict.fromkeys(column):
            try:
                known[text] = cast(text)
            except CellFault as fault:
                faulty[text] = fault
        columns.append(map(known.get, column))
        if faulty:
            wrong[name] = faulty
    values = zip(texts, zip(*columns, strict=True), strict=True)
    rows = {number: dict(zip(casts, row, strict=True)) for number, row in values}
    faults = []
    for number, written in texts.items() if wrong else ():
        for name, faulty in wrong.items():
            if found := faulty.get(written[name]):
                told = (found.problem, found.allowed, found.mend)
                faults.append(cell_error(file, number, name, *told))
                rows.pop(number, None)
    return rows, faults


def data_hash(data: Path = DATA) -> str:
    """Twelve hexadecimal digits that change whenever any file of the package changes."""
    hashes = sorted(f"{r['path']} {r['hash']}" for r in read_package(data)["resources"])
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()[:12]


def _resource(name: str, data: Path) -> dict[str, Any]:
    resources = read_package(data)["resources"]
    for resource in resources:
        if resource["name"] == name and "schema" in resource:
            return dict(resource)
    tables = ", ".join(sorted(r["name"] for r in resources if "schema" in r))
    raise DataError(
        f"data/{PACKAGE_FILE}",
        f"there is no table named {name!r}.",
        f"Use one of: {tables}; or describe it in data/passports.yaml and run `make data`.",
    )


def _read_bytes(resource: Mapping[str, Any], data: Path) -> bytes:
    path: str = resource["path"]
    try:
        return (data / path).read_bytes()
    except OSError as fault:
        raise DataError(
            f"data/{resource['path']}",
            f"the file cannot be read ({fault.strerror}); "
            f"expected {resource['bytes']:,} bytes, {resource['hash']}.",
            _restore(resource["path"]),
        ) from None


def _check_file(resource: Mapping[str, Any], data: Path) -> None:
    content = _read_bytes(resource, data)
    found = "sha256:" + hashlib.sha256(content).hexdigest()
    if len(content) == resource["bytes"] and found == resource["hash"]:
        return
    path = resource["path"]
    state = (
        f"the file {'is cut short' if len(content) < resource['bytes'] else 'was altered'}: "
        f"found {len(content):,} bytes, {found}; "
        f"expected {resource['bytes']:,} bytes, {resource['hash']}"
    )
    faults = table_of(resource, content).faults if "schema" in resource else ()
    for first in faults:
        problem = f"{first.problem.rstrip('.')} ({state})."
        remedy = _restore(path)
        raise DataError(f"data/{path}", problem, remedy, row=first.row, field=first.field)
    raise DataError(f"data/{path}", f"{state}.", _restore(path))


def _restore(path: str) -> str:
    restore = f"git checkout -- data/{path}"
    return f"Restore it with `{restore}`, or run `make data` if the change was meant."
