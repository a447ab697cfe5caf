"""A copy of the app with data of one's own, to see what the real one would make of them."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.serving import ROOT, AtlasServer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PARTS = ("app.py", "pages", "geo", "data", ".streamlit")


def copy_app(folder: Path) -> Path:
    """Everything the app is served from, copied into `folder`."""
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            # With what Python has compiled, which the copy then need not do again; but not what
            # another process is compiling just now, which has another name as soon as it is whole.
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("*.pyc.*"))
        else:
            shutil.copy2(source, folder / part)
    return folder


def edit_table(app: Path, table: str, change: Callable[[dict[str, str]], None]) -> None:
    """Change the rows of a table of the copy, in place."""
    path = app / "data" / table
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows, fields = list(reader), list(reader.fieldnames or ())
    for row in rows:
        change(row)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def rebuild_tables(app: Path) -> None:
    """Describe the copy's data anew, as after a change that was meant and passed the check."""
    command = [sys.executable, "-m", "geo.build", "--tables-only"]
    done = subprocess.run(command, cwd=app, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def bless_tables(app: Path) -> None:
    """Describe the copy's data anew without the check, as somebody might who goes around it."""
    code = "from geo.build.__main__ import build; build(tables_only=True)"
    subprocess.run([sys.executable, "-c", code], cwd=app, check=True, capture_output=True)


def serve_copy(app: Path) -> AtlasServer:
    """The copy as `make run` would serve it."""
    return AtlasServer(app)
