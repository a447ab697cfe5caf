"""Need against aid: classes of both axes, colours that stay apart, a legend that adds up."""

from __future__ import annotations

import math
import re
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given

from geo.atlas import load_atlas
from geo.chapters.closer.bivariate import FILLS, LETTERS, cross
from geo.chapters.closer.scatter import cross_legend_html, need_html, need_words, scatter_svg
from geo.language import speech
from geo.scene import NO_DATA, ZERO, build_scene
from geo.scene.palette import NO_DATA_FILL, OUTLINE, ZERO_FILL
from geo.view import View
from tests.contrast import contrast
from tests.strategies import views

VISIONS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Matrices of full dichromacy on linear RGB: Machado, Oliveira and Fernandes 2009, table 1."""


def oklab(colour: str, vision: str) -> tuple[float, float, float]:
    """A colour as a vision sees it, in Oklab, where equal distances look equally different."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    r, g, b = (
        max(0.0, sum(m * c for m, c in zip(row, linear, strict=True))) for row in VISIONS[vision]
    )
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    mid = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.793617785 * mid - 0.0040720468 * short,
        1.9779984951 * long - 2.428592205 * mid + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * mid - 0.808675766 * short,
    )


@pytest.mark.parametrize("vision", VISIONS)
def test_any_two_of_the_nine_colours_stay_apart_for_every_colour_vision(vision: str) -> None:
    fills = [fill for row in FILLS for fill in row]
    assert len(set(fills)) == 9
    for one, other in combinations(fills, 2):
        assert math.dist(oklab(one, vision), oklab(other, vision)) > 0.085, (one, other)


def test_every_colour_holds_against_the_outline_and_is_none_of_zero_or_no_data() -> None:
    fills = [fill for row in FILLS for fill in row]
    assert min(contrast(fill, OUTLINE) for fill in fills) >= 3
    assert not {ZERO_FILL, NO_DATA_FILL} & set(fills)


def test_neighbours_in_the_square_differ_in_contrast_and_none_is_told_by_a_pattern() -> None:
    square = np.array(FILLS)
    beside = [*zip(square[:, :-1].flat, square[:, 1:].flat, strict=True)]
    above = [*zip(square[:-1].flat, square[1:].flat, strict=True)]
    assert min(contrast(*pair) for pair in (*beside, *above)) >= 1.25
    markup = cross_legend_html(build_scene(load_atlas(), View(pillar=(4,))), speech("en"))
    kinds = re.findall(r'<td class="(\w*)" style="background-color:(#\w+)', markup)
    assert {fill: kind for kind, fill in kinds if kind} == {ZERO_FILL: "none"}
    assert len(kinds) == 12


@given(views())
def test_more_aid_or_need_is_never_a_lower_class_and_zero_is_a_class_of_its_own(
    view: View,
) -> None:
    crossed = cross(build_scene(load_atlas(), view))
    for one, other in combinations(crossed.states, 2):
        if one.need_share < other.need_share:
            assert one.need <= other.need
        if one.share and other.share and one.share < other.share:
            assert (one.aid or 0) <= (other.aid or 0)
    for state in crossed.states:
        assert (state.aid is None) == (not state.share)
        assert state.status == (NO_DATA if state.share is None else state.status)
        if state.status == ZERO:
            assert state.name.startswith("0")
            assert state.fill == ZERO_FILL
    assert sum(crossed.counts().values()) == 32


@given(views())
def test_the_legends_counts_add_up_to_all_states(view: View) -> None:
    scene = build_scene(load_atlas(), view)
    html = str(cross_legend_html(scene, speech("en")))
    counted = dict(re.findall(r"<b>([0A-C][1-3])</b> (\d+)", html))
    missing = sum(1 for state in cross(scene).states if state.status == NO_DATA)
    assert sum(map(int, counted.values())) + missing == 32
    assert ("without a published figure" in html) == bool(missing)
    assert LETTERS == ("A", "B", "C")


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("view", [View(), View(measure="usd"), View(per="homicides", pillar=(5,))])
def test_every_state_with_a_number_is_a_point_and_the_others_are_counted(
    view: View, lang: str
) -> None:
    scene = build_scene(load_atlas(), view)
    crossed = cross(scene)
    svg = str(scatter_svg(load_atlas(), crossed, scene, "08", speech(lang)))
    drawn = set(re.findall(r'data-state="(\d\d)"', svg))
    assert drawn == {state.code for state in crossed.states if state.share is not None}
    assert svg.count('tabindex="0"') == bool(drawn)
    assert need_html(load_atlas(), scene, "08", speech(lang)).count('data-state="08"') >= 1


def test_a_point_without_a_figure_is_not_drawn_at_zero_and_that_is_said() -> None:
    scene = build_scene(load_atlas(), View(measure="usd"))
    told = " ".join(need_words(cross(scene), scene, speech("en")))
    missing = sum(1 for state in scene.states if state.status == NO_DATA)
    assert f"{missing} states have no published figure" in told
    assert "not zero" in told
