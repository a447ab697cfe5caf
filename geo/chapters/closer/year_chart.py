"""The years: activities and appropriations of each one, what is undated, and steps to play."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from markupsafe import Markup

from geo.atlas import Atlas, FiscalYear, fiscal_years, load_figures
from geo.drawing import (
    Scale,
    bar,
    chart,
    folded_html,
    panel_html,
    part,
    pick_table_html,
    svg_html,
    text,
    told_html,
    upward,
)
from geo.language import Speech
from geo.policy import FIRST_YEAR, LAST_YEAR, PLAY_STEP_MS, SCENES_KEPT
from geo.view import YEARS, View

WIDTH: Final = 720
HEIGHT: Final = 250
LEFT: Final = 34
HALF: Final = 92
"""Height of each of the two rows of bars."""


@dataclass(frozen=True, slots=True, eq=False)
class Years:
    """By year: how many activities were under way and how many began; how many have no date."""

    under_way: dict[int, int]
    begun: dict[int, int]
    undated: int
    appropriated: tuple[FiscalYear, ...]


def count_years(atlas: Atlas, view: View) -> Years:
    """Count the activities a view keeps in its whole period, year by year.

    One that lasted several years is counted in each of them; parts of another are not counted.
    """
    return _count(atlas, view.selecting().with_(from_year=FIRST_YEAR, to_year=LAST_YEAR))


@lru_cache(maxsize=SCENES_KEPT)
def _count(atlas: Atlas, view: View) -> Years:
    chosen = [a for a in atlas.ledger.select(view).activities if not a.part_of]
    spans = [activity.years for activity in chosen]
    dated = [span for span in spans if span is not None]
    return Years(
        under_way={y: sum(1 for first, last in dated if first <= y <= last) for y in YEARS},
        begun={y: sum(1 for first, _ in dated if first == y) for y in YEARS},
        undated=len(spans) - len(dated),
        appropriated=fiscal_years(load_figures(atlas)),
    )


def years_html(atlas: Atlas, view: View, say: Speech) -> Markup:
    """The timeline with its two buttons, and its numbers as a table."""
    years = count_years(atlas, view)
    words = [
        say.t(
            "Shown now: {first}–{last}. Above: activities under way in each year; the lower, blue "
            "part of a bar began in it. Below: dollars appropriated for the fiscal year. Choose a "
            "bar to see that year alone.",
            first=view.from_year,
            last=view.to_year,
        ),
        say.n(
            "{count} undated activity is on no bar; it counts only with the whole period.",
            "{count} undated activities are on no bar; they count only with the whole period.",
            years.undated,
        ),
    ]
    whole = Markup('<button type="button" class="ma-button" data-go=\'{}\'>{}</button>').format(
        json.dumps(_go(FIRST_YEAR, LAST_YEAR)), say.t("The whole period")
    )
    return panel_html(
        say.t("Year by year"),
        told_html(*words),
        Markup('<p class="ma-buttons">{} {} {}</p>').format(
            _button("single", say.t("▶ Play year by year"), [(y, y) for y in YEARS], view, say),
            _button(
                "adding", say.t("▶ Play adding up"), [(FIRST_YEAR, y) for y in YEARS], view, say
            ),
            whole,
        ),
        svg_html(years_svg(years, view, say)),
        folded_html(say.t("The numbers of the chart"), _table(years, say)),
    )


def years_svg(years: Years, view: View, say: Speech) -> Markup:
    """Bars of activities above, of appropriations below; a year without a figure is hatched."""
    column = (WIDTH - LEFT) / len(YEARS)
    money = {year.year: year for year in years.appropriated}
    tall = Scale(0, max(*years.under_way.values(), 1), 0, HALF)
    rich = Scale(0, float(max((y.drawn for y in years.appropriated), default=1)) or 1.0, 0, HALF)
    floor, base = HALF + 18, HEIGHT - 30
    parts = []
    for index, year in enumerate(YEARS):
        left, width = LEFT + index * column + 3, column - 6
        active, new = tall(years.under_way[year]), tall(years.begun[year])
        fiscal = money[year]
        gap = fiscal.completeness == "missing"
        low = HALF / 3 if gap else rich(float(fiscal.drawn))
        sentence = "?" if gap else say.number(fiscal.drawn)
        now = view.from_year <= year <= view.to_year
        parts.append(
            part(
                "g",
                part("title", _told(year, years, fiscal, say)),
                bar("ma-bar-hit", left, 0, width, base),
                bar("ma-bar-all", left, floor - active, width, active),
                bar("ma-bar-new", left, floor - new, width, new),
                bar("ma-bar-gap" if gap else "ma-bar-money", left, base - low, width, low),
                *(
                    text(number, (left + width / 2, y), "ma-tick", "middle")
                    for number, y in (
                        (str(years.under_way[year]), floor - active - 4),
                        (sentence, base - low - 4),
                        (f"’{year % 100:02d}", HEIGHT - 12),
                    )
                ),
                kind="ma-one-year ma-now" if now else "ma-one-year",
                data_go=json.dumps(_go(year, year)),
            )
        )
    return chart(
        "ma-yearly",
        (WIDTH, HEIGHT),
        say.t("Activities under way and dollars appropriated, by year"),
        *parts,
        upward(say.t("activities"), (12, floor - HALF / 2), "ma-axis-name"),
        upward(say.t("US$ million"), (12, base - HALF / 2), "ma-axis-name"),
    )


def _told(year: int, years: Years, fiscal: FiscalYear, say: Speech) -> str:
    money = (
        say.t("appropriation not found")
        if fiscal.completeness == "missing"
        else say.t("US$ {sum} million appropriated", sum=say.number(fiscal.drawn, 1))
    )
    return say.t(
        "{year}: {count} under way, {begun} begun; {money}",
        year=year,
        count=years.under_way[year],
        begun=years.begun[year],
        money=money,
    )


def _table(years: Years, say: Speech) -> Markup:
    money = {year.year: year for year in years.appropriated}
    rows = [
        (
            Markup('<button type="button" class="ma-link" data-go="{}">{}</button>').format(
                json.dumps(_go(year, year)), year
            ),
            say.number(years.under_way[year]),
            say.number(years.begun[year]),
            say.t("not found")
            if money[year].completeness == "missing"
            else say.number(money[year].drawn, 1),
        )
        for year in YEARS
    ]
    columns = (
        say.t("Year"),
        say.t("Activities under way"),
        say.t("Begun"),
        say.t("Appropriated, US$ million (fiscal year)"),
    )
    return pick_table_html("years", say.t("Year by year"), columns, rows)


def _button(key: str, label: str, spans: list[tuple[int, int]], view: View, say: Speech) -> Markup:
    steps: list[dict[str, Any]] = [
        {"go": _go(first, last), "now": (first, last) == (view.from_year, view.to_year)}
        for first, last in spans
    ]
    text = json.dumps({"every": PLAY_STEP_MS, "steps": steps}, separators=(",", ":"))
    return Markup(
        '<button type="button" class="ma-play ma-button" aria-pressed="false" data-name="{}" '
        'data-start="{}" data-stop="{}" data-play="{}">{}</button>'
    ).format(key, label, say.t("■ Stop"), text, label)


def _go(first: int, last: int) -> dict[str, str | None]:
    """The change of the address; a default is left out of it."""
    return {
        "from": None if first == FIRST_YEAR else str(first),
        "to": None if last == LAST_YEAR else str(last),
    }
