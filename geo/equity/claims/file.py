"""The claims of Recommendation #1: read from `data/claims.yaml`, checked field by field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
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
    Dated,
    Group,
    Period,
    Requirement,
    Test,
    Text,
)
from geo.errors import DataError
from geo.language import speech
from geo.paths import DATA
from geo.policy import FIRST_YEAR, LAST_YEAR
from geo.reading import Unreadable, text_of, yaml_of
from geo.view import LANGS, PILLARS, STATE_CODES

PATH: Final = "claims.yaml"
FILE: Final = f"data/{PATH}"

NUMBER: Final = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?")

TEST_FIELDS: Final = (
    *("kind", "pillars", "group", "needs", "direction"),
    *("supported", "partly", "contradicted", "requires", "total"),
)

FEW_WORDS: Final = 43
"""Letters of what stands for a claim in lists: with its verdict it is the title of a link."""

VERDICT_WORDS: Final = ("verdict", "result", "outcome")
"""Keys that would write down what has to be computed."""


@lru_cache(maxsize=4)
def load_claims(data: Path = DATA) -> Claims:
    """The checked claims of a data package; see `claims_of`."""
    return claims_of(data, (str(resource["name"]) for resource in read_package(data)["resources"]))


def claims_of(data: Path, resources: Iterable[str]) -> Claims:
    """The claims of a folder as they stand there, beside a package of these `resources`.

    Raises `DataError` naming the file, the claim and the field, and what to do.
    """
    try:
        raw = yaml_of(text_of((data / PATH).read_bytes(), speech("en")), speech("en"))
    except OSError as fault:
        problem = f"the file cannot be read ({fault.strerror})."
        raise DataError(FILE, problem, RESTORE) from None
    except Unreadable as fault:
        raise DataError(FILE, f"the file {fault.problem}.", f"{fault.remedy} {RESTORE}") from None
    if not isinstance(raw, dict):
        raise _fault("the file", "", "it holds no keys")
    return read_claims(raw, frozenset(resources))


def read_claims(raw: Mapping[str, Any], resources: frozenset[str]) -> Claims:
    """Check claims as `yaml_of` gives them; `resources` are the names in the data package."""
    known = ("essay", "periods", "min_activities", "p_limit", "thresholds", "groups", "claims")
    _only(raw, known, (), "the file")
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
    found = Claims(
        claims=tuple(claims),
        groups=groups,
        written=_period(periods, "written"),
        later=_period(periods, "later"),
        min_activities=_whole(raw, "min_activities", "the file", 1, 1000),
        p_limit=_number(raw, "p_limit", "the file", 0, 1),
        dated=tuple(_dated(raw)),
        essay=_mapping(raw.get("essay"), "essay", ""),
    )
    if found.dated[-1].digest != found.digest:
        raise _fault(
            "thresholds",
            "digest",
            f"ends with {found.dated[-1].digest}, but that of the thresholds is {found.digest}: "
            "a change needs an entry of its own, with the day, this digest and its reason",
        )
    return found


def _dated(raw: Mapping[str, Any]) -> Iterator[Dated]:
    """When the thresholds were set, and each change since, in order of the days."""
    last = date.min
    rows = _list(raw.get("thresholds"), "thresholds", "")
    if not rows:
        raise _fault("thresholds", "on", "does not say when they were set")
    for given in rows:
        row = _mapping(given, "thresholds", "")
        _only(row, ("on", "digest"), ("reason",), "thresholds")
        try:
            on = date.fromisoformat(_text(row, "on", "thresholds"))
        except ValueError:
            problem = f"{row['on']!r} is no day written as 2026-11-23"
            raise _fault("thresholds", "on", problem) from None
        if on < last:
            raise _fault("thresholds", "on", f"{on} comes after {last}: put them in order of days")
        last = on
        yield Dated(on, _text(row, "digest", "thresholds"), _both(row, "reason", "thresholds"))


def _claim(
    given: Mapping[str, Any], where: str, groups: Mapping[str, Group], resources: frozenset[str]
) -> Claim:
    for word in VERDICT_WORDS:
        if word in given:
            raise _fault(where, word, "is written down, but a verdict is always computed")
    texts = ("place", "short", "says", "refuted")
    _only(given, ("id", "essay_ref", "phrase", "test"), texts, where)
    return Claim(
        claim_id=_text(given, "id", where),
        essay_ref=_text(given, "essay_ref", where) if given.get("essay_ref") else "",
        place=_both(given, "place", where),
        phrase=_text(given, "phrase", where),
        short=_short(given, where),
        says=_both(given, "says", where),
        refuted=_both(given, "refuted", where),
        test=_test(_mapping(given.get("test"), where, "test"), where, groups, resources),
    )


def _short(given: Mapping[str, Any], where: str) -> Text:
    few = _both(given, "short", where)
    for lang, text in few.items():
        if len(text) > FEW_WORDS:
            problem = f"has {len(text)} letters; with a verdict it must fit in the title of a link"
            raise _fault(where, f"short_{lang}", f"{problem}: say it in at most {FEW_WORDS}")
    return few


def _test(
    given: Mapping[str, Any], where: str, groups: Mapping[str, Group], resources: frozenset[str]
) -> Test:
    kind = _one_of(given, "kind", KINDS, where)
    _only(given, TEST_FIELDS, ("why",), where, "test.")
    if kind == "no_data":
        return _untestable(given, where, resources)
    priorities = {str(number): number for number in PILLARS}
    named = _words(given, "pillars", where, priorities, "test.")
    pillars = tuple(priorities[number] for number in named)
    group = given.get("group")
    if group is not None and group not in list(groups):
        raise _fault(where, "test.group", f"{group!r} is none of {', '.join(groups)}")
    if group is None and kind != "displacement":
        raise _fault(where, "test.group", "is missing, and this kind of test needs one")
    needs = _words(given, "needs", where, NEEDS, "test.") if "needs" in given else ()
    if (kind in NEED_KINDS) != bool(needs):
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
    for end in ("first", "last"):
        _whole(total, end, where, FIRST_YEAR, LAST_YEAR)
    names = ("table", "key", "id", "value", "first", "last")
    return {name: _text(total, name, where, "test.total.") for name in names}


def _group(name: str, given: Mapping[str, Any]) -> Group:
    where = f"group {name}"
    _only(given, ("flag", "codes", "municipalities"), ("name", "why"), where)
    ways = [way for way in ("flag", "codes", "municipalities") if way in given]
    if len(ways) != 1:
        raise _fault(where, "flag", "give one of flag, codes and municipalities")
    flag = _one_of(given, "flag", FLAGS, where, "") if "flag" in given else ""
    codes = _words(given, "codes", where, STATE_CODES) if "codes" in given else ()
    municipalities = (
        _words(given, "municipalities", where, None) if "municipalities" in given else ()
    )
    for code in municipalities:
        if not re.fullmatch(r"[0-9]{5}", code) or code[:2] not in STATE_CODES:
            raise _fault(where, "municipalities", f"{code!r} is no INEGI code of five digits")
    return Group(
        name, _both(given, "name", where), _both(given, "why", where), flag, codes, municipalities
    )


def _only(
    given: Mapping[str, Any],
    plain: tuple[str, ...],
    texts: tuple[str, ...],
    where: str,
    inside: str = "",
) -> None:
    """Refuse a field that is not known: a misspelt one would count as left out."""
    known = (*plain, *(f"{name}_{lang}" for name in texts for lang in LANGS))
    for field in given:
        if field not in known:
            raise _fault(where, inside + field, f"is none of {', '.join(known)}")


def _period(periods: Mapping[str, Any], name: str) -> Period:
    given = _mapping(periods.get(name), "periods", name)
    first = _whole(given, "first", f"period {name}", FIRST_YEAR, LAST_YEAR)
    return Period(first, _whole(given, "last", f"period {name}", first, LAST_YEAR))


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
    number = float(value) if isinstance(value, str) and NUMBER.fullmatch(value) else None
    if number is None or not low <= number <= high:
        raise _fault(where, inside + name, f"must be a number from {low} to {high}, not {value!r}")
    return number


def _whole(given: Mapping[str, Any], name: str, where: str, low: int, high: int) -> int:
    number = _number(given, name, where, low, high)
    if not number.is_integer():
        raise _fault(where, name, f"must be a whole number, not {given.get(name)!r}")
    return int(number)


def _one_of(
    given: Mapping[str, Any],
    name: str,
    options: tuple[str, ...],
    where: str,
    inside: str = "test.",
) -> str:
    value = given.get(name)
    if value not in options:
        raise _fault(where, inside + name, f"{value!r} is none of {', '.join(options)}")
    return str(value)


def _words(
    given: Mapping[str, Any],
    name: str,
    where: str,
    options: Iterable[str] | None,
    inside: str = "",
) -> tuple[str, ...]:
    """A list of words, each once and of the options where there are some."""
    words = _list(given.get(name), where, inside + name)
    allowed = None if options is None else list(options)
    for at, word in enumerate(words):
        if not isinstance(word, str) or (allowed is not None and word not in allowed):
            told = f" is none of {', '.join(allowed)}" if allowed else " is no word"
            raise _fault(where, inside + name, f"{word!r}{told}")
        if word in words[:at]:
            raise _fault(where, inside + name, f"{word!r} is there twice")
    return tuple(words)


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
