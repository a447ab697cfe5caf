"""The briefing as one HTML page that stands alone: for a wall, a laptop, or a memory stick."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from geo.atlas import Atlas
from geo.briefing.computed import ComputedBriefing, Slide
from geo.drawing import BriefingData, SlideData, each
from geo.language import Speech, speech
from geo.paper import page_html, shapes
from geo.scene import build_scene, pattern_of

STYLE: Final = """
:root { color-scheme: light dark; --wide: min(1vw, 1.78vh); }
html, body { height: 100%; margin: 0; overflow: hidden; }
body { display: grid; grid-template-rows: calc(6.8 * var(--wide)) minmax(0, 1fr) calc(8.2 * var(--wide)); font: calc(1.55 * var(--wide))/1.35 system-ui, sans-serif; color: var(--ma-ink); background: light-dark(#ffffff, #15181b); }
h1, .said, footer { --size: calc(var(--wide) * var(--fit, 1)); min-height: 0; overflow: hidden; }
h1 { font: 600 calc(3.5 * var(--size))/1.12 var(--ma-serif); margin: 0; padding: calc(1 * var(--wide)) calc(2.4 * var(--wide)) calc(0.6 * var(--wide)); display: grid; align-content: safe center; text-wrap: balance; }
main { display: grid; grid-template-columns: minmax(0, 1.55fr) minmax(0, 1fr); gap: calc(2 * var(--wide)); padding: 0 calc(2.4 * var(--wide)); min-height: 0; }
#map { min-height: 0; height: 100%; background: light-dark(#e1e9ed, #22303a); }
.said { font-size: calc(1.55 * var(--size)); display: flex; flex-direction: column; }
#number { margin: 0 0 calc(0.6 * var(--size)); font: 600 calc(7 * var(--size))/1 var(--ma-serif); color: var(--ma-accent); overflow-wrap: anywhere; }
#label { font-size: calc(2.2 * var(--size)); line-height: 1.15; margin: 0 0 calc(1 * var(--size)); }
#finding { font-size: calc(1.65 * var(--size)); margin: 0 0 calc(1 * var(--size)); }
#legend-title { font-weight: 600; margin: auto 0 0.3em; }
#legend { list-style: none; font-size: calc(1.4 * var(--size)); line-height: 1.2; margin: 0; padding: 0; }
#legend li { display: flex; gap: 0.6em; align-items: center; }
#legend .ma-swatch { flex: none; width: 1.9em; height: 1.15em; }
.state { transition: fill 0.35s; }
footer { display: grid; grid-template-columns: minmax(0, 1fr) auto auto; gap: 1.2em; align-items: end; padding: calc(0.8 * var(--wide)) calc(2.4 * var(--wide)) calc(1.1 * var(--wide)); font-size: calc(1.15 * var(--size)); color: var(--ma-soft); }
footer p { margin: 0; }
#mark { font-weight: 600; color: var(--ma-ink); }
#keys button { font: inherit; color: var(--ma-ink); background: var(--ma-paper); border: 1px solid var(--ma-line); border-radius: 4px; padding: 0.25em 0.7em; cursor: pointer; }
#bar { position: fixed; left: 0; bottom: 0; height: calc(0.4 * var(--wide)); background: var(--ma-accent); }
#cover { position: fixed; inset: 0; z-index: 2000; background: #000; border: 0; width: 100%; }
.neighbour { fill: light-dark(#f3f0e8, #2b333a); stroke: light-dark(#b9bdb9, #4a555d); }
.leaflet-top.leaflet-left { top: auto; bottom: 0; margin-bottom: 10px; }
.atlas-site svg { width: 100%; height: 100%; }
@media (max-width: 700px) { html, body { overflow: auto; height: auto; } body { font-size: 16px; display: block; } h1 { font-size: 1.6rem; } main { grid-template-columns: minmax(0, 1fr); } #map { height: 70vw; } #number { font-size: 3.2rem; } #label, #finding { font-size: 1.1rem; } .said, #legend { font-size: 1rem; } footer { grid-template-columns: minmax(0, 1fr); font-size: 0.85rem; } }
@media (prefers-reduced-motion: reduce) { .state { transition: none; } }
@media print { html, body { overflow: visible; } #keys { display: none; } }
"""  # noqa: E501

BODY: Final = Markup(
    '<h1 id="title" aria-live="polite"></h1><main><div id="map"></div><div class="said">'
    '<p id="number"></p><p id="label"></p><p id="finding"></p>'
    '<p id="legend-title"></p><ul id="legend"></ul></div></main>'
    '<footer><div><p id="mark">{mark}</p><p id="beside"></p></div><p id="place"></p>'
    '<div id="keys">{keys}</div></footer>'
    '<div id="bar"></div><button id="cover" hidden aria-label="{shown}"></button>'
)


def briefing_html(atlas: Atlas, computed: ComputedBriefing) -> bytes:
    """A whole briefing as one page, at most 1.5 MB; it asks nothing of any server."""
    say = speech(computed.lang)
    keys = each(
        '<button type="button" name="{}" title="{}">{}</button> ',
        (
            ("back", "← PageUp", say.t("Back")),
            ("next", "→ PageDown", say.t("Next")),
            ("blank", "B", say.t("Blank")),
            ("full", "F", say.t("Full screen")),
            ("notes", "N", say.t("Notes")),
        ),
    )
    holds: BriefingData = {
        **shapes(atlas, computed.lang),
        "scenes": [_slide(atlas, one, say) for one in computed.slides],
        "words": {
            "presenter": say.t("Notes for the presenter"),
            "next": say.t("Next"),
            "sources": say.t("Sources"),
            "end": say.t("The end."),
        },
    }
    body = BODY.format(keys=keys, mark=computed.slides[0].mark, shown=say.t("Show the scene again"))
    return page_html(computed.lang, computed.title, STYLE, body, holds, "present.js")


def _slide(atlas: Atlas, one: Slide, say: Speech) -> SlideData:
    # Imported when first asked for: it brings folium.
    from geo.chapters.map import paint_payload

    scene = build_scene(atlas, one.view)
    telling = one.telling
    return {
        "title": one.title,
        "number": one.number,
        "label": one.number_label,
        "finding": one.finding,
        "beside": telling.beneath,
        "notes": one.notes,
        "sources": telling.sourced,
        "sourceTitles": [source.title for source in telling.sources],
        "legendTitle": telling.legend.title,
        "legend": [
            {"fill": row.fill, "label": row.label, "pattern": pattern_of(row.fill)}
            for row in telling.legend.rows
        ],
        "paint": paint_payload(atlas, scene, one.view, say),
    }
