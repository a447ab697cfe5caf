"""National figures overlap: of each level the largest is told, and none are added."""

from __future__ import annotations

from decimal import Decimal

import pytest

from geo.atlas import NationalLine, load_atlas, national_lines
from geo.atlas.national import LEVEL_OF, LEVELS, NationalFigure
from geo.chapters.map.beside import national_html
from geo.language import speech
from geo.scene import build_scene
from geo.view import PILLARS, View

WHOLE, DOLLARS = View(), View(measure="usd")


def figure(usd: str | None, *, level: str = "federal", area: str = "rule_of_law") -> NationalFigure:
    return NationalFigure(area, None if usd is None else Decimal(usd), level)


OVERLAPPING = (
    figure("900"),
    figure("250"),
    figure("240", area="organised_crime"),
    figure(None),
    figure("70", level="unplaced"),
    figure(None, level="region"),
)


def test_of_figures_that_overlap_the_largest_is_told_and_not_their_sum() -> None:
    assert national_lines(OVERLAPPING, DOLLARS) == (
        NationalLine("federal", 3, Decimal(900)),
        NationalLine("unplaced", 1, Decimal(70)),
    )


def test_in_activities_counts_without_a_sum_are_figures_too() -> None:
    assert national_lines(OVERLAPPING, WHOLE) == (
        NationalLine("federal", 4, Decimal(900)),
        NationalLine("region", 1, None),
        NationalLine("unplaced", 1, Decimal(70)),
    )


def test_a_priority_keeps_the_figures_of_its_area() -> None:
    number = next(n for n, area in PILLARS.items() if area == "organised_crime")
    assert national_lines(OVERLAPPING, DOLLARS.with_(pillar=(number,))) == (
        NationalLine("federal", 1, Decimal(240)),
    )


@pytest.mark.parametrize("pillar", [(), *((number,) for number in PILLARS)])
def test_each_largest_sum_is_one_published_figure_of_its_level(pillar: tuple[int, ...]) -> None:
    figures = load_atlas().ledger.national
    lines = national_lines(figures, DOLLARS.with_(pillar=pillar))
    for line in lines:
        published = {f.usd for f in figures if f.level == line.level}
        assert line.largest in published
    assert [line.level for line in lines] == [v for v in LEVELS if v in {n.level for n in lines}]
    assert set(LEVEL_OF.values()) == set(LEVELS)


def test_the_map_page_tells_the_largest_sum_of_each_level() -> None:
    say, scene = speech("en"), build_scene(load_atlas(), DOLLARS)
    told = str(national_html(scene, say))
    several = [line for line in scene.national if line.largest is not None and line.figures > 1]
    assert several, "this case needs figures that could be added"
    for line in several:
        assert line.largest is not None
        assert f"{line.figures} figures, up to {say.usd_short(line.largest)}" in told
