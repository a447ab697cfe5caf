"""`python -m geo add`: the rows of a contribution at the ends of their tables, or nothing at all.

Everything is made beside the data, in a copy, and checked there as `make check` does. Only then the
files that differ take the place of those that were.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from geo.atlas import canonical, read_package, with_rows
from geo.build import amounts, check, package
from geo.contribution import Contribution, refuse, settled
from geo.errors import DataError


def add(contribution: Contribution, file: str, data: Path) -> tuple[str, list[str]]:
    """Add the rows; the activity's key, and the files that changed.

    Raises `DataError` where the contribution, or the data with it, does not pass the check; nothing
    has changed then.
    """
    if faults := check.data_faults(data):
        first = faults[0]
        remedy = f"{first.remedy} Nothing is added to data that `make check` refuses."
        raise DataError(first.file, first.problem, remedy, row=first.row, field=first.field)
    now, _ = check.tables_of(data)
    refuse(contribution, file, data, now)
    rows = settled(contribution, now)
    with tempfile.TemporaryDirectory(prefix=".adding-", dir=data.parent) as beside:
        copy = Path(shutil.copytree(data, Path(beside) / data.name))
        for name, added in rows.items():
            path = copy / now[name].resource["path"]
            path.write_bytes(canonical(with_rows(now[name], added)))
        if faults := check.data_faults(copy):
            raise faults[0]
        inputs = read_package(data)["boundaries_inputs"]
        _write(copy / amounts.PATH, amounts.render(copy))
        _write(copy / package.PATH, package.render(copy, inputs))
        changed = _put_in_place(copy, data)
    return rows["activities"][0]["activity_id"], changed


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _put_in_place(copy: Path, data: Path) -> list[str]:
    """Let the files of the copy that differ take their places; where one cannot, none does."""
    changed: dict[Path, bytes] = {}
    for made in sorted(path for path in copy.rglob("*") if path.is_file()):
        place = data / made.relative_to(copy)
        if (before := place.read_bytes()) != made.read_bytes():
            changed[place] = before
    done: list[Path] = []
    try:
        for place in changed:
            (copy / place.relative_to(data)).replace(place)
            done.append(place)
    except OSError:
        for place in done:
            place.write_bytes(changed[place])
        raise
    return [f"data/{place.relative_to(data).as_posix()}" for place in changed]
