"""Which activities count where: one function decides, and every count of them agrees with it."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.atlas import Atlas, counted, load_atlas
from geo.atlas.listing import activity_rows
from geo.chapters.closer.drilldown import drill
from geo.equity.bounded import _held
from geo.equity.claims.incidence_arrays import CountingRule, amounts_of, incidence
from geo.scene import build_scene, municipalities_reached, place, reaching
from geo.view import View
from tests.strategies import ledgers, views
from tests.toy_ledger import toy_atlas

REAL = load_atlas()
ATLASES = st.one_of(st.just(REAL), ledgers().map(toy_atlas))


def counting_rule_of(view: View) -> CountingRule:
    return CountingRule(
        view.evidence,
        view.split,
        view.weak == "include",
        view.found,
        view.pillar,
        view.from_year,
        view.to_year,
        view.named,
        view.funder,
        view.kind,
        view.recipient,
    )


def by_hand(atlas: Atlas, view: View) -> dict[str, set[str]]:
    """State → the activities that count in it, from the rows of the ledger alone."""
    found: dict[str, set[str]] = {}
    for activity in atlas.ledger.select(view).activities:
        for at in activity.places:
            firm = view.weak == "include" or not at.weak
            if at.state and firm and not activity.part_of:
                found.setdefault(at.state, set()).add(activity.activity_id)
    return found


@given(ATLASES, views(measure="activities"))
def test_arrays_scenes_lists_and_drilldowns_count_the_same_activities_in_a_state(
    atlas: Atlas, view: View
) -> None:
    scene, expected = build_scene(atlas, view), by_hand(atlas, view)
    for code in atlas.states:
        ids = expected.get(code, set())
        assert {activity.activity_id for activity in reaching(scene, code)} == ids
        assert scene.state(code).activities == len(ids)
        assert {i for i, states in _held(scene).items() if code in states} == ids
    listed = activity_rows(atlas, view.with_(state=""), "")
    counting = Counter(
        code for row in listed if not row["part_of"] for code in row["states_counted"].split(";")
    )
    assert {code: counting[code] for code in expected} == {c: len(i) for c, i in expected.items()}


@given(ATLASES, views(measure="activities"))
def test_the_arrays_give_each_state_what_placing_gives_it(atlas: Atlas, view: View) -> None:
    placed = place(atlas, view)
    exact = placed.reached if placed.parts is None else placed.parts
    amounts = dict(zip(atlas.states, amounts_of(atlas, counting_rule_of(view)), strict=True))
    assert amounts == pytest.approx({code: float(exact.get(code, 0)) for code in atlas.states})


@given(views(measure="activities", evidence="documented"))
def test_the_arrays_and_the_maps_count_the_same_activities_in_a_municipality(view: View) -> None:
    scene, arrays = build_scene(REAL, view), incidence(REAL, view.found)
    found = dict(zip(arrays.places, arrays.by_place(counting_rule_of(view)), strict=True))
    cities = {name: count for name, count in found.items() if len(name) == 5 and count}
    assert cities == municipalities_reached(scene)
    for code in REAL.states:
        named = {one.cvegeo: len(acts) for one, acts in drill(REAL, scene, code).named}
        assert named == {name: n for name, n in cities.items() if name[:2] == code}


def test_a_part_and_a_place_outside_every_state_count_nowhere() -> None:
    for weak in (False, True):
        for activity, places in counted(REAL.ledger.activities, include_weak=weak):
            assert not activity.part_of
            assert places
            assert all(at.state and (weak or not at.weak) for at in places)
