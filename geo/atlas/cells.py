"""One cell of a table: its text becomes the value that its passport promises, or is refused.

A refusal says what stands there, what is allowed, and how to mend it. Spreadsheets change what they
are given (zeros in front, months, thousands), so that the way back is said where it is known.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Final

from geo.policy import LONGEST_CELL, LONGEST_NUMBER
from geo.reading import hidden_sign

Field = dict[str, Any]
Cast = Callable[[str], Any]

NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")
WHOLE: Final = re.compile(r"-?[0-9]+")

SUSPECT: Final = re.compile("[\n\r\t\ufffd\u0300-\u036fÃÂâ]|;\\s*[\"']?[=+@-]")
BEGINNINGS: Final = frozenset("=+@-# \u00a0＝＋＠－")
"""What makes a second look at a free text worth its time, anywhere in it or as its first letter."""

MISREAD: Final = re.compile(r"Ã[\x80-\xbf‘’“”–—•…‚„†‡€ƒˆŠŒŽšœžŸ™›‰˜¡-¿]|Â[\xa0-\xbf]|â€")
"""UTF-8 that was read as Windows-1252 and saved again: `é` as `Ã©`."""

SHEET_ERROR: Final = re.compile(r"#[¡¿A-Z][A-Z/0]*[!?A]?", re.IGNORECASE)
"""`#REF!`, `#N/A`, `#NAME?`, `#¡VALOR!`: what a spreadsheet writes for a formula that failed."""

FORMULA: Final = re.compile(
    r"[=+@＝＋＠－]|-(?!\d+(\.\d+)?$)|.*;\s*[\"']?(=|[+@-]\s*[A-Za-z.]+\()", re.DOTALL
)
"""What a spreadsheet would run: from the first sign, or after a semicolon, which parts the cells of
a table where commas stand for points."""

SHEET_DATE: Final = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-](\d{2}|\d{4})|\d{4}/\d{1,2}/\d{1,2}|\d{1,2}[- ]?[A-Za-z]{3}[- ]?\d{2}"
    r"|[A-Za-z]{3}[- ]\d{2}|4\d{4}"
)
"""A day or a month as a spreadsheet writes it: `5/12/2014`, `ene-16`, `Jan-16`, `42370`."""


class CellFault(ValueError):
    """What is wrong with a cell: what stands there, what is allowed, how to mend it."""

    def __init__(self, problem: str, allowed: str, mend: str) -> None:
        super().__init__(problem, allowed, mend)
        self.problem = problem
        self.allowed = allowed
        self.mend = mend


def cast_of(field: Field) -> Cast:
    """What turns the text of a cell of this field into its value; raises `CellFault`."""
    constraints = field.get("constraints", {})
    required = bool(constraints.get("required"))
    convert, blank = _converter(field)
    allowed = allowed_words(field)
    enum = frozenset(constraints.get("enum", ()))
    pattern = re.compile(constraints["pattern"]) if "pattern" in constraints else None
    as_seen = bool(field.get("as_seen"))

    def cast(text: str) -> Any:
        if text == "":
            if required:
                problem = "the value is blank, but this field must be filled"
                raise CellFault(problem, allowed, "Fill it in.")
            return blank
        if len(text) > LONGEST_CELL:
            problem = f"{quoted(text)} is {len(text):,} letters long"
            raise CellFault(problem, allowed, f"Shorten it to {LONGEST_CELL:,} letters at most.")
        if not as_seen and (sign := hidden_sign(text)):
            problem = f"{quoted(text)} holds {sign}, which nobody sees"
            raise CellFault(problem, allowed, "Take the character out.")
        if enum and text not in enum:
            raise _unlisted(text, enum, allowed)
        if pattern is not None and not pattern.fullmatch(text):
            raise _misshapen(text, pattern, field, allowed)
        return convert(text)

    return cast


def allowed_words(field: Field) -> str:
    """What a field may hold, in words."""
    constraints = field.get("constraints", {})
    words = field.get("form", "")
    if "enum" in constraints:
        values = [str(value) for value in constraints["enum"]]
        words = "one of " + ("; " if any("," in value for value in values) else ", ").join(values)
    elif not words and "pattern" in constraints:
        words = f"the form {constraints['pattern']}"
    elif field["type"] == "boolean":
        words = "one of " + ", ".join((*field["trueValues"], *field["falseValues"]))
    elif field["type"] in ("number", "integer"):
        words = "digits only" if field["type"] == "integer" else "digits, with a point for decimals"
        low, high = constraints.get("minimum"), constraints.get("maximum")
        if low is not None and high is not None:
            words += f", from {low} to {high}"
        elif low is not None:
            words += f", {low} or more"
    elif not words:
        words = "any text"
    return words if constraints.get("required") else f"{words}, or nothing"


def _converter(field: Field) -> tuple[Cast, Any]:
    """The conversion of a filled cell, and what a blank cell becomes."""
    kind, allowed = field["type"], allowed_words(field)
    if kind in ("integer", "number"):
        return _number(field, allowed), None
    if kind == "boolean":
        words = dict.fromkeys(field["trueValues"], True)
        words |= dict.fromkeys(field["falseValues"], False)

        def boolean(text: str) -> bool:
            if text not in words:
                raise _unlisted(text, words, allowed)
            return words[text]

        return boolean, None
    if "list" in field:
        return _list(field["list"], allowed), ()
    if field.get("date") == "day":
        return _day(allowed), ""
    as_seen, dated = bool(field.get("as_seen")), field.get("date") == "words"

    def text_itself(text: str) -> str:
        if text[0] in BEGINNINGS or text[-1].isspace() or SUSPECT.search(text):
            _look_again(text, as_seen, allowed)
        if dated and SHEET_DATE.fullmatch(text):
            raise _sheet_date(text, allowed)
        return text

    return text_itself, ""


def _look_again(text: str, as_seen: bool, allowed: str) -> None:
    """Refuse what no cell holds on purpose; `as_seen` lets broken letters pass."""
    found = MISREAD.search(text)
    for wrong, problem, mend in (
        (text != text.strip(), "has a space before or after it", "Take the space out."),
        (
            any(sign in text for sign in "\n\r\t"),
            "holds a line break or a tab",
            "Write it in one line.",
        ),
        (
            not as_seen and "\ufffd" in text,
            "holds a letter that was lost when it was saved",
            "Write the letter again and save the file as UTF-8.",
        ),
        (
            not as_seen and found,
            "holds letters saved in one encoding and read in another"
            + (f" ({found[0]!r})" if found else ""),
            "Open the file as UTF-8 and write the letters again.",
        ),
        (
            unicodedata.normalize("NFC", text) != text,
            "has accents that stand apart from their letters",
            "Type its accented letters again.",
        ),
        (
            SHEET_ERROR.fullmatch(text),
            "is what a spreadsheet writes for a formula that failed",
            "Write the value itself.",
        ),
        (
            FORMULA.match(text),
            "begins like a formula, which a spreadsheet would run",
            "Begin it with a letter or a digit.",
        ),
    ):
        if wrong:
            raise CellFault(f"{quoted(text)} {problem}", allowed, mend)


def _number(field: Field, allowed: str) -> Cast:
    whole, money = field["type"] == "integer", bool(field.get("money"))
    constraints = field.get("constraints", {})
    low, high = constraints.get("minimum"), constraints.get("maximum")
    form = WHOLE if whole else NUMBER
    make: Callable[[str], Any] = int if whole else Decimal if money else float

    def number(text: str) -> Any:
        if not form.fullmatch(text):
            meant = _meant_number(text)
            mend = f"Write {meant}." if meant and form.fullmatch(meant) else "Write digits only."
            kind = "a whole number" if whole else "a number"
            raise CellFault(f"{quoted(text)} is not {kind}", allowed, mend)
        if len(text) > LONGEST_NUMBER:
            mend = f"Write {LONGEST_NUMBER} digits at most."
            raise CellFault(f"{quoted(text)} is out of range", allowed, mend)
        value = make(text)
        if (low is not None and value < low) or (high is not None and value > high):
            mend = _out_of_range(text, value, low, high)
            raise CellFault(f"{text} is out of range", allowed, mend)
        return value

    return number


def _out_of_range(text: str, value: Any, low: Any, high: Any) -> str:
    if low is not None and low >= 0 and value < 0:
        return f"Take the minus sign away if {text[1:]} was meant."
    if high is not None and high < 0 < value:
        return f"Put a minus sign before it if -{text} was meant."
    if value == 0 and low is not None and low > 0:
        return "Leave it blank where no figure is known: a blank is not a zero."
    return "Correct the figure, its decimal point or its unit."


def _meant_number(text: str) -> str:
    """The number a spreadsheet's or a person's spelling stands for, where that is certain."""
    bare = re.sub(r"^(US\$|USD|MXN|\$|€)\s*|\s*(USD|MXN|%)$", "", text.strip())
    bare = re.sub(r"(?<=\d)[\s\xa0\u202f'](?=\d{3}\b)", "", bare)
    if bare.startswith("(") and bare.endswith(")"):
        return ""
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", bare):
        return bare.replace(",", "")
    if re.fullmatch(r"\d{1,3}(\.\d{3})+,\d+", bare):
        return bare.replace(".", "").replace(",", ".")
    if re.fullmatch(r"-?\d+,\d+", bare):
        return bare.replace(",", ".")
    if re.fullmatch(r"-?\d+(\.\d+)?[eE][+-]?\d{1,2}", bare):
        return format(Decimal(bare), "f")
    if re.fullmatch(r"-?\d+\.0+", bare):
        return bare.partition(".")[0]
    return bare if NUMBER.fullmatch(bare) else ""


def _list(separator: str, allowed: str) -> Cast:
    def entries(text: str) -> tuple[str, ...]:
        parts = text.split(separator)
        for at, part in enumerate(parts):
            if not part or part != part.strip():
                problem = f"{quoted(text)} has a blank entry or a space beside one"
                raise CellFault(problem, allowed, f"Put one {separator!r} between two entries.")
            if part in parts[:at]:
                raise CellFault(f"{part!r} is there twice", allowed, "Leave one of them out.")
        return tuple(parts)

    return entries


def _day(allowed: str) -> Cast:
    def day(text: str) -> str:
        if len(text) == len("2016-02-29"):
            try:
                date.fromisoformat(text)
            except ValueError:
                problem = f"{text!r} is no day of the calendar"
                raise CellFault(problem, allowed, "Correct the day or the month.") from None
        return text

    return day


def _unlisted(text: str, words: Iterable[str], allowed: str) -> CellFault:
    meant = get_close_matches(text.strip().casefold(), words, 1, 0.6)
    mend = f"Write {meant[0]}." if meant else "Write one of these."
    return CellFault(f"{quoted(text)} is none of the allowed values", allowed, mend)


def _misshapen(text: str, pattern: re.Pattern[str], field: Field, allowed: str) -> CellFault:
    mend = "Write it in that form."
    bare = text.strip()
    if bare != text and pattern.fullmatch(bare):
        mend = "Take the space out."
    elif bare.isdigit() and (padded := _padded(bare, pattern)):
        mend = f"Write {padded}; a spreadsheet keeps the zero if the column is formatted as text."
    elif field.get("date") == "day" and SHEET_DATE.fullmatch(bare):
        return _sheet_date(text, allowed)
    return CellFault(f"{quoted(text)} does not have the form", allowed, mend)


def _padded(text: str, pattern: re.Pattern[str]) -> str:
    """The digits with the zeros that a spreadsheet took away, if that makes them a code."""
    return next((p for n in (2, 5) if pattern.fullmatch(p := text.zfill(n)) and p != text), "")


def _sheet_date(text: str, allowed: str) -> CellFault:
    problem = f"{quoted(text)} is a date as a spreadsheet writes it"
    mend = "Write it as YYYY-MM-DD or YYYY-MM, in a column formatted as text."
    return CellFault(problem, allowed, mend)


def quoted(text: str) -> str:
    """A text as a refusal shows it: its beginning, and what cannot be printed by its code."""
    return repr(text if len(text) <= 60 else f"{text[:57]}…")
