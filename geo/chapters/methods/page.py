"""The Data and methods page: how a number comes about, what it rests on, what it cannot tell."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from markupsafe import Markup

from geo.atlas import Atlas, read_package
from geo.chapters.evidence import rule_html
from geo.chapters.methods.completeness import completeness_html, completeness_lead
from geo.chapters.methods.gaps import gaps_html
from geo.chapters.methods.ledger import not_merida_html
from geo.chapters.methods.sources import (
    activities_by_grade,
    grades_html,
    licences_html,
    resting_on_one,
    source_kinds_html,
    sources_html,
)
from geo.chapters.methods.totals import (
    amounts_by_area_html,
    national_facts_html,
    overlaps_html,
    published_totals_html,
    sensitivity_html,
)
from geo.chapters.methods.unmatched import reports, unmatched_html
from geo.drawing import each, section_html
from geo.language import Speech
from geo.scene import build_scene
from geo.view import View


def methods_told(atlas: Atlas, _view: View, _own: None, say: Speech) -> tuple[str, str]:
    """How much there is, and how thin it is."""
    finding = say.t(
        "{activities} activities, {sources} sources: what they rest on, and what they cannot tell",
        activities=say.number(len(atlas.ledger)),
        sources=say.number(len(atlas.sources)),
    )
    return finding, say.t(
        "{blank} activities have no published amount, {weak} rest on weak sources and are "
        "hidden unless you ask for them, and {one} rest on a single source.",
        blank=say.number(sum(1 for a in atlas.ledger.activities if a.amount is None)),
        weak=say.number(activities_by_grade(atlas)["D"]),
        one=say.number(resting_on_one(atlas)),
    )


def methods_titled(atlas: Atlas, _view: View, _own: None, say: Speech) -> Iterator[str]:
    """How much there is, as the title of a link."""
    yield say.t(
        "{activities} activities, {sources} sources, and what they cannot tell",
        activities=say.number(len(atlas.ledger)),
        sources=say.number(len(atlas.sources)),
    )


@lru_cache(maxsize=4)
def opening_html(atlas: Atlas, say: Speech) -> Markup:
    """The page's contents, the path of a number, and the sources."""
    return Markup("").join(
        (
            _contents(say),
            section_html("path", say.t("The path of a number"), _path(atlas, say)),
            section_html(
                "sources",
                say.t("Sources and grades"),
                grades_html(atlas, say),
                Markup('<div class="ma-two">{}{}</div>').format(
                    source_kinds_html(atlas, say), sources_html(atlas, say)
                ),
                lead=say.t(
                    "A source is read before it counts. The grade says how: in an official "
                    "document, in another one, or only through someone who quotes it. A copy of an "
                    "official text does not count as official."
                ),
            ),
        )
    )


def ledger_opening_html(say: Speech) -> Markup:
    """The heading of the ledger, above its filters."""
    return section_html(
        "ledger",
        say.t("The ledger"),
        lead=say.t(
            "Every documented activity, with the choices of the map. Open a row for its sources, "
            "its note and its overlaps."
        ),
    )


@lru_cache(maxsize=4)
def closing_html(atlas: Atlas, say: Speech) -> Markup:
    """What is not Mérida, what did not match, what is never added, how complete it all is."""
    return Markup("").join(
        (
            not_merida_html(atlas, say),
            section_html(
                "unmatched",
                say.t("What did not match"),
                unmatched_html(atlas, say),
                lead=say.t("Every join reports what found no partner. Nothing is dropped."),
            ),
            section_html(
                "totals",
                say.t("Published totals, and why they differ"),
                published_totals_html(atlas, say),
                lead=say.t(
                    "These totals count different years and different things, and some do not say "
                    "which. They are shown side by side; none is chosen silently, and none is a "
                    "sum of this ledger."
                ),
            ),
            section_html(
                "never-added",
                say.t("Figures that are never added up"),
                _folded(
                    say.t("National figures"),
                    len(atlas.table("national_facts")),
                    national_facts_html(atlas, say),
                ),
                _folded(
                    say.t("Amounts by purpose"),
                    len(atlas.table("amounts_by_area")),
                    amounts_by_area_html(atlas, say),
                ),
                lead=say.t(
                    "These figures name the whole country, a federal body, or states that are not "
                    "listed. They overlap, so their sum would mean nothing: they are shown, and "
                    "never added to each other or to the ledger."
                ),
            ),
            section_html(
                "overlaps",
                say.t("Overlaps, and what counting differently would change"),
                overlaps_html(atlas, say),
                Markup("<h3>{}</h3>").format(say.t("With and without")),
                sensitivity_html(atlas, say),
            ),
            section_html(
                "completeness",
                say.t("How complete the ledger is"),
                completeness_html(atlas, say),
                lead=completeness_lead(atlas, say),
            ),
            rule_html(atlas, say),
            section_html(
                "gaps",
                say.t("Known gaps"),
                gaps_html(atlas, say),
            ),
            section_html("licences", say.t("Licences"), licences_html(atlas, say)),
        )
    )


def _contents(say: Speech) -> Markup:
    entries = (
        ("path", say.t("Path of a number")),
        ("sources", say.t("Sources and grades")),
        ("ledger", say.t("The ledger")),
        ("unmatched", say.t("What did not match")),
        ("totals", say.t("Published totals")),
        ("never-added", say.t("Never added up")),
        ("overlaps", say.t("Overlaps")),
        ("completeness", say.t("How complete")),
        ("rule", say.t("How a verdict is made")),
        ("gaps", say.t("Known gaps")),
        ("licences", say.t("Licences")),
        ("downloads", say.t("Downloads")),
    )
    items = each('<li><a href="#{}">{}</a></li>', entries)
    return Markup('<nav class="ma-contents" aria-label="{}"><ul>{}</ul></nav>').format(
        say.t("On this page"), items
    )


def _path(atlas: Atlas, say: Speech) -> Markup:
    resources = read_package(atlas.data)["resources"]
    scene = build_scene(atlas, View())
    joins = reports(atlas, say.lang).values()
    open_ends = sum(1 for report in joins if not report.complete)
    steps = (
        (
            say.t("Files"),
            say.n("{count} file", "{count} files", len(resources)),
            say.t("each with a passport: rows, fields, units, sources, terms"),
        ),
        (
            say.t("Checked tables"),
            say.n("{count} row", "{count} rows", sum(r.get("rows", 0) for r in resources)),
            say.t("size and hash of every file at the start, every cell against its passport"),
        ),
        (
            say.t("Joins that report"),
            say.n("{count} join", "{count} joins", len(joins)),
            say.n(
                "{count} of them leaves something over, listed below",
                "{count} of them leave something over, listed below",
                open_ends,
            ),
        ),
        (
            say.t("Attribution"),
            say.t(
                "{located} of {all} activities",
                located=say.number(scene.located),
                all=say.number(len(atlas.ledger)),
            ),
            say.t("reach a state that counts; the rest is kept with its reason"),
        ),
        (
            say.t("Scene"),
            say.n(
                "{count} documented activity, counted in each state",
                "{count} documented activities, counted in each state",
                scene.total,
            ),
            say.t("computed once for each view: values, classes, sentence, sources"),
        ),
        (
            say.t("Page, API, exports"),
            say.t("one scene"),
            say.t("map, table, card and files read it, so they cannot disagree"),
        ),
    )
    items = each('<li><h3>{}</h3><p class="ma-figure">{}</p><p class="ma-small">{}</p></li>', steps)
    return Markup('<ol class="ma-path">{}</ol>').format(items)


def _folded(title: str, count: int, inside: Markup) -> Markup:
    return Markup(
        '<details class="ma-fold"><summary>{} <span class="ma-soft">{}</span></summary>{}</details>'
    ).format(title, count, inside)
