"""Constant dollars: by hand on a toy, by law for any period, and as said wherever they stand."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.atlas import Atlas, load_atlas
from geo.atlas.dollars import price_factor
from geo.atlas.ledger import years_of
from geo.language import speech
from geo.paths import DATA
from geo.policy import BASE_YEAR
from geo.scene import build_scene, place
from geo.share.files.values import value_rows, values_json
from geo.view import View
from geo.words import measure_label, tell
from tests.strategies import ledgers, views
from tests.toy_ledger import rows_of, toy_atlas

REAL = load_atlas()
ATLASES = st.one_of(st.just(REAL), ledgers().map(toy_atlas))
CONSTANT = View(measure="usd", dollars="constant")


def prices() -> dict[int, Decimal]:
    with (DATA / "price_index.csv").open(encoding="utf-8", newline="") as file:
        return {int(row["year"]): Decimal(row["cpi_u"]) for row in csv.DictReader(file)}


SPANS = st.tuples(st.sampled_from(sorted(prices())), st.sampled_from(sorted(prices()))).map(sorted)


def test_the_factor_of_the_base_year_is_one() -> None:
    assert price_factor(prices(), BASE_YEAR, BASE_YEAR) == 1


def test_a_factor_by_hand() -> None:
    toy = {2019: Decimal(50), 2020: Decimal(80), 2021: Decimal(100)}
    assert price_factor(toy, 2019, 2019) == 2
    assert price_factor(toy, 2020, 2020) == Decimal("1.25")
    assert price_factor(toy, 2019, 2021) == (2 + Decimal("1.25") + 1) / 3


@given(SPANS)
def test_a_factor_lies_between_those_of_the_cheapest_and_the_dearest_year(span: list[int]) -> None:
    first, last = span
    alone = [price_factor(prices(), year, year) for year in range(first, last + 1)]
    assert min(alone) <= price_factor(prices(), first, last) <= max(alone)
    for year, factor in zip(range(first, last + 1), alone, strict=True):
        dearer = prices()[year] > prices()[BASE_YEAR]
        assert (factor < 1) == dearer, "a dollar of dearer years is worth less"


def test_the_toy_adds_up_by_hand() -> None:
    """100 of 2010 are 200, 30 is a part of it, 80 of 2016 are 100, an undated 7 stays 7."""
    atlas = toy_atlas(
        rows_of("A", states=["01"], usd="100", separable=True)
        + rows_of("B", states=["01"], usd="30", separable=True, part_of="A")
        + rows_of("C", states=["02"], usd="80", separable=True, start="2016", end="2016")
        + rows_of("D", states=["02"], usd="7", separable=True, start="", end="")
    )
    scene = build_scene(atlas, CONSTANT)
    assert [scene.state(code).value for code in ("01", "02", "03", "04")] == [200, 107, None, None]
    assert (scene.ledger_cents, scene.without_price) == (30_700, 1)
    assert build_scene(atlas, View(measure="usd")).ledger_cents == 18_700
    assert "1 amount without a year is counted as published" in tell(atlas, CONSTANT).caveat


@given(ATLASES, views(measure="usd", dollars="constant"))
def test_nothing_is_lost_and_the_same_states_have_a_figure(atlas: Atlas, view: View) -> None:
    constant, nominal = (build_scene(atlas, one) for one in (view, view.with_(dollars="nominal")))
    rest = sum(line.cents for line in constant.remainder)
    assert constant.located_cents + rest == constant.ledger_cents
    assert constant.selection == nominal.selection
    assert {s.code for s in constant.states if s.cents is not None} == {
        s.code for s in nominal.states if s.cents is not None
    }


@given(views(measure="activities"))
def test_which_dollars_changes_nothing_where_activities_are_counted(view: View) -> None:
    one, two = (view.with_(dollars=dollars) for dollars in ("nominal", "constant"))
    assert build_scene(REAL, one) is build_scene(REAL, two)


def test_every_amount_of_the_ledger_is_put_into_dollars_by_the_prices_of_its_period() -> None:
    index = prices()
    for activity in REAL.ledger.activities:
        span = years_of(activity.period_start, activity.period_end)
        if activity.usd is None or span is None:
            assert activity.constant_usd is None
            continue
        years = range(span[0], min(span[1], max(index)) + 1)
        mean = sum((index[BASE_YEAR] / index[year] for year in years), Decimal(0)) / len(years)
        assert activity.constant_usd == pytest.approx(activity.usd * mean, abs=Decimal("0.005"))
        assert activity.price_years == "-".join(map(str, dict.fromkeys((years[0], years[-1]))))


@given(views())
def test_every_file_has_both_dollars_whichever_are_shown(view: View) -> None:
    rows = value_rows(REAL, build_scene(REAL, view), view)
    plain = view.with_(measure="usd", dollars="nominal")
    for name, one in (("usd", plain), ("usd_2021", plain.with_(dollars="constant"))):
        cents = place(REAL, one).cents_of
        assert [row[name] for row in rows] == [
            cents[row["code"]] / 100 if row["code"] in cents else None for row in rows
        ]


SUM = re.compile(r"US\$[\d.,]*\d(?: million)?|[\d.,]*\d mill(?:ón|ones) de dólares")
OF_YEAR = re.compile(rf"^ (?:of|de) {BASE_YEAR}\b")


def told(view: View) -> dict[str, Any]:
    telling = tell(REAL, view)
    return {
        "headline": telling.headline,
        "caveat": telling.caveat,
        "remainder": telling.remainder,
        "state": telling.state,
        "reasons": " ; ".join(f"{reason}: {much}" for reason, much in telling.reasons),
        "json": values_json(REAL, build_scene(REAL, view), view)["sentence"],
    }


@given(views(measure="usd", dollars="constant"))
def test_every_constant_sum_says_its_year_and_is_held_against_no_appropriation(view: View) -> None:
    for part, text in told(view).items():
        for found in SUM.finditer(text):
            assert OF_YEAR.match(text[found.end() :]), (part, text)
    assert str(BASE_YEAR) in measure_label(view, speech(view.lang))
    assert str(BASE_YEAR) in tell(REAL, view).legend.title


@given(views(dollars="nominal"))
def test_no_nominal_sum_says_a_year(view: View) -> None:
    for text in told(view).values():
        assert not any(OF_YEAR.match(text[found.end() :]) for found in SUM.finditer(text))
