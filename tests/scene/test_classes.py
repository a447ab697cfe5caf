"""Classes: whatever the values, each is in exactly one class and no class is empty."""

from __future__ import annotations

import math
import warnings
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geo.atlas import load_atlas
from geo.scene import Classes, build_scene, check_classes, classify
from geo.scene.class_check import variance_fit
from geo.view import CLASS_COUNTS, SCHEMES, View
from tests.strategies import views
from tests.toy_ledger import toy_atlas

if TYPE_CHECKING:
    from types import ModuleType

K = st.sampled_from(CLASS_COUNTS)
SCHEME = st.sampled_from(SCHEMES)
SIZE = st.floats(1e-3, 1e12)
ANY = st.one_of(
    SIZE, SIZE.map(lambda size: -size), st.integers(-5, 5).filter(bool).map(float), st.just(1.0)
)
VALUES = st.lists(ANY, min_size=1, max_size=32)
POSITIVE = st.lists(st.one_of(SIZE, st.integers(1, 6).map(float)), min_size=1, max_size=32)
DISTINCT = st.lists(st.integers(1, 10_000), min_size=9, max_size=32, unique=True)


def misfit(values: list[float], classes: Classes) -> float:
    """Sum of squared deviations from the mean of each class."""
    groups: dict[int, list[float]] = {}
    for value in values:
        groups.setdefault(classes.index_of(value), []).append(value)
    return sum(
        (value - sum(group) / len(group)) ** 2 for group in groups.values() for value in group
    )


def assert_partition(classes: Classes, values: list[float]) -> None:
    members = Counter(classes.index_of(value) for value in values)
    assert set(members) == set(range(classes.count)), "every class holds a value"
    assert list(classes.uppers) == sorted(set(classes.uppers))
    for value in values:
        holding = [
            index
            for index, upper in enumerate(classes.uppers)
            if value <= upper and (index == 0 or value > classes.uppers[index - 1])
        ]
        assert holding == [classes.index_of(value)], "exactly one class, closed above"


class TestForAnyValues:
    @given(VALUES, SCHEME, K)
    def test_every_value_is_in_exactly_one_class_and_no_class_is_empty(
        self, values: list[float], scheme: str, k: int
    ) -> None:
        classes = classify(values, scheme, k)
        assert_partition(classes, values)
        assert 1 <= classes.count <= min(k, len(set(values)))
        assert classes.low == min(values)
        assert classes.uppers[-1] == max(values)

    @given(VALUES, SCHEME, K, st.sampled_from([0.0, 1.0]))
    def test_no_class_crosses_the_centre(
        self, values: list[float], scheme: str, k: int, centre: float
    ) -> None:
        classes = classify(values, scheme, k, centre=centre)
        assert_partition(classes, values)
        assert classes.count <= k
        for value in values:
            assert (classes.index_of(value) < classes.below) == (value < centre)

    @given(VALUES, SCHEME, K, st.sampled_from([0.0, 1.0]))
    def test_two_classes_that_meet_at_the_centre_share_it_in_the_legend(
        self, values: list[float], scheme: str, k: int, centre: float
    ) -> None:
        classes = classify(values, scheme, k, centre=centre)
        bounds = classes.bounds
        assert len(bounds) == classes.count
        for (_, upper), (lower, _) in pairwise(bounds):
            assert upper == lower
        if 0 < classes.below < classes.count:
            assert bounds[classes.below][0] == centre

    @given(VALUES, SCHEME, K, st.randoms(use_true_random=False))
    def test_the_order_of_the_values_does_not_matter(
        self, values: list[float], scheme: str, k: int, chance: Any
    ) -> None:
        mixed = chance.sample(values, len(values))
        assert classify(values, scheme, k) == classify(mixed, scheme, k)

    @given(POSITIVE, st.sampled_from(["jenks", "quantiles", "equal"]), K)
    def test_the_unit_does_not_matter(self, values: list[float], scheme: str, k: int) -> None:
        # A power of two scales floats exactly: even a tie between two best breaks stays one.
        one = classify(values, scheme, k)
        two = classify([value * 1024 for value in values], scheme, k)
        assert [one.index_of(v) for v in values] == [two.index_of(v * 1024) for v in values]

    @given(
        st.lists(st.integers(1, 60), min_size=1, max_size=32),
        st.sampled_from(["quantiles", "equal", "log"]),
        K,
        st.sampled_from([18.9112, 0.1, 1e6 / 3, 7.0]),
    )
    def test_the_rate_of_exchange_does_not_matter(
        self, values: list[int], scheme: str, k: int, rate: float
    ) -> None:
        one = classify(values, scheme, k)
        two = classify([value * rate for value in values], scheme, k)
        assert [one.index_of(v) for v in values] == [two.index_of(v * rate) for v in values]

    @given(st.lists(ANY, min_size=2, max_size=32), SCHEME, K)
    def test_higher_values_are_never_in_lower_classes(
        self, values: list[float], scheme: str, k: int
    ) -> None:
        classes = classify(values, scheme, k)
        indices = [classes.index_of(value) for value in sorted(values)]
        assert indices == sorted(indices)


class TestEdges:
    @pytest.mark.parametrize("scheme", SCHEMES)
    def test_nothing_to_class_gives_no_class(self, scheme: str) -> None:
        classes = classify([], scheme, 5)
        assert (classes.count, classes.bounds, classes.uppers) == (0, (), ())
        assert math.isnan(classes.low)

    @pytest.mark.parametrize("scheme", SCHEMES)
    @pytest.mark.parametrize("values", [[7.0], [7.0] * 32, [-2.0, -2.0]])
    def test_one_value_however_often_is_one_class(self, scheme: str, values: list[float]) -> None:
        assert classify(values, scheme, 5).bounds == ((values[0], values[0]),)

    @pytest.mark.parametrize("scheme", SCHEMES)
    def test_ties_leave_fewer_classes_than_asked_and_say_so(self, scheme: str) -> None:
        classes = classify([1.0] * 20 + [2.0] * 6 + [9.0] * 6, scheme, 5)
        assert classes.count <= 3
        assert classes.asked == 5
        assert_partition(classes, [1.0, 2.0, 9.0])

    def test_a_class_is_closed_above(self) -> None:
        classes = classify([0.0, 2.0, 4.0, 6.0, 8.0, 10.0], "equal", 5)
        assert classes.uppers == (2.0, 4.0, 6.0, 8.0, 10.0)
        assert [classes.index_of(v) for v in (0.0, 2.0, 2.1, 4.0, 10.0)] == [0, 0, 1, 1, 4]

    def test_equal_ratios(self) -> None:
        classes = classify([1.0, 10.0, 100.0, 1000.0], "log", 3)
        assert classes.uppers == (10.0, 100.0, 1000.0)

    @pytest.mark.parametrize("scheme", ["equal", "quantiles"])
    def test_a_break_that_falls_on_a_value_is_that_value_to_the_last_bit(self, scheme: str) -> None:
        values = [0.1 * i for i in range(1, 11)]
        assert set(classify(values, scheme, 9).uppers) <= set(values)

    def test_equal_ratios_fall_back_to_equal_steps_where_a_value_is_not_positive(self) -> None:
        values = [-5.0, 1.0, 20.0, 35.0]
        assert classify(values, "log", 3).uppers == classify(values, "equal", 3).uppers

    @given(DISTINCT, st.integers(2, 6), st.integers(1, 10_000))
    def test_natural_breaks_share_the_classes_between_two_sides_in_the_best_way(
        self, whole: list[int], k: int, centre: int
    ) -> None:
        values = [float(value) for value in whole]
        under = [value for value in values if value < centre]
        over = [value for value in values if value >= centre]
        found = variance_fit(values, classify(values, "jenks", k, centre=centre))
        if not under or not over:
            return
        misfits = [
            misfit(under, classify(under, "jenks", below))
            + misfit(over, classify(over, "jenks", k - below))
            for below in range(1, k)
        ]
        mean = sum(values) / len(values)
        best = 1 - min(misfits) / sum((value - mean) ** 2 for value in values)
        assert found == pytest.approx(best)

    def test_the_map_on_which_another_split_was_better_has_it(self) -> None:
        scene = build_scene(load_atlas(), View(per="population", show="ratio"))
        fits = {fit.scheme: fit.variance for fit in check_classes(scene).fits}
        assert fits["jenks"] == pytest.approx(0.959, abs=5e-4)

    @given(views(scheme="jenks"))
    def test_no_scheme_fits_better_than_natural_breaks_at_parity_either(self, view: View) -> None:
        assert check_classes(build_scene(load_atlas(), view)).best_variance[:1] in ((), ("jenks",))

    def test_both_sides_of_the_centre_get_at_least_one_class(self) -> None:
        classes = classify([0.99, *(1.0 + i for i in range(31))], "quantiles", 3, centre=1.0)
        assert classes.below == 1
        assert classes.count == 3

    def test_the_centre_itself_lies_above(self) -> None:
        classes = classify([0.5, 1.0, 1.5], "equal", 3, centre=1.0)
        assert classes.index_of(1.0) == classes.below == 1


@given(views())
def test_zero_and_no_data_are_never_classed(view: View) -> None:
    for state in build_scene(toy_atlas(), view).states:
        assert (state.klass is not None) == (state.value is not None and state.value != 0)


@pytest.fixture(scope="module")
def mapclassify() -> ModuleType:
    found: ModuleType = pytest.importorskip("mapclassify")
    return found


def theirs(make: Any, values: list[int], k: int) -> Any:
    import numpy as np

    with warnings.catch_warnings():
        # Their remark that the optional numba is not installed, and nothing else.
        warnings.filterwarnings("ignore", message="Numba not installed", category=UserWarning)
        return make(np.array(values, dtype=float), k)


def clear_of_breaks(values: list[int], bins: Any) -> bool:
    """Whether no value lies on a break, where theirs fall to a side by the last bit of a float."""
    return all(value == b or abs(value - b) > 1e-6 for value in values for b in bins)


def within(groups: dict[int, list[float]]) -> float:
    """Sum of squares around the mean of each class."""
    return sum(
        sum((v - sum(members) / len(members)) ** 2 for v in members) for members in groups.values()
    )


def grouped(indices: Any, values: list[int]) -> dict[int, list[float]]:
    groups: dict[int, list[float]] = {}
    for index, value in zip(indices, values, strict=True):
        groups.setdefault(int(index), []).append(float(value))
    return groups


class TestAgainstMapclassify:
    @given(DISTINCT, K)
    def test_natural_breaks_are_as_tight_as_fisher_jenks(
        self, mapclassify: ModuleType, values: list[int], k: int
    ) -> None:
        classes = classify(values, "jenks", k)
        mine = grouped([classes.index_of(v) for v in values], values)
        other = grouped(theirs(mapclassify.FisherJenks, values, k).yb, values)
        assert len(mine) == len(other) == k
        assert within(mine) == pytest.approx(within(other), rel=1e-9, abs=1e-6)

    @given(DISTINCT, K)
    def test_quantiles(self, mapclassify: ModuleType, values: list[int], k: int) -> None:
        classes = classify(values, "quantiles", k)
        other = theirs(mapclassify.Quantiles, values, k)
        assert list(classes.uppers) == pytest.approx(list(other.bins))
        assume(clear_of_breaks(values, other.bins))
        assert [classes.index_of(v) for v in values] == list(other.yb)

    @given(DISTINCT, K)
    def test_equal_intervals(self, mapclassify: ModuleType, values: list[int], k: int) -> None:
        other = theirs(mapclassify.EqualInterval, values, k)
        assume(clear_of_breaks(values, other.bins))
        classes = classify(values, "equal", k)
        bins = list(other.bins)
        assert all(any(upper == pytest.approx(b) for b in bins) for upper in classes.uppers)
        mine = grouped([classes.index_of(v) for v in values], values)
        assert sorted(mine.values()) == sorted(grouped(other.yb, values).values())
