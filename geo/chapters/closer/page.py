"""The Map page as a link tells of it, its tools as links, and the names of two maps."""

from __future__ import annotations

import json
from collections.abc import Iterator

from markupsafe import Markup

from geo.atlas import Atlas
from geo.chapters.closer.query import CHANGEABLE, TOOLS_QUERY, Opened
from geo.chapters.closer.tools import NO_TOOL, TOOLS, Look
from geo.chapters.map import view_told
from geo.drawing import each
from geo.language import Speech
from geo.scene import build_scene
from geo.view import PARAMETERS, View, carried, with_query
from geo.words import names_of, tell, view_names


def map_told(atlas: Atlas, view: View, opened: Opened, say: Speech) -> tuple[str, str]:
    """The finding of the open tool, else of the view; the latter then stands in the description."""
    finding, description = view_told(atlas, view)
    own = _found(atlas, view, opened, say)
    return (own, f"{finding} {description}") if own else (finding, description)


def _found(atlas: Atlas, view: View, opened: Opened, say: Speech) -> str:
    """The finding of the open tool; empty where it has none."""
    look = Look(atlas, build_scene(atlas, view), view, opened.other(view), say)
    return TOOLS[opened.tool].finding(look)


def map_titled(atlas: Atlas, view: View, opened: Opened, say: Speech) -> Iterator[str]:
    """What the open tool finds where that is short, else the finding of the view."""
    own, title = _found(atlas, view, opened, say), tell(atlas, view).title
    if own:
        yield own.removesuffix(".")
        yield f"{TOOLS[opened.tool].label(say)}: {title}"
    yield title


def map_called(atlas: Atlas, view: View, opened: Opened, say: Speech) -> str:
    """The open tool, and in what the view differs from the page without parameters."""
    tool = TOOLS[opened.tool]
    if tool.name == NO_TOOL:
        return " · ".join(view_names(atlas, view, say))
    if not tool.pairs:
        return " · ".join([tool.label(say), *view_names(atlas, view, say)])
    both = " / ".join(names_of(view, opened.other(view), say))
    return " · ".join([tool.label(say), both, *view_names(atlas, _common(view, opened), say)])


def tool_open(opened: Opened, say: Speech) -> str:
    """The name of the open tool; empty where none is."""
    return "" if opened.tool == NO_TOOL else TOOLS[opened.tool].label(say)


def _common(view: View, opened: Opened) -> View:
    """The view without that in which the second one differs, which their names say."""
    other, plain = opened.other(view), View()
    fields = [PARAMETERS[name].field for name in CHANGEABLE]
    differing = [field for field in fields if getattr(view, field) != getattr(other, field)]
    return view.with_(**{field: getattr(plain, field) for field in differing})


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
