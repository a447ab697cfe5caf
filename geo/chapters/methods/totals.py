"""Figures that are never added up: published totals, national figures, and known overlaps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from geo.atlas import Activity, Atlas, overlaps_of
from geo.drawing import (
    Column,
    citations_html,
    date_html,
    english_html,
    link_html,
    paragraph_html,
    table_html,
)
from geo.language import (
    PLACE_LEVELS,
    PRIORITY_NAMES,
    READINGS,
    RELATIONS,
    SCOPES,
    Speech,
    period_words,
    term_of,
)
from geo.scene import Scene, build_scene
from geo.view import View


@dataclass(frozen=True, slots=True)
class Count:
    """One way of counting: state-activity pairs, those in border states, and dollars tied."""

    name: str
    pairs: int
    border: int
    share: float | None
    cents: int


def published_totals_html(atlas: Atlas, say: Speech) -> Markup:
    """The published running totals, oldest first, and why each differs from the others."""
    columns = (
        Column(say.t("Published total"), kind="money"),
        Column(say.t("As stated")),
        Column(say.t("Date"), kind="date"),
        Column(say.t("Why it differs")),
        Column(say.t("Sources")),
    )
    rows = (
        (
            _millions(row["usd_millions"], say),
            english_html(row["stated_total"], say.lang),
            date_html(row["date"], say),
            row[f"why_it_differs_{say.lang}"] or say.t("no reason found"),
            _cited(atlas, row["source_ids"], say),
        )
        for row in atlas.table("published_totals")
    )
    return table_html(say.t("Published totals"), columns, rows, kind="ma-running")


def national_facts_html(atlas: Atlas, say: Speech) -> Markup:
    """Figures that no source places below the country, a federal body or unnamed states."""
    columns = (
        Column(say.t("Figure"), kind="what"),
        Column(say.t("Priority")),
        Column(say.t("Period")),
        Column(say.t("How far down it is placed")),
        Column(say.t("Reading and sources")),
    )
    rows = (
        (
            Markup('<p class="ma-title">{}</p><p class="ma-small">{}</p>').format(
                row[f"fact_{say.lang}"], english_html(row["note"], say.lang)
            ),
            PRIORITY_NAMES[row["area"]](say),
            period_words(row["period"], say),
            PLACE_LEVELS[row["place_level"]](say),
            Markup('<span class="ma-small">{}: {}</span>').format(
                term_of(READINGS, row["verification"], say),
                _cited(atlas, row["source_ids"], say),
            ),
        )
        for row in atlas.table("national_facts")
    )
    return table_html(say.t("National figures"), columns, rows, kind="ma-national", tall=True)


def amounts_by_area_html(atlas: Atlas, say: Speech) -> Markup:
    """Published amounts for a purpose that cannot be placed."""
    columns = (
        Column(say.t("Purpose as published"), kind="what"),
        Column(say.t("Priority")),
        Column(say.t("Amount"), kind="money"),
        Column(say.t("Period")),
        Column(say.t("Whose money")),
        Column(say.t("Source")),
    )
    rows = (
        (
            Markup('<p class="ma-title">{}</p><p class="ma-small">{}</p>').format(
                english_html(row["area_text"], say.lang), english_html(row["basis"], say.lang)
            ),
            PRIORITY_NAMES[row["area"]](say),
            _purpose_amount(row, say),
            period_words(row["period"], say),
            SCOPES[row["merida_scope"]](say),
            link_html(
                f"{row['source_title']} ({row['source_date']})"
                if row["source_date"]
                else row["source_title"],
                row["source_url"],
            ),
        )
        for row in atlas.table("amounts_by_area")
    )
    return table_html(say.t("Amounts by purpose"), columns, rows, kind="ma-purposes", tall=True)


def overlaps_html(atlas: Atlas, say: Speech) -> Markup:
    """The known overlaps, and whether any of them could add dollars twice."""
    by_id = {activity.activity_id: activity for activity in atlas.ledger.activities}
    columns = (
        Column(say.t("Activity"), kind="what"),
        Column(say.t("Relation")),
        Column(say.t("Other activity"), kind="what"),
        Column(say.t("What is known")),
    )
    rows = []
    for row in atlas.table("overlaps"):
        one, other = by_id[row["activity_id"]], by_id[row["other_id"]]
        relation = RELATIONS[row["relation"]](say)
        rows.append(
            (
                _named(one, say),
                relation if row["certain"] else say.t("possibly {relation}", relation=relation),
                "" if one is other else _named(other, say),
                english_html(row["note"], say.lang),
            )
        )
    return paragraph_html(overlap_verdict(atlas, say)) + table_html(
        say.t("Known overlaps"), columns, rows, kind="ma-overlaps", tall=True
    )


def overlap_verdict(atlas: Atlas, say: Speech) -> str:
    """Whether two overlapping activities both bring dollars, parts of a whole set aside."""
    usd = {a.activity_id for a in atlas.ledger.activities if a.usd is not None}
    pairs = [row for row in atlas.table("overlaps") if row["activity_id"] != row["other_id"]]
    others = [row for row in pairs if row["relation"] != "part_of"]
    both = [row for row in others if {row["activity_id"], row["other_id"]} <= usd]
    parts = say.n(
        "{count} activity is part of another one: it is listed, never counted, and its amount is "
        "never added.",
        "{count} activities are parts of another one: they are listed, never counted, and their "
        "amounts are never added.",
        len(pairs) - len(others),
    )
    if not both:
        rest = say.n(
            "In the {count} other overlap the two sides do not both have an amount, so no dollar "
            "can be added twice.",
            "In none of the {count} other overlaps do both sides have an amount, so no dollar can "
            "be added twice.",
            len(others),
        )
    else:
        rest = say.n(
            "In {count} other overlap both sides have an amount: read its note before adding.",
            "In {count} other overlaps both sides have an amount: read their notes before adding.",
            len(both),
        )
    return f"{parts} {rest}"


def sensitivity_html(atlas: Atlas, say: Speech) -> Markup:
    """The same count made in other ways, so that a reader sees what the choices do."""
    names = {
        "default": say.t("As this atlas counts"),
        "without_overlaps": say.t("Each possible overlap counted once at most"),
        "parts_added": say.t("Parts added to their whole (double counting)"),
        "without_announced": say.t("Without what was only announced"),
        "weak": say.t("With weak sources"),
        "systematic": say.t("The same questions for every state only"),
        "targeted": say.t("Following the essay only"),
    }
    columns = (
        Column(say.t("Way of counting")),
        Column(say.t("Documented activities, counted in each state"), number=True),
        Column(say.t("In the six border states"), number=True),
        Column(say.t("Their share"), number=True),
        Column(say.t("Dollars tied to a state"), number=True),
    )
    rows = (
        (
            names[count.name],
            say.number(count.pairs),
            say.number(count.border),
            say.percent(count.share, 1),
            say.usd(Decimal(count.cents) / 100),
        )
        for count in counts(atlas)
    )
    return table_html(say.t("Ways of counting"), columns, rows, kind="ma-sensitivity")


@lru_cache(maxsize=2)
def counts(atlas: Atlas) -> tuple[Count, ...]:
    """The default count beside other ways of counting, each computed like any view."""

    def under(name: str, view: View, activities: Iterable[Activity]) -> Count:
        return _count(name, build_scene(atlas.with_activities(activities), view))

    everything = atlas.ledger.activities
    doubled = {
        overlap.activity_id
        for overlaps in overlaps_of(atlas).values()
        for overlap in overlaps
        if overlap.activity_id != overlap.other_id
    }
    return (
        _count("default", build_scene(atlas, View())),
        under("without_overlaps", View(), (a for a in everything if a.activity_id not in doubled)),
        under("parts_added", View(), (replace(a, part_of="") for a in everything)),
        under("without_announced", View(), (a for a in everything if a.basis != "announced")),
        _count("weak", build_scene(atlas, View(weak="include"))),
        _count("systematic", build_scene(atlas, View(found="systematic"))),
        _count("targeted", build_scene(atlas, View(found="targeted"))),
    )


def _count(name: str, scene: Scene) -> Count:
    border = scene.border
    return Count(name, int(scene.total), int(border.amount), border.share, scene.located_cents)


def _named(activity: Activity, say: Speech) -> Markup:
    return Markup('{} <span class="ma-small">{}</span>').format(
        activity.titles[say.lang], activity.activity_id
    )


def _millions(millions: Decimal | None, say: Speech) -> Markup:
    if millions is None:
        return Markup('<span class="ma-soft">{}</span>').format(say.t("no single number"))
    return Markup('<b class="ma-figure">{}</b>').format(say.usd_short(millions * 1_000_000))


def _purpose_amount(row: dict[str, Any], say: Speech) -> Markup:
    if row["usd_millions"] is None:
        return Markup("{}").format(
            say.t("shares {shares}%", shares=row["share_pct"]) if row["share_pct"] else "–"
        )
    text = say.usd_short(row["usd_millions"] * 1_000_000)
    if row["usd_millions_qualifier"]:
        text = say.t("{amount} or more", amount=text)
    return Markup('<b class="ma-figure">{}</b>').format(text)


def _cited(atlas: Atlas, source_ids: Iterable[str], say: Speech) -> Markup:
    cited = citations_html(atlas, source_ids, say, "; ")
    return cited or Markup('<span class="ma-soft">{}</span>').format(say.t("no document kept"))
