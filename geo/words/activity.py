"""An activity in words: when it took place, and how much was published."""

from __future__ import annotations

from geo.atlas import Activity
from geo.language import BASES, Speech, term_of


def period_text(activity: Activity, say: Speech) -> str:
    """When an activity took place, to the precision its source has."""
    start, end = activity.period_start, activity.period_end
    if not start and not end:
        return say.t("undated")
    if not start:
        day = say.day(end)
        text = say.t("by {day}", day=day) if _is_day(end) else say.t("by {end}", end=day)
    elif not end:
        day = say.day(start)
        text = say.t("from {day}", day=day) if _is_day(start) else say.t("from {start}", start=day)
    elif start == end:
        text = say.day(start)
    else:
        text = f"{say.day(start)} – {say.day(end)}"
    return (
        say.t("{period} (inferred)", period=text) if activity.period_certain == "inferred" else text
    )


def _is_day(date: str) -> bool:
    return len(date) == len("2017-11-07")


def amount_text(activity: Activity, say: Speech) -> str:
    """The amount as published, its basis, and for pesos the dollars at the year's rate."""
    basis = term_of(BASES, activity.basis, say)
    if activity.currency == "USD":
        return f"{say.usd(activity.amount)} ({basis})"
    pesos = say.t("{amount} pesos", amount=say.number(activity.amount))
    if activity.usd is None:
        return say.t("{pesos} ({basis}; undated, not converted)", pesos=pesos, basis=basis)
    return say.t(
        "{pesos} ({basis}; {usd} at {rate} pesos per dollar, mean of {year})",
        pesos=pesos,
        basis=basis,
        usd=say.usd(activity.usd),
        rate=say.number(activity.rate, 4),
        year=activity.rate_year,
    )


def unnamed_text(activity: Activity, say: Speech) -> str:
    """That no source calls an activity Mérida's, or not clearly so; empty where one does."""
    if activity.names_merida == "no":
        return say.t("Its sources do not name the Mérida Initiative")
    if activity.names_merida == "unknown":
        return say.t("Its sources do not clearly name the Mérida Initiative")
    return ""
