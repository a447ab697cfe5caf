"""Every join of the atlas: by code, by a state's name, by place. Each says what did not match.

Nothing is dropped and nothing is counted twice: what finds no partner is in the report, and so is
what finds two.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

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


def join_by_code(
    left: Iterable[Record],
    right: Iterable[Record],
    left_key: str = "code",
    right_key: str = "code",
) -> JoinReport:
    """Which codes of the rows of `left` have one row of `right` with the same code, as text.

    Many rows of the left may share one row of the right; a blank code is reported as "". Raises
    `TypeError` for a code that is no text.
    """
    wanted = {_code(row, left_key) for row in left}
    partners = Counter(_code(row, right_key) for row in right)
    duplicates = {code for code, count in partners.items() if count > 1}
    return JoinReport(
        matched=tuple(sorted(wanted & partners.keys() - duplicates)),
        unmatched_left=tuple(sorted(wanted - partners.keys())),
        unmatched_right=tuple(sorted(partners.keys() - wanted - duplicates)),
        duplicates=tuple(sorted(duplicates)),
    )


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


def match_state_name(text: str, names: StateNames) -> tuple[str, ...]:
    """The states a text may name: first as written, then without case, accents and punctuation.

    "México" is state 15, as the table has it; "mexico" may also be 09 in some published data and
    is ambiguous. A blank is none, never a state.
    """
    spelling = text.strip()
    return tuple(sorted(names.exact.get(spelling) or names.folded.get(_fold(spelling)) or ()))


class Located(NamedTuple):
    """Where one point lies: in the area `code`, or `distance_km` along the sphere outside all."""

    code: str | None
    distance_km: float | None = None


def locate_points(
    points: Mapping[str, tuple[float, float]], areas: Mapping[str, Any]
) -> dict[str, Located]:
    """Which area of a FeatureCollection each named point (longitude, latitude in degrees) lies in.

    A point on an edge belongs to the area: on an edge of several, to the one with the lowest code,
    so that it is counted once. A point outside all areas stays in the result.
    The served boundaries are generalised by up to a few kilometres, so a point that close to an
    edge may fall on the wrong side: a code that a source states goes before this. Raises
    `ValueError` for a point that is not on the globe.
    """
    import shapely

    features = sorted(areas["features"], key=lambda feature: str(feature["properties"]["code"]))
    codes = [str(feature["properties"]["code"]) for feature in features]
    tree = shapely.STRtree([shapely.geometry.shape(feature["geometry"]) for feature in features])
    located = {}
    for name, (longitude, latitude) in points.items():
        if not (abs(longitude) <= 180 and abs(latitude) <= 90):
            raise ValueError(f"{name}: ({longitude}, {latitude}) is no longitude and latitude")
        point = shapely.Point(longitude, latitude)
        touched = [codes[i] for i in tree.query(point, predicate="intersects")]
        if touched:
            located[name] = Located(min(touched))
            continue
        edge = shapely.shortest_line(point, tree.geometries[tree.nearest(point)])
        (_, reached) = shapely.get_coordinates(edge)
        distance = great_circle_km(longitude, latitude, float(reached[0]), float(reached[1]))
        located[name] = Located(None, distance)
    return located


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
