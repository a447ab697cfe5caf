"""The grid judges a claim for every way to count, by the rule of the claim itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo.atlas import load_atlas
from geo.equity.claims import NEEDS, Claim, CountingRule, load_claims
from geo.equity.claims.claim import Period
from geo.equity.claims.readings import outcomes_of
from geo.equity.claims.robustness import Cell, Grid, grid_of, periods
from geo.equity.claims.statistics import counting_rule_of
from geo.equity.claims.verdicts import Verdict, judge, together
from geo.scene import place
from tests.claim_ledgers import atlas_of, by_population, in_three_cities


def cell_of(grid: Grid, need: str, selection: CountingRule) -> Cell:
    """The cell of one way to count; KeyError where the grid has none."""
    for cell in grid.cells:
        if cell.outcome.need in ("", need) and cell.selection == selection:
            return cell
    raise KeyError((need, selection))


CLAIMS = load_claims()
TESTABLE = [claim for claim in CLAIMS.claims if claim.test.kind != "no_data"]
IDS = [claim.claim_id for claim in TESTABLE]


@pytest.mark.parametrize("claim", TESTABLE, ids=IDS)
def test_every_way_to_count_is_in_the_grid_once(claim: Claim) -> None:
    grid = grid_of(load_atlas(), claim)
    ways = {(cell.outcome.need, cell.selection) for cell in grid.cells}
    assert len(ways) == len(grid.cells)
    splits = {"places_share": 2, "dollars_share": 1}.get(claim.test.kind, 4)
    spans = 1 if claim.test.kind == "dollars_share" else 4
    assert len(grid.cells) == (len(NEEDS) if claim.test.needs else 1) * spans * 3 * splits * 2
    assert sum(grid.count(verdict) for verdict in Verdict) == len(grid.cells)


@pytest.mark.parametrize("claim", TESTABLE, ids=IDS)
@pytest.mark.parametrize("period", [CLAIMS.written, CLAIMS.later], ids=["written", "later"])
def test_the_cell_of_the_claims_own_way_is_the_claims_own_outcome_by_size(
    claim: Claim, period: Period
) -> None:
    if claim.test.kind == "dollars_share" and period is CLAIMS.written:
        pytest.skip("dollars have the years of their total, whatever the period")
    atlas = load_atlas()
    grid = grid_of(atlas, claim)
    selection = counting_rule_of(claim.test, period)
    named = dict(outcomes_of(atlas, claim, selection))
    for position, outcome in enumerate(named["all"]):
        cell = cell_of(grid, outcome.need, selection)
        assert cell.outcome.value == pytest.approx(outcome.value)
        assert cell.outcome.amount == pytest.approx(outcome.amount)
        assert cell.outcome.activities == outcome.activities
        by_size = [judge(claim.test, replace(o[position], p=None), CLAIMS) for o in named.values()]
        assert cell.verdict is together(*(judged.verdict for judged in by_size))


def test_a_cell_counts_what_the_map_of_its_view_counts() -> None:
    atlas = load_atlas()
    for cell in grid_of(atlas, CLAIMS.of("border")).cells[::7]:
        placed = place(atlas, cell.selection.view)
        counted = placed.reached if placed.parts is None else placed.parts
        inside = sum(counted.get(code, 0) for code in atlas.border)
        assert cell.outcome.amount == pytest.approx(float(inside))
        assert cell.outcome.activities <= len(placed.selection.activities)


def test_no_period_of_the_grid_hangs_on_the_year_of_the_essay() -> None:
    spans = [(period.first, period.last) for period in periods(CLAIMS)]
    assert spans == [(2008, 2015), (2008, 2016), (2017, 2021), (2008, 2021)]


def test_a_claim_without_data_has_no_grid() -> None:
    assert grid_of(load_atlas(), CLAIMS.of("migration")).cells == ()


def test_a_fair_ledger_leaves_the_border_claim_no_cell_against_people() -> None:
    grid = grid_of(atlas_of(by_population), CLAIMS.of("border"))
    cells = [cell for cell in grid.cells if cell.outcome.need == "population"]
    assert {cell.verdict for cell in cells} <= {Verdict.CONTRADICTED, Verdict.CANNOT_TEST}


def test_a_ledger_in_three_cities_holds_in_every_cell_that_can_be_tested() -> None:
    grid = grid_of(atlas_of(in_three_cities), CLAIMS.of("prevention_cities"))
    assert grid.holds == grid.tested > 0
    later = CountingRule(pillars=(4,), first=2017, last=2021)
    assert cell_of(grid, "", later).verdict is Verdict.CANNOT_TEST


def test_the_grid_of_the_ledger_says_where_the_border_claim_fails() -> None:
    grid = grid_of(load_atlas(), CLAIMS.of("border"))
    assert len(grid.cells) == grid.tested == 288 > grid.holds
    failing = [c for c in grid.cells if c.verdict not in (Verdict.SUPPORTED, Verdict.PARTLY)]
    assert all(c.outcome.need == "homicides" or c.selection.first == 2017 for c in failing)
    assert any(c.outcome.need == "homicides" for c in failing)
    with pytest.raises(KeyError):
        cell_of(grid, "rain", CountingRule())
