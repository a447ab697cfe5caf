"""The fields of a contribution in words: what each is called, what it asks for, its choices.

Which fields there are, what each may hold and which have to be filled stands in the passports;
a test holds these words to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from geo.atlas import Atlas
from geo.language import (
    COUNT_UNITS,
    FUNDERS,
    KINDS,
    PRECISIONS,
    PRIORITY_NAMES,
    READINGS,
    REASONS,
    RECIPIENTS,
    SOURCE_KINDS,
    Say,
    Speech,
    basis_label,
    folded,
    t,
)

Word = tuple[Say, Say]
"""What a field is called, and what it asks for."""

WORDS: Final[dict[str, dict[str, Word]]] = {
    "sources": {
        "source_id": (
            t("Key of the document"),
            t("Made of author and year; you need not fill it in."),
        ),
        "title": (t("Title of the document"), t("As it was published, in its own language.")),
        "author": (
            t("Author or publisher"),
            t("The institution or the newspaper, such as U.S. Embassy in Mexico."),
        ),
        "date": (
            t("Date of the document"),
            t("As 2014, 2014-05 or 2014-05-12; “undated” where it has none."),
        ),
        "url": (
            t("Address of the document"),
            t("Copied from the browser; it begins with https:// or http://."),
        ),
        "kind": (
            t("Sort of document, for the register"),
            t("Follows from what kind of source it is."),
        ),
        "grade_kind": (
            t("What kind of source it is"),
            t("Who answers for it. A copy of an official text is not official."),
        ),
        "note": (t("Note on the document"), t("For instance: only a summary could be read.")),
    },
    "activity": {
        "title_en": (
            t("What happened, in English"),
            t("One sentence: what was given, to whom, where."),
        ),
        "title_es": (
            t("What happened, in Spanish"),
            t("The same sentence. A rough translation will do."),
        ),
        "area": (t("Priority"), t("The aim it serves; several where the document does not say.")),
        "kind": (t("What was given"), t("The closest of these kinds.")),
        "amount": (
            t("Amount"),
            t("Digits only, as published. Blank where none is published: a blank is no zero."),
        ),
        "currency": (
            t("Currency"),
            t("That of the document. Pesos are converted at their year's rate."),
        ),
        "amount_basis": (t("What the amount is"), t("Announced is not delivered.")),
        "amount_separable": (
            t("Is the amount for the named place alone?"),
            t("No where it covers other places too."),
        ),
        "period_start": (
            t("Start"),
            t("As 2014, 2014-05 or 2014-05-12. Blank with an end means: by that date."),
        ),
        "period_end": (t("End"), t("The same. Blank after a start means: it was still running.")),
        "period_certain": (t("How the date is known"), t("Only where there is a date.")),
        "recipient_level": (t("Who received it"), t("The level of government, or civil society.")),
        "funder": (t("Who paid"), t("As the document says it.")),
        "weak": (
            t("Is the evidence weak?"),
            t("Yes where it does not show that aid reached the place: offers, plans, visits."),
        ),
        "weak_reason": (t("Why it is weak"), t("Only where the evidence is weak.")),
        "source_ids": (
            t("Documents that the atlas has already"),
            t("Choose those that say it. The new one above is added by itself."),
        ),
        "verification": (t("How you know it"), t("Whether you read it in the document itself.")),
        "names_merida": (
            t("Does a document name the Mérida Initiative?"),
            t("Unknown where only the payer points to it."),
        ),
        "note": (
            t("Note on the activity"),
            t("What a reader has to know, in English, in one line."),
        ),
    },
    "places": {
        "place": (t("Place, as the document names it"), t("A city, a municipality or the state.")),
        "state": (t("State of the place"), t("One of the 32.")),
        "cvegeo": (
            t("Municipality"),
            t("Its name or INEGI's five digits. Blank where only the state is named."),
        ),
        "location_precision": (
            t("How narrowly the document names it"),
            t("A whole state where no municipality is given."),
        ),
        "count": (t("How many"), t("Digits only, with what is counted beside it.")),
        "count_unit": (t("Of what"), t("What the number counts.")),
        "lat": (
            t("Latitude"),
            t("In degrees, with a point, such as 19.54. Only with a municipality."),
        ),
        "lon": (t("Longitude"), t("In degrees, with its minus sign, such as -96.91.")),
        "coord_source": (
            t("Where the coordinates are from"),
            t("The map or register they were read in."),
        ),
        "place_note": (
            t("Note on the place"),
            t("What a reader has to know about this place alone."),
        ),
        "place_weak": (
            t("Is the evidence for this place weak?"),
            t("As that of the activity, unless this place differs."),
        ),
        "place_weak_reason": (
            t("Why it is weak there"),
            t("Only where the evidence for the place is weak."),
        ),
    },
}
"""Part of a contribution → its fields, in the order in which a reader is asked for them."""

TEXTS: Final[dict[str, Word]] = {
    "words": (
        t("Your words to the maintainers"),
        t("Where in the document it stands, and what is unsure."),
    ),
    "name": (t("Your name, if you like"), t("It stands in the file, and can become public.")),
    "contact": (
        t("How to reach you, if you like"),
        t("It stands in the file, and can become public."),
    ),
}
"""What stands beside the rows."""

YES_NO: Final[dict[str, Say]] = {
    "yes": t("Yes"),
    "no": t("No"),
}

CURRENCIES: Final[dict[str, Say]] = {
    "USD": t("U.S. dollars"),
    "MXN": t("Mexican pesos"),
}

CERTAIN: Final[dict[str, Say]] = {
    "yes": t("the document says it"),
    "inferred": t("inferred"),
}

NAMED: Final[dict[str, Say]] = {**YES_NO, "unknown": t("Unknown")}


CHOICES: Final[dict[str, Mapping[str, Say]]] = {
    "area": PRIORITY_NAMES,
    "kind": KINDS,
    "currency": CURRENCIES,
    "amount_basis": {
        code: partial(basis_label, code)
        for code in ("delivered", "announced", "contracted", "requested", "programme total")
    },
    "amount_separable": YES_NO,
    "period_certain": CERTAIN,
    "recipient_level": RECIPIENTS,
    "funder": FUNDERS,
    "weak": YES_NO,
    "weak_reason": REASONS,
    "verification": READINGS,
    "names_merida": NAMED,
    "location_precision": {str(code): name for code, name in PRECISIONS.items()},
    "count_unit": COUNT_UNITS,
    "place_weak": YES_NO,
    "place_weak_reason": REASONS,
    "grade_kind": SOURCE_KINDS,
}
"""Field → the word for each value it can have."""

KIND_OF: Final = {
    "official": "official",
    "mirror": "official text, mirror",
    "press": "press",
    "implementer": "implementer",
    "ngo": "NGO",
    "think_tank": "think tank",
    "wiki": "wiki",
    "other": "second-hand copy",
}
"""Kind of source → the sort of document that the register has for it; a maintainer narrows it."""

UNASKED: Final = {"sources": ("source_id", "kind")}
"""Fields of a part that follow from others."""


def asked_of(part: str) -> tuple[str, ...]:
    """The fields of a part that a reader fills in, in order."""
    return tuple(name for name in WORDS[part] if name not in UNASKED.get(part, ()))


def label(part: str, field: str, say: Speech) -> str:
    """What a field, or a text beside the rows, is called."""
    word = WORDS[part][field] if part in WORDS else TEXTS[field]
    return word[0](say)


def hint(part: str, field: str, say: Speech) -> str:
    """What a field, or a text beside the rows, asks for."""
    word = WORDS[part][field] if part in WORDS else TEXTS[field]
    return word[1](say)


def options(atlas: Atlas, field: dict[str, Any], say: Speech) -> dict[str, str]:
    """What a field can be chosen from: value → its words; empty where it is written freely."""
    name, constraints = field["name"], field.get("constraints", {})
    if name == "state":
        return {code: state.names[say.lang] for code, state in atlas.states.items()}
    words = CHOICES.get(name, {})
    allowed = [str(value) for value in constraints.get("enum", ())]
    if field["type"] == "boolean":
        allowed = [*field["trueValues"], *field["falseValues"]]
    if name == "count_unit":
        allowed = sorted(words, key=lambda unit: folded(words[unit](say)))
    return {value: words[value](say) if value in words else value for value in allowed}


def municipality(atlas: Atlas, state: str, text: str) -> str:
    """The code of the municipality that a text names in a state; else the text as it is.

    >>> from geo.atlas import load_atlas
    >>> municipality(load_atlas(), "30", "xalapa")
    '30087'
    """
    meant = folded(text.strip())
    found = [
        row["cvegeo"]
        for row in atlas.table("municipalities")
        if row["state"] == state and folded(row["name"]) == meant
    ]
    return str(found[0]) if len(found) == 1 else text.strip()
