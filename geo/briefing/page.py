"""The briefing as one HTML page that stands alone: for a wall, a laptop, or a memory stick."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from geo.atlas import Atlas
from geo.briefing.computed import ComputedBriefing, Slide
from geo.briefing.sentences import sentences
from geo.drawing import BriefingData, SlideData, each, name_places
from geo.language import Speech, speech
from geo.paper import page_html, shapes
from geo.scene import build_scene, pattern_of

LEAST: Final = 36
"""Lines of the smallest type that a slide's height would hold: what a room can read at its back."""

STYLE: Final = """
:root { color-scheme: light dark; --wide: min(1vw, 1.78vh); --least: calc(100vh / LEAST + 0.1px); }
html, body { height: 100%; margin: 0; overflow: hidden; }
body { display: grid; grid-template-rows: calc(6.6 * var(--wide)) minmax(0, 1fr) max(calc(2.5 * var(--least) + 2.2 * var(--wide)), calc(6 * var(--wide))); font: var(--least)/1.3 system-ui, sans-serif; color: var(--ma-ink); background: light-dark(#ffffff, #15181b); }
h1, .said, footer { --size: calc(var(--wide) * var(--fit, 1)); min-height: 0; overflow: hidden; }
h1 { font: 600 max(calc(3.5 * var(--size)), var(--least))/1.12 var(--ma-serif); margin: 0; padding: calc(1 * var(--wide)) calc(2.4 * var(--wide)) calc(0.5 * var(--wide)); display: grid; align-content: safe center; text-wrap: balance; }
main { display: grid; grid-template-columns: minmax(0, 1.45fr) minmax(0, 1fr); gap: calc(1.8 * var(--wide)); padding: 0 calc(2.4 * var(--wide)); min-height: 0; }
#map { min-height: 0; height: 100%; background: light-dark(#e1e9ed, #22303a); }
.said { display: flex; flex-direction: column; }
.said p { flex: none; }
#number { margin: 0 0 calc(0.4 * var(--size)); font: 600 max(calc(7 * var(--size)), 100vh / 12)/1 var(--ma-serif); color: var(--ma-accent); overflow-wrap: anywhere; }
#label { font-size: max(calc(2.2 * var(--size)), var(--least)); line-height: 1.15; margin: 0 0 calc(0.9 * var(--size)); }
#finding { font-size: max(calc(1.8 * var(--size)), var(--least)); line-height: 1.25; margin: 0 0 calc(0.9 * var(--size)); }
#legend-title { font-weight: 600; line-height: 1.15; margin: auto 0 0.2em; }
#legend { list-style: none; flex: none; line-height: 1.15; margin: 0; padding: 0; }
#legend li { display: block; } #legend .ma-class { display: flex; gap: 0.5em; }
#legend .ma-swatch { flex: none; width: 1.5em; height: 0.85em; }
.state { transition: fill 0.35s; }
.atlas-state span { display: block; transform: translate(-50%, -50%); width: max-content; font: 600 var(--least)/1 system-ui, sans-serif; color: var(--map-outline); text-shadow: 0 0 2px var(--map-halo), 0 0 3px var(--map-halo), 0 0 4px var(--map-halo), 0 0 5px var(--map-halo); }
footer { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 1.2em; align-items: start; padding: calc(0.7 * var(--wide)) calc(2.4 * var(--wide)) calc(0.9 * var(--wide)); line-height: 1.22; color: var(--ma-soft); }
footer p { margin: 0; }
#keys { position: fixed; right: 0; bottom: 0; z-index: 1500; display: flex; flex-wrap: wrap; gap: 0.4em 0.5em; align-items: center; justify-content: end; max-width: 100%; box-sizing: border-box; padding: 0.6em 1em 0.8em; background: var(--ma-paper); border-top: 1px solid var(--ma-line); transition: opacity 0.3s; }
#keys.away:not(:focus-within, :hover) { opacity: 0; pointer-events: none; }
#legend .ma-class { line-height: 1.15; min-height: 24px; }
#keys button, #list button { font: inherit; min-height: 24px; color: var(--ma-ink); background: var(--ma-paper); border: 1px solid var(--ma-line); border-radius: 4px; padding: 0.2em 0.6em; cursor: pointer; }
#typed { position: fixed; right: 1em; top: 1em; z-index: 1600; margin: 0; padding: 0.3em 0.8em; font-size: calc(2 * var(--least)); color: var(--ma-ink); background: var(--ma-paper); border: 1px solid var(--ma-line); border-radius: 6px; }
#typed:empty { display: none; }
#list { width: min(64em, 92vw); max-height: 88vh; box-sizing: border-box; overflow: auto; padding: 1em 1.4em; color: var(--ma-ink); background: light-dark(#ffffff, #15181b); border: 1px solid var(--ma-line); border-radius: 8px; }
#list h2 { font: 600 1.15em/1.2 var(--ma-serif); margin: 0.6em 0 0.3em; }
#list ol { margin: 0; padding-inline-start: 2.4em; } #list li { margin: 0.15em 0; }
#list button[aria-current] { border-color: var(--ma-accent); border-width: 2px; }
#list li button { width: 100%; text-align: start; border-color: transparent; }
#bar { position: fixed; left: 0; bottom: 0; z-index: 1501; height: calc(0.4 * var(--wide)); background: var(--ma-accent); }
#cover { position: fixed; inset: 0; z-index: 2000; background: #000; border: 0; width: 100%; }
.neighbour { fill: light-dark(#f3f0e8, #2b333a); stroke: light-dark(#b9bdb9, #4a555d); }
.leaflet-control-zoom { display: none; }
.atlas-site svg { width: 100%; height: 100%; }
@media (max-aspect-ratio: 3/2) { body { grid-template-rows: calc(6.6 * var(--wide)) minmax(0, 1fr) calc(3.7 * var(--least) + 1.6 * var(--wide)); } }
@media (max-width: 700px) { :root { --least: 16px; } html, body { overflow: auto; height: auto; } body { font-size: 16px; display: block; padding-bottom: 7em; } h1 { font-size: 1.6rem; } main { grid-template-columns: minmax(0, 1fr); } #map { height: 70vw; } #number { font-size: 3.2rem; } #label, #finding { font-size: 1.1rem; } footer { grid-template-columns: minmax(0, 1fr); font-size: 0.9rem; } .atlas-state { display: none !important; } #keys button { min-height: 44px; } }
@media (prefers-reduced-motion: reduce) { .state, #keys { transition: none; } }
@media (forced-colors: active) { #bar { forced-color-adjust: none; background: Highlight; } #list button[aria-current] { border-color: Highlight; } }
@page { size: landscape; }
@media print { html, body { overflow: visible; } #keys, #typed, #bar { display: none; } .atlas-state span { print-color-adjust: exact; } }
""".replace("LEAST", str(LEAST))  # noqa: E501

BODY: Final = Markup(
    '<h1 id="title" aria-live="polite"></h1><main><div id="map"></div><div class="said">'
    '<p id="number"></p><p id="label"></p><p id="finding"></p>'
    '<p id="legend-title"></p><ul id="legend"></ul></div></main>'
    '<footer><p id="beside"></p><p id="place"></p></footer>'
    '<div id="keys" role="group" aria-label="{help}">{keys}<span>{jump} · ? {ask}</span></div>'
    '<p id="typed" role="status"></p><dialog id="list" aria-label="{slides}"></dialog>'
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
            ("list", "G", say.t("Slides")),
            ("blank", "B", say.t("Blank")),
            ("full", "F", say.t("Full screen")),
            ("notes", "N", say.t("Notes")),
        ),
    )
    every = (*computed.slides, *computed.appendix)
    holds: BriefingData = {
        **shapes(atlas, computed.lang),
        "scenes": [_slide(atlas, one, say) for one in every],
        "way": len(computed.slides),
        "names": name_places(atlas, computed.lang),
        "words": {
            "presenter": say.t("Notes for the presenter"),
            "next": say.t("Next"),
            "sources": say.t("Sources"),
            "end": say.t("The end."),
            "slides": say.t("Slides"),
            "appendix": say.t("Appendix: objections"),
            "go": say.t("Slide {number}: press Enter", number="{number}"),
            "missing": say.t("There is no slide {number}", number="{number}"),
        },
    }
    body = BODY.format(
        keys=keys,
        help=say.t("Keys"),
        jump=say.t("number + Enter: to a slide"),
        ask=say.t("Keys"),
        slides=say.t("Slides"),
        shown=say.t("Show the scene again"),
    )
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
        "finding": sentences(one.finding),
        "beside": sentences(one.foot),
        "notes": [text for text in (one.notes, one.finding, one.beneath) if text],
        "sources": telling.sourced,
        "sourceTitles": [source.title for source in telling.sources],
        "legendTitle": telling.legend.title,
        "legend": [
            {"fill": row.fill, "label": row.label, "pattern": pattern_of(row.fill)}
            for row in telling.legend.rows
        ],
        "paint": paint_payload(atlas, scene, one.view, say),
    }
