"""The file of a contribution: plain JSON that a person can read, the same bytes for the same words.

What comes back is recognised or refused in words: by its size, its encoding, its fields and their
types. Nothing in it is run, and nothing of it is kept but texts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo.contribution.contribution import ASSIGNED, PARTS, Contribution, Row, fields_of, text_limits
from geo.errors import DataError
from geo.policy import (
    MOST_CONTRIBUTED_BYTES,
    MOST_CONTRIBUTED_PLACES,
    MOST_CONTRIBUTED_SOURCES,
)
from geo.reading import Unreadable, text_of

if TYPE_CHECKING:
    from geo.language import Speech

FILE: Final = "merida-atlas-contribution.json"
"""What the file is called when it is kept."""

MARK: Final = "merida_atlas_contribution"
FORM: Final = 1
"""The first entry of the file, by which it is known, and the form it is written in."""

MADE_WITH: Final = "data"
MOST: Final = {"places": MOST_CONTRIBUTED_PLACES, "sources": MOST_CONTRIBUTED_SOURCES}
ENTRIES: Final = (MARK, MADE_WITH, *PARTS, *text_limits())


def written(contribution: Contribution, data: Path) -> str:
    """The text of the file: the fields in the order of their tables, blank ones left out."""
    told: dict[str, Any] = {MARK: FORM, MADE_WITH: contribution.made_with}
    told["activity"] = _ordered("activity", contribution.activity, data)
    told["places"] = [_ordered("places", row, data) for row in contribution.places]
    told["sources"] = [_ordered("sources", row, data) for row in contribution.sources]
    for name in text_limits():
        told[name] = getattr(contribution, name)
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _ordered(part: str, row: Row, data: Path) -> Row:
    names = (field["name"] for field in fields_of(part, data))
    return {name: row[name] for name in names if row.get(name)}


def read_contribution(content: bytes, name: str, data: Path, say: Speech) -> Contribution:
    """The contribution that a file holds; it is not checked yet.

    Raises `DataError`, in the language of `say`, for what is no such file.
    """
    reading = _Reading(name, data, say)
    if len(content) > MOST_CONTRIBUTED_BYTES:
        raise reading.refused(
            say.t("is larger than {most} bytes", most=say.number(MOST_CONTRIBUTED_BYTES)),
            say.t("Send one activity in each file."),
        )
    try:
        text = text_of(content, say)
    except Unreadable as fault:
        raise reading.refused(fault.problem, fault.remedy) from None
    return reading.contribution(reading.parsed(text))


class _Number(str):
    """A number that stands where a text belongs, as it is written."""

    __slots__ = ()


class _Reading:
    """A file while it is read: its name for whoever is told, the tables' fields, and a language."""

    def __init__(self, name: str, data: Path, say: Speech) -> None:
        self.name = name
        self.data = data
        self.say = say

    def refused(self, problem: str, remedy: str, where: str = "") -> DataError:
        """What is wrong with the file, and what to do."""
        place = f"{self.name}, {where}" if where else self.name
        return DataError(place, problem, remedy)

    def parsed(self, text: str) -> Mapping[str, Any]:
        """What the JSON says; numbers stay as they are written."""
        say = self.say
        try:
            read = json.loads(
                text,
                object_pairs_hook=self._once,
                parse_int=_Number,
                parse_float=_Number,
                parse_constant=_Number,
            )
        except json.JSONDecodeError as fault:
            problem = say.t("is not readable JSON at line {line}", line=fault.lineno)
            raise self.refused(problem, self._anew()) from None
        except RecursionError:
            problem = say.t("is nested too deeply")
            raise self.refused(problem, self._anew()) from None
        if not isinstance(read, dict) or MARK not in read:
            raise self.refused(say.t("is no contribution to the atlas"), self._anew())
        if read[MARK] != str(FORM) or not isinstance(read[MARK], _Number):
            problem = say.t("is written in a form that this version does not know")
            raise self.refused(problem, self._anew())
        return read

    def _anew(self) -> str:
        return self.say.t("Make it anew on the page “Contribute evidence”.")

    def _once(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                problem = self.say.t("gives {field} twice", field=_short(key))
                raise self.refused(problem, self.say.t("Leave one of them out."))
            found[key] = value
        return found

    def contribution(self, read: Mapping[str, Any]) -> Contribution:
        """The parts and texts, each of its type."""
        self._known(read, ENTRIES, "")
        return Contribution(
            activity=self.row("activity", read.get("activity"), "activity"),
            places=self.rows("places", read.get("places", [])),
            sources=self.rows("sources", read.get("sources", [])),
            words=self.text(read.get("words", ""), "words"),
            name=self.text(read.get("name", ""), "name"),
            contact=self.text(read.get("contact", ""), "contact"),
            made_with=self.text(read.get(MADE_WITH, ""), MADE_WITH)[:40],
        )

    def rows(self, part: str, given: Any) -> tuple[Row, ...]:
        """The rows of a part that can have several."""
        say = self.say
        if not isinstance(given, list):
            raise self.refused(say.t("is no list"), say.t("Write its rows in brackets."), part)
        if len(given) > MOST[part]:
            problem = say.t("has more than {most} rows", most=say.number(MOST[part]))
            raise self.refused(problem, say.t("Send one activity in each file."), part)
        return tuple(self.row(part, one, f"{part} {at}") for at, one in enumerate(given, 1))

    def row(self, part: str, given: Any, where: str) -> Row:
        """One row: texts by the fields of its table."""
        say = self.say
        if not isinstance(given, dict):
            remedy = say.t("Write its fields in braces.")
            raise self.refused(say.t("is no row"), remedy, where)
        self._known(given, [field["name"] for field in fields_of(part, self.data)], where)
        texts = {name: self.text(value, f"{where}, {name}") for name, value in given.items()}
        return {name: text for name, text in texts.items() if text}

    def _known(self, given: Mapping[str, Any], names: Any, where: str) -> None:
        for name in given:
            if name in ASSIGNED:
                problem = self.say.t("gives {field}, which is assigned later", field=name)
                raise self.refused(problem, self.say.t("Leave it out."), where)
            if name not in names:
                problem = self.say.t("has a field that is not known: {field}", field=_short(name))
                raise self.refused(problem, self.say.t("Leave it out."), where)

    def text(self, given: Any, where: str) -> str:
        """A value as text; a number, a list or a truth stands for none."""
        if isinstance(given, _Number) or not isinstance(given, str):
            remedy = self.say.t("Write it in quotes, as the table would have it.")
            raise self.refused(self.say.t("is no text"), remedy, where)
        if any("\ud800" <= sign <= "\udfff" for sign in given):
            problem = self.say.t("holds a character that is none")
            raise self.refused(problem, self.say.t("Take the character out."), where)
        return given


def _short(text: str) -> str:
    """A name of somebody's as it is told: no longer than a line, and without what is not seen."""
    return repr(text[:40])
