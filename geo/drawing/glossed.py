"""Terms that open where they stand: a button in the text, and its meaning as a popover.

By the `popover` attribute, so that it works by keyboard, closes with Escape and needs no script;
where a browser does not know it, the meaning stands behind its term.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Protocol

from markupsafe import Markup, escape

MARKS: Final = ".,:;!?)”»…"
"""What ends a word and begins no line."""


class Meant(Protocol):
    """A term as a text writes it, with its meaning; `key` is its own among all terms."""

    @property
    def key(self) -> str:
        """Its name in identifiers."""

    @property
    def written(self) -> str:
        """The letters of the text that are the term."""

    @property
    def meaning(self) -> str:
        """What it means, in one or two sentences."""


def glossed_html(text: str, terms: Iterable[Meant], at: str) -> Markup:
    """A text, with each of its terms a button. `terms` are in the order they stand in the text.

    `at` is the place on the page, which tells the same term there from another place's.
    """
    parts, rest = [], text
    for term in terms:
        before, found, after = rest.partition(term.written)
        if not found:
            continue
        # A button may be parted from the mark that follows it: no line begins with a colon.
        rest = after.lstrip(MARKS)
        mark = after[: len(after) - len(rest)]
        button = _term(term, f"term-{at}-{term.key}")
        whole = Markup('<span class="ma-whole">{}{}</span>').format(button, mark)
        parts += [escape(before), whole if mark else button]
    return Markup("").join([*parts, escape(rest)])


def _term(term: Meant, name: str) -> Markup:
    return Markup(
        '<button type="button" class="ma-term" popovertarget="{name}">{written}</button>'
        '<span class="ma-meaning" id="{name}" popover>{meaning}</span>'
    ).format(name=name, written=term.written, meaning=term.meaning)
