"""A scenario of the Rebalance page: by which yardstick and rules aid would be spread.

In the address it takes six parameters, each left out where it holds its default:

    by       population, homicides, poverty, or a mix: population50-homicides30-poverty20
    sez      percent added to the weight of states with a special economic zone: 25
    floor    percent of the total that each state gets at least, to the hundredth: 1.5
    reserve  percent of the total that the states off the northern border get at least: 60
    name     what the reader calls it, up to 60 characters
    against  a second scenario to compare with: by.homicides~sez.25~floor.1.5~reserve.60~name.…

The parts of `against` are the parameters above, joined by `~`, each with a point before its
value; the name comes last and may hold any character.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from geo.policy import MAX_MIX_WEIGHT, MAX_SCENARIO_NAME, MAX_SEZ_BONUS
from geo.view import Notice, PageQuery, Query, choice_of

YARDSTICKS: Final = ("population", "homicides", "poverty")
MIX: Final = "mix"
EVEN_MIX: Final = (50, 50, 50)
"""Where a mix starts: all needs alike."""

ALL: Final = 10_000
"""The whole, in hundredths of a percent."""

FLOOR: Final = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,2}))?")
NEED_WEIGHT: Final = re.compile(r"([a-z]+)([0-9]{1,3})")


@dataclass(frozen=True, slots=True)
class Scenario:
    """By what, and by which rules.

    `by` is one of `YARDSTICKS`, or `MIX` with `mix` giving the weight of each in their order
    (empty otherwise). `sez` and `reserve` are percent, `floor` hundredths of a percent.
    """

    by: str = "population"
    mix: tuple[int, ...] = ()
    sez: int = 0
    floor: int = 0
    reserve: int = 0
    name: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether nothing but the yardstick decides."""
        return not (self.sez or self.floor or self.reserve)

    @property
    def weights(self) -> tuple[int, ...]:
        """How much each of `YARDSTICKS` counts."""
        if self.by == MIX:
            return self.mix
        return tuple(int(need == self.by) for need in YARDSTICKS)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the Rebalance page keeps: a scenario, and the one it is compared with, if any."""

    scenario: Scenario = Scenario()
    against: Scenario | None = None


class _UnusableError(ValueError):
    """A value that cannot be read."""


def tidy_name(text: str) -> str:
    """A name on one line, without what cannot be printed."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _by(text: str) -> dict[str, Any]:
    if yardstick := choice_of(text, YARDSTICKS):
        return {"by": yardstick, "mix": ()}
    given: dict[str, int] = {}
    for part in text.lower().split("-"):
        found = NEED_WEIGHT.fullmatch(part)
        if not found or found[1] not in YARDSTICKS or found[1] in given:
            raise _UnusableError(text)
        given[found[1]] = int(found[2])
    if any(weight > MAX_MIX_WEIGHT for weight in given.values()):
        raise _UnusableError(text)
    return {"by": MIX, "mix": tuple(given.get(need, 0) for need in YARDSTICKS)}


def _percent(field: str, most: int) -> Callable[[str], dict[str, Any]]:
    def read(text: str) -> dict[str, Any]:
        if not re.fullmatch(r"[0-9]{1,3}", text) or int(text) > most:
            raise _UnusableError(text)
        return {field: int(text)}

    return read


def _floor(text: str) -> dict[str, Any]:
    found = FLOOR.fullmatch(text)
    hundredths = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else ALL + 1
    if hundredths > ALL:
        raise _UnusableError(text)
    return {"floor": hundredths}


def _name(text: str) -> dict[str, Any]:
    name = tidy_name(text)
    if len(name) > MAX_SCENARIO_NAME:
        raise _UnusableError(text)
    return {"name": name}


READERS: Final[dict[str, Callable[[str], dict[str, Any]]]] = {
    "by": _by,
    "sez": _percent("sez", MAX_SEZ_BONUS),
    "floor": _floor,
    "reserve": _percent("reserve", 100),
    "name": _name,
}


def _against(text: str) -> Scenario:
    """The second scenario; its name comes last, so that it may hold a `~`."""
    fields: dict[str, Any] = {}
    rest = text
    while rest:
        key, point, tail = rest.partition(".")
        value, _, rest = (tail, "", "") if key == "name" else tail.partition("~")
        if not point or key not in READERS:
            raise _UnusableError(text)
        fields |= READERS[key](value)
    return Scenario(**fields)


def spell_scenario(scenario: Scenario) -> dict[str, str]:
    """The parameters of one scenario, defaults left out.

    >>> spell_scenario(Scenario(by="homicides", sez=25, floor=150))
    {'by': 'homicides', 'sez': '25', 'floor': '1.5'}
    """
    spelled = {
        "by": "" if scenario.by == "population" else _spell_by(scenario),
        "sez": str(scenario.sez or ""),
        "floor": f"{scenario.floor / 100:.2f}".rstrip("0").rstrip(".") if scenario.floor else "",
        "reserve": str(scenario.reserve or ""),
        "name": scenario.name,
    }
    return {key: value for key, value in spelled.items() if value}


def _spell_by(scenario: Scenario) -> str:
    if scenario.by != MIX:
        return scenario.by
    parts = [f"{n}{w}" for n, w in zip(YARDSTICKS, scenario.mix, strict=True) if w]
    return "-".join(parts) or "population0"


def _spell_against(scenario: Scenario) -> str:
    spelled = {"by": _spell_by(scenario)} | spell_scenario(scenario)
    return "~".join(f"{key}.{value}" for key, value in spelled.items())


def read_chosen(query: Query) -> tuple[Chosen, tuple[Notice, ...]]:
    """The scenarios a query spells, and what of it could not be used. Never raises."""
    fields: dict[str, Any] = {}
    notices: list[Notice] = []
    for key, read in READERS.items():
        text = (query.get(key) or ("",))[-1].strip()
        try:
            fields |= read(text) if text else {}
        except _UnusableError:
            notices.append(Notice(key, text, "unusable_value"))
    against = None
    text = (query.get("against") or ("",))[-1].strip()
    try:
        against = _against(text) if text else None
    except _UnusableError:
        notices.append(Notice("against", text, "unusable_value"))
    return Chosen(Scenario(**fields), against), tuple(notices)


def spell_chosen(chosen: Chosen) -> dict[str, str]:
    """The inverse of `read_chosen`."""
    spelled = spell_scenario(chosen.scenario)
    if chosen.against is not None:
        spelled["against"] = _spell_against(chosen.against)
    return spelled


SCENARIOS: Final = PageQuery(frozenset((*READERS, "against")), read_chosen, spell_chosen)
"""What the Rebalance page keeps in the address."""
