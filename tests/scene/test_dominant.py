"""The dominant row: found exactly where one activity holds more than half, in every measure."""

from __future__ import annotations

from functools import cache

from hypothesis import given

from geo.atlas import Atlas, load_atlas
from geo.scene import Scene, build_scene
from geo.view import View
from tests.strategies import ledgers, views
from tests.toy_ledger import Rows, rows_of, toy_atlas


@cache
def real() -> Atlas:
    return load_atlas()


def without(scene: Scene, atlas: Atlas, view: View) -> float | None:
    """The border's share when the row is struck out, by hand: from the scenes' own sums."""
    row = scene.dominant
    assert row is not None
    inside = sum(1 for state in row.states if state in scene.border.states)
    part = row.amount * inside / len(row.states)
    rest = scene.total - row.amount
    return (scene.border.amount - part) / rest if rest > 1e-9 else None


def test_a_row_with_more_than_half_is_found_with_its_share_and_what_is_left() -> None:
    rows = rows_of("A", states=["01", "02", "03"]) + rows_of("B", states=["02"])
    row = build_scene(toy_atlas(rows), View()).dominant
    assert row is not None
    assert (row.activity.activity_id, row.amount, row.share) == ("A", 3.0, 0.75)
    assert row.border_share_without == 0.0


def test_a_row_with_exactly_half_is_not_dominant() -> None:
    rows = rows_of("A", states=["01"]) + rows_of("B", states=["02"])
    assert build_scene(toy_atlas(rows), View()).dominant is None


def test_a_row_that_is_all_there_is_leaves_nothing_without_it() -> None:
    row = build_scene(toy_atlas(rows_of("A", states=["01"])), View()).dominant
    assert row is not None
    assert (row.share, row.border_share_without) == (1.0, None)


@given(ledgers(), views())
def test_it_is_found_exactly_where_one_activity_alone_holds_more_than_half(
    rows: Rows, view: View
) -> None:
    atlas = toy_atlas(rows)
    scene = build_scene(atlas, view)
    row = scene.dominant
    if row is None:
        return
    assert 0.5 < row.share <= 1
    assert row.amount <= scene.total + 1e-9
    assert row.activity in scene.selection.activities


@given(views())
def test_what_is_left_without_it_agrees_with_the_scenes_own_sums(view: View) -> None:
    whole = view.with_(evidence="documented")
    scene = build_scene(real(), whole)
    if scene.dominant is None:
        return
    expected = without(scene, real(), whole)
    found = scene.dominant.border_share_without
    assert (expected is None) == (found is None)
    if expected is not None and found is not None:
        assert abs(expected - found) < 1e-9
