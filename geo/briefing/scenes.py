"""The scenes of a briefing, read from a file and checked: ours, or one that a presenter brings.

A file is YAML: `title`, and `scenes` with `key`, `view` (what stands after the `?` of a link),
`number` (one of NUMBERS), and `title` and `notes` in both languages. A `claim` (an id of
data/claims.yaml) makes the scene a test of it. What is wrong is said with the scene and the field,
and what to write instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from reprlib import repr as brief
from typing import Any, Final
from urllib.parse import parse_qs

from geo.claims import load_claims
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

DEEPEST: Final = 8
"""Lists and fields inside each other; ours needs four."""


NUMBERS: Final = (
    "activities",
    "placed_money",
    "states_reached",
    "border_share",
    "zone_share",
    "state_value",
    "not_located",
    "border_ratio",
    "claim_value",
    "claims_supported",
)
"""What a scene's one number may be; computed in `geo.briefing.told`."""

VALUED: Final = ("places_share", "group_share", "group_ratio", "state_ratio", "displacement")
"""Kinds of claim with one number; of dollars only a range is known, of `no_data` nothing."""

Texts = dict[str, str]


@dataclass(frozen=True)
class SceneFile:
    """One scene as its file describes it; texts by language."""

    key: str
    view: View
    number: str
    title: Texts
    notes: Texts
    claim: str = ""


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
    told = _load(text, name)
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
            raise DataError(
                name, f"{brief(key)} is there twice", "Rename it.", row=row, field="key"
            )
    return Briefing(_texts(whole, "title", name, None), read)


def _load(text: str, name: str) -> Any:
    """What a file of YAML says, without the two ways in which a short one can say too much."""
    # Imported when first asked for: no page but this one needs it.
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    depth = 0
    try:
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.AliasEvent):
                raise DataError(name, "repeats a part by `*`", "Write the part out.")
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                raise DataError(name, "is nested too deeply", "Write it like data/briefing.yaml.")
        return yaml.load(text, Loader=loader)  # noqa: S506 (a safe loader)
    except yaml.YAMLError as error:
        at = getattr(error, "problem_mark", None)
        where = f"line {at.line + 1}" if at else "somewhere"
        raise DataError(
            name, f"is not readable YAML at {where}", "Check its indents, colons and quotes."
        ) from None
    except ValueError as error:
        raise DataError(name, f"holds a value that is none: {error}", "Put it in quotes.") from None


def _scene(told: Any, name: str, row: int) -> SceneFile:
    scene = _mapping(told, name, row, "a scene")
    known = ("key", "view", "number", "claim", "title", "notes")
    for field in scene:
        if field not in known:
            raise DataError(
                name, "is not known", f"Use {', '.join(known)}.", row=row, field=str(field)
            )
    key = scene.get("key")
    if not isinstance(key, str) or not key.isidentifier():
        raise DataError(
            name, f"{brief(key)} is no key", "Write a word without spaces.", row=row, field="key"
        )
    number = scene.get("number")
    if number not in NUMBERS:
        raise DataError(
            name,
            f"{brief(number)} is not known",
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
        key,
        view,
        str(number),
        _texts(scene, "title", name, row),
        _texts(scene, "notes", name, row),
        _claim(scene, view, name, row),
    )


def _claim(scene: dict[str, Any], view: View, name: str, row: int) -> str:
    """The claim a scene tests, whose view must show what the test counts; empty for none."""
    claims, number, told = load_claims(), scene["number"], scene.get("claim", "")
    known = {claim.claim_id: claim.test for claim in claims.claims}
    years = [claims.written.last]
    if number != "claims_supported":
        years.append(claims.later.last)

    def fault(field: str, problem: str, remedy: str) -> DataError:
        return DataError(name, problem, remedy, row=row, field=field)

    of_claims = bool(told) or number == "claims_supported"
    if of_claims and (view.from_year != claims.written.first or view.to_year not in years):
        ends = " or ".join(f"to={year}" for year in years)
        remedy = f"Let the view end with {ends}, and give no from."
        raise fault("view", "shows other years than claims are tested for", remedy)
    if not told:
        if number == "claim_value":
            raise fault("number", "needs a claim", f"Add claim: {next(iter(known))}, or another.")
        return ""
    if told not in known:
        raise fault("claim", f"{brief(told)} is not known", f"Use one of {', '.join(known)}.")
    test = known[told]
    if number == "claim_value" and test.kind not in VALUED:
        raise fault("number", "is no single number for this claim", "Use another number.")
    if test.kind != "no_data" and view.pillar != test.pillars:
        wanted = ",".join(str(pillar) for pillar in test.pillars)
        remedy = f"Write pillar={wanted}." if wanted else "Leave pillar out of the view."
        raise fault("view", "shows other priorities than the claim is about", remedy)
    if (view.weak, view.found) != (View().weak, View().found):
        remedy = "Leave weak and found out of the view."
        raise fault("view", "counts other evidence than the claim is tested on", remedy)
    return str(told)


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
