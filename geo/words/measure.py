"""A measure in words: its name, its unit, and a value written out."""

from __future__ import annotations

from typing import Final

from geo.language import Say, Speech, t
from geo.policy import BASE_YEAR
from geo.scene import NO_DATA, NOT_APPLICABLE, ZERO, Scene
from geo.view import View

DOLLARS_NAMES: Final[dict[str, Say]] = {
    "nominal": t("As published, of their years"),
    "constant": lambda say: say.t("Constant, of {year}", year=BASE_YEAR),
}


def per_unit(name: str, say: Speech) -> str:
    """The denominator of a rate, with its scale."""
    if name == "homicides":
        return say.t("per 1,000 homicides")
    if name == "poverty":
        return say.t("per million people in poverty")
    return say.t("per million people")


def need_label(view: View, say: Speech) -> str:
    """The need a view holds aid against, with its year or years."""
    if view.need == "homicides":
        return say.t("homicides {first}–{last}", first=view.from_year, last=view.to_year)
    if view.need == "poverty":
        return say.t("people in poverty, 2020")
    return say.t("population, Census 2020")


def measure_label(view: View, say: Speech) -> str:
    """What the map shows, as the legend's title."""
    what = (
        _dollars_label(view, say)
        if view.measure == "usd"
        else say.t("Documented activities")
        if view.evidence == "documented"
        else say.t("Activities, shared among the states reached")
    )
    if view.show == "share":
        return say.t("{what}: % of all that can be placed", what=what)
    if view.show == "ratio":
        return say.t("{what}: times its share of {need}", what=what, need=need_label(view, say))
    if view.show == "gap":
        return say.t(
            "{what}: above or below its share of {need}", what=what, need=need_label(view, say)
        )
    if view.per != "none":
        return say.t("{what} {per}", what=what, per=per_unit(view.per, say))
    return what


def _dollars_label(view: View, say: Speech) -> str:
    documented = view.evidence == "documented"
    if view.prices_of is None:
        return (
            say.t("Dollars tied to the state")
            if documented
            else say.t("Dollars, split among the states named")
        )
    return (
        say.t("Dollars of {year} tied to the state", year=view.prices_of)
        if documented
        else say.t("Dollars of {year}, split among the states named", year=view.prices_of)
    )


def value_text(value: float | None, status: str, view: View, say: Speech) -> str:
    """A state's number with its unit, or in words why there is none."""
    if status == NO_DATA:
        return say.t("no published figure")
    if status == NOT_APPLICABLE:
        return say.t("not applicable")
    if status == ZERO and view.measure == "activities" and view.show != "gap":
        return say.t("none documented")
    return number_text(value, view, say)


def shape_of(view: View) -> str:
    """How a view shows its numbers, a number by need apart from a plain one."""
    return "rate" if view.show == "value" and view.per != "none" else view.show


def is_plain(view: View) -> bool:
    """Whether its numbers are counts of documented activities, the first thing anyone sees."""
    shown = (view.measure, view.evidence, view.show, view.per)
    return shown == ("activities", "documented", "value", "none")


def caption(value: float | None, status: str, view: View, say: Speech) -> str:
    """What stands behind a state's number in large type, so that the two read as one.

    Empty where the number is in words that name what there is none of.
    """
    if is_plain(view):
        if status == ZERO or value is None:
            return ""
        return say.n("documented activity", "documented activities", value)
    return measure_label(view, say)


def number_text(value: float | None, view: View, say: Speech) -> str:
    """A number in the unit of the view, without words for missing ones."""
    if view.show == "share":
        return say.percent(value, 1)
    if view.show == "ratio":
        return say.t("{value}×", value=say.decimal(value, 2))
    if view.measure == "usd":
        return say.at_prices(view.prices_of).usd(value)
    whole = view.show == "value" and view.per == "none" and view.evidence == "documented"
    return say.number(value, 0 if whole else 1)


def end_text(value: float, view: View, say: Speech) -> str:
    """An end of a class: as `number_text`, but dollars to three figures.

    Beside a title that speaks of dollars and their year, so that a language may leave out both.
    """
    say = say.at_prices(None)
    if view.measure == "usd" and view.show in ("value", "gap"):
        millions = round(abs(value) / 1_000_000, 1)
        if millions < 1:
            return say.usd(value)
        text = say.n(
            "US${amount} million",
            "US${amount} million",
            millions,
            amount=say.number(millions, 1),
        )
        return f"-{text}" if value < 0 else text
    return number_text(value, view, say)


def status_note(scene: Scene, status: str, say: Speech) -> str:
    """What white and grey mean in this view."""
    if status == ZERO:
        if scene.view.measure == "activities" and scene.view.show != "gap":
            return say.t("none documented (which is not “none given”)")
        return say.t("zero")
    if status == NO_DATA:
        return say.t("no published figure")
    return say.t("not applicable: nothing to compare")
