"""Two languages: texts from gettext catalogues, numbers, money and dates as each writes them.

English is the language of the message ids. Spanish numbers follow Mexican use (1,234.5). The
Spanish catalogue is written in `atlas.po`; `make messages` compiles it, since that takes a fifth to
half a second of every start. What was compiled from another text is not used.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import Final

from babel import Locale
from babel.dates import format_date
from babel.numbers import NumberPattern, parse_pattern

LOCALE: Final = Path(str(resources.files(__package__))) / "locale"
LOCALES: Final = {"en": "en_US", "es": "es_MX"}
"""Reader's language → the locale whose habits numbers and dates follow."""

NUMBERS_KEPT: Final = 20_000
"""How many written numbers are kept in memory."""

MISSING_MARK: Final = "–"


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """One language: how to say a text and how to write a number in it.

    With `prices_of` every sum of dollars says of which year it is.
    """

    lang: str
    catalogue: NullTranslations
    prices_of: int | None = None

    def t(self, message: str, /, **values: object) -> str:
        """A text in this language, with `{name}` places filled in."""
        text = self.catalogue.gettext(message)
        return text.format(**values) if values else text

    def n(self, one: str, many: str, count: float, /, *, digits: int = 0, **values: object) -> str:
        """A text that depends on a count; `{count}` is written as this language writes numbers."""
        text = self.catalogue.ngettext(one, many, 1 if count == 1 else 2)
        return text.format(count=self.number(count, digits), **values)

    @property
    def locale(self) -> str:
        """The locale of numbers and dates."""
        return LOCALES[self.lang]

    def number(self, value: float | Decimal | None, digits: int = 0) -> str:
        """A number with at most `digits` decimals; a dash where there is none."""
        if value is None:
            return MISSING_MARK
        pattern = "#,##0" + ("." + "#" * digits if digits else "")
        return _written(value, pattern, self.locale)

    def decimal(self, value: float | None, digits: int) -> str:
        """A number with exactly `digits` decimals, for columns that line up."""
        if value is None:
            return MISSING_MARK
        return _written(value, "#,##0." + "0" * digits, self.locale)

    def percent(self, share: float | None, digits: int = 0) -> str:
        """A share of one as a percentage with exactly `digits` decimals."""
        if share is None:
            return MISSING_MARK
        pattern = "#,##0" + ("." + "0" * digits if digits else "") + "%"
        return _written(share, pattern, self.locale)

    def in_sentence(self, percentage: str) -> str:
        """A percentage in the middle of a sentence: Spanish puts the article before it.

        >>> speech("es").in_sentence("42%")
        'el 42%'
        """
        return f"el {percentage}" if self.lang == "es" else percentage

    def either(self, one: int, other: int) -> str:
        """Two numbers to choose from: Spanish says "u" before one that begins with an o.

        >>> speech("es").either(7, 8), speech("es").either(1, 2), speech("en").either(7, 8)
        ('7 u 8', '1 o 2', '7 or 8')
        """
        first, second = self.number(one), self.number(other)
        if self.lang == "es" and (second.startswith("8") or second.split(",")[0] == "11"):
            return f"{first} u {second}"
        return self.t("{first} or {second}", first=first, second=second)

    def usd(self, dollars: float | Decimal | None, digits: int = 0) -> str:
        """An amount of U.S. dollars in full."""
        if dollars is None:
            return MISSING_MARK
        pattern = "'US$'#,##0" + ("." + "0" * digits if digits else "") + ";-'US$'#,##0"
        return self.of_year(_written(dollars, pattern, self.locale))

    def usd_short(self, dollars: float | Decimal | None) -> str:
        """An amount of U.S. dollars to three figures: millions with one decimal, else whole."""
        if dollars is None:
            return MISSING_MARK
        if -1_000_000 < dollars < 1_000_000:
            return self.usd(dollars)
        millions = round(abs(float(dollars)) / 1_000_000, 1)
        text = self.n("US${count} million", "US${count} million", millions, digits=1)
        return self.of_year(f"-{text}" if dollars < 0 else text)

    def of_year(self, sum_of_dollars: str) -> str:
        """A written sum with the year of its prices, where there is one.

        >>> speech("en").at_prices(2021).usd(5)
        'US$5 of 2021'
        """
        if self.prices_of is None:
            return sum_of_dollars
        return self.t("{sum} of {year}", sum=sum_of_dollars, year=self.prices_of)

    def at_prices(self, year: int | None) -> Speech:
        """The same language, with every sum of dollars said to be of a year."""
        return self if year == self.prices_of else _at_prices(self, year)

    def day(self, text: str) -> str:
        """A date given as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, to its own precision."""
        parts = [int(part) for part in text.split("-")]
        if len(parts) == 1:
            return text
        if len(parts) == 2:
            return str(
                format_date(date(parts[0], parts[1], 1), "MMMM y", locale=self.locale)
                if self.lang == "en"
                else format_date(date(parts[0], parts[1], 1), "MMMM 'de' y", locale=self.locale)
            )
        return str(format_date(date(*parts), "long", locale=self.locale))


Say = Callable[..., str]
"""A text that waits for its reader's language, and for what it is filled in with."""


def t(message: str) -> Say:
    """A text of a table, which `make messages` finds as it finds those of `Speech.t`.

    >>> t("{count} letters")(speech("en"), count=3)
    '3 letters'
    """
    return lambda speaker, **values: speaker.t(message, **values)


def n(one: str, many: str) -> Say:
    """The same of a text that depends on a count.

    >>> n("{count} letter", "{count} letters")(speech("en"), 1)
    '1 letter'
    """
    return lambda speaker, count, **values: speaker.n(one, many, count, **values)


@lru_cache(maxsize=NUMBERS_KEPT)
def _written(value: float | Decimal, pattern: str, locale: str) -> str:
    """A number in a CLDR pattern. Kept, because a page writes the same few hundred again."""
    return _signed(str(_pattern(pattern).apply(value, _locale(locale))))


@lru_cache
def _pattern(text: str) -> NumberPattern:
    return parse_pattern(text)


@lru_cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)


def _signed(text: str) -> str:
    """A written number; one that was rounded to nothing carries no minus sign."""
    return text if any(digit in text for digit in "123456789") else text.lstrip("-")


@lru_cache(maxsize=4)
def _at_prices(say: Speech, year: int | None) -> Speech:
    return replace(say, prices_of=year)


@lru_cache(maxsize=2)
def speech(lang: str) -> Speech:
    """The speech of a language; an unknown one speaks English."""
    path = LOCALE / lang / "LC_MESSAGES" / "atlas.po"
    if not path.is_file():
        return Speech("en", NullTranslations())
    text, kept = path.read_bytes(), path.with_suffix(".mo")
    catalogue = GNUTranslations(BytesIO(kept.read_bytes())) if kept.is_file() else None
    if catalogue is None or not follows(catalogue, text):
        catalogue = GNUTranslations(BytesIO(compiled(text, lang)))
    return Speech(lang, catalogue)


def compiled(text: bytes, lang: str) -> bytes:
    """A `.po` as a `.mo`, which says from which text it was made."""
    # Imported where they are needed, since reading them takes as long as the work itself.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    catalogue = read_po(BytesIO(text), locale=lang)
    catalogue.project, catalogue.version = "merida-atlas", hashlib.sha256(text).hexdigest()
    catalogue.creation_date = catalogue.revision_date = datetime(1980, 1, 1, tzinfo=UTC)
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def follows(catalogue: GNUTranslations, text: bytes) -> bool:
    """Whether a catalogue was compiled from this very text."""
    mark = hashlib.sha256(text).hexdigest()
    return catalogue.info().get("project-id-version", "").endswith(mark)
