"""Each index of inequality in words: its name, what it says in one line, formula and reference."""

from __future__ import annotations

from typing import Final

from geo.equity import IndexRange
from geo.language import Say, Speech, t
from geo.view import View
from geo.words import need_label

EQUAL: Final = "equal"

GROUPS: Final[dict[str, Say]] = {
    "border": t("states on the northern border"),
    "sez": t("states that were to host a special economic zone"),
}

GROUPINGS: Final[dict[str, Say]] = {
    "border": t("northern border or not"),
    "sez": t("special economic zone or not"),
    "marginalization": t("degree of marginalization, 2020"),
    "marginalization_2010": t("degree of marginalization, 2010"),
}

MEMBERS: Final[dict[str, Say]] = {
    "border": t("northern border"),
    "sez": t("special economic zone"),
    "other": t("all others"),
    "very_high": t("very high"),
    "high": t("high"),
    "medium": t("medium"),
    "low": t("low"),
    "very_low": t("very low"),
}
"""The groups of a decomposition."""

RANKED_BY: Final[dict[str, Say]] = {
    "population": t("people per state"),
    "homicides": t("homicides per person"),
    "poverty": t("share of people in poverty"),
    "marginalization": t("marginalization, 2020"),
}

WHOLE: Final[dict[str, Say]] = {
    "gini": t("Gini index"),
    "hoover": t("Hoover index"),
    "theil": t("Theil’s T"),
    "herfindahl": t("Herfindahl index"),
}
"""Indices of the whole distribution."""

FORMULAS: Final = {
    "gini": "G = 1 − Σⱼ (Pⱼ − Pⱼ₋₁)·(Lⱼ + Lⱼ₋₁)",
    "theil": "T = Σᵢ sᵢ · ln(sᵢ / qᵢ)",
    "hoover": "H = ½ · Σᵢ |sᵢ − qᵢ|",
    "herfindahl": "HHI = Σᵢ sᵢ²",
    "top_k_share": "Cₖ = s₍₁₎ + … + s₍ₖ₎",
    "concentration_index": "C = 1 − Σⱼ (Pⱼ − Pⱼ₋₁)·(Kⱼ + Kⱼ₋₁)",
    "kakwani": "K = C − G(r·w; w)",
    "theil_between": "T(b) = Σ(g) S(g) · ln(S(g) / Q(g))",
    "theil_within": "T(w) = Σ(g) S(g) · T(g)",
    "group_share": "S = Σᵢ sᵢ, i ∈ g",
    "group_ratio": "LQ = S / Q",
}
"""Index → its formula; `SYMBOLS` says what the letters are."""

REFERENCES: Final = {
    "gini": "C. Gini (1912), Variabilità e mutabilità; R. I. Lerman, S. Yitzhaki (1989), Journal "
    "of Econometrics 42(1), 43–47",
    "theil": "H. Theil (1967), Economics and Information Theory, ch. 4",
    "hoover": "E. M. Hoover (1936), Review of Economics and Statistics 18(4), 162–171",
    "herfindahl": "O. C. Herfindahl (1950), Concentration in the U.S. Steel Industry; A. O. "
    "Hirschman (1964), American Economic Review 54(5), 761–762",
    "top_k_share": "M. Hall, N. Tideman (1967), Journal of the American Statistical Association "
    "62(317), 162–168",
    "concentration_index": "N. Kakwani, A. Wagstaff, E. van Doorslaer (1997), Journal of "
    "Econometrics 77(1), 87–103",
    "kakwani": "N. C. Kakwani (1977), Economic Journal 87(345), 71–80",
    "theil_between": "A. F. Shorrocks (1980), Econometrica 48(3), 613–625",
    "theil_within": "A. F. Shorrocks (1980), Econometrica 48(3), 613–625",
    "group_share": "P. Sargant Florence (1939), Report on the Location of Industry",
    "group_ratio": "P. Sargant Florence (1939), Report on the Location of Industry",
}

AS_SHARE: Final = ("top_k_share", "group_share")
"""Indices that are written as a percentage."""


def need_text(need: str, view: View, say: Speech) -> str:
    """What an index is held against, with its years."""
    if need == EQUAL:
        return say.t("every state the same")
    return need_label(view.with_(per=need), say)


def index_name(one: IndexRange, say: Speech) -> str:
    """The name of an index, with what it is of."""
    if one.index in WHOLE:
        name = WHOLE[one.index](say)
        if one.name.endswith("_equal"):
            return say.t("{index}, every state the same", index=name)
        return name
    if one.index == "top_k_share":
        return say.n("Share of the top state", "Share of the top {count} states", int(one.of))
    if one.index == "concentration_index":
        return say.t("Concentration index by {ranking}", ranking=RANKED_BY[one.of](say))
    if one.index == "kakwani":
        return say.t("Kakwani index by {ranking}", ranking=RANKED_BY[one.of](say))
    if one.index == "theil_between":
        return say.t("Theil’s T between groups: {groups}", groups=GROUPINGS[one.of](say))
    if one.index == "theil_within":
        return say.t("Theil’s T inside groups: {groups}", groups=GROUPINGS[one.of](say))
    if one.index == "group_share":
        return say.t("Share of {group}", group=GROUPS[one.of](say))
    return say.t("Share ratio of {group}", group=GROUPS[one.of](say))


def index_line(one: IndexRange, say: Speech) -> str:
    """What an index says, in one plain line."""
    lines: dict[str, Say] = {
        "gini": t("0 when every state has its share, near 1 when one state has it all."),
        "theil": t("0 when every state has its share; can be taken apart into groups of states."),
        "hoover": t("The part that would have to lie in another state for each to have its share."),
        "herfindahl": t(
            "How likely two drawn at random lie in the same state; 1 when all is in one."
        ),
        "top_k_share": t("What the states with most have of the whole."),
        "concentration_index": t(
            "Above 0 the states that rank high have more than their share, below 0 less."
        ),
        "kakwani": t(
            "Above 0 it leans to the states that rank high more than the need itself does; "
            "below 0 less."
        ),
        "theil_between": t("The inequality that lies between these groups."),
        "theil_within": t("The inequality among the states inside each group."),
        "group_share": t("What these states have of the whole."),
        "group_ratio": t(
            "Their share ÷ their share of the need: 1 is parity, 2 is twice their share."
        ),
    }
    return lines[one.index](say)


def symbols_text(say: Speech) -> str:
    """What the letters of the formulas are."""
    return say.t(
        "s: a state’s share of the total; q: its share of the need w; S, Q: the same of a group g; "
        "P, L: the points of the Lorenz curve; K: those of the concentration curve, states ranked "
        "by the need r per unit of w; s₍₁₎ is the largest share."
    )


def index_number(value: float, one: IndexRange, say: Speech, digits: int = 2) -> str:
    """A value of an index as its column writes it; a dash where it is not defined."""
    if value != value:  # NaN
        return say.number(None)
    if one.index in AS_SHARE:
        return say.percent(value, max(digits - 1, 0))
    text = say.decimal(value, digits)
    if one.index == "group_ratio":
        return say.t("{value}×", value=text)
    return text


def parity_of(one: IndexRange) -> float:
    """Where on its scale an index says "everyone has their share".

    The share of a group is no such index: its parity depends on the need, see `group_ratio`.
    """
    if one.index == "group_ratio":
        return 1.0
    if one.index in ("herfindahl", "top_k_share"):
        return one.scale.low
    if one.index == "group_share":
        return float("nan")
    return 0.0
