"""Neighbours from our own boundaries, and Moran's I against esda and its published examples."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.equity.chance.neighbours import Contiguity, queen_neighbours
from geo.equity.chance.spatial import Caution, Quadrant, benjamini_hochberg, local_moran, moran
from geo.paths import DATA
from tests.mexico_gdp import YEARS, codes, column, income, weights
from tests.toy import toy_country

if TYPE_CHECKING:
    from pathlib import Path

    from hypothesis.strategies import SearchStrategy

QUADRANTS = {
    1: Quadrant.HIGH_HIGH,
    2: Quadrant.LOW_HIGH,
    3: Quadrant.LOW_LOW,
    4: Quadrant.HIGH_LOW,
}
"""esda's numbers of the quadrants."""


def of_pysal(w: Any) -> Contiguity:
    """PySAL's weights as ours; ids become text of equal length, in PySAL's order."""
    names = {key: f"{i:03d}" for i, key in enumerate(w.id_order)}
    return Contiguity(
        tuple(names.values()),
        tuple(tuple(sorted(names[other] for other in w.neighbors[key])) for key in names),
    )


def to_pysal(contiguity: Contiguity) -> Any:
    import libpysal

    near = dict(zip(contiguity.codes, map(list, contiguity.neighbours), strict=True))
    return libpysal.weights.W(near, id_order=list(contiguity.codes), silence_warnings=True)


def pairs(contiguity: Contiguity) -> set[tuple[str, str]]:
    return {
        (code, other)
        for code, near in zip(contiguity.codes, contiguity.neighbours, strict=True)
        for other in near
        if code < other
    }


def test_the_neighbours_of_all_32_states_are_mutual_and_nobody_is_an_island() -> None:
    near = queen_neighbours(DATA)
    assert near.codes == tuple(f"{i:02d}" for i in range(1, 33))
    assert len(pairs(near)) == 67
    assert near.islands == ()
    assert all(code in near.of(other) for code in near.codes for other in near.of(code))
    assert all(code not in near.of(code) for code in near.codes)
    assert near.of("03") == ("02",), "Baja California Sur touches only Baja California"
    assert near.of("31") == ("04", "23")


def test_our_neighbours_are_those_of_pysals_map_but_for_three_it_draws_too_close() -> None:
    """Its old map lets three pairs touch that lie 2 to 11 km apart in INEGI's outlines."""
    rows, w = codes(), weights()
    theirs = {
        tuple(sorted((rows[int(i)], rows[int(j)]))) for i in w.neighbors for j in w.neighbors[i]
    }
    ours = pairs(queen_neighbours(DATA))
    assert ours < theirs
    assert theirs - ours == {("05", "24"), ("10", "14"), ("14", "24")}


def test_our_neighbours_are_what_pysal_finds_in_our_boundaries() -> None:
    import geopandas
    import libpysal

    frame = geopandas.read_file(DATA / "boundaries" / "states.geojson").sort_values("code")
    queen = libpysal.weights.Queen.from_dataframe(frame, ids="code", use_index=False)
    near = queen_neighbours(DATA)
    assert {key: set(value) for key, value in queen.neighbors.items()} == {
        code: set(near.of(code)) for code in near.codes
    }


def test_a_corner_makes_neighbours_as_a_queen_moves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.equity.chance.neighbours.load_states", lambda _data: toy_country())
    near = queen_neighbours(tmp_path)
    assert near.of("01") == ("02", "03", "04")
    assert json.dumps(near.row_standardised()[0].round(6).tolist()) == (
        "[0.0, 0.333333, 0.333333, 0.333333]"
    )
    monkeypatch.setattr(
        "geo.equity.chance.neighbours.load_states", lambda _data: toy_country("01", "04")
    )
    assert queen_neighbours(tmp_path / "other").of("01") == ("04",)


@pytest.mark.parametrize(
    ("weights_file", "table", "name", "published"),
    [("stl.gal", "stl_hom.txt", "HR8893", 0.244), ("sids2.gal", "sids2.dbf", "SIDR74", 0.248)],
)
def test_moran_reproduces_the_published_examples(
    weights_file: str, table: str, name: str, published: float
) -> None:
    """esda's documentation: homicides around St. Louis; infant deaths in North Carolina."""
    found = moran(column(table, name), of_pysal(weights(weights_file)), n=199)
    assert found.i == pytest.approx(published, abs=5e-4)
    assert found.test.p_greater <= 0.01
    if table == "stl_hom.txt":
        assert found.expected == pytest.approx(-0.012987012987012988)


def test_the_quadrants_reproduce_the_published_example() -> None:
    found = local_moran(column("desmith.txt", "z"), of_pysal(weights("desmith.gal")), n=99)
    published = [4, 4, 4, 2, 3, 3, 1, 4, 3, 3]
    assert [here.quadrant for here in found] == [QUADRANTS[q] for q in published]


@pytest.mark.filterwarnings("ignore:The alternative hypothesis for conditional:DeprecationWarning")
@pytest.mark.parametrize("year", YEARS)
def test_moran_and_local_moran_agree_with_esda_on_the_states_of_mexico(year: int) -> None:
    import esda

    near = queen_neighbours(DATA)
    values = income(year)[np.argsort(codes())]
    ours, here = moran(values, near), local_moran(values, near)
    np.random.seed(1)
    theirs = esda.Moran(values, to_pysal(near), permutations=1999)
    local = esda.Moran_Local(values, to_pysal(near), permutations=1999, seed=1)
    assert ours.i == pytest.approx(theirs.I, abs=1e-12)
    assert ours.expected == pytest.approx(theirs.EI, abs=1e-15)
    one_sided = min(ours.test.p_greater, ours.test.p_less)
    assert one_sided == pytest.approx(theirs.p_sim, abs=0.045)
    assert [at.i for at in here] == pytest.approx(local.Is.tolist(), abs=1e-12)
    assert [at.quadrant for at in here] == [QUADRANTS[q] for q in local.q]
    # esda's p is the smaller of the two one-sided ones, ours is twice that.
    assert [at.p / 2 for at in here] == pytest.approx(local.p_sim.tolist(), abs=0.05)


@st.composite
def maps(draw: st.DrawFn) -> tuple[np.ndarray, Contiguity]:
    n = draw(st.integers(3, 9))
    names = tuple(f"{i:02d}" for i in range(1, n + 1))
    links: SearchStrategy[Any] = st.sets(
        st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), min_size=1
    )
    joined = {(min(i, j), max(i, j)) for i, j in draw(links) if i != j} or {(0, 1)}
    near: list[set[int]] = [set() for _ in names]
    for i, j in joined:
        near[i].add(j)
        near[j].add(i)
    values = draw(st.lists(st.integers(0, 9), min_size=n, max_size=n))
    return np.array(values, dtype=float), Contiguity(
        names, tuple(tuple(names[j] for j in sorted(some)) for some in near)
    )


@given(maps())
def test_moran_agrees_with_its_formula_written_out(
    drawn: tuple[np.ndarray, Contiguity],
) -> None:
    values, near = drawn
    found = moran(values, near, n=19)
    if np.ptp(values) == 0:
        assert math.isnan(found.i)
        assert Caution.NO_VARIATION in found.cautions
        assert local_moran(values, near, n=19) == ()
        return
    z = values - values.mean()
    above, s0 = 0.0, 0.0
    for i, others in enumerate(near.neighbours):
        for code in others:
            above += z[i] * z[near.codes.index(code)] / len(others)
            s0 += 1 / len(others)
    assert found.i == pytest.approx(len(z) / s0 * above / (z**2).sum(), abs=1e-12)
    local = local_moran(values, near, n=19)
    assert sum(here.i for here in local) == pytest.approx(
        found.i * s0 * (len(z) - 1) / len(z), abs=1e-12
    )
    for here in local:
        if not near.of(here.code):
            assert (here.i, here.p) == (0, 1)


def test_p_of_a_state_is_that_of_dealing_the_others_values_around_it() -> None:
    """State 1 has the one other high value beside it: of three values dealt one is as high."""
    near = Contiguity(("1", "2", "3", "4"), (("2",), ("1", "3"), ("2", "4"), ("3",)))
    first = local_moran([5, 5, 0, 0], near)[0]
    assert first.p == pytest.approx(2 / 3, abs=0.02)
    assert first.neighbours == 1


def test_a_state_without_a_number_leaves_the_map_with_its_links() -> None:
    near = Contiguity(
        ("1", "2", "3", "4", "5"), (("2", "3"), ("1", "3"), ("1", "2", "4"), ("3", "5"), ("4",))
    )
    fewer = Contiguity(("1", "2", "4", "5"), (("2",), ("1",), ("5",), ("4",)))
    values = [1.0, 3.0, np.nan, 0.0, 7.0]
    assert moran(values, near, n=99) == moran([1, 3, 0, 7], fewer, n=99)
    assert [here.code for here in local_moran(values, near, n=99)] == ["1", "2", "4", "5"]


def test_scale_and_shift_change_no_p_and_the_seed_decides() -> None:
    near = queen_neighbours(DATA)
    values = income(1990)[np.argsort(codes())]
    same, scaled = local_moran(values, near), local_moran(values * 3 + 100, near)
    assert [here.p for here in same] == [here.p for here in scaled]
    assert local_moran(values, near) == same
    assert [h.p for h in local_moran(values, near, seed=5)] != [here.p for here in same]


def test_what_to_beware_of_is_said_as_data() -> None:
    near = queen_neighbours(DATA)
    varied = moran(np.arange(32.0), near, n=19)
    assert varied.cautions == (Caution.FEW_AREAS,)
    zeros = np.where(np.arange(32) < 16, 0.0, np.arange(32.0))
    assert Caution.MANY_TIES in moran(zeros, near, n=19).cautions
    fewer_zeros = np.where(np.arange(32) < 15, 0.0, np.arange(32.0))
    assert Caution.MANY_TIES not in moran(fewer_zeros, near, n=19).cautions
    alone = np.arange(32.0)
    alone[1] = np.nan
    assert Caution.ISLANDS in moran(alone, near, n=19).cautions, "without 02, 03 has nobody"
    nothing = moran(np.full(32, np.nan), near, n=19)
    assert Caution.NO_VARIATION in nothing.cautions
    assert math.isnan(nothing.i)


def test_the_values_have_to_fit_the_map() -> None:
    near = queen_neighbours(DATA)
    with pytest.raises(ValueError, match="32 states need as many values"):
        moran([1, 2], near)
    with pytest.raises(ValueError, match="infinite"):
        moran([np.inf] * 32, near)


NEUHAUS = (
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
)


def test_the_correction_reproduces_the_example_of_benjamini_and_hochberg() -> None:
    """Their 15 p-values of Neuhaus et al.: the first four are found at a rate of 0.05."""
    assert int((benjamini_hochberg(NEUHAUS) <= 0.05).sum()) == 4


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_the_correction_agrees_with_scipy(p_values: list[float]) -> None:
    from scipy.stats import false_discovery_control

    assert benjamini_hochberg(p_values) == pytest.approx(
        false_discovery_control(p_values), abs=1e-15
    )


def test_a_state_is_marked_only_when_it_passes_the_correction() -> None:
    near = queen_neighbours(DATA)
    values = income(2000)[np.argsort(codes())]
    found = local_moran(values, near)
    corrected = benjamini_hochberg([here.p for here in found])
    for here, adjusted in zip(found, corrected, strict=True):
        assert here.adjusted == adjusted
        assert here.adjusted >= here.p
        assert here.marked == (adjusted <= 0.05)
    assert all(here.marked for here in local_moran(values, near, rate=1.0))
