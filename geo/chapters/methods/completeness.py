"""How complete the ledger is: what a second search met again, and what that cannot say.

Beside it stand the questions of both equal-effort searches and how hard each state was searched.
"""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from geo.atlas import Atlas
from geo.drawing import (
    Axes,
    Column,
    Scale,
    chart,
    circle,
    each,
    folded_html,
    line,
    svg_html,
    table_html,
    text,
)
from geo.equity import Catches, Completeness, completeness
from geo.language import Say, Speech, t
from geo.policy import RECALL_CONFIDENCE
from geo.scene import build_scene
from geo.view import View

WIDTH: Final = 360
"""A phone's width, so that letters stay legible there."""

ROW: Final = 40
"""Height of a region's row in the drawing."""

TICKS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)

REGIONS: Final[tuple[Say, Say]] = (t("Northern border"), t("Other states"))


def completeness_html(atlas: Atlas, say: Speech) -> Markup:
    """The rates with their ranges, the estimates with their errors, and why they are floors."""
    found = completeness(atlas)
    return Markup("").join(
        (
            Markup('<figure class="ma-recapture"><figcaption>{}</figcaption>{}</figure>').format(
                _title(say), svg_html(recapture_svg(found, say))
            ),
            _table(atlas, found, say),
            each("<p>{}</p>", (_difference(found, say), _floor(found, say))),
            folded_html(
                say.t("The questions every state was asked"), questions_html(atlas, say), kind=""
            ),
            folded_html(
                say.t("How hard each state was searched"), search_effort_html(atlas, say), kind=""
            ),
        )
    )


def completeness_lead(atlas: Atlas, say: Speech) -> str:
    """What was done, and how much came up again."""
    found = completeness(atlas)
    return say.t(
        "A second search asked every state {count} other questions, none of which names the "
        "Initiative. Of {known} documented activities that were known before, counted in each"
        " state they reached, it met {met} again.",
        count=sum(1 for row in atlas.table("search_questions") if row["search"] == "second"),
        known=say.number(found.known),
        met=say.number(found.met),
    )


def _title(say: Speech) -> str:
    return say.t(
        "What a second search met again, with its {level} range",
        level=say.percent(RECALL_CONFIDENCE),
    )


def recapture_svg(found: Completeness, say: Speech) -> Markup:
    """The part met again of each region as a point, and its range as a line."""
    foot = 14 + 2 * ROW
    axes = Axes(Scale(0, 1, 12, WIDTH - 20), Scale(0, 1, foot, 4))
    rows = Markup("").join(
        _region(name(say), catches, 30 + ROW * at, axes.x, say)
        for at, (name, catches) in enumerate(
            zip(REGIONS, (found.border, found.others), strict=True)
        )
    )
    return chart(
        "ma-ev-chart", (WIDTH, foot + 20), _title(say), axes.across(TICKS, say.percent), rows
    )


def _region(name: str, catches: Catches, y: float, x: Scale, say: Speech) -> Markup:
    rate = catches.rate
    label = say.t(
        "{region}: {rate}, {met} of {known}",
        region=name,
        rate=say.percent(rate.rate),
        met=say.number(rate.met),
        known=say.number(rate.known),
    )
    return (
        line("ma-ev-link", (x(rate.low), y), (x(rate.high), y))
        + circle("ma-ev-aid", (x(rate.rate), y), 5.5)
        + text(label, (x(0) + 2, y - 11), "ma-ev-name")
    )


def _table(atlas: Atlas, found: Completeness, say: Speech) -> Markup:
    columns = (
        Column(say.t("Where")),
        Column(say.t("Compared with the second search")),
        Column(say.t("Known before"), number=True),
        Column(say.t("Found by the second search"), number=True),
        Column(say.t("Met again"), number=True),
        Column(say.t("Rate and its range")),
        Column(say.t("At the least there are (standard error)"), number=True),
        Column(say.t("In the ledger today"), number=True),
    )
    border = build_scene(atlas, View()).border.amount
    today = (border, build_scene(atlas, View()).total - border)
    then, alone = (
        say.t("The ledger as it was"),
        say.t("The first search with the same questions, alone"),
    )
    compared = (
        (then, (found.border, found.others)),
        (alone, (found.border_alone, found.others_alone)),
    )
    rows = (
        (name(say), what, *_counts(catches, say), say.number(known))
        for what, pair in compared
        for name, catches, known in zip(REGIONS, pair, today, strict=True)
    )
    return table_html(_title(say), columns, rows, kind="ma-recaptured")


def _counts(catches: Catches, say: Speech) -> tuple[str, ...]:
    rate, (number, error) = catches.rate, catches.all
    return (
        say.number(catches.first),
        say.number(catches.second),
        say.number(catches.both),
        say.t(
            "{rate} ({low} to {high})",
            rate=say.percent(rate.rate),
            low=say.percent(rate.low),
            high=say.percent(rate.high),
        ),
        say.t("{number} (s.e. {error})", number=say.number(number), error=say.number(error)),
    )


def _difference(found: Completeness, say: Speech) -> str:
    return say.t(
        "If border and others were met alike, rates at least so far apart would come up in {p} of "
        "cases (Fisher's exact test, two-sided). The ranges are exact binomial ones (Clopper and "
        "Pearson).",
        p=say.percent(found.p),
    )


def _floor(found: Completeness, say: Speech) -> str:
    return say.t(
        "The estimate of all pairs (Chapman's) would hold if both searches were independent. They "
        "are not: both read one stock of pages, and {same} of the {met} were met again only "
        "through the very source the ledger cites. What is easy to find is found twice, so it is a "
        "floor: there are at least so many, and how many more nobody knows.",
        same=say.number(found.same_source),
        met=say.number(found.met),
    )


def questions_html(atlas: Atlas, say: Speech) -> Markup:
    """The questions of both searches, as they were asked."""
    names = {"first": say.t("First search"), "second": say.t("Second search")}
    columns = (
        Column(say.t("Search")),
        Column(say.t("No.")),
        Column(say.t("Question; {gap} stands for the state's name", gap="{S}"), kind="what"),
    )
    rows = (
        (
            names[row["search"]],
            row["question_no"],
            Markup('<span lang="es">{}</span>').format(row["text"]),
        )
        for row in atlas.table("search_questions")
    )
    return table_html(say.t("The questions every state was asked"), columns, rows)


def search_effort_html(atlas: Atlas, say: Speech) -> Markup:
    """How hard each state was searched, twice, and what the ledger has there."""
    columns = (
        Column(say.t("State")),
        Column(say.t("First search: look-ups"), number=True),
        Column(say.t("Results read"), number=True),
        Column(say.t("Second search: look-ups"), number=True),
        Column(say.t("Results read"), number=True),
        Column(say.t("Known before"), number=True),
        Column(say.t("Met again"), number=True),
        Column(say.t("New"), number=True),
        Column(say.t("Activities, weak ones included"), number=True),
        Column(say.t("Activities that count"), number=True),
    )
    scenes = (build_scene(atlas, View(weak="include")), build_scene(atlas, View()))
    second = {row["state"]: row for row in atlas.table("search_effort2")}
    rows = (
        (
            atlas.states[row["state"]].names[say.lang],
            say.number(row["queries_run"]),
            say.number(row["results_read"]),
            say.number(again["questions"] + again["follow_ups"]),
            say.number(again["results_read"]),
            say.number(again["firm_pairs_in_ledger_then"]),
            say.number(again["firm_pairs_met_again"]),
            say.number(again["new_firm"]),
            *(say.number(scene.state(row["state"]).activities) for scene in scenes),
        )
        for row in atlas.table("search_effort")
        for again in (second[row["state"]],)
    )
    return table_html(say.t("Search effort by state"), columns, rows, kind="ma-effort", tall=True)
