"""The scenes of a briefing, read from a file and checked: ours, or one that a presenter brings.

A file is YAML (`geo.reading`): `title`, and `scenes` with `key`, `view` (what stands after the `?`
of a link), `number` (one of NUMBERS), and `title` and `notes` in both languages. A `claim` (an id
of data/claims.yaml) makes the scene a test of it. What is wrong is said with the scene and the
field, and what to write instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from reprlib import repr as brief
from typing import Final
from urllib.parse import parse_qs

from geo.atlas import load_atlas
from geo.equity.claims import Claims, load_claims
from geo.errors import DataError
from geo.language import Speech, speech
from geo.paths import DATA
from geo.reading import Node, Unreadable, text_of, yaml_of
from geo.view import LANGS, StateNamed, View, read_query
from geo.words import ignored

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
    "border_ratio",
    "claim_value",
    "claims_supported",
)
"""What a scene's one number may be; computed in `geo.briefing.computed`."""

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
    """A whole briefing as its file describes it; `brought` by a reader, or the atlas's own."""

    title: Texts
    scenes: tuple[SceneFile, ...]
    brought: bool = True


class SceneError(DataError):
    """What is wrong with a scene file, in the language of the person who brought it."""

    def __init__(
        self, say: Speech, file: str, problem: str, remedy: str, row: int | None, field: str | None
    ) -> None:
        self.say = say
        super().__init__(file, problem, remedy, row=row, field=field)

    def where(self) -> str:
        """The place of the fault in words."""
        parts = [self.file]
        if self.row is not None:
            parts.append(self.say.t("row {row}", row=self.row))
        if self.field is not None:
            parts.append(self.say.t("field {field}", field=self.field))
        return ", ".join(parts)


@lru_cache(maxsize=2)
def own_briefing(data: Path = DATA) -> Briefing:
    """The atlas's own briefing."""
    return briefing_of(data, load_claims(data))


def briefing_of(data: Path, claims: Claims) -> Briefing:
    """The atlas's own briefing as it stands in a folder, beside these claims."""
    try:
        content = (data / FILE).read_bytes()
    except OSError as fault:
        problem = f"the file cannot be read ({fault.strerror})."
        remedy = f"Restore it with `git checkout -- data/{FILE}`."
        raise DataError(f"data/{FILE}", problem, remedy) from None
    return replace(_Reading(f"data/{FILE}", speech("en"), claims).briefing(content), brought=False)


def read_briefing(content: bytes, name: str, lang: str = "en") -> Briefing:
    """The briefing that a reader's file describes; raises `SceneError` in the language `lang`."""
    named = load_atlas().state_named
    return _Reading(name, speech(lang), load_claims(), named=named).briefing(content)


@dataclass(frozen=True)
class _Reading:
    """A file, or one row of it, while it is read; knows how to say what is wrong there."""

    name: str
    say: Speech
    claims: Claims
    row: int | None = None
    named: StateNamed = lambda _text: ""
    """Knows the states by name. Ours spells codes: it is read before the atlas is."""

    def fault(self, problem: str, remedy: str, field: str | None = None) -> SceneError:
        return SceneError(self.say, self.name, problem, remedy, self.row, field)

    def briefing(self, content: bytes) -> Briefing:
        say = self.say
        if len(content) > MOST_BYTES:
            most = say.number(MOST_BYTES)
            problem = say.t("is larger than {most} bytes", most=most)
            raise self.fault(problem, say.t("Make it shorter."))
        whole = self.fields(self.load(content), say.t("the file"))
        scenes = whole.get("scenes")
        if not isinstance(scenes, list) or not scenes:
            remedy = say.t("Begin it with `scenes:` and a `- key:`.")
            raise self.fault(say.t("has no list of scenes"), remedy)
        if len(scenes) > MOST_SCENES:
            problem = say.t("has {count} scenes", count=len(scenes))
            raise self.fault(problem, say.t("Leave at most {most}.", most=MOST_SCENES))
        rows = [replace(self, row=row) for row in range(1, len(scenes) + 1)]
        read = tuple(row.scene(one) for row, one in zip(rows, scenes, strict=True))
        seen: set[str] = set()
        for row, scene in zip(rows, read, strict=True):
            if scene.key in seen:
                problem = say.t("{value} is there twice", value=brief(scene.key))
                raise row.fault(problem, say.t("Rename it."), "key")
            seen.add(scene.key)
        return Briefing(self.texts(whole, "title"), read)

    def load(self, content: bytes) -> Node:
        try:
            return yaml_of(text_of(content, self.say), self.say)
        except Unreadable as fault:
            raise self.fault(fault.problem, fault.remedy) from None

    def scene(self, given: Node) -> SceneFile:
        say = self.say
        scene = self.fields(given, say.t("a scene"))
        known = ("key", "view", "number", "claim", "title", "notes")
        for field in scene:
            if field not in known:
                remedy = say.t("Use one of {known}.", known=", ".join(known))
                raise self.fault(say.t("is not known"), remedy, field)
        key = scene.get("key")
        if not isinstance(key, str) or not key.isidentifier():
            problem = say.t("{value} is no key", value=brief(key))
            raise self.fault(problem, say.t("Write a word without spaces."), "key")
        number = scene.get("number")
        if number not in NUMBERS:
            raise self.unknown(number, NUMBERS, "number")
        view = self.view(scene.get("view", ""))
        if number == "state_value" and not view.state:
            remedy = say.t("Add {example}, or another code, to the view.", example="state=30")
            raise self.fault(say.t("needs a state"), remedy, "number")
        return SceneFile(
            key,
            view,
            str(number),
            self.texts(scene, "title"),
            self.texts(scene, "notes"),
            self.claim(scene, view),
        )

    def claim(self, scene: dict[str, Node], view: View) -> str:
        """The claim a scene tests, whose view must show what the test counts; empty for none."""
        say = self.say
        claims = self.claims
        number, claim_id = scene["number"], scene.get("claim", "")
        known = {claim.claim_id: claim.test for claim in claims.claims}
        if not isinstance(claim_id, str) or (claim_id and claim_id not in known):
            raise self.unknown(claim_id, known, "claim")
        years = [claims.written.last]
        if number != "claims_supported":
            years.append(claims.later.last)
        of_claims = bool(claim_id) or number == "claims_supported"
        if of_claims and (view.from_year != claims.written.first or view.to_year not in years):
            ends = say.t(" or ").join(f"to={year}" for year in years)
            remedy = say.t(
                "Let the view end with {ends}, and give no {name}.", ends=ends, name="from"
            )
            raise self.fault(say.t("shows other years than claims are tested for"), remedy, "view")
        if not claim_id:
            if number == "claim_value":
                remedy = say.t("Add claim: {claim}, or another.", claim=next(iter(known)))
                raise self.fault(say.t("needs a claim"), remedy, "number")
            return ""
        test = known[claim_id]
        if number == "claim_value" and test.kind not in VALUED:
            problem = say.t("is no single number for this claim")
            raise self.fault(problem, say.t("Use another number."), "number")
        if test.kind != "no_data" and view.pillar != test.pillars:
            wanted = ",".join(str(pillar) for pillar in test.pillars)
            remedy = (
                say.t("Write pillar={wanted}.", wanted=wanted)
                if wanted
                else say.t("Leave pillar out of the view.")
            )
            problem = say.t("shows other priorities than the claim is about")
            raise self.fault(problem, remedy, "view")
        others = [name for name in view.filtering if name not in ("pillar", "from", "to")]
        if others or view.weak != View().weak:
            problem = say.t("counts other evidence than the claim is tested on")
            names = ", ".join([*others, *(["weak"] if view.weak != View().weak else [])])
            remedy = say.t("Leave {names} out of the view.", names=names)
            raise self.fault(problem, remedy, "view")
        return claim_id

    def unknown(self, value: object, known: Iterable[str], field: str) -> SceneError:
        problem = self.say.t("{value} is not known", value=brief(value))
        return self.fault(problem, self.say.t("Use one of {known}.", known=", ".join(known)), field)

    def view(self, text: Node) -> View:
        remedy = self.say.t("Copy the view from the address of the Map page.")
        if not isinstance(text, str):
            raise self.fault(self.say.t("is no text"), remedy, "view")
        query = parse_qs(text.partition("?")[2] if "?" in text else text)
        view, notices = read_query(query, named=self.named)
        if notices:
            raise self.fault(ignored(notices, self.say), remedy, "view")
        return view

    def fields(self, given: Node, what: str) -> dict[str, Node]:
        if not isinstance(given, dict):
            problem = self.say.t("{what} is not a list of fields", what=what)
            raise self.fault(problem, self.say.t("Write each as `field: value`."))
        return given

    def texts(self, given: dict[str, Node], field: str) -> Texts:
        say, given_texts = self.say, given.get(field)
        texts = given_texts if isinstance(given_texts, dict) else {}
        told = {lang: text for lang in LANGS if isinstance(text := texts.get(lang), str)}
        if len(told) < len(LANGS):
            remedy = say.t("Write `en: …` and `es: …` below it.")
            raise self.fault(say.t("is not given in both languages"), remedy, field)
        for lang in LANGS:
            if not told[lang].strip() or len(told[lang]) > LONGEST:
                most = say.number(LONGEST)
                problem = say.t(
                    "is empty or longer than {most} letters in {lang}", most=most, lang=lang
                )
                raise self.fault(problem, say.t("Shorten or fill it."), field)
        return {lang: text.strip() for lang, text in told.items()}
