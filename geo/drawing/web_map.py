"""The folium map of the pages: a base that never changes, restyled by layers that carry a paint.

The base holds no value, no language and no choice, so no change of the view ever remounts it.
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

from geo.drawing.paint import Paint
from geo.drawing.shelf import LEAFLET, MAP_SCRIPT, MAP_SHEET, Shelf

HEIGHT: Final = 560
"""The height that `st_folium` is given, in CSS pixels; the frame's own is in `page-frame.css`."""

MEXICO_CENTRE: Final = (23.9, -102.3)

TEMPLATE_START: Final = re.compile(r"\{(?=[{%#])")


class _Boot(MacroElement):
    """Starts our own script on the map, once; what it begins with comes with it (`boot.py`)."""

    _template = Template(
        """{% macro script(this, kwargs) %}
        window.atlasBoot(map_div);
        {% endmacro %}"""
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Boot"


class _Paint(MacroElement):
    """Restyles the boundaries that are already there."""

    _template = Template(
        """{% macro script(this, kwargs) %}
        window.atlas.paint({{ this.payload }});
        {% endmacro %}"""
    )

    def __init__(self, payload: Paint) -> None:
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
            ("atlas", shelf.url(MAP_SCRIPT)),
        ]
        self.default_css = [
            ("leaflet_css", f"{LEAFLET}/leaflet.css"),
            ("atlas_css", shelf.url(MAP_SHEET)),
        ]
        super().__init__(
            location=MEXICO_CENTRE,
            zoom_start=5,
            tiles=None,
            min_zoom=3,
            max_zoom=12,
            zoom_snap=0.25,
            zoom_delta=0.75,
            scroll_wheel_zoom=False,
            attribution_control=False,
            # Leaflet's own would focus the whole map when it is pressed, which scrolls the page.
            keyboard=False,
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
def base_map(shelf: Shelf) -> folium.Map:
    """The constant base of the map: one for every view, reader and language."""
    made = _AtlasMap(shelf)
    made.add_child(_Boot())
    made.seal()
    return made


def as_layer(payload: Paint) -> folium.FeatureGroup:
    """A paint as the feature group that `st_folium` sends."""
    group = _PaintGroup()
    group.add_child(_Paint(payload))
    return group


def web_map_trouble() -> str:
    """Why folium no longer makes of our elements what `st_folium` sends; empty if it does.

    It takes the script of an element from its template, and finds the map by its name and number.
    """
    fields: Any = {"at": {}}
    group: Any = as_layer(fields)
    scripts = [
        str(element._template.module.script(element))
        for element in (group, *group._children.values())
    ]
    if f"{group.get_name()} = L.featureGroup" not in scripts[0]:
        return "a feature group's template makes no script of its own"
    if 'window.atlas.paint({"at":{}});' not in scripts[1]:
        return "an element's template makes no script of its paint"
    base: Any = folium.Map(tiles=None)
    base._id = "div"
    if base.get_name() != "map_div":
        return f"a map with the number of ours is named {base.get_name()}"
    return ""


def _json(value: Any) -> str:
    """JSON that is safe inside a script, wherever it ends up.

    folium reads a page's scripts as templates once more: a brace of a text that would open an
    expression there is escaped too (JSON itself never has two of these characters in a row).
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return TEMPLATE_START.sub("\\\\u007b", text)
