"""The legend beside the map, the key of its symbols, whose boundaries it draws, its files."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from geo.drawing import glossed_html, legend_box_html, legend_rows_html, paragraph_html, symbol_uri
from geo.language import LAYER_NAMES, SITE_KINDS, Speech
from geo.policy import SCENES_KEPT
from geo.scene import Scene
from geo.view import View, values_address
from geo.words import Legend, terms_in

LINE_LAYERS = ("border", "sez", "municipalities")


@lru_cache(maxsize=SCENES_KEPT)
def legend_html(legend: Legend, scene: Scene, say: Speech) -> Markup:
    """The legend beside the map."""
    scheme = Markup("")
    if scene.classes.count:
        limits = say.t("Each class includes its upper limit. On the right: how many states.")
        scheme = glossed_html(limits, terms_in(limits, say), "classes")
    rows = legend_rows_html((row.fill, row.label, row.states) for row in legend.rows)
    return legend_box_html(
        glossed_html(legend.title, terms_in(legend.title, say), "legend"),
        rows + Markup('<p class="ma-small">{}</p>').format(scheme),
        say,
    )


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
