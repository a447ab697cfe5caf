"""What the check refuses, in the reader's language and in the words of the form.

The rules speak to an editor of the tables, in English, of files and rows. Each sentence of theirs
that a contribution can meet has its words here; one that has none is shown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from geo.atlas import Atlas
from geo.chapters.contribute.fields import WORDS, hint, label, options
from geo.contribution import Fault, fields_of
from geo.language import Speech

Told = Callable[[Speech, "re.Match[str]"], str]

WORDED: Final[tuple[tuple[str, Told], ...]] = (
    (
        "value is blank, but this field must be filled",
        lambda say, _: say.t("This has to be filled in."),
    ),
    (
        r"is ([\d,]+) letters long",
        lambda say, found: say.t("This is too long: {count} letters. Shorten it.", count=found[1]),
    ),
    (
        r"holds (U\+\w+), which nobody sees",
        lambda say, found: say.t(
            "This holds {sign}, a character that nobody sees. Take it out.", sign=found[1]
        ),
    ),
    (
        "is none of the allowed values",
        lambda say, _: say.t("This is none of the values that are possible here. Choose one."),
    ),
    (
        "does not have the form|is a date as a spreadsheet writes it",
        lambda say, _: say.t("This is not written in the form that is needed here."),
    ),
    (
        "is no day of the calendar",
        lambda say, _: say.t("There is no such day. Correct the day or the month."),
    ),
    (
        "is not a (?:whole )?number",
        lambda say, _: say.t("This is no number as it is needed here. Write digits only."),
    ),
    (
        "is out of range",
        lambda say, _: say.t("This is too small or too large to be meant. Correct the figure."),
    ),
    (
        "has a space before or after it",
        lambda say, _: say.t("There is a space before or after it. Take it out."),
    ),
    (
        "holds a line break or a tab",
        lambda say, _: say.t("There is a line break or a tab in it. Write it in one line."),
    ),
    (
        "letter that was lost|letters saved in one encoding|accents that stand apart",
        lambda say, _: say.t("Some of its letters were damaged on the way. Type them again."),
    ),
    (
        "what a spreadsheet writes for a formula|begins like a formula",
        lambda say, _: say.t(
            "A spreadsheet would run this as a formula. Begin it with a letter or a digit, and "
            "put no sign of a formula after a semicolon."
        ),
    ),
    (
        "is there already, in row",
        lambda say, _: say.t("The same stands in another row. Tell them apart, or leave it out."),
    ),
    (
        "has a blank entry|is there twice",
        lambda say, _: say.t("An entry of the list is blank or there twice. Leave it out."),
    ),
    (
        "['\"](.*)['\"] is not in data/",
        lambda say, found: say.t("“{key}” is not known to the atlas.", key=found[1]),
    ),
    (
        r"(\w+) is blank, but the other language is given",
        lambda say, _: say.t("It is there in one language only. Write it in both."),
    ),
    (
        r"\w+ is blank, but .* is given",
        lambda say, _: say.t(
            "This belongs to what is filled in beside it: fill in all of it, or none."
        ),
    ),
    (
        r"weak_reason .*, but \w*weak is (yes|no)",
        lambda say, _: say.t("A reason is needed where the evidence is weak, and only there."),
    ),
    (
        "does not agree with activity M",
        lambda say, _: say.t(
            "The activity is weak: then each of its places is weak too, for the same reason."
        ),
    ),
    (
        "weak is no, but every place of",
        lambda say, _: say.t(
            "Every place is weak: then the activity is weak too. Say yes, with the reason."
        ),
    ),
    (
        "is before period_start",
        lambda say, _: say.t("The end is before the start. Correct one of the two."),
    ),
    (
        "is outside the time of the Initiative; allowed is years from (\\d+) to (\\d+)",
        lambda say, found: say.t(
            "The Initiative ran from {first} to {last}, and this year is outside.",
            first=found[1],
            last=found[2],
        ),
    ),
    (
        "period_certain is ",
        lambda say, _: say.t(
            "How the date is known is said where there is a date, and only there."
        ),
    ),
    (
        "has no rate of",
        lambda say, _: say.t("The atlas has no exchange rate of that year. Check the year."),
    ),
    (
        "has no row in data/ledger/activity_places",
        lambda say, _: say.t(
            "An activity needs at least one place, or is weak because its region is not split."
        ),
    ),
    (
        "is another state than|is .* in state .*, but state is",
        lambda say, _: say.t("Place, municipality and state do not fit. Correct one of them."),
    ),
    (
        "location_precision is",
        lambda say, _: say.t(
            "“State” is for a place without a municipality, the other three for one with it."
        ),
    ),
    (
        "a point stands without its municipality",
        lambda say, _: say.t("Coordinates need the municipality that they lie in."),
    ),
    (
        "has no Spanish word",
        lambda say, _: say.t("The atlas has no word for this unit yet. Choose the closest one."),
    ),
    (
        "is given for M.* in row .* already",
        lambda say, _: say.t("This municipality is there already. Give each of them once."),
    ),
    (
        "lat and lon are exchanged",
        lambda say, _: say.t("Latitude and longitude are exchanged. Exchange them back."),
    ),
    (
        r"lies ([\d,]+) km outside",
        lambda say, found: say.t(
            "The point lies {km} km outside that municipality. Is a sign missing?", km=found[1]
        ),
    ),
    (
        "(M[0-9]{3}) is no activity of the ledger",
        lambda say, found: say.t("{key} is no activity of the atlas.", key=found[1]),
    ),
    (
        "which stands in no address|cannot be read as an address|names no host in plain letters",
        lambda say, _: say.t("This is no address. Copy it from the address line of the browser."),
    ),
    (
        "has a name before its host",
        lambda say, _: say.t(
            "What stands before the @ hides where the address leads. Copy the plain address."
        ),
    ),
)
"""A sentence of the rules, as a pattern → the same for a reader."""


def fault_text(fault: Fault, say: Speech) -> str:
    """What is wrong with a value and what to do; empty where only the rule's own words are."""
    for pattern, told in WORDED:
        if found := re.search(pattern, fault.problem):
            return told(say, found)
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
