"""The ledger: documented activities, where each one reached, and what is known of its money."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from geo.atlas.national import NationalFigure
from geo.policy import LAST_YEAR
from geo.view import FOUND, PAYERS, PILLARS, SEARCHES, View

GRADES: Final = ("A", "B", "C", "D")
"""Evidence grades, best first; `grade_of` gives the rule."""


@dataclass(frozen=True, slots=True)
class ActivityPlace:
    """One activity in one place, with the precision and the weakness of that link."""

    activity_id: str
    place: str
    state: str
    cvegeo: str
    precision: int
    count: float | None
    count_unit: str
    lat: float | None
    lon: float | None
    note: str
    weak: bool
    weak_reason: str
    found_by: str


@dataclass(frozen=True, slots=True, eq=False)
class Activity:
    """One documented allocation; compared by identity, since the ledger holds each once.

    `usd` is the amount in dollars (converted at `rate` of `rate_year` where it was pesos), or
    None where no amount, or none that can be converted, is published. `constant_usd` is the same
    in dollars of `BASE_YEAR` by the prices of `price_years`, None where it has no year.
    `separable` says that the amount belongs to the named place alone. `part_of` names the activity
    whose amount already contains this one's. `named_states` are all that a source names, weak
    evidence included, sorted: also those whose places a choice of searches leaves out.
    `names_merida` is yes, no or unknown.
    """

    activity_id: str
    titles: Mapping[str, str]
    area: str
    kind: str
    amount: Decimal | None
    currency: str
    basis: str
    separable: bool
    usd: Decimal | None
    rate: Decimal | None
    rate_year: int | None
    constant_usd: Decimal | None
    price_years: str
    period_start: str
    period_end: str
    period_certain: str
    recipient_level: str
    funder: str
    weak: bool
    weak_reason: str
    sources: tuple[str, ...]
    verification: str
    note: str
    found_by: str
    part_of: str
    names_merida: str
    places: tuple[ActivityPlace, ...]
    named_states: tuple[str, ...]

    @property
    def years(self) -> tuple[int, int] | None:
        """First and last calendar year it is documented for; see `years_of`."""
        return years_of(self.period_start, self.period_end)

    def dollars(self, *, constant: bool) -> Decimal | None:
        """The amount in dollars of its years, or `constant`: of `BASE_YEAR`, if it has a year."""
        return self.usd if self.constant_usd is None or not constant else self.constant_usd

    def found(self, searches: frozenset[str]) -> Activity | None:
        """The activity with only the places that these searches found; None if they found none.

        One that names no state belongs to the search of its row.
        """
        if not any(place.state for place in self.places):
            return self if self.found_by in searches else None
        places = tuple(place for place in self.places if place.found_by in searches)
        if len(places) == len(self.places):
            return self
        return replace(self, places=places) if any(place.state for place in places) else None

    def counted_states(self, *, include_weak: bool) -> tuple[str, ...]:
        """The states that count as reached, sorted."""
        places = self.counted_places(include_weak=include_weak)
        return tuple(sorted({place.state for place in places}))

    def counted_places(self, *, include_weak: bool) -> tuple[ActivityPlace, ...]:
        """The places in a state that count as reached: by weak links only when asked for."""
        return tuple(at for at in self.places if at.state and (include_weak or not at.weak))


def years_of(start: str, end: str) -> tuple[int, int] | None:
    """First and last calendar year of a period as the ledger dates it, None where it is undated.

    A blank start with an end means "by that date": only the end year is claimed. A blank end after
    a start means it was still running: it counts to the end of the period.
    """
    if not start and not end:
        return None
    if not start:
        return int(end[:4]), int(end[:4])
    return int(start[:4]), max(int(start[:4]), int(end[:4]) if end else LAST_YEAR)


LEFT_OUT: Final = (
    *("other_priorities", "other_search", "unnamed"),
    *("other_funders", "other_kinds", "other_recipients", "undated", "other_years"),
)
"""Why a view leaves an activity out: the fields of `Selection` that count them."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The activities a view keeps, and how many it leaves out for each reason."""

    activities: tuple[Activity, ...]
    other_priorities: int
    other_search: int
    unnamed: int
    other_funders: int
    other_kinds: int
    other_recipients: int
    undated: int
    other_years: int

    @property
    def left_out(self) -> int:
        """How many activities of the ledger the view's filters leave out."""
        return sum(getattr(self, reason) for reason in LEFT_OUT)


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """All documented activities, sorted by their id, and the figures that no source places."""

    activities: tuple[Activity, ...]
    national: tuple[NationalFigure, ...] = ()

    def __len__(self) -> int:
        return len(self.activities)

    def select(self, view: View) -> Selection:
        """Keep what no filter of a view leaves out; see `left_out`.

        An activity keeps only the places that the chosen searches found.
        """
        kept: list[Activity] = []
        out = dict.fromkeys(LEFT_OUT, 0)
        found, why = found_in(self, view.found), left_out(view)
        for activity in self.activities:
            here = found[activity.activity_id]
            reason = why(activity, here is not None)
            if reason:
                out[reason] += 1
            elif here is not None:
                kept.append(here)
        return Selection(tuple(kept), **out)


def left_out(view: View) -> Callable[[Activity, bool], str]:
    """Why a view leaves an activity out: the first filter it fails, empty where it is kept.

    The second argument says whether the searches of the view found it. An activity matches the
    years when its period touches them; it is kept whole, because no source spreads an amount over
    years. An undated one is kept only with the whole period.
    """
    areas = {PILLARS[number] for number in view.pillar}
    funders = {PAYERS[payer] for payer in view.funder}
    kinds, recipients = set(view.kind), set(view.recipient)
    whole, first, last = view.whole_period, view.from_year, view.to_year
    named = view.named == "yes"

    def reason(activity: Activity, met: bool) -> str:
        if areas and activity.area not in areas:
            return "other_priorities"
        if not met:
            return "other_search"
        if named and activity.names_merida != "yes":
            return "unnamed"
        if funders and activity.funder not in funders:
            return "other_funders"
        if kinds and activity.kind not in kinds:
            return "other_kinds"
        if recipients and activity.recipient_level not in recipients:
            return "other_recipients"
        if whole:
            return ""
        if activity.years is None:
            return "undated"
        begun, ended = activity.years
        return "other_years" if begun > last or ended < first else ""

    return reason


@lru_cache(maxsize=4 * len(FOUND))
def found_in(ledger: Ledger, found: str) -> Mapping[str, Activity | None]:
    """Each activity as a choice of searches found it, None where they did not, by its id.

    Kept, since activities are told apart by identity.
    """
    if found == FOUND[0]:
        return {activity.activity_id: activity for activity in ledger.activities}
    return {a.activity_id: a.found(SEARCHES[found]) for a in ledger.activities}


def counted(
    activities: Iterable[Activity], *, include_weak: bool
) -> Iterator[tuple[Activity, tuple[ActivityPlace, ...]]]:
    """Which activities count where: each with its places that count, if it has any.

    A part of another activity counts nowhere: it is counted with its whole. Whatever counts
    activities in states or municipalities asks here.
    """
    for activity in activities:
        places = activity.counted_places(include_weak=include_weak)
        if places and not activity.part_of:
            yield activity, places


def grade_of(activity: Activity, official_sources: frozenset[str]) -> str:
    """The evidence grade of an activity.

    A: read in the source, at least one of them official. B: read in the source, none official.
    C: known through another source. D: flagged as weak, whatever its source.
    """
    if activity.weak:
        return "D"
    if activity.verification != "read in the source":
        return "C"
    return "A" if official_sources.intersection(activity.sources) else "B"


def build_ledger(
    activities: Iterable[Mapping[str, Any]],
    places: Iterable[Mapping[str, Any]],
    amounts: Iterable[Mapping[str, Any]],
    national: tuple[NationalFigure, ...] = (),
) -> Ledger:
    """Join checked rows of `activities`, `activity_places` and `amounts_usd` into a ledger.

    The rows are as `geo.atlas.tables.read_table` gives them. Keys were checked there: every place
    and every amount names an activity of the ledger.
    """
    places_of: dict[str, list[ActivityPlace]] = {}
    for row in places:
        places_of.setdefault(row["activity_id"], []).append(_place(row))
    usd_of = {row["activity_id"]: row for row in amounts}
    built = [
        _activity(row, tuple(places_of.get(row["activity_id"], ())), usd_of.get(row["activity_id"]))
        for row in activities
    ]
    return Ledger(tuple(sorted(built, key=lambda activity: activity.activity_id)), national)


RENAMED: Final = {
    "precision": "location_precision",
    "note": "place_note",
    "weak": "place_weak",
    "weak_reason": "place_weak_reason",
}
"""Field of a place → its column in the table."""


def _place(row: Mapping[str, Any]) -> ActivityPlace:
    fields = ActivityPlace.__dataclass_fields__
    return ActivityPlace(**{name: row[RENAMED.get(name, name)] for name in fields})


def _activity(
    row: Mapping[str, Any], places: tuple[ActivityPlace, ...], amount: Mapping[str, Any] | None
) -> Activity:
    fields = {name: row[name] for name in Activity.__dataclass_fields__ if name in row}
    converted = amount or dict.fromkeys(("amount_usd", "rate", "rate_year", "amount_usd_2021"))
    return Activity(
        **fields,
        titles={"en": row["title_en"], "es": row["title_es"]},
        basis=row["amount_basis"],
        separable=row["amount_separable"] is True,
        usd=converted["amount_usd"],
        rate=converted["rate"],
        rate_year=converted["rate_year"],
        constant_usd=converted["amount_usd_2021"],
        price_years=converted.get("price_years") or "",
        sources=row["source_ids"],
        places=places,
        named_states=tuple(sorted({place.state for place in places if place.state})),
    )
