"""The tools in the address: what is spelled is read again, and nothing raises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.chapters.closer import TOOLS
from geo.chapters.closer.query import (
    CHANGEABLE,
    PAIRS,
    Opened,
    pair_of,
    read_tools,
    spell_tools,
)
from geo.view import PARAMETERS, View
from tests.markup import EVIL
from tests.strategies import views


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("name", ["", *PAIRS])
def test_what_is_spelled_is_read_again(tool: str, name: str) -> None:
    tools = Opened(tool, PAIRS[name].changes if name else ())
    assert read_tools({key: [text] for key, text in spell_tools(tools).items()}) == (tools, ())


@given(views(), views())
def test_a_second_view_may_differ_in_every_filter_and_is_read_again(one: View, two: View) -> None:
    for name in CHANGEABLE:
        field = PARAMETERS[name].field
        changes = ((name, PARAMETERS[name].spell(getattr(two, field))),)
        if not changes[0][1]:
            continue
        tools = Opened("compare", (*changes, *((("to", "2021"),) if name == "kind" else ())))
        assert read_tools({key: [text] for key, text in spell_tools(tools).items()}) == (tools, ())
        if name not in ("from", "to"):
            assert getattr(tools.other(one), field) == getattr(two, field)


def test_values_of_two_words_do_not_end_a_change() -> None:
    told = "funder.us_other,not_stated_kind.drug_courts_recipient.civil_society_named.yes"
    tools, notices = read_tools({"tool": ["compare"], "with": [told]})
    assert notices == ()
    other = tools.other(View())
    assert (other.kind, other.recipient) == (("drug_courts",), ("civil_society",))
    assert (set(other.funder), other.named) == ({"us_other", "not_stated"}, "yes")


def test_no_tool_is_not_spelled() -> None:
    assert spell_tools(Opened()) == {}
    assert read_tools({}) == (Opened(), ())


def test_the_names_of_the_address_are_none_of_the_views() -> None:
    assert not {"tool", "with"} & set(PARAMETERS)
    assert set(CHANGEABLE) <= set(PARAMETERS)


@given(st.text(max_size=40), st.text(max_size=60))
def test_any_text_gives_tools_and_a_notice_for_what_is_wrong(tool: str, told: str) -> None:
    tools, notices = read_tools({"tool": [tool], "with": [told]})
    assert tools.tool in TOOLS
    if tool.strip() and tool.strip() not in TOOLS:
        assert notices[0].parameter == "tool"
    assert tools.other(View()) is not None


@pytest.mark.parametrize(
    ("told", "changes", "count"),
    [
        ("from.2021_to.2008", (), 1),
        ("measure.usd", (), 1),
        ("pillar.9_weak.include", (("weak", "include"),), 1),
        ("weak.include_weak.exclude", (("weak", "include"),), 1),
        (EVIL, (), 1),
    ],
)
def test_what_cannot_differ_is_left_out_and_said(
    told: str, changes: tuple[tuple[str, str], ...], count: int
) -> None:
    tools, notices = read_tools({"tool": ["compare"], "with": [told]})
    assert tools.changes == changes
    assert len(notices) >= count


@given(views(), st.sampled_from(sorted(PAIRS)))
def test_a_ready_comparison_is_recognised_and_keeps_the_unit(view: View, name: str) -> None:
    pair = PAIRS[name]
    shown = view.with_(**pair.view)
    tools = Opened("compare", pair.changes)
    other = tools.other(shown)
    assert pair_of(shown, tools) != ""
    assert (other.measure, other.per, other.show) == (shown.measure, shown.per, shown.show)
    assert other.from_year <= other.to_year


def test_before_and_after_leave_no_year_out_and_count_none_twice() -> None:
    pair = PAIRS["years"]
    first = View(**pair.view)
    second = Opened("compare", pair.changes).other(first)
    assert second.from_year == first.to_year + 1
    assert (first.from_year, second.to_year) == (View().from_year, View().to_year)


def test_without_changes_the_second_view_has_the_other_attribution() -> None:
    assert Opened().other(View()).evidence == "attributed"
    assert Opened().other(View(evidence="attributed")).evidence == "documented"
