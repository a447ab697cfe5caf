"""The atlas: 32 of 32 states, every key matched, or one message that names what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import geo.atlas.atlas
from geo.atlas import load_atlas
from geo.atlas.tables import read_table
from geo.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path


def test_all_32_states_are_loaded_with_both_names_in_order_of_their_code() -> None:
    states = load_atlas().states
    assert list(states) == [f"{number:02d}" for number in range(1, 33)]
    assert all(state.names["en"] and state.names["es"] for state in states.values())


def test_the_border_is_six_states_and_the_zones_eight() -> None:
    atlas = load_atlas()
    assert atlas.border == ("02", "05", "08", "19", "26", "28")
    assert sum(state.sez for state in atlas.states.values()) == 8


def test_a_missing_state_stops_the_start_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_veracruz(name: str, data: Path) -> tuple[dict[str, Any], ...]:
        rows = read_table(name, data)
        return tuple(r for r in rows if r["code"] != "30") if name == "states" else rows

    monkeypatch.setattr(geo.atlas.atlas, "read_table", without_veracruz)
    with pytest.raises(DataError) as caught:
        load_atlas.__wrapped__()
    told = str(caught.value)
    assert "30" in told
    assert "states.csv" in told
    assert "git checkout" in told


def test_every_place_amount_and_source_of_the_ledger_finds_its_match() -> None:
    atlas = load_atlas()
    ids = {activity.activity_id for activity in atlas.ledger.activities}
    for table in ("activity_places", "amounts_usd"):
        assert {row["activity_id"] for row in read_table(table)} <= ids
    placed = sum(len(activity.places) for activity in atlas.ledger.activities)
    assert placed == len(read_table("activity_places"))
    for activity in atlas.ledger.activities:
        assert set(activity.sources) <= set(atlas.sources)
        assert set(activity.named_states) <= set(atlas.states)


def test_loading_twice_gives_the_same_atlas_so_that_scenes_are_shared() -> None:
    assert load_atlas() is load_atlas()
