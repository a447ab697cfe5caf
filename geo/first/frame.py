"""What stands around a page that is no app yet: its head, and its choices as links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from geo.atlas import Atlas
from geo.drawing import each, note_html
from geo.first.asked import Asked
from geo.language import (
    EVIDENCE_NAMES,
    FOUND_NAMES,
    MEASURE_NAMES,
    NAMED_NAMES,
    NEED_NAMES,
    SHOW_NAMES,
    WEAK_NAMES,
    Say,
)
from geo.share import since_html
from geo.view import MEASURES, PERS, SHOWS, YEARS
from geo.words import ignored


def head_html(atlas: Atlas, asked: Asked, *found: Markup) -> Markup:
    """What a link got wrong, and the page's finding."""
    since = since_html(asked.mark, atlas, asked.view, asked.say) if asked.mark else ""
    return Markup('<div class="head">{}{}{}</div>').format(
        note_html(ignored(asked.notices, asked.say)),
        note_html(since),
        Markup("").join(found),
    )


def choices_html(asked: Asked) -> Markup:
    """What is shown, the need and the measure: each a list of links."""
    say, view = asked.say, asked.view
    relative = view.show in ("ratio", "gap")
    needs = {need: NEED_NAMES[need](say) for need in (PERS[1:] if relative else PERS)}
    shows = {one: SHOW_NAMES[one](say) for one in SHOWS}
    measures = {one: MEASURE_NAMES[one](say) for one in MEASURES}
    return part_html(
        "tools",
        _menu(say.t("Show"), "show", _links(asked, "show", shows), shows[view.show]),
        _menu(
            say.t("Compare with"),
            "need" if relative else "per",
            _links(asked, "per", needs, view.need if relative else view.per),
            needs[view.need if relative else view.per],
        ),
        _menu("", "years", _years(asked), f"{view.from_year}–{view.to_year}"),
        _menu("", "more", _further(asked), say.t("More choices")),
    ) + part_html("measure", _links(asked, "measure", measures))


def _years(asked: Asked) -> Markup:
    """The first year and the last."""
    say, view = asked.say, asked.view
    ends = (
        (say.t("From"), [(year, view.with_(from_year=year)) for year in YEARS], view.from_year),
        (say.t("To"), [(year, view.with_(to_year=year)) for year in YEARS], view.to_year),
    )
    return Markup("").join(
        Markup("<h3>{}</h3><ul>{}</ul>").format(
            title,
            each(
                '<li><a href="{}"{}>{}</a></li>',
                (
                    (asked.way(other), _here(year == shown), year)
                    for year, other in views
                    if other.from_year <= other.to_year
                ),
            ),
        )
        for title, views, shown in ends
    )


def _further(asked: Asked) -> Markup:
    """What the drawer of the app offers and no row has room for."""
    say = asked.say
    tables: tuple[tuple[str, str, Mapping[str, Say]], ...] = (
        (say.t("Aid to several states"), "evidence", EVIDENCE_NAMES),
        (say.t("Weak sources"), "weak", WEAK_NAMES),
        (say.t("Search"), "found", FOUND_NAMES),
        (say.t("What the sources call it"), "named", NAMED_NAMES),
    )
    return Markup("").join(
        Markup("<h3>{}</h3>{}").format(
            title, _links(asked, field, {one: name(say) for one, name in names.items()})
        )
        for title, field, names in tables
    )


def part_html(name: str, *inside: Markup) -> Markup:
    """A part of the page, of a class that places it."""
    return Markup('<div class="{}">{}</div>').format(name, Markup("").join(inside))


def _links(asked: Asked, field: str, options: Mapping[str, str], shown: str = "") -> Markup:
    """Every choice of a parameter, a link each."""
    shown = shown or getattr(asked.view, field)
    return Markup("<ul>{}</ul>").format(
        each(
            '<li><a href="{}"{}>{}</a></li>',
            (
                (asked.way(asked.view.with_(**{field: option})), _here(option == shown), name)
                for option, name in options.items()
            ),
        )
    )


def _menu(label: str, control: str, links: Markup, shown: str) -> Markup:
    """What opens on a control of the app, called `w_` and `control`, as links."""
    return Markup(
        '<details class="menu {0}" name="ma-menu" data-control="w_{0}"><summary>{1} <b>{2}</b>'
        "</summary><div>{3}</div></details>"
    ).format(control, label, shown, links)


def listed_html(name: str, links: Iterable[tuple[str, str]]) -> Markup:
    """A list of links under the name of what they are."""
    return Markup('<nav class="list" aria-label="{}"><h2>{}</h2>{}</nav>').format(
        name, name, each('<a href="{}">{}</a> ', links)
    )


def _here(here: bool) -> Markup:
    return Markup(' aria-current="true"' if here else "")  # noqa: S704 - ours
