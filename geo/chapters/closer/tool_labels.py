"""The analyst's tools and the ready comparisons in the reader's language."""

from __future__ import annotations

from typing import Final

from geo.language import PRIORITY_NAMES, Say, Speech
from geo.view import PILLARS

TOOL_NAMES: Final[dict[str, Say]] = {
    "none": lambda say: say.t("No tool"),
    "check": lambda say: say.t("Check the classes"),
    "multiples": lambda say: say.t("One map for each priority"),
    "need": lambda say: say.t("Need against aid"),
    "compare": lambda say: say.t("Compare two views"),
    "difference": lambda say: say.t("Difference of two views"),
    "time": lambda say: say.t("Year by year"),
    "municipalities": lambda say: say.t("Municipalities of a state"),
}


def _only(number: int) -> Say:
    def label(say: Speech) -> str:
        priority = PRIORITY_NAMES[PILLARS[number]](say)
        return say.t("This view, and only “{priority}”", priority=priority)

    return label


PAIR_NAMES: Final[dict[str, Say]] = {
    "evidence": lambda say: say.t("Documented, and split by a rule"),
    "years": lambda say: say.t("To the end of 2016, and from 2017"),
    "priorities": lambda say: say.t("Rule of law, and crime prevention"),
    "weak": lambda say: say.t("Without and with weak evidence"),
    "found": lambda say: say.t("Equal-effort search, and targeted search"),
    **{f"pillar{number}": _only(number) for number in PILLARS},
    "custom": lambda say: say.t("As in the link"),
}
