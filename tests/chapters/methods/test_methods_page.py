"""The Data and methods page: all of the ledger, what is left out, and nothing added twice."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from geo.atlas import Atlas, Ledger, grade_of, list_activities, load_atlas, read_package
from geo.chapters.methods.completeness import completeness_html, recapture_svg
from geo.chapters.methods.gaps import gaps_html, missing_fiscal_years, per_state
from geo.chapters.methods.ledger import ledger_html, not_merida_html
from geo.chapters.methods.page import closing_html, opening_html
from geo.chapters.methods.sources import (
    activities_by_grade,
    activities_by_kind,
    licences_html,
    sources_html,
)
from geo.chapters.methods.totals import counts, overlap_verdict
from geo.chapters.methods.unmatched import Report, reports
from geo.equity import Catches, Completeness, completeness
from geo.language import (
    KINDS,
    PLACE_LEVELS,
    READINGS,
    RECIPIENTS,
    RELATIONS,
    SCOPES,
    SOURCE_KINDS,
    TERMS,
    Speech,
    speech,
)
from geo.scene import build_scene
from geo.share.downloads import downloads_html
from geo.view import STATE_CODES, View
from tests.markup import EVIL, assert_harmless
from tests.page_run import markup_of, run_page, text_of
from tests.research import researched, rows_on_file

EN, ES = speech("en"), speech("es")


def ids_listed(view: View, search: str = "") -> list[str]:
    listing = list_activities(load_atlas(), view, search)
    return [activity.activity_id for activity in listing.activities]


# What is listed


def test_with_weak_evidence_and_nothing_chosen_every_activity_is_listed() -> None:
    atlas = load_atlas()
    listing = list_activities(atlas, View(weak="include"))
    assert len(listing.activities) + listing.weak == len(atlas.ledger) == rows_on_file("activities")
    # One activity names no place at all: with weak evidence asked for, it is listed too.
    assert "M113" in ids_listed(View(weak="include"))


def test_without_weak_evidence_the_list_is_what_the_map_counts_and_its_parts() -> None:
    atlas = load_atlas()
    scene = build_scene(atlas, View())
    listing = list_activities(atlas, View())
    assert len(listing.activities) - listing.parts == scene.located
    assert listing.parts == 2
    assert listing.weak == activities_by_grade(atlas)["D"]


@pytest.mark.parametrize(
    "view", [View(), View(weak="include"), View(pillar=(4,)), View(from_year=2015)]
)
def test_a_state_lists_what_the_map_counts_in_it(view: View) -> None:
    scene = build_scene(load_atlas(), view)
    for code in STATE_CODES:
        listing = list_activities(load_atlas(), view.with_(state=code))
        assert len(listing.activities) - listing.parts == scene.state(code).activities


@pytest.mark.parametrize("search", ["", "juarez", "nothing says this"])
@pytest.mark.parametrize("view", [View(), View(state="08", pillar=(1, 4), found="targeted")])
def test_every_activity_is_listed_or_left_out_for_one_reason(view: View, search: str) -> None:
    listing = list_activities(load_atlas(), view, search)
    out = listing.filtered + listing.weak + listing.elsewhere + listing.unmatched
    assert len(listing.activities) + out == rows_on_file("activities")


def test_a_search_finds_words_in_any_order_whatever_their_accents_and_case() -> None:
    everything = View(weak="include")
    assert ids_listed(everything, "JUAREZ tijuana") == ids_listed(everything, "Tijuana Juárez")
    assert ids_listed(everything, "m035") == [
        a for a in ids_listed(everything) if a in ids_listed(everything, "M035")
    ]
    assert "M035" in ids_listed(everything, "m035")
    assert ids_listed(everything, "penales") != []
    assert ids_listed(everything, "nothing says this") == []


# What a row says


def test_a_row_says_amount_basis_rate_and_year_for_pesos() -> None:
    text = str(ledger_html(load_atlas(), View(), "M054", EN))
    assert "2,000,000 pesos" in text
    assert "US$105,757 at 18.9112 pesos per dollar, mean of 2017" in text
    undated = str(ledger_html(load_atlas(), View(weak="include"), "M111", EN))
    assert "undated, so not converted" in undated


def test_a_part_says_of_what_and_an_overlap_says_with_what() -> None:
    text = str(ledger_html(load_atlas(), View(), "M116", EN))
    assert "Part of M114: never added to it" in text
    assert "possibly" in str(ledger_html(load_atlas(), View(), "M004", EN))


def test_an_empty_list_says_what_to_do() -> None:
    text = str(ledger_html(load_atlas(), View(), "nothing says this", EN))
    assert "<table" not in text
    assert "Widen the years" in text


# Text from data


def poisoned(atlas: Atlas) -> Atlas:
    """The atlas with every free text of its ledger and sources trying to be markup."""
    activities = tuple(
        replace(
            activity,
            titles={"en": EVIL, "es": EVIL},
            note=EVIL,
            funder=EVIL,
            verification=EVIL,
            basis=EVIL,
            places=tuple(replace(p, place=EVIL, count=1, count_unit=EVIL) for p in activity.places),
        )
        for activity in atlas.ledger.activities
    )
    sources = {
        key: replace(source, title=EVIL, author=EVIL, date=EVIL, url="javascript:alert(1)")
        for key, source in atlas.sources.items()
    }
    return replace(atlas, ledger=Ledger(activities), sources=sources)


@pytest.mark.parametrize("say", [EN, ES], ids=["en", "es"])
def test_markup_in_the_data_stays_text(say: Speech) -> None:
    atlas = poisoned(load_atlas())
    view = View(weak="include", lang=say.lang)
    assert EVIL in assert_harmless(str(ledger_html(atlas, view, "", say))).text
    for made in (
        sources_html(atlas, say),
        opening_html.__wrapped__(atlas, say),
        closing_html.__wrapped__(atlas, say),
        downloads_html(atlas, view, EVIL, say),
    ):
        assert_harmless(str(made))


# What it all rests on


def test_grades_and_kinds_count_every_activity_and_every_source() -> None:
    assert activities_by_grade(researched()) == {"A": 16, "B": 69, "C": 10, "D": 114}
    atlas = load_atlas()
    grades = activities_by_grade(atlas)
    assert sum(grades.values()) == rows_on_file("activities")
    assert grades["A"] == sum(
        grade_of(a, atlas.official_sources) == "A" for a in atlas.ledger.activities
    )
    assert sum(sources for sources, _ in activities_by_kind(atlas).values()) == len(atlas.sources)


def test_every_word_of_the_data_has_a_word_on_the_page() -> None:
    atlas = load_atlas()
    ledger = atlas.table("activities")
    assert {row["kind"] for row in ledger} <= set(KINDS)
    assert {row["recipient_level"] for row in ledger} <= set(RECIPIENTS)
    readings = {
        row["verification"] for t in ("activities", "national_facts") for row in atlas.table(t)
    }
    assert readings <= set(READINGS)
    assert {row["relation"] for row in atlas.table("overlaps")} <= set(RELATIONS)
    assert {row["place_level"] for row in atlas.table("national_facts")} <= set(PLACE_LEVELS)
    assert {row["merida_scope"] for row in atlas.table("amounts_by_area")} <= set(SCOPES)
    assert {source.grade_kind for source in atlas.sources.values()} <= set(SOURCE_KINDS)
    terms = {resource["source_terms"] for resource in read_package(atlas.data)["resources"]}
    assert terms <= set(TERMS)


# What did not match


@pytest.fixture(scope="module")
def found() -> dict[str, Report]:
    return reports(load_atlas(), "en")


def test_every_key_that_must_match_does(found: dict[str, Report]) -> None:
    for name in (
        "places_to_states",
        "points_in_their_state",
        "boundaries",
        "indicators",
        "source_ids",
    ):
        assert found[name].complete, found[name].unmatched


def test_what_did_not_match_is_named(found: dict[str, Report]) -> None:
    assert found["activities_to_places"].unmatched == ("M113",)
    assert found["pesos"].unmatched == ("M111",)
    sites = " ".join(found["sites_to_states"].unmatched)
    for name in ("Otay", "Laredo", "San Jerónimo", "Cross Border Xpress", "West Rail"):
        assert name in sites
    assert len(found["usaid_municipalities"].unmatched) == 7
    assert len(found["spellings"].unmatched) == 4


def test_matched_and_named_add_up(found: dict[str, Report]) -> None:
    for report in found.values():
        assert 0 < report.matched <= report.of
        if report.unmatched and report.name != "spellings":
            assert report.matched + len(report.unmatched) == report.of, report.name


# What is never added


def test_money_that_is_not_merida_stands_apart_and_its_ids_are_in_no_ledger() -> None:
    atlas = load_atlas()
    apart = str(not_merida_html(atlas, EN))
    assert apart.count("US$") == 3
    listed = str(ledger_html(atlas, View(weak="include"), "", EN))
    assert not re.search(r"\bX0\d\b", listed)
    assert not {a.activity_id for a in atlas.ledger.activities} & {"X01", "X02", "X03"}


def test_counting_otherwise_changes_what_it_says_it_changes() -> None:
    scene = build_scene(load_atlas(), View())
    by_name = {count.name: count for count in counts(load_atlas())}
    usual = by_name["default"]
    assert (usual.pairs, usual.border) == (scene.total, scene.border.amount)
    assert by_name["without_overlaps"].cents <= usual.cents
    assert by_name["without_overlaps"].pairs < usual.pairs
    twice = by_name["parts_added"].cents - usual.cents
    parts = [a.usd for a in load_atlas().ledger.activities if a.part_of and a.usd is not None]
    assert twice == int(sum(parts, Decimal(0)) * 100) > 0
    assert by_name["systematic"].pairs + by_name["targeted"].pairs == usual.pairs


def test_no_two_overlapping_activities_both_bring_dollars() -> None:
    assert "no dollar can be added twice" in overlap_verdict(load_atlas(), EN)


# Gaps and terms


def test_the_gaps_are_computed_from_the_data() -> None:
    atlas = researched()
    alone = per_state(build_scene(atlas, View(found="systematic")))
    everything = per_state(build_scene(atlas, View()))
    assert [round(n, 1) for n in (*alone, *everything)] == [3.2, 1.8, 11.5, 4.5]
    text = str(gaps_html(atlas, EN))
    lookups = sum(row["queries_run"] for row in atlas.table("search_effort"))
    lookups += sum(r["questions"] + r["follow_ups"] for r in atlas.table("search_effort2"))
    assert f"{lookups} look-ups" in text
    assert "9 of 13" in text
    assert set(missing_fiscal_years(atlas)) == {2011, 2013, 2014, 2015, 2017, 2019, 2021}
    assert "2011, 2013–2015, 2017, 2019 and 2021" in text


@pytest.mark.parametrize("say", [EN, ES])
def test_how_complete_the_ledger_is_stands_as_a_drawing_and_as_a_table(say: Speech) -> None:
    atlas = load_atlas()
    found, markup = completeness(atlas), str(completeness_html(atlas, say))
    drawing, table = str(recapture_svg(found, say)), markup[markup.index("<table") :]
    assert 'role="img"' in drawing
    assert "<title>" in drawing
    for catches in (found.border, found.others, found.border_alone, found.others_alone):
        number, error = catches.all
        assert (
            say.t("{number} (s.e. {error})", number=say.number(number), error=say.number(error))
            in table
        )
        assert say.percent(catches.rate.rate) in table
    for catches in (found.border, found.others):
        assert str(catches.both) in drawing
        assert say.percent(catches.rate.rate) in drawing
    assert say.percent(found.p) in markup
    assert str(found.same_source) in markup


def test_every_question_of_both_searches_and_the_effort_of_every_state_can_be_read() -> None:
    atlas = load_atlas()
    markup = str(completeness_html(atlas, EN))
    for row in atlas.table("search_questions"):
        assert f'<span lang="es">{row["text"]}</span>' in markup
    effort = markup[markup.index("ma-effort") :]
    for state in atlas.states.values():
        assert state.names["en"] in effort


def test_a_rate_of_nothing_and_a_rate_of_all_stay_inside_the_drawing() -> None:
    none, every = Catches(5, 9, 0), Catches(5, 9, 5)
    svg = str(recapture_svg(Completeness(none, every, none, every, 0, 1.0), EN))
    across = [float(x) for x in re.findall(r'\b(?:cx|x1|x2)="([\d.-]+)"', svg)]
    assert min(across) >= 0
    assert max(across) <= 360
    assert "nan" not in svg


def test_every_file_stands_under_its_terms() -> None:
    atlas = load_atlas()
    text = str(licences_html(atlas, ES))
    for resource in read_package(atlas.data)["resources"]:
        assert resource["title_es"] in text
    assert "CC BY 4.0" in text


# The page


@pytest.mark.parametrize(("lang", "sources"), [("en", "sources"), ("es", "fuentes")])
def test_the_page_runs_in_both_languages(lang: str, sources: str) -> None:
    app = run_page("methods.py", lang=lang)
    assert not app.exception
    text = text_of(app)
    assert re.search(
        rf"\b{rows_on_file('activities')} .*\b{len(load_atlas().sources)} {sources}", text
    )
    read = assert_harmless(markup_of(app))
    anchors = {value for tag, name, value in read.attributes if tag == "a" and name == "href"}
    ids = {value for tag, name, value in read.attributes if name == "id"}
    assert {a.removeprefix("#") for a in anchors if a.startswith("#")} <= ids
    for address in (
        "/export/values.gpkg",
        "/export/view.zip",
        "/api/v1/activities.csv",
        "/download/",
    ):
        assert any(a.startswith(address) for a in anchors)


def test_the_page_filters_by_its_address_and_passes_the_view_on_to_the_downloads() -> None:
    app = run_page("methods.py", pillar="4", weak="include", state="08")
    assert not app.exception
    listed = len(ids_listed(View(pillar=(4,), weak="include", state="08")))
    assert f"{listed} activities listed of {rows_on_file('activities')}" in text_of(app)
    assert "/export/values.gpkg?weak=include&amp;pillar=4&amp;state=08" in markup_of(app)


def test_a_search_narrows_the_list_and_its_download() -> None:
    app = run_page("methods.py")
    app.text_input(key="w_search").set_value("Tijuana <b>").run()
    assert not app.exception
    assert "q=Tijuana+%3Cb%3E" in markup_of(app)
    app.text_input(key="w_search").set_value("Tijuana").run()
    assert (
        f"{len(ids_listed(View(), 'Tijuana'))} activities listed of {rows_on_file('activities')}"
        in text_of(app)
    )


def test_what_is_counted_otherwise_of_a_readers_own_atlas_is_not_what_was_kept_of_it() -> None:
    atlas, memory = load_atlas(), {}  # type: ignore[var-annotated]
    own = replace(atlas, memory=memory, ledger=replace(atlas.ledger, memory=memory))
    assert counts(own) == counts(atlas)
