"""What people type, and what networks add to a link: understood, or dropped in silence."""

from __future__ import annotations

import csv
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.atlas import load_atlas
from geo.briefing import read_briefing
from geo.language import KINDS, RECIPIENTS, speech
from geo.server.previews import PAGES
from geo.view import (
    GIVEN,
    PAYER_NAMES,
    STATE_CODES,
    View,
    language_met,
    read_query,
    spell_query,
)
from geo.view.view import TRACKING, TRACKING_BEGINS
from tests.serving import ROOT
from tests.strategies import views

NAMED = load_atlas().state_named


@pytest.mark.parametrize(
    ("query", "view"),
    [
        ("state=5", View(state="05")),
        ("state=05", View(state="05")),
        ("state=005", View(state="05")),
        ("state=Veracruz", View(state="30")),
        ("state=veracruz+de+ignacio+de+la+llave", View(state="30")),
        ("state=MICHOACÁN", View(state="16")),
        ("state=Nuevo+Leon", View(state="19")),
        ("state=CDMX", View(state="09")),
        ("state=MX-BCN", View(state="02")),
        ("state=México", View(state="15")),
        ("lang=es-MX", View(lang="es")),
        ("lang=ES", View(lang="es")),
        ("lang=es_419", View(lang="es")),
        ("lang=español", View(lang="es")),
        ("measure=USD&show=Gap&per=POVERTY", View(measure="usd", show="gap", per="poverty")),
        ("pillar=1,+4&layers=Sites,+BORDER", View(pillar=(1, 4), layers=("sites", "border"))),
        ("funder=Mérida+Initiative,US+INL", View(funder=("merida", "inl"))),
        ("funder=Iniciativa+Mérida&funder=payer+not+stated", View(funder=("merida", "not_stated"))),
        ("kind=Prison&kind=DRUG-COURTS", View(kind=("prisons", "drug_courts"))),
        ("kind=capacitación,justice+reform", View(kind=("training", "justice_reform"))),
        ("recipient=courts,Civil-Society", View(recipient=("judiciary", "civil_society"))),
        ("layers=None&k=04", View(layers=(), k=4)),
    ],
)
def test_values_are_understood_as_people_type_them(query: str, view: View) -> None:
    assert read_query(parse_qs(query), named=NAMED) == (view, ())


@pytest.mark.parametrize("name", GIVEN)
@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_name_that_a_control_shows_is_understood_and_means_one_choice(
    name: str, lang: str
) -> None:
    names = {"funder": PAYER_NAMES, "kind": KINDS, "recipient": RECIPIENTS}[name]
    told = {choice: names[choice](speech(lang)) for choice in GIVEN[name]}
    assert {read_query({name: text})[0] for text in told.values()} == {
        View().with_(**{name: (choice,)}) for choice in told
    }
    words = [word for choice in GIVEN[name] for word in {choice, told[choice].casefold()}]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("text", ["mexico", "Texas", "33", "0", "5.0", "٣", "3 0"])
def test_what_names_no_state_or_several_is_told(text: str) -> None:
    view, notices = read_query({"state": text}, named=NAMED)
    assert (view, [notice.given for notice in notices]) == (View(), [text])


def test_every_spelling_of_the_table_that_means_one_state_is_understood() -> None:
    path = load_atlas().data / "places" / "state_name_variants.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not row["ambiguous_with"]]
    told = {row["variant"]: read_query({"state": row["variant"]}, named=NAMED)[0] for row in rows}
    wrong = [row["variant"] for row in rows if told[row["variant"]].state != row["code"]]
    assert rows
    assert not wrong


@given(views(), st.sampled_from([str.upper, str.title, lambda text: f" {text} "]))
def test_case_and_spaces_change_no_view(view: View, change: object) -> None:
    spelled = {name: change(value) for name, value in spell_query(view).items()}  # type: ignore[operator]
    assert read_query(spelled) == (view, ())


@pytest.mark.parametrize(
    ("page", "query", "own"),
    [
        ("", "tool=Compare&with=FROM.2017_to.2021", "tool=compare&with=from.2017_to.2021"),
        ("evidence", "claim=BORDER", "claim=border"),
        ("rebalance", "by=Homicides", "by=homicides"),
        ("rebalance", "by=Population50-POVERTY50", "by=population50-poverty50"),
    ],
)
def test_a_pages_own_choices_are_read_alike(page: str, query: str, own: str) -> None:
    typed, plain = (PAGES[page].read(parse_qs(text)) for text in (query, own))
    assert typed == plain
    assert not typed[2]


@given(views(), st.sampled_from([*TRACKING, *(f"{name}x" for name in TRACKING_BEGINS)]))
def test_what_networks_add_is_dropped_in_silence(view: View, name: str) -> None:
    for spelled in (name, name.upper()):
        assert read_query({**spell_query(view), spelled: "IwAR0x"}) == (view, ())


def test_nothing_of_the_atlas_is_taken_for_tracking() -> None:
    own = {name for page in PAGES.values() for name in page.keeps.names}
    assert not own & TRACKING
    assert not [name for name in own if name.startswith(TRACKING_BEGINS)]


def test_a_scene_file_may_hold_a_link_as_it_was_copied_from_a_network() -> None:
    own = (ROOT / "data" / "briefing.yaml").read_text(encoding="utf-8")
    plain = read_briefing(own.encode(), "own")
    text = own.replace("view: measure", "view: fbclid=IwAR0x&utm_source=mail&measure")
    assert text != own
    assert [scene.view for scene in read_briefing(text.encode(), "own").scenes] == [
        scene.view for scene in plain.scenes
    ]


@pytest.mark.parametrize(
    ("accepted", "lang"),
    [
        ("", "en"),
        ("es", "es"),
        ("es-MX,es;q=0.9,en-US;q=0.8,en;q=0.7", "es"),
        ("en-US,en;q=0.9,es;q=0.8", "en"),
        ("fr-FR,es;q=0.5,en;q=0.4", "es"),
        ("fr,de", "en"),
        ("en;q=0, es;q=0.1", "es"),
        ("es;q=0", "en"),
        ("es;q=2, en;q=0.1", "en"),
        ("es;q=x,en;q=0.1", "en"),
        ("*", "en"),
        ("," * 5000 + "es", "en"),
        ("es;;;q=1", "en"),
    ],
)
def test_a_reader_is_met_in_the_language_their_browser_likes_best(accepted: str, lang: str) -> None:
    assert language_met(accepted) == lang


@given(st.text())
def test_any_header_gives_a_language(accepted: str) -> None:
    assert language_met(accepted) in ("en", "es")


def test_every_code_is_a_state_of_its_own() -> None:
    assert {NAMED(code) for code in STATE_CODES} == set(STATE_CODES)
