"""`python -m geo.build`: rebuild what is generated, or say what is stale.

`--tables-only` leaves the boundaries and the fonts as they are; `--check` writes nothing
and exits with 1, naming each generated file that is stale and each described file that was altered.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path
from typing import Any

from geo.atlas import read_package
from geo.build import amounts, package
from geo.errors import AtlasError
from geo.paths import DATA


def build(data: Path = DATA, *, tables_only: bool = False) -> None:
    """Write every generated file of `data`; the same input gives the same bytes."""
    inputs = _written(data).get("boundaries_inputs", "")
    if not tables_only:
        boundaries = importlib.import_module("geo.build.boundaries")
        boundaries.build(data)
        inputs = boundaries.inputs_fingerprint()
        importlib.import_module("geo.build.fonts").write()
    _write(data / amounts.PATH, amounts.render(data))
    _write(data / package.PATH, package.render(data, inputs))


def stale(data: Path = DATA) -> list[str]:
    """One sentence for each generated file that is stale and each described file that changed.

    Boundaries are not built anew, which takes minutes: their inputs are compared by fingerprint
    and their files by the hash in `datapackage.json`.
    """
    written = _written(data)
    if not written:
        return [f"data/{package.PATH} is missing or is no data package."]
    faults = []
    inputs = importlib.import_module("geo.build.boundaries").inputs_fingerprint()
    if written.get("boundaries_inputs") != inputs:
        faults.append(
            "data/boundaries/ and data/places/municipalities.csv are stale: "
            "the scripts that build them changed."
        )
    if _read(data / amounts.PATH) != amounts.render(data):
        faults.append(
            f"data/{amounts.PATH} is stale: it does not follow from data/ledger/activities.csv "
            "and data/exchange_rates.csv."
        )
    known = {resource["path"]: resource for resource in written["resources"]}
    now = package.describe(data, str(written.get("boundaries_inputs", "")))
    for resource in now["resources"]:
        path = resource["path"]
        if path not in known:
            faults.append(f"data/{path} is not in data/{package.PATH}.")
        elif known.pop(path)["hash"] != resource["hash"]:
            faults.append(f"data/{path} was altered since data/{package.PATH} was written.")
    faults += [f"data/{path} is missing, but data/{package.PATH} lists it." for path in known]
    if not faults and written != now:
        faults.append(
            f"data/{package.PATH} is stale: it does not follow from data/{package.PASSPORTS}."
        )
    return faults


def main(arguments: list[str] | None = None, data: Path = DATA) -> int:
    """The command; returns its exit status."""
    parser = argparse.ArgumentParser(prog="python -m geo.build", description=__doc__)
    parser.add_argument(
        "--tables-only", action="store_true", help="leave boundaries and fonts alone"
    )
    parser.add_argument("--check", action="store_true", help="write nothing, say what is stale")
    chosen = parser.parse_args(arguments)
    try:
        if not chosen.check:
            build(data, tables_only=chosen.tables_only)
            return 0
        faults = stale(data) + importlib.import_module("geo.build.fonts").faults()
    except AtlasError as fault:
        print(fault, file=sys.stderr)
        return 1
    for sentence in faults:
        print(sentence, file=sys.stderr)
    if faults:
        print(
            "Run `make data` if the change was meant, "
            "or restore with `git checkout -- data geo/assets`.",
            file=sys.stderr,
        )
    return 1 if faults else 0


def _written(data: Path) -> dict[str, Any]:
    """The package as it was last written; empty where there is none."""
    try:
        return read_package(data)
    except AtlasError:
        return {}


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
