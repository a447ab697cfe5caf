"""`data/datapackage.json`, made from `data/passports.yaml` and the files it describes."""

from __future__ import annotations

import copy
import csv
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import yaml

from geo.errors import DataError

PATH = "datapackage.json"
PASSPORTS = "passports.yaml"
GENERATED_BY = "make data (python -m geo.build) from data/passports.yaml; do not edit"

Described = dict[str, Any]


def render(data: Path, boundaries_inputs: str) -> str:
    """The text of `datapackage.json` for the files as they are now in `data`."""
    return json.dumps(describe(data, boundaries_inputs), ensure_ascii=False, indent=1) + "\n"


def describe(data: Path, boundaries_inputs: str) -> Described:
    """The package as a Frictionless descriptor, with bytes, hash and rows of every file.

    `boundaries_inputs` is the fingerprint of what the boundaries were built from, recorded so that
    a check can say they are stale without building them. A resource marked `optional` in the
    passports is left out, with the keys that point to it, while its file does not exist; any
    other missing file raises `DataError`.
    """
    passports: Described = yaml.safe_load((data / PASSPORTS).read_text(encoding="utf-8"))
    resources = [
        passport
        for passport in passports["resources"]
        if not passport.get("optional") or (data / passport["path"]).exists()
    ]
    present = {passport["name"] for passport in resources} | {""}
    return {
        "profile": "data-package",
        **passports["package"],
        "generated_by": GENERATED_BY,
        "boundaries_inputs": boundaries_inputs,
        "resources": [_resource(passport, passports, present, data) for passport in resources],
    }


def _resource(
    passport: Described, passports: Described, present: set[str], data: Path
) -> Described:
    content = _content(passport["path"], data)
    tabular = "fields" in passport
    terms = passport["source_terms"]
    resource: Described = {
        "profile": "tabular-data-resource" if tabular else "data-resource",
        **{key: passport[key] for key in ("name", "path", "title", "title_es", "description")},
        "format": passport.get("format", "csv"),
        "mediatype": passport.get("mediatype", "text/csv"),
        "encoding": "utf-8",
        "generated_by": passport.get("generated_by", "kept by hand"),
        "sources": passport["sources"],
        "source_terms": passports["terms"].get(terms, terms),
        "licenses": passports["package"]["licenses"],
        "bytes": len(content),
        "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
    }
    if tabular:
        lines = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
        resource["rows"] = sum(1 for _ in lines) - 1
        resource["schema"] = _schema(passport, passports["types"], present)
    return resource


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
    described = rest | meant
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
