"""What does not name the Initiative is said not to, wherever activities are listed or counted."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from geo.atlas import Atlas, list_activities, load_atlas
from geo.chapters.evidence.claim import rows_html
from geo.chapters.map.profile import profile_of
from geo.chapters.methods.ledger import ledger_html
from geo.equity.claims import finding, load_claims
from geo.language import speech
from geo.scene import build_scene, counted_in, reaching
from geo.share.files.values import value_rows, values_json
from geo.view import STATE_CODES, View
from geo.words import explain, tell, unnamed_text

EN = speech("en")
VIEWS = (View(), View(weak="include"), View(pillar=(4,)), View(named="yes"))


@cache
def real() -> Atlas:
    return load_atlas()


def kinds(view: View) -> Counter[str]:
    return Counter(a.names_merida for a, _ in counted_in(build_scene(real(), view)))


@pytest.mark.parametrize("view", VIEWS)
def test_a_states_list_says_of_each_activity_and_of_how_many_that_the_initiative_is_not_named(
    view: View,
) -> None:
    scene = build_scene(real(), view)
    for code in STATE_CODES:
        told, reached = profile_of(real(), scene, code, EN), reaching(scene, code)
        unnamed = [a for a in reached if a.names_merida != "yes"]
        for activity, shown in zip(reached, told.counted, strict=True):
            said = any("name the Mérida Initiative" in fact for fact in shown.facts)
            assert said is (activity in unnamed), activity.activity_id
        assert bool(told.unnamed) is bool(unnamed)
        if unnamed:
            assert f"Of {len(reached)} that count, the sources of {len(unnamed)} " in told.unnamed


@pytest.mark.parametrize("view", VIEWS)
def test_a_row_of_the_values_counts_what_names_it_and_the_api_counts_them_all(view: View) -> None:
    scene = build_scene(real(), view)
    for row in value_rows(real(), scene, view):
        reached = reaching(scene, row["code"])
        assert row["activities_named"] == sum(a.names_merida == "yes" for a in reached)
        assert row["activities_named"] <= row["activities"]
        assert view.named == "all" or row["activities_named"] == row["activities"]
    named = values_json(real(), scene, view)["named"]
    assert named == {kind: kinds(view)[kind] for kind in ("yes", "no", "unknown")}


@pytest.mark.parametrize("view", VIEWS)
def test_what_the_number_is_says_how_much_of_it_names_the_initiative(view: View) -> None:
    text, count = " ".join(explain(build_scene(real(), view), view, EN)), kinds(view)
    assert f"the sources of {count['yes']} name the Initiative and those of {count['no']} " in text
    assert f"Of {count['unknown']} it cannot be told" in text


def test_what_is_left_out_for_not_naming_it_is_counted_in_every_finding() -> None:
    view = View(named="yes")
    left = build_scene(real(), view).selection.unnamed
    assert left == sum(a.names_merida != "yes" for a in real().ledger.activities)
    told = tell(real(), view)
    assert f"{left} whose sources do not clearly name the Initiative" in told.filters
    assert told.filters in told.finding


def test_the_ledger_and_the_rows_of_a_claim_say_it_too() -> None:
    view = View(weak="include")
    table = str(ledger_html(real(), view, "", EN))
    listed = list_activities(real(), view).activities
    for kind, text in (("no", "do not name"), ("unknown", "do not clearly name")):
        assert table.count(f"Its sources {text} the Mérida Initiative") == sum(
            a.names_merida == kind for a in listed
        )
    claims = load_claims()
    rows = str(rows_html(real(), finding(real(), claims.of("border"), claims.later), EN))
    assert 'data-name="Names the Initiative">not clearly</td>' in rows


def test_an_activity_whose_source_names_it_says_nothing_of_it() -> None:
    for activity in real().ledger.activities:
        assert bool(unnamed_text(activity, EN)) is (activity.names_merida != "yes")
