"""The claims file says what is tested and never what comes out; a slip in it is named."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from geo.atlas import read_package
from geo.equity.claims.claim import KINDS
from geo.equity.claims.file import PATH, claims_of, load_claims, read_claims
from geo.errors import DataError
from geo.language import speech
from geo.paths import DATA
from geo.reading import yaml_of

RESOURCES = frozenset(r["name"] for r in read_package()["resources"])


@pytest.fixture
def raw() -> dict[str, Any]:
    found: Any = yaml_of((DATA / PATH).read_text(encoding="utf-8"), speech("en"))
    assert isinstance(found, dict)
    return found


def test_every_sentence_of_the_recommendation_is_there_in_both_languages() -> None:
    claims = load_claims()
    assert len(claims.claims) == 13
    for claim in claims.claims:
        for text in (claim.place, claim.short, claim.says, claim.refuted):
            assert set(text) == {"en", "es"}
            assert text["en"] != text["es"]
        # A # after a space begins a comment in YAML, and would cut the text short.
        assert "#1, " in claim.place["en"]


def test_every_kind_of_test_is_used_and_every_threshold_has_its_reason() -> None:
    tests = [claim.test for claim in load_claims().claims]
    assert {test.kind for test in tests} == set(KINDS)
    assert all(test.why["en"] for test in tests if test.kind != "no_data")


def test_the_essays_checks_are_named_by_their_number() -> None:
    from geo.atlas.tables import read_table

    known = {row["essay_ref"] for row in read_table("essay_checks")}
    assert {c.essay_ref for c in load_claims().claims if c.essay_ref} <= known


def test_the_words_at_issue_are_the_essays_and_short() -> None:
    assert all(len(claim.phrase.split()) <= 9 for claim in load_claims().claims)


def test_no_verdict_is_written_in_the_file(raw: dict[str, Any]) -> None:
    def keys(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {k for inner in value.values() for k in keys(inner)}
        return {k for inner in value for k in keys(inner)} if isinstance(value, list) else set()

    assert not keys(raw) & {"verdict", "result", "outcome", "answer"}


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (("verdict",), "supported", "claim border, field verdict: is written down"),
        (("says_es",), "", "claim border, field says_es: is missing"),
        (("short_es",), "F" * 44, "claim border, field short_es: has 44 letters"),
        (("test", "kind"), "opinion", "claim border, field test.kind: 'opinion' is none of"),
        (("test", "group"), "north", "claim border, field test.group: 'north' is none of"),
        (("test", "supported"), "much", "claim border, field test.supported: must be a number"),
        (("test", "supported"), "1.0", "claim border, field test.supported: the thresholds"),
        (("test", "needs"), ["rain"], "claim border, field test.needs: 'rain' is none of"),
        (("test", "needs"), [], "claim border, field test.needs: must be of"),
        (("test", "pillars"), ["9"], "claim border, field test.pillars: '9' is none of"),
        (("test", "why_en"), None, "claim border, field test.why_en: is missing"),
        (("test", "need"), ["homicides"], "claim border, field test.need: is none of kind"),
        (("test", "needs"), ["population"] * 2, "field test.needs: 'population' is there twice"),
        (("esay_ref",), "20", "claim border, field esay_ref: is none of id"),
        (("test", "group"), {"a": "b"}, "claim border, field test.group: {'a': 'b'} is none of"),
        (("id",), "sez", "claim sez, field id: is given twice"),
    ],
)
def test_a_slip_is_named_with_claim_field_and_remedy(
    raw: dict[str, Any], path: tuple[str, ...], value: object, told: str
) -> None:
    claim = next(one for one in raw["claims"] if one["id"] == "border")
    at = claim
    for name in path[:-1]:
        at = at[name]
    at[path[-1]] = value
    with pytest.raises(DataError) as fault:
        read_claims(raw, RESOURCES)
    assert told in str(fault.value)
    assert str(fault.value).startswith("data/claims.yaml")
    assert "git checkout -- data/claims.yaml" in str(fault.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read"),
        (b"\xff\xfe\x00", "the file"),
        (b"a: b: c", "not readable YAML"),
        (b"- a", "it holds no keys"),
    ],
)
def test_a_file_that_holds_no_claims_is_named(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    if content is not None:
        (tmp_path / PATH).write_bytes(content)
    with pytest.raises(DataError, match=said) as met:
        claims_of(tmp_path, RESOURCES)
    assert met.value.file == f"data/{PATH}"


def test_a_claim_whose_data_have_come_must_be_given_a_test(raw: dict[str, Any]) -> None:
    needed = next(c for c in raw["claims"] if c["id"] == "zone_trade")["test"]["requires"]
    come = RESOURCES | {row["resource"] for row in needed}
    with pytest.raises(DataError, match=r"claim zone_trade.*give it a test"):
        read_claims(raw, come)
    assert read_claims(raw, RESOURCES | {needed[0]["resource"]}).claims


def test_a_code_is_text_however_it_is_written_and_a_wrong_one_is_refused(
    raw: dict[str, Any],
) -> None:
    written = (DATA / PATH).read_text(encoding="utf-8").replace('codes: ["30"]', "codes: [30]")
    unquoted = yaml_of(written, speech("en"))
    assert isinstance(unquoted, dict)
    assert read_claims(unquoted, RESOURCES).groups["veracruz"].codes == ("30",)
    changed = copy.deepcopy(raw)
    changed["groups"]["veracruz"]["codes"] = ["33"]
    with pytest.raises(DataError, match=r"group veracruz, field codes: '33' is none of"):
        read_claims(changed, RESOURCES)
