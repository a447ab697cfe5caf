"""The schema of what the map scripts are told: every producer keeps it, every script reads it."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.atlas import FRAMES, Atlas, load_atlas, load_sites, municipalities_of
from geo.briefing import compute_slides, own_briefing
from geo.briefing.page import briefing_html
from geo.chapters.closer import PAIRS, Opened
from geo.chapters.closer.tools import (
    cross_payload,
    difference_payload,
    drill_payload,
    linked_payload,
)
from geo.chapters.map import paint_payload
from geo.chapters.rebalance import change_classes, change_payload
from geo.chapters.sites import site_payload
from geo.drawing import MAP_SCRIPT, base_map, build_shelf
from geo.drawing.names import NamePlace
from geo.drawing.paint import (
    COLOURS,
    COLOURS_SHEET,
    Boot,
    BriefingData,
    Colours,
    CountryName,
    DrilledState,
    DrillPaint,
    Ground,
    LinkedPaint,
    OneFile,
    Paint,
    ScenePaint,
    SiteMark,
    SitesPaint,
    SlideData,
    SlideWords,
    SwatchRow,
)
from geo.equity.rebalance import MIX, Scenario, rebalance
from geo.language import speech
from geo.paths import ASSETS
from geo.scene import NO_DATA_FILL, build_scene, compare, difference
from geo.server.routes import painted_ahead
from geo.share.files.one_file import one_file_html
from geo.view import LANGS, LAYERS, STATE_CODES, View
from tests.fitting import breaches, keys_of
from tests.strategies import views

if TYPE_CHECKING:
    pass

HEX = re.compile(r"#[0-9a-f]{6}")
PAINTS = (ScenePaint, LinkedPaint, DrillPaint, SitesPaint)
SCENARIOS = (Scenario(), Scenario(by="homicides", sez=50), Scenario(by=MIX, mix=(60, 40, 0)))
TOOLS = st.sampled_from([Opened(changes=pair.changes) for pair in PAIRS.values()])


@cache
def real() -> Atlas:
    return load_atlas()


def assert_fits(payload: Any, kind: type) -> None:
    """The schema, and what a type cannot say: places among the fills, colours, known names."""
    assert breaches(payload, kind) == []
    fills, others = len(payload["fills"]), len(payload["others"])
    assert payload["at"].keys() == payload["labels"].keys() == real().states.keys()
    assert all(-others <= at < fills for at in payload["at"].values())
    assert all(HEX.fullmatch(fill) for fill in (*payload["fills"], *payload["others"]))
    assert payload["lang"] in LANGS
    assert set(payload["layers"]) <= set(LAYERS)
    assert payload["selected"] in ("", *STATE_CODES)
    assert payload["alt"]
    assert all(lines and all(lines) for lines in payload["labels"].values())
    assert ("municipalities" in payload) <= ("municipalities" in payload["layers"])


class TestEveryProducerKeepsTheSchema:
    @given(views())
    def test_the_map_and_what_is_painted_ahead_of_it(self, view: View) -> None:
        payload = paint_payload(real(), build_scene(real(), view), view, speech(view.lang))
        assert_fits(payload, ScenePaint)
        assert_fits(painted_ahead(real(), view), ScenePaint)
        assert ("municipalities" in payload) == ("municipalities" in view.layers)

    @given(views())
    def test_need_against_aid(self, view: View) -> None:
        scene = build_scene(real(), view)
        assert_fits(cross_payload(real(), scene, view, speech(view.lang)), ScenePaint)

    @given(views(), TOOLS)
    def test_two_views_and_their_difference(self, view: View, own: Opened) -> None:
        say, other = speech(view.lang), own.other(view)
        for pooled in compare(real(), view, other):
            assert_fits(linked_payload(real(), pooled, view, say), LinkedPaint)
        made = difference(real(), view, other)
        assert_fits(difference_payload(real(), made, view, say), ScenePaint)

    @given(views(), st.sampled_from(STATE_CODES))
    def test_a_state_and_its_municipalities(self, view: View, code: str) -> None:
        view = view.with_(state=code)
        payload = drill_payload(real(), build_scene(real(), view), view, speech(view.lang))
        assert_fits(payload, DrillPaint)
        drill = payload["drill"]
        assert drill["state"] == code
        assert drill["at"].keys() == drill["labels"].keys()
        assert drill["at"].keys() <= {one.cvegeo for one in municipalities_of(code)}
        assert all(0 <= at < len(drill["fills"]) for at in drill["at"].values())
        assert all(HEX.fullmatch(fill) for fill in drill["fills"])

    @given(views(), st.sampled_from(SCENARIOS))
    def test_a_fairer_spread(self, view: View, scenario: Scenario) -> None:
        result = rebalance(real(), view, scenario)
        classes = change_classes([result], view)
        assert_fits(change_payload(real(), result, classes, view, speech(view.lang)), Paint)

    @pytest.mark.parametrize("lang", LANGS)
    @pytest.mark.parametrize("frame", FRAMES)
    @pytest.mark.parametrize("year", [2008, 2014, 2021])
    def test_the_sites(self, year: int, frame: str, lang: str) -> None:
        sites = {site.site_id for site in load_sites(real())}
        for chosen in ("", min(sites)):
            payload = site_payload(real(), speech(lang), year=year, chosen=chosen, frame=frame)
            assert_fits(payload, SitesPaint)
            assert payload["sites"].keys() == sites
            assert [len(corner) for corner in payload["focus"]] == [2, 2]

    def test_the_start_of_the_map_on_a_page(self) -> None:
        script = build_shelf(real()).by_name[MAP_SCRIPT].content.decode()
        boot = json.loads(re.findall(r"^window.atlasBegins = (.*);$", script, re.MULTILINE)[0])
        assert breaches(boot, Boot) == []
        assert boot["colours"] == COLOURS

    @pytest.mark.parametrize("layers", [LAYERS, ()])
    @pytest.mark.parametrize("lang", LANGS)
    def test_a_view_in_one_file(self, lang: str, layers: tuple[str, ...]) -> None:
        view = View(lang=lang, layers=layers)
        told = told_in(one_file_html(real(), view))
        assert breaches(told, OneFile) == []
        assert_fits(told["paint"], ScenePaint)
        assert bool(told["municipalities"]) == ("municipalities" in layers)

    @pytest.mark.parametrize("lang", LANGS)
    def test_a_briefing_that_stands_alone(self, lang: str) -> None:
        told = told_in(briefing_html(real(), compute_slides(real(), own_briefing(), lang)))
        assert breaches(told, BriefingData) == []
        for slide in told["scenes"]:
            assert_fits(slide["paint"], ScenePaint)


def told_in(page: bytes) -> Any:
    """What a page that stands alone holds for its script."""
    return json.loads(re.findall(r'id="told">(.*?)</script>', page.decode(), re.DOTALL)[0])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"more": 1}, "no such key"),
        ({"alt": None}, "is no"),
        ({"at": {"01": True}}, "is no"),
        ({"labels": {"01": "a"}}, "is no"),
        ({"linked": False}, "none of"),
        ({"drill": {}}, "is missing"),
    ],
)
def test_what_does_not_fit_is_found(change: dict[str, Any], said: str) -> None:
    view = View(state="08")
    scene, say = build_scene(real(), view), speech("en")
    kind = LinkedPaint if "linked" in change else DrillPaint
    make = linked_payload if "linked" in change else drill_payload
    payload: dict[str, Any] = dict(make(real(), scene, view, say))
    assert breaches(payload, kind) == []
    assert all(said in breach for breach in breaches({**payload, **change}, kind))
    assert breaches({**payload, **change}, kind)
    assert breaches({key: payload[key] for key in payload if key != "at"}, kind)


def own(kind: type, *without: type) -> set[str]:
    """The keys of a kind, less those of the kinds it stands on."""
    return keys_of(kind).keys() - {key for base in without for key in keys_of(base)}


def read(pattern: str, *scripts: str) -> set[str]:
    """What scripts read of the objects that `pattern` names."""
    code = "\n".join((ASSETS / name).read_text(encoding="utf-8") for name in scripts)
    return set(re.findall(rf"\b{pattern}\.(\w+)", code))


SHARED, PAGES, ALONE = "map-shared.js", "atlas-map.js", "offline-map.js"


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        pytest.param(
            {key for kind in PAINTS for key in own(kind)},
            read("(?:payload|confirmed)", SHARED, PAGES, ALONE),
            id="paints",
        ),
        pytest.param(own(DrilledState), read("drill", PAGES), id="a drilled state"),
        pytest.param(
            own(SiteMark), read(r"(?:shown|sites\[site\.id\])", SHARED, PAGES), id="sites"
        ),
        pytest.param(own(Colours), read("colours", SHARED, PAGES), id="colours"),
        pytest.param(own(Ground), read("ground", SHARED), id="the ground"),
        pytest.param(own(Boot, Ground) | {"colours"}, read("config", PAGES), id="the start"),
        pytest.param(own(CountryName) - {*LANGS}, read("name", PAGES), id="names of countries"),
        pytest.param(
            own(OneFile, Ground) | {"names"}, read("told", ALONE, "one-file.js"), id="one file"
        ),
        pytest.param(
            own(BriefingData, OneFile) - {"names"}, read("told", "present.js"), id="a briefing"
        ),
        pytest.param(own(NamePlace), read("place", ALONE), id="the name of a state"),
        pytest.param(own(SlideData), read("(?:scene|next)", "present.js"), id="a slide"),
        pytest.param(own(SlideWords), read("words", "present.js"), id="words of a briefing"),
        pytest.param(own(SwatchRow), read("row", "present.js"), id="a row of a legend"),
    ],
)
def test_what_the_schema_names_is_what_the_scripts_read(keys: set[str], found: set[str]) -> None:
    assert keys == found


class TestWhatTheScriptsShare:
    def test_it_stands_in_front_of_each_map_script_and_no_page_asks_for_it(self) -> None:
        shared = (ASSETS / SHARED).read_bytes()
        shelf = build_shelf(real())
        served = shelf.by_name[PAGES].content
        assert served.endswith(shared + (ASSETS / PAGES).read_bytes())
        page = one_file_html(real(), View()).decode()
        assert page.index("window.atlasDrawing = ") < page.index("window.offlineMap = ")
        html = base_map(shelf).get_root().render()
        assert shelf.url(PAGES) in html
        assert "map-shared" not in html

    def test_no_script_or_style_sheet_writes_a_colour_that_python_names(self) -> None:
        named = {*named_colours(COLOURS_SHEET), NO_DATA_FILL} - {"#ffffff"}
        assert len(named) >= 8
        for path in (*sorted(ASSETS.glob("*.js")), *sorted(ASSETS.glob("*.css"))):
            # The ink of texts is the dark of the symbols by chance, and a word of its own.
            text = re.sub(r"--(?:ma-)?ink:[^;]*;|color: #14232c", "", path.read_text("utf-8"))
            assert not named & named_colours(text), path.name

    def test_every_colour_that_a_style_sheet_asks_for_stands_in_front_of_it(self) -> None:
        for name in ("pages.css", "atlas-map.css"):
            content = build_shelf(real()).by_name[name].content.decode()
            assert content.startswith(COLOURS_SHEET)
            asked = set(re.findall(r"var\((--map-\w+)\)", content))
            assert asked <= set(re.findall(r"(--map-\w+):", COLOURS_SHEET))


def named_colours(text: str) -> set[str]:
    return set(HEX.findall(text.lower()))
