"""The finding where every state was asked alike: the scene's own numbers, or said to be too few."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given

from geo.atlas import Atlas, load_atlas
from geo.equity.claims import load_claims
from geo.language import speech
from geo.scene import build_scene, counted_in
from geo.view import View
from geo.words import tell
from geo.words.equal_effort import alike, enough
from tests.strategies import views
from tests.toy_ledger import Rows, rows_of, toy_atlas

EN = speech("en")
FEW = {"en": "too few to tell", "es": "para concluir"}
BEGINS = {"en": "Where every state was asked alike", "es": "Con preguntas iguales en cada estado"}


@cache
def real() -> Atlas:
    return load_atlas()


def told(atlas: Atlas, view: View) -> str:
    return alike(atlas, build_scene(atlas, view), speech(view.lang))


def toy(*systematic: str, weak: bool = False) -> Atlas:
    """Three targeted activities in the North, and one found by questions in each named state."""
    rows = Rows((), (), ())
    for number in range(3):
        rows += rows_of(f"T{number}", states=["01"])
    for number, state in enumerate(systematic):
        found = {"found_by": ("systematic", "systematic2")[number % 2]}
        there = {"weak": {state: "undated"}} if weak else {"states": [state]}
        rows += rows_of(f"S{number}", **there, **found)  # type: ignore[arg-type]
    return toy_atlas(rows)


class TestTheNumbersAreTheScenes:
    @given(views(measure="activities", per="none"))
    def test_a_share_is_that_of_the_same_view_found_by_questions(self, view: View) -> None:
        even = build_scene(real(), view.with_(found="systematic"))
        text = told(real(), view)
        if text and FEW[view.lang] not in text and view.show in ("value", "share"):
            assert speech(view.lang).percent(even.border.share) in text

    @given(views(measure="activities"))
    def test_it_is_told_wherever_a_finding_is_and_nowhere_else(self, view: View) -> None:
        scene, text = build_scene(real(), view), told(real(), view)
        even = view.found.startswith("systematic")
        assert bool(text) is (scene.border.share is not None and not even)
        assert not text or text.startswith(BEGINS[view.lang])

    @given(views(measure="activities"))
    def test_fewer_than_the_claims_ask_for_are_said_to_be_too_few(self, view: View) -> None:
        even = build_scene(real(), view.with_(found="systematic"))
        count = sum(1 for _ in counted_in(even))
        text = told(real(), view)
        if text:
            few = count < load_claims(real().data).min_activities
            assert (FEW[view.lang] in text) is few
            assert not few or str(count) in text

    def test_a_ratio_tells_of_the_states_on_and_off_the_border(self) -> None:
        view = View(show="ratio")
        even = build_scene(real(), view.with_(found="systematic"))
        off = [s.value or 0 for s in even.states if s.code not in even.border.states]
        less, more = (
            sum(value < 1 for value in off),
            sum((s.value or 0) > 1 for s in even.states if s.code in even.border.states),
        )
        assert f"{less} of 26 off the border have less and {more} of 6" in told(real(), view)

    def test_dollars_are_counted_by_the_figures_found_and_not_by_activities(self) -> None:
        assert FEW["en"] in told(real(), View(measure="usd"))
        assert "dollar figures" in told(real(), View(measure="usd"))


class TestTheToyCountry:
    def test_five_found_by_questions_make_a_share(self) -> None:
        atlas = toy("01", "02", "03", "04", "02")
        assert told(atlas, View()) == "Where every state was asked alike, the border has 20%."
        assert "50%" in tell(atlas, View()).headline

    def test_four_are_too_few(self) -> None:
        text = told(toy("01", "02", "03", "04"), View())
        assert (
            text == "Where every state was asked alike, 4 activities were found: too few to tell."
        )

    def test_weak_finds_count_only_where_the_view_counts_them(self) -> None:
        atlas = toy("01", "02", "03", "04", "02", weak=True)
        assert "0 activities" in told(atlas, View())
        assert "20%" in told(atlas, View(weak="include"))

    def test_the_filters_of_the_view_hold_for_it_too(self) -> None:
        assert "0 activities" in told(toy("01", "02", "03", "04", "02"), View(pillar=(4,))) or (
            told(toy("01", "02", "03", "04", "02"), View(pillar=(4,))) == ""
        )
        assert "0 activities" not in told(toy("01", "02", "03", "04", "02"), View(pillar=(1,)))

    def test_rates_and_gaps_are_those_of_the_evenly_found(self) -> None:
        atlas = toy("01", "02", "03", "04", "02")
        assert "the border has 1.00 and the others 0.44" in told(atlas, View(per="population"))
        assert "East 1.0 more, West 1.0 fewer" in told(atlas, View(show="gap"))

    def test_an_activity_met_by_the_way_elsewhere_counts_only_where_questions_found_it(
        self,
    ) -> None:
        rows = Rows((), (), ())
        for number in range(5):
            rows += rows_of(
                f"T{number}", states=["01", "02"], found_at={"01": "targeted2", "02": "systematic2"}
            )
        assert "the border has 0%" in told(toy_atlas(rows), View())


@pytest.mark.parametrize("found", ["systematic", "systematic1", "systematic2"])
def test_a_view_of_even_evidence_alone_says_nothing_of_it(found: str) -> None:
    assert told(real(), View(found=found)) == ""
    assert tell(real(), View(found=found)).finding == " ".join(
        part
        for part in (
            tell(real(), View(found=found)).headline,
            tell(real(), View(found=found)).filters,
        )
        if part
    )


def test_what_is_enough_is_what_the_claims_say() -> None:
    assert enough(real().data) == load_claims(real().data).min_activities
