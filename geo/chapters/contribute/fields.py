"""The fields of a contribution in words: what each is called, what it asks for, its choices.

Which fields there are, what each may hold and which have to be filled stands in the passports;
a test holds these words to them.
"""

from __future__ import annotations

from collections.abc import Mapping
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
)

Word = tuple[Say, Say]
"""What a field is called, and what it asks for."""

WORDS: Final[dict[str, dict[str, Word]]] = {
    "sources": {
        "source_id": (
            lambda say: say.t("Key of the document"),
            lambda say: say.t("Made of author and year; you need not fill it in."),
        ),
        "title": (
            lambda say: say.t("Title of the document"),
            lambda say: say.t("As it was published, in its own language."),
        ),
        "author": (
            lambda say: say.t("Author or publisher"),
            lambda say: say.t("The institution or the newspaper, such as U.S. Embassy in Mexico."),
        ),
        "date": (
            lambda say: say.t("Date of the document"),
            lambda say: say.t("As 2014, 2014-05 or 2014-05-12; “undated” where it has none."),
        ),
        "url": (
            lambda say: say.t("Address of the document"),
            lambda say: say.t("Copied from the browser; it begins with https:// or http://."),
        ),
        "kind": (
            lambda say: say.t("Sort of document, for the register"),
            lambda say: say.t("Follows from what kind of source it is."),
        ),
        "grade_kind": (
            lambda say: say.t("What kind of source it is"),
            lambda say: say.t("Who answers for it. A copy of an official text is not official."),
        ),
        "note": (
            lambda say: say.t("Note on the document"),
            lambda say: say.t("For instance: only a summary could be read."),
        ),
    },
    "activity": {
        "title_en": (
            lambda say: say.t("What happened, in English"),
            lambda say: say.t("One sentence: what was given, to whom, where."),
        ),
        "title_es": (
            lambda say: say.t("What happened, in Spanish"),
            lambda say: say.t("The same sentence. A rough translation will do."),
        ),
        "area": (
            lambda say: say.t("Priority"),
            lambda say: say.t("The aim it serves; several where the document does not say."),
        ),
        "kind": (
            lambda say: say.t("What was given"),
            lambda say: say.t("The closest of these kinds."),
        ),
        "amount": (
            lambda say: say.t("Amount"),
            lambda say: say.t(
                "Digits only, as published. Blank where none is published: a blank is no zero."
            ),
        ),
        "currency": (
            lambda say: say.t("Currency"),
            lambda say: say.t("That of the document. Pesos are converted at their year's rate."),
        ),
        "amount_basis": (
            lambda say: say.t("What the amount is"),
            lambda say: say.t("Announced is not delivered."),
        ),
        "amount_separable": (
            lambda say: say.t("Is the amount for the named place alone?"),
            lambda say: say.t("No where it covers other places too."),
        ),
        "period_start": (
            lambda say: say.t("Start"),
            lambda say: say.t(
                "As 2014, 2014-05 or 2014-05-12. Blank with an end means: by that date."
            ),
        ),
        "period_end": (
            lambda say: say.t("End"),
            lambda say: say.t("The same. Blank after a start means: it was still running."),
        ),
        "period_certain": (
            lambda say: say.t("How the date is known"),
            lambda say: say.t("Only where there is a date."),
        ),
        "recipient_level": (
            lambda say: say.t("Who received it"),
            lambda say: say.t("The level of government, or civil society."),
        ),
        "funder": (
            lambda say: say.t("Who paid"),
            lambda say: say.t("As the document says it."),
        ),
        "weak": (
            lambda say: say.t("Is the evidence weak?"),
            lambda say: say.t(
                "Yes where it does not show that aid reached the place: offers, plans, visits."
            ),
        ),
        "weak_reason": (
            lambda say: say.t("Why it is weak"),
            lambda say: say.t("Only where the evidence is weak."),
        ),
        "source_ids": (
            lambda say: say.t("Documents that the atlas has already"),
            lambda say: say.t("Choose those that say it. The new one above is added by itself."),
        ),
        "verification": (
            lambda say: say.t("How you know it"),
            lambda say: say.t("Whether you read it in the document itself."),
        ),
        "names_merida": (
            lambda say: say.t("Does a document name the Mérida Initiative?"),
            lambda say: say.t("Unknown where only the payer points to it."),
        ),
        "note": (
            lambda say: say.t("Note on the activity"),
            lambda say: say.t("What a reader has to know, in English, in one line."),
        ),
    },
    "places": {
        "place": (
            lambda say: say.t("Place, as the document names it"),
            lambda say: say.t("A city, a municipality or the state."),
        ),
        "state": (
            lambda say: say.t("State of the place"),
            lambda say: say.t("One of the 32."),
        ),
        "cvegeo": (
            lambda say: say.t("Municipality"),
            lambda say: say.t(
                "Its name or INEGI's five digits. Blank where only the state is named."
            ),
        ),
        "location_precision": (
            lambda say: say.t("How narrowly the document names it"),
            lambda say: say.t("A whole state where no municipality is given."),
        ),
        "count": (
            lambda say: say.t("How many"),
            lambda say: say.t("Digits only, with what is counted beside it."),
        ),
        "count_unit": (
            lambda say: say.t("Of what"),
            lambda say: say.t("What the number counts."),
        ),
        "lat": (
            lambda say: say.t("Latitude"),
            lambda say: say.t("In degrees, with a point, such as 19.54. Only with a municipality."),
        ),
        "lon": (
            lambda say: say.t("Longitude"),
            lambda say: say.t("In degrees, with its minus sign, such as -96.91."),
        ),
        "coord_source": (
            lambda say: say.t("Where the coordinates are from"),
            lambda say: say.t("The map or register they were read in."),
        ),
        "place_note": (
            lambda say: say.t("Note on the place"),
            lambda say: say.t("What a reader has to know about this place alone."),
        ),
        "place_weak": (
            lambda say: say.t("Is the evidence for this place weak?"),
            lambda say: say.t("As that of the activity, unless this place differs."),
        ),
        "place_weak_reason": (
            lambda say: say.t("Why it is weak there"),
            lambda say: say.t("Only where the evidence for the place is weak."),
        ),
    },
}
"""Part of a contribution → its fields, in the order in which a reader is asked for them."""

TEXTS: Final[dict[str, Word]] = {
    "words": (
        lambda say: say.t("Your words to the maintainers"),
        lambda say: say.t("Where in the document it stands, and what is unsure."),
    ),
    "name": (
        lambda say: say.t("Your name, if you like"),
        lambda say: say.t("It stands in the file, and can become public."),
    ),
    "contact": (
        lambda say: say.t("How to reach you, if you like"),
        lambda say: say.t("It stands in the file, and can become public."),
    ),
}
"""What stands beside the rows."""

YES_NO: Final[dict[str, Say]] = {
    "yes": lambda say: say.t("Yes"),
    "no": lambda say: say.t("No"),
}

CURRENCIES: Final[dict[str, Say]] = {
    "USD": lambda say: say.t("U.S. dollars"),
    "MXN": lambda say: say.t("Mexican pesos"),
}

CERTAIN: Final[dict[str, Say]] = {
    "yes": lambda say: say.t("the document says it"),
    "inferred": lambda say: say.t("inferred"),
}

NAMED: Final[dict[str, Say]] = {**YES_NO, "unknown": lambda say: say.t("Unknown")}


def _basis(code: str) -> Say:
    return lambda say: basis_label(code, say)


CHOICES: Final[dict[str, Mapping[str, Say]]] = {
    "area": PRIORITY_NAMES,
    "kind": KINDS,
    "currency": CURRENCIES,
    "amount_basis": {
        code: _basis(code)
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
