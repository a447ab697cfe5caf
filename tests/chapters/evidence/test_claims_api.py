"""The API of the claims: what the essay's page says, to the digit, for programs."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from functools import cache
from html import unescape
from typing import Any

import pytest

from geo.atlas import Atlas, load_atlas
from geo.chapters.evidence import claims_csv, claims_json, objections_html
from geo.chapters.evidence.api import COLUMNS
from geo.chapters.evidence.claim import claim_html
from geo.chapters.evidence.query import Asked
from geo.chapters.evidence.receipts import receipt_html
from geo.chapters.evidence.words import NEED_NAMES, VERDICTS, statistic_text
from geo.equity import completeness
from geo.equity.claims import Verdict, load_claims
from geo.language import Speech, speech
from geo.view import View
from tests.claim_ledgers import activity, atlas_of, atlas_with, by_population, in_three_cities
from tests.server.test_api import Client
from tests.toy_ledger import Rows

CLAIMS = load_claims()
LANGS = ("en", "es")
READINGS = {"en": {"as claimed": "all", "by places": "places", "off the border": "off_border"}}
READINGS["es"] = {speech("es").t(text): name for text, name in READINGS["en"].items()}
EVERY = [(claim_id, lang) for claim_id in CLAIMS.ids for lang in LANGS]


@cache
def body_of(lang: str) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(
        json.dumps(claims_json(load_atlas(), View(lang=lang), Asked()), allow_nan=False)
    )
    return body


@cache
def body_of_ledger(rows: Callable[[], Rows]) -> dict[str, Any]:
    return dict(claims_json(atlas_of(rows), View(), Asked()))


def claim_of(claim_id: str, lang: str) -> dict[str, Any]:
    return next(one for one in body_of(lang)["claims"] if one["id"] == claim_id)


def plain(markup: object) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", str(markup))).split())


def rows_of_receipt(claim_id: str, say: Speech) -> list[list[str]]:
    """The table of inputs on the page, as it is written there."""
    shown = str(receipt_html(load_atlas(), CLAIMS.of(claim_id), "", say))
    table = re.search(r"<tbody[^>]*>(.*?)</tbody>", shown, re.DOTALL)
    if table is None:
        return []
    return [
        [plain(cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", table[1], re.DOTALL)
    ]


@pytest.mark.parametrize(("claim_id", "lang"), EVERY)
def test_every_number_of_a_claims_receipt_is_the_apis_to_the_digit(
    claim_id: str, lang: str
) -> None:
    say, test = speech(lang), CLAIMS.of(claim_id).test
    expected = []
    for period in claim_of(claim_id, lang)["periods"]:
        for evidence, readings in (
            (say.t("all evidence"), period["readings"]),
            (say.t("every state asked alike"), period["equal_effort"]["readings"]),
        ):
            for reading in readings:
                for one in reading["needs"]:
                    money = test.kind == "dollars_share"
                    nan, amounts = float("nan"), (one["amount"], one["total"])
                    expected.append(
                        [
                            f"{period['from']}–{period['to']}",
                            evidence,
                            next(w for w, n in READINGS[lang].items() if n == reading["name"]),
                            NEED_NAMES[one["need"]](say) if one["need"] else say.number(None),
                            *(say.usd(v) if money else say.number(v, 1) for v in amounts),
                            say.number(one["reached"]),
                            say.number(one["activities"]),
                            say.number(None)
                            if one["share"] is None
                            else say.percent(one["share"], 1),
                            say.number(None)
                            if one["need_share"] is None
                            else say.percent(one["need_share"], 2),
                            statistic_text(
                                test, nan if one["value"] is None else one["value"], say
                            ),
                            say.decimal(one["p"], 4),
                            say.decimal(one["p_corrected"], 4),
                            VERDICTS[Verdict(one["verdict"])](say),
                        ]
                    )
    assert rows_of_receipt(claim_id, say) == expected
    assert bool(expected) is (test.kind != "no_data")


@pytest.mark.parametrize(("claim_id", "lang"), EVERY)
def test_verdict_distance_and_sentences_are_those_of_the_page(claim_id: str, lang: str) -> None:
    say, claim = speech(lang), claim_of(claim_id, lang)
    page = plain(claim_html(load_atlas(), CLAIMS.of(claim_id), say))
    written, later = claim["periods"]
    for text in (claim["essay_words"], claim["says"], claim["refuted_by"]):
        assert text in page
    for text in (written["verdict_in_words"], written["fact"], written["why"]):
        assert " ".join(text.split()) in page
    if CLAIMS.of(claim_id).test.kind not in ("no_data", "dollars_share"):
        assert later["verdict_in_words"] in page
        assert later["fact"] in page
    for reading in written["readings"][1:]:
        assert reading["told"] in page
    assert written["equal_effort"]["told"] in page
    if written["next"] is not None:
        assert str(written["next"]["at"]) in written["next_in_words"]
        assert written["next_in_words"] in written["why"]
    if written["places"] is not None:
        for count in (
            written["places"]["municipalities"],
            written["places"]["municipalities_inside"],
        ):
            assert f" {say.number(count)} " in written["fact"].replace(",", " ")


@pytest.mark.parametrize("lang", LANGS)
def test_the_objections_are_those_of_the_page_with_their_figures(lang: str) -> None:
    say, page = speech(lang), plain(objections_html(load_atlas(), speech(lang)))
    told = claim_of("border", lang)["objections"]
    assert len(told) == 16
    for one in told:
        assert one["says"] in page
        assert " ".join(one["answer"].split()) in page
        assert one["effect_in_words"] in page
        if one["outcome"]["value"] is not None and one["id"] != "money":
            assert say.decimal(one["outcome"]["value"], 2) in one["answer"]
            assert say.decimal(one["outcome"]["p_corrected"], 4) in page
    assert [one["effect"] for one in told].count("stands") >= 1
    assert all(claim["objections"] == [] for claim in body_of(lang)["claims"]
               if claim["id"] != "border")  # fmt: skip


def test_how_complete_the_ledger_is_stands_in_it_by_region() -> None:
    told, found = body_of("en")["recapture"], completeness(load_atlas())
    for region, catches in (("border", found.border), ("others", found.others)):
        assert (told[region]["known"], told[region]["met_again"]) == (catches.first, catches.both)
        assert told[region]["rate_low"] < told[region]["rate"] < told[region]["rate_high"]
        assert (told[region]["chapman"], told[region]["chapman_error"]) == catches.all
    assert told["fisher_p"] == found.p


def test_thresholds_version_licence_and_the_page_are_named() -> None:
    body = body_of("es")
    assert body["thresholds"]["digest"] == CLAIMS.digest
    assert body["thresholds"]["set"] == CLAIMS.dated[0].on.isoformat()
    assert body["data_version"] == load_atlas().version
    assert body["licence"] == "CC-BY-4.0"
    for claim in body["claims"]:
        assert claim["page"] == f"/evidence?lang=es&claim={claim['id']}"


def test_the_one_row_that_holds_more_than_half_of_the_dollars_is_named() -> None:
    (money,) = (one for one in claim_of("border", "en")["objections"] if one["id"] == "money")
    titles = {a.activity_id: a.titles["en"] for a in load_atlas().ledger.activities}
    assert titles[money["named_row"]["activity_id"]] in money["answer"]
    assert money["named_row"]["share"] > 0.5


def test_of_a_ledger_without_such_a_row_none_is_named() -> None:
    body = body_of_ledger(by_population)
    (border,) = (claim for claim in body["claims"] if claim["id"] == "border")
    assert [one["named_row"] for one in border["objections"]] == [None] * 16


@pytest.mark.parametrize("lang", LANGS)
def test_the_table_has_a_row_for_each_claim_and_period_with_the_same_numbers(lang: str) -> None:
    text = claims_csv(load_atlas(), View(lang=lang), Asked())
    rows = list(csv.DictReader(io.StringIO(text)))
    assert text.splitlines()[0] == ",".join(COLUMNS)
    assert "\r" not in text
    assert [(row["claim"], int(row["to"])) for row in rows] == [
        (claim_id, period.last)
        for claim_id in CLAIMS.ids
        for period in (CLAIMS.written, CLAIMS.later)
    ]
    for row in rows:
        claim = claim_of(row["claim"], lang)
        (period,) = (one for one in claim["periods"] if one["to"] == int(row["to"]))
        assert row["verdict"] == period["verdict"]
        assert row["fact"] == period["fact"]
        assert row["why"] == period["why"]
        assert row["equal_effort"] == period["equal_effort"]["verdict"]
        assert row["next_at"] == ("" if period["next"] is None else str(period["next"]["at"]))
        needs = period["readings"][0]["needs"]
        for name in ("value", "share", "p", "p_corrected", "amount", "total", "activities"):
            told = needs[0][name] if needs else None
            assert (float(row[name]) if row[name] else None) == told, name
        assert float(row["fisher_p"]) == body_of(lang)["recapture"]["fisher_p"]


@pytest.mark.parametrize(
    "rows", [in_three_cities, by_population, lambda: activity(1, "30001", "prevention")]
)
def test_another_ledger_turns_the_verdicts_of_the_api_with_those_of_the_page(rows: Any) -> None:
    atlas, body = atlas_of(rows), body_of_ledger(rows)
    told = {one["id"]: [period["verdict"] for period in one["periods"]] for one in body["claims"]}
    real = {
        one["id"]: [period["verdict"] for period in one["periods"]]
        for one in body_of("en")["claims"]
    }
    assert told != real
    for claim in CLAIMS.claims:
        shown = plain(claim_html(atlas, claim, speech("en")))
        assert VERDICTS[Verdict(told[claim.claim_id][0])](speech("en")) in shown


def test_an_empty_ledger_has_nothing_that_cannot_be_written() -> None:
    atlas: Atlas = atlas_with(Rows((), (), ()))
    for lang in LANGS:
        json.dumps(claims_json(atlas, View(lang=lang), Asked()), allow_nan=False)
        assert claims_csv(atlas, View(lang=lang), Asked()).count("\n") == 1 + 2 * len(CLAIMS.ids)


# Over HTTP


@pytest.fixture(scope="module")
def client() -> Client:
    return Client()


def test_choices_of_the_map_change_nothing_and_the_answer_says_so(client: Client) -> None:
    told = client.get("/api/v1/claims.json?measure=usd&state=30&found=systematic").json()
    assert told["without_effect"] == ["found", "measure", "state"]
    assert told["claims"] == client.get("/api/v1/claims.json").json()["claims"]
    assert client.get("/api/v1/claims.json").json()["without_effect"] == []


def test_one_claim_may_be_asked_for_and_what_is_assumed_of_the_south(client: Client) -> None:
    told = client.get("/api/v1/claims.json?claim=sez&under=3&lang=es").json()
    assert [one["id"] for one in told["claims"]] == ["sez"]
    assert told["claims"][0]["page"] == "http://atlas/evidence?lang=es&claim=sez&under=3"
    assert told["south"]["factor"] == 3
    assert told["south"]["ratio"] < client.get("/api/v1/claims.json").json()["south"]["ratio"]
    table = client.get("/api/v1/claims.csv?claim=sez&lang=es")
    assert len(table.text.splitlines()) == 3
    assert "claim-sez_es" in table.headers["content-disposition"]


def test_what_cannot_be_read_is_said_or_refused_where_that_is_asked(client: Client) -> None:
    told = client.get("/api/v1/claims.json?claim=nonsense&under=999&measure=euro").json()
    assert all(word in told["ignored"] for word in ("nonsense", "999", "euro"))
    assert [one["id"] for one in told["claims"]] == list(CLAIMS.ids)
    for query in ("claim=nonsense", "under=999", "measure=euro"):
        for form in ("json", "csv"):
            refused = client.get(f"/api/v1/claims.{form}?{query}&strict=1")
            assert refused.status_code == 422
    assert client.get("/api/v1/claims.json?claim=sez&under=2&strict=1").status_code == 200


def test_other_forms_are_refused_in_words(client: Client) -> None:
    refused = client.get("/api/v1/claims.xml?lang=es")
    assert refused.status_code == 404
    assert ".csv" in refused.text
