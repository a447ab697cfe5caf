"""The glossary for readers: the terms they meet, each in one or two sentences where it stands.

`docs/glossary.md` is another one, for whoever changes the atlas. A text is given its terms by
`terms_in`; `geo.drawing.glossed_html` makes of each a button that opens its meaning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from geo.language import Say, Speech, t


@dataclass(frozen=True, slots=True)
class Term:
    """A term as texts write it, and what it means; `forms` are other ways to write it."""

    key: str
    name: Say
    meaning: Say
    forms: tuple[Say, ...] = ()

    def written(self, say: Speech) -> tuple[str, ...]:
        """Every way that texts write it, its name first."""
        return (self.name(say), *(form(say) for form in self.forms))


TERMS: Final = (
    Term(
        "documented",
        lambda say: say.n("documented activity", "documented activities", 1),
        t(
            "Something that U.S. security aid gave or did, and that a public source places in a "
            "state: a delivery, a course, an accreditation. One that reached two states counts in "
            "both."
        ),
        (
            lambda say: say.n("documented activity", "documented activities", 2),
            t("activities that a source documents"),
        ),
    ),
    Term(
        "times",
        t("times its share"),
        t(
            "A state with a tenth of the people and a fifth of the aid has 2 times its share. At 1 "
            "it has just its share."
        ),
    ),
    Term(
        "gap",
        t("above or below its share"),
        t(
            "How many activities, or dollars, a state has more or less than its part of the people "
            "would give it."
        ),
    ),
    Term(
        "placed",
        t("can be placed"),
        t("A source says to which state it went. For most of the money none does."),
        (t("places in a state"),),
    ),
    Term(
        "weak",
        t("weak sources"),
        t(
            "They do not show that aid reached the state: an offer, a plan, a visit, a report "
            "without a date, or a federal body that serves the whole country."
        ),
    ),
    Term(
        "alike",
        t("every state was asked alike"),
        t(
            "Two searches put the same questions for each of the 32 states. What they found does "
            "not depend on where anybody looked first."
        ),
        (t("the same questions for every state"), t("asking every state the same questions")),
    ),
    Term(
        "class",
        t("class"),
        t(
            "States with similar numbers share a colour. Where one class ends and the next begins "
            "is a choice, which you can change."
        ),
    ),
    Term(
        "remainder",
        t("counted in no state"),
        t(
            "Its sources name no state, or so many that it belongs to none alone. It is told "
            "beside the map, so that nothing is lost."
        ),
        (t("Not on the map"),),
    ),
    Term(
        "rule",
        t("The rule is ours"),
        t(
            "No source says how much of this aid each state had. It is shared out in equal parts, "
            "by people or by homicides, as you choose."
        ),
    ),
    Term(
        "constant",
        t("consumer prices"),
        t(
            "A dollar of 2008 bought more than one of 2021. All amounts are told in dollars of one "
            "year, so that they can be compared."
        ),
    ),
    Term(
        "quotient",
        t("location quotient"),
        t("The geographers' name for times its share."),
    ),
    Term(
        "appropriated",
        t("appropriated"),
        t("Set aside by the U.S. Congress for a fiscal year. Spending comes later."),
    ),
    Term(
        "gini",
        t("Gini"),
        t(
            "How unequal a spread is, in one number: 0 where each has its share, near 1 where one "
            "has all."
        ),
    ),
    Term(
        "deal",
        t("deals of 1,000"),
        t(
            "Each activity is dealt to as many states as it reached, by lot and by need, again and "
            "again. What seldom comes up that way is hardly chance."
        ),
    ),
)
"""Every term, in the order in which a reader meets them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term in one language, as a text writes it."""

    key: str
    written: str
    meaning: str


@lru_cache(maxsize=4)
def _forms(say: Speech) -> tuple[Entry, ...]:
    """Every form of every term, the longest first, so that none is found inside another."""
    entries = [
        Entry(term.key, form, term.meaning(say)) for term in TERMS for form in term.written(say)
    ]
    return tuple(sorted(entries, key=lambda one: (-len(one.written), one.written)))


def terms_in(text: str, say: Speech, known: Sequence[str] = ()) -> tuple[Entry, ...]:
    """The terms of a text in the order they stand in, each once, as the text writes it.

    `known` are keys of terms that need no meaning any more.
    """
    found: dict[str, tuple[int, Entry]] = {}
    taken: list[tuple[int, int]] = []
    for entry in _forms(say):
        if entry.key in known or entry.key in found:
            continue
        match = re.search(rf"(?<!\w){re.escape(entry.written)}(?!\w)", text, re.IGNORECASE)
        if match and all(match.end() <= begin or match.start() >= end for begin, end in taken):
            taken.append(match.span())
            found[entry.key] = (match.start(), Entry(entry.key, match[0], entry.meaning))
    return tuple(entry for _, entry in sorted(found.values(), key=lambda one: one[0]))
