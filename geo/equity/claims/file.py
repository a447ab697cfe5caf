"""The claims of Recommendation #1: read from `data/claims.yaml`, checked field by field."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from geo.atlas import read_package
from geo.equity.claims.claim import (
    DIRECTIONS,
    FLAGS,
    KINDS,
    NEED_KINDS,
    NEEDS,
    Claim,
    Claims,
    Group,
    Period,
    Requirement,
    Test,
    Text,
)
from geo.errors import DataError
from geo.paths import DATA
from geo.view import LANGS, PILLARS, STATE_CODES

PATH: Final = "claims.yaml"
FILE: Final = f"data/{PATH}"

VERDICT_WORDS: Final = ("verdict", "result", "outcome")
"""Keys that would write down what has to be computed."""


@lru_cache(maxsize=4)
def load_claims(data: Path = DATA) -> Claims:
    """The checked claims of a data package.

    Raises `DataError` naming the file, the claim and the field, and what to do.
    """
    import yaml

    try:
        raw = yaml.safe_load((data / PATH).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise DataError(FILE, f"the file cannot be read as YAML ({fault}).", RESTORE) from None
    if not isinstance(raw, dict):
        raise _fault("the file", "", "it holds no keys")
    resources = frozenset(str(resource["name"]) for resource in read_package(data)["resources"])
    return read_claims(raw, resources)


def read_claims(raw: Mapping[str, Any], resources: frozenset[str]) -> Claims:
    """Check parsed claims; `resources` are the names of what the data package holds."""
    groups = {
        name: _group(name, _mapping(group, f"groups.{name}", ""))
        for name, group in _mapping(raw.get("groups"), "groups", "").items()
    }
    claims = []
    for position, given in enumerate(_list(raw.get("claims"), "claims", ""), start=1):
        where = f"claim {given.get('id') or position}" if isinstance(given, dict) else "claims"
        claims.append(_claim(_mapping(given, where, ""), where, groups, resources))
    seen: set[str] = set()
    for claim in claims:
        if claim.claim_id in seen:
            raise _fault(f"claim {claim.claim_id}", "id", "is given twice")
        seen.add(claim.claim_id)
    periods = _mapping(raw.get("periods"), "periods", "")
    return Claims(
        claims=tuple(claims),
        groups=groups,
        written=_period(periods, "written"),
        later=_period(periods, "later"),
        min_activities=int(_number(raw, "min_activities", "the file", 1, 1000)),
        p_limit=_number(raw, "p_limit", "the file", 0, 1),
        essay=_mapping(raw.get("essay"), "essay", ""),
    )


def _claim(
    given: Mapping[str, Any], where: str, groups: Mapping[str, Group], resources: frozenset[str]
) -> Claim:
    for word in VERDICT_WORDS:
        if word in given:
            raise _fault(where, word, "is written down, but a verdict is always computed")
    return Claim(
        claim_id=_text(given, "id", where),
        essay_ref=str(given.get("essay_ref") or ""),
        place=_both(given, "place", where),
        phrase=_text(given, "phrase", where),
        short=_both(given, "short", where),
        says=_both(given, "says", where),
        refuted=_both(given, "refuted", where),
        test=_test(_mapping(given.get("test"), where, "test"), where, groups, resources),
    )


def _test(
    given: Mapping[str, Any], where: str, groups: Mapping[str, Group], resources: frozenset[str]
) -> Test:
    kind = _one_of(given, "kind", KINDS, where)
    if kind == "no_data":
        return _untestable(given, where, resources)
    pillars = tuple(_list(given.get("pillars"), where, "test.pillars"))
    unknown = [number for number in pillars if number not in PILLARS]
    if unknown:
        raise _fault(where, "test.pillars", f"names no priority of the essay: {unknown}")
    group = given.get("group")
    if group is not None and group not in groups:
        raise _fault(where, "test.group", f"{group!r} is none of {', '.join(groups)}")
    if group is None and kind != "displacement":
        raise _fault(where, "test.group", "is missing, and this kind of test needs one")
    needs = tuple(given.get("needs") or ())
    if set(needs) - set(NEEDS) or (kind in NEED_KINDS) != bool(needs):
        raise _fault(where, "test.needs", f"must be of {', '.join(NEEDS)} for this kind of test")
    direction = _one_of(given, "direction", DIRECTIONS, where)
    levels = [
        _number(given, name, where, 0, 100, "test.")
        for name in ("supported", "partly", "contradicted")
    ]
    if levels != sorted(levels, reverse=direction == "at_least"):
        raise _fault(
            where,
            "test.supported",
            f"the thresholds {levels} do not run from supported to contradicted ({direction})",
        )
    return Test(
        kind=kind,
        pillars=pillars,
        group=groups[group] if group is not None else None,
        needs=needs,
        direction=direction,
        supported=levels[0],
        partly=levels[1],
        contradicted=levels[2],
        why=_both(given, "why", where, "test."),
        requires=(),
        total=_total(given, kind, where),
    )


def _untestable(given: Mapping[str, Any], where: str, resources: frozenset[str]) -> Test:
    requires = tuple(
        Requirement(_text(row, "resource", where, "test.requires."), _both(row, "what", where))
        for row in _list(given.get("requires"), where, "test.requires")
    )
    if not requires:
        raise _fault(where, "test.requires", "names nothing that is missing")
    if all(requirement.resource in resources for requirement in requires):
        raise _fault(
            where, "test.requires", "all that was missing is now in the package: give it a test"
        )
    return Test("no_data", (), None, (), "at_least", 0, 0, 0, {}, requires, {})


def _total(given: Mapping[str, Any], kind: str, where: str) -> Mapping[str, str]:
    if kind != "dollars_share":
        return {}
    total = _mapping(given.get("total"), where, "test.total")
    return {
        name: _text(total, name, where, "test.total.") for name in ("table", "key", "id", "value")
    }


def _group(name: str, given: Mapping[str, Any]) -> Group:
    where = f"group {name}"
    ways = [way for way in ("flag", "codes", "municipalities") if way in given]
    if len(ways) != 1:
        raise _fault(where, "flag", "give one of flag, codes and municipalities")
    codes = tuple(given.get("codes") or ())
    municipalities = tuple(given.get("municipalities") or ())
    wrong = [code for code in codes if code not in STATE_CODES]
    wrong += [code for code in municipalities if str(code)[:2] not in STATE_CODES]
    if wrong:
        raise _fault(where, ways[0], f"{wrong[0]!r} is no INEGI code written as text")
    flag = str(given.get("flag") or "")
    if flag and flag not in FLAGS:
        raise _fault(where, "flag", f"{flag!r} is none of {', '.join(FLAGS)}")
    return Group(
        name, _both(given, "name", where), _both(given, "why", where), flag, codes, municipalities
    )


def _period(periods: Mapping[str, Any], name: str) -> Period:
    given = _mapping(periods.get(name), "periods", name)
    first = int(_number(given, "first", f"period {name}", 1900, 2100))
    return Period(first, int(_number(given, "last", f"period {name}", first, 2100)))


def _both(given: Mapping[str, Any], name: str, where: str, inside: str = "") -> Text:
    return {lang: _text(given, f"{name}_{lang}", where, inside) for lang in LANGS}


def _text(given: Mapping[str, Any], name: str, where: str, inside: str = "") -> str:
    text = given.get(name)
    if not isinstance(text, str) or not text.strip():
        raise _fault(where, inside + name, "is missing or no text")
    return text


def _number(
    given: Mapping[str, Any], name: str, where: str, low: float, high: float, inside: str = ""
) -> float:
    value = given.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
        raise _fault(where, inside + name, f"must be a number from {low} to {high}, not {value!r}")
    return value


def _one_of(given: Mapping[str, Any], name: str, options: tuple[str, ...], where: str) -> str:
    value = given.get(name)
    if value not in options:
        raise _fault(where, f"test.{name}", f"{value!r} is none of {', '.join(options)}")
    return str(value)


def _mapping(value: Any, where: str, field: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _fault(where, field, "is missing or holds no keys")
    return value


def _list(value: Any, where: str, field: str) -> list[Any]:
    if not isinstance(value, list):
        raise _fault(where, field, "is missing or no list")
    return value


def _fault(where: str, field: str, problem: str) -> DataError:
    name = f"{where}, field {field}" if field else where
    return DataError(FILE, f"{name}: {problem}.", RESTORE)


RESTORE: Final = f"Correct it and run `make data`, or restore the file: `git checkout -- {FILE}`."
