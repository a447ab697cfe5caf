"""What the essay's page keeps in the address: the claim, and how under-reported the South is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from geo.policy import MAX_UNDER, UNDER_STEPS
from geo.view import Notice, PageQuery, Query, choice_of, last_of

NUMBER: Final = re.compile(r"[0-9]{1,2}(\.[0-9])?")

FACTORS: Final = tuple(
    step / UNDER_STEPS for step in range(UNDER_STEPS, MAX_UNDER * UNDER_STEPS + 1)
)
"""The factors that can be assumed, from 1 (nothing is under-reported)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks of the page; an empty claim is the one shown first."""

    claim: str = ""
    under: float = 1.0


def read_asked(query: Query) -> tuple[Asked, tuple[Notice, ...]]:
    """The choices a query spells, and what of them could not be used; never raises."""
    notices: list[Notice] = []
    asked, under = last_of(query, "claim"), last_of(query, "under")
    claim = _known(asked) if asked else ""
    if asked and not claim:
        notices.append(Notice("claim", asked, "unusable_value"))
    factor = float(under) if NUMBER.fullmatch(under) else 1.0 if not under else 0.0
    if factor not in FACTORS:
        notices.append(Notice("under", under, "unusable_value"))
        factor = 1.0
    return Asked(claim, factor), tuple(notices)


def _known(text: str) -> str:
    # Only a link that names a claim needs them; every page's script reads this module.
    from geo.equity.claims import load_claims

    return choice_of(text, load_claims().ids)


def spell_asked(asked: Asked) -> dict[str, str]:
    """The parameters of the choices, defaults left out."""
    fields = {}
    if asked.claim:
        fields["claim"] = asked.claim
    if asked.under != 1.0:
        fields["under"] = f"{asked.under:g}"
    return fields


ASKED: Final = PageQuery(frozenset({"claim", "under"}), read_asked, spell_asked)
"""The page's own part of the address."""
