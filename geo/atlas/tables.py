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
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any

from geo.errors import DataError
from geo.paths import DATA

PACKAGE_FILE = "datapackage.json"

Record = dict[str, Any]
Cast = Callable[[str], Any]


def check_package(data: Path = DATA) -> dict[str, Any]:
    """The parsed `datapackage.json`, after every file was found to be the one it describes.

    Compares bytes and SHA-256 of each resource. Raises `DataError` for the first file that is
    missing, truncated or altered; where that file is a table, the message names row and field.
    """
    package = read_package(data)
    for resource in package["resources"]:
        _check_file(resource, data)
    return package


def read_package(data: Path = DATA) -> dict[str, Any]:
    """The parsed `datapackage.json`; `DataError` if it is missing or no package."""
    path = data / PACKAGE_FILE
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError(
            f"data/{PACKAGE_FILE}",
            "the file is missing; it lists every data file with its size and hash.",
            _restore(PACKAGE_FILE),
        ) from None
    except (OSError, ValueError) as fault:
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


def read_table(name: str, data: Path = DATA) -> tuple[Record, ...]:
    """The rows of the resource `name`, typed by its schema, in the order of the file.

    integer -> int, number -> float (Decimal where the field says `money`), boolean -> bool, a
    field with `list` -> tuple of str, everything else -> str. A blank is None for numbers and
    booleans, () for lists, "" for text. A table is read once per process and its rows are shared
    between callers: do not change them.
    Raises `DataError` naming file, row and field for a value that its passport does not allow.
    """
    return _read_table(name, data)


@lru_cache(maxsize=256)
def _read_table(name: str, data: Path) -> tuple[Record, ...]:
    resource = _resource(name, data)
    return _parse(resource, _read_bytes(resource, data))


def _parse(resource: dict[str, Any], content: bytes) -> tuple[Record, ...]:
    path = resource["path"]
    fields = resource["schema"]["fields"]
    expected = [field["name"] for field in fields]
    casts = [(field["name"], _cast(field)) for field in fields]
    try:
        lines = csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)
        header = next(lines, [])
        if header != expected:
            raise DataError(
                f"data/{path}",
                f"the header is {','.join(header) or 'empty'}, expected {','.join(expected)}.",
                _restore(path),
            )
        return tuple(_row(values, casts, path, number) for number, values in enumerate(lines, 1))
    except (UnicodeDecodeError, csv.Error) as fault:
        raise DataError(
            f"data/{path}", f"the file is not UTF-8 CSV ({fault}).", _restore(path)
        ) from None


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


def _row(values: list[str], casts: list[tuple[str, Cast]], path: str, number: int) -> Record:
    file = f"data/{path}"
    if len(values) != len(casts):
        problem = f"the row has {len(values)} values, expected {len(casts)}."
        raise DataError(file, problem, _restore(path), row=number)
    row: Record = {}
    for value, (field, cast) in zip(values, casts, strict=True):
        try:
            row[field] = cast(value)
        except (ValueError, InvalidOperation) as fault:
            raise DataError(file, f"{fault}.", _correct(path), row=number, field=field) from None
    return row


def _cast(field: dict[str, Any]) -> Cast:
    """What turns the text of one cell into the value its passport promises."""
    constraints = field.get("constraints", {})
    required = bool(constraints.get("required"))
    convert, blank = _converter(field)
    allowed = set(constraints["enum"]) if "enum" in constraints else None
    pattern = re.compile(constraints["pattern"]) if "pattern" in constraints else None

    def cast(text: str) -> Any:
        if text == "":
            if required:
                raise ValueError("the value is blank, but this field must be filled")
            return blank
        if allowed is not None and text not in allowed:
            raise ValueError(f"{text!r} is none of {', '.join(sorted(allowed))}")
        if pattern is not None and not pattern.fullmatch(text):
            raise ValueError(f"{text!r} does not have the form {pattern.pattern}")
        return convert(text)

    return cast


def _converter(field: dict[str, Any]) -> tuple[Cast, Any]:
    """The conversion of a filled cell, and what a blank cell becomes."""
    kind = field["type"]
    if kind == "integer":
        return _integer, None
    if kind == "number":
        return (_decimal if field.get("money") else _float), None
    if kind == "boolean":
        words = dict.fromkeys(field["trueValues"], True)
        words |= dict.fromkeys(field["falseValues"], False)

        def boolean(text: str) -> bool:
            if text not in words:
                raise ValueError(f"{text!r} is none of {', '.join(words)}")
            return words[text]

        return boolean, None
    if "list" in field:
        separator = field["list"]
        return (lambda text: tuple(part.strip() for part in text.split(separator))), ()
    return str, ""


def _integer(text: str) -> int:
    if not re.fullmatch(r"-?[0-9]+", text):
        raise ValueError(f"{text!r} is not a whole number")
    return int(text)


def _decimal(text: str) -> Decimal:
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        raise ValueError(f"{text!r} is not a number")
    return Decimal(text)


def _float(text: str) -> float:
    return float(_decimal(text))


def _read_bytes(resource: dict[str, Any], data: Path) -> bytes:
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


def _check_file(resource: dict[str, Any], data: Path) -> None:
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
    row, field, fault = (
        _first_fault(resource, content, data) if "schema" in resource else (None, None, "")
    )
    problem = f"{fault} ({state})." if fault else f"{state}."
    raise DataError(f"data/{path}", problem, _restore(path), row=row, field=field)


def _first_fault(
    resource: dict[str, Any], content: bytes, data: Path
) -> tuple[int | None, str | None, str]:
    """Record, field and reason of the first thing in an altered table its passport does not allow.

    The reader above finds wrong values; frictionless, where it is installed, also finds what
    takes the whole table, such as a key given twice.
    """
    try:
        _parse(resource, content)
    except DataError as fault:
        return fault.row, fault.field, fault.problem.rstrip(".")
    try:
        from frictionless import Resource, system
    except ImportError:
        return None, None, ""
    descriptor = {k: v for k, v in resource.items() if k not in {"hash", "bytes", "rows"}}
    descriptor["schema"] = {k: v for k, v in resource["schema"].items() if k != "foreignKeys"}
    with system.use_context(trusted=True):
        report = Resource.from_descriptor(descriptor, basepath=str(data)).validate(limit_errors=1)
    for row, field, note in report.flatten(["rowNumber", "fieldName", "note"]):
        # frictionless counts the header as row 1; the reader's first row is the first of data.
        return (row - 1 if row else None), field, str(note).rstrip(".")
    return None, None, ""


def _restore(path: str) -> str:
    restore = f"git checkout -- data/{path}"
    return f"Restore it with `{restore}`, or run `make data` if the change was meant."


def _correct(path: str) -> str:
    return f"Correct the value and run `make data`, or restore it: `git checkout -- data/{path}`."
