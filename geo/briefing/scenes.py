"""The scenes of a briefing, read from a file and checked: ours, or one that a presenter brings.

A file is YAML: `title`, and `scenes` with `key`, `view` (what stands after the `?` of a link),
`number` (one of NUMBERS), and `title` and `notes` in both languages. What is wrong is said with
the scene and the field, and what to write instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs

import yaml

from geo.errors import DataError
from geo.i18n import speech
from geo.sentence import ignored
from geo.tables import DATA
from geo.view import LANGS, View, read_query

FILE: Final = "briefing.yaml"
MOST_SCENES: Final = 60
MOST_BYTES: Final = 200_000
LONGEST: Final = 2_000
"""Letters of a text."""

NUMBERS: Final = (
    "activities",
    "placed_money",
    "states_reached",
    "border_share",
    "zone_share",
    "state_value",
    "not_located",
)
"""What a scene's one number may be; computed in `geo.briefing.told`."""

Texts = dict[str, str]


@dataclass(frozen=True)
class SceneFile:
    """One scene as its file describes it; texts by language."""

    key: str
    view: View
    number: str
    title: Texts
    notes: Texts


@dataclass(frozen=True)
class Briefing:
    """A whole briefing as its file describes it."""

    title: Texts
    scenes: tuple[SceneFile, ...]


@lru_cache(maxsize=2)
def own_briefing(data: Path = DATA) -> Briefing:
    """The atlas's own briefing."""
    return read_briefing((data / FILE).read_text(encoding="utf-8"), f"data/{FILE}")


def read_briefing(text: str, name: str) -> Briefing:
    """The briefing that `text` describes; raises `DataError` for the person who wrote it."""
    if len(text.encode()) > MOST_BYTES:
        raise DataError(name, f"is larger than {MOST_BYTES:,} bytes", "Make it shorter.")
    try:
        told = yaml.safe_load(text)
    except yaml.YAMLError as error:
        at = getattr(error, "problem_mark", None)
        where = f"line {at.line + 1}" if at else "somewhere"
        raise DataError(
            name, f"is not readable YAML at {where}", "Check its indents, colons and quotes."
        ) from None
    whole = _mapping(told, name, None, "the file")
    scenes = whole.get("scenes")
    if not isinstance(scenes, list) or not scenes:
        raise DataError(name, "has no list of scenes", "Begin it with `scenes:` and a `- key:`.")
    if len(scenes) > MOST_SCENES:
        raise DataError(name, f"has {len(scenes)} scenes", f"Leave at most {MOST_SCENES}.")
    read = tuple(_scene(one, name, row) for row, one in enumerate(scenes, 1))
    keys = [scene.key for scene in read]
    for row, key in enumerate(keys, 1):
        if key in keys[: row - 1]:
            raise DataError(name, f"{key!r} is there twice", "Rename it.", row=row, field="key")
    return Briefing(_texts(whole, "title", name, None), read)


def _scene(told: Any, name: str, row: int) -> SceneFile:
    scene = _mapping(told, name, row, "a scene")
    known = ("key", "view", "number", "title", "notes")
    for field in scene:
        if field not in known:
            raise DataError(
                name, "is not known", f"Use {', '.join(known)}.", row=row, field=str(field)
            )
    key = scene.get("key")
    if not isinstance(key, str) or not key.isidentifier():
        raise DataError(
            name, f"{key!r} is no key", "Write a word without spaces.", row=row, field="key"
        )
    number = scene.get("number")
    if number not in NUMBERS:
        raise DataError(
            name,
            f"{number!r} is not known",
            f"Use one of {', '.join(NUMBERS)}.",
            row=row,
            field="number",
        )
    view = _view(scene.get("view", ""), name, row)
    if number == "state_value" and not view.state:
        raise DataError(
            name,
            "needs a state",
            "Add state=30, or another code, to the view.",
            row=row,
            field="number",
        )
    return SceneFile(
        key, view, str(number), _texts(scene, "title", name, row), _texts(scene, "notes", name, row)
    )


def _view(told: Any, name: str, row: int) -> View:
    text = str(told or "")
    view, notices = read_query(parse_qs(text.partition("?")[2] if "?" in text else text))
    if notices:
        raise DataError(
            name,
            ignored(notices, speech("en")),
            "Copy the view from the address of the Map page.",
            row=row,
            field="view",
        )
    return view


def _mapping(told: Any, name: str, row: int | None, what: str) -> dict[str, Any]:
    if not isinstance(told, dict):
        raise DataError(
            name, f"{what} is not a list of fields", "Write each as `field: value`.", row=row
        )
    return told


def _texts(told: dict[str, Any], field: str, name: str, row: int | None) -> Texts:
    texts = told.get(field)
    if not isinstance(texts, dict) or any(not isinstance(texts.get(x), str) for x in LANGS):
        raise DataError(
            name,
            "is not given in both languages",
            "Write `en: …` and `es: …` below it.",
            row=row,
            field=field,
        )
    for lang in LANGS:
        if not texts[lang].strip() or len(texts[lang]) > LONGEST:
            raise DataError(
                name,
                f"is empty or longer than {LONGEST:,} letters in {lang}",
                "Shorten or fill it.",
                row=row,
                field=field,
            )
    return {lang: texts[lang].strip() for lang in LANGS}
