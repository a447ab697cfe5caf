"""What a view counts, as the phrases that findings are made of: activity, money, need."""

from __future__ import annotations

from typing import Final

from geo.language import Say, Speech, t
from geo.view import View

NEED_OF: Final[dict[str, Say]] = {
    "population": t("the people"),
    "homicides": t("the homicides"),
    "poverty": t("the people in poverty"),
}

NEED_ALONE: Final[dict[str, Say]] = {
    "population": t("people"),
    "homicides": t("homicides"),
    "poverty": t("people in poverty"),
}
"""The needs as parts of which one speaks, and as what aid is compared with."""

ONLY_NAMED: Final = ("named",)
"""What a view filters by that keeps what a source calls Mérida's, and leaves out nothing else."""


def of_what(view: View, say: Speech) -> str:
    """What a share is a share of, after the percentage; a view with filters says that it has."""
    if view.measure == "usd":
        return (
            say.t("of the money that can be placed")
            if view.whole
            else say.t("of the money chosen here that can be placed")
        )
    return say.t("of the {activity}", activity=activity(view, say))


def activity(view: View, say: Speech) -> str:
    """What is counted, taken together."""
    if view.whole:
        return say.n("documented activity", "documented activities", 1)
    if view.filtering == ONLY_NAMED:
        return say.t("activity whose sources name Mérida")
    return say.t("documented activity chosen here")


def things(view: View, say: Speech) -> str:
    """What a number of many counts."""
    if view.whole:
        return say.n("documented activity", "documented activities", 2)
    if view.filtering == ONLY_NAMED:
        return say.t("activities whose sources name Mérida")
    return say.t("documented activities chosen here")


def counted_things(view: View, count: float, say: Speech) -> str:
    """A number of activities with what it counts; to one decimal where they are shared out."""
    digits = 0 if view.evidence == "documented" else 1
    count = round(count, digits)
    if view.whole:
        return say.n(
            "{count} documented activity", "{count} documented activities", count, digits=digits
        )
    if view.filtering == ONLY_NAMED:
        return say.n(
            "{count} activity whose sources name Mérida",
            "{count} activities whose sources name Mérida",
            count,
            digits=digits,
        )
    return say.n(
        "{count} documented activity chosen here",
        "{count} documented activities chosen here",
        count,
        digits=digits,
    )
