"""By whom, of what kind and to whom: the choices among activities, and what people call them.

Here alone a choice is tied to the ledger's own terms. `geo.atlas.rules` refuses an activity whose
term no choice holds, since no reader could ever choose it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from geo.language import FUNDERS, KINDS, RECIPIENTS, Say, folded, speech

PAYERS: Final[Mapping[str, str]] = {
    "merida": "US Merida",
    "inl": "US INL",
    "usaid": "USAID",
    "us_other": "US other",
    "mixed": "mixed",
    "not_stated": "not stated",
}
"""Choice of `funder` → the ledger's term; every activity has exactly one."""

AID_KINDS: Final = (
    *("training", "prisons", "justice_reform", "forensics", "prevention_programme", "equipment"),
    *("accreditation", "courtrooms", "drug_courts", "dogs", "border_control", "other"),
)
"""Choices of `kind`: the ledger's terms."""

RECIPIENT_LEVELS: Final = (
    *("state", "municipal", "federal", "judiciary", "civil_society", "mixed"),
)
"""Choices of `recipient`: the ledger's terms of `recipient_level`."""

PAYER_NAMES: Final[Mapping[str, Say]] = {choice: FUNDERS[term] for choice, term in PAYERS.items()}
"""What each choice of `funder` is called."""

_TOLD: Final[Mapping[str, tuple[Mapping[str, Say], Mapping[str, str]]]] = {
    "funder": (PAYER_NAMES, PAYERS),
    "kind": (KINDS, {}),
    "recipient": (RECIPIENTS, {}),
}


def meant(parameter: str, text: str) -> str:
    """The choice that a text means as people type it, or nothing.

    Its code, the ledger's term or its name in either language. Case, accents, hyphens and the s
    of a plural count for nothing.

    >>> meant("kind", "Prison"), meant("funder", "Mérida"), meant("recipient", "sociedad civil")
    ('prisons', 'merida', 'civil_society')
    """
    return _words(parameter).get(_plain(text), "")


@lru_cache
def _words(parameter: str) -> Mapping[str, str]:
    names, terms = _TOLD[parameter]
    return {
        _plain(word): choice
        for choice, name in names.items()
        for word in (
            *(name(speech(lang)) for lang in ("en", "es")),
            terms.get(choice, choice),
            choice,
        )
    }


def _plain(text: str) -> str:
    return " ".join(word.rstrip("s") or word for word in re.findall(r"[^\W_]+", folded(text)))
