"""What a page keeps in the address beside the view: parameters of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from geo.view.view import Notice

Query = Mapping[str, Sequence[str]]
"""Parameter → its values, more than one where a link repeats it."""


def last_of(query: Query, name: str) -> str:
    """The value of a parameter that counts: the last one given, or nothing."""
    given = query.get(name) or ()
    texts = [given] if isinstance(given, str) else list(given)
    return str(texts[-1]).strip() if texts else ""


@dataclass(frozen=True, slots=True)
class PageQuery:
    """How a page's own choices are read from the address and spelled in it.

    `names` are the parameters that are the page's, none of them the view's. `read` gives the
    choices as one frozen value, and what could not be used; it never raises. `spell` is its
    inverse and leaves defaults out.
    """

    names: frozenset[str]
    read: Callable[[Query], tuple[Any, tuple[Notice, ...]]]
    spell: Callable[[Any], dict[str, str]]


NOTHING_OF_ITS_OWN: Final = PageQuery(frozenset(), lambda _query: (None, ()), lambda _value: {})
"""A page that the view describes entirely."""
