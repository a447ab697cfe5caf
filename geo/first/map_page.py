"""The Map page, whole or in a frame, before it is an app."""

from __future__ import annotations

from markupsafe import Markup

from geo.atlas import Atlas
from geo.chapters.closer import TOOLS, Look, Opened
from geo.chapters.map import (
    finding_html,
    legend_html,
    map_key_html,
    map_sources_html,
    national_html,
    nothing_left_html,
    on_map_html,
    paint_payload,
    profile_html,
    ranking_html,
    remainder_html,
    remainder_lead_html,
    state_card_html,
)
from geo.drawing import (
    Paint,
    beside_html,
    missing_html,
    note_html,
    opened_html,
    still_map_html,
)
from geo.first.asked import Asked
from geo.first.frame import choices_html, files_html, head_html
from geo.scene import build_scene
from geo.share import embed_foot_html
from geo.words import description_html, tell


def map_html(atlas: Atlas, asked: Asked) -> tuple[Markup, Markup]:
    """The first screen, and what stands beneath it, in the order of `pages/map.py`."""
    view, say = asked.view, asked.say
    scene, telling = build_scene(atlas, view), tell(atlas, view)
    opened = asked.own if isinstance(asked.own, Opened) else Opened()
    tool, look = TOOLS[opened.tool], Look(atlas, scene, view, opened.other(view), say)
    inside = tool.panel(look)
    panel = [
        nothing_left_html(scene, view, say),
        state_card_html(atlas, scene, view.state, say) if view.state else Markup(""),
        missing_html(view, say),
    ]
    if tool.other_map:
        panel[:0] = [_drawn(atlas, asked, tool.other_map(look)), tool.map_names(look)[1]]
    screen = (
        head_html(atlas, asked, finding_html(telling)),
        choices_html(atlas, asked),
        _part("plan", _drawn(atlas, asked, tool.paint(look)), on_map_html(tool.legend(look))),
        _part("panel", *panel),
        _part(
            "under",
            remainder_html(telling, say),
            tool.map_names(look)[0],
            map_key_html(view, say),
            map_sources_html(view, say),
        ),
    )
    beneath = (
        opened_html("tool", opened.tool, inside) if inside else inside,
        beside_html(
            (
                note_html(telling.filters),
                profile_html(atlas, scene, view.state, say) if view.state else Markup(""),
                description_html(atlas, scene, say),
                ranking_html(atlas, scene, view, say),
            ),
            (national_html(scene, say),),
        ),
        files_html(atlas, asked),
    )
    return _part("page", *screen), _part("rest", *beneath)


def embed_html(atlas: Atlas, asked: Asked) -> tuple[Markup, Markup]:
    """The same in a frame of another page, in the order of `pages/_embed.py`."""
    view, say = asked.view, asked.say
    scene, telling = build_scene(atlas, view), tell(atlas, view)
    paint = paint_payload(atlas, scene, view, say)
    columns = _part(
        "framed-map",
        _part("plan", _drawn(atlas, asked, paint)),
        _part(
            "panel",
            nothing_left_html(scene, view, say),
            legend_html(telling.legend, scene, say),
            remainder_lead_html(telling, say),
        ),
    )
    return _part(
        "frame",
        head_html(atlas, asked, finding_html(telling)),
        note_html(telling.filters),
        choices_html(atlas, asked) if asked.has_controls else Markup(""),
        columns,
        embed_foot_html(telling, view, say),
    ), Markup("")


def _part(name: str, *inside: Markup) -> Markup:
    return Markup('<div class="{}">{}</div>').format(name, Markup("").join(inside))


def _drawn(atlas: Atlas, asked: Asked, paint: Paint) -> Markup:
    return still_map_html(atlas, paint, asked.selecting, asked.at)
