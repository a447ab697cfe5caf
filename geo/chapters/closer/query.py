"""What the Map page keeps in the address: the tool that is open, and its second view."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from geo.chapters.closer.tools import NO_TOOL, TOOLS
from geo.language import PRIORITY_NAMES, Say, Speech, t
from geo.policy import FIRST_YEAR, LAST_YEAR
from geo.view import (
    PARAMETERS,
    PILLARS,
    Notice,
    PageQuery,
    Query,
    View,
    choice_of,
    last_of,
    read_query,
)

CHANGEABLE: Final = (
    *("evidence", "split", "weak", "found", "named", "pillar", "funder", "kind", "recipient"),
    *("from", "to"),
)
"""Parameters in which a second view may differ: those that leave the unit as it is."""

BETWEEN_CHANGES: Final = "_"
NEXT_CHANGE: Final = re.compile(r"_+(?=[a-z]+\.|$)", re.IGNORECASE)
"""Where a change ends: before the name of another one, for values too hold what is between."""

BETWEEN_NAME_AND_VALUE: Final = "."

Changes = tuple[tuple[str, str], ...]
"""(URL parameter, its value as spelled), in the order of `CHANGEABLE`."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Which tool is open, and what the second view of a comparison has otherwise.

    Without `changes` the second view has the other attribution: split by a rule where the first
    is documented only, and the other way round.
    """

    tool: str = NO_TOOL
    changes: Changes = ()

    def other(self, view: View) -> View:
        """The second view."""
        changes = self.changes or (
            ("evidence", "attributed" if view.evidence == "documented" else "documented"),
        )
        changed = view.with_(
            **{PARAMETERS[name].field: PARAMETERS[name].parse(text) for name, text in changes}
        )
        if changed.from_year > changed.to_year:
            named = dict(changes)
            changed = (
                changed.with_(to_year=LAST_YEAR)
                if "from" in named
                else changed.with_(from_year=FIRST_YEAR)
            )
        return changed


@dataclass(frozen=True, slots=True)
class ReadyPair:
    """A ready comparison: its name, what it asks of the view itself, and of the second one."""

    label: Say
    view: Mapping[str, Any]
    changes: Changes


def _only(number: int) -> Say:
    def label(say: Speech) -> str:
        priority = PRIORITY_NAMES[PILLARS[number]](say)
        return say.t("This view, and only “{priority}”", priority=priority)

    return label


PAIRS: Final[dict[str, ReadyPair]] = {
    "evidence": ReadyPair(
        t("Aid to several states left out, and shared out"),
        {"evidence": "documented"},
        (("evidence", "attributed"),),
    ),
    "years": ReadyPair(
        t("To the end of 2016, and from 2017"),
        {"from_year": FIRST_YEAR, "to_year": 2016},
        (("from", "2017"), ("to", str(LAST_YEAR))),
    ),
    "priorities": ReadyPair(
        t("Rule of law, and crime prevention"),
        {"pillar": (1,)},
        (("pillar", "4"),),
    ),
    "weak": ReadyPair(
        t("Without and with weak sources"),
        {"weak": "exclude"},
        (("weak", "include"),),
    ),
    "found": ReadyPair(
        t("The same questions for every state, and following the essay"),
        {"found": "systematic"},
        (("found", "targeted"),),
    ),
    **{f"pillar{n}": ReadyPair(_only(n), {}, (("pillar", str(n)),)) for n in PILLARS},
}
"""By name. "Before and after 2016": to the end of 2016, and from 2017."""


def pair_of(view: View, opened: Opened) -> str:
    """The name of the ready comparison that is shown, or empty where it is another one."""
    other = opened.other(view)
    for name, pair in PAIRS.items():
        fits = all(getattr(view, field) == value for field, value in pair.view.items())
        if fits and Opened(changes=pair.changes).other(view) == other:
            return name
    return ""


def read_tools(query: Query) -> tuple[Opened, tuple[Notice, ...]]:
    """The tools a query spells, and what of it could not be used; never raises."""
    notices: list[Notice] = []
    asked, spelled = last_of(query, "tool") or NO_TOOL, last_of(query, "with")
    tool = choice_of(asked, TOOLS)
    if asked != NO_TOOL and not tool:
        notices.append(Notice("tool", asked, "unusable_value"))
    tool = tool or NO_TOOL
    changes: dict[str, str] = {}
    for part in filter(None, NEXT_CHANGE.split(spelled)):
        name, _, text = part.strip().partition(BETWEEN_NAME_AND_VALUE)
        name = name.lower()
        usable = name in CHANGEABLE and name not in changes and bool(text)
        if not usable or read_query({name: text})[1]:
            notices.append(Notice("with", part, "unusable_value"))
            continue
        parameter = PARAMETERS[name]
        changes[name] = parameter.spell(parameter.parse(text))
    ends = [int(changes[name]) for name in ("from", "to") if name in changes]
    if ends != sorted(ends):
        notices.append(Notice("with", f"{ends[0]}-{ends[1]}", "years_reversed"))
        del changes["from"], changes["to"]
    ordered = tuple((name, changes[name]) for name in CHANGEABLE if name in changes)
    return Opened(tool, ordered), tuple(notices)


def spell_tools(opened: Opened) -> dict[str, str]:
    """The inverse of `read_tools`; defaults are left out.

    >>> spell_tools(Opened("compare", (("from", "2017"), ("to", "2021"))))
    {'tool': 'compare', 'with': 'from.2017_to.2021'}
    """
    spelled = {} if opened.tool == NO_TOOL else {"tool": opened.tool}
    if opened.changes:
        spelled["with"] = BETWEEN_CHANGES.join(
            f"{name}{BETWEEN_NAME_AND_VALUE}{text}" for name, text in opened.changes
        )
    return spelled


TOOLS_QUERY: Final = PageQuery(frozenset({"tool", "with"}), read_tools, spell_tools)
