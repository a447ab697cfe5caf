"""The profile of one state: its needs, and its activities with their evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from geo.atlas import Activity, Atlas, Source, grade_of, municipalities_of
from geo.drawing import each, empty_html, facts_html, folded_html, link_html, paragraph_html
from geo.language import FUNDERS, GRADES, PRIORITY_NAMES, REASONS, Speech, term_of
from geo.policy import SCENES_KEPT
from geo.scene import Scene, municipalities_reached, parts_of, reaching
from geo.words import amount_text, met_again, period_text, unnamed_text

NEED_FIGURES = (
    ("population", 2010, "census"),
    ("population", 2020, "census"),
    ("poverty_pct", 2012, "coneval_state_survey"),
    ("poverty_pct", 2020, "coneval_municipal_agg"),
    ("marginalization_degree", 2010, "conapo_pca"),
    ("marginalization_degree", 2020, "conapo_dp2"),
)
"""The indicators a profile lists: name, year and series, as in the indicators table."""


@dataclass(frozen=True)
class Told:
    """An activity as a profile tells it; all plain text. `meaning` is that of its grade."""

    title: str
    grade: str
    meaning: str
    facts: tuple[str, ...]
    weak: str
    parts: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Profile:
    """What is told of one state: its needs, its places, and its activities with their evidence.

    `places` are (what they are, their names). `unnamed` says how many of the counted ones no source
    clearly calls Mérida's, empty for none. `weak` is what names the state and is not counted.
    """

    title: str
    needs: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, str], ...]
    counted: tuple[Told, ...]
    unnamed: str
    nothing: str
    weak: tuple[Told, ...]
    weak_title: str


@lru_cache(maxsize=SCENES_KEPT)
def profile_html(atlas: Atlas, scene: Scene, code: str, say: Speech) -> Markup:
    """The profile of a state under a view: needs, municipalities, sites and activities."""
    told = profile_of(atlas, scene, code, say)
    places = each('<p class="ma-small">{} {}</p>', told.places)
    return Markup(
        '<section class="ma-profile"><h2>{}</h2><h3>{}</h3>{}{}<h3>{}</h3>{}{}{}</section>'
    ).format(
        told.title,
        say.t("Need"),
        facts_html(told.needs),
        places,
        say.t("Activities"),
        paragraph_html(told.unnamed, "ma-small"),
        _listed(told.counted) if told.counted else empty_html(told.nothing),
        folded_html(told.weak_title, _listed(told.weak), kind="") if told.weak else "",
    )


def profile_of(atlas: Atlas, scene: Scene, code: str, say: Speech) -> Profile:
    """The profile of a state under a view, in words, for the page and for paper."""
    counted = reaching(scene, code)
    ids = {activity.activity_id for activity in counted}
    others = [
        activity
        for activity in scene.selection.activities
        if code in activity.named_states
        and activity.activity_id not in ids
        and not activity.part_of
    ]
    return Profile(
        say.t("{state}: need and evidence", state=atlas.states[code].names[say.lang]),
        _needs(atlas, scene, code, say),
        _places(atlas, scene, code, say),
        tuple(_told(atlas, activity, code, say) for activity in counted),
        _unnamed(counted, say),
        say.t(
            "Nothing that counts under these choices was found. {again}",
            again=met_again(atlas, say),
        ),
        tuple(_told(atlas, activity, code, say) for activity in others),
        say.n(
            "{count} more from weak sources, not counted",
            "{count} more from weak sources, not counted",
            len(others),
        ),
    )


def _unnamed(counted: tuple[Activity, ...], say: Speech) -> str:
    count = sum(1 for activity in counted if activity.names_merida != "yes")
    if not count:
        return ""
    return say.n(
        "Of {all} that count, the sources of {count} do not clearly name the Mérida Initiative.",
        "Of {all} that count, the sources of {count} do not clearly name the Mérida Initiative.",
        count,
        all=say.number(len(counted)),
    )


def _places(atlas: Atlas, scene: Scene, code: str, say: Speech) -> tuple[tuple[str, str], ...]:
    counts = municipalities_reached(scene)
    reached = [
        say.t("{name} ({count})", name=one.name, count=counts[one.cvegeo])
        for one in municipalities_of(code, atlas.data)
        if one.cvegeo in counts
    ]
    sites = [row[f"name_{say.lang}"] for row in atlas.table("sites") if row["state"] == code]
    return tuple(
        (lead, ", ".join(found))
        for lead, found in (
            (say.t("Municipalities named (activities):"), reached),
            (say.t("Sites of the essay:"), sites),
        )
        if found
    )


def _needs(atlas: Atlas, scene: Scene, code: str, say: Speech) -> tuple[tuple[str, str], ...]:
    rows = []
    for name, year, series in NEED_FIGURES:
        figure = atlas.indicators.of(code, name, year, series)
        if figure is None:
            continue
        rows.append((_need_name(name, year, series, say), _need_value(name, figure, say)))
    deaths = atlas.indicators.need("homicides", [code], scene.view)[code]
    span = say.t("Homicides {first}–{last}", first=scene.view.from_year, last=scene.view.to_year)
    rows.insert(2, (span, say.number(deaths)))
    return tuple(rows)


def _need_name(name: str, year: int, series: str, say: Speech) -> str:
    if name == "population":
        return say.t("People, Census {year}", year=year)
    if name == "poverty_pct" and series == "coneval_municipal_agg":
        return say.t("In poverty, {year} (municipal figures)", year=year)
    if name == "poverty_pct":
        return say.t("In poverty, {year} (state survey)", year=year)
    return say.t("Marginalization, {year}", year=year)


def _need_value(name: str, figure: Mapping[str, Any], say: Speech) -> str:
    value = figure["value"]
    if name == "marginalization_degree":
        return degree(figure["value_text"], say)
    if name == "poverty_pct":
        return say.percent(value / 100, 1) if value is not None else say.percent(None)
    return say.number(value)


def degree(text: str, say: Speech) -> str:
    """CONAPO's degree of marginalization in the reader's language."""
    words = {
        "muy bajo": say.t("very low"),
        "bajo": say.t("low"),
        "medio": say.t("medium"),
        "alto": say.t("high"),
        "muy alto": say.t("very high"),
    }
    return words.get(text.casefold(), text)


def _told(atlas: Atlas, activity: Activity, code: str, say: Speech) -> Told:
    grade = grade_of(activity, atlas.official_sources)
    return Told(
        activity.titles[say.lang],
        grade,
        GRADES[grade](say),
        tuple(_activity_facts(activity, code, say)),
        _weakness(activity, code, say),
        tuple(
            say.t("Already inside this total: {title}", title=part.titles[say.lang])
            for part in parts_of(atlas, activity)
        ),
        tuple(atlas.sources[source_id] for source_id in activity.sources),
    )


def _listed(activities: tuple[Told, ...]) -> Markup:
    items = Markup("").join(_activity(one) for one in activities)
    return Markup('<ol class="ma-activities">{}</ol>').format(items)


def _activity(told: Told) -> Markup:
    return Markup(
        '<li><p><strong>{title}</strong></p><p class="ma-small"><span class="ma-grade {grade}" '
        'title="{meaning}">{grade}</span> {facts}</p>{weak}{parts}'
        '<p class="ma-small">{sources}</p></li>'
    ).format(
        title=told.title,
        grade=told.grade,
        meaning=told.meaning,
        facts=" · ".join(told.facts),
        weak=paragraph_html(told.weak, "ma-small ma-weak"),
        parts=each('<p class="ma-small">{}</p>', told.parts),
        sources=Markup(" · ").join(
            link_html(f"{one.title} ({one.date})" if one.date else one.title, one.url)
            for one in told.sources
        ),
    )


def _activity_facts(activity: Activity, code: str, say: Speech) -> list[str]:
    places = [place.place for place in activity.places if place.state == code]
    facts = [activity.activity_id, PRIORITY_NAMES[activity.area](say), period_text(activity, say)]
    facts.append(term_of(FUNDERS, activity.funder, say))
    facts.append(unnamed_text(activity, say))
    facts.append(", ".join(dict.fromkeys(places)))
    if activity.amount is not None:
        facts.append(amount_text(activity, say))
    return [fact for fact in facts if fact]


def _weakness(activity: Activity, code: str, say: Speech) -> str:
    reasons = {p.weak_reason for p in activity.places if p.state == code and p.weak}
    sentences = [REASONS[reason](say) for reason in sorted(reasons) if reason in REASONS]
    return say.t("Weak: {reasons}", reasons="; ".join(sentences)) if sentences else ""
