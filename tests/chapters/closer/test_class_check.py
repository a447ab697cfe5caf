"""The classification check against mapclassify, against brute force and by hand."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.atlas import load_atlas
from geo.chapters.closer.class_breaks import class_check_html, class_check_words
from geo.language import speech
from geo.policy import DEFAULT_SCHEME
from geo.scene import Classes, build_scene, classify
from geo.scene.class_check import check_classes, deviation_fit, variance_fit
from geo.view import SCHEMES, View
from tests.research import researched
from tests.strategies import views

numbers = st.lists(st.integers(1, 60).map(float), min_size=4, max_size=12)


@given(numbers, st.sampled_from(SCHEMES), st.integers(2, 5))
def test_the_deviation_fit_is_that_of_mapclassify(values: list[float], scheme: str, k: int) -> None:
    import mapclassify

    classes = classify(values, scheme, k)
    theirs = mapclassify.UserDefined(np.array(values), list(classes.uppers))
    whole = sum(abs(v - np.median(values)) for v in values)
    mine = deviation_fit(values, classes)
    if mine is None:
        assert whole == 0
        return
    assert mine == pytest.approx(1 - theirs.get_adcm() / whole)


@given(numbers, st.integers(2, 4))
def test_no_other_breaks_fit_better_than_natural_ones(values: list[float], k: int) -> None:
    distinct = sorted(set(values))
    if len(distinct) <= k:
        return
    best = max(
        variance_fit(values, Classes(distinct[0], (*uppers, distinct[-1]), k, "any")) or 0.0
        for uppers in combinations(distinct[:-1], k - 1)
    )
    assert variance_fit(values, classify(values, "jenks", k)) == pytest.approx(best)


@given(numbers)
def test_one_class_fits_nothing_and_a_class_for_each_value_fits_all(values: list[float]) -> None:
    if len(set(values)) < 2:
        assert variance_fit(values, classify(values, "jenks", 3)) is None
        return
    assert variance_fit(values, classify(values, "equal", 1)) == pytest.approx(0)
    assert variance_fit(values, classify(values, "jenks", len(set(values)))) == pytest.approx(1)


@given(views())
def test_the_views_own_scheme_moves_no_state_and_others_say_from_where_to_where(
    view: View,
) -> None:
    scene = build_scene(load_atlas(), view)
    check = check_classes(scene)
    for fit in check.fits:
        if fit.scheme == view.scheme:
            assert fit.moved == ()
        for code, old, new in fit.moved:
            assert old != new
            assert old == (scene.state(code).klass or 0) + 1
            assert 1 <= new <= fit.classes.count
    assert [k for k, _, _ in check.by_count] == list(range(3, 10))


def test_the_default_scheme_is_the_best_one_for_the_default_view_and_that_is_said() -> None:
    scene = build_scene(researched(), View())
    check = check_classes(scene)
    assert View().scheme == DEFAULT_SCHEME
    assert check.best_variance == (DEFAULT_SCHEME,)
    told = " ".join(class_check_words(scene, check, speech("en")))
    assert "Natural breaks (Jenks) fits these values best" in told
    assert "0.979" in told
    assert "starts with Natural breaks (Jenks) for this reason" in told


@pytest.mark.parametrize("show", ["value", "share", "ratio", "gap"])
@pytest.mark.parametrize("per", ["none", "population", "homicides", "poverty"])
def test_where_no_class_crosses_parity_the_default_scheme_is_never_called_best_unless_it_is(
    show: str, per: str
) -> None:
    scene = build_scene(load_atlas(), View(show=show, per=per))
    check = check_classes(scene)
    told = " ".join(class_check_words(scene, check, speech("en")))
    assert ("is not the best one in this view" in told) == (
        DEFAULT_SCHEME not in check.best_variance
    )


@pytest.mark.parametrize("lang", ["en", "es"])
def test_nothing_to_class_is_said_and_not_drawn(lang: str) -> None:
    view = View(measure="usd", from_year=2021, to_year=2021, pillar=(5,))
    html = class_check_html(load_atlas(), build_scene(load_atlas(), view), "", speech(lang))
    assert "ma-drawing" not in html
