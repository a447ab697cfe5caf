"""Colours: they hold against the outline, run from light to dark, and stay apart for all eyes."""

from __future__ import annotations

import re
from itertools import pairwise, product

import numpy as np
import pytest
from numpy.typing import NDArray

from geo.paths import ASSETS
from geo.scene.palette import (
    ACCENT,
    INK,
    NO_DATA_FILL,
    NOT_APPLICABLE_FILL,
    OUTLINE,
    ZERO_FILL,
    pattern_of,
    ramp,
)
from tests.contrast import contrast

COUNTS = range(1, 10)
DIVERGING = [(count, below) for count in COUNTS for below in range(count + 1)]
STATUSES = (ZERO_FILL, NO_DATA_FILL, NOT_APPLICABLE_FILL)

NON_TEXT_CONTRAST = 3.0
"""WCAG 2.1, 1.4.11."""

CLASS_CONTRAST = 1.25
"""Neighbouring classes of a map, by relative luminance: as seen by every eye, and in grey."""

JUST_NOTICEABLE = 2.3
"""The smallest difference between two colours that is seen (CIE76; Mahy and others, 1994)."""

VISIONS: dict[str, NDArray[np.float64]] = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
"""Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB."""


def lab(colour: str, vision: str = "normal") -> NDArray[np.float64]:
    """CIE L*a*b* (D65) of a colour as an eye of that vision sees it."""
    channels = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    seen = np.clip(VISIONS[vision] @ linear, 0, 1)
    to_xyz = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ]
    )
    xyz = to_xyz @ seen / np.array([0.95047, 1.0, 1.08883])
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: str, other: str, vision: str) -> float:
    return float(np.linalg.norm(lab(one, vision) - lab(other, vision)))


def lightness(colour: str) -> float:
    return float(lab(colour)[0])


def test_the_measuring_stick_is_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert lab("#ffffff") == pytest.approx([100, 0, 0], abs=0.01)
    assert difference("#ff0000", "#00ff00", "normal") > 150
    red_and_olive = difference("#b03030", "#5f6b00", "deuteranopia")
    assert red_and_olive < difference("#b03030", "#5f6b00", "normal") / 3


@pytest.mark.parametrize("count", COUNTS)
def test_every_fill_holds_against_the_outline(count: int) -> None:
    assert len(ramp(count)) == count
    for fill in (*ramp(count), *STATUSES):
        assert contrast(fill, OUTLINE) >= NON_TEXT_CONTRAST


@pytest.mark.parametrize(("count", "below"), DIVERGING)
def test_every_diverging_fill_holds_against_the_outline(count: int, below: int) -> None:
    fills = ramp(count, below=below)
    assert len(fills) == count
    assert min(contrast(fill, OUTLINE) for fill in fills) >= NON_TEXT_CONTRAST


@pytest.mark.parametrize("count", COUNTS)
def test_more_is_darker(count: int) -> None:
    steps = [lightness(fill) for fill in ramp(count)]
    assert all(one > other for one, other in pairwise(steps))


@pytest.mark.parametrize(("count", "below"), DIVERGING)
def test_farther_from_parity_is_darker_on_both_sides(count: int, below: int) -> None:
    steps = [lightness(fill) for fill in ramp(count, below=below)]
    assert all(one < other for one, other in pairwise(steps[:below]))
    assert all(one > other for one, other in pairwise(steps[below:]))


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("count", COUNTS)
def test_neighbouring_classes_stay_apart_for_every_common_vision(count: int, vision: str) -> None:
    apart = [difference(*pair, vision) for pair in pairwise(ramp(count))]
    needed = 4 * JUST_NOTICEABLE if count <= 5 else 1.5 * JUST_NOTICEABLE
    assert min(apart, default=100) >= needed


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize(("count", "below"), DIVERGING)
def test_so_do_neighbouring_classes_around_parity(count: int, below: int, vision: str) -> None:
    apart = [difference(*pair, vision) for pair in pairwise(ramp(count, below=below))]
    assert min(apart, default=100) >= 2 * JUST_NOTICEABLE


@pytest.mark.parametrize("vision", VISIONS)
def test_below_and_above_parity_are_never_mistaken_for_each_other(vision: str) -> None:
    for count, below in DIVERGING:
        fills = ramp(count, below=below)
        for one, other in product(fills[:below], fills[below:]):
            assert difference(one, other, vision) >= 2 * JUST_NOTICEABLE


@pytest.mark.parametrize("vision", VISIONS)
def test_zero_no_data_and_not_applicable_look_different(vision: str) -> None:
    for one, other in ((0, 1), (0, 2), (1, 2)):
        assert difference(STATUSES[one], STATUSES[other], vision) >= 4 * JUST_NOTICEABLE


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("count", COUNTS[:-1])
def test_zero_looks_like_no_class(count: int, vision: str) -> None:
    apart = [difference(ZERO_FILL, fill, vision) for fill in ramp(count)]
    assert min(apart) >= 4 * JUST_NOTICEABLE


@pytest.mark.parametrize(("count", "below"), [*((count, None) for count in COUNTS), *DIVERGING])
def test_neighbouring_classes_differ_in_contrast_across_parity_too(
    count: int, below: int | None
) -> None:
    fills = ramp(count, below=below)
    assert min((contrast(*pair) for pair in pairwise(fills)), default=21) >= CLASS_CONTRAST
    # What is no class has a pattern, since the palest of nine is nearly white.
    assert not [fill for fill in fills if pattern_of(fill)]
    one_side = count if below is None else max(below, count - below)
    if one_side < 9:
        assert min((contrast(fill, ZERO_FILL) for fill in fills), default=21) >= CLASS_CONTRAST


def test_what_is_no_class_is_told_by_a_pattern_of_its_own() -> None:
    assert len({pattern_of(fill) for fill in STATUSES} - {""}) == len(STATUSES)


def test_the_colours_of_text_are_those_of_the_pages() -> None:
    sheet = "".join(path.read_text(encoding="utf-8") for path in ASSETS.glob("page-*.css"))
    light = dict(re.findall(r"--ma-(\w+): (?:light-dark\()?(#\w{6})", sheet))
    assert (light["ink"], light["accent"]) == (INK, ACCENT)
