"""What the check refuses, in the reader's language and in the words of the form.

The rules speak to an editor of the tables, in English, of files and rows. Each sentence of theirs
that a contribution can meet has its words here; one that has none is shown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from geo.atlas import Atlas
from geo.chapters.contribute.fields import WORDS, hint, label, options
from geo.contribution import Fault, fields_of
from geo.language import Speech, t

WORDED: Final = (
    ("value is blank, but this field must be filled", t("This has to be filled in.")),
    (r"is (?P<count>[\d,]+) letters long", t("This is too long: {count} letters. Shorten it.")),
    (
        r"holds (?P<sign>U\+\w+), which nobody sees",
        t("This holds {sign}, a character that nobody sees. Take it out."),
    ),
    (
        "is none of the allowed values",
        t("This is none of the values that are possible here. Choose one."),
    ),
    (
        "does not have the form|is a date as a spreadsheet writes it",
        t("This is not written in the form that is needed here."),
    ),
    ("is no day of the calendar", t("There is no such day. Correct the day or the month.")),
    ("is not a (?:whole )?number", t("This is no number as it is needed here. Write digits only.")),
    ("is out of range", t("This is too small or too large to be meant. Correct the figure.")),
    ("has a space before or after it", t("There is a space before or after it. Take it out.")),
    (
        "holds a line break or a tab",
        t("There is a line break or a tab in it. Write it in one line."),
    ),
    (
        "letter that was lost|letters saved in one encoding|accents that stand apart",
        t("Some of its letters were damaged on the way. Type them again."),
    ),
    (
        "what a spreadsheet writes for a formula|begins like a formula",
        t(
            "A spreadsheet would run this as a formula. Begin it with a letter or a digit, and "
            "put no sign of a formula after a semicolon."
        ),
    ),
    (
        "is there already, in row",
        t("The same stands in another row. Tell them apart, or leave it out."),
    ),
    (
        "has a blank entry|is there twice",
        t("An entry of the list is blank or there twice. Leave it out."),
    ),
    ("['\"](?P<key>.*)['\"] is not in data/", t("“{key}” is not known to the atlas.")),
    (
        r"(\w+) is blank, but the other language is given",
        t("It is there in one language only. Write it in both."),
    ),
    (
        r"\w+ is blank, but .* is given",
        t("This belongs to what is filled in beside it: fill in all of it, or none."),
    ),
    (
        r"weak_reason .*, but \w*weak is (yes|no)",
        t("A reason is needed where the evidence is weak, and only there."),
    ),
    (
        "does not agree with activity M",
        t("The activity is weak: then each of its places is weak too, for the same reason."),
    ),
    (
        "weak is no, but every place of",
        t("Every place is weak: then the activity is weak too. Say yes, with the reason."),
    ),
    ("is before period_start", t("The end is before the start. Correct one of the two.")),
    (
        r"is outside the time of the Initiative; allowed is years from "
        r"(?P<first>\d+) to (?P<last>\d+)",
        t("The Initiative ran from {first} to {last}, and this year is outside."),
    ),
    (
        "period_certain is ",
        t("How the date is known is said where there is a date, and only there."),
    ),
    ("has no rate of", t("The atlas has no exchange rate of that year. Check the year.")),
    (
        "has no row in data/ledger/activity_places",
        t("An activity needs at least one place, or is weak because its region is not split."),
    ),
    (
        "is another state than|is .* in state .*, but state is",
        t("Place, municipality and state do not fit. Correct one of them."),
    ),
    (
        "location_precision is",
        t("“State” is for a place without a municipality, the other three for one with it."),
    ),
    (
        "a point stands without its municipality",
        t("Coordinates need the municipality that they lie in."),
    ),
    ("has no Spanish word", t("The atlas has no word for this unit yet. Choose the closest one.")),
    (
        "is given for M.* in row .* already",
        t("This municipality is there already. Give each of them once."),
    ),
    ("lat and lon are exchanged", t("Latitude and longitude are exchanged. Exchange them back.")),
    (
        r"lies (?P<km>[\d,]+) km outside",
        t("The point lies {km} km outside that municipality. Is a sign missing?"),
    ),
    ("(?P<key>M[0-9]{3}) is no activity of the ledger", t("{key} is no activity of the atlas.")),
    (
        "which stands in no address|cannot be read as an address|names no host in plain letters",
        t("This is no address. Copy it from the address line of the browser."),
    ),
    (
        "has a name before its host",
        t("What stands before the @ hides where the address leads. Copy the plain address."),
    ),
)
"""A sentence of the rules, as a pattern → the same for a reader."""


def fault_text(fault: Fault, say: Speech) -> str:
    """What is wrong with a value and what to do; empty where only the rule's own words are."""
    for pattern, told in WORDED:
        if found := re.search(pattern, fault.problem):
            return told(say, **found.groupdict())
    return ""


def allowed_text(atlas: Atlas, fault: Fault, say: Speech) -> str:
    """What the field may hold, in the words of the form."""
    if fault.part not in WORDS or fault.field not in WORDS[fault.part]:
        return hint(fault.part, fault.field, say) if fault.part == fault.field else ""
    described: Mapping[str, Any] = next(
        field for field in fields_of(fault.part, atlas.data) if field["name"] == fault.field
    )
    words = [*options(atlas, dict(described), say).values()]
    if 0 < len(words) <= 12:
        return say.t("One of: {values}.", values=", ".join(words))
    return hint(fault.part, fault.field, say)


def place_text(fault: Fault, say: Speech) -> str:
    """Where a fault is: the field as the form calls it, and in which place or document."""
    known = fault.part in WORDS and fault.field in WORDS[fault.part]
    if not known and fault.part != fault.field:
        return say.t("The activity as a whole") if fault.part == "activity" else fault.part
    name = label(fault.part, fault.field, say)
    if fault.part == "places":
        return say.t("Place {number}, {field}", number=fault.number, field=name)
    if fault.part == "sources":
        return say.t("Document {number}, {field}", number=fault.number, field=name)
    return name
