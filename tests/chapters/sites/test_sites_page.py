"""The Sites page: ten places, honest about who paid, when they opened and where they are."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from geo.atlas import FRAMES, Atlas, Site, frame_bounds, load_atlas, load_sites
from geo.chapters.sites import page as site_cards
from geo.chapters.sites.page import cards_html, source_ids
from geo.chapters.sites.words import LOCATED_BY, SIDE_TEXTS
from geo.drawing import build_shelf
from geo.drawing.symbols import SHAPES, symbol_uri
from geo.language import speech
from geo.view import View
from tests.page_run import map_arguments, markup_of, run_page, text_of, untranslated

MODULES = (
    "geo/chapters/sites/page.py",
    "geo/chapters/sites/words.py",
    "geo/drawing/citations.py",
    "pages/sites.py",
)
ALIKE = frozenset({"wiki"})


@pytest.fixture
def atlas() -> Atlas:
    return load_atlas()


@pytest.fixture
def sites(atlas: Atlas) -> dict[str, Site]:
    return {site.site_id: site for site in load_sites(atlas)}


def test_the_essay_names_ten_sites_of_which_six_are_facilities(sites: dict[str, Site]) -> None:
    assert len(sites) == 10
    assert sum(site.is_facility for site in sites.values()) == 6


def test_facilities_come_first_and_in_order_of_opening(atlas: Atlas) -> None:
    built = [site for site in load_sites(atlas) if site.is_facility]
    assert list(load_sites(atlas)[:6]) == built
    assert [site.opened for site in built] == sorted(site.opened for site in built)


def test_san_jeronimo_was_only_planned_in_2016_and_open_at_the_end_of_2017(
    sites: dict[str, Site],
) -> None:
    assert sites["san_jeronimo"].status(2016) == "not_yet"
    assert sites["san_jeronimo"].status(2017) == "open"


def test_a_facility_without_an_opening_date_is_unknown_in_every_year(
    sites: dict[str, Site],
) -> None:
    undated = replace(sites["tornillo"], opened="")
    assert {undated.status(year) for year in range(2008, 2022)} == {"unknown"}


def test_a_city_is_never_open_or_closed(sites: dict[str, Site]) -> None:
    assert {sites["veracruz"].status(year) for year in (2008, 2021)} == {"city"}


def test_no_facility_was_shown_to_be_paid_by_merida(sites: dict[str, Site]) -> None:
    assert {site.payer for site in sites.values() if site.is_facility} == {"not_merida", "unknown"}


def test_only_an_explicit_no_keeps_a_payer_from_reading_as_merida(sites: dict[str, Site]) -> None:
    """A new wording in the table must not be passed off as "not Mérida" unseen."""
    claimed = replace(sites["cbx"], paid={"en": "Mérida, USD 5M", "es": "Mérida, 5 millones"})
    assert claimed.payer == "merida"
    assert replace(sites["cbx"], paid={"en": "", "es": ""}).payer == "unknown"


def test_every_side_and_every_worded_coordinate_source_is_said_in_both_languages(
    sites: dict[str, Site],
) -> None:
    for site in sites.values():
        assert site.side_text in SIDE_TEXTS
        assert "U.S." not in site.located_by or site.located_by in LOCATED_BY


def test_each_kind_has_one_shape_and_the_map_is_served_the_same(
    atlas: Atlas, sites: dict[str, Site]
) -> None:
    served = json.loads(build_shelf(atlas).by_name["sites.json"].content)
    assert {row["id"]: row["symbol"] for row in served} == {
        site.site_id: SHAPES[site.kind] for site in sites.values()
    }


def test_a_symbol_says_open_or_not_by_its_fill() -> None:
    for kind in SHAPES:
        assert symbol_uri(kind) != symbol_uri(kind, hollow=True)
        assert "<" not in symbol_uri(kind)


def test_each_frame_shows_all_of_its_sites(sites: dict[str, Site]) -> None:
    for name, wanted in FRAMES.items():
        (south, west), (north, east) = frame_bounds(sites.values(), name)
        for site_id in wanted or sites:
            site = sites[site_id]
            for lat, lon in [site.point] if site.point else site.stretch:
                assert south < lat < north
                assert west < lon < east


def test_west_rail_is_a_stretch_and_has_no_point(sites: dict[str, Site]) -> None:
    assert sites["west_rail"].point is None
    assert len(sites["west_rail"].stretch) > 2


def test_a_city_cites_the_sources_of_the_activities_its_check_names(
    atlas: Atlas, sites: dict[str, Site]
) -> None:
    assert not sites["tijuana"].sources
    assert sites["tijuana"].cited == ("M007", "M013", "M014", "M035")
    assert source_ids(atlas, sites["tijuana"])


def test_markup_in_a_name_stays_text(
    atlas: Atlas, sites: dict[str, Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    wicked = replace(sites["cbx"], names={"en": "<script>x</script>", "es": "x"})
    monkeypatch.setattr(site_cards, "load_sites", lambda atlas: (wicked,))
    shown = str(cards_html(atlas, View(), "", speech("en")))
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_page_shows_ten_cards_in_either_language(lang: str) -> None:
    app = run_page("sites.py", lang=lang)
    assert not app.exception
    assert markup_of(app).count("<article") == 10
    shown = text_of(app)
    for site in load_sites(load_atlas()):
        for told in (site.names, site.paid, site.essay, site.check):
            assert told[lang] in shown


def test_the_year_of_the_link_decides_what_is_open() -> None:
    assert "At the end of 2015, 3 of the 6" in text_of(run_page("sites.py", to="2015"))
    assert "At the end of 2021, 6 of the 6" in text_of(run_page("sites.py"))


def test_a_year_before_the_first_of_the_view_takes_the_first_along() -> None:
    app = run_page("sites.py", **{"from": "2014"})
    app.select_slider(key="w_site_year").set_value(2012).run()
    assert not app.exception
    view = app.session_state["reader"].view
    assert (view.from_year, view.to_year) == (2012, 2012)


def test_no_choice_changes_the_base_of_the_map_so_that_nothing_remounts_it() -> None:
    plain, other = (
        map_arguments(run_page("sites.py", **query))
        for query in ({}, {"lang": "es", "to": "2012", "state": "30"})
    )
    assert plain["script"] == other["script"]
    assert plain["feature_group"] != other["feature_group"]


def test_spanish_has_no_english_leftovers() -> None:
    assert untranslated(MODULES, same=ALIKE) == []
