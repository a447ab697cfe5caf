"""Every join of the atlas: by code, by a state's name, by place. Each says what did not match.

Nothing is dropped and nothing is counted twice: what finds no partner is in the report, and so is
what finds two.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from geo.errors import DataError
from geo.language import folded
from geo.view import STATE_CODES

Record = Mapping[str, Any]

STATE_NAME_FIELDS: Final = ("name_official_es", "name_es", "name_en", "iso_3166_2")
"""Fields of the table `states` that name a state."""

EARTH_RADIUS_KM: Final = 6371.0088
"""Mean radius of the Earth, IUGG."""


@dataclass(frozen=True, slots=True)
class JoinReport:
    """What a join matched and what it did not; all are keys, each once, in ascending order.

    `duplicates` are keys that more than one row on the right has. No row is joined to them,
    because either choice would be a guess.
    """

    matched: tuple[str, ...] = ()
    unmatched_left: tuple[str, ...] = ()
    unmatched_right: tuple[str, ...] = ()
    duplicates: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every key of both sides found exactly one partner."""
        return not (self.unmatched_left or self.unmatched_right or self.duplicates)

    def __str__(self) -> str:
        parts = [f"{len(self.matched)} matched"]
        for keys, what in (
            (self.unmatched_left, "on the left without a partner"),
            (self.unmatched_right, "on the right without a partner"),
            (self.duplicates, "with more than one partner"),
        ):
            if keys:
                parts.append(f"{len(keys)} {what} ({', '.join(keys)})")
        return "; ".join(parts) + "."


@dataclass(frozen=True, slots=True)
class Joined:
    """All rows of the left, in their order, those that matched with the fields of the right."""

    rows: tuple[dict[str, Any], ...]
    report: JoinReport


def join_by_code(
    left: Iterable[Record],
    right: Iterable[Record],
    left_key: str = "code",
    right_key: str = "code",
    *,
    take: Sequence[str] | None = None,
) -> Joined:
    """Bring fields of `right` to the rows of `left` that have the same code, as text.

    Many rows of the left may share one row of the right. A row of the left without a partner, or
    with several, stays in the result with only its own fields and is in the report; a blank code
    is reported as "". `take` names the fields to bring (default: all but the key). Raises
    `ValueError` where a field is on both sides, since one would hide the other, and `TypeError`
    for a code that is no text.
    """
    partners: dict[str, Record] = {}
    seen: Counter[str] = Counter()
    for row in right:
        code = _code(row, right_key)
        seen[code] += 1
        partners[code] = row
    duplicates = {code for code, count in seen.items() if count > 1}
    wanted: set[str] = set()
    rows = []
    for row in left:
        code = _code(row, left_key)
        wanted.add(code)
        joined = dict(row)
        if code in partners and code not in duplicates:
            partner = partners[code]
            fields = [name for name in partner if name != right_key] if take is None else take
            if clash := sorted(joined.keys() & set(fields)):
                raise ValueError(
                    f"both sides have the fields {', '.join(clash)}; name some in take"
                )
            joined.update({name: partner[name] for name in fields})
        rows.append(joined)
    report = JoinReport(
        matched=tuple(sorted(wanted & partners.keys() - duplicates)),
        unmatched_left=tuple(sorted(wanted - partners.keys())),
        unmatched_right=tuple(sorted(partners.keys() - wanted - duplicates)),
        duplicates=tuple(sorted(duplicates)),
    )
    return Joined(tuple(rows), report)


def require_all_states(codes: Iterable[str], file: str, field: str, remedy: str) -> None:
    """Raise `DataError` naming the states that are missing, and what is no state; else nothing."""
    found = set(codes)
    missing = [code for code in STATE_CODES if code not in found]
    foreign = sorted(found - set(STATE_CODES))
    problems = []
    if missing:
        problems.append(f"{len(missing)} of the 32 states are missing: {', '.join(missing)}")
    if foreign:
        problems.append(f"{', '.join(map(repr, foreign))} is no INEGI code of a state")
    if problems:
        raise DataError(file, "; ".join(problems) + ".", remedy, field=field)


@dataclass(frozen=True, slots=True)
class StateMatch:
    """What a spelling stands for: one state, one of several `candidates`, or none."""

    outcome: Literal["state", "ambiguous", "none"]
    candidates: tuple[str, ...] = ()

    @property
    def code(self) -> str | None:
        """The INEGI code where the spelling means exactly one state."""
        return self.candidates[0] if self.outcome == "state" else None


@dataclass(frozen=True, slots=True)
class StateNames:
    """The known spellings, as written and folded, each with the codes it may stand for."""

    exact: Mapping[str, frozenset[str]]
    folded: Mapping[str, frozenset[str]]


def index_state_names(variants: Iterable[Record], states: Iterable[Record] = ()) -> StateNames:
    """The index of the tables `state_name_variants` and, where given, `states`.

    A variant and its canonical name stand for `code`; the variant also for the state in
    `ambiguous_with`. A state's names and its ISO code stand for it, as INEGI's codes always do.
    """
    exact: dict[str, set[str]] = {}
    folded: dict[str, set[str]] = {}

    def learn(spelling: str, *codes: str) -> None:
        exact.setdefault(spelling, set()).update(codes)
        folded.setdefault(_fold(spelling), set()).update(codes)

    for code in STATE_CODES:
        learn(code, code)
    for row in variants:
        learn(row["canonical"], row["code"])
        learn(row["variant"], row["code"], row["ambiguous_with"] or row["code"])
    for row in states:
        for field in STATE_NAME_FIELDS:
            learn(row[field], row["code"])
    return StateNames(
        {spelling: frozenset(codes) for spelling, codes in exact.items()},
        {spelling: frozenset(codes) for spelling, codes in folded.items()},
    )


def match_state_name(text: str, names: StateNames) -> StateMatch:
    """The state a text names: first as written, then without case, accents and punctuation.

    "México" is state 15, as the table has it; "mexico" may also be 09 in some published data and
    is ambiguous. A blank is none, never a state.
    """
    spelling = text.strip()
    codes = names.exact.get(spelling) or names.folded.get(_fold(spelling)) or frozenset()
    if not codes:
        return StateMatch("none")
    return StateMatch("state" if len(codes) == 1 else "ambiguous", tuple(sorted(codes)))


@dataclass(frozen=True, slots=True)
class Located:
    """Where one point lies.

    `code` is the area it is counted in, None outside all. `touches` are all areas it lies in or
    on the edge of: more than one for a point on a common edge. Outside, `nearest` and
    `distance_km` (along the sphere) say how far off the closest area is; inside they are None.
    """

    name: str
    code: str | None
    touches: tuple[str, ...] = ()
    nearest: str | None = None
    distance_km: float | None = None


@dataclass(frozen=True, slots=True)
class Locations:
    """Every point, in the order given, and the report.

    In the report, `matched` are the points inside, `unmatched_left` those outside and
    `duplicates` those on a common edge, which are counted once and so are matched as well.
    """

    points: tuple[Located, ...]
    report: JoinReport


def locate_points(points: Mapping[str, tuple[float, float]], areas: Mapping[str, Any]) -> Locations:
    """Which area of a FeatureCollection each named point (longitude, latitude in degrees) lies in.

    A point on an edge belongs to the area: on an edge of several, to the one with the lowest code,
    so that it is counted once. A point outside all areas stays in the result and is reported.
    The served boundaries are generalised by up to a few kilometres, so a point that close to an
    edge may fall on the wrong side: a code that a source states goes before this. Raises
    `ValueError` for a point that is not on the globe.
    """
    import shapely

    features = sorted(areas["features"], key=lambda feature: str(feature["properties"]["code"]))
    codes = [str(feature["properties"]["code"]) for feature in features]
    tree = shapely.STRtree([shapely.geometry.shape(feature["geometry"]) for feature in features])
    located = []
    for name, (longitude, latitude) in points.items():
        if not (abs(longitude) <= 180 and abs(latitude) <= 90):
            raise ValueError(f"{name}: ({longitude}, {latitude}) is no longitude and latitude")
        point = shapely.Point(longitude, latitude)
        touched = tuple(sorted(codes[i] for i in tree.query(point, predicate="intersects")))
        if touched:
            located.append(Located(name, touched[0], touched))
            continue
        closest = tree.nearest(point)
        edge = shapely.shortest_line(point, tree.geometries[closest])
        (_, reached) = shapely.get_coordinates(edge)
        distance = great_circle_km(longitude, latitude, float(reached[0]), float(reached[1]))
        located.append(Located(name, None, (), codes[closest], distance))
    return Locations(
        tuple(located),
        JoinReport(
            matched=tuple(sorted(p.name for p in located if p.code is not None)),
            unmatched_left=tuple(sorted(p.name for p in located if p.code is None)),
            duplicates=tuple(sorted(p.name for p in located if len(p.touches) > 1)),
        ),
    )


def great_circle_km(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Kilometres between two points given in degrees, on a sphere (haversine formula).

    By hand: one degree of the equator is 2π · 6371.0088 / 360 = 111.195 km.
    """
    phi_a, phi_b = math.radians(lat_a), math.radians(lat_b)
    half_phi, half_lambda = (phi_b - phi_a) / 2, math.radians(lon_b - lon_a) / 2
    h = math.sin(half_phi) ** 2 + math.cos(phi_a) * math.cos(phi_b) * math.sin(half_lambda) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, h)))


def _code(row: Record, key: str) -> str:
    code = row[key]
    if not isinstance(code, str):
        raise TypeError(f"codes are text; {key} is {code!r}")
    return code


def _fold(text: str) -> str:
    """Lower case without accents and full stops; hyphens, commas and the like are one space."""
    return re.sub(r"[\s\-–—_,;:/()]+", " ", folded(text).replace(".", "")).strip()
