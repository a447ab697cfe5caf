"""Which views an edition holds: those that its pages are of, and those its script can change to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, combinations, product
from typing import Final

from geo.view import (
    CLASS_COUNTS,
    DOLLARS,
    EVIDENCE,
    FOUND,
    GIVEN,
    MEASURES,
    NAMED,
    PERS,
    PILLAR_NUMBERS,
    SCHEMES,
    SHOWS,
    SPLITS,
    STATE_CODES,
    WEAK,
    YEARS,
    View,
    spell_query,
)

PLAIN: Final = ("measure", "show", "per", "pillar", "to")
"""The parameters that each pack of values varies; views with others are in that of the rest."""

UNHELD: Final = ("lang", "state", "layers")
"""Parameters that change no value: the language has a folder, a state is chosen on any view."""

REST: Final = "more"


def spelled(view: View) -> dict[str, str]:
    """The address of a view as far as its values depend on it."""
    return {name: text for name, text in spell_query(view).items() if name not in UNHELD}


def key_of(query: dict[str, str]) -> str:
    """Parameters as a part of a file's name; empty for none.

    >>> key_of({"measure": "usd", "pillar": "1,4"})
    'measure.usd_pillar.1-4'
    """
    return "_".join(f"{name}.{text}".replace(",", "-") for name, text in query.items())


def pack_of(view: View) -> str:
    """The name of the file that holds a view's values: `edition.js` finds it by the same rule."""
    query = spelled(view)
    several = "," in query.get("pillar", "")
    name = REST if several or set(query) - set(PLAIN) else view.show
    return f"{view.measure}_{name}"


def matrix() -> Iterator[View]:
    """Each measure, show and need."""
    for measure, show, per in product(MEASURES, SHOWS, PERS):
        yield View(measure=measure, show=show, per=per)


def priorities() -> Iterator[View]:
    """Each priority alone."""
    return (View(pillar=(number,)) for number in PILLAR_NUMBERS)


@lru_cache(maxsize=2)
def held_views(*, whole: bool = True) -> tuple[View, ...]:
    """Every view whose values an edition holds, in English, of all states.

    One that is not `whole` has, of all choices beside measure, show, need, priority and last year,
    those that stand in the menus, each by itself.
    """
    found: dict[View, None] = {}
    for view in matrix():
        found[view] = None
        found |= dict.fromkeys(view.with_(pillar=(number,)) for number in PILLAR_NUMBERS)
        found |= dict.fromkeys(view.with_(to_year=year) for year in YEARS)
    for measure in MEASURES:
        found |= dict.fromkeys(one.with_(measure=measure) for one in in_menus())
        if whole:
            found |= dict.fromkeys(one.with_(measure=measure) for one in _other_choices())
    if whole:
        found |= dict.fromkeys(View(measure="usd", dollars=dollars) for dollars in DOLLARS)
    return tuple(found)


def in_menus() -> Iterator[View]:
    """Each further choice of a page that is no app."""
    yield from (View(evidence=evidence) for evidence in EVIDENCE)
    yield from (View(weak=weak) for weak in WEAK)
    yield from (View(found=found) for found in FOUND)
    yield from (View(named=named) for named in NAMED)


def _other_choices() -> Iterator[View]:
    """Every other choice by itself, or with those that stand beside it in the same menu."""
    for count in range(2, len(PILLAR_NUMBERS)):
        yield from (View(pillar=chosen) for chosen in combinations(PILLAR_NUMBERS, count))
    for weak, found, named in product(WEAK, FOUND, NAMED):
        yield View(weak=weak, found=found, named=named)
    for split in SPLITS:
        yield View(evidence=EVIDENCE[1], split=split)
    for scheme, k in product(SCHEMES, CLASS_COUNTS):
        yield View(scheme=scheme, k=k)
    for name, choices in GIVEN.items():
        yield from (View().with_(**{name: (choice,)}) for choice in choices)


def packs(*, whole: bool = True) -> dict[str, tuple[View, ...]]:
    """Name of a pack → the views in it."""
    found: dict[str, list[View]] = {}
    for view in held_views(whole=whole):
        found.setdefault(pack_of(view), []).append(view)
    return {name: tuple(views) for name, views in found.items()}


@lru_cache(maxsize=1)
def published_views() -> tuple[View, ...]:
    """The views that have a page of their own, in English: each is complete without a script."""
    views = chain(carded_views(), (View(to_year=year) for year in YEARS), in_menus())
    return tuple(dict.fromkeys(views))


def carded_views() -> tuple[View, ...]:
    """Those of them that have a card of their own, in English; the others have the first one."""
    return (*matrix(), *priorities(), *(View(state=code) for code in STATE_CODES))
