"""The Map page, whole or in a frame, before it is an app."""

from __future__ import annotations

from markupsafe import Markup

from geo.atlas import Atlas
from geo.chapters.closer import TOOLS, Look, Opened
from geo.chapters.map import (
    map_key_html,
    map_sources_html,
    national_html,
    nothing_left_html,
    paint_payload,
    profile_html,
    ranking_html,
    reasons_html,
    remainder_html,
    remainder_lead_html,
    state_card_html,
)
from geo.drawing import (
    Paint,
    beside_html,
    folded_html,
    missing_html,
    note_html,
    opened_html,
    paragraphs_html,
    still_map_html,
)
from geo.first.asked import Asked
from geo.first.frame import choices_html, files_html, head_html
from geo.scene import build_scene
from geo.share import embed_foot_html
from geo.words import description_html, explain, tell


def map_html(atlas: Atlas, asked: Asked) -> tuple[Markup, Markup]:
    """The first screen, and what stands beneath it."""
    view, say = asked.view, asked.say
    scene, telling = build_scene(atlas, view), tell(atlas, view)
    opened = asked.own if isinstance(asked.own, Opened) else Opened()
    tool, look = TOOLS[opened.tool], Look(atlas, scene, view, opened.other(view), say)
    panel = tool.panel(look)
    beside = [
        nothing_left_html(scene, view, say),
        state_card_html(atlas, scene, view.state, say) if view.state else Markup(""),
        tool.legend(look),
        (remainder_lead_html if view.state else remainder_html)(telling, say),
        missing_html(view, say),
    ]
    if tool.other_map:
        beside[:0] = [_drawn(atlas, asked, tool.other_map(look)), tool.map_names(look)[1]]
    screen = Markup('{}{}<div class="map-row"><div>{}</div><div class="panel">{}</div></div>').format(
        head_html(atlas, asked, telling.headline, telling.caveat),
        choices_html(asked),
        Markup("").join(
            (
                _drawn(atlas, asked, tool.paint(look)),
                tool.map_names(look)[0],
                map_key_html(view, say),
                map_sources_html(view, say),
            )
        ),
        Markup("").join(beside),
    )
    beneath = (
        opened_html("tool", opened.tool, panel) if panel else panel,
        beside_html(
            (
                note_html(telling.filters),
                folded_html(say.t("What is this number?"), paragraphs_html(explain(scene, view, say))),
                profile_html(atlas, scene, view.state, say) if view.state else Markup(""),
                description_html(atlas, scene, say),
                ranking_html(atlas, scene, view, say),
            ),
            (
                reasons_html(telling, say) if view.state else Markup(""),
                national_html(scene, say),
            ),
        ),
        files_html(atlas, asked),
    )
    return screen, Markup("").join(beneath)


def embed_html(atlas: Atlas, asked: Asked) -> tuple[Markup, Markup]:
    """The same in a frame of another page: finding, filters, map, legend and source."""
    view, say = asked.view, asked.say
    scene, telling = build_scene(atlas, view), tell(atlas, view)
    legend = TOOLS[Opened().tool].legend(Look(atlas, scene, view, view, say))
    screen = Markup(
        '{}{}{}<div class="map-row"><div>{}</div><div class="panel">{}{}{}</div></div>{}'
    ).format(
        head_html(atlas, asked, telling.headline, telling.caveat),
        note_html(telling.filters),
        choices_html(asked) if asked.has_controls else "",
        _drawn(atlas, asked, paint_payload(atlas, scene, view, say)),
        nothing_left_html(scene, view, say),
        legend,
        remainder_lead_html(telling, say),
        embed_foot_html(telling, view, say),
    )
    return screen, Markup("")


def _drawn(atlas: Atlas, asked: Asked, paint: Paint) -> Markup:
    return still_map_html(atlas, paint, asked.selecting, asked.at)
