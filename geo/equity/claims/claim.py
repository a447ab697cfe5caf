"""A claim: what the essay says, where, how it is tested and what would refute it.

A claim holds no verdict: `geo.equity.claims.verdicts` computes that from the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Final

KINDS: Final = (
    "places_share",
    "dollars_share",
    "group_ratio",
    "group_share",
    "state_ratio",
    "displacement",
    "no_data",
)
"""The tests there are; `geo.equity.claims.statistics` computes each."""

DIRECTIONS: Final = ("at_least", "at_most")
NEEDS: Final = ("population", "homicides", "poverty")
FLAGS: Final = ("northern_border", "sez")
NEED_KINDS: Final = ("group_ratio", "state_ratio", "displacement")
DIGEST: Final = 16
"""Hexadecimal digits of the thresholds' digest: no two that are ever written will be alike."""

Text = Mapping[str, str]
"""Language → the text in it."""


@dataclass(frozen=True, slots=True)
class Period:
    """A span of calendar years, both ends included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """States or municipalities a claim is about: by a flag of the states, or by codes."""

    name: str
    titles: Text
    why: Text
    flag: str
    codes: tuple[str, ...]
    municipalities: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Requirement:
    """Data a claim would need, by the name its resource would have in the package."""

    resource: str
    what: Text


@dataclass(frozen=True, slots=True, eq=False)
class Test:
    """How a claim is held against the ledger; thresholds in the unit of the statistic.

    With `at_least` a statistic of `supported` or more supports the claim, with `at_most` one of
    that or less. Of the needs the first leads (`geo.equity.claims.verdicts`). `total` names the
    published total of a dollar test: table, key, id, value, and its first and last year.
    """

    kind: str
    pillars: tuple[int, ...]
    group: Group | None
    needs: tuple[str, ...]
    direction: str
    supported: float
    partly: float
    contradicted: float
    why: Text
    requires: tuple[Requirement, ...]
    total: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """One testable statement of the essay."""

    claim_id: str
    essay_ref: str
    place: Text
    phrase: str
    short: Text
    says: Text
    refuted: Text
    test: Test


@dataclass(frozen=True, slots=True, eq=False)
class Dated:
    """A day on which the thresholds were set or changed, their digest since, and the reason."""

    on: date
    digest: str
    reason: Text


@dataclass(frozen=True, slots=True, eq=False)
class Claims:
    """All claims in the order of the file, with what they share.

    `dated` says when the thresholds were set, and after that each change of them.
    """

    claims: tuple[Claim, ...]
    groups: Mapping[str, Group]
    written: Period
    later: Period
    min_activities: int
    p_limit: float
    dated: tuple[Dated, ...]
    essay: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """A digest of every threshold there is, which another threshold would change."""
        lines = [f"min_activities {self.min_activities}", f"p_limit {self.p_limit}"]
        for claim in self.claims:
            test = claim.test
            if test.kind != "no_data":
                levels = (test.supported, test.partly, test.contradicted)
                lines.append(f"{claim.claim_id} {test.direction} {levels}")
        return sha256("\n".join(sorted(lines)).encode()).hexdigest()[:DIGEST]

    def of(self, claim_id: str) -> Claim:
        """The claim of that id; KeyError where there is none."""
        for claim in self.claims:
            if claim.claim_id == claim_id:
                return claim
        raise KeyError(claim_id)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids in the order of the file."""
        return tuple(claim.claim_id for claim in self.claims)
