"""A contribution: its file, its check by the rules of `make check`, its atlas, its way in."""

from __future__ import annotations

import gc
import json
import shutil
import sys
import weakref
from dataclasses import replace
from pathlib import Path
from types import FunctionType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.__main__ import main
from geo.atlas import Atlas, load_atlas
from geo.build import check
from geo.build.__main__ import main as build
from geo.chapters.contribute import effect_of
from geo.chapters.contribute.effect import verdicts
from geo.contribution import (
    Contribution,
    faults_of,
    proposed_source_id,
    read_contribution,
    trial_atlas,
    written,
)
from geo.contribution.check import FOUND_BY
from geo.contribution.contribution import free_key
from geo.errors import DataError
from geo.language import speech
from geo.paths import DATA
from geo.scene import build_scene
from geo.view import View
from geo.words import tell
from tests.contributed import SOUND, append_by_hand, everything_in, with_fields
from tests.made import table_read

EN = speech("en")

VIEWS = (
    View(),
    View(measure="usd"),
    View(evidence="attributed", split="population"),
    View(weak="include", show="ratio"),
    View(pillar=(4,), from_year=2018, to_year=2019),
)

SLIPS = (
    with_fields("activity", title_en=""),
    with_fields("activity", title_en="=HYPERLINK(1)"),
    with_fields("activity", area="something"),
    with_fields("activity", amount="700,000"),
    with_fields("activity", currency=""),
    with_fields("activity", period_end="2017"),
    with_fields("activity", period_start="2035"),
    with_fields("activity", weak="yes"),
    with_fields("activity", source_ids="DIARIO18;NOWHERE"),
    with_fields("activity", title_en=load_atlas().ledger.activities[0].titles["en"]),
    with_fields("activity", note="See M998."),
    with_fields("places", state="31"),
    with_fields("places", cvegeo="31050"),
    with_fields("places", location_precision="4"),
    with_fields("places", lat="19.5", lon="-96.9"),
    with_fields("places", lat="25.5", lon="-100.9", coord_source="a map"),
    with_fields("places", count="3"),
    with_fields("places", place_weak="yes"),
    with_fields("sources", url="javascript:alert(1)"),
    with_fields("sources", url="https://gob.mx@evil.example/"),
    with_fields("sources", kind=""),
    replace(SOUND, places=()),
    replace(SOUND, places=SOUND.places * 2),
    Contribution(activity={}),
)
"""The sound contribution with one slip each, and one that is nothing but a slip."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.json"
    path.write_text(written(SOUND, DATA), encoding="utf-8")
    return path


def loaded(data: Path) -> Atlas:
    """The atlas of what stands in a folder now, whatever was read there before."""
    return load_atlas(Path(shutil.copytree(data, data.with_name("as it is now"))))


PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
ROWS = st.dictionaries(st.sampled_from(["title_en", "note", "amount"]), PLAIN.filter(bool))
PLACES = st.dictionaries(st.sampled_from(["place", "state", "place_note"]), PLAIN.filter(bool))
SOURCES = st.dictionaries(st.sampled_from(["title", "url", "author"]), PLAIN.filter(bool))
ANY = st.builds(
    Contribution,
    activity=ROWS,
    places=st.lists(PLACES, max_size=3).map(tuple),
    sources=st.lists(SOURCES, max_size=2).map(tuple),
    words=st.lists(PLAIN, max_size=3).map("\n".join),
    name=PLAIN,
    contact=PLAIN,
    made_with=st.just("42e311a7b6f9"),
)


class TestTheFile:
    @given(ANY)
    def test_what_is_written_is_read_back_as_it_was(self, contribution: Contribution) -> None:
        text = written(contribution, DATA)
        assert read_contribution(text.encode(), "x", DATA, EN) == contribution
        assert written(read_contribution(text.encode(), "x", DATA, EN), DATA) == text

    def test_it_is_plain_text_a_person_can_read(self) -> None:
        text = written(SOUND, DATA)
        assert '"title_es": "Radios para la policía municipal de Xalapa"' in text
        assert next(iter(json.loads(text))) == "merida_atlas_contribution"

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "is not readable JSON at line 1"),
            (b"{", "is not readable JSON"),
            (b"[]", "is no contribution"),
            (b'{"a": 1}', "is no contribution"),
            (b'{"merida_atlas_contribution": 2}', "a form that this version does not know"),
            (b'{"merida_atlas_contribution": "1"}', "a form that this version does not know"),
            (b'{"merida_atlas_contribution": 1, "evil": ""}', "not known: 'evil'"),
            (b'{"merida_atlas_contribution": 1, "merida_atlas_contribution": 1}', "twice"),
            (b'{"merida_atlas_contribution": 1, "activity": []}', "activity: is no row"),
            (b'{"merida_atlas_contribution": 1, "activity": {"amount": 5}}', "in quotes"),
            (b'{"merida_atlas_contribution": 1, "activity": {"amount": NaN}}', "in quotes"),
            (b'{"merida_atlas_contribution": 1, "activity": {"amount": true}}', "in quotes"),
            (b'{"merida_atlas_contribution": 1, "activity": {"a": "b"}}', "not known: 'a'"),
            (b'{"merida_atlas_contribution": 1, "activity": {"activity_id": "M001"}}', "assigned"),
            (b'{"merida_atlas_contribution": 1, "activity": {"found_by": "x"}}', "assigned"),
            (b'{"merida_atlas_contribution": 1, "activity": {"note": "\\ud800"}}', "is none"),
            (b'{"merida_atlas_contribution": 1, "activity": {}, "places": {}}', "is no list"),
            (
                b'{"merida_atlas_contribution": 1, "activity": {}, "places": [%s]}'
                % b",".join([b"{}"] * 99),
                "more than 40 rows",
            ),
            (b"[" * 50_000, "is nested too deeply"),
            (b'{"merida_atlas_contribution": 1%s}' % (b"1" * 6_000), "does not know"),
            (b"x" * 200_000, "is larger than 100,000 bytes"),
            (b"\xff\xfe{", "is in none of the encodings"),
            (b'{"merida_atlas_contribution": 1, "words": "\x00"}', "control character"),
        ],
    )
    def test_what_is_none_is_refused_in_words(self, content: bytes, said: str) -> None:
        with pytest.raises(DataError, match=r"^mine\.json") as caught:
            read_contribution(content, "mine.json", DATA, EN)
        assert said in str(caught.value)
        with pytest.raises(DataError):
            read_contribution(content, "mine.json", DATA, speech("es"))

    def test_a_file_as_other_programs_save_it_is_read_letter_by_letter(self) -> None:
        text = written(SOUND, DATA)
        for encoding in ("utf-8-sig", "utf-16", "cp1252"):
            assert read_contribution(text.encode(encoding), "x", DATA, EN) == SOUND


class TestTheCheck:
    def test_the_sound_one_passes(self) -> None:
        assert faults_of(SOUND, DATA) == ()

    @pytest.mark.parametrize("slip", SLIPS)
    def test_it_finds_what_make_check_finds_once_the_rows_are_there(
        self, slip: Contribution, data: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # All tables but those with new rows are as the slip before had them.
        monkeypatch.setattr(check, "checked_table", table_read)
        append_by_hand(slip, data)
        expected = [(f.field or "", f.problem, f.remedy) for f in check.data_faults(data)]
        found = [(f.field, f.problem, f.remedy) for f in faults_of(slip, DATA)]
        assert expected
        assert sorted(found) == sorted(set(expected))

    def test_a_fault_says_its_part_row_and_field(self) -> None:
        two = replace(SOUND, places=(*SOUND.places, {"place": "Oaxaca", "state": "20"}))
        found = {(f.part, f.number, f.field) for f in faults_of(two, DATA)}
        assert ("places", 2, "location_precision") in found
        assert not any(number == 1 for _, number, _ in found)

    def test_the_texts_beside_the_rows_are_held_to_their_length_and_to_what_can_be_seen(
        self,
    ) -> None:
        for changed, said in (
            (replace(SOUND, words="x" * 4_001), "4,001 letters"),
            (replace(SOUND, name="x" * 121), "121 letters"),
            (replace(SOUND, words="a\u202eb"), "U+202E"),
            (replace(SOUND, contact="a\nb"), "U+000A"),
        ):
            (fault,) = faults_of(changed, DATA)
            assert said in fault.problem

    def test_whatever_is_said_of_it_it_is_never_equal_effort(self) -> None:
        trial = trial_atlas(SOUND, load_atlas())
        view = View(found="systematic")
        assert FOUND_BY not in ("systematic", "systematic2")
        assert tell(trial, view).headline == tell(load_atlas(), view).headline
        assert build_scene(trial, view).total == build_scene(load_atlas(), view).total

    def test_a_key_that_is_taken_gives_way(self) -> None:
        known = next(iter(load_atlas().sources))
        renamed = replace(
            with_fields("activity", source_ids=known),
            sources=({**SOUND.sources[0], "source_id": known},),
        )
        assert faults_of(renamed, DATA) == ()
        added = trial_atlas(renamed, load_atlas()).ledger.activities[-1]
        assert added.sources == (f"{known}_2",)

    @given(st.text(max_size=20), st.text(max_size=8))
    def test_a_proposed_key_is_one(self, author: str, date: str) -> None:
        key = proposed_source_id({"author": author, "date": date}, {"READER"})
        assert key.replace("_", "").isalnum()
        assert key == key.upper()
        assert key != "READER"

    def test_a_free_key_is_the_first(self) -> None:
        assert free_key("A", ()) == "A"
        assert free_key("A", {"A", "A_2"}) == "A_3"


def kept_for_all() -> dict[str, int]:
    """Each function whose answers are kept for all readers → how many of them are kept now."""
    return {
        f"{one.__module__}.{one.__name__}": one.cache_info().currsize
        for name, module in sys.modules.items()
        for one in vars(module).values()
        if name.startswith("geo.") and isinstance(one, FunctionType) and hasattr(one, "cache_info")
    }


class TestTheTrial:
    def test_it_says_of_every_view_what_the_atlas_says_once_the_rows_are_added(
        self, data: Path, file: Path
    ) -> None:
        main(["add", str(file), "--data", str(data)])
        added, trial = loaded(data), trial_atlas(SOUND, load_atlas())
        for view in VIEWS:
            assert tell(trial, view).headline == tell(added, view).headline
            one, other = build_scene(trial, view), build_scene(added, view)
            assert [s.value for s in one.states] == [s.value for s in other.states]
            assert one.ledger_cents == other.ledger_cents
        assert verdicts(trial, EN) == verdicts(added, EN)
        for name in ("activities", "activity_places", "sources", "amounts_usd"):
            assert trial.table(name) == added.table(name)

    def test_it_is_shared_with_nobody(self) -> None:
        atlas, view = load_atlas(), View(measure="usd")
        before = build_scene(atlas, view), len(atlas.ledger), dict(atlas.sources)
        trial = trial_atlas(SOUND, atlas)
        other = trial_atlas(SOUND, atlas)
        assert build_scene(trial, view) is not build_scene(other, view)
        assert build_scene(trial, view) is build_scene(trial, view)
        assert (build_scene(atlas, view), len(atlas.ledger), dict(atlas.sources)) == before
        assert atlas.memory is None

    def test_nothing_of_it_is_kept_when_what_it_would_change_is_known(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        gone: list[weakref.ref[object]] = []

        def watched(contribution: Contribution, atlas: object) -> object:
            trial = trial_atlas(contribution, atlas)  # type: ignore[arg-type]
            gone.append(weakref.ref(trial))
            return trial

        monkeypatch.setattr("geo.chapters.contribute.effect.trial_atlas", watched)
        effect = effect_of(SOUND, load_atlas(), View())
        gc.collect()
        assert effect.counts
        assert [one() for one in gone] == [None]

    def test_it_pushes_out_nothing_that_is_kept_for_all(self) -> None:
        atlas, view = load_atlas(), View(show="share")
        effect_of(SOUND, atlas, view)
        before = kept_for_all()
        assert before["geo.equity.claims.findings.finding"] > 0
        assert before["geo.scene.scene._build"] > 0
        effect_of(with_fields("activity", amount="800000"), atlas, view)
        assert kept_for_all() == before

    def test_one_that_is_wrong_has_none(self) -> None:
        with pytest.raises(DataError, match="field title_en"):
            trial_atlas(with_fields("activity", title_en=""), load_atlas())


class TestTheCommands:
    def test_what_passes_is_added_and_passes_make_check(
        self, data: Path, file: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = everything_in(data)
        main(["check", str(file), "--data", str(data)])
        assert everything_in(data) == before
        assert "can be added" in capsys.readouterr().out
        main(["add", str(file), "--data", str(data)])
        said = capsys.readouterr().out
        assert "https://www.example.org/radios" in said
        assert "third paragraph" in said
        assert build(["--check-data"], data) == 0
        assert build(["--check"], data) == 0
        changed = {name for name, content in everything_in(data).items() if before[name] != content}
        assert changed == {
            *("ledger/activities.csv", "ledger/activity_places.csv", "ledger/amounts_usd.csv"),
            *("sources.csv", "datapackage.json"),
        }
        added = loaded(data).ledger.activities[-1]
        assert added.activity_id == f"M{len(load_atlas().ledger) + 1:03d}"
        assert str(added.usd) == "36381.21"

    def test_two_of_them_stand_under_two_keys(self, data: Path, tmp_path: Path) -> None:
        other = with_fields("activity", title_en="Radios, again", title_es="Radios, otra vez")
        for at, one in enumerate((SOUND, other)):
            path = tmp_path / f"{at}.json"
            path.write_text(written(one, DATA), encoding="utf-8")
            main(["add", str(path), "--data", str(data)])
        atlas = loaded(data)
        assert [a.sources for a in atlas.ledger.activities[-2:]] == [("DIARIO18",), ("DIARIO18_2",)]

    @pytest.mark.parametrize("slip", SLIPS[:3])
    @pytest.mark.parametrize("command", ["check", "add"])
    def test_what_does_not_pass_changes_nothing_and_says_where(
        self,
        slip: Contribution,
        command: str,
        data: Path,
        file: Path,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        file.write_text(written(slip, DATA), encoding="utf-8")
        before = everything_in(data.parent)
        with pytest.raises(SystemExit) as stopped:
            main([command, str(file), "--data", str(data)])
        said = capsys.readouterr().err + str(stopped.value)
        assert f"{file}, activity, field" in said
        assert stopped.value.code not in (0, None)
        assert everything_in(data.parent) == before

    def test_nothing_is_added_to_data_that_are_wrong(self, data: Path, file: Path) -> None:
        path = data / "sources.csv"
        path.write_text(path.read_text(encoding="utf-8") + "bad\n", encoding="utf-8")
        before = everything_in(data)
        with pytest.raises(SystemExit, match="make check"):
            main(["add", str(file), "--data", str(data)])
        assert everything_in(data) == before

    def test_a_disk_that_fails_half_way_leaves_all_as_it_was(
        self, data: Path, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before, replaced, done = everything_in(data.parent), Path.replace, []

        def fails_the_third_time(self: Path, target: Path) -> Path:
            done.append(target)
            if len(done) == 3:
                raise OSError(28, "No space left on device", str(target))
            return replaced(self, target)

        monkeypatch.setattr(Path, "replace", fails_the_third_time)
        with pytest.raises(SystemExit, match="No space left"):
            main(["add", str(file), "--data", str(data)])
        assert len(done) == 3
        assert everything_in(data.parent) == before

    @pytest.mark.parametrize("name", ["nowhere.json", "."])
    def test_a_file_that_is_not_there_is_one_line(self, name: str, tmp_path: Path) -> None:
        with pytest.raises(SystemExit) as stopped:
            main(["check", str(tmp_path / name)])
        assert "\n" not in str(stopped.value)
        assert "Errno" not in str(stopped.value)
