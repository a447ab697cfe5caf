"""What all HTML is made with: a cell, a piece repeated, a part that is folded."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

Cell = str | Markup
"""Text from data (a `str`, escaped) or prepared `Markup` (left as it is)."""


def each(shape: str, rows: Iterable[object]) -> Markup:
    """A piece of HTML once for each row, which fills its places: a tuple several, else the one.

    >>> print(each("<li>{}</li>", ("a < b", "c")))
    <li>a &lt; b</li><li>c</li>
    """
    made = Markup(shape)  # noqa: S704  (written in the code, never text from data)
    return Markup("").join(
        made.format(*row) if isinstance(row, tuple) else made.format(row) for row in rows
    )


def folded_html(summary: Cell, *parts: Cell, kind: str = "ma-numbers") -> Markup:
    """What opens on demand under a line that says what it is."""
    named = Markup(' class="{}"').format(kind) if kind else ""
    return Markup("<details{}><summary>{}</summary>{}</details>").format(
        named, summary, Markup("").join(parts)
    )
