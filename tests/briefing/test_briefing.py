"""The briefing: scenes checked, every number computed, and files that say the same."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import yaml

from geo.__main__ import main
from geo.atlas import Atlas, load_atlas
from geo.briefing import FILES, own_file
from geo.briefing.computed import ComputedBriefing, compute_slides
from geo.briefing.files import PAGE, own_slides
from geo.briefing.handout import PAPERS
from geo.briefing.page import briefing_html
from geo.briefing.scenes import FILE, NUMBERS, own_briefing, read_briefing
from geo.chapters.evidence import VERDICTS, evidence_headline, fact, statistic_text, why
from geo.chapters.evidence.objections import EFFECTS, OBJECTIONS, answer
from geo.equity.claims import Verdict, finding, load_claims, replies
from geo.errors import DataError
from geo.language import speech
from geo.paths import DATA
from geo.policy import APPROPRIATED_TO_END_USD, APPROPRIATED_USD
from geo.scene import build_scene
from geo.view import LANGS, View
from geo.words.finding import headline
from tests.covering import covering
from tests.made import briefing_file, handout_read
from tests.page_run import run_page, text_of
from tests.server.test_api import Client

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GOOD = {
    "title": {"en": "A", "es": "B"},
    "scenes": [
        {
            "key": "one",
            "view": "/?measure=usd",
            "number": "placed_money",
            "title": {"en": "<b>Money</b>", "es": "Dinero"},
            "notes": {"en": "Say it.", "es": "Dígalo."},
        }
    ],
}


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas()


@pytest.fixture(scope="module", params=["en", "es"])
def told(atlas: Atlas, request: pytest.FixtureRequest) -> ComputedBriefing:
    return own_slides(atlas, request.param)


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Replaces what makes a file, and what was made before or with it is forgotten."""
    own_file.cache_clear()
    yield monkeypatch
    own_file.cache_clear()


class TestScenes:
    def test_ours_has_eight_to_twelve_and_no_figure_is_typed_into_them(self) -> None:
        briefing = own_briefing()
        assert 8 <= len(briefing.scenes) <= 12
        assert {scene.number for scene in briefing.scenes} <= set(NUMBERS)
        for scene in briefing.scenes:
            for texts in (scene.title, scene.notes):
                assert not re.search(r"\d", " ".join(texts.values())), scene.key

    def test_every_number_and_finding_is_the_scenes_own(
        self, atlas: Atlas, told: ComputedBriefing
    ) -> None:
        say = speech(told.lang)
        for one, described in zip(told.slides, own_briefing(atlas.data).scenes, strict=True):
            if not described.claim and described.number != "claims_supported":
                assert one.finding == headline(
                    atlas, build_scene(atlas, one.view), say, one.view.state
                )
            assert re.search(r"\d", one.number)
        by_key = {one.key: one for one in told.slides}
        dollars = build_scene(atlas, View(measure="usd")).located_cents / 100
        for total in (APPROPRIATED_USD, APPROPRIATED_TO_END_USD):
            assert say.percent(dollars / float(total), 1) in by_key["money"].number
        scene = build_scene(atlas, View())
        assert by_key["presence"].number == str(sum(bool(s.value) for s in scene.states))
        assert by_key["question"].number == f"{scene.total:.0f}"

    def test_a_scene_that_tests_a_claim_says_what_the_evidence_page_says(
        self, atlas: Atlas, told: ComputedBriefing
    ) -> None:
        claims, say = load_claims(atlas.data), speech(told.lang)
        for one, described in zip(told.slides, own_briefing(atlas.data).scenes, strict=True):
            if described.claim:
                written = one.view.to_year == claims.written.last
                period = claims.written if written else claims.later
                found = finding(atlas, claims.of(described.claim), period)
                assert one.finding.startswith(VERDICTS[found.verdict](say))
                assert one.finding.endswith(fact(atlas, found, say))
                assert one.notes.endswith(why(found, claims, say))
                if described.number == "claim_value":
                    value = statistic_text(found.claim.test, found.judged[0].outcome.value, say)
                    assert one.number == value
        assert told.slides[-1].finding == evidence_headline(atlas, say)

    def test_the_scenes_hold_what_supports_the_essay_and_what_contradicts_it(
        self, atlas: Atlas
    ) -> None:
        claims = load_claims(atlas.data)
        verdicts = {
            finding(atlas, claims.of(scene.claim), period).verdict
            for scene in own_briefing(atlas.data).scenes
            if scene.claim
            for period in (claims.written, claims.later)
            if scene.view.to_year == period.last
        }
        assert {Verdict.SUPPORTED, Verdict.PARTLY, Verdict.CONTRADICTED} <= verdicts

    def test_the_last_slide_tells_how_every_claim_came_out(
        self, atlas: Atlas, told: ComputedBriefing
    ) -> None:
        claims, last = load_claims(atlas.data), told.slides[-1]
        found = [finding(atlas, one, claims.written).verdict for one in claims.claims]
        fails = found.count(Verdict.NOT_AS_WORDED) + found.count(Verdict.CONTRADICTED)
        said = [int(number) for number in re.findall(r"\d+", f"{last.number} {last.number_label}")]
        assert said == [
            found.count(Verdict.SUPPORTED),
            len(found),
            found.count(Verdict.PARTLY),
            fails,
            found.count(Verdict.CANNOT_TEST),
        ]
        assert said[0] + sum(said[2:]) == said[1]

    def test_every_objection_waits_in_the_appendix_with_its_status_and_its_answer(
        self, atlas: Atlas, told: ComputedBriefing
    ) -> None:
        say = speech(told.lang)
        first, *rest = replies(atlas)
        assert len(told.appendix) == len(rest)
        for one, reply in zip(told.appendix, rest, strict=True):
            assert OBJECTIONS[reply.objection][0](say) in one.title
            assert (
                one.finding == f"{EFFECTS[reply.effect](say)}. {answer(atlas, first, reply, say)}"
            )
            if reply.objection != "money":
                assert one.number == f"{say.decimal(reply.outcome.value, 2)}×"
            assert say.decimal(first.outcome.value, 2) in one.number_label

    def test_a_readers_own_slides_have_no_appendix_of_the_atlass(self, atlas: Atlas) -> None:
        mine = read_briefing(json.dumps(GOOD).encode(), "mine.yaml")
        assert not compute_slides(atlas, mine, "en").appendix

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"claim": "nothing"}, ("claim", "nothing", "prevention_cities")),
            ({"number": "claim_value"}, ("number", "needs a claim")),
            ({"claim": "border", "view": "to=2012"}, ("view", "to=2016")),
            ({"claim": "border", "view": "pillar=4"}, ("view", "Leave pillar out")),
            ({"claim": "prevention_cities"}, ("view", "pillar=4")),
            ({"claim": "border", "view": "weak=include"}, ("view", "Leave weak")),
            ({"claim": "migration", "number": "claim_value"}, ("number", "no single number")),
            (
                {"claim": "prevention_dollars", "number": "claim_value", "view": "pillar=4"},
                ("number", "no single number"),
            ),
            ({"number": "claims_supported", "view": ""}, ("view", "to=2016")),
        ],
    )
    def test_a_scene_may_not_show_one_thing_and_test_another(
        self, change: dict[str, str], said: tuple[str, ...]
    ) -> None:
        told = json.loads(json.dumps(GOOD))
        told["scenes"][0].update({"view": "", "number": "activities"} | change)
        with pytest.raises(DataError) as error:
            read_briefing(yaml.safe_dump(told).encode(), "mine.yaml")
        for part in ("mine.yaml, row 1", *said):
            assert part in str(error.value)

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("title: 2001-99-99", "no list of scenes"),
            ("[" * 5000, "nested"),
            ("{a: " * 3000, "nested"),
            ("a: &a [x]\nscenes: [{key: [*a, *a]}]", "Write the part out"),
            ("a: &a {x: 1}\nb: {<<: [*a, *a]}", "Write the part out"),
            (f"scenes: [{{key: {'x' * 9} {'y' * 9000}}}]", "no key"),
        ],
    )
    def test_a_file_made_to_wear_the_server_down_is_refused_in_few_words(
        self, text: str, said: str
    ) -> None:
        with pytest.raises(DataError) as error:
            read_briefing(text.encode(), "mine.yaml")
        assert said in str(error.value)
        assert len(str(error.value)) < 400

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (lambda told: told.update(scenes=[]), ("no list of scenes",)),
            (
                lambda told: told["scenes"][0].update(number="all"),
                ("row 1", "number", "placed_money"),
            ),
            (lambda told: told["scenes"][0].update(view="measure=zz"), ("row 1", "view", "zz")),
            (lambda told: told["scenes"][0].update(number="state_value"), ("state=30",)),
            (lambda told: told["scenes"][0].pop("notes"), ("row 1", "notes", "both languages")),
            (lambda told: told["scenes"][0]["title"].update(es=" "), ("row 1", "title", "es")),
            (lambda told: told["scenes"][0].update(colour="red"), ("row 1", "colour")),
            (lambda told: told["scenes"][0].update(key="a b"), ("row 1", "key")),
            (
                lambda told: told["scenes"].extend(json.loads(json.dumps(GOOD))["scenes"]),
                ("row 2", "twice"),
            ),
            (lambda told: told["scenes"].append("x"), ("row 2", "list of fields")),
        ],
    )
    def test_what_is_wrong_with_a_file_is_told_with_its_place_and_the_way_out(
        self, change: object, said: tuple[str, ...]
    ) -> None:
        told = json.loads(json.dumps(GOOD))
        change(told)  # type: ignore[operator]
        with pytest.raises(DataError) as error:
            read_briefing(yaml.safe_dump(told).encode(), "mine.yaml")
        for part in ("mine.yaml", *said):
            assert part in str(error.value)

    @pytest.mark.parametrize(
        "text", ["", "- [", "{a: b", "\x00", "!!python/object:os.system x", "3"]
    )
    def test_what_is_no_yaml_of_scenes_is_refused_in_words(self, text: str) -> None:
        with pytest.raises(DataError):
            read_briefing(text.encode(), "mine.yaml")

    def test_a_file_that_is_too_large_is_refused(self) -> None:
        with pytest.raises(DataError, match="larger"):
            read_briefing(b"#" * 300_000, "mine.yaml")


class TestFiles:
    def test_the_one_page_holds_every_scene_is_small_and_loads_nothing(
        self, atlas: Atlas, told: ComputedBriefing
    ) -> None:
        page = briefing_html(atlas, told).decode()
        assert len(page.encode()) < 1_500_000
        assert not re.search(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=", page)
        held = json.loads(re.findall(r'id="told">(.*?)</script>', page)[0])
        every = told.slides + told.appendix
        assert held["way"] == len(told.slides)
        assert [one["number"] for one in held["scenes"]] == [one.number for one in every]
        assert [one["notes"][0] for one in held["scenes"]] == [one.notes for one in every]
        # Whatever does not fit a screen is in the notes.
        for shown, one in zip(held["scenes"], every, strict=True):
            assert shown["notes"][1:] == [one.finding, one.beneath]
            assert " ".join(shown["finding"]) == one.finding
            assert " ".join(shown["beside"]) == words(one.foot)

    @pytest.mark.parametrize(("paper", "lang"), covering(PAPERS, LANGS[::-1]))
    def test_the_handout_has_a_page_for_each_scene_on_its_paper(
        self, atlas: Atlas, paper: str, lang: str
    ) -> None:
        told, pages = own_slides(atlas, lang), handout_read(paper, lang)
        assert len(pages) == len(told.slides)
        wide, high = (round(72 * side) for side in PAPERS[paper])
        for page, one in zip(pages, told.slides, strict=True):
            assert page.size == (wide, high)
            said = words(page.said)
            for text in (one.title, one.number, one.finding, one.notes):
                assert words(text) in said
            assert "…" not in said, "a text was cut short"

    @pytest.mark.parametrize("name", ["briefing.html", "briefing-a4.pdf"])
    def test_the_server_gives_them_out(self, name: str, anew: pytest.MonkeyPatch) -> None:
        # The whole handout takes seconds to write; `tests/share/test_papers.py` reads a part of it.
        made = briefing_file(name, "es") if name == PAGE else b"%PDF-1.4"
        anew.setitem(FILES, name, replace(FILES[name], make=lambda *_: made))
        answer = Client().get(f"/handout/{name}?lang=es")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == FILES[name].media_type
        assert answer.content == made
        assert Client().get("/handout/briefing.doc").status_code == 404

    def test_the_shell_makes_them_from_a_file_of_ones_own(self, tmp_path: Path) -> None:
        scenes, out = tmp_path / "mine.yaml", tmp_path / "mine.html"
        scenes.write_text(yaml.safe_dump(GOOD), encoding="utf-8")
        main(["briefing", "briefing.html", "--scenes", str(scenes), "-o", str(out)])
        assert "\\u003cb>Money" in out.read_text(encoding="utf-8")
        scenes.write_text("scenes: 3", encoding="utf-8")
        with pytest.raises(SystemExit) as ended:
            main(["briefing", "briefing.html", "--scenes", str(scenes)])
        assert "mine.yaml" in str(ended.value.code)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_page_lists_the_scenes_with_their_numbers(atlas: Atlas, lang: str) -> None:
    app = run_page("briefing.py", lang=lang)
    assert not app.exception
    said = words(text_of(app))
    for one in own_slides(atlas, lang).slides:
        assert one.number in said
        assert words(one.title) in said


def test_the_file_lies_in_the_data_package() -> None:
    listed = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    assert FILE in [resource["path"] for resource in listed]
