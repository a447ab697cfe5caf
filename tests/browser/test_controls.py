"""Every control: what it does to the address, the map, the legend and the sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from geo.language import (
    EVIDENCE_NAMES,
    FOUND_NAMES,
    MEASURE_NAMES,
    NAMED_NAMES,
    NEED_NAMES,
    PRIORITY_NAMES,
    SCHEME_NAMES,
    SHOW_NAMES,
    SPLIT_NAMES,
    WEAK_NAMES,
    Say,
    speech,
)
from geo.view import (
    CLASS_COUNTS,
    DOLLARS,
    EVIDENCE,
    FOUND,
    MEASURES,
    NAMED,
    PERS,
    PILLARS,
    SCHEMES,
    SHOWS,
    SPLITS,
    WEAK,
    View,
    normal_pillars,
    spell_query,
)
from geo.words import DOLLARS_NAMES
from tests.browser.atlas_page import LIMIT
from tests.browser.promises import assert_shows, state_names, wait_address
from tests.covering import thorough

if TYPE_CHECKING:
    from tests.browser.atlas_page import AtlasPage

SAY = speech("en")


def names(table: dict[str, Say]) -> dict[str, str]:
    return {option: told(SAY) for option, told in table.items()}


CONTROLS: dict[View, dict[str, tuple[tuple[Any, ...], dict[Any, str]]]] = {
    View(): {
        "measure": (MEASURES, names(MEASURE_NAMES)),
        "per": (PERS, names(NEED_NAMES)),
        "evidence": (EVIDENCE, names(EVIDENCE_NAMES)),
        "weak": (WEAK, names(WEAK_NAMES)),
        "found": (FOUND, names(FOUND_NAMES)),
        "named": (NAMED, names(NAMED_NAMES)),
    },
    View(per="population"): {
        "show": (SHOWS, names(SHOW_NAMES)),
        "scheme": (SCHEMES, names(SCHEME_NAMES)),
        "k": (CLASS_COUNTS[::2], {k: str(k) for k in CLASS_COUNTS}),
    },
    View(measure="usd", evidence="attributed"): {
        "dollars": (DOLLARS, names(DOLLARS_NAMES)),
        "split": (SPLITS, names(SPLIT_NAMES)),
    },
}
"""From each of these views: the controls, those first that stand outside the drawer."""

LIKE_ANOTHER = ("weak", "found", "named", "k", "split")
"""Rows of buttons as `measure` and `evidence` are, which a run goes through: of these, one button.

The thorough profile goes through all.
"""


@pytest.mark.covering
@pytest.mark.parametrize("start", CONTROLS, ids=lambda start: urlencode(spell_query(start)))
def test_a_control_changes_address_map_legend_and_ranking_but_never_the_place_on_the_map(
    atlas: AtlasPage, start: View
) -> None:
    atlas.open_view(start)
    assert_shows(atlas, start)
    mounted = atlas.mount_id()
    moved = atlas.zoom_in().drag_map(60, 40).map_view()
    for parameter, (options, told) in CONTROLS[start].items():
        default = getattr(start, parameter)
        others = [option for option in options if option != default]
        if parameter in LIKE_ANOTHER and not thorough():
            others = others[-1:]
        if atlas.is_put_away(parameter):
            atlas.open_drawer()
        for option in (*others, default):
            atlas.choose(parameter, told[option])
            assert_shows(atlas, start.with_(**{parameter: option}))
        assert atlas.mount_id() == mounted, parameter
        assert atlas.map_view() == moved, parameter


def test_priorities_are_added_and_taken_away_one_by_one_and_all_five_mean_all(
    atlas: AtlasPage,
) -> None:
    atlas.open_map()
    mounted, chosen = atlas.mount_id(), []
    atlas.open_drawer()
    for number in (3, 1, 2, 5, 4):
        chosen.append(number)
        atlas.choose("pillar", f"{number} · {PRIORITY_NAMES[PILLARS[number]](SAY)}")
        assert_shows(atlas, View(pillar=normal_pillars(chosen)))
    assert atlas.url_params() == {}
    atlas.choose("pillar", f"4 · {PRIORITY_NAMES['prevention'](SAY)}")
    atlas.choose("pillar", f"2 · {PRIORITY_NAMES['organised_crime'](SAY)}")
    assert_shows(atlas, View(pillar=(2, 4)))
    atlas.choose("pillar", f"4 · {PRIORITY_NAMES['prevention'](SAY)}")
    assert_shows(atlas, View(pillar=(2,)))
    assert atlas.mount_id() == mounted


def test_the_years_are_moved_with_the_arrow_keys_and_spelled_as_from_and_to(
    atlas: AtlasPage,
) -> None:
    atlas.open_map(per="homicides")
    mounted = atlas.mount_id()
    atlas.open_drawer()
    first, last = (atlas.control("years").locator("input[type=range]").nth(i) for i in (0, 1))
    first.focus()
    atlas.page.keyboard.press("ArrowRight")
    assert_shows(atlas, View(per="homicides", from_year=2009))
    last.focus()
    atlas.page.keyboard.press("ArrowLeft")
    atlas.page.keyboard.press("ArrowLeft")
    assert_shows(atlas, View(per="homicides", from_year=2009, to_year=2019))
    assert atlas.mount_id() == mounted


def test_the_language_changes_every_text_and_keeps_the_view_and_the_map(atlas: AtlasPage) -> None:
    atlas.open_map(measure="usd")
    mounted = atlas.mount_id()
    atlas.choose("lang", "Español")
    assert_shows(atlas, View(measure="usd", lang="es"))
    # The colours stay: only its language tells that the map has been painted anew.
    atlas.map_frame().wait_for_function(
        "() => document.documentElement.lang === 'es'", timeout=LIMIT
    )
    labelled = atlas.map_frame().evaluate("() => window.atlas.labels()")
    assert {code: lines[0] for code, lines in labelled.items()} == state_names(View(lang="es"))
    atlas.choose("lang", "English")
    assert_shows(atlas, View(measure="usd"))
    assert atlas.mount_id() == mounted


def test_a_hasty_reader_who_clicks_on_without_waiting_gets_the_last_choice(
    atlas: AtlasPage,
) -> None:
    atlas.open_map()
    measure = atlas.control("measure")
    for told in ("Dollars", "Documented activity", "Dollars"):
        measure.get_by_role("radio", name=told, exact=True).click()
    menu = atlas.control("show").get_by_role("combobox")
    menu.click()
    atlas.page.get_by_role("option", name=SHOW_NAMES["share"](SAY), exact=True).click()
    wait_address(atlas, View(measure="usd", show="share"))
    assert_shows(atlas, View(measure="usd", show="share"))


def test_a_change_sends_little_over_the_socket(atlas: AtlasPage) -> None:
    atlas.count_socket_bytes()
    atlas.open_map()
    for parameter, option, view in (
        ("measure", "Dollars", View(measure="usd")),
        ("show", SHOW_NAMES["ratio"](SAY), View(measure="usd", show="ratio")),
        ("measure", "Documented activity", View(show="ratio")),
    ):
        painted = atlas.paints()
        atlas.forget_socket_bytes()
        atlas.choose(parameter, option)
        assert_shows(atlas, view)
        atlas.wait_painted(more_than=painted)
        until_paint, in_all = atlas.socket_bytes()
        # Half a kilobyte is the ranks, which whoever hears the map is told too.
        assert 0 < until_paint <= 10.5 * 1024
        assert until_paint <= in_all <= 60 * 1024
