"""The view: everything a reader chose, as one frozen value whose only spelling is the URL.

The parameter names are a promise to links in the wild. A value that cannot be read falls back
to its default and is reported as a `Notice`; no input raises.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final, Literal

from geo.language import LANGUAGE_NAMES, folded
from geo.policy import (
    BASE_YEAR,
    DEFAULT_CLASSES,
    FIRST_YEAR,
    LAST_YEAR,
    MAX_CLASSES,
    MIN_CLASSES,
)
from geo.view.given import AID_KINDS, PAYERS, RECIPIENT_LEVELS, meant

MEASURES: Final = ("activities", "usd")
DOLLARS: Final = ("nominal", "constant")
EVIDENCE: Final = ("documented", "attributed")
SPLITS: Final = ("equal", "population", "homicides")
PERS: Final = ("none", "population", "homicides", "poverty")
SHOWS: Final = ("value", "share", "ratio", "gap")
WEAK: Final = ("exclude", "include")
FOUND: Final = ("all", "systematic", "systematic1", "systematic2", "targeted")
NAMED: Final = ("all", "yes")

SEARCHES: Final[dict[str, frozenset[str]]] = {
    "systematic": frozenset({"systematic", "systematic2"}),
    "systematic1": frozenset({"systematic"}),
    "systematic2": frozenset({"systematic2"}),
    "targeted": frozenset({"targeted", "targeted2"}),
}
"""A choice of searches → the searches of the data it keeps; `all` keeps every one."""
PILLAR_NUMBERS: Final = (1, 2, 3, 4, 5)
GIVEN: Final[Mapping[str, tuple[str, ...]]] = {
    "funder": tuple(PAYERS),
    "kind": AID_KINDS,
    "recipient": RECIPIENT_LEVELS,
}
"""By whom, of what kind and to whom an activity was given: parameter → its choices."""
YEARS: Final = tuple(range(FIRST_YEAR, LAST_YEAR + 1))
LAYERS: Final = ("sites", "cities", "sez", "border", "municipalities", "neighbours")
DEFAULT_LAYERS: Final = ("sites", "cities", "border", "neighbours")
SCHEMES: Final = ("jenks", "quantiles", "equal", "log")
CLASS_COUNTS: Final = tuple(range(MIN_CLASSES, MAX_CLASSES + 1))
STATE_CODES: Final = tuple(f"{n:02d}" for n in range(1, 33))
LANGS: Final = ("en", "es")

NO_LAYERS: Final = "none"
"""How an empty set of layers is spelled, since leaving the parameter out means the default."""

FINGERPRINT: Final = "data"
"""The parameter that says what data a link was made with; see `geo.share.fingerprint`."""

CONTROLS: Final = "controls"
"""The parameter that gives an embedded map its controls; see `pages/_embed.py`."""

STRICT: Final = "strict"
"""The parameter by which a file or an answer is refused where a part of its address is not used."""

PLACE: Final = "at"
"""Where the reader moved the map to, `latitude,longitude,zoom`: for the page's script alone."""

RESERVED: Final = frozenset({"embed", "embed_options", FINGERPRINT, CONTROLS, STRICT, PLACE})
"""Parameters that are no choice of the view: neither ours to read here nor a mistake."""

TRACKING: Final = frozenset(
    {
        *("fbclid", "gclid", "gbraid", "wbraid", "dclid", "msclkid", "yclid", "twclid", "ttclid"),
        *("igshid", "igsh", "li_fat_id", "srsltid", "_ga", "_gl"),
        *("mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi"),
        *("ref", "ref_src", "ref_url"),
    }
)
TRACKING_BEGINS: Final = ("utm_", "hsa_", "pk_", "mtm_")
"""What networks and newsletters add to every link they carry, to count who follows it."""


def is_tracking(name: str) -> bool:
    """Whether a parameter was added by whoever carried the link, and says nothing to the atlas."""
    return name.lower() in TRACKING or name.lower().startswith(TRACKING_BEGINS)


@dataclass(frozen=True, slots=True)
class View:
    """What the reader chose.

    Every field is hashable and has a default; `View()` is the page without parameters.
    `pillar`, `funder`, `kind` and `recipient` are empty for "all". `state` is an INEGI code or
    empty for "none selected".
    """

    measure: str = "activities"
    dollars: str = "nominal"
    evidence: str = "documented"
    split: str = "equal"
    per: str = "none"
    show: str = "value"
    weak: str = "exclude"
    found: str = "all"
    named: str = "all"
    pillar: tuple[int, ...] = ()
    funder: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    from_year: int = FIRST_YEAR
    to_year: int = LAST_YEAR
    layers: tuple[str, ...] = DEFAULT_LAYERS
    scheme: str = "jenks"
    k: int = DEFAULT_CLASSES
    state: str = ""
    lang: str = "en"

    @property
    def need(self) -> str:
        """The need that shares are held against: `per`, or population when none was chosen."""
        return "population" if self.per == "none" else self.per

    @property
    def prices_of(self) -> int | None:
        """The year whose dollars it counts, None where it counts those of their own years."""
        return BASE_YEAR if (self.measure, self.dollars) == ("usd", "constant") else None

    @property
    def whole_period(self) -> bool:
        """Whether no year was left out, so that undated evidence may be shown."""
        return (self.from_year, self.to_year) == (FIRST_YEAR, LAST_YEAR)

    @property
    def whole(self) -> bool:
        """Whether it leaves out no activity: only then do totals of the Initiative apply."""
        return not self.filtering

    @property
    def comparable(self) -> bool:
        """Whether the totals of the appropriations, in dollars of their years, are like it."""
        return self.whole and self.prices_of is None

    @property
    def filtering(self) -> tuple[str, ...]:
        """The parameters by which it leaves out activities, in the order of spelling."""
        return tuple(
            name
            for name in FILTERS
            if getattr(self, PARAMETERS[name].field) != _DEFAULTS[PARAMETERS[name].field]
        )

    def with_(self, **changes: Any) -> View:
        """A copy with some choices changed."""
        return replace(self, **changes)

    def selecting(self, **others: Any) -> View:
        """A view with these filters and, of all else, only `others`."""
        fields = [PARAMETERS[name].field for name in self.filtering]
        return View(**{field: getattr(self, field) for field in fields} | others)

    def data_key(self) -> View:
        """The view without what changes no number: selection, layers and language."""
        dollars = self.dollars if self.measure == "usd" else DOLLARS[0]
        return replace(self, dollars=dollars, state="", layers=DEFAULT_LAYERS, lang="en")


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing of a link that could not be used."""

    parameter: str
    given: str
    reason: Literal["unknown_parameter", "unusable_value", "years_reversed"]


class _UnusableError(ValueError):
    """A value that cannot be read; carries the part at fault."""


def choice_of(text: str, options: Iterable[str]) -> str:
    """The option that a text means as people type it: case, accents and spaces count for nothing.

    Empty where it means none.
    """
    spelled = folded(text.strip())
    return next((option for option in options if folded(option) == spelled), "")


def number_of(text: str) -> int:
    """The whole number a text of few digits says, zeros in front or not; -1 where it says none."""
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) < 8 else -1


def _one_of(options: Sequence[str]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        option = choice_of(text, options)
        if not option:
            raise _UnusableError(text)
        return option

    return parse


def _whole_number(options: Sequence[int]) -> Callable[[str], int]:
    def parse(text: str) -> int:
        number = number_of(text)
        if number not in options:
            raise _UnusableError(text)
        return number

    return parse


def _state(text: str) -> str:
    code = f"{number_of(text):02d}"
    if code not in STATE_CODES:
        raise _UnusableError(text)
    return code


def _lang(text: str) -> str:
    named = choice_of(text, LANGUAGE_NAMES.values())
    tag = text.replace("_", "-").partition("-")[0]
    lang = next((lang for lang, name in LANGUAGE_NAMES.items() if name == named), tag)
    return _one_of(LANGS)(lang)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _pillars(text: str) -> tuple[int, ...]:
    parts = _parts(text)
    wrong = [part for part in parts if number_of(part) not in PILLAR_NUMBERS]
    if wrong or not parts:
        raise _UnusableError(",".join(wrong) or text)
    return normal_pillars(number_of(part) for part in parts)


def normal_pillars(numbers: Iterable[int]) -> tuple[int, ...]:
    """Sorted, without repeats.

    All five mean "all", which also holds what is filed under several.
    """
    chosen = tuple(sorted(set(numbers)))
    return () if chosen == PILLAR_NUMBERS else chosen


def _given(name: str) -> Callable[[str], tuple[str, ...]]:
    def parse(text: str) -> tuple[str, ...]:
        parts = _parts(text)
        wrong = [part for part in parts if not meant(name, part)]
        if wrong or not parts:
            raise _UnusableError(",".join(wrong) or text)
        return normal_given(name, (meant(name, part) for part in parts))

    return parse


def normal_given(name: str, choices: Iterable[str]) -> tuple[str, ...]:
    """Choices of `funder`, `kind` or `recipient` in the order of the contract; all are "all"."""
    chosen, options = set(choices), GIVEN[name]
    return () if chosen >= set(options) else tuple(one for one in options if one in chosen)


def _layers(text: str) -> tuple[str, ...]:
    if choice_of(text, (NO_LAYERS,)):
        return ()
    parts = _parts(text)
    wrong = [part for part in parts if not choice_of(part, LAYERS)]
    if wrong or not parts:
        raise _UnusableError(",".join(wrong) or text)
    return normal_layers(choice_of(part, LAYERS) for part in parts)


def normal_layers(names: Iterable[str]) -> tuple[str, ...]:
    """In the order of the contract, without repeats, so that equal sets are equal views."""
    chosen = set(names)
    return tuple(name for name in LAYERS if name in chosen)


@dataclass(frozen=True, slots=True)
class _Parameter:
    """`listed` where a repeated parameter adds up, instead of the last one counting.

    `values` are all that it may be, or that each of its parts may.
    """

    field: str
    parse: Callable[[str], Any]
    values: Sequence[Any]
    spell: Callable[[Any], str] = str
    listed: bool = False


def _one(field: str, values: Sequence[str]) -> _Parameter:
    return _Parameter(field, _one_of(values), values)


def _number(field: str, values: Sequence[int]) -> _Parameter:
    return _Parameter(field, _whole_number(values), values)


def _listed(
    field: str, parse: Callable[[str], Any], values: Sequence[Any], none: str = ""
) -> _Parameter:
    spell = lambda parts: ",".join(map(str, parts)) or none  # noqa: E731
    return _Parameter(field, parse, values, spell, listed=True)


PARAMETERS: Final[dict[str, _Parameter]] = {
    "measure": _one("measure", MEASURES),
    "dollars": _one("dollars", DOLLARS),
    "evidence": _one("evidence", EVIDENCE),
    "split": _one("split", SPLITS),
    "per": _one("per", PERS),
    "show": _one("show", SHOWS),
    "weak": _one("weak", WEAK),
    "found": _one("found", FOUND),
    "named": _one("named", NAMED),
    "pillar": _listed("pillar", _pillars, PILLAR_NUMBERS),
    **{name: _listed(name, _given(name), given) for name, given in GIVEN.items()},
    "from": _number("from_year", YEARS),
    "to": _number("to_year", YEARS),
    "layers": _listed("layers", _layers, LAYERS, NO_LAYERS),
    "scheme": _one("scheme", SCHEMES),
    "k": _number("k", CLASS_COUNTS),
    "state": _Parameter("state", _state, STATE_CODES),
    "lang": _Parameter("lang", _lang, LANGS),
}
"""URL parameter → field of `View`, how to read it and how to spell it, in the order of spelling."""

FILTERS: Final = ("found", "named", "pillar", *GIVEN, "from", "to")
"""The parameters that leave out activities."""

_DEFAULTS: Final = {f.name: f.default for f in fields(View)}


StateNamed = Callable[[str], str]
"""Gives the code of the state that a text names, or nothing: see `Atlas.state_named`."""


def read_query(
    query: Mapping[str, str | Sequence[str]],
    beside: Container[str] = (),
    named: StateNamed = lambda _text: "",
) -> tuple[View, tuple[Notice, ...]]:
    """The view a query spells, and what of the query could not be used.

    `beside` names parameters that are somebody else's to read: the page's own. `named` knows the
    states by name; without it only their codes are understood. Who carried the link and counts its
    readers is no part of it.

    `query` maps a parameter to its value, or to its values where it was repeated; the values of
    a repeated list (`pillar`, `kind`, `layers` …) are joined, of any other the last one counts.
    Never raises: what cannot be read takes its default and becomes a notice.
    """
    chosen: dict[str, Any] = {}
    notices: list[Notice] = []
    for name, given in query.items():
        if name in RESERVED or name in beside or is_tracking(name):
            continue
        parameter = PARAMETERS.get(name)
        texts = [given] if isinstance(given, str) else [str(text) for text in given]
        if parameter is None:
            notices.append(Notice(name, ",".join(texts), "unknown_parameter"))
            continue
        text = ",".join(texts) if parameter.listed else (texts or [""])[-1]
        text = text.strip()
        if not text:
            continue
        if name == "state" and number_of(text) < 0:
            text = named(text) or text
        try:
            chosen[parameter.field] = parameter.parse(text)
        except _UnusableError as wrong:
            notices.append(Notice(name, str(wrong), "unusable_value"))
    start = chosen.get("from_year", FIRST_YEAR)
    end = chosen.get("to_year", LAST_YEAR)
    if start > end:
        notices.append(Notice("from", f"{start}-{end}", "years_reversed"))
        del chosen["from_year"], chosen["to_year"]
    return View(**chosen), tuple(notices)


def spell_query(view: View) -> dict[str, str]:
    """The one spelling of a view: parameters in the order of the contract, defaults left out."""
    return {
        name: parameter.spell(getattr(view, parameter.field))
        for name, parameter in PARAMETERS.items()
        if getattr(view, parameter.field) != _DEFAULTS[parameter.field]
    }
