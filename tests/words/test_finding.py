"""The headline: computed from the scene, another one for each map, true of what that map shows."""

from __future__ import annotations

import re
from functools import cache
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.atlas import Atlas, load_atlas
from geo.language import speech
from geo.scene import Scene, build_scene
from geo.view import PERS, SHOWS, View
from geo.words.finding import headline
from tests.research import researched
from tests.strategies import ledgers, views
from tests.toy_ledger import CODES, Rows, rows_of, toy_atlas

EN = speech("en")
HOLE = re.compile(r"\{\w*\}")


@cache
def real() -> Atlas:
    return load_atlas()


def told(view: View, atlas: Atlas | None = None, lang: str = "en") -> str:
    atlas = atlas or real()
    return headline(atlas, build_scene(atlas, view), speech(lang), view.state)


def test_the_default_one_states_the_finding_of_the_research() -> None:
    assert told(View(), researched()) == (
        "Six border states hold 18% of Mexico’s people and 37% of its documented security aid "
        "activity."
    )


def test_dollars_begin_with_what_nobody_published_and_name_the_one_figure() -> None:
    assert told(View(measure="usd"), researched()) == (
        "For over 99% of the money no state was ever published. Of the US$21.5 million that can be "
        "placed, US$14 million is one figure for Chihuahua."
    )


@pytest.mark.parametrize("measure", ["activities", "usd"])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_map_of_a_measure_has_a_headline_of_its_own(measure: str, lang: str) -> None:
    maps = [View(measure=measure, per=per, show=show) for per in PERS for show in SHOWS]
    # Population is what shares are held against where nothing was chosen.
    different = [view for view in maps if view.per != "population" or view.show == "value"]
    texts = [told(view, lang=lang) for view in different]
    assert len(set(texts)) == len(different)


@given(views())
def test_no_headline_has_a_hole_or_says_more_than_three_sentences_and_the_rule(view: View) -> None:
    for lang in ("en", "es"):
        text = told(view, lang=lang)
        assert not HOLE.search(text)
        sentences = len(re.findall(r"[.] |[.]$", text))
        assert 1 <= sentences <= 3 + (view.evidence == "attributed")


@given(ledgers(), views(), st.sampled_from(["", *CODES]))
def test_no_ledger_leaves_a_view_without_one(rows: Rows, view: View, state: str) -> None:
    for lang in ("en", "es"):
        text = told(view.with_(state=state), toy_atlas(rows), lang)
        assert text
        assert "None" not in text
        assert not HOLE.search(text)


@pytest.mark.parametrize("measure", ["activities", "usd"])
def test_where_nothing_is_located_it_says_so_and_claims_no_share(measure: str) -> None:
    text = told(View(measure=measure), toy_atlas(Rows((), (), ())))
    assert text.startswith("No ")
    assert "%" not in text


def test_another_ledger_gives_another_finding() -> None:
    elsewhere = toy_atlas(rows_of("A", states=["03"]) + rows_of("B", states=["04"]))
    assert "and 0% of its" in told(View(), elsewhere)
    assert "and 100% of its" in told(View(), toy_atlas(rows_of("A", states=["01"])))


def counted(scene: Scene, *, border: bool, more: bool) -> int:
    inside = set(scene.border.states)
    return sum(
        1
        for state in scene.states
        if (state.code in inside) is border
        and state.value is not None
        and (state.value > 1 if more else state.value < 1)
    )


@given(views(measure="activities", show="ratio", state=""), st.sampled_from(["none", "population"]))
def test_a_ratio_counts_the_states_its_map_shows_below_and_above_parity(
    view: View, per: str
) -> None:
    scene = build_scene(real(), view.with_(per=per))
    if scene.border.share is None:
        return
    text = headline(real(), scene, EN)
    less, more = counted(scene, border=False, more=False), counted(scene, border=True, more=True)
    assert re.match(rf"{less} of the \d+ states off the border ha(s|ve) less", text)
    assert re.search(rf"; {more} of the \d+ border states ha(s|ve) more\.", text)


LEAD = {
    "shrinks": lambda before, now: 1 < now < before,
    "grows": lambda before, now: now > before > 1,
    "stays": lambda before, now: now == before > 1,
    "gone": lambda before, now: now <= 1 < before,
    "takes": lambda before, now: before <= 1 < now,
    "no lead": lambda before, now: before <= 1 and now <= 1,
}
"""The word of a headline → what it says of the border's ratio by people, and by another need."""


@given(
    views(measure="activities", show="ratio", state=""), st.sampled_from(["homicides", "poverty"])
)
def test_over_another_need_the_borders_lead_is_told_as_it_changes(view: View, per: str) -> None:
    scene = build_scene(real(), view.with_(per=per))
    if scene.border.share is None:
        return
    text = headline(real(), scene, EN)
    people = build_scene(real(), view.with_(per="population")).border.need_share
    before = round(scene.border.share / people, 1)
    now = round(scene.border.share / scene.border.need_share, 1)
    (word,) = [word for word in LEAD if word in text]
    assert LEAD[word](before, now), text
    assert f"({now:.1f} times)" in text


@given(views())
def test_a_rate_or_share_that_names_the_most_names_who_is_darkest_on_its_map(view: View) -> None:
    scene = build_scene(real(), view)
    top = [state for state in scene.states if state.rank == 1]
    for lang in ("en", "es"):
        text = headline(real(), scene, speech(lang))
        if re.search(r"ha(s|ve) most|que más tiene", text):
            assert 1 <= len(top) <= 3
            assert all(real().states[state.code].names[lang] in text for state in top)


@given(views())
def test_a_gap_names_the_states_at_both_ends_of_its_map(view: View) -> None:
    scene = build_scene(real(), view.with_(show="gap", measure="activities"))
    known = [state for state in scene.states if state.value is not None]
    if not known:
        return
    text = headline(real(), scene, EN)
    for end in (max, min):
        value = end(state.value or 0 for state in known)
        at = [state.code for state in known if state.value == value]
        if len(at) <= 3:
            assert all(real().states[code].names["en"] in text for code in at)


def test_held_against_homicides_nothing_is_said_of_the_people() -> None:
    for show in SHOWS:
        text = told(View(per="homicides", show=show))
        assert "homicides" in text
        assert "people" not in text


def test_the_fault_that_was_found_is_gone() -> None:
    """The border was the headline of a map on which most border states are among the palest."""
    scene = build_scene(real(), View(per="homicides"))
    text = headline(real(), scene, EN)
    middle = median(state.value or 0 for state in scene.states)
    top = next(state for state in scene.states if state.rank == 1)
    assert top.value is not None
    assert top.value > middle
    assert f"{real().states[top.code].names['en']} has most" in text
