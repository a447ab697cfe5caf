"""The key of the map: what its symbols and lines mean, and whose boundaries it draws."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from geo.drawing import paragraph_html, symbol_uri
from geo.language import LAYER_NAMES, SITE_KINDS, Speech
from geo.view import View, values_address

LINE_LAYERS = ("border", "sez", "municipalities")


def map_key_html(view: View, say: Speech) -> Markup:
    """The symbols of the layers that are on."""
    return _key(view.layers, say)


@lru_cache
def _key(layers: tuple[str, ...], say: Speech) -> Markup:
    entries = []
    for kind, label in SITE_KINDS.items():
        if ("cities" if kind == "city" else "sites") in layers:
            image = Markup('<img src="{}" alt="" width="20" height="20">').format(symbol_uri(kind))
            entries.append(_entry(image, label(say)))
    for layer in LINE_LAYERS:
        if layer in layers:
            swatch = Markup('<span class="ma-key-line {}"></span>').format(layer)
            entries.append(_entry(swatch, LAYER_NAMES[layer](say)))
    if "municipalities" in layers:
        swatch = Markup('<span class="ma-key-line reached"></span>')
        entries.append(_entry(swatch, say.t("municipality named by an activity")))
    if not entries:
        return Markup("")
    return Markup('<ul class="ma-key" aria-label="{}">{}</ul>').format(
        say.t("Symbols of the map"), Markup("").join(entries)
    )


def boundaries_html(say: Speech) -> Markup:
    """Whose boundaries are drawn."""
    return paragraph_html(
        say.t(
            "Boundaries: INEGI, Marco Geoestadístico; "
            "neighbours: Natural Earth, U.S. Census Bureau."
        ),
        "ma-small",
    )


def files_html(view: View, say: Speech) -> Markup:
    """Where the numbers can be had."""
    links = Markup(" · ").join(
        Markup('<a href="{}">{}</a>').format(values_address(view, form), name)
        for form, name in (("csv", "CSV"), ("json", "JSON"), ("geojson", "GeoJSON"))
    )
    return Markup('<p class="ma-small ma-files-of">{} {}</p>').format(
        say.t("These numbers as"), links
    )


def _entry(symbol: Markup, label: str) -> Markup:
    return Markup("<li>{} {}</li>").format(symbol, label)
