"""How unequal and how sure: the section says what the numbers say, no more and no less."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from geo.atlas import Atlas, load_atlas
from geo.chapters.inequality.details import decomposition_html, leave_out_html
from geo.chapters.inequality.neighbours import CAUTIONS, QUADRANTS, moran_words, multiple_testing
from geo.chapters.inequality.page import FIRST, inequality_html, inequality_told
from geo.chapters.inequality.terms import (
    FORMULAS,
    REFERENCES,
    index_line,
    index_name,
    index_number,
    parity_of,
)
from geo.chapters.inequality.words import finding, headed
from geo.drawing import chance_svg
from geo.equity import index_ranges, range_of
from geo.equity.bounds.bounds import BOUNDS
from geo.equity.chance import Caution, Quadrant
from geo.equity.chance.outcome import outcome_of
from geo.equity.summary import NEEDS, equity_of
from geo.language import Speech, speech
from geo.view import PERS, View
from tests.claim_ledgers import activity, atlas_of, atlas_with, by_population, in_three_cities
from tests.covering import covering
from tests.markup import EVIL, Read, assert_harmless
from tests.page_run import run_page, text_of, untranslated
from tests.serving import ROOT
from tests.toy_ledger import Rows, rows_of

EN, ES = speech("en"), speech("es")
DOLLARS = View(measure="usd")
MODULES = (
    *(
        path.relative_to(ROOT).as_posix()
        for path in sorted(Path(ROOT, "geo", "chapters", "inequality").glob("*.py"))
    ),
)
ALIKE = frozenset({"{value}×", "{name}: {value}", "p", "no"})
LEFT = re.compile(r"left:([\d.]+)%")


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas()


def unplaced_money(usd: str) -> Rows:
    """One activity that names no state."""
    return rows_of("M999", states=[], area="prevention", usd=usd, separable=False)


def told(atlas: Atlas, view: View, say: Speech = EN, need: str = "population") -> str:
    return " ".join(finding(atlas, view, need, say))


def harmless(markup: object) -> Read:
    """The section read back; its links within the atlas are relative."""
    return assert_harmless(str(markup).replace('"./', '"/'))


def hostile(atlas: Atlas) -> Atlas:
    """The same country with states whose names try every door."""
    states = {
        code: replace(state, names={"en": EVIL, "es": EVIL}) for code, state in atlas.states.items()
    }
    return replace(atlas, states=states)


# The finding


@pytest.mark.parametrize("say", [EN, ES], ids=["en", "es"])
@pytest.mark.parametrize("view", [View(), DOLLARS, DOLLARS.with_(dollars="constant")])
def test_heading_line_and_page_tell_the_whole_finding_and_the_heading_is_short(
    atlas: Atlas, view: View, say: Speech
) -> None:
    heading, beneath = headed(atlas, view, "population", say)
    page = " ".join(harmless(inequality_html(atlas, view, say)).text.split())
    for text in filter(None, finding(atlas, view, "population", say)):
        assert (" ".join(text.split()) in page) is (text not in (heading, beneath))
    assert len(heading) < 200
    ratio = range_of(index_ranges(atlas, view), "group_ratio_border")
    if ratio.ledger is not None:
        for end in (ratio.documented, ratio.ledger.low, ratio.ledger.high):
            assert say.decimal(end, 2) in heading, "a number without what it could be"


def test_dollars_that_could_lie_anywhere_do_not_decide(atlas: Atlas) -> None:
    ratio = range_of(index_ranges(atlas, DOLLARS), "group_ratio_border")
    assert ratio.ledger is not None
    assert ratio.appropriated is not None
    lead, *more = finding(atlas, DOLLARS, "population", EN)
    assert ratio.ledger.low < 1 < ratio.ledger.high
    assert "the dollars alone cannot decide" in lead
    assert f"from {ratio.ledger.low:.2f} to {ratio.ledger.high:.2f}" in lead
    assert any("next to nothing, for or against" in text for text in more)
    assert any(f"{ratio.appropriated.low:.2f} to {ratio.appropriated.high:.2f}" in t for t in more)


def test_little_money_without_a_place_cannot_turn_the_finding_round() -> None:
    ledger = in_three_cities() + unplaced_money("1000000")
    assert "above 1 in any case" in told(atlas_with(ledger), DOLLARS)


def test_much_money_without_a_place_can_turn_it_round() -> None:
    ledger = in_three_cities() + unplaced_money("900000000000")
    assert "cannot decide" in told(atlas_with(ledger), DOLLARS)


def test_a_ledger_off_the_border_says_that_the_border_has_less() -> None:
    ledger = activity(1, "30193", "prevention", usd="5000000") + unplaced_money("1000")
    assert "below 1 in any case" in told(atlas_with(ledger), DOLLARS)
    assert "below 1 each time" in told(atlas_with(ledger), View())


def test_a_ledger_in_proportion_to_the_people_finds_no_lead_of_the_border() -> None:
    words = told(atlas_of(by_population), View())
    assert "above 1 each time" not in words
    summary = equity_of(atlas_of(by_population), View(), "population")
    assert summary.groups["border"].difference is not None
    assert summary.groups["border"].difference.p_greater > 0.05


def test_all_money_in_its_place_leaves_nothing_to_bound_in_the_ledger() -> None:
    assert "without a state" not in told(atlas_of(in_three_cities), DOLLARS)


def test_activities_say_that_the_unpublished_is_in_no_interval(atlas: Atlas) -> None:
    ratio = range_of(index_ranges(atlas, View()), "group_ratio_border")
    low, high = ratio.alternatives
    words = told(atlas, View())
    assert f"{low:.2f} to {high:.2f}" in words
    assert "as found, not as given" in words


def test_a_part_of_the_money_has_no_appropriation_to_be_held_against(atlas: Atlas) -> None:
    assert "is not published, so there is no interval" in told(atlas, DOLLARS.with_(pillar=(4,)))
    section = str(inequality_html(atlas, DOLLARS.with_(pillar=(4,)), EN))
    assert "money appropriated" not in section


@pytest.mark.parametrize("say", [EN, ES], ids=["en", "es"])
def test_nothing_tied_to_a_state_is_said_and_nothing_is_drawn(say: Speech) -> None:
    read = harmless(inequality_html(atlas_with(unplaced_money("5")), DOLLARS, say))
    assert "table" not in read.tags
    assert read.text.strip() == ""
    view = DOLLARS.with_(lang=say.lang)
    head, beneath = inequality_told(atlas_with(unplaced_money("5")), view, None, say)
    assert finding(atlas_with(unplaced_money("5")), DOLLARS, "population", say) == (head,)
    assert beneath == ""


def test_the_section_is_about_what_is_documented_whatever_rule_the_view_has(atlas: Atlas) -> None:
    ruled = DOLLARS.with_(evidence="attributed", split="homicides", show="gap")
    assert told(atlas, ruled) == told(atlas, DOLLARS)


# The table


@pytest.mark.parametrize(
    ("need", "view"), covering(PERS[1:], [View(), DOLLARS, View(weak="include")])
)
def test_the_table_has_every_index_with_the_numbers_of_its_range(
    atlas: Atlas, view: View, need: str
) -> None:
    ranges = index_ranges(atlas, view, need)
    read = harmless(inequality_html(atlas, view.with_(per=need), EN))
    rows = [[cell.strip() for cell in row] for row in read.rows]
    for one in ranges:
        name = index_name(one, EN)
        found = [row for row in rows if row and row[0] == name + index_line(one, EN)]
        assert len(found) == 1, name
        values = found[0][2:]
        expected = [one.documented, *one.attributed.values()]
        if view.measure == "usd":
            assert one.ledger is not None
            assert one.appropriated is not None
            spans = [
                " to ".join(index_number(value, one, EN) for value in (bounds.low, bounds.high))
                for bounds in (one.ledger, one.appropriated)
            ]
        else:
            weak = one.weak_excluded if view.weak == "include" else one.weak_included
            expected += [weak, one.overlaps_certain_once, one.overlaps_once]
            spans = []
        assert values == [*(index_number(value, one, EN) for value in expected), *spans]


def test_marks_are_drawn_where_the_values_are_on_the_whole_scale(atlas: Atlas) -> None:
    section = str(inequality_html(atlas, DOLLARS, EN))
    ranges = index_ranges(atlas, DOLLARS)
    one = range_of(ranges, FIRST[0])
    track = section.split('<div class="ma-iq-track"')[1].split("</div>")[0]
    marks = {
        kind: float(LEFT.findall(style)[0])
        for kind, style in re.findall(r'<i class="([^"]+)" style="([^"]+)"', track)
    }
    width = one.scale.high - one.scale.low
    assert marks["doc"] == pytest.approx(100 * (one.documented - one.scale.low) / width, abs=0.01)
    assert marks["even"] == pytest.approx(100 * (1 - one.scale.low) / width, abs=0.01)
    assert one.ledger is not None
    assert marks["band ledger"] == pytest.approx(100 * one.ledger.low / width, abs=0.01)
    assert {"rule equal", "rule population", "rule homicides", "band all"} <= set(marks)
    assert all(0 <= float(at) <= 100 for at in LEFT.findall(section))


@pytest.mark.parametrize("need", NEEDS)
def test_parity_and_every_value_lie_on_the_scale_of_the_index(atlas: Atlas, need: str) -> None:
    for view in (View(), DOLLARS):
        for one in index_ranges(atlas, view, need):
            low, high = one.scale.low - 1e-9, one.scale.high + 1e-9
            assert low <= one.alternatives[0] <= one.alternatives[1] <= high, one.name
            parity = parity_of(one)
            assert math.isnan(parity) == (one.index == "group_share")
            assert math.isnan(parity) or low <= parity <= high, one.name
    ratio = range_of(index_ranges(atlas, View(), need), "group_ratio_border")
    share = range_of(index_ranges(atlas, View(), need), "group_share_border")
    assert ratio.scale.high == pytest.approx(ratio.documented / share.documented)


@pytest.mark.parametrize("say", [EN, ES], ids=["en", "es"])
def test_every_index_has_a_name_of_its_own_a_line_a_formula_and_a_reference(
    atlas: Atlas, say: Speech
) -> None:
    ranges = index_ranges(atlas, View())
    assert {one.index for one in ranges} == set(FORMULAS) == set(REFERENCES) == set(BOUNDS)
    assert len({index_name(one, say) for one in ranges}) == len(ranges)
    section = harmless(inequality_html(atlas, View(), say)).text
    for one in ranges:
        assert index_line(one, say) in section
        assert FORMULAS[one.index] in section
        assert REFERENCES[one.index] in section


def test_a_receipt_names_where_the_rest_would_have_to_go_and_can_be_cited(atlas: Atlas) -> None:
    section = str(inequality_html(atlas, DOLLARS, EN))
    receipts = section.split('<tr role="row" class="ma-iq-receipt">')[1:]
    gini = Read(receipts[FIRST.index("gini")].split("</tr>")[0].removesuffix("</td>") + "</td>")
    one = range_of(index_ranges(atlas, DOLLARS), "gini")
    assert one.ledger is not None
    given = one.ledger.high_at - np.array(equity_of(atlas, DOLLARS).amounts)
    state = atlas.states[list(atlas.states)[int(given.argmax())]]
    assert f"all to {state.names['en']}, for example" in gini.text
    assert f"Mérida Atlas, data version {atlas.version}. Gini index" in gini.text
    assert f"{one.documented:.4f}" in gini.text
    assert "/evidence?measure=usd" in gini.text
    assert ("a", "href", "/api/v1/values.csv?measure=usd&lang=en") in gini.attributes


# Taken apart


def test_the_parts_of_theil_add_up_in_the_words_that_state_them(atlas: Atlas) -> None:
    text = Read(str(decomposition_html(equity_of(atlas, View()), EN))).text
    sums = re.findall(r"([\d.]+) = ([\d.]+) between \+ ([\d.]+) inside", text)
    assert len(sums) == 4
    for total, between, within in sums:
        assert float(total) == pytest.approx(float(between) + float(within), abs=0.0011)
    assert "the more one tries" in text


def test_a_finding_that_hangs_on_one_state_names_it(atlas: Atlas) -> None:
    one_city = activity(1, "08037", "prevention", usd="9") + activity(
        2, "30193", "prevention", usd="9"
    )
    shown = atlas_with(one_city)
    words = Read(str(leave_out_html(shown, equity_of(shown, DOLLARS), EN))).text
    assert "Yes: without Chihuahua alone" in words
    spread = Rows((), (), ())
    for number, code in enumerate(("02", "05", "08", "19", "26", "28", "30", "07")):
        spread += activity(number, f"{code}001", "prevention", usd="5000000")
    shown = atlas_with(spread)
    words = Read(str(leave_out_html(shown, equity_of(shown, DOLLARS), EN))).text
    assert "No: whichever state is left out" in words


def test_chance_is_drawn_from_nothing_to_all_with_a_line_at_the_real_labels() -> None:
    test = outcome_of(0.5, np.array([0.0, 0.1, 0.1, 0.9]), exact=True)
    svg = str(
        chance_svg(test.counts, test.edges, test.observed, "", kind="", width=276, ends=EN.percent)
    )
    bars = re.findall(r'x="([\d.]+)" y="([\d.]+)" width="[\d.]+" height="([\d.]+)"', svg)
    assert len(bars) == 3
    heights = [float(height) for _, _, height in bars]
    assert heights[1] == pytest.approx(2 * heights[0], abs=0.1)
    assert re.search(r'class="ma-observed" x1="138"', svg)


def test_every_caution_and_every_kind_of_neighbourhood_has_words_in_both_languages() -> None:
    assert set(CAUTIONS) == set(Caution)
    assert set(QUADRANTS) == set(Quadrant)
    for words in (*CAUTIONS.values(), *QUADRANTS.values()):
        assert words(EN) != words(ES)


def test_neighbours_come_with_every_reservation_that_applies(atlas: Atlas) -> None:
    summary = equity_of(atlas, DOLLARS)
    words = " ".join(moran_words(summary, EN))
    for caution in summary.moran.cautions:
        assert CAUTIONS[caution](EN) in words
    assert f"{summary.without_figure} states without a published figure count as 0" in words
    assert "32 tests about 1.6" in multiple_testing(summary, EN)


# The page


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("measure", ["usd", "activities"])
def test_the_page_shows_the_finding_of_its_measure(atlas: Atlas, measure: str, lang: str) -> None:
    app = run_page("inequality.py", lang=lang, measure=measure, per="poverty")
    assert not app.exception
    shown = " ".join(text_of(app).split())
    for text in finding(atlas, View(measure=measure, per="poverty"), "poverty", speech(lang)):
        assert " ".join(text.split()) in shown


def test_hostile_names_of_states_are_shown_as_text(atlas: Atlas) -> None:
    harmless(inequality_html(hostile(atlas), DOLLARS, EN))
    harmless(inequality_html(hostile(atlas), View(), ES))


def test_all_of_it_is_said_in_spanish() -> None:
    assert untranslated(MODULES, same=ALIKE) == []
