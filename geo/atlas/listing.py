"""The ledger as a list under the choices of a view: what is listed, and one flat row for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from geo.atlas.atlas import Atlas
from geo.atlas.ledger import Activity, grade_of
from geo.atlas.memory import kept
from geo.atlas.writing import csv_text
from geo.language import folded
from geo.view import View

MAX_SEARCH: Final = 200
"""Characters of a search that are looked at: nobody types more, and a link cannot cost more."""

COLUMNS: Final = (
    "activity_id",
    "title",
    "area",
    "kind",
    "period_start",
    "period_end",
    "period_certain",
    "states",
    "states_counted",
    "places",
    "amount",
    "currency",
    "amount_basis",
    "amount_separable",
    "amount_usd",
    "rate",
    "rate_year",
    "amount_usd_2021",
    "price_years",
    "recipient_level",
    "funder",
    "grade",
    "weak",
    "weak_reason",
    "verification",
    "found_by",
    "names_merida",
    "part_of",
    "overlaps",
    "source_ids",
    "note",
)
"""The columns of the ledger's CSV; codes and terms are those of the data package."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The activities a view and a search list, and how many each step left out.

    `parts` of the listed ones are parts of another activity: shown, never counted on their own.
    """

    activities: tuple[Activity, ...]
    filtered: int
    weak: int
    elsewhere: int
    unmatched: int

    @property
    def parts(self) -> int:
        """How many of the listed activities are part of another one."""
        return sum(1 for activity in self.activities if activity.part_of)


@dataclass(frozen=True, slots=True)
class Overlap:
    """One known overlap, seen from one of its two activities."""

    activity_id: str
    other_id: str
    relation: str
    certain: bool
    note: str


def list_activities(atlas: Atlas, view: View, search: str = "") -> Listing:
    """What the view's priorities, years, search effort, weakness and state leave, then the words.

    With weak evidence left out, an activity is listed when it counts as reaching a state, as on
    the map; with a state chosen, when it counts as reaching that one. All words of the search
    must occur, in any order, whatever their case and accents.
    """
    include_weak = view.weak == "include"
    selection = atlas.ledger.select(view)
    weak = elsewhere = unmatched = 0
    words = folded(search[:MAX_SEARCH]).split()
    listed: list[Activity] = []
    for activity in selection.activities:
        counted = activity.counted_states(include_weak=include_weak)
        if not include_weak and not counted:
            weak += 1
        elif view.state and view.state not in counted:
            elsewhere += 1
        elif words and not all(word in _searched(atlas, activity) for word in words):
            unmatched += 1
        else:
            listed.append(activity)
    return Listing(tuple(listed), selection.left_out, weak, elsewhere, unmatched)


def overlaps_of(atlas: Atlas) -> Mapping[str, tuple[Overlap, ...]]:
    """Every known overlap by the id of each of its two activities."""
    found: dict[str, list[Overlap]] = {}
    for row in atlas.table("overlaps"):
        overlap = Overlap(**row)
        for activity_id in dict.fromkeys((overlap.activity_id, overlap.other_id)):
            found.setdefault(activity_id, []).append(overlap)
    return {activity_id: tuple(overlaps) for activity_id, overlaps in found.items()}


def activity_rows(atlas: Atlas, view: View, search: str = "") -> list[dict[str, Any]]:
    """One flat row per listed activity; lists are joined with semicolons, None is "not given"."""
    overlaps, include_weak = overlaps_of(atlas), view.weak == "include"
    rows = []
    for activity in list_activities(atlas, view, search).activities:
        others = [
            f"{overlap.relation}:{overlap.other_id}"
            for overlap in overlaps.get(activity.activity_id, ())
            if overlap.activity_id == activity.activity_id
        ]
        computed = {
            "title": activity.titles[view.lang],
            "states": ";".join(activity.named_states),
            "states_counted": ";".join(activity.counted_states(include_weak=include_weak)),
            "places": ";".join(dict.fromkeys(place.place for place in activity.places)),
            "amount_basis": activity.basis,
            "amount_separable": "yes" if activity.separable else "",
            "amount_usd": activity.usd,
            "amount_usd_2021": activity.constant_usd,
            "grade": grade_of(activity, atlas.official_sources),
            "weak": "yes" if activity.weak else "no",
            "overlaps": ";".join(others),
            "source_ids": ";".join(activity.sources),
        }
        rows.append(
            {
                name: computed[name] if name in computed else getattr(activity, name)
                for name in COLUMNS
            }
        )
    return rows


def activities_csv(atlas: Atlas, view: View, search: str = "") -> str:
    """The listed activities as CSV; a blank is not a zero."""
    return csv_text(COLUMNS, activity_rows(atlas, view, search))


@kept(maxsize=1024)
def _searched(atlas: Atlas, activity: Activity) -> str:
    """What a search looks for words in: all that is told of an activity, without accents."""
    states = (atlas.states[code].names for code in activity.named_states)
    return folded(
        " ".join(
            (
                activity.activity_id,
                activity.part_of,
                *activity.titles.values(),
                activity.kind.replace("_", " "),
                activity.funder,
                activity.note,
                *(name for names in states for name in names.values()),
                *(place.place for place in activity.places),
                *(
                    f"{i} {atlas.sources[i].title} {atlas.sources[i].author}"
                    for i in activity.sources
                ),
            )
        )
    )
