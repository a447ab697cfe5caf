"""The summary of a view says what the indices say of the scene's amounts, and says it once."""

from __future__ import annotations

import dataclasses
import math
import subprocess
import sys

import numpy as np
import pytest

from geo.atlas import Atlas, load_atlas
from geo.equity import indices
from geo.equity.groups import DEGREES, GROUPINGS, RANKINGS, grouping, ranking
from geo.equity.summary import NEEDS, EquitySummary, equity_of, summarise
from geo.scene import build_scene
from geo.view import View
from tests.covering import covering
from tests.serving import ROOT

DOLLARS = View(measure="usd")


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas()


def people(atlas: Atlas) -> np.ndarray:
    return np.array(list(atlas.indicators.need("population", atlas.states, View()).values()))


def of_amounts(atlas: Atlas, amounts: np.ndarray, need: str = "population") -> EquitySummary:
    return summarise(atlas, View(), need, tuple(amounts.tolist()), n=199)


@pytest.mark.parametrize(
    ("need", "view"),
    covering(
        NEEDS,
        [View(), DOLLARS, View(pillar=(4,), found="systematic"), View(evidence="attributed")],
    ),
)
def test_a_summary_holds_what_the_indices_give_for_the_amounts_of_the_scene(
    atlas: Atlas, view: View, need: str
) -> None:
    found = equity_of(atlas, view, need, n=99)
    shown = [state.measure.amount for state in build_scene(atlas, view).states]
    a = np.array([0.0 if amount is None else amount for amount in shown])
    if need == "equal":
        w = np.ones(32)
    else:
        w = np.array(list(atlas.indicators.need(need, atlas.states, view).values()))
    assert found.codes == tuple(atlas.states)
    assert found.amounts == tuple(a)
    assert found.needs == tuple(w)
    assert found.total == pytest.approx(build_scene(atlas, view).total)
    assert (found.n_used, found.without_figure) == (32, shown.count(None))
    for name in ("gini", "theil", "hoover"):
        index = getattr(indices, name)
        assert found.ranges[name].value == index(a, w)
        assert found.ranges[name].low <= index(a, w) <= found.ranges[name].high
    assert found.gini == indices.gini(a, w)
    assert found.ranges["herfindahl"].value == indices.herfindahl(a)
    assert found.lorenz.aid == tuple(indices.lorenz(a, w)[1])
    assert set(found.groups) == set(GROUPINGS)
    for name, group in found.groups.items():
        labels = list(grouping(atlas, name).values())
        assert group.decomposition == indices.theil_decomposition(a, labels, w)
        assert group.between.observed == pytest.approx(group.decomposition.between_share)
        assert (group.difference is None) == name.startswith("marginalization")
    border = found.groups["border"]
    assert border.difference is not None
    assert border.difference.exact
    assert border.difference.labelings == math.comb(32, 6)
    assert set(found.concentration) == set(RANKINGS)
    assert found.moran.i == found.moran.test.observed
    assert len(found.local) == 32


def test_a_state_without_published_dollars_has_no_documented_dollars(atlas: Atlas) -> None:
    found = equity_of(atlas, DOLLARS, n=99)
    scene = build_scene(atlas, DOLLARS)
    without = [state.code for state in scene.states if state.measure.amount is None]
    assert without
    assert found.without_figure == len(without)
    assert all(found.amounts[found.codes.index(code)] == 0 for code in without)
    assert found.n_used == 32, "a state without a figure stays in the country"


def test_activities_are_counted_in_every_state(atlas: Atlas) -> None:
    assert equity_of(atlas, View(), n=99).without_figure == 0


def test_the_border_comes_out_as_its_share_ratios_say(atlas: Atlas) -> None:
    found = equity_of(atlas, View(), n=99)
    a, w = np.array(found.amounts), np.array(found.needs)
    border = np.array([code in atlas.border for code in found.codes])
    inside = (a[border].sum() / a.sum()) / (w[border].sum() / w.sum())
    outside = (a[~border].sum() / a.sum()) / (w[~border].sum() / w.sum())
    difference = found.groups["border"].difference
    assert difference is not None
    assert difference.observed == pytest.approx(inside - outside)


def test_aid_proportional_to_population_shows_nothing_at_all(atlas: Atlas) -> None:
    found = of_amounts(atlas, people(atlas) / 1000)
    for name in ("gini", "theil", "hoover"):
        assert found.ranges[name].value == pytest.approx(0, abs=1e-12)
    for group in found.groups.values():
        assert group.between.p_greater == 1
        assert group.difference is None or group.difference.p_less == 1
    assert found.concentration["poverty"].index == pytest.approx(0, abs=1e-12)
    assert (math.isnan(found.moran.i), found.local) == (True, ())


def test_aid_proportional_to_need_has_no_progressivity_of_its_own(atlas: Atlas) -> None:
    for name in ("homicides", "poverty"):
        need = np.array(list(atlas.indicators.need(name, atlas.states, View()).values()))
        found = of_amounts(atlas, need / 100, name)
        assert found.concentration[name].index > 0, "it leans to where need is densest"


def test_all_of_it_on_the_border_is_as_much_between_as_there_can_be(atlas: Atlas) -> None:
    border = np.array([code in atlas.border for code in atlas.states], dtype=float)
    found = of_amounts(atlas, border, "equal")
    group = found.groups["border"]
    assert group.decomposition.between_share == pytest.approx(1)
    assert group.between.p_greater == 1 / math.comb(32, 6)
    assert found.moran.i > found.moran.expected


def test_nothing_given_at_all_is_not_defined_and_raises_nothing(atlas: Atlas) -> None:
    found = of_amounts(atlas, np.zeros(32))
    assert found.total == 0
    for value in (found.gini, found.ranges["hoover"].value, found.moran.i):
        assert math.isnan(value)
    assert math.isnan(found.groups["border"].between.p_greater)
    assert found.local == ()


def test_the_need_is_the_views_own_unless_another_is_asked_for(atlas: Atlas) -> None:
    assert equity_of(atlas, View(), n=99).need == "population"
    assert equity_of(atlas, View(per="poverty"), n=99).need == "poverty"
    assert equity_of(atlas, View(per="poverty"), "homicides", n=99).need == "homicides"
    with pytest.raises(ValueError, match="'income' is none of equal, population"):
        equity_of(atlas, View(), "income", n=99)


def test_how_the_map_shows_a_view_computes_nothing_anew(atlas: Atlas) -> None:
    one = equity_of(atlas, View(), "population", n=99)
    for view in (
        View(lang="es", state="08", layers=()),
        View(scheme="quantiles", k=3, show="ratio"),
        View(per="homicides", split="population"),
    ):
        assert equity_of(atlas, view, "population", n=99) is one
    assert equity_of(atlas, View(evidence="attributed"), "population", n=99) is not one
    assert equity_of(atlas, View(weak="include"), "population", n=99) is not one


def test_a_summary_is_frozen(atlas: Atlas) -> None:
    found = equity_of(atlas, View(), n=99)
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.gini = 0.0  # type: ignore[misc]
    with pytest.raises(TypeError):
        found.ranges["gini"] = None  # type: ignore[index]


@pytest.mark.parametrize("name", GROUPINGS)
def test_a_grouping_puts_each_state_into_one_group(atlas: Atlas, name: str) -> None:
    assert list(grouping(atlas, name)) == list(atlas.states)


def test_the_groups_are_those_of_the_data(atlas: Atlas) -> None:
    border, sez = grouping(atlas, "border"), grouping(atlas, "sez")
    assert {code for code, key in border.items() if key == "border"} == set(atlas.border)
    assert {code for code, key in sez.items() if key == "sez"} == {
        code for code, state in atlas.states.items() if state.sez
    }
    degree = grouping(atlas, "marginalization")
    assert set(degree.values()) == set(DEGREES.values())
    assert {code for code, key in degree.items() if key == "very_high"} == {"07", "12", "20"}
    earlier = grouping(atlas, "marginalization_2010")
    assert {code for code, key in earlier.items() if key == "very_high"} == {"07", "12", "20"}
    assert degree != earlier
    with pytest.raises(KeyError):
        grouping(atlas, "climate")


def test_rankings_put_the_most_need_last(atlas: Atlas) -> None:
    last = {name: ranking(atlas, name, View()).rank_by.argmax() for name in RANKINGS}
    codes = list(atlas.states)
    assert codes[last["population"]] == "15", "the state of México has most people"
    assert codes[last["poverty"]] in {"07", "12", "20"}
    degree = grouping(atlas, "marginalization")
    order = np.argsort(ranking(atlas, "marginalization", View()).rank_by)
    degrees = [degree[codes[i]] for i in order]
    assert degrees[-3:] == ["very_high"] * 3
    assert degrees[:4] == ["very_low"] * 4
    with pytest.raises(KeyError):
        ranking(atlas, "income", View())


def test_a_summary_needs_numpy_and_shapely_and_nothing_heavier() -> None:
    code = (
        "import sys;"
        "from geo.atlas.atlas import load_atlas; from geo.view.view import View;"
        "from geo.equity.summary import equity_of;"
        "equity_of(load_atlas(), View(), n=99);"
        "heavy = {'pandas', 'scipy', 'geopandas', 'libpysal', 'streamlit'} & set(sys.modules);"
        "assert not heavy, heavy"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_indices_are_not_on_the_way_to_the_first_map() -> None:
    code = (
        "import sys;"
        "from geo.atlas.atlas import load_atlas; from geo.view.view import View;"
        "from geo.scene.scene import build_scene;"
        "build_scene(load_atlas(), View());"
        "assert not [name for name in sys.modules if name.startswith('geo.equity')]"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
