"""The timeline 2007–2021: events as precise as their dates, and the strip that shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from geo.atlas import Atlas
from geo.drawing import citations_html, each
from geo.language import Say, Speech, t
from geo.policy import LAST_YEAR

STRIP_START: Final = 2007
STRIP_END: Final = LAST_YEAR + 1
"""The strip runs from the first day of the one year to the first day of the other."""

NEAREST: Final = 0.36
"""Years between two marks of one lane; closer ones are put on a second line."""

LANES: Final[dict[str, tuple[str, ...]]] = {
    "initiative": ("agreement", "money", "end"),
    "mexico": ("government", "single_window"),
    "essay": ("essay",),
    "border": ("border",),
}
"""Lane of the strip → the kinds of event on it."""

GOVERNED: Final = "mexico"
"""The lane that also shows who governed."""

LINE: Final = 1.75
"""Height of one line of marks, in the page's root font size."""

LANE_NAMES: Final[dict[str, Say]] = {
    "initiative": t("The Initiative"),
    "mexico": t("Government of Mexico"),
    "essay": t("The essay"),
    "border": t("Border facilities"),
}

PRESIDENTS: Final = (
    ("Felipe Calderón", "", "V03"),
    ("Enrique Peña Nieto", "V03", "V13"),
    ("Andrés Manuel López Obrador", "V13", ""),
)
"""Who governed Mexico, between which two events; without one, from or to the end of the strip."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event. `date` is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; `certain` is false if inferred."""

    number: int
    event_id: str
    date: str
    titles: Mapping[str, str]
    kind: str
    sources: tuple[str, ...]
    certain: bool

    @property
    def lane(self) -> str:
        """The lane of the strip the event is on."""
        return next(lane for lane, kinds in LANES.items() if self.kind in kinds)

    @property
    def at(self) -> float:
        """The middle of the date as published, in years; the year's where only that is known."""
        parts = [int(part) for part in self.date.split("-")]
        if len(parts) == 1:
            return parts[0] + 0.5
        day = parts[2] if len(parts) == 3 else 15.5
        return parts[0] + (parts[1] - 1 + (day - 0.5) / 31) / 12


def load_events(atlas: Atlas) -> tuple[Event, ...]:
    """All events, numbered in order of their dates."""
    rows = sorted(atlas.table("timeline"), key=lambda row: (row["date"], row["event_id"]))
    return tuple(
        Event(
            number=number,
            event_id=row["event_id"],
            date=row["date"],
            titles={"en": row["title_en"], "es": row["title_es"]},
            kind=row["kind"],
            sources=tuple(i for i in row["source_ids"] if i in atlas.sources),
            certain=row["certain"],
        )
        for number, row in enumerate(rows, 1)
    )


def lines_of(events: Iterable[Event]) -> dict[int, int]:
    """Event number → the line of its lane, so that no two marks on a line touch."""
    ends: dict[tuple[str, int], float] = {}
    lines: dict[int, int] = {}
    for event in sorted(events, key=lambda e: (e.at, e.number)):
        line = 0
        while event.at - ends.get((event.lane, line), -NEAREST) < NEAREST:
            line += 1
        ends[event.lane, line] = event.at
        lines[event.number] = line
    return lines


def timeline_html(atlas: Atlas, say: Speech) -> Markup:
    """The strip, for those who see it, and the same events as a list, for everyone."""
    events = load_events(atlas)
    return Markup('{strip}<ol class="ma-events">{items}</ol>').format(
        strip=_strip(events, say),
        items=Markup("").join(_item(atlas, event, say) for event in events),
    )


def _strip(events: tuple[Event, ...], say: Speech) -> Markup:
    years = each(
        '<span style="left:{}%"><i>{}</i></span>',
        ((_place(year), year) for year in range(STRIP_START, STRIP_END)),
    )
    lines = lines_of(events)
    # Where the presidents' names stand on the first line, the marks begin on the second.
    below = {e.number: lines[e.number] + (e.lane == GOVERNED) for e in events}
    lanes = Markup("").join(
        Markup(
            '<div class="ma-lane {lane}"><b>{name}</b><div style="height:{height}rem">'
            "{bands}{marks}</div></div>"
        ).format(
            lane=lane,
            name=LANE_NAMES[lane](say),
            height=LINE * (1 + max(below[e.number] for e in events if e.lane == lane)) + 0.3,
            bands=_bands(events) if lane == GOVERNED else "",
            marks=Markup("").join(
                _mark(event, below[event.number], say) for event in events if event.lane == lane
            ),
        )
        for lane in LANES
    )
    return Markup(
        '<div class="ma-strip" aria-hidden="true"><div class="ma-years">{years}</div>{lanes}</div>'
    ).format(years=years, lanes=lanes)


def _bands(events: tuple[Event, ...]) -> Markup:
    at = {event.event_id: event.at for event in events}
    parts = []
    for name, first, last in PRESIDENTS:
        start = _place(at[first]) if first else 0.0
        end = _place(at[last]) if last else 100.0
        parts.append(
            Markup('<span class="ma-band" style="left:{}%;width:{}%">{}</span>').format(
                start, round(end - start, 2), name
            )
        )
    return Markup("").join(parts)


def _mark(event: Event, line: int, say: Speech) -> Markup:
    return Markup(
        '<span class="ma-mark {lane}{guess}" style="left:{left}%;top:{top}rem" title="{title}">'
        "{number}</span>"
    ).format(
        lane=event.lane,
        guess="" if event.certain else " guess",
        left=_place(event.at),
        top=0.15 + LINE * line,
        title=f"{say.day(event.date)}: {event.titles[say.lang]}",
        number=event.number,
    )


def _place(at: float) -> float:
    return round((at - STRIP_START) / (STRIP_END - STRIP_START) * 100, 2)


def _item(atlas: Atlas, event: Event, say: Speech) -> Markup:
    return Markup(
        '<li><span class="ma-mark {lane}{guess}">{number}</span><div><p class="ma-when">{when}'
        '</p><p>{title}</p><p class="ma-small">{sources}</p></div></li>'
    ).format(
        lane=event.lane,
        guess="" if event.certain else " guess",
        number=event.number,
        when=say.day(event.date)
        if event.certain
        else say.t("{date} (date inferred)", date=say.day(event.date)),
        title=event.titles[say.lang],
        sources=citations_html(atlas, event.sources, say),
    )
