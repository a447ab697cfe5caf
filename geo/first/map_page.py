"""The Map page, whole or in a frame, before it is an app."""

from __future__ import annotations

from markupsafe import Markup

from geo.atlas import Atlas
from geo.chapters.closer import TOOLS, Look, Opened, names_html, views_html
from geo.chapters.map import (
    beneath_html,
    chips_html,
    find_html,
    finding_html,
    legend_html,
    nothing_left_html,
    on_map_html,
    paint_payload,
    remainder_lead_html,
    state_panel_html,
    under_html,
    what_html,
)
from geo.drawing import (
    Paint,
    build_shelf,
    missing_html,
    note_html,
    opened_html,
    still_map_html,
)
from geo.first.asked import Asked
from geo.first.frame import choices_html, head_html, part_html
from geo.first.plain import TAKEN
from geo.scene import build_scene
from geo.share import embed_foot_html
from geo.words import choices_named, tell


def map_html(atlas: Atlas, asked: Asked) -> tuple[Markup, Markup]:
    """The first screen, and what stands beneath it, in the order of `pages/map.py`."""
    view, say = asked.view, asked.say
    scene, telling = build_scene(atlas, view), tell(atlas, view)
    opened = asked.own if isinstance(asked.own, Opened) else Opened()
    tool, look = TOOLS[opened.tool], Look(atlas, scene, view, opened.other(view), say)
    inside = tool.panel(look)
    inside = opened_html("tool", opened.tool, inside) if inside else inside
    other = (
        part_html("other", _drawn(atlas, asked, tool.other_map(look)))
        if tool.other_map
        else Markup("")
    )
    screen = (
        head_html(atlas, asked, finding_html(telling), what_html(scene, view, say)),
        part_html("find", find_html(build_shelf(atlas), say)),
        choices_html(asked),
        part_html("plan", _drawn(atlas, asked, tool.paint(look)), on_map_html(tool.legend(look))),
        part_html(
            "panel",
            inside if tool.on_map else Markup(""),
            chips_html(choices_named(view, say), say),
            nothing_left_html(scene, view, say),
            state_panel_html(atlas, scene, view, say),
            missing_html(view, say),
        ),
        Markup('<div class="under" id="{}">{}{}{}</div>').format(
            TAKEN,
            names_html(*tool.map_names(look)),
            under_html(telling, view, say),
            views_html(view, opened, say),
        ),
        other,
    )
    beneath = (
        Markup("") if tool.on_map else inside,
        beneath_html(atlas, scene, telling, view, say),
    )
    return part_html("page two" if other else "page", *screen), part_html("rest", *beneath)


def embed_html(atlas: Atlas, asked: Asked) -> Markup:
    """The same in a frame of another page, in the order of `pages/_embed.py`."""
    view, say = asked.view, asked.say
    scene, telling = build_scene(atlas, view), tell(atlas, view)
    paint = paint_payload(atlas, scene, view, say)
    columns = part_html(
        "framed-map",
        part_html("plan", _drawn(atlas, asked, paint)),
        part_html(
            "panel",
            nothing_left_html(scene, view, say),
            legend_html(telling.legend, scene, say),
            remainder_lead_html(telling, say),
        ),
    )
    return part_html(
        "frame",
        head_html(atlas, asked, finding_html(telling)),
        note_html(telling.filters),
        choices_html(asked) if asked.has_controls else Markup(""),
        columns,
        embed_foot_html(telling, view, say),
    )


def _drawn(atlas: Atlas, asked: Asked, paint: Paint) -> Markup:
    return still_map_html(atlas, paint, asked.selecting, asked.at)
