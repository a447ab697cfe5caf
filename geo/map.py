"""The map: a base that never changes, and paints that restyle it.

The base holds no value, no language and no choice, so no change of the view ever remounts it.
It loads the boundaries by HTTP from immutable addresses. A paint brings only class indices,
colours and labels by state code.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import folium
from branca.element import MacroElement
from folium.template import Template

from geo.atlas import Atlas
from geo.compare import Difference
from geo.i18n import Speech, speech
from geo.labels import value_text
from geo.legend import STATUS_FILLS, class_fills
from geo.palette import NO_DATA_FILL, OUTLINE
from geo.policy import SCENES_KEPT
from geo.scene import Scene, municipalities_reached
from geo.sentence import headline
from geo.shelf import LEAFLET, Shelf
from geo.view import LAYERS, View

HEIGHT: Final = 560
"""Height of the map in CSS pixels on a wide screen; a narrow one gets less, by its own script."""

MEXICO_CENTRE: Final = (23.9, -102.3)

COUNTRY_NAMES: Final = (
    ("United States", "Estados Unidos", 32.6, -98.9),
    ("Guatemala", "Guatemala", 15.2, -90.4),
    ("Belize", "Belice", 17.1, -88.0),
)
"""Labels of the neighbours, with where they stand (latitude, longitude in degrees)."""


TEMPLATE_START: Final = re.compile(r"\{(?=[{%#])")


class _Boot(MacroElement):
    """Starts our own script on the map, once, with the addresses of everything it loads."""

    _template = Template(
        """{% macro script(this, kwargs) %}
        window.atlasBoot(map_div, {{ this.config }});
        {% endmacro %}"""
    )

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Boot"
        self.config = _json(config)


class _Paint(MacroElement):
    """Restyles the boundaries that are already there."""

    _template = Template(
        """{% macro script(this, kwargs) %}
        window.atlas.paint({{ this.payload }});
        {% endmacro %}"""
    )

    def __init__(self, payload: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Paint"
        self.payload = _json(payload)


class _PaintGroup(folium.FeatureGroup):
    """A feature group that is only ever turned into script.

    Rendering it into a page would compile its script, values and all, as a template: slow, and
    wrong with text from data. `st_folium` asks for the rendering and then uses the script alone.
    """

    def render(self, **_: Any) -> str:
        """Do nothing; see above."""
        return ""


@dataclass(frozen=True)
class _Said:
    """An element that was rendered before."""

    text: str

    def render(self) -> str:
        """What it said."""
        return self.text


class _AtlasMap(folium.Map):
    """A folium map whose only scripts and styles are served by this server.

    It is rendered once and then sealed: one base serves every reader at the same time, so what
    `st_folium` adds to it for one of them must leave no trace.
    """

    sealed = False

    def __init__(self, shelf: Shelf) -> None:
        self.default_js = [
            ("leaflet", f"{LEAFLET}/leaflet.js"),
            ("atlas", shelf.url("atlas-map.js")),
        ]
        self.default_css = [
            ("leaflet_css", f"{LEAFLET}/leaflet.css"),
            ("atlas_css", shelf.url("atlas-map.css")),
        ]
        super().__init__(
            location=MEXICO_CENTRE,
            zoom_start=5,
            tiles=None,
            min_zoom=4,
            max_zoom=12,
            zoom_snap=0.25,
            zoom_delta=0.75,
            scroll_wheel_zoom=False,
            attribution_control=False,
            world_copy_jump=False,
        )
        # The name that streamlit-folium gives every map; set before the styles are rendered.
        self._id = "div"

    def render(self, **kwargs: Any) -> str:
        """Render until sealed."""
        return "" if self.sealed else str(super().render(**kwargs))  # type: ignore[no-untyped-call]

    def add_child(self, child: Any, name: str | None = None, index: int | None = None) -> Any:
        """Add for good until sealed; afterwards only tell the child where it belongs."""
        if self.sealed:
            child._parent = self
            return self
        return super().add_child(child, name=name, index=index)

    def seal(self) -> None:
        """Render for the last time, and keep what the page's head and body then say."""
        root: Any = self.get_root()
        root.render()
        root.header, root.html = _Said(root.header.render()), _Said(root.html.render())
        self.sealed = True


@lru_cache(maxsize=4)
def base_map(atlas: Atlas, shelf: Shelf) -> folium.Map:
    """The constant base of the map: one for every view, reader and language."""
    made = _AtlasMap(shelf)
    spoken = {lang: speech(lang) for lang in ("en", "es")}
    made.add_child(
        _Boot(
            {
                "states": shelf.url("states.geojson"),
                "municipalities": shelf.url("municipalities.geojson"),
                "neighbours": shelf.url("neighbours.geojson"),
                "sites": shelf.url("sites.json"),
                "outline": OUTLINE,
                "noData": NO_DATA_FILL,
                "height": HEIGHT,
                "layers": LAYERS,
                "border": atlas.border,
                "sez": [code for code, state in atlas.states.items() if state.sez],
                "names": [
                    {"en": en, "es": es, "lat": lat, "lng": lng}
                    for en, es, lat, lng in COUNTRY_NAMES
                ],
                "failed": {
                    lang: say.t("The boundaries could not be loaded. Reload the page to try again.")
                    for lang, say in spoken.items()
                },
            }
        )
    )
    made.seal()
    return made


def paint_layer(atlas: Atlas, scene: Scene, view: View, say: Speech) -> folium.FeatureGroup:
    """The paint of a scene as the feature group that `st_folium` sends."""
    return as_layer(paint_payload(atlas, scene, view, say))


def as_layer(payload: dict[str, Any]) -> folium.FeatureGroup:
    """A paint, as `paint_payload` or another page words it, as the feature group to send."""
    group = _PaintGroup()
    group.add_child(_Paint(payload))
    return group


def cross_layer(atlas: Atlas, scene: Scene, view: View, say: Speech) -> folium.FeatureGroup:
    """Need against aid on the map: each state in the colour of its class on both axes."""
    from geo.bivariate import cross

    crossed = cross(scene)
    fills = sorted({state.fill for state in crossed.states})
    told = paint_payload(atlas, scene, view, say) | {
        "fills": fills,
        "at": {state.code: fills.index(state.fill) for state in crossed.states},
        "labels": {
            state.code: [
                atlas.states[state.code].names[say.lang],
                say.t(
                    "{cell}: {aid} of the aid, {need} of the need",
                    cell=state.name,
                    aid=say.percent(state.share, 1),
                    need=say.percent(state.need_share, 1),
                )
                if state.name
                else say.t("no published figure"),
            ]
            for state in crossed.states
        },
        "alt": say.t("Map of the share of the aid against the share of the need"),
    }
    return as_layer(told)


def difference_layer(
    atlas: Atlas, made: Difference, view: View, say: Speech
) -> folium.FeatureGroup:
    """What the second view has more or less, as a diverging map."""
    from geo.compare_words import change_text, difference_fills

    fills, statuses = difference_fills(made), list(STATUS_FILLS)
    told = paint_payload(atlas, made.first, view, say) | {
        "fills": fills,
        "at": {
            state.code: -1 - statuses.index(state.status) if state.klass is None else state.klass
            for state in made.states
        },
        "labels": {
            state.code: [
                atlas.states[state.code].names[say.lang],
                change_text(state.change, made, say),
            ]
            for state in made.states
        },
        "alt": say.t("Map of the difference between two views"),
    }
    return as_layer(told)


def paint_payload(atlas: Atlas, scene: Scene, view: View, say: Speech) -> dict[str, Any]:
    """What a paint says.

    `at` gives each state its class index, or −1, −2, −3 … for the statuses in `others`; `fills`
    are the colours by class; `labels` the lines of each state's tooltip, as plain text.
    """
    statuses = list(STATUS_FILLS)
    payload: dict[str, Any] = {
        "lang": say.lang,
        "fills": class_fills(scene),
        "others": list(STATUS_FILLS.values()),
        "at": {
            state.code: -1 - statuses.index(state.status) if state.klass is None else state.klass
            for state in scene.states
        },
        "labels": tooltips(atlas, scene, say),
        "layers": view.layers,
        "selected": view.state,
        "alt": headline(scene, say),
    }
    if "municipalities" in view.layers:
        payload["municipalities"] = {
            code: say.n("{count} documented activity", "{count} documented activities", count)
            for code, count in municipalities_reached(scene).items()
        }
    return payload


@lru_cache(maxsize=SCENES_KEPT)
def tooltips(atlas: Atlas, scene: Scene, say: Speech) -> dict[str, list[str]]:
    """Each state's name and number, as the map's tooltip shows them, by INEGI code."""
    return {
        state.code: [
            atlas.states[state.code].names[say.lang],
            value_text(state.value, state.status, scene.view, say),
        ]
        for state in scene.states
    }


def _json(value: Any) -> str:
    """JSON that is safe inside a script, wherever it ends up.

    folium reads a page's scripts as templates once more: a brace of a text that would open an
    expression there is escaped too (JSON itself never has two of these characters in a row).
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return TEMPLATE_START.sub("\\\\u007b", text)
