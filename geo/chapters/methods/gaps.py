"""What is known to be missing or uneven, with the numbers that show it."""

from __future__ import annotations

from collections import Counter
from typing import Final

from markupsafe import Markup

from geo.atlas import Atlas, fiscal_years, load_figures
from geo.drawing import facts_html
from geo.language import Speech
from geo.policy import RECALL
from geo.scene import Scene, build_scene
from geo.view import STATE_CODES, View
from geo.words import rate_met_again

HOMICIDES_DIFFER: Final = 0.06
"""How far INEGI's own registered totals are from the series used, at most (national sums)."""

POVERTY_POINTS: Final = 5
"""How far CONEVAL's municipal figures, summed to states, are from its survey, at most."""


def per_state(scene: Scene) -> tuple[float, float]:
    """Counted activities per border state and per other state of a scene."""
    border = len(scene.border.states)
    return scene.border.amount / border, (scene.total - scene.border.amount) / (
        len(STATE_CODES) - border
    )


def missing_fiscal_years(atlas: Atlas) -> tuple[int, ...]:
    """Fiscal years of the period for which no enacted figure of that year alone was found."""
    years = fiscal_years(load_figures(atlas))
    return tuple(year.year for year in years if year.completeness == "missing")


def gaps_html(atlas: Atlas, say: Speech) -> Markup:
    """The known gaps, each with its consequence for whoever reads the map."""
    return facts_html((*_search_gaps(atlas, say), *_figure_gaps(atlas, say)), "ma-gaps")


def _search_gaps(atlas: Atlas, say: Speech) -> list[tuple[str, str]]:
    asked = Counter(row["search"] for row in atlas.table("search_questions"))
    lookups = sum(row["queries_run"] for row in atlas.table("search_effort")) + sum(
        row["questions"] + row["follow_ups"] for row in atlas.table("search_effort2")
    )
    alone = per_state(build_scene(atlas, View(found="systematic")))
    everything = per_state(build_scene(atlas, View()))
    activities = atlas.ledger.activities
    inferred = sum(1 for a in activities if a.period_certain == "inferred")
    undated = sum(1 for a in activities if a.years is None)
    points = Counter(place.precision for a in activities for place in a.places)
    return [
        (
            say.t("Nothing found is not nothing given"),
            say.t(
                "Every state was asked the same questions twice: {first}, then {second} others, "
                "{lookups} look-ups in all. Of what was known the second search met {rate} again, "
                "and the first, where it could be counted, {met} of {known} activities. A state "
                "with nothing is a state where nothing was found.",
                first=asked["first"],
                second=asked["second"],
                lookups=say.number(lookups),
                rate=say.percent(rate_met_again(atlas)),
                met=RECALL[0],
                known=RECALL[1],
            ),
        ),
        (
            say.t("Searches biased in opposite ways"),
            say.t(
                "One search followed the essay's places, most of them on the border. The two "
                "that asked every state alike find {one} activities per border state and "
                "{other} per other state; everything together, {one_all} and {other_all}. The"
                " direction holds, the size depends on who looked where.",
                one=say.number(alone[0], 1),
                other=say.number(alone[1], 1),
                one_all=say.number(everything[0], 1),
                other_all=say.number(everything[1], 1),
            ),
        ),
        (
            say.t("Dates"),
            say.t(
                "{undated} activities have no date and {inferred} a period that was inferred. An "
                "undated one shows only while the years are not narrowed.",
                undated=say.number(undated),
                inferred=say.number(inferred),
            ),
        ),
        (
            say.t("Places"),
            say.t(
                "{states} of {all} places are known only to the state. The {cities} others carry "
                "the point of their city, never of the building.",
                states=say.number(points[4]),
                all=say.number(sum(points.values())),
                cities=say.number(sum(points.values()) - points[4]),
            ),
        ),
        (
            say.t("Reading"),
            say.t(
                "Most long reports were read in part. {press} of {sources} sources are press. "
                "Notes are kept in English only.",
                press=say.number(sum(1 for s in atlas.sources.values() if s.grade_kind == "press")),
                sources=say.number(len(atlas.sources)),
            ),
        ),
    ]


def _figure_gaps(atlas: Atlas, say: Speech) -> list[tuple[str, str]]:
    figures = atlas.table("appropriations")
    unverified = sum(1 for row in figures if row["is_unverified"])
    checks = Counter(row["check_status"] for row in atlas.table("essay_figures"))
    return [
        (
            say.t("Recent homicides read low"),
            say.t(
                "Deaths are registered late, so the last years of the series are too low. INEGI's "
                "own registered totals differ by up to {share}; the two are never mixed.",
                share=say.percent(HOMICIDES_DIFFER),
            ),
        ),
        (
            say.t("Two kinds of poverty figure"),
            say.t(
                "2010 and 2012 are CONEVAL's survey of the states. 2015 and 2020 are its municipal "
                "figures weighted by people, up to {points} points away from the survey. Compare "
                "states within a year, not one state across the two.",
                points=POVERTY_POINTS,
            ),
        ),
        (
            say.t("Two marginalization indices with opposite signs"),
            say.t(
                "In CONAPO's index of 2010 higher is worse; in that of 2020 higher is better. "
                "Ranks and degrees can be compared, the numbers cannot."
            ),
        ),
        (
            say.t("Appropriations with holes"),
            say.t(
                "No enacted figure of its own was found for fiscal years {years}: they are drawn "
                "as gaps. {unverified} of {figures} figures have no proof and are never shown as "
                "fact.",
                years=_spoken_years(missing_fiscal_years(atlas), say),
                unverified=say.number(unverified),
                figures=say.number(len(figures)),
            ),
        ),
        (
            say.t("Special economic zones"),
            say.t(
                "The zones cover a few municipalities, not the states they lie in, and some lists "
                "come from the press and are partial. All were repealed in 2019; none operated."
            ),
        ),
        (
            say.t("The essay's own figures"),
            say.t(
                "Of its {all} dollar figures, shares and counts, {conflicts} conflict with "
                "another source, {lost} were found in none, and {unread} rest on a source that was "
                "not read.",
                all=say.number(sum(checks.values())),
                conflicts=say.number(checks["conflicts"]),
                lost=say.number(checks["not_found"]),
                unread=say.number(checks["not_checked"]),
            ),
        ),
    ]


def _spoken_years(years: tuple[int, ...], say: Speech) -> str:
    """Years as a reader says them: `2013–2017 and 2019`."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    sentences = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    if len(sentences) < 2:
        return "".join(sentences)
    return say.t("{several} and {last}", several=", ".join(sentences[:-1]), last=sentences[-1])
