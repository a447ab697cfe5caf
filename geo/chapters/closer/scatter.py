"""Need against aid in words, as a square legend, a scatter chart and a table."""

from __future__ import annotations

from math import ceil
from typing import Final

from markupsafe import Markup

from geo.atlas import Atlas
from geo.chapters.closer.bivariate import FILLS, LETTERS, NO_AID, Cross, StateCross, cross
from geo.drawing import dot_html, numbers_html, panel_html, pick_table_html, svg_html, told_html
from geo.language import Speech
from geo.scene import NO_DATA, NO_DATA_FILL, ZERO_FILL, Scene
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
        numbers_html(
            say.t("The numbers of the chart"), _table(atlas, crossed, scene, selected, say)
        ),
    )


def need_words(crossed: Cross, scene: Scene, say: Speech) -> list[str]:
    """What the crossing finds, counted, also where it speaks against the essay."""
    counts = crossed.counts()
    much_little = counts.get("C1", 0)
    little_much = counts.get("A3", 0) + counts.get("03", 0)
    told = [
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
        told.append(
            say.n(
                "{count} state has no published figure and is not in the chart; that is not zero.",
                "{count} states have no published figure and are not in the chart; that is not "
                "zero.",
                missing,
            )
        )
    return told


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
        note = Markup(
            '<p class="ma-small"><span class="ma-swatch dotted ma-inline" '
            'style="background-color:{}"></span> {}</p>'
        ).format(
            NO_DATA_FILL,
            say.n("{count} state without a published figure",
                  "{count} states without a published figure", missing),
        )  # fmt: skip
    return Markup(
        '<section class="ma-legend" aria-label="{name}"><h2>{title}</h2>'
        '<table class="ma-cross"><thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody>'
        '</table>{note}<p class="ma-small">{how}</p></section>'
    ).format(
        name=say.t("Legend"),
        title=say.t("Share of the aid, and share of the need"),
        heads=Markup("").join(Markup('<th scope="col">{}</th>').format(head) for head in heads),
        rows=Markup("").join(rows),
        note=note,
        how=say.t(
            "Thirds of the states; letters rise with the aid, numbers with the need. In each "
            "square: how many states."
        ),
    )


def _legend_row(letter: str, name: str, fills: tuple[str, ...], counts: object) -> Markup:
    found = counts if isinstance(counts, dict) else {}
    cells = Markup("").join(
        Markup('<td style="background-color:{}"><b>{}{}</b> {}</td>').format(
            fill, letter, number, found.get(f"{letter}{number}", 0)
        )
        for number, fill in enumerate(fills, 1)
    )
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(name, cells)


def scatter_svg(atlas: Atlas, crossed: Cross, scene: Scene, selected: str, say: Speech) -> Markup:
    """Share of the need (across) against share of the aid (up), with the line of parity."""
    points = [state for state in crossed.states if state.share is not None]
    across = _round_up(max((p.need_share for p in crossed.states), default=0.1))
    up = _round_up(max((p.share or 0.0 for p in points), default=0.1))

    def x(share: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * share / across

    def y(share: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share / up

    end = min(across, up)
    placed = [(x(p.need_share), y(p.share or 0.0), p) for p in points]
    labels = _labels(atlas, placed, selected)
    marks = Markup("").join(
        _mark(atlas, px, py, p, selected, first=index == 0, say=say)
        for index, (px, py, p) in enumerate(sorted(placed, key=lambda m: -(m[2].share or 0)))
    )
    return Markup(
        '<svg class="ma-scatter" viewBox="0 0 {w} {h}" role="group" aria-label="{title}" '
        'data-pick="scatter">{grid}'
        '<line class="ma-parity" x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}"/>'
        '<text class="ma-tick" x="{lx:.1f}" y="{ly:.1f}" text-anchor="end">{parity}</text>'
        "{marks}{labels}"
        '<text class="ma-axis-name" x="{mid}" y="{by}" text-anchor="middle">{need}</text>'
        '<text class="ma-axis-name" x="14" y="{my}" text-anchor="middle" '
        'transform="rotate(-90 14 {my})">{aid}</text></svg>'
    ).format(
        w=WIDTH,
        h=HEIGHT,
        title=say.t("Share of the aid against share of the need, one point for each state"),
        grid=_grid(across, up, x, y, say),
        x0=x(0),
        y0=y(0),
        x1=x(end),
        y1=y(end),
        lx=x(end) - 8,
        ly=y(end) + (16 if end == up else 4),
        parity=say.t("parity"),
        marks=marks,
        labels=labels,
        mid=(LEFT + WIDTH - RIGHT) / 2,
        by=HEIGHT - 6,
        my=(TOP + HEIGHT - BOTTOM) / 2,
        need=say.t("share of the need ({need})", need=need_label(scene.view, say)),
        aid=say.t("share of the aid"),
    )


def _mark(
    atlas: Atlas, px: float, py: float, p: StateCross, selected: str, *, first: bool, say: Speech
) -> Markup:
    """A point: a diamond for a northern border state, a circle for any other."""
    state = atlas.states[p.code]
    chosen = p.code == selected
    r = 9 if chosen else 6.5
    shape = (
        Markup('<path d="M{:.1f} {:.1f}l{r} {r}l-{r} {r}l-{r}-{r}z"/>').format(px, py - r, r=r)
        if state.northern_border
        else Markup('<circle cx="{:.1f}" cy="{:.1f}" r="{}"/>').format(px, py, r - 0.5)
    )
    return Markup(
        '<g data-state="{code}" role="button" tabindex="{tab}" aria-pressed="{pressed}" '
        'class="ma-point{chosen}" fill="{fill}" aria-label="{told}">{shape}'
        "<title>{told}</title></g>"
    ).format(
        code=p.code,
        tab=0 if chosen or (first and not selected) else -1,
        pressed="true" if chosen else "false",
        chosen=" ma-chosen" if chosen else "",
        fill=p.fill,
        shape=shape,
        told=say.t(
            "{state} ({cell}): {aid} of the aid, {need} of the need",
            state=state.names[say.lang],
            cell=p.name,
            aid=say.percent(p.share, 1),
            need=say.percent(p.need_share, 1),
        ),
    )


def _labels(atlas: Atlas, placed: list[tuple[float, float, StateCross]], selected: str) -> Markup:
    """Abbreviations beside the points, farthest from parity first, where they lie on nothing."""
    taken = [(px - 7, py - 7, px + 7, py + 7) for px, py, _ in placed]
    told = []
    ordered = sorted(
        placed,
        key=lambda m: (m[2].code != selected, -abs((m[2].share or 0.0) - m[2].need_share)),
    )
    for px, py, p in ordered:
        text = atlas.states[p.code].abbr
        width = LETTER_WIDTH * len(text)
        for left, top in ((px + 9, py - 6), (px - 9 - width, py - 6), (px - width / 2, py - 22)):
            box = (left, top, left + width, top + 12)
            inside = left > LEFT and left + width < WIDTH - RIGHT and top > 0
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                told.append(
                    Markup('<text class="ma-name" x="{:.1f}" y="{:.1f}">{}</text>').format(
                        left, top + 10, text
                    )
                )
                break
    return Markup("").join(told)


def _overlap(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _grid(across: float, up: float, x: object, y: object, say: Speech) -> Markup:
    to_x, to_y = x, y
    assert callable(to_x)
    assert callable(to_y)
    lines = [
        Markup(
            '<line class="ma-grid" x1="{0:.1f}" x2="{0:.1f}" y1="{1}" y2="{2}"/>'
            '<text class="ma-tick" x="{0:.1f}" y="{3}" text-anchor="middle">{4}</text>'
        ).format(to_x(share), TOP, HEIGHT - BOTTOM, HEIGHT - BOTTOM + 16, say.percent(share))
        for share in _ticks(across)
    ]
    lines += [
        Markup(
            '<line class="ma-grid" x1="{1}" x2="{2}" y1="{0:.1f}" y2="{0:.1f}"/>'
            '<text class="ma-tick" x="{3}" y="{4:.1f}" text-anchor="end">{5}</text>'
        ).format(to_y(share), LEFT, WIDTH - RIGHT, LEFT - 5, to_y(share) + 4, say.percent(share))
        for share in _ticks(up)
    ]
    return Markup("").join(lines)


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
        rows.append(
            (
                state.code,
                (
                    Markup("{}{}").format(dot_html(state.fill), name),
                    state.name or say.t("no published figure"),
                    say.percent(state.share, 1),
                    say.percent(state.need_share, 1),
                    say.decimal(state.ratio, 2),
                ),
            )
        )
    columns = (
        say.t("State"),
        say.t("Class"),
        say.t("Share of the aid"),
        say.t("Share of {need}", need=need_label(scene.view, say)),
        say.t("Share ratio"),
    )
    return pick_table_html("cross", say.t("Need against aid"), columns, rows, selected=selected)
