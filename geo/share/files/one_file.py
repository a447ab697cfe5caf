"""A view as one HTML file that needs nothing else: for a memory stick, and rooms without internet.

Holds the finding, a map to look around in, its legend, the card of a chosen state, the table, the
description, what is not on the map, and the sources. It asks nothing of any server.
"""

from __future__ import annotations

import gzip
from base64 import b64encode
from functools import lru_cache
from pathlib import Path
from typing import Final

from markupsafe import Markup

from geo.atlas import Atlas
from geo.chapters.map import (
    legend_html,
    map_key_html,
    ranking_html,
    reasons_html,
    remainder_lead_html,
)
from geo.drawing import OneFile, citation_html, each, headline_html, note_html
from geo.language import speech
from geo.paper import page_html, shapes
from geo.scene import build_scene
from geo.view import View
from geo.words import description_html, tell

OWN_STYLE: Final = """
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 1400px; padding: 1.2rem clamp(1rem, 3vw, 3rem) 3rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ma-ink); background: light-dark(#ffffff, #15181b); }
h1.ma-headline { font: 600 clamp(1.35rem, 1rem + 1.25vw, 2.05rem)/1.22 var(--ma-serif); margin: 0 0 0.5rem; }
main { display: grid; grid-template-columns: minmax(0, 2.6fr) minmax(15rem, 1fr); gap: 1.5rem; margin: 1rem 0; }
@media (max-width: 700px) { main { grid-template-columns: minmax(0, 1fr); } }
#map { height: min(560px, 72vw); background: light-dark(#e1e9ed, #22303a); }
#card { border-bottom: 1px solid var(--ma-line); margin-bottom: 0.9rem; padding-bottom: 0.7rem; min-height: 4rem; }
.neighbour { fill: light-dark(#f3f0e8, #2b333a); stroke: light-dark(#b9bdb9, #4a555d); }
.atlas-site svg { width: 100%; height: 100%; }
a { color: light-dark(#1d5b86, #8fc1e6); }
tr[data-state] { cursor: pointer; }
@media print { body { padding: 0; } main { display: block; } #map { break-inside: avoid; } .ma-scroll { max-height: none; } }
"""  # noqa: E501


def one_file_html(atlas: Atlas, view: View, base: str = "") -> bytes:
    """A view as one HTML file; `base` is the address its link begins with."""
    # Imported when first asked for: it brings folium.
    from geo.chapters.map import paint_payload

    scene, say, telling = build_scene(atlas, view), speech(view.lang), tell(atlas, view, base)
    fields: OneFile = {
        **shapes(atlas, view.lang),
        "paint": paint_payload(atlas, scene, view, say),
        "choose": say.t("Choose a state on the map or in the table."),
        "municipalities": _municipalities(atlas.data) if "municipalities" in view.layers else "",
    }
    sources = each(
        "<li>{}</li>",
        (citation_html(atlas, source.source_id, say) for source in telling.sources),
    )
    body = Markup(
        '{head}<main><div><div id="map"></div>{key}{described}</div>'
        '<div><section id="card" aria-live="polite"></section>{legend}{remainder}</div></main>'
        '{note}{reasons}{ranking}<details class="ma-text"><summary>{sources_title}</summary>'
        '<ul>{sources}</ul></details><p class="ma-small">{foot} <a href="{link}">{link}</a></p>'
    ).format(
        head=headline_html(telling.headline, telling.caveat),
        key=map_key_html(view, say),
        described=description_html(atlas, scene, say, view.state),
        legend=legend_html(telling.legend, scene, say),
        remainder=remainder_lead_html(telling, say),
        note=note_html(telling.filters),
        reasons=reasons_html(telling, say),
        ranking=ranking_html(atlas, scene, view, say),
        sources_title=say.t("Sources"),
        sources=sources,
        foot=telling.provenance,
        link=telling.link,
    )
    return page_html(view.lang, telling.headline, OWN_STYLE, body, fields, "one-file.js")


@lru_cache(maxsize=2)
def _municipalities(data: Path) -> str:
    """The municipalities' outlines as `offline-map.js` unpacks them: 1.4 MB would not fit plain."""
    outlines = (data / "boundaries" / "municipalities.geojson").read_bytes()
    return b64encode(gzip.compress(outlines, 9, mtime=0)).decode("ascii")
