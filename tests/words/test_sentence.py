"""The sentence of a view: computed from the scene, never written for a result."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.atlas import LEFT_OUT, Atlas, load_atlas
from geo.language import speech
from geo.policy import (
    APPROPRIATED_TO_END_USD,
    APPROPRIATED_USD,
    MAX_SPOKEN_NOTICES,
    MAX_SPOKEN_TEXT,
)
from geo.scene import build_scene
from geo.view import Notice, View, read_query
from geo.words import ignored, met_again
from geo.words.finding import headline
from geo.words.sentence import caveat, filters, remainder
from tests.strategies import QUERIES, views

EN = speech("en")
WHOLES = (APPROPRIATED_TO_END_USD, APPROPRIATED_USD)
HOLE = re.compile(r"\{\w*\}")


@cache
def real() -> Atlas:
    return load_atlas()


class TestTheLinesUnderIt:
    def test_the_caveat_says_what_part_of_the_money_has_a_place_and_of_which_years(self) -> None:
        told = caveat(real(), build_scene(real(), View()), EN)
        placed = build_scene(real(), View()).located_cents / 100
        low, high = (EN.percent(placed / float(all_), 1) for all_ in WHOLES)
        assert EN.usd_short(placed) in told
        assert f"{low} of what was appropriated to 2021, {high} of that to 2017" in told

    def test_dollars_alone_are_the_share_the_research_states(self) -> None:
        assert EN.percent(20_937_046 / float(APPROPRIATED_USD), 2) == "0.76%"

    @given(views())
    def test_only_a_whole_view_is_held_against_what_was_appropriated(self, view: View) -> None:
        scene = build_scene(real(), view)
        for lang in ("en", "es"):
            say = speech(lang)
            under = caveat(real(), scene, say) + remainder(scene, say)
            held = {"en": "appropriated to", "es": "asignado hasta"}[lang] in under
            assert held is (view.comparable and bool(scene.located_cents))
            if view.measure == "usd":
                assert (say.usd_short(APPROPRIATED_USD) in under) is view.comparable

    @given(views())
    def test_one_row_with_more_than_half_of_a_total_is_named_with_its_source(
        self, view: View
    ) -> None:
        scene = build_scene(real(), view)
        told = caveat(real(), scene, EN)
        assert ("row of the ledger" in told) is (scene.dominant is not None)
        if scene.dominant is not None:
            row = scene.dominant.activity
            assert row.titles["en"] in told
            assert real().sources[row.sources[0]].author in told

    def test_the_border_share_of_the_placed_dollars_is_told_without_its_one_figure(self) -> None:
        told = caveat(real(), build_scene(real(), View(measure="usd")), EN)
        border = build_scene(real(), View(measure="usd")).border.share
        assert f"without it the border states have 0%, not {EN.percent(border)}" in told

    def test_that_nothing_found_is_not_nothing_given_is_told_by_what_was_met_again(self) -> None:
        pairs = real().table("recapture")
        met = EN.percent(sum(pair["met_again"] for pair in pairs) / len(pairs))
        assert f"a second search met {met} of what was known" in met_again(real(), EN)

    def test_nothing_left_out_says_nothing(self) -> None:
        assert filters(View(), build_scene(real(), View()), EN) == ""

    @given(views())
    def test_what_a_view_leaves_out_is_counted_in_full(self, view: View) -> None:
        scene = build_scene(real(), view)
        told = filters(view, scene, EN)
        selection = scene.selection
        reasons = [getattr(selection, reason) for reason in LEFT_OUT]
        assert bool(told) == any(reasons)
        for count in reasons:
            assert not count or str(count) in told


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_sum_that_our_rule_has_split_is_never_said_to_come_from_the_sources(lang: str) -> None:
    view = View(measure="usd", evidence="attributed", lang=lang)
    scene, say = build_scene(real(), view), speech(lang)
    said = headline(real(), scene, say) + caveat(real(), scene, say)
    assert {"en": "our rule", "es": "nuestra regla"}[lang] in said
    assert not re.search(r"Sources tie|tied to a state|fuentes ubican", said)


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
