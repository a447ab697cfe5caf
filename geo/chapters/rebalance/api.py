"""The API of the Rebalance page: what a scenario gives, as a table and as JSON, equal to it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from geo.atlas import Atlas, csv_text
from geo.chapters.rebalance.words import rebalance_headline, rules_of, steps, trouble_text
from geo.equity.rebalance import (
    Chosen,
    Rebalanced,
    Scenario,
    rebalance,
    spell_chosen,
    spell_scenario,
)
from geo.language import speech
from geo.policy import UNITS
from geo.scene import unit_of
from geo.view import Notice, View, spell_query
from geo.words import ignored

COLUMNS: Final = (
    "scenario",
    "code",
    "name",
    "unit",
    "now",
    "published",
    "after",
    "change",
    "share_now",
    "share_after",
    "weight",
    "at_floor",
)
"""The columns of the table. `scenario` is `this` or `against`; `weight` a share of all weights."""


def results_of(atlas: Atlas, view: View, chosen: Chosen) -> dict[str, Rebalanced]:
    """What each chosen scenario gives, by `this` and `against`."""
    asked = {"this": chosen.scenario, "against": chosen.against}
    return {which: rebalance(atlas, view, one) for which, one in asked.items() if one is not None}


def problem_of(atlas: Atlas, view: View, chosen: Chosen) -> str:
    """Why a chosen scenario cannot be, in one plain line; empty where all can."""
    say = speech(view.lang)
    for result in results_of(atlas, view, chosen).values():
        if result.trouble == "nothing":
            return rebalance_headline(result, view, say)
        if result.trouble:
            return trouble_text(atlas, result, say)
    return ""


def rebalance_csv(atlas: Atlas, view: View, chosen: Chosen) -> str:
    """One row per scenario and state (UTF-8, comma, LF); `now` is blank where none is published.

    Amounts are exact to the cent or the hundredth of an activity: each column adds up to the same
    total.
    """
    return csv_text(
        COLUMNS,
        (
            {"scenario": which} | row
            for which, result in results_of(atlas, view, chosen).items()
            for row in _rows(atlas, result, view)
        ),
    )


def rebalance_json(
    atlas: Atlas, view: View, chosen: Chosen, notices: tuple[Notice, ...] = ()
) -> dict[str, Any]:
    """Both scenarios with their rules, what must move, the indices and every state."""
    say = speech(view.lang)
    named = {"this": chosen.scenario, "against": chosen.against}
    return {
        "view": spell_query(view),
        "chosen": spell_chosen(chosen),
        "ignored": ignored(notices, say),
        "data_version": atlas.version,
        "unit": _unit(view),
        "how": list(steps(atlas, view, say)),
        "scenarios": {
            which: _scenario(atlas, result, named[which] or Scenario(), view)
            for which, result in results_of(atlas, view, chosen).items()
        },
    }


def _unit(view: View) -> str:
    return unit_of(view.with_(show="value", per="none"))


def _scenario(atlas: Atlas, result: Rebalanced, scenario: Scenario, view: View) -> dict[str, Any]:
    say = speech(view.lang)
    return {
        "name": scenario.name,
        "parameters": spell_scenario(scenario),
        "rules": list(rules_of(scenario, view, say)),
        "sentence": rebalance_headline(result, view, say),
        "impossible": trouble_text(atlas, result, say),
        "total": result.total / UNITS,
        "must_move": result.moved / UNITS,
        "hoover_now_to_after": result.moved / result.total if result.total else None,
        "reserve_binds": result.reserve_binds,
        "indices": {"now": asdict(result.before), "after": asdict(result.after)},
        "states": _rows(atlas, result, view),
    }


def _rows(atlas: Atlas, result: Rebalanced, view: View) -> list[dict[str, Any]]:
    total = result.total
    return [
        {
            "code": row.code,
            "name": atlas.states[row.code].names[view.lang],
            "unit": _unit(view),
            "now": row.now / UNITS if row.known else None,
            "published": row.known,
            "after": row.after / UNITS,
            "change": row.change / UNITS,
            "share_now": row.now / total if total else None,
            "share_after": row.after / total if total else None,
            "weight": row.weight,
            "at_floor": row.at_floor,
        }
        for row in result.rows
    ]
