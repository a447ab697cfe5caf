"""How it was computed: whoever adds up the listed rows comes to the number that is shown."""

from __future__ import annotations

import re
from fractions import Fraction
from html import unescape

import pytest
from hypothesis import given

from geo.atlas import load_atlas
from geo.chapters.map.receipts import (
    PARTS,
    folded_receipt_html,
    ledger_rows,
    receipt_page_html,
)
from geo.language import speech
from geo.scene import NO_DATA, SCALE, build_scene
from geo.view import STATE_CODES, View
from geo.words import tell, value_text
from tests.server.test_api import Client
from tests.strategies import one_in, views

SECTION = r'<section id="receipt-{}">(.*?)</section>'


def text_of_markup(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


EXACT = re.compile(r'<data value="([^"]+)">')


def section(view: View, part: str) -> str:
    page = str(receipt_page_html(load_atlas(), view, speech(view.lang)))
    found = re.search(SECTION.format(part), page, re.DOTALL)
    assert found, part
    return found[1]


def listed(markup: str) -> list[list[str]]:
    """The rows of a table, cell by cell."""
    body = markup[markup.index("<tbody") :]
    return [
        re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL)
    ]


def recomputed(
    view: View, amount: Fraction, of_all: Fraction, need: float, all_need: float
) -> float | None:
    """A state's number from what the table lists, by the formula that stands over it."""
    if view.show == "value":
        return float(amount) if view.per == "none" else float(amount) / need * SCALE[view.per]
    if not of_all:
        return None
    if view.show == "share":
        return float(amount / of_all)
    if view.show == "ratio":
        return float(amount / of_all) / (need / all_need)
    return float(amount) - float(of_all) * need / all_need


@given(views())
@one_in(4)
def test_the_numbers_of_the_ranking_follow_from_what_is_listed(view: View) -> None:
    scene, say = build_scene(load_atlas(), view), speech(view.lang)
    rows = listed(section(view, "ranking"))
    assert len(rows) == len(scene.ranked)
    exact = [[Fraction(one) for one in EXACT.findall("".join(row))] for row in rows]
    of_all = sum((found[0] for found in exact if len(found) == 2), Fraction(0))
    all_need = sum(float(found[-1]) for found in exact)
    for row, found, state in zip(rows, exact, scene.ranked, strict=True):
        if len(found) < 2:
            assert state.status == NO_DATA
            continue
        number = recomputed(view, found[0], of_all, float(found[1]), all_need)
        assert number == (None if state.value is None else pytest.approx(state.value))
        assert value_text(state.value, state.status, view, say) in text_of_markup(row[4])


@given(views())
@one_in(4)
def test_the_rows_of_a_state_and_of_no_state_add_up_to_what_is_shown(view: View) -> None:
    view = view.with_(state=view.state or "08")
    scene = build_scene(load_atlas(), view)
    markup = section(view, "state")
    total = sum(map(Fraction, EXACT.findall(markup)), Fraction(0))
    measure = scene.state(view.state).measure
    assert float(total) == pytest.approx(measure.amount or 0.0, abs=1e-6)
    rest = sum(map(Fraction, EXACT.findall(section(view, "remainder"))), Fraction(0))
    if view.measure == "usd":
        assert round(rest * 100) == scene.ledger_cents - scene.located_cents
    else:
        assert float(rest) == pytest.approx(scene.not_located, abs=1e-6)


@given(views())
@one_in(4)
def test_no_row_is_left_out_and_every_one_is_of_the_ledger(view: View) -> None:
    atlas, scene = load_atlas(), build_scene(load_atlas(), view)
    rows = ledger_rows(atlas, view)
    for code in STATE_CODES:
        amount = sum((row.amount for row in rows if row.state == code), Fraction(0))
        assert float(amount) == pytest.approx(scene.state(code).measure.amount or 0.0)
    assert {row.activity for row in rows} <= set(scene.selection.activities)
    assert all(bool(row.state) != bool(row.reason) for row in rows)


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("show", ["value", "share", "ratio", "gap"])
def test_every_part_begins_with_what_it_tells_of(lang: str, show: str) -> None:
    view = View(lang=lang, show=show, per="population", measure="usd", state="30")
    telling, atlas = tell(load_atlas(), view), load_atlas()
    assert telling.headline in text_of_markup(section(view, "headline"))
    assert telling.remainder in text_of_markup(section(view, "remainder"))
    assert atlas.states["30"].names[lang] in text_of_markup(section(view, "state"))
    page = str(receipt_page_html(atlas, view, speech(lang)))
    assert re.findall(r'<section id="receipt-(\w+)"', page) == list(PARTS)


def test_the_folded_line_leads_to_the_page_of_the_same_view() -> None:
    view = View(measure="usd", state="08", lang="es")
    markup = str(folded_receipt_html("state", view, speech("es")))
    (address,) = re.findall(r'href="([^"#]+)#receipt-state"', markup)
    answer = Client().get(address.replace("&amp;", "&"))
    assert answer.status_code == 200
    assert answer.text == str(receipt_page_html(load_atlas(), view, speech("es")))
