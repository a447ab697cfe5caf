"""What changed between two data packages: rows, files, counts, headline and verdicts.

Rows are compared as they are written, by the key of their table; counts, headline and verdicts are
what this program computes from either package, so that they differ by the data alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from geo.atlas import Atlas, json_text, read_package, table_of
from geo.equity.claims import finding, load_claims
from geo.errors import DataError
from geo.scene import build_scene
from geo.share.changes.opening import computed_of, opened_package
from geo.view import LANGS, View
from geo.words import tell

ADDED: Final = "added"
TAKEN_AWAY: Final = "taken away"
CORRECTED: Final = "corrected"
SAME: Final = "unchanged"

Row = Mapping[str, str]
Key = tuple[str, ...]


class Difference(NamedTuple):
    """One line of what changed; what does not apply is blank.

    `part` is `version`, `counts`, `headline`, `verdicts`, `files`, `columns` or `rows`; `key` the
    row's, or the name of what is counted, claimed or said; `before` and `after` what stood there
    and stands there now, a whole row as JSON.
    """

    part: str
    change: str
    table: str
    key: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that changed, and the versions of both packages."""

    old: str
    new: str
    differences: tuple[Difference, ...]

    def of(self, *parts: str) -> list[Difference]:
        """The lines of these parts, in their order."""
        return [one for one in self.differences if one.part in parts]


def changes_between(old: Path, new: Path) -> Changes:
    """What changed from one package to another, each a folder or a zip of the data package.

    Raises `DataError` in words for what is no package, is damaged, or is written by another schema
    than this program can compare or compute.
    """
    with ExitStack() as opened:
        folders = [opened_package(path, opened) for path in (old, new)]
        before, after = (
            computed_of(path, folder, told_by)
            for path, folder in zip((old, new), folders, strict=True)
        )
        told = [
            *(one for part in after for one in compared(part, before[part], after[part])),
            *_file_differences(*folders),
            *_table_differences(*folders),
        ]
    old_version, new_version = (of["version"]["data version"] for of in (before, after))
    return Changes(old_version, new_version, tuple(told))


def told_by(atlas: Atlas) -> dict[str, dict[str, str]]:
    """What an atlas counts, says and judges, as text: part → name → value."""
    return {
        "version": {"data version": atlas.version},
        "counts": _counts(atlas),
        "headline": _headlines(atlas),
        "verdicts": _verdicts(atlas),
    }


def compared(part: str, before: Row, after: Row) -> list[Difference]:
    """Each name of two answers with both values, in the order of the later one."""
    return [
        Difference(
            *(part, _change(before.get(name), after.get(name)), "", name, ""),
            *(before.get(name, ""), after.get(name, "")),
        )
        for name in dict.fromkeys((*after, *before))
    ]


def row_differences(
    table: str, fields: Sequence[str], before: Mapping[Key, Row], after: Mapping[Key, Row]
) -> Iterator[Difference]:
    """Rows added, taken away, and corrected in one of `fields`, in the order of their tables."""
    for key, row in after.items():
        named = " ".join(key)
        if key not in before:
            yield Difference("rows", ADDED, table, named, "", "", json_text(_filled(row)))
            continue
        for name in fields:
            if (was := before[key][name]) != row[name]:
                yield Difference("rows", CORRECTED, table, named, name, was, row[name])
    for key, row in before.items():
        if key not in after:
            told = json_text(_filled(row))
            yield Difference("rows", TAKEN_AWAY, table, " ".join(key), "", told, "")


def _change(before: str | None, after: str | None) -> str:
    if before is None:
        return ADDED
    if after is None:
        return TAKEN_AWAY
    return SAME if before == after else CORRECTED


def _filled(row: Row) -> dict[str, str]:
    return {name: text for name, text in row.items() if text}


def _counts(atlas: Atlas) -> dict[str, str]:
    """Activities; pairs of a state and an activity that is firmly documented there; the border."""
    scene = build_scene(atlas, View())
    return {
        "activities": str(len(atlas.ledger)),
        "firm_pairs": f"{scene.total:.0f}",
        "border_share": f"{scene.border.share:.4f}",
    }


def _headlines(atlas: Atlas) -> dict[str, str]:
    return {lang: tell(atlas, View(lang=lang)).finding for lang in LANGS}


def _verdicts(atlas: Atlas) -> dict[str, str]:
    """Each claim, with the last year of the period it is tested over → its verdict."""
    claims = load_claims(atlas.data)
    return {
        f"{claim.claim_id} {period.last}": str(finding(atlas, claim, period).verdict)
        for claim in claims.claims
        for period in (claims.written, claims.later)
    }


def _file_differences(old: Path, new: Path) -> Iterator[Difference]:
    """Files that only one package has, and others than tables that differ: by their hash."""
    before, after = ({r["path"]: r for r in read_package(at)["resources"]} for at in (old, new))
    for path in dict.fromkeys((*after, *before)):
        was, now = (of.get(path, {}) for of in (before, after))
        both_tables = "schema" in was and "schema" in now
        hashes = was.get("hash", ""), now.get("hash", "")
        if hashes[0] != hashes[1] and not both_tables:
            change = _change(hashes[0] or None, hashes[1] or None)
            yield Difference("files", change, path, "", "", *hashes)


def _table_differences(old: Path, new: Path) -> Iterator[Difference]:
    before, after = (_tables(at) for at in (old, new))
    for name in after:
        if name not in before:
            continue
        was, now = before[name], after[name]
        fields = [[field["name"] for field in one["schema"]["fields"]] for one in (was, now)]
        for field in dict.fromkeys((*fields[1], *fields[0])):
            change = _change(*(field if field in of else None for of in fields))
            if change != SAME:
                yield Difference("columns", change, now["path"], "", field, "", "")
        if was["hash"] != now["hash"]:
            keys = [tuple(one["schema"].get("primaryKey", ())) for one in (was, now)]
            if keys[0] != keys[1]:
                raise DataError(
                    f"data/{now['path']}",
                    "the packages have different schemas: its rows are told apart by "
                    f"{', '.join(keys[0]) or 'all fields'} in the old one and by "
                    f"{', '.join(keys[1]) or 'all fields'} in the new one.",
                    "Compare packages with one schema.",
                )
            both = [field for field in fields[1] if field in fields[0]]
            by = keys[0] or both
            rows = (_rows(one, at, by) for one, at in ((was, old), (now, new)))
            yield from row_differences(now["path"], both, *rows)


def _tables(data: Path) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in read_package(data)["resources"] if "schema" in one}


def _rows(resource: Mapping[str, Any], data: Path, by: Iterable[str]) -> dict[Key, Row]:
    table = table_of(resource, (data / resource["path"]).read_bytes(), typed=False)
    return {tuple(row[name] for name in by): row for row in table.texts.values()}
