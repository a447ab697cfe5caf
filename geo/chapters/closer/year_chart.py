"""The years: activities and appropriations of each one, what is undated, and steps to play."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from markupsafe import Markup

from geo.atlas import Atlas, FiscalYear, fiscal_years, load_figures
from geo.drawing import numbers_html, panel_html, pick_table_html, svg_html, told_html
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
    whole = view.data_key().with_(from_year=FIRST_YEAR, to_year=LAST_YEAR)
    return _count(atlas, View(pillar=whole.pillar, found=whole.found))


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
        numbers_html(say.t("The numbers of the chart"), _table(years, say)),
    )


def years_svg(years: Years, view: View, say: Speech) -> Markup:
    """Bars of activities above, of appropriations below; a year without a figure is hatched."""
    column = (WIDTH - LEFT) / len(YEARS)
    most = max(*years.under_way.values(), 1)
    money = {year.year: year for year in years.appropriated}
    top_money = float(max((year.drawn for year in years.appropriated), default=1)) or 1.0
    floor = HALF + 18
    base = HEIGHT - 30
    parts = []
    for index, year in enumerate(YEARS):
        left, width = LEFT + index * column + 3, column - 6
        tall = HALF * years.under_way[year] / most
        new = HALF * years.begun[year] / most
        fiscal = money[year]
        gap = fiscal.completeness == "missing"
        low = HALF / 3 if gap else HALF * float(fiscal.drawn) / top_money
        parts.append(
            Markup('<g class="ma-one-year{}" data-go="{}"><title>{}</title>{}</g>').format(
                " ma-now" if view.from_year <= year <= view.to_year else "",
                json.dumps(_go(year, year)),
                _told(year, years, fiscal, say),
                Markup("").join(
                    (
                        _bar("ma-bar-hit", left, 0, width, base),
                        _bar("ma-bar-all", left, floor - tall, width, tall),
                        _bar("ma-bar-new", left, floor - new, width, new),
                        _bar("ma-bar-gap" if gap else "ma-bar-money", left, base - low, width, low),
                        _tick(left + width / 2, floor - tall - 4, str(years.under_way[year])),
                        _tick(
                            left + width / 2,
                            base - low - 4,
                            "?" if gap else say.number(fiscal.drawn),
                        ),
                        _tick(left + width / 2, HEIGHT - 12, f"’{year % 100:02d}"),
                    )
                ),
            )
        )
    return Markup(
        '<svg class="ma-yearly" viewBox="0 0 {w} {h}" role="img"><title>{title}</title>{parts}'
        '<text class="ma-axis-name" x="12" y="{a}" text-anchor="middle" '
        'transform="rotate(-90 12 {a})">{acts}</text>'
        '<text class="ma-axis-name" x="12" y="{b}" text-anchor="middle" '
        'transform="rotate(-90 12 {b})">{money}</text></svg>'
    ).format(
        w=WIDTH,
        h=HEIGHT,
        title=say.t("Activities under way and dollars appropriated, by year"),
        parts=Markup("").join(parts),
        a=floor - HALF / 2,
        b=base - HALF / 2,
        acts=say.t("activities"),
        money=say.t("US$ million"),
    )


def _bar(kind: str, x: float, y: float, width: float, height: float) -> Markup:
    return Markup('<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>').format(
        kind, x, y, width, height
    )


def _tick(x: float, y: float, text: str) -> Markup:
    return Markup(
        '<text class="ma-tick" x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>'
    ).format(x, y, text)


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
            "",
            (
                Markup('<button type="button" class="ma-link" data-go=\'{}\'>{}</button>').format(
                    json.dumps(_go(year, year)), year
                ),
                say.number(years.under_way[year]),
                say.number(years.begun[year]),
                say.t("not found")
                if money[year].completeness == "missing"
                else say.number(money[year].drawn, 1),
            ),
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
    told = json.dumps({"every": PLAY_STEP_MS, "steps": steps}, separators=(",", ":"))
    return Markup(
        '<button type="button" class="ma-play ma-button" aria-pressed="false" data-name="{}" '
        'data-start="{}" data-stop="{}" data-play="{}">{}</button>'
    ).format(key, label, say.t("■ Stop"), told, label)


def _go(first: int, last: int) -> dict[str, str | None]:
    """The change of the address; a default is left out of it."""
    return {
        "from": None if first == FIRST_YEAR else str(first),
        "to": None if last == LAST_YEAR else str(last),
    }
