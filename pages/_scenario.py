"""The controls of a scenario, in step with the address like those of the view."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from geo.chapters.rebalance import BY
from geo.equity.rebalance import EVEN_MIX, MIX, YARDSTICKS, Chosen, Scenario, tidy_name
from geo.policy import MAX_MIX_WEIGHT, MAX_SCENARIO_NAME, MAX_SEZ_BONUS
from pages import _reader
from pages._controls import bound


def _scenario() -> Scenario:
    chosen: Chosen = _reader.own()
    return chosen.scenario


def _take(**changes: Any) -> None:
    chosen: Chosen = _reader.own()
    _reader.change_own(replace(chosen, scenario=replace(chosen.scenario, **changes)))


def _take_by(by: str) -> None:
    if by in BY and by != _scenario().by:
        _take(by=by, mix=EVEN_MIX if by == MIX else ())


def _take_part(at: int, weight: int) -> None:
    mix = _scenario().mix
    if mix:
        _take(mix=(*mix[:at], weight, *mix[at + 1 :]))


def yardstick() -> None:
    """Which need aid is spread by, or a mix of them with the weight of each."""
    say, shown = _reader.say(), _scenario().by
    bound(
        st.segmented_control,
        say.t("Yardstick"),
        (*YARDSTICKS, MIX),
        key="w_by",
        shown=shown,
        take=_take_by,
        default=shown,
        format_func=lambda by: BY[by](say),
        required=True,
        wrap=True,
        help=say.t(
            "What a fair share is held to be. Population: Census 2020. Homicides: summed over the "
            "years chosen. People in poverty: 2020. None of them is the right one."
        ),
    )


def mix() -> None:
    """The weight of each need in a mix; nothing where there is none."""
    say, shown = _reader.say(), _scenario().mix
    if not shown:
        return
    for at, (column, need) in enumerate(zip(st.columns(3, gap="medium"), YARDSTICKS, strict=True)):
        bound(
            column.slider,
            say.t("Weight of: {need}", need=BY[need](say)),
            0,
            MAX_MIX_WEIGHT,
            key=f"w_mix_{need}",
            shown=shown[at],
            take=partial(_take_part, at),
            value=shown[at],
        )


def rules() -> None:
    """Bonus, floor and reserve."""
    say, scenario = _reader.say(), _scenario()
    _percent(
        "sez",
        say.t("Bonus for zone states, %"),
        scenario.sez,
        MAX_SEZ_BONUS,
        say.t(
            "Percent added to the weight of the states that were to host special economic zones."
        ),
    )
    _percent(
        "floor",
        say.t("Floor for each state, %"),
        scenario.floor / 100,
        100.0,
        say.t("The least share of the total that each state gets. All 32 floors must fit into it."),
        step=0.25,
    )
    _percent(
        "reserve",
        say.t("Reserved off the border, %"),
        scenario.reserve,
        100,
        say.t("The least share of the total that the states off the northern border get together."),
    )


def _percent(
    field: str, label: str, shown: float, most: float, hint: str, *, step: float = 5
) -> None:
    def take(value: float | None) -> None:
        percent = value or 0
        _take(**{field: round(percent * 100) if field == "floor" else int(percent)})

    bound(
        st.number_input,
        label,
        type(most)(0),
        most,
        key=f"w_{field}",
        shown=shown,
        take=take,
        value=shown,
        step=type(most)(step),
        help=hint,
        width=175,
    )


def name() -> None:
    """What the reader calls the scenario."""
    say, shown = _reader.say(), _scenario().name
    bound(
        st.text_input,
        say.t("Name (optional)"),
        key="w_name",
        shown=shown,
        take=lambda text: _take(name=text),
        read=tidy_name,
        value=shown,
        max_chars=MAX_SCENARIO_NAME,
        width=205,
    )


def comparison() -> None:
    """Hold a scenario to compare with, change places, or let go of it."""
    say = _reader.say()
    chosen: Chosen = _reader.own()
    scenario, against = chosen.scenario, chosen.against
    if against is None:
        held = Chosen(replace(scenario, name=""), scenario)
        st.button(
            say.t("Hold it and compare"),
            key="w_hold",
            help=say.t(
                "Keeps this scenario as the other one, so that you can change this one beside it."
            ),
            on_click=_reader.change_own,
            args=(held,),
        )
        return
    st.button(
        say.t("Swap the two"),
        key="w_swap",
        on_click=_reader.change_own,
        args=(Chosen(against, scenario),),
    )
    st.button(
        say.t("Stop comparing"),
        key="w_alone",
        on_click=_reader.change_own,
        args=(Chosen(scenario),),
    )
