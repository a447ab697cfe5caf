"""Need against aid in words, as a square legend, a scatter chart and a table."""

from __future__ import annotations

from math import ceil
from typing import Final

from markupsafe import Markup

from geo.atlas import Atlas
from geo.chapters.closer.bivariate import FILLS, LETTERS, NO_AID, Cross, StateCross, cross
from geo.drawing import (
    Axes,
    Row,
    Scale,
    circle,
    dot_html,
    each,
    folded_html,
    legend_box_html,
    line,
    lit_html,
    panel_html,
    paragraph_html,
    part,
    pick_table_html,
    svg_html,
    swatch_html,
    text,
    told_html,
    upward,
)
from geo.language import Speech
from geo.scene import NO_DATA, NO_DATA_FILL, ZERO_FILL, Scene, ink_on, pattern_of
from geo.words import need_label

WIDTH: Final = 640
HEIGHT: Final = 460
LEFT, RIGHT, TOP, BOTTOM = 48, 14, 14, 46
LETTER_WIDTH: Final = 7.2
"""Width of a letter of a label in units of the drawing, for keeping labels apart."""


def need_html(atlas: Atlas, scene: Scene, selected: str, say: Speech) -> Markup:
    """The tool: what it finds, the scatter and the numbers."""
    crossed = cross(scene)
    return panel_html(
        say.t("Need against aid"),
        told_html(*need_words(crossed, scene, say)),
        svg_html(scatter_svg(atlas, crossed, scene, selected, say)),
        folded_html(
            say.t("The numbers of the chart"), _table(atlas, crossed, scene, selected, say)
        ),
    )


def need_words(crossed: Cross, scene: Scene, say: Speech) -> list[str]:
    """What the crossing finds, counted, also where it speaks against the essay."""
    counts = crossed.counts()
    much_little = counts.get("C1", 0)
    little_much = counts.get("A3", 0) + counts.get("03", 0)
    sentences = [
        say.n(
            "{count} state is in the upper third of the aid and the lower third of the need (C1).",
            "{count} states are in the upper third of the aid and the lower third of the need "
            "(C1).",
            much_little,
        )
        + " "
        + say.n(
            "{count} is in the upper third of the need with little or no aid on record (A3 and "
            "03). Need: {need}.",
            "{count} are in the upper third of the need with little or no aid on record (A3 and "
            "03). Need: {need}.",
            little_much,
            need=need_label(scene.view, say),
        ),
        say.t(
            "On the line a state's share of the aid equals its share of the need. Choose a point, "
            "a row or a state on the map: it is chosen everywhere."
        ),
    ]
    missing = sum(1 for state in crossed.states if state.status == NO_DATA)
    if missing:
        sentences.append(
            say.n(
                "{count} state has no published figure and is not in the chart; that is not zero.",
                "{count} states have no published figure and are not in the chart; that is not "
                "zero.",
                missing,
            )
        )
    return sentences


def cross_legend_html(scene: Scene, say: Speech) -> Markup:
    """The square legend: nine colours with their names and counts, and what is none of them."""
    crossed = cross(scene)
    counts = crossed.counts()
    heads = [say.t("little need"), say.t("medium"), say.t("much need")]
    names = [say.t("little aid"), say.t("medium"), say.t("much aid")]
    rows = [
        _legend_row(LETTERS[at], names[at], FILLS[at], counts) for at in range(crossed.aid.count)
    ]
    rows.reverse()
    rows.append(_legend_row(NO_AID, say.t("none documented"), (ZERO_FILL,) * 3, counts))
    missing = counts.get("", 0)
    note = Markup("")
    if missing:
        note = Markup('<p class="ma-small">{} {}</p>').format(
            swatch_html(NO_DATA_FILL, "ma-inline"),
            say.n("{count} state without a published figure",
                  "{count} states without a published figure", missing),
        )  # fmt: skip
    how = say.t(
        "Thirds of the states; letters rise with the aid, numbers with the need. In each "
        "square: how many states."
    )
    table = Markup(
        '<table class="ma-cross"><thead><tr><td></td>{}</tr></thead><tbody>{}</tbody></table>'
    ).format(each('<th scope="col">{}</th>', heads), Markup("").join(rows))
    inside = table + note + paragraph_html(how, "ma-small") + lit_html()
    return legend_box_html(say.t("Share of the aid, and share of the need"), inside, say)


def _legend_row(letter: str, name: str, fills: tuple[str, ...], counts: object) -> Markup:
    found = counts if isinstance(counts, dict) else {}
    cells = each(
        '<td class="{}" style="background-color:{};color:{}"><button type="button" '
        'class="ma-class" data-class="{}" aria-pressed="false"><b>{}{}</b> {}</button></td>',
        (
            (
                pattern_of(fill),
                fill,
                ink_on(fill),
                fill,
                letter,
                number,
                found.get(f"{letter}{number}", 0),
            )
            for number, fill in enumerate(fills, 1)
        ),
    )
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(name, cells)


def scatter_svg(atlas: Atlas, crossed: Cross, scene: Scene, selected: str, say: Speech) -> Markup:
    """Share of the need (across) against share of the aid (up), with the line of parity."""
    points = [state for state in crossed.states if state.share is not None]
    across = _round_up(max((p.need_share for p in crossed.states), default=0.1))
    up = _round_up(max((p.share or 0.0 for p in points), default=0.1))
    axes = Axes(Scale(0, across, LEFT, WIDTH - RIGHT), Scale(0, up, HEIGHT - BOTTOM, TOP))
    end = min(across, up)
    x, y = axes.at(end, end)
    placed = [(*axes.at(p.need_share, p.share or 0.0), p) for p in points]
    marks = Markup("").join(
        _mark(atlas, px, py, p, selected, first=index == 0, say=say)
        for index, (px, py, p) in enumerate(sorted(placed, key=lambda m: -(m[2].share or 0)))
    )
    need = say.t("share of the need ({need})", need=need_label(scene.view, say))
    return part(
        "svg",
        axes.across(_ticks(across), say.percent),
        axes.up(_ticks(up), say.percent),
        line("ma-parity", axes.at(0, 0), (x, y)),
        text(say.t("parity"), (x - 8, y + (16 if end == up else 4)), "ma-tick", "end"),
        marks,
        _labels(atlas, placed, selected),
        text(need, ((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6), "ma-axis-name", "middle"),
        upward(say.t("share of the aid"), (14, (TOP + HEIGHT - BOTTOM) / 2), "ma-axis-name"),
        kind="ma-scatter",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="group",
        aria_label=say.t("Share of the aid against share of the need, one point for each state"),
        data_pick="scatter",
    )


def _mark(
    atlas: Atlas, px: float, py: float, p: StateCross, selected: str, *, first: bool, say: Speech
) -> Markup:
    """A point: a diamond for a northern border state, a circle for any other."""
    state = atlas.states[p.code]
    chosen = p.code == selected
    r = 9 if chosen else 6.5
    text = say.t(
        "{state} ({cell}): {aid} of the aid, {need} of the need",
        state=state.names[say.lang],
        cell=p.name,
        aid=say.percent(p.share, 1),
        need=say.percent(p.need_share, 1),
    )
    return part(
        "g",
        part("path", d=f"M{px:.1f} {py - r:.1f}l{r} {r}l-{r} {r}l-{r}-{r}z")
        if state.northern_border
        else circle("", (px, py), r - 0.5),
        part("title", text),
        kind="ma-point ma-chosen" if chosen else "ma-point",
        data_state=p.code,
        role="button",
        tabindex=0 if chosen or (first and not selected) else -1,
        aria_pressed="true" if chosen else "false",
        fill=p.fill,
        aria_label=text,
    )


def _labels(atlas: Atlas, placed: list[tuple[float, float, StateCross]], selected: str) -> Markup:
    """Abbreviations beside the points, farthest from parity first, where they lie on nothing."""
    taken = [(px - 7, py - 7, px + 7, py + 7) for px, py, _ in placed]
    sentences = []
    ordered = sorted(
        placed,
        key=lambda m: (m[2].code != selected, -abs((m[2].share or 0.0) - m[2].need_share)),
    )
    for px, py, p in ordered:
        name = atlas.states[p.code].abbr
        width = LETTER_WIDTH * len(name)
        for left, top in ((px + 9, py - 6), (px - 9 - width, py - 6), (px - width / 2, py - 22)):
            box = (left, top, left + width, top + 12)
            inside = left > LEFT and left + width < WIDTH - RIGHT and top > 0
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                sentences.append(text(name, (left, top + 10), "ma-name"))
                break
    return Markup("").join(sentences)


def _overlap(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _ticks(top: float) -> list[float]:
    hundredths = round(top * 100)
    step = 2 if hundredths <= 10 else 5 if hundredths <= 30 else 20
    return [at / 100 for at in range(0, hundredths + 1, step)]


def _round_up(share: float) -> float:
    """A little above, in whole percent, so that no point lies on the frame."""
    return (ceil(share * 100) + 1) / 100


def _table(atlas: Atlas, crossed: Cross, scene: Scene, selected: str, say: Speech) -> Markup:
    rows = []
    for state in sorted(crossed.states, key=lambda s: (s.share is None, -(s.share or 0), s.code)):
        name = atlas.states[state.code].names[say.lang]
        cells = (
            dot_html(state.fill, name),
            state.name or say.t("no published figure"),
            say.percent(state.share, 1),
            say.percent(state.need_share, 1),
            say.decimal(state.ratio, 2),
        )
        rows.append(Row(cells, state.code, state.code == selected))
    columns = (
        say.t("State"),
        say.t("Class"),
        say.t("Share of the aid"),
        say.t("Share of {need}", need=need_label(scene.view, say)),
        say.t("Times its share"),
    )
    return pick_table_html("cross", say.t("Need against aid"), columns, rows)
