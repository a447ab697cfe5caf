"""What the map scripts are told, as types: the one schema of every paint and of what lies under it.

`geo/assets/map-shared.js`, `atlas-map.js` and `offline-map.js` read these and nothing else; a test
holds both sides to them. A kind of paint is a `Paint` with keys of its own, and has one producer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, NotRequired, TypedDict

from geo.atlas import Atlas
from geo.drawing.names import NamePlace
from geo.drawing.symbols import CITY_FILL, SITE_FILL
from geo.language import Speech, speech
from geo.scene import DOT, HALO, OUTLINE, PATTERNED, REACHED, SELECTED, UNPAINTED
from geo.view import LANGS, LAYERS


class Paint(TypedDict):
    """What restyles the states.

    `at` gives each state (INEGI code) its place in `fills`, or −1, −2, −3 … for those in `others`;
    `labels` are the lines of its tooltip, as plain text; `alt` says what the map shows.
    """

    lang: str
    fills: Sequence[str]
    others: Sequence[str]
    at: Mapping[str, int]
    labels: Mapping[str, Sequence[str]]
    measured: NotRequired[str]
    """What the numbers of all labels measure, where they do not say it themselves."""
    without: NotRequired[str]
    """What stands for a number that is not there: no figure is published."""
    ranked: NotRequired[str]
    """The words around `{rank}`, which is the third line of a label that has one."""
    shared: NotRequired[str]
    """The words around `{share}`, which is the fourth."""
    layers: Sequence[str]
    selected: str
    alt: str


class ScenePaint(Paint):
    """A view; where it shows municipalities, the label of each that is named, by CVEGEO."""

    municipalities: NotRequired[Mapping[str, str]]


class LinkedPaint(ScenePaint):
    """A view beside another one: both maps move together."""

    linked: Literal[True]


class DrilledState(TypedDict):
    """The municipalities of a state (CVEGEO): those not in `at` are dotted, labelled `silent`."""

    state: str
    at: Mapping[str, int]
    fills: Sequence[str]
    labels: Mapping[str, str]
    silent: str


class DrillPaint(ScenePaint):
    """A view with one state taken apart."""

    drill: DrilledState


class SiteMark(TypedDict):
    """One site: its label, and whether it is drawn hollow."""

    label: str
    hollow: bool


class SitesPaint(Paint):
    """Sites in front of the states: `site` is the chosen one.

    `focus` are the south-west and north-east corner (latitude, longitude) that the map goes to.
    """

    sites: Mapping[str, SiteMark]
    site: str
    focus: Sequence[Sequence[float]]


class Colours(TypedDict):
    """The colours that no view changes, by their names in scripts and style sheets."""

    outline: str
    dots: str
    unpainted: str
    reached: str
    selected: str
    halo: str


class Ground(TypedDict):
    """What both map scripts know before a paint; `zones` and `border` are INEGI codes of states.

    `patterns` tell which fills lie under a pattern, and of which kind; `keys`, by language, what
    the keyboard does on the map; `zoom`, what its two buttons do.
    """

    colours: Colours
    patterns: Mapping[str, str]
    keys: Mapping[str, str]
    zoom: Mapping[str, Sequence[str]]
    layers: Sequence[str]
    zones: Sequence[str]
    border: Sequence[str]


class CountryName(TypedDict):
    """The name of a neighbour, where it stands in degrees, and the zoom from which it has room."""

    en: str
    es: str
    lat: float
    lng: float
    zoom: float


class Fit(TypedDict):
    """Where the map begins: corners in degrees (latitude, longitude), padding in CSS pixels."""

    bounds: Sequence[Sequence[float]]
    padding: int


class Boot(Ground):
    """What the pages' map starts with: shapes by address, and where it begins."""

    states: str
    municipalities: str
    neighbours: str
    sites: str
    fit: Fit
    names: Sequence[CountryName]
    failed: Mapping[str, str]


class Shapes(Ground):
    """What a map that stands alone starts with: shapes as GeoJSON, sites as `drawn_sites` says."""

    states: Mapping[str, Any]
    neighbours: Mapping[str, Any]
    sites: Sequence[Mapping[str, Any]]


class OneFile(Shapes):
    """What a view in one file holds; `municipalities` are packed, empty where it shows none."""

    paint: ScenePaint
    choose: str
    municipalities: str


class SwatchRow(TypedDict):
    """One row of a slide's legend."""

    fill: str
    label: str
    pattern: str


class SlideData(TypedDict):
    """One slide of a briefing: its texts and its map.

    `finding` and `beside` are sentences, of which as many are shown as fit; `notes` hold all.
    """

    title: str
    number: str
    label: str
    finding: Sequence[str]
    beside: Sequence[str]
    notes: Sequence[str]
    sources: str
    sourceTitles: Sequence[str]
    legendTitle: str
    legend: Sequence[SwatchRow]
    paint: ScenePaint


class SlideWords(TypedDict):
    """The words of the presenter's window, and those that answer a number that was typed."""

    presenter: str
    next: str
    sources: str
    end: str
    slides: str
    appendix: str
    go: str
    missing: str


class BriefingData(Shapes):
    """What a briefing that stands alone holds.

    The first `way` scenes are gone through; those after them are the appendix. `names` are those
    of the states with their places, see `geo.drawing.names`.
    """

    scenes: Sequence[SlideData]
    way: int
    words: SlideWords
    names: Mapping[str, NamePlace]


COLOURS: Final[Colours] = {
    "outline": OUTLINE,
    "dots": DOT,
    "unpainted": UNPAINTED,
    "reached": REACHED,
    "selected": SELECTED,
    "halo": HALO,
}

COLOURS_SHEET: Final = ":root {{{} }}\n".format(
    "".join(
        f" --map-{name}: {colour};"
        for name, colour in {**COLOURS, "site": SITE_FILL, "city": CITY_FILL}.items()
    )
)
"""The same, and those of the symbols, for the style sheets, which it stands in front of."""


def keys_text(say: Speech) -> str:
    """What the keyboard does on a map, for whoever hears it."""
    return say.t(
        "Arrow keys go from state to state, Enter chooses the state, Escape lets go of it."
    )


def ground(atlas: Atlas, *langs: str) -> Ground:
    """The ground of every map, with words in these languages, or in all."""
    spoken = {lang: speech(lang) for lang in langs or LANGS}
    return {
        "colours": COLOURS,
        "patterns": PATTERNED,
        "keys": {lang: keys_text(say) for lang, say in spoken.items()},
        "zoom": {lang: (say.t("Zoom in"), say.t("Zoom out")) for lang, say in spoken.items()},
        "layers": LAYERS,
        "zones": [code for code, state in atlas.states.items() if state.sez],
        "border": atlas.border,
    }
