"""Generated views, links and ledgers for the property tests; `tests/conftest.py` says how many."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from geo.scene.attribution import REASONS
from geo.view import (
    CLASS_COUNTS,
    DOLLARS,
    EVIDENCE,
    FOUND,
    GIVEN,
    LANGS,
    LAYERS,
    MEASURES,
    NAMED,
    PARAMETERS,
    PAYERS,
    PERS,
    PILLAR_NUMBERS,
    PILLARS,
    SCHEMES,
    SHOWS,
    SPLITS,
    STATE_CODES,
    WEAK,
    YEARS,
    View,
    normal_given,
    normal_layers,
    normal_pillars,
)
from tests.toy_ledger import CODES, Rows, rows_of

SEARCHED = ("targeted", "systematic", "targeted2", "systematic2")
"""The searches of the data."""

SPAN = st.tuples(st.sampled_from(YEARS), st.sampled_from(YEARS)).map(sorted)


def one_in(few: int) -> settings:
    """One example where a cheap test has `few`: for tests that draw pictures or whole pages."""
    return settings(max_examples=max(1, settings().max_examples // few))


@st.composite
def views(draw: st.DrawFn, /, **fixed: Any) -> View:
    """Any view a reader can choose; `fixed` holds some of its choices still."""
    whole = draw(st.booleans())
    start, end = (YEARS[0], YEARS[-1]) if whole else draw(SPAN)
    choices: dict[str, Any] = {
        "measure": draw(st.sampled_from(MEASURES)),
        "dollars": draw(st.sampled_from(DOLLARS)),
        "evidence": draw(st.sampled_from(EVIDENCE)),
        "split": draw(st.sampled_from(SPLITS)),
        "per": draw(st.sampled_from(PERS)),
        "show": draw(st.sampled_from(SHOWS)),
        "weak": draw(st.sampled_from(WEAK)),
        "found": draw(st.sampled_from(FOUND)),
        "named": draw(st.sampled_from(NAMED)),
        "pillar": normal_pillars(draw(st.sets(st.sampled_from(PILLAR_NUMBERS)))),
        **{
            name: normal_given(name, draw(st.sets(st.sampled_from(options), max_size=3)))
            for name, options in GIVEN.items()
        },
        "from_year": start,
        "to_year": end,
        "layers": normal_layers(draw(st.sets(st.sampled_from(LAYERS)))),
        "scheme": draw(st.sampled_from(SCHEMES)),
        "k": draw(st.sampled_from(CLASS_COUNTS)),
        "state": draw(st.sampled_from(("", *STATE_CODES))),
        "lang": draw(st.sampled_from(LANGS)),
    }
    return View(**(choices | fixed))


MARKUP = st.sampled_from(
    ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{0}", "{{7*7}}", "%s", "\x00"]
)
TEXT = st.one_of(st.text(max_size=30), MARKUP, st.just("x" * 1000), st.just(","))
NAMES = st.one_of(st.sampled_from(tuple(PARAMETERS)), TEXT)
QUERIES = st.dictionaries(NAMES, st.one_of(TEXT, st.lists(TEXT, max_size=3)), max_size=6)
"""Any link: known and unknown parameters with texts or lists of texts."""


@st.composite
def ledgers(draw: st.DrawFn, max_size: int = 8) -> Rows:
    """Any ledger over the toy country: weak and firm links, parts, pesos, undated, unlocated."""
    rows = Rows((), (), ())
    wholes: list[str] = []
    reasons = st.sampled_from([r for r in REASONS if r not in ("no_place", "part_of_whole")])
    for number in range(draw(st.integers(0, max_size))):
        activity_id = f"G{number:02d}"
        states = draw(st.sets(st.sampled_from(CODES)))
        weak = draw(st.sets(st.sampled_from(sorted(states)))) if states else set()
        start, end = draw(SPAN)
        money = draw(st.sampled_from(["none", "usd", "usd", "mxn"]))
        amount = str(Decimal(draw(st.integers(1, 10**9))) / 100)
        part = draw(st.sampled_from(["", *wholes])) if wholes else ""
        if not part:
            wholes.append(activity_id)
        rows += rows_of(
            activity_id,
            states=sorted(states - weak),
            weak={state: draw(reasons) for state in sorted(weak)},
            usd=amount if money == "usd" else None,
            pesos=amount if money == "mxn" else None,
            area=draw(st.sampled_from([*PILLARS.values(), "several"])),
            start=draw(st.sampled_from([str(start), ""])),
            end=draw(st.sampled_from([str(end), ""])),
            separable=draw(st.booleans()),
            found_by=draw(st.sampled_from(SEARCHED)),
            found_at={state: draw(st.sampled_from(SEARCHED)) for state in sorted(states)},
            names_merida=draw(st.sampled_from(["yes", "no", "unknown"])),
            funder=draw(st.sampled_from(sorted(PAYERS.values()))),
            kind=draw(st.sampled_from(GIVEN["kind"])),
            recipient=draw(st.sampled_from(GIVEN["recipient"])),
            part_of=part,
        )
    return rows
