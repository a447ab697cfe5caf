"""Sources and evidence grades: what the ledger rests on, and how much rests on each."""

from __future__ import annotations

from collections import Counter
from typing import Any

from markupsafe import Markup

from geo.atlas import GRADES as GRADE_NAMES
from geo.atlas import Atlas, grade_of, read_package
from geo.drawing import Column, date_html, english_html, link_html, paragraph_html, table_html
from geo.language import GRADES, REASONS, SOURCE_KINDS, TERMS, Speech, folded


def activities_by_source(atlas: Atlas) -> Counter[str]:
    """How many activities of the ledger rest on each source, by its id."""
    return Counter(
        source_id for activity in atlas.ledger.activities for source_id in activity.sources
    )


def activities_by_grade(atlas: Atlas) -> dict[str, int]:
    """How many activities of the ledger have each evidence grade, best first."""
    official = atlas.official_sources
    found = Counter(grade_of(activity, official) for activity in atlas.ledger.activities)
    return {grade: found[grade] for grade in GRADE_NAMES}


def activities_by_kind(atlas: Atlas) -> dict[str, tuple[int, int]]:
    """Kind of source → how many sources, and how many activities rest on at least one of them."""
    sources = Counter(source.grade_kind for source in atlas.sources.values())
    resting = Counter(
        kind
        for activity in atlas.ledger.activities
        for kind in {atlas.sources[source_id].grade_kind for source_id in activity.sources}
    )
    return {kind: (sources[kind], resting[kind]) for kind in SOURCE_KINDS if sources[kind]}


def resting_on_one(atlas: Atlas) -> int:
    """How many activities rest on a single source."""
    return sum(1 for activity in atlas.ledger.activities if len(activity.sources) == 1)


def grades_html(atlas: Atlas, say: Speech) -> Markup:
    """The four evidence grades with how many activities have each, and why the weak are weak."""
    total = len(atlas.ledger)
    cards = Markup("").join(
        Markup(
            '<li><span class="ma-grade {grade}">{grade}</span><b class="ma-big">{count}</b>'
            '<span class="ma-gradebar" aria-hidden="true"><i style="width:{width}%"></i></span>'
            '<span class="ma-small">{meaning}</span></li>'
        ).format(
            grade=grade,
            count=say.number(count),
            width=round(100 * count / total, 1),
            meaning=_meaning(grade, say),
        )
        for grade, count in activities_by_grade(atlas).items()
    )
    reasons = Counter(a.weak_reason for a in atlas.ledger.activities if a.weak)
    weak = "; ".join(
        f"{REASONS[reason](say)} ({say.number(count)})"
        for reason, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
        if reason in REASONS
    )
    return Markup('<ol class="ma-grades">{}</ol>{}').format(
        cards, paragraph_html(say.t("Why grade D is weak: {reasons}.", reasons=weak), "ma-small")
    )


def _meaning(grade: str, say: Speech) -> str:
    return GRADES[grade](say).partition(": ")[2] or GRADES[grade](say)


def source_kinds_html(atlas: Atlas, say: Speech) -> Markup:
    """Kinds of source, with how many there are and how many activities rest on them."""
    columns = (
        Column(say.t("Kind of source")),
        Column(say.t("Sources"), number=True),
        Column(say.t("Activities resting on one"), number=True),
    )
    rows = (
        (SOURCE_KINDS[kind](say), say.number(sources), say.number(resting))
        for kind, (sources, resting) in activities_by_kind(atlas).items()
    )
    return table_html(say.t("Kinds of source"), columns, rows, kind="ma-kinds")


def sources_html(atlas: Atlas, say: Speech) -> Markup:
    """Every source with its kind, its date, and how many activities rest on it, most first."""
    resting = activities_by_source(atlas)
    columns = (
        Column(say.t("Source"), kind="what"),
        Column(say.t("Kind"), kind="sort"),
        Column(say.t("Date"), kind="date"),
        Column(say.t("Activities"), number=True),
    )
    ordered = sorted(atlas.sources.values(), key=lambda s: (-resting[s.source_id], folded(s.title)))
    rows = (
        (
            Markup('{} <span class="ma-small">{}</span>').format(
                link_html(source.title, source.url),
                " · ".join(part for part in (source.author, source.source_id) if part),
            ),
            SOURCE_KINDS[source.grade_kind](say),
            date_html(source.date, say),
            say.number(resting[source.source_id]),
        )
        for source in ordered
    )
    return table_html(say.t("All sources"), columns, rows, kind="ma-allsources", tall=True)


def licences_html(atlas: Atlas, say: Speech) -> Markup:
    """For every group of files on the same terms: the files, their sources, theirs and ours."""
    package = read_package(atlas.data)
    groups: dict[str, list[dict[str, Any]]] = {}
    for resource in package["resources"]:
        groups.setdefault(resource["source_terms"], []).append(resource)
    ours = package["licenses"][0]
    title = "title" if say.lang == "en" else "title_es"
    columns = (
        Column(say.t("What"), kind="what"),
        Column(say.t("Whose")),
        Column(say.t("Their terms")),
        Column(say.t("Ours"), kind="short"),
    )
    rows = []
    for terms, resources in groups.items():
        whose = {
            source["title"]: link_html(source["title"], source.get("path", ""))
            for resource in resources
            for source in resource["sources"]
        }
        rows.append(
            (
                Markup("<br>").join(resource[title] for resource in resources),
                english_html(Markup("<br>").join(whose.values()), say.lang),
                TERMS[terms](say) if terms in TERMS else terms,
                link_html(ours["name"].replace("CC-BY-", "CC BY "), ours["path"]),
            )
        )
    return table_html(say.t("Licences"), columns, rows, kind="ma-licences") + paragraph_html(
        say.t(
            "Name the source of the figure you use, and the Mérida Atlas with its data version. "
            "The program is under the MIT licence."
        ),
        "ma-small",
    )
