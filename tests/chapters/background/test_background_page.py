"""The Background page: one figure a year by a stated rule, gaps as gaps, nothing unproved drawn."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from markupsafe import escape

from geo.atlas import Figure, FiscalYear, disagreeing, fiscal_years, load_atlas, load_figures, spans
from geo.chapters.background.fiscal_years import ACCOUNT_FILLS, fiscal_years_html
from geo.chapters.background.money_words import ACCOUNT_NAMES, STATUSES
from geo.chapters.background.page import totals_html
from geo.chapters.background.priorities import CHECKS, PERIODS, SOURCE_ID, checks_html
from geo.chapters.background.timeline import LANES, NEAREST, lines_of, load_events
from geo.language import speech
from geo.scene.palette import OUTLINE
from geo.view import PILLARS, View
from tests.contrast import contrast
from tests.page_run import markup_of, run_page, text_of, untranslated

MODULES = (
    "geo/chapters/background/page.py",
    "geo/chapters/background/fiscal_years.py",
    "geo/drawing/citations.py",
    "geo/chapters/background/money_tables.py",
    "geo/chapters/background/money_words.py",
    "geo/chapters/background/priorities.py",
    "geo/chapters/background/timeline.py",
    "pages/background.py",
)
ALIKE = frozenset({"total", "wiki"})


def figure(row_id: str, millions: str, **changes: object) -> Figure:
    """An enacted total of 2010, read in its source, unless changed."""
    given: dict[str, object] = {
        "row_id": row_id,
        "start": 2010,
        "end": 2010,
        "account": "total",
        "millions": Decimal(millions),
        "status": "enacted",
        "unverified": False,
        "read": True,
        "part": "",
        "title": "An act",
        "date": "2010",
        "url": "https://example.org/",
    }
    return Figure(**(given | changes))  # type: ignore[arg-type]


def of_2010(*figures: Figure) -> FiscalYear:
    return next(year for year in fiscal_years(figures) if year.year == 2010)


@pytest.fixture
def figures() -> tuple[Figure, ...]:
    return load_figures(load_atlas())


def test_a_whole_year_stands_before_a_part_even_when_the_part_is_larger() -> None:
    assert of_2010(figure("1", "90", part="regular"), figure("2", "50")).drawn == 50


def test_what_was_read_in_the_source_stands_before_what_was_relayed() -> None:
    assert of_2010(figure("1", "90", read=False), figure("2", "50")).drawn == 50


@pytest.mark.parametrize(
    "changes", [{"status": "request"}, {"status": "reported"}, {"unverified": True}]
)
def test_a_year_with_nothing_but_what_does_not_stand_is_a_gap(changes: dict[str, object]) -> None:
    year = of_2010(figure("1", "90", **changes))
    assert year.completeness == "missing"
    assert year.drawn == 0


def test_a_request_is_not_even_listed_among_the_other_sums() -> None:
    year = of_2010(figure("1", "90"), figure("2", "95", status="request"))
    assert disagreeing(year) == ()
    assert year.beside


def test_another_sum_for_the_year_is_listed_beside_the_drawn_one() -> None:
    other = figure("2", "95", status="reported")
    assert disagreeing(of_2010(figure("1", "90"), other)) == (other,)


def test_what_the_accounts_leave_is_the_total_less_their_sum() -> None:
    year = of_2010(figure("1", "90"), figure("2", "30", account="INCLE"))
    assert year.unsplit == 60


def test_the_years_found_are_those_of_the_sources(figures: tuple[Figure, ...]) -> None:
    found = {year.year: (year.completeness, year.drawn) for year in fiscal_years(figures)}
    assert {y: drawn for y, (state, drawn) in found.items() if state == "whole"} == {
        2008: 400,
        2009: 720,
        2012: 282,
        2018: 145,
        2020: 150,
    }
    assert found[2010] == ("part", Decimal("231.6"))
    assert found[2016][0] == "accounts"
    missing = [y for y, (state, _) in found.items() if state == "missing"]
    assert missing == [2011, 2013, 2014, 2015, 2017, 2019, 2021]


def test_nothing_drawn_is_a_request_or_unverified(figures: tuple[Figure, ...]) -> None:
    for year in fiscal_years(figures):
        for drawn in (year.total, *year.accounts, year.span):
            assert drawn is None or drawn.stands
    assert all(span.stands for span in spans(figures))


def test_accounts_and_the_unsplit_rest_make_up_the_total(figures: tuple[Figure, ...]) -> None:
    for year in fiscal_years(figures):
        if year.total is not None:
            parts = sum((account.millions for account in year.accounts), Decimal(0))
            assert year.unsplit is not None
            assert year.unsplit >= 0
            assert parts + year.unsplit == year.total.millions


def test_the_order_of_the_table_decides_nothing(figures: tuple[Figure, ...]) -> None:
    def drawn(rows: tuple[Figure, ...]) -> list[object]:
        return [(year.year, year.total, year.accounts, year.span) for year in fiscal_years(rows)]

    assert drawn(figures) == drawn(tuple(reversed(figures)))


def test_a_gap_has_no_bar_and_no_bar_leaves_the_scale(figures: tuple[Figure, ...]) -> None:
    shown = str(fiscal_years_html(fiscal_years(figures), speech("en")))
    rows = re.findall(r'<tr class="(\w+)">(.*?)</tr>', shown, re.DOTALL)
    assert len(rows) == 14
    for state, row in rows:
        widths = [float(width) for width in re.findall(r'ma-bar" style="width:([\d.]+)%', row)]
        assert sum(widths) <= 100
        assert bool(widths) == (state != "missing")
        assert ("ma-gap" in row) == (state != "whole")


def test_every_note_number_of_the_chart_leads_to_a_source(figures: tuple[Figure, ...]) -> None:
    shown = str(fiscal_years_html(fiscal_years(figures), speech("en")))
    asked = set(re.findall(r'href="#(fy-note-\d+)"', shown))
    assert asked == set(re.findall(r'id="(fy-note-\d+)"', shown))


def test_the_accounts_hold_against_the_outline_around_them() -> None:
    assert all(contrast(fill, OUTLINE) >= 3 for fill in ACCOUNT_FILLS.values())


def test_every_account_status_period_and_verdict_of_the_data_has_words(
    figures: tuple[Figure, ...],
) -> None:
    assert {f.account for f in figures} - {"INCLE", "FMF", "ESF", "IMET"} <= set(ACCOUNT_NAMES)
    assert {f.status for f in figures} <= set(STATUSES)
    essay = load_atlas().table("essay_figures")
    assert {row["check_status"] for row in essay} <= set(CHECKS)
    worded = {row["period"] for row in essay if re.search("[A-Za-z]", row["period"])}
    assert worded <= set(PERIODS)


def test_events_stand_in_order_and_every_kind_has_a_lane() -> None:
    events = load_events(load_atlas())
    assert [e.number for e in events] == list(range(1, len(events) + 1))
    assert {e.lane for e in events} == set(LANES)
    assert (events[0].date, events[-1].date) == ("2007-10-22", "2021-10-08")


def test_no_two_marks_of_one_line_touch() -> None:
    events = load_events(load_atlas())
    lines = lines_of(events)
    for one in events:
        for other in events:
            if one.number < other.number and one.lane == other.lane:
                same_line = lines[one.number] == lines[other.number]
                assert not same_line or abs(one.at - other.at) >= NEAREST


def test_all_published_totals_are_shown_on_the_scale() -> None:
    shown = str(totals_html(load_atlas(), View(), speech("en")))
    places = [float(place) for place in re.findall(r'style="left:([\d.]+)%"', shown)]
    assert len(places) == 12
    assert places == sorted(places)
    assert max(places) <= 100


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_page_shows_priorities_recommendations_and_events_in_either_language(lang: str) -> None:
    app = run_page("background.py", lang=lang)
    assert not app.exception
    markup, shown = markup_of(app), text_of(app)
    assert markup.count('<article class="ma-priority"') == len(PILLARS) + 1
    assert markup.count('class="tested"') == 1
    for event in load_events(load_atlas()):
        assert event.titles[lang] in shown
    for row in (*load_atlas().table("essay_figures"), *load_atlas().table("essay_checks")):
        assert row[f"check_{lang}"] in shown


@pytest.mark.parametrize(
    "stated",
    ["Project Diamante", "academy for customs", "June 2016", "CISEN", "protocol", "2006"],
)
def test_a_statement_of_the_essay_is_checked_in_both_languages_or_said_not_to_be_found(
    stated: str,
) -> None:
    (row,) = [r for r in load_atlas().table("essay_checks") if stated in r["stated_en"]]
    sources = set(SOURCE_ID.findall(row["check_en"])) & set(load_atlas().sources)
    assert sources or row["check_en"].startswith("Not found")
    assert sources == set(SOURCE_ID.findall(row["check_es"])) & set(load_atlas().sources)
    assert row["check_en"].startswith("Not found") is row["check_es"].startswith("No se enc")


def test_every_source_that_a_check_names_is_cited_beside_it() -> None:
    atlas = load_atlas()
    shown = checks_html(atlas, speech("en"))
    for row in atlas.table("essay_checks"):
        for source_id in set(SOURCE_ID.findall(row["check_en"])) & set(atlas.sources):
            assert escape(atlas.sources[source_id].url) in shown


def test_the_headline_counts_the_years_found() -> None:
    assert "For 5 of the 14 fiscal years" in text_of(run_page("background.py"))


def test_the_tested_recommendation_links_to_the_map_in_the_readers_language() -> None:
    assert 'href="./?lang=es"' in markup_of(run_page("background.py", lang="es"))


def test_spanish_has_no_english_leftovers() -> None:
    assert untranslated(MODULES, same=ALIKE) == []
