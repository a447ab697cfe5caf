"""The sentence of a view: computed from the scene, never written for a result."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.atlas import Atlas, load_atlas
from geo.language import speech
from geo.policy import APPROPRIATED_USD, MAX_SPOKEN_NOTICES, MAX_SPOKEN_TEXT
from geo.scene import build_scene
from geo.view import Notice, View, read_query
from geo.words import ignored
from geo.words.sentence import caveat, filters, headline
from tests.research import researched
from tests.strategies import QUERIES, ledgers, views
from tests.toy_ledger import Rows, rows_of, toy_atlas

EN = speech("en")
HOLE = re.compile(r"\{\w*\}")


@cache
def real() -> Atlas:
    return load_atlas()


class TestTheHeadline:
    def test_the_default_one_states_the_finding_of_the_research(self) -> None:
        told = headline(build_scene(researched(), View()), EN)
        for figure in ("42%", "50 of 118", "18% of the people"):
            assert figure in told

    def test_dollars_are_held_against_what_is_tied_to_a_state(self) -> None:
        told = headline(build_scene(researched(), View(measure="usd")), EN)
        assert "US$21.1 million" in told
        assert "66%" in told

    def test_the_need_chosen_is_the_one_it_speaks_of(self) -> None:
        assert "of the homicides" in headline(build_scene(real(), View(per="homicides")), EN)
        assert "in poverty" in headline(build_scene(real(), View(per="poverty")), EN)

    def test_another_ledger_gives_another_verdict(self) -> None:
        elsewhere = toy_atlas(rows_of("A", states=["03"]) + rows_of("B", states=["04"]))
        told = headline(build_scene(elsewhere, View()), EN)
        assert told.startswith("0%")
        assert ", 0 of 2 pairs" in told
        everything = toy_atlas(rows_of("A", states=["01"]))
        assert headline(build_scene(everything, View()), EN).startswith("100%")

    @pytest.mark.parametrize("measure", ["activities", "usd"])
    def test_where_nothing_is_located_it_says_so_and_claims_no_share(self, measure: str) -> None:
        told = headline(build_scene(toy_atlas(Rows((), (), ())), View(measure=measure)), EN)
        assert told.startswith("No ")
        assert "%" not in told

    @given(views())
    def test_every_view_has_one_with_its_own_share(self, view: View) -> None:
        scene = build_scene(real(), view)
        for lang in ("en", "es"):
            say = speech(lang)
            told = headline(scene, say)
            assert not HOLE.search(told)
            if scene.border.share is not None:
                assert say.percent(scene.border.share) in told
                assert say.percent(scene.border.need_share) in told
                if (view.measure, view.evidence) == ("activities", "documented"):
                    told_numbers = re.findall(r"[\d,]+", told)
                    assert say.number(scene.border.amount) in told_numbers
                    assert say.number(scene.total) in told_numbers

    @given(ledgers(), views())
    def test_no_ledger_leaves_a_view_without_one(self, rows: Rows, view: View) -> None:
        assert headline(build_scene(toy_atlas(rows), view), EN)


class TestTheLinesUnderIt:
    def test_the_caveat_says_what_part_of_the_money_has_a_place(self) -> None:
        told = caveat(build_scene(real(), View()), EN)
        assert "US$21.1 million" in told
        assert "0.77%" in told
        assert "US$2,745.9 million" in told

    def test_dollars_alone_are_the_share_the_research_states(self) -> None:
        assert EN.percent(20_937_046 / float(APPROPRIATED_USD), 2) == "0.76%"

    @given(views())
    def test_the_caveat_never_changes_its_yardstick(self, view: View) -> None:
        assert EN.usd_short(APPROPRIATED_USD) in caveat(build_scene(real(), view), EN)

    def test_nothing_left_out_says_nothing(self) -> None:
        assert filters(View(), build_scene(real(), View()), EN) == ""

    @given(views())
    def test_what_a_view_leaves_out_is_counted_in_full(self, view: View) -> None:
        scene = build_scene(real(), view)
        told = filters(view, scene, EN)
        selection = scene.selection
        reasons = (
            selection.other_priorities,
            selection.other_years,
            selection.undated,
            selection.other_search,
        )
        assert bool(told) == any(reasons)
        for count in reasons:
            assert not count or str(count) in told


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_sum_that_our_rule_has_split_is_never_said_to_come_from_the_sources(lang: str) -> None:
    view = View(measure="usd", evidence="attributed", lang=lang)
    scene, say = build_scene(real(), view), speech(lang)
    said = headline(scene, say) + caveat(scene, say)
    assert {"en": "our rule", "es": "regla nuestra"}[lang] in said
    assert not re.search(r"Sources tie|tied to a state|ligan|ligados", said)


class TestWhatWasIgnored:
    def test_a_link_that_was_read_whole_says_nothing(self) -> None:
        assert ignored((), EN) == ""

    def test_each_fault_is_named_with_its_value(self) -> None:
        _, notices = read_query({"k": "99", "site": "x", "from": "2015", "to": "2010"})
        told = ignored(notices, EN)
        for part in ("“k” cannot be “99”", "“site”", "2015-2010"):
            assert part in told

    @given(QUERIES)
    def test_any_link_gives_at_most_one_short_line(self, query: dict[str, str | list[str]]) -> None:
        _, notices = read_query(query)
        told = ignored(notices, EN)
        assert bool(told) == bool(notices)
        assert len(told.splitlines()) <= 1
        assert len(told) < 200 + MAX_SPOKEN_NOTICES * 2 * (MAX_SPOKEN_TEXT + 30)

    @given(st.text(max_size=100))
    def test_braces_and_markup_in_a_link_are_quoted_and_not_read(self, text: str) -> None:
        hostile = "{0.__class__}{name}<b>" + text
        told = ignored((Notice("k", hostile, "unusable_value"),), EN)
        assert "{0.__class__}{name}<b>" in told
