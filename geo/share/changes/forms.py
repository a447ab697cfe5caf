"""What changed, as a table to be read, as CSV and as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any, Final

from geo.atlas import csv_text, json_text
from geo.chapters.evidence import VERDICTS
from geo.equity.claims import Verdict
from geo.language import Speech, speech
from geo.share.changes.differences import ADDED, CORRECTED, SAME, TAKEN_AWAY, Changes, Difference

LEAST_WIDTH: Final = 60
"""Letters of a line of the table, on however narrow a terminal."""

CUT_AT: Final = 160
"""Letters of a row that was added or taken away; files give it whole."""

IN_JSON: Final = ("counts", "headline", "verdicts", "files", "columns", "rows")


def changes_csv(changes: Changes) -> str:
    """Every line as CSV; what is the same before and after is among the counts and verdicts."""
    return csv_text(Difference._fields, (one._asdict() for one in changes.differences))


def changes_json(changes: Changes) -> str:
    """The same as JSON, by part; rows that were added or taken away as objects."""
    versions = {"old": changes.old, "new": changes.new}
    parts = {part: [_as_object(one) for one in changes.of(part)] for part in IN_JSON}
    return json_text(versions | parts) + "\n"


def changes_text(changes: Changes, say: Speech, width: int) -> str:
    """A table to be read, at most `width` letters wide; headline and verdicts in one language."""
    lines = [
        ("WHAT", "BEFORE", "AFTER"),
        ("data version", changes.old, changes.new),
        *((_words(one.key), one.before, one.after) for one in changes.of("counts")),
        *(
            ("headline", one.before, one.after)
            for one in changes.of("headline")
            if one.key == say.lang
        ),
        *(
            (f"verdict {one.key}", verdict_text(one.before, say), verdict_text(one.after, say))
            for one in changes.of("verdicts")
            if one.change != SAME
        ),
        *(
            (_where(one), cell_text(one, one.before), cell_text(one, one.after))
            for one in changes.of("files", "columns", "rows")
        ),
    ]
    return (
        "\n".join([*_table(lines, max(width, LEAST_WIDTH)), summary(changes, speech("en"))]) + "\n"
    )


def summary(changes: Changes, say: Speech) -> str:
    """How much changed, in two sentences."""
    rows = changes.of("rows")
    added, gone = (sum(one.change == way for one in rows) for way in (ADDED, TAKEN_AWAY))
    corrected = len({(one.table, one.key) for one in rows if one.change == CORRECTED})
    verdicts = changes.of("verdicts")
    return say.t(
        "Rows: {added} added, {gone} taken away, {corrected} corrected. Verdicts: {moved} of {all} "
        "changed.",
        added=added,
        gone=gone,
        corrected=corrected,
        moved=sum(one.change != SAME for one in verdicts),
        all=len(verdicts),
    )


def _as_object(one: Difference) -> dict[str, Any]:
    where = {"table": one.table, "key": one.key, "field": one.field}
    told: dict[str, Any] = {name: text for name, text in where.items() if text}
    if one.part == "rows" and one.change != CORRECTED:
        return {"change": one.change, **told, "row": json.loads(one.after or one.before)}
    return {"change": one.change, **told, "before": one.before, "after": one.after}


def _words(name: str) -> str:
    return name.replace("_", " ")


def verdict_text(text: str, say: Speech) -> str:
    """A verdict in words."""
    return VERDICTS[Verdict(text)](say) if text else ""


def _where(one: Difference) -> str:
    place = [one.table.removesuffix(".csv"), one.key, one.field]
    return f"{one.change}: " + " · ".join(part for part in place if part)


def cell_text(one: Difference, text: str) -> str:
    """What stood there, or stands there now: a field, a row in short, or the hash of a file."""
    if one.part == "files":
        return text[: len("sha256:") + 12]
    if one.field or not text:
        return text
    row = "; ".join(f"{name}: {value}" for name, value in json.loads(text).items())
    return textwrap.shorten(row, CUT_AT, placeholder=" …")


def _table(lines: Iterable[tuple[str, str, str]], width: int) -> Iterator[str]:
    """Three columns, each line wrapped in its own; nothing that a terminal would obey."""
    columns = (width * 3 // 10, width * 7 // 20 - 2, width * 7 // 20 - 2)
    for line in lines:
        wrapped = [
            textwrap.wrap("".join(c if c.isprintable() else "�" for c in text), of) or [""]
            for text, of in zip(line, columns, strict=True)
        ]
        for at in range(max(map(len, wrapped))):
            parts = [
                (cell[at] if at < len(cell) else "").ljust(of)
                for cell, of in zip(wrapped, columns, strict=True)
            ]
            yield "  ".join(parts).rstrip()
