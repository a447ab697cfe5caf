"""By whom, of what kind and to whom: every activity is in reach of a choice, and of one alone."""

from __future__ import annotations

import copy
import csv
from collections import Counter
from dataclasses import fields
from itertools import chain
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.atlas import Atlas, Table, load_atlas, read_package, table_of
from geo.atlas.ledger import LEFT_OUT, Selection
from geo.atlas.rules import all_faults
from geo.atlas.rules.ledger import CHOICES
from geo.paths import DATA
from geo.scene import build_scene
from geo.view import GIVEN, PAYERS, View, normal_given
from tests.strategies import ledgers, views
from tests.toy_ledger import toy_atlas

REAL = load_atlas()
ATLASES = st.one_of(st.just(REAL), ledgers().map(toy_atlas))
COLUMN_OF = {"funder": "funder", "kind": "kind", "recipient": "recipient_level"}


def term_of(name: str, choice: str) -> str:
    return PAYERS[choice] if name == "funder" else choice


@given(ATLASES, st.sampled_from(sorted(GIVEN)))
def test_the_choices_of_a_filter_share_out_the_whole_ledger(atlas: Atlas, name: str) -> None:
    parts = [
        atlas.ledger.select(View().with_(**{name: (choice,)})).activities for choice in GIVEN[name]
    ]
    ids = Counter(activity.activity_id for activity in chain.from_iterable(parts))
    assert ids == Counter(activity.activity_id for activity in atlas.ledger.activities)


def test_no_choice_of_the_published_ledger_is_empty() -> None:
    for name, choices in GIVEN.items():
        for choice in choices:
            assert REAL.ledger.select(View().with_(**{name: (choice,)})).activities, choice


@given(views())
def test_a_view_keeps_what_its_filters_keep_of_the_rows_in_the_file(view: View) -> None:
    with (DATA / "ledger" / "activities.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            row["activity_id"]
            for row in csv.DictReader(file)
            if all(
                not (chosen := getattr(view, name))
                or row[COLUMN_OF[name]] in {term_of(name, choice) for choice in chosen}
                for name in GIVEN
            )
        ]
    plain = View(funder=view.funder, kind=view.kind, recipient=view.recipient)
    assert [a.activity_id for a in REAL.ledger.select(plain).activities] == sorted(rows)


@given(ATLASES, views())
def test_what_is_kept_and_what_is_left_out_for_each_reason_add_up(atlas: Atlas, view: View) -> None:
    selection = atlas.ledger.select(view)
    assert len(selection.activities) + selection.left_out == len(atlas.ledger)
    assert not selection.left_out or not view.whole


@given(ATLASES, views(), st.sampled_from(sorted(GIVEN)))
def test_two_choices_of_a_filter_keep_what_each_of_them_keeps(
    atlas: Atlas, view: View, name: str
) -> None:
    """A number of the map is the sum of those of its choices, since activities have one each."""
    options = GIVEN[name]
    one, two, both = (
        build_scene(atlas, view.with_(**{name: normal_given(name, chosen)}, measure="activities"))
        for chosen in (options[:2], options[2:3], options[:3])
    )
    for code in atlas.states:
        counts = [scene.state(code).activities for scene in (one, two, both)]
        assert counts[0] + counts[1] == counts[2]


def test_every_reason_to_be_left_out_is_counted() -> None:
    assert {field.name for field in fields(Selection)} == {"activities", *LEFT_OUT}


def activities_resource() -> dict[str, Any]:
    return next(one for one in read_package()["resources"] if one["name"] == "activities")


def test_the_check_allows_the_words_that_a_reader_can_choose_and_no_others() -> None:
    allowed = {
        field["name"]: set(field["constraints"]["enum"])
        for field in activities_resource()["schema"]["fields"]
        if field["name"] in CHOICES
    }
    assert allowed == CHOICES


@pytest.mark.parametrize("name", CHOICES)
def test_a_new_term_that_the_check_allows_and_no_choice_holds_is_refused_with_the_remedy(
    name: str,
) -> None:
    resource = copy.deepcopy(activities_resource())
    (field,) = (one for one in resource["schema"]["fields"] if one["name"] == name)
    old = field["constraints"]["enum"][0]
    field["constraints"]["enum"].append("Rockefeller")
    text = (DATA / "ledger" / "activities.csv").read_text(encoding="utf-8")
    changed = table_of(resource, text.replace(f",{old},", ",Rockefeller,", 1).encode())
    assert not changed.faults
    told = [str(fault) for fault in all_faults({"activities": changed})]
    assert len([one for one in told if "Rockefeller" in one and "geo/view/given.py" in one]) == 1
    assert not [one for one in map(str, all_faults(own_table())) if "geo/view/given.py" in one]


def own_table() -> dict[str, Table]:
    content = (DATA / "ledger" / "activities.csv").read_bytes()
    return {"activities": table_of(activities_resource(), content)}
