"""`data/datapackage.json`, made from `data/passports.yaml` and the files it describes."""

from __future__ import annotations

import copy
import hashlib
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from geo.atlas import BY_HAND, cast_of, fingerprint_of, table_of
from geo.errors import DataError
from geo.language import speech
from geo.reading import Unreadable, text_of, yaml_of

PATH = "datapackage.json"
PASSPORTS = "passports.yaml"
GENERATED_BY = "make data (python -m geo.build) from data/passports.yaml; do not edit"

TRUE_OR_FALSE: Final = ("required", "unique", "optional", "money", "as_seen")
NUMBERS: Final = ("minimum", "maximum")
"""Entries of a passport that are no text."""

Described = dict[str, Any]


def render(data: Path, boundaries_inputs: str) -> str:
    """The text of `datapackage.json` for the files as they are now in `data`."""
    return written(describe(data, boundaries_inputs))


def describe(data: Path, boundaries_inputs: str) -> Described:
    """The package as a Frictionless descriptor, with bytes, hash and rows of every file.

    `boundaries_inputs` is the fingerprint of what the boundaries were built from, recorded so that
    a check can say they are stale without building them; `fingerprint` is that of the description
    itself. A resource marked `optional` in the passports is left out, with the keys that point to
    it, while its file does not exist; any other missing file raises `DataError`.
    """
    passports = read_passports(data)
    described = {
        "profile": "data-package",
        **passports["package"],
        "generated_by": GENERATED_BY,
        "boundaries_inputs": boundaries_inputs,
        "resources": [
            _with_content(resource, _content(resource["path"], data))
            for resource in schemas(data, passports)
        ],
        "fingerprint": "sha256:" + 64 * "0",
    }
    described["fingerprint"] = fingerprint_of(written(described).encode())
    return described


def schemas(data: Path, passports: Described | None = None) -> list[Described]:
    """What the passports say of every file that is there or has to be; no file is read."""
    passports = passports or read_passports(data)
    resources = [
        passport
        for passport in passports["resources"]
        if not passport.get("optional") or (data / passport["path"]).exists()
    ]
    present = {passport["name"] for passport in resources} | {""}
    return [_resource(passport, passports, present) for passport in resources]


def read_sound(name: str, data: Path) -> Mapping[int, Mapping[str, str]]:
    """The rows of a table as they are written, by the row of the spreadsheet.

    Raises the first `DataError` where a row is not sound.
    """
    resource = next(one for one in schemas(data) if one["name"] == name)
    table = table_of(resource, _content(resource["path"], data))
    for fault in table.faults:
        raise fault
    return table.texts


def read_passports(data: Path) -> Described:
    """The passports, their numbers and yes-or-no entries typed; `DataError` where unreadable."""
    file = f"data/{PASSPORTS}"
    restore = f"Restore it with `git checkout -- {file}`."
    try:
        return _passports_of((data / PASSPORTS).read_bytes())
    except OSError as fault:
        raise DataError(file, f"the file cannot be read ({fault.strerror}).", restore) from None
    except Unreadable as fault:
        raise DataError(file, f"the file {fault.problem}.", f"{fault.remedy} {restore}") from None
    except (LookupError, TypeError, AttributeError, ValueError, ArithmeticError, re.error) as fault:
        problem = f"the file does not describe what it should ({type(fault).__name__}: {fault})."
        raise DataError(file, problem, restore) from None


@lru_cache(maxsize=4)
def _passports_of(content: bytes) -> Described:
    """The passports as they stand in a file, found sound; a check asks for them again and again."""
    passports: Described = _typed("", yaml_of(text_of(content, speech("en")), speech("en")))
    names = {passport["name"] for passport in passports["resources"]} | {""}
    for passport in passports["resources"]:
        for field in _resource(passport, passports, names).get("schema", {}).get("fields", ()):
            cast_of(field)
    return passports


def _typed(key: str, value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _typed(name, inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_typed("", inner) for inner in value]
    if key in TRUE_OR_FALSE:
        return {"true": True, "false": False}[value]
    if key in NUMBERS:
        return int(value) if Decimal(value) % 1 == 0 else float(value)
    return value


def written(described: Described) -> str:
    """A description as it is written to the disk."""
    return json.dumps(described, ensure_ascii=False, indent=1) + "\n"


def _resource(passport: Described, passports: Described, present: set[str]) -> Described:
    tabular = "fields" in passport
    terms = passport["source_terms"]
    resource: Described = {
        "profile": "tabular-data-resource" if tabular else "data-resource",
        **{key: passport[key] for key in ("name", "path", "title", "title_es", "description")},
        "format": passport.get("format", "csv"),
        "mediatype": passport.get("mediatype", "text/csv"),
        "encoding": "utf-8",
        "generated_by": passport.get("generated_by", BY_HAND),
        "sources": passport["sources"],
        "source_terms": passports["terms"].get(terms, terms),
        "licenses": passports["package"]["licenses"],
    }
    if tabular:
        resource["schema"] = _schema(passport, passports["types"], present)
    return resource


def _with_content(resource: Described, content: bytes) -> Described:
    """The description with size, hash and number of rows, in the order they are written in."""
    described = {key: value for key, value in resource.items() if key != "schema"}
    described["bytes"] = len(content)
    described["hash"] = hash_of(content)
    if "schema" in resource:
        described["rows"] = len(table_of(resource, content, typed=False).texts)
        described["schema"] = resource["schema"]
    return described


def hash_of(content: bytes) -> str:
    """The hash of a file as the package writes it."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def _schema(passport: Described, types: Described, present: set[str]) -> Described:
    schema: Described = {"fields": [_field(field, types) for field in passport["fields"]]}
    if "primaryKey" in passport:
        schema["primaryKey"] = passport["primaryKey"]
    keys = [
        key for key in passport.get("foreignKeys", []) if key["reference"]["resource"] in present
    ]
    if keys:
        schema["foreignKeys"] = keys
    schema["missingValues"] = [""]
    return schema


def _field(field: Described, types: Described) -> Described:
    """The field with the short name of its type written out and its constraints joined."""
    meant: Described = copy.deepcopy(types.get(field["type"], {"type": field["type"]}))
    constraints = meant.pop("constraints", {}) | field.get("constraints", {})
    rest = {key: value for key, value in field.items() if key not in {"type", "constraints"}}
    described = rest | meant | rest
    if constraints:
        described["constraints"] = constraints
    return described


def _content(path: str, data: Path) -> bytes:
    try:
        return (data / path).read_bytes()
    except OSError as fault:
        raise DataError(
            f"data/{path}",
            f"the file cannot be read ({fault.strerror}), but data/{PASSPORTS} describes it.",
            f"Restore it with `git checkout -- data/{path}`, or take it out of the passports.",
        ) from None
