"""The view and its one spelling in the URL: a promise to links in the wild."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.view.view import (
    DEFAULT_LAYERS,
    LAYERS,
    PARAMETERS,
    STATE_CODES,
    YEARS,
    View,
    read_query,
    spell_query,
)
from tests.strategies import QUERIES, views

CONTRACT = {
    "measure": ("activities", "usd"),
    "dollars": ("nominal", "constant"),
    "evidence": ("documented", "attributed"),
    "split": ("equal", "population", "homicides"),
    "per": ("none", "population", "homicides", "poverty"),
    "show": ("value", "share", "ratio", "gap"),
    "weak": ("exclude", "include"),
    "found": ("all", "systematic", "systematic1", "systematic2", "targeted"),
    "named": ("all", "yes"),
    "pillar": ("1", "2", "3", "4", "5"),
    "funder": ("merida", "inl", "usaid", "us_other", "mixed", "not_stated"),
    "kind": (
        *("training", "prisons", "justice_reform", "forensics", "prevention_programme"),
        *("equipment", "accreditation", "courtrooms", "drug_courts", "dogs", "border_control"),
        "other",
    ),
    "recipient": ("state", "municipal", "federal", "judiciary", "civil_society", "mixed"),
    "from": tuple(str(year) for year in range(2008, 2022)),
    "to": tuple(str(year) for year in range(2008, 2022)),
    "layers": ("sites", "cities", "sez", "border", "municipalities", "neighbours"),
    "scheme": ("jenks", "quantiles", "equal", "log"),
    "k": tuple(str(k) for k in range(3, 10)),
    "state": tuple(f"{code:02d}" for code in range(1, 33)),
    "lang": ("en", "es"),
}
"""The table of the URL contract, default first; written out here so that a rename is seen."""

DEFAULT_IS_FIRST = (
    "measure",
    "dollars",
    "evidence",
    "split",
    "per",
    "show",
    "weak",
    "found",
    "named",
    "scheme",
    "lang",
)


def test_the_parameters_are_exactly_those_promised_and_in_that_order() -> None:
    assert tuple(PARAMETERS) == tuple(CONTRACT)


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in CONTRACT.items() for value in values]
)
def test_every_promised_value_is_read_and_spelled_again(name: str, value: str) -> None:
    view, notices = read_query({name: value})
    assert notices == ()
    again, _ = read_query(spell_query(view))
    assert again == view
    assert spell_query(view) in ({name: value}, {})


@pytest.mark.parametrize("name", DEFAULT_IS_FIRST)
def test_the_first_promised_value_is_the_default_and_is_not_spelled(name: str) -> None:
    assert read_query({name: CONTRACT[name][0]})[0] == View()
    assert name not in spell_query(View())


def test_the_page_without_parameters_spells_nothing() -> None:
    assert spell_query(View()) == {}
    assert read_query({}) == (View(), ())


def test_every_field_of_the_view_has_its_parameter() -> None:
    assert {p.field for p in PARAMETERS.values()} == {f.name for f in fields(View)}


@given(views())
def test_what_a_view_spells_reads_as_the_same_view_without_a_notice(view: View) -> None:
    assert read_query(spell_query(view)) == (view, ())


@given(views())
def test_no_default_is_ever_spelled(view: View) -> None:
    spelled = spell_query(view)
    for name, text in spelled.items():
        assert getattr(View(), PARAMETERS[name].field) != getattr(view, PARAMETERS[name].field)
        assert text


@given(views())
def test_equal_views_have_one_spelling(view: View) -> None:
    again, _ = read_query(spell_query(view))
    assert list(spell_query(again).items()) == list(spell_query(view).items())
    assert hash(again) == hash(view)


@given(QUERIES)
def test_no_link_raises_and_every_view_it_gives_is_a_possible_one(
    query: dict[str, str | list[str]],
) -> None:
    view, notices = read_query(query)
    assert read_query(spell_query(view)) == (view, ())
    assert view.from_year <= view.to_year
    assert len(notices) <= len(query)


@given(name=st.sampled_from(tuple(CONTRACT)), text=st.text(min_size=1, max_size=20))
def test_a_value_that_was_not_promised_falls_back_with_exactly_one_notice(
    name: str, text: str
) -> None:
    parts = text.split(",") if PARAMETERS[name].listed else [text]
    if not text.strip() or any(part.strip() in (*CONTRACT[name], "none") for part in parts):
        return
    view, notices = read_query({name: text})
    assert view == View()
    assert [(n.parameter, n.reason) for n in notices] == [(name, "unusable_value")]


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ({"measure": "US D"}, "unusable_value"),
        ({"measure": "<script>alert(1)</script>"}, "unusable_value"),
        ({"k": "2"}, "unusable_value"),
        ({"k": "10"}, "unusable_value"),
        ({"k": "5.0"}, "unusable_value"),
        ({"k": "５"}, "unusable_value"),
        ({"from": "2007"}, "unusable_value"),
        ({"to": "2022"}, "unusable_value"),
        ({"state": "0"}, "unusable_value"),
        ({"state": "Veracruz"}, "unusable_value"),
        ({"state": "33"}, "unusable_value"),
        ({"pillar": "6"}, "unusable_value"),
        ({"pillar": "1,x,2"}, "unusable_value"),
        ({"pillar": ","}, "unusable_value"),
        ({"layers": ","}, "unusable_value"),
        ({"kind": "prisons,planes"}, "unusable_value"),
        ({"funder": ["usaid", "the Queen"]}, "unusable_value"),
        ({"recipient": "="}, "unusable_value"),
        ({"layers": "sites,tiles"}, "unusable_value"),
        ({"from": "2015", "to": "2010"}, "years_reversed"),
        ({"site": "west_rail"}, "unknown_parameter"),
        ({"x" * 1000: "y" * 1000}, "unknown_parameter"),
        ({"measure": ["usd", "euro"]}, "unusable_value"),
    ],
)
def test_an_impossible_choice_gives_the_default_page_and_one_notice(
    query: dict[str, str | list[str]], reason: str
) -> None:
    view, notices = read_query(query)
    assert view == View()
    assert [notice.reason for notice in notices] == [reason]
    assert notices[0].given, "a notice quotes what it is about"


def test_one_bad_value_leaves_the_good_ones_standing() -> None:
    view, notices = read_query({"measure": "usd", "k": "99", "state": "30"})
    assert view == View(measure="usd", state="30")
    assert [notice.parameter for notice in notices] == ["k"]


def test_reversed_years_leave_the_other_choices_standing() -> None:
    view, _ = read_query({"from": "2015", "to": "2010", "measure": "usd"})
    assert view == View(measure="usd")


def test_a_blank_value_is_the_default_and_no_mistake() -> None:
    assert read_query({"measure": "", "pillar": " ", "state": []}) == (View(), ())


def test_a_repeated_list_parameter_is_joined_and_of_any_other_the_last_one_counts() -> None:
    view, notices = read_query(
        {"pillar": ["4", "1"], "kind": ["prisons", "training"], "measure": ["activities", "usd"]}
    )
    assert (view.pillar, view.measure, notices) == ((1, 4), "usd", ())
    assert view.kind == ("training", "prisons")


def test_the_order_and_repeats_of_a_list_do_not_matter() -> None:
    one, _ = read_query({"pillar": "4,1,4", "layers": "border,sites"})
    other, _ = read_query({"pillar": "1,4", "layers": "sites,border,border"})
    assert one == other


@pytest.mark.parametrize("name", ["pillar", "funder", "kind", "recipient"])
def test_all_choices_of_a_filter_are_the_same_as_none(name: str) -> None:
    assert read_query({name: ",".join(reversed(CONTRACT[name]))})[0] == View()


@given(views())
def test_a_view_keeps_of_itself_what_it_says_selects_and_can_give_all_of_it_back(
    view: View,
) -> None:
    assert view.selecting().filtering == view.filtering
    assert set(view.filtering) == set(spell_query(view.selecting()))
    back = view.with_(**vars_of(View(), view.filtering))
    assert back.whole
    assert spell_query(back).keys() == spell_query(view).keys() - set(view.filtering)


def vars_of(view: View, names: tuple[str, ...]) -> dict[str, object]:
    return {PARAMETERS[name].field: getattr(view, PARAMETERS[name].field) for name in names}


def test_no_layers_at_all_can_be_linked_to() -> None:
    view = View(layers=())
    assert spell_query(view) == {"layers": "none"}
    assert read_query({"layers": "none"}) == (view, ())


def test_the_parameters_of_streamlit_are_neither_ours_nor_a_mistake() -> None:
    assert read_query({"embed": "true", "embed_options": ["dark_theme"]}) == (View(), ())


@given(views(), st.sampled_from(("", *STATE_CODES)), st.sampled_from(("en", "es")))
def test_selection_layers_and_language_change_no_number(view: View, state: str, lang: str) -> None:
    other = view.with_(state=state, lang=lang, layers=DEFAULT_LAYERS)
    assert other.data_key() == view.data_key()


def test_the_need_is_population_when_none_was_chosen() -> None:
    assert View().need == "population"
    assert View(per="homicides").need == "homicides"


def test_the_contract_table_covers_all_states_years_and_layers() -> None:
    assert CONTRACT["state"] == STATE_CODES
    assert tuple(map(str, YEARS)) == CONTRACT["from"]
    assert CONTRACT["layers"] == LAYERS
