"""Tables and values as text, written the same way by whoever hands them out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as CSV (comma, LF) under a line of names; None is a blank, a truth yes or no."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else value


def json_text(value: Any) -> str:
    """A value as compact JSON in which letters of any language stand as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
