"""What pages that stand alone in one file share: style, Leaflet, shapes, and safe JSON."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import Any, Final

from markupsafe import Markup

from geo.atlas import Atlas, json_text, load_neighbours, load_states
from geo.drawing import (
    COLOURS_SHEET,
    MAP_SHEET,
    SHARED_SCRIPT,
    Shapes,
    drawn_sites,
    embedded,
    ground,
    heading_css,
)
from geo.paths import ASSETS

OUTSIDE: Final = re.compile(r"url\([^)]*\)")
"""Pictures that a style sheet would ask for; none of those left out is used."""

SHEETS: Final = ("page-base.css", "page-legend.css", MAP_SHEET)


def shapes(atlas: Atlas, lang: str) -> Shapes:
    """What `offline-map.js` draws in a language, whatever the view."""
    return {
        **ground(atlas, lang),
        "states": load_states(atlas.data),
        "neighbours": load_neighbours(atlas.data),
        "sites": drawn_sites(atlas),
    }


def page_html(
    lang: str, title: str, style: str, body: Markup, payload: Shapes, script: str
) -> bytes:
    """A whole page that asks for nothing: `told` is what its `script`, an asset, reads."""
    own = (SHARED_SCRIPT, "offline-map.js", "legend.js", script)
    scripts = (_leaflet("leaflet.js"), *(_asset(name) for name in own))
    return str(
        Markup(
            '<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            "<title>{title}</title><style>{style}</style></head><body>{body}"
            '<script type="application/json" id="told">{told}</script>{scripts}</body></html>\n'
        ).format(
            lang=lang,
            title=title,
            style=_own(_style() + style),
            body=body,
            told=_json(payload),
            scripts=Markup("").join(
                Markup("<script>{}</script>").format(_own(one)) for one in scripts
            ),
        )
    ).encode()


@lru_cache(maxsize=1)
def _style() -> str:
    parts = [_leaflet("leaflet.css"), *(_asset(name) for name in SHEETS)]
    return heading_css(embedded()) + COLOURS_SHEET + OUTSIDE.sub("none", "\n".join(parts))


@lru_cache(maxsize=8)
def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


@lru_cache(maxsize=4)
def _leaflet(name: str) -> str:
    folder = resources.files("js_lib_leaflet") / "static" / "js_lib_leaflet"
    return (folder / name).read_text(encoding="utf-8").partition("//# sourceMappingURL")[0]


def _own(text: str) -> Markup:
    """Our own and Leaflet's code, which holds no text from the data."""
    if "</script" in text or "</style" in text:
        raise ValueError("this code would end the element it stands in")
    return Markup(text)  # noqa: S704


def _json(value: Any) -> Markup:
    """JSON that cannot end the element it stands in."""
    return Markup(json_text(value).replace("<", "\\u003c"))  # noqa: S704
