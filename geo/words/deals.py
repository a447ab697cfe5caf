"""What a p says, as what it is: how often deals by need come up with as much."""

from __future__ import annotations

from typing import Final

from geo.language import Say, Speech, t

IF_SO: Final[dict[str, Say]] = {
    "equal": t("if each activity could have gone to any state alike"),
    "population": t("if each activity had gone where people live"),
    "homicides": t("if each activity had gone where people are killed"),
    "poverty": t("if each activity had gone where people live in poverty"),
}
"""Need → the null that a p is of."""

SO_FAR: Final[dict[str, Say]] = {
    "much": t("so much"),
    "little": t("so little"),
    "uneven": t("so uneven a spread"),
    "border": t("as much at the border"),
    "between": t("as much between these groups"),
}
"""What a deal comes up with that is at least as far as what is documented."""


def deals_text(p: float, need: str, far: str, say: Speech) -> str:
    """A p in words, without a capital and without a stop."""
    if_so, so_far = IF_SO[need](say), SO_FAR[far](say)
    if p < 1 / 1000:
        return say.t(
            "{if_so}, {so_far} would come up in fewer than 1 deal of 1,000",
            if_so=if_so,
            so_far=so_far,
        )
    return say.n(
        "{if_so}, {so_far} would come up in {count} deal of 1,000",
        "{if_so}, {so_far} would come up in {count} deals of 1,000",
        round(1000 * p),
        if_so=if_so,
        so_far=so_far,
    )
