"""What stands around a page that is no app yet: the bar, the choices as links, the files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from markupsafe import Markup

from geo.atlas import Atlas
from geo.drawing import each, note_html
from geo.first.asked import Asked
from geo.first.plain import TAKEN
from geo.language import MEASURE_NAMES, NEED_NAMES, SHOW_NAMES, Say
from geo.scene import build_scene
from geo.share import changed_since, files_of_view
from geo.view import MEASURES, PERS, SHOWS
from geo.words import ignored

FILES: Final = ("view.html", "map.png", "map.pdf", "values.csv")
"""All of it in one file, the map, the sheet, the numbers; the app offers the rest."""


def head_html(atlas: Atlas, asked: Asked, found: Markup) -> Markup:
    """What a link got wrong, and the page's finding."""
    since = ""
    if asked.mark:
        since = changed_since(asked.mark, atlas, build_scene(atlas, asked.view), asked.say)
    return Markup('<div class="head">{}{}{}</div>').format(
        note_html(ignored(asked.notices, asked.say)),
        note_html(since),
        found,
    )


def choices_html(asked: Asked) -> Markup:
    """Measure, what is shown of it, and the need: each a list of links."""
    say, view = asked.say, asked.view
    relative = view.show in ("ratio", "gap")
    needs = PERS[1:] if relative else PERS
    return Markup('<div class="tools">{}{}{}</div>').format(
        _menu(asked, say.t("Show"), "show", SHOWS, SHOW_NAMES),
        _menu(
            asked,
            say.t("Held against") if relative else say.t("Divided by"),
            "per",
            needs,
            NEED_NAMES,
            view.need if relative else view.per,
        ),
        _menu(asked, say.t("Measure"), "measure", MEASURES, MEASURE_NAMES),
    )


def _menu(
    asked: Asked,
    label: str,
    field: str,
    options: Iterable[str],
    names: Mapping[str, Say],
    shown: str = "",
) -> Markup:
    say, shown = asked.say, shown or getattr(asked.view, field)
    links = each(
        '<li><a href="{}"{}>{}</a></li>',
        (
            (
                asked.way(asked.view.with_(**{field: option})),
                _here(option == shown),
                names[option](say),
            )
            for option in options
        ),
    )
    return Markup(
        '<details class="menu" name="ma-menu" data-control="w_{}"><summary>{} <b>{}</b></summary>'
        "<ul>{}</ul></details>"
    ).format(
        "need" if field == "per" and shown != asked.view.per else field,
        label,
        names[shown](say),
        links,
    )


def files_html(atlas: Atlas, asked: Asked) -> Markup:
    """What the view can be taken away as."""
    return Markup('<section class="files" id="{}"><h2>{}</h2><ul>{}</ul></section>').format(
        TAKEN,
        asked.say.t("Take it away as a file"),
        files_of_view(atlas, asked.view, asked.say, FILES),
    )


def listed_html(name: str, links: Iterable[tuple[str, str]]) -> Markup:
    """A list of links under the name of what they are."""
    return Markup('<nav class="list" aria-label="{}"><h2>{}</h2>{}</nav>').format(
        name, name, each('<a href="{}">{}</a> ', links)
    )


def _here(here: bool) -> Markup:
    return Markup(' aria-current="true"' if here else "")  # noqa: S704 - ours
