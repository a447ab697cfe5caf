"""The atlas: 32 of 32 states, every key matched, or one message that names what is missing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from geo.atlas import load_atlas, read_package
from geo.atlas.tables import read_table
from geo.build import package
from geo.errors import DataError
from geo.paths import DATA


def test_all_32_states_are_loaded_with_both_names_in_order_of_their_code() -> None:
    states = load_atlas().states
    assert list(states) == [f"{number:02d}" for number in range(1, 33)]
    assert all(state.names["en"] and state.names["es"] for state in states.values())


def test_a_state_is_known_by_any_spelling_and_by_none_that_two_have() -> None:
    atlas = load_atlas()
    named = ("Veracruz", " VERACRUZ ", "méxico city", "CDMX", "nowhere", "")
    assert [atlas.state_named(text) for text in named] == ["30", "30", "09", "09", "", ""]
    spellings = atlas.state_spellings()
    assert {spelling: atlas.state_named(spelling) for spelling in spellings} == spellings


def test_the_border_is_six_states_and_the_zones_eight() -> None:
    atlas = load_atlas()
    assert atlas.border == ("02", "05", "08", "19", "26", "28")
    assert sum(state.sez for state in atlas.states.values()) == 8


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        ("places/states.csv", "\n30,", "\n29,", "29"),
        ("ledger/activities.csv", ",DTC16;", ",DTC99;", "'DTC99' is not in data/sources.csv"),
        ("ledger/activities.csv", "\nM002,", "\nM001,", "is there already, in row 2"),
        ("ledger/activity_places.csv", "\nM002,", "\nM902,", "'M902' is not in"),
        ("ledger/activities.csv", ",314046,", ",-314046,", "out of range"),
        ("sites.csv", ",02004,", ",08037,", "in state 08, but state is 02"),
    ],
)
def test_what_the_check_refuses_does_not_start_even_with_fresh_hashes(
    tmp_path: Path, path: str, old: str, new: str, said: str
) -> None:
    data = Path(shutil.copytree(DATA, tmp_path / "data"))
    text = (data / path).read_text(encoding="utf-8")
    assert old in text
    (data / path).write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    inputs = read_package(data)["boundaries_inputs"]
    (data / package.PATH).write_text(package.render(data, inputs), encoding="utf-8")
    with pytest.raises(DataError, match=said) as caught:
        load_atlas(data)
    assert caught.value.file == f"data/{path}"
    assert caught.value.row or path.startswith("places")
    assert "git checkout" in str(caught.value)


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
