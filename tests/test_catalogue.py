"""The Spanish catalogue: every text of the atlas is in it, with the same places to fill in."""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING

from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from geo.i18n import LOCALE_DIR
from tests.serving import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from babel.messages.catalog import Catalog, Message

KEYWORDS = {"t": None, "n": (1, 2)}
"""The methods of `Speech` that say a text: one text, and a singular with its plural."""

PLACE = re.compile(r"\{[^{}]*\}")


def speaking_modules() -> list[Path]:
    return sorted(
        path
        for folder in ("geo", "pages")
        for path in (ROOT / folder).rglob("*.py")
        if "build" not in path.parts
    )


@cache
def used() -> dict[str, tuple[str, ...]]:
    """Message id → (text,) or (singular, plural), with where it was first met as the last."""
    found: dict[str, tuple[str, ...]] = {}
    for path in speaking_modules():
        for line, texts, _comments, _context in extract_from_file(
            "python", path, keywords=KEYWORDS
        ):
            forms = (texts,) if isinstance(texts, str) else tuple(texts)
            found.setdefault(forms[0], (*forms, f"{path.relative_to(ROOT)}:{line}"))
    return found


@cache
def catalogue() -> Catalog:
    with (LOCALE_DIR / "es" / "LC_MESSAGES" / "atlas.po").open("rb") as file:
        return read_po(file, locale="es", abort_invalid=True)


def translations(message: Message) -> tuple[str, ...]:
    text = message.string
    return tuple(text) if isinstance(text, (tuple, list)) else (str(text),)


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call of `.t(…)` and `.n(…)` in the code, with where it stands."""
    for path in speaking_modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in KEYWORDS
            ):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def own_calls() -> Iterator[tuple[str, ast.Call]]:
    """The calls without those that `Speech` makes of itself to pass a text on."""
    return ((where, call) for where, call in calls() if not where.startswith("geo/i18n.py"))


def test_the_extraction_sees_the_texts_it_is_about() -> None:
    assert len(used()) > 100
    assert "Documented activities" in used()
    assert used()["{count} documented activity"][1] == "{count} documented activities"


def test_every_text_is_written_out_where_it_is_said() -> None:
    """A text that is put together or passed in cannot be found by whoever translates it."""
    hidden = []
    for where, call in own_calls():
        forms = call.args[: 2 if call.func.attr == "n" else 1]  # type: ignore[attr-defined]
        if not forms or not all(
            isinstance(form, ast.Constant) and isinstance(form.value, str) for form in forms
        ):
            hidden.append(f"{where}: {ast.unparse(call)}")
    assert hidden == []


def test_every_place_of_a_text_is_filled_by_name() -> None:
    wrong = []
    for where, call in own_calls():
        counted = call.func.attr == "n"  # type: ignore[attr-defined]
        if any(keyword.arg is None for keyword in call.keywords):
            continue
        given = {keyword.arg for keyword in call.keywords} | ({"count"} if counted else set())
        for form in call.args[: 2 if counted else 1]:
            if not isinstance(form, ast.Constant):
                continue
            asked = {place.strip("{}") for place in PLACE.findall(form.value)}
            if not asked <= given:
                wrong.append(f"{where}: {form.value!r} asks {asked - given}")
    assert wrong == []


def test_singular_and_plural_fill_the_same_places() -> None:
    for forms in used().values():
        if len(forms) == 3:
            assert set(PLACE.findall(forms[0])) - {"{count}"} == set(PLACE.findall(forms[1])) - {
                "{count}"
            }


def test_every_text_has_its_spanish() -> None:
    missing = []
    for text, forms in used().items():
        message = catalogue().get(text)
        if message is None or not all(translations(message)):
            missing.append(f"{forms[-1]}: {text!r}")
    assert missing == [], f"{len(missing)} of {len(used())} texts have no Spanish"


def test_a_counted_text_has_both_its_forms() -> None:
    wrong = []
    for text, forms in used().items():
        message = catalogue().get(text)
        if len(forms) == 3 and message is not None:
            plural = message.id[1] if isinstance(message.id, (tuple, list)) else None
            if plural != forms[1] or len(translations(message)) != 2:
                wrong.append(f"{forms[-1]}: {text!r}")
    assert wrong == []


def test_every_translation_fills_the_same_places() -> None:
    wrong = []
    for message in catalogue():
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
        for original, text in zip(ids, translations(message), strict=True):
            asked, filled = set(PLACE.findall(original)), set(PLACE.findall(text))
            if len(ids) == 2 and original is ids[0]:
                # Spanish may write "one" as a word, or as a number where English does not.
                asked, filled = asked - {"{count}"}, filled - {"{count}"}
            if text and asked != filled:
                wrong.append(f"{original!r} → {text!r}")
    assert wrong == []


def test_no_translation_is_a_guess_or_left_over() -> None:
    fuzzy = [message.id for message in catalogue() if message.id and message.fuzzy]
    known = used()
    unused = [
        message.id
        for message in catalogue()
        if message.id
        and (message.id[0] if isinstance(message.id, (tuple, list)) else message.id) not in known
    ]
    assert fuzzy == []
    assert unused == []
