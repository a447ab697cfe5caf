"""Errors for the person who can mend them: what, where, why, what to do."""

from __future__ import annotations


class AtlasError(Exception):
    """Anything the atlas tells its keeper in plain words instead of a traceback."""


class DataError(AtlasError):
    """A file of the data package is missing, altered or holds a value it must not hold.

    `file` is the path as the reader knows it (``data/ledger/activities.csv``); `row` counts data
    rows from 1, the header not counted; `field` is the column; `problem` says what was found and
    what was expected; `remedy` says what to do. `str(error)` is one readable message.
    """

    def __init__(
        self,
        file: str,
        problem: str,
        remedy: str,
        *,
        row: int | None = None,
        field: str | None = None,
    ) -> None:
        self.file = file
        self.row = row
        self.field = field
        self.problem = problem
        self.remedy = remedy
        super().__init__(file, problem, remedy, row, field)

    def where(self) -> str:
        """The place of the fault in words."""
        where = self.file
        if self.row is not None:
            where += f", row {self.row}"
        if self.field is not None:
            where += f", field {self.field}"
        return where

    def __str__(self) -> str:
        return f"{self.where()}: {_sentence(self.problem)} {_sentence(self.remedy)}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else text + "."
