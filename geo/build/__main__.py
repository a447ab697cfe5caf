"""`python -m geo.build`: rebuild what is generated, or say what is stale or wrong.

Everything a person edits is checked first, and nothing is written while anything is wrong.
`--check-data` does only that (`make check`). `--tables-only` leaves the boundaries and the fonts
as they are. `--check` writes nothing and exits with 1, naming each generated file that is
stale and each described file that was altered.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path
from typing import Any

from geo.atlas import read_package
from geo.build import amounts, check, package
from geo.errors import AtlasError, DataError
from geo.paths import DATA


def build(data: Path = DATA, *, tables_only: bool = False) -> None:
    """Write every generated file of `data`; the same input gives the same bytes.

    The boundaries are left as they are while they are those that their scripts built: they take
    minutes. The data have to have passed `check.data_faults`.
    """
    inputs = _written(data).get("boundaries_inputs", "")
    if not tables_only:
        boundaries = importlib.import_module("geo.build.boundaries")
        if not _boundaries_stand(data):
            print("Building the boundaries, which takes minutes.", file=sys.stderr)
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
    try:
        if _read(data / amounts.PATH) != amounts.render(data):
            faults.append(
                f"data/{amounts.PATH} is stale: it does not follow from data/ledger/activities.csv "
                "and data/exchange_rates.csv."
            )
    except DataError as fault:
        faults.append(str(fault))
    known = {resource["path"]: resource for resource in written["resources"]}
    now = package.describe(data, str(written.get("boundaries_inputs", "")))
    for resource in now["resources"]:
        path = resource["path"]
        if path not in known:
            faults.append(f"data/{path} is not in data/{package.PATH}.")
        elif known.pop(path)["hash"] != resource["hash"]:
            faults.append(f"data/{path} was altered since data/{package.PATH} was written.")
    faults += [f"data/{path} is missing, but data/{package.PATH} lists it." for path in known]
    if not faults and _read(data / package.PATH) != package.written(now):
        faults.append(
            f"data/{package.PATH} is stale: it does not follow from data/{package.PASSPORTS}."
        )
    return faults


def main(arguments: list[str] | None = None, data: Path = DATA) -> int:
    """The command; returns its exit status."""
    parser = argparse.ArgumentParser(prog="python -m geo.build", description=__doc__)
    parser.add_argument(
        "--check-data", action="store_true", help="write nothing, say what is wrong with the data"
    )
    parser.add_argument(
        "--tables-only", action="store_true", help="leave boundaries and fonts alone"
    )
    parser.add_argument("--check", action="store_true", help="write nothing, say what is stale")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.check:
            return _tell_stale(data)
        if faults := check.data_faults(data):
            return _refuse(faults)
        if chosen.check_data:
            print("The data are whole: every table, key, code, period, point, claim and scene.")
            return 0
        for sentence in check.tidied(data):
            print(sentence)
        build(data, tables_only=chosen.tables_only)
    except AtlasError as fault:
        print(fault, file=sys.stderr)
        return 1
    except OSError as fault:
        print(f"{fault.filename}: {fault.strerror}. Is it open in a spreadsheet?", file=sys.stderr)
        return 1
    return 0


def _refuse(faults: list[DataError]) -> int:
    for line in check.told(faults):
        print(line, file=sys.stderr)
    count = f"{len(faults)} faults" if len(faults) > 1 else "1 fault"
    print(
        f"{count} in the data; nothing was written. Rows are counted as a spreadsheet shows them. "
        "What a field may hold stands in docs/reference.md.",
        file=sys.stderr,
    )
    return 1


def _tell_stale(data: Path) -> int:
    faults = stale(data) + importlib.import_module("geo.build.fonts").faults()
    for sentence in faults:
        print(sentence, file=sys.stderr)
    if faults:
        print(
            "Run `make data` if the change was meant, "
            "or restore with `git checkout -- data geo/assets`.",
            file=sys.stderr,
        )
    return 1 if faults else 0


def _boundaries_stand(data: Path) -> bool:
    """Whether the boundary files are those that the scripts as they are now once built."""
    boundaries = importlib.import_module("geo.build.boundaries")
    written = _written(data)
    if written.get("boundaries_inputs") != boundaries.inputs_fingerprint():
        return False
    hashes = {resource["path"]: resource["hash"] for resource in written["resources"]}
    return all(
        (data / path).exists() and hashes.get(path) == package.hash_of((data / path).read_bytes())
        for path in boundaries.OUTPUTS
    )


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
