"""One cell: what nobody means to write is refused with what is allowed there and how to mend it."""

from __future__ import annotations

from typing import Any

import pytest

from geo.atlas.cells import CellFault, cast_of
from geo.atlas.rules.addresses import _misleading

TEXT = {"name": "note", "type": "string"}
WORDS = TEXT | {"date": "words"}
WHOLE = {"name": "count", "type": "integer", "constraints": {"minimum": 1, "maximum": 50}}
WEST = {"name": "lon", "type": "number", "constraints": {"minimum": -120, "maximum": -80}}
KEYS = TEXT | {"list": ";"}
CODE = TEXT | {"constraints": {"pattern": "0[1-9]|[12][0-9]|3[0-2]"}}
DAY = TEXT | {"date": "day", "constraints": {"pattern": r"\d{4}(-\d{2}(-\d{2})?)?"}}


@pytest.mark.parametrize(
    ("field", "text", "problem", "mend"),
    [
        (TEXT, "x" * 2_001, "2,001 letters long", "Shorten it"),
        (TEXT, "a\u200bb", "nobody sees", "Take the character out"),
        (TEXT, "Me\u0301rida", "stand apart", "Type its accented letters"),
        (TEXT, "#REF!", "formula that failed", "Write the value itself"),
        (TEXT, "=1+1", "begins like a formula", "Begin it with a letter"),
        (WORDS, "ene-16", "as a spreadsheet writes it", "YYYY-MM"),
        (WHOLE, "0", "out of range", "a blank is not a zero"),
        (WHOLE, "-5", "out of range", "Take the minus sign away if 5"),
        (WHOLE, "9" * 21, "out of range", "digits at most"),
        (WHOLE, "70", "out of range", "Correct the figure"),
        (WHOLE, "(7)", "not a whole number", "Write digits only"),
        (WHOLE, "1,000", "not a whole number", "Write 1000"),
        (WHOLE, "7.0", "not a whole number", "Write 7."),
        (WEST, "99.1", "out of range", "if -99.1 was meant"),
        (WEST, "-99,1", "not a number", "Write -99.1"),
        (WEST, "1.234,5", "not a number", "Write 1234.5"),
        (WEST, "1.5E+02", "not a number", "Write 150"),
        (KEYS, "a;;b", "blank entry", "Put one ';'"),
        (KEYS, "a;b;a", "'a' is there twice", "Leave one of them out"),
        (CODE, "9", "does not have the form", "Write 09"),
        (CODE, "09 ", "does not have the form", "Take the space out"),
        (DAY, "12/05/2014", "as a spreadsheet writes it", "YYYY-MM-DD"),
        (DAY, "2015-02-29", "no day of the calendar", "Correct the day"),
    ],
)
def test_what_nobody_means_is_refused_with_the_way_out(
    field: dict[str, Any], text: str, problem: str, mend: str
) -> None:
    with pytest.raises(CellFault) as met:
        cast_of(field)(text)
    assert problem in met.value.problem
    assert mend in met.value.mend


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("https://www.example.org/a", ""),
        ("http://189.201.193.164:8080/?p=1", ""),
        ('https://example.org/"a', "stands in no address"),
        ("https://[::1/", "cannot be read"),
        ("https://gob.mx@evil.example/", "a name before its host"),
        ("https://g\u043eb.mx/", "no host in plain letters"),
        ("http://127.0.0.1/", "no host in plain letters"),
    ],
)
def test_an_address_leads_to_the_host_it_names_or_it_is_said_why_not(
    address: str, why: str
) -> None:
    said = _misleading(address)
    assert bool(said) == bool(why)
    assert why in said
