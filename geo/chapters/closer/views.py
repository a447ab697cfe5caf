"""The tools of *More views* as links under the map, and the names of two maps side by side."""

from __future__ import annotations

import json

from markupsafe import Markup

from geo.chapters.closer.query import TOOLS_QUERY, Opened
from geo.chapters.closer.tools import NO_TOOL, TOOLS
from geo.drawing import each
from geo.language import Speech
from geo.view import View, carried, with_query


def views_html(view: View, opened: Opened, say: Speech) -> Markup:
    """Every tool as a link to the view with it open; that of the open one closes it."""
    return Markup('<nav class="ma-views" aria-label="{}"><h2>{}</h2><ul>{}</ul></nav>').format(
        say.t("More views"),
        say.t("More views"),
        each(
            '<li><a href="{}" data-go="{}"{}>{}</a></li>',
            (_link(view, opened, name, say) for name in TOOLS if name != NO_TOOL),
        ),
    )


def _link(view: View, opened: Opened, name: str, say: Speech) -> tuple[str, str, Markup, str]:
    here = name == opened.tool
    to = NO_TOOL if here else name
    spelled = TOOLS_QUERY.spell(Opened(to, opened.changes if TOOLS[to].pairs else ()))
    changes = {parameter: spelled.get(parameter) for parameter in TOOLS_QUERY.names}
    return (
        with_query("/", carried(view) | spelled),
        json.dumps(changes),
        Markup(' aria-current="true"') if here else Markup(""),
        TOOLS[name].label(say),
    )


def names_html(left: Markup, right: Markup) -> Markup:
    """Which view each of two maps shows, side by side; nothing where there is one map."""
    if not left:
        return Markup("")
    return Markup('<div class="ma-pair"><div>{}</div><div>{}</div></div>').format(left, right)
