"""The texts of the atlas: each place in one is filled by name where it is said."""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING

from tests.serving import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACE = re.compile(r"\{([^{}]*)\}")
TEXTS_OF = {"t": 1, "n": 2}
"""How many texts each method of `Speech` takes: one, or a singular and its plural."""


@cache
def said() -> tuple[tuple[str, ast.Call, tuple[str, ...]], ...]:
    """Every call that says a text written out in it: where, the call, and its texts."""
    return tuple(_said())


def _said() -> Iterator[tuple[str, ast.Call, tuple[str, ...]]]:
    for folder in ("geo", "pages"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                    continue
                count = TEXTS_OF.get(node.func.attr, 0)
                texts = tuple(
                    form.value
                    for form in node.args[:count]
                    if isinstance(form, ast.Constant) and isinstance(form.value, str)
                )
                if texts:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node, texts


def given_to(call: ast.Call) -> set[str]:
    counted = isinstance(call.func, ast.Attribute) and call.func.attr == "n"
    return {keyword.arg or "" for keyword in call.keywords} | ({"count"} if counted else set())


def test_every_place_of_a_text_is_filled() -> None:
    assert len(said()) > 100
    empty = []
    for where, call, texts in said():
        asked = {place for text in texts for place in PLACE.findall(text)}
        if any(keyword.arg is None for keyword in call.keywords):
            continue
        if not asked <= given_to(call):
            empty.append(f"{where}: {texts[0]!r} lacks {sorted(asked - given_to(call))}")
    assert empty == []


def test_nothing_is_given_that_no_text_shows() -> None:
    idle = []
    for where, call, texts in said():
        asked = {place for text in texts for place in PLACE.findall(text)}
        if extra := given_to(call) - asked - {"count", "digits", ""}:
            idle.append(f"{where}: {texts[0]!r} never shows {sorted(extra)}")
    assert idle == []
