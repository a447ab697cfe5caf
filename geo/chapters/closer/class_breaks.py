"""The classification check in words, as a chart of the breaks, and as a table."""

from __future__ import annotations

from itertools import pairwise

from markupsafe import Markup

from geo.atlas import Atlas
from geo.drawing import (
    Row,
    Scale,
    bar,
    chart,
    folded_html,
    panel_html,
    paragraph_html,
    part,
    pick_table_html,
    svg_html,
    text,
    told_html,
)
from geo.language import SCHEME_NAMES, Speech, t
from geo.policy import DEFAULT_SCHEME
from geo.scene import OUTLINE, ClassCheck, Classes, Fit, Scene, check_classes, ramp
from geo.words import end_text, measure_label, value_text

WIDTH = 720
ROW = 46
LEFT = 22
PAD = 12
"""How far the end classes reach beyond the lowest and the highest value."""


def class_check_html(atlas: Atlas, scene: Scene, selected: str, say: Speech) -> Markup:
    """Which scheme fits the values best, and which states change class under another one."""
    check = check_classes(scene)
    if not scene.classes.count:
        return panel_html(
            say.t("Do other classes tell another story?"),
            told_html(class_check_finding(scene, say)),
        )
    return panel_html(
        say.t("Do other classes tell another story?"),
        told_html(*class_check_words(scene, check, say)),
        svg_html(breaks_svg(atlas, scene, check, selected, say)),
        _fits(scene, check, say),
        folded_html(say.t("States that change class"), _moves(atlas, scene, check, selected, say)),
        folded_html(say.t("How many classes?"), _counts(check, say)),
    )


def class_check_finding(scene: Scene, say: Speech) -> str:
    """The first sentence of the check."""
    if not scene.classes.count:
        return say.t("There is no number to put into classes under these choices.")
    return class_check_words(scene, check_classes(scene), say)[0]


def class_check_words(scene: Scene, check: ClassCheck, say: Speech) -> list[str]:
    """The finding of the check, computed: which scheme is best by which measure."""
    best = _named(check.best_variance, say)
    sentences = [
        say.t(
            "{best} fits these values best: the goodness of variance fit is {fit}, where 1 would "
            "mean that all states of a class have the same number.",
            best=best,
            fit=say.decimal(_fit(check, check.best_variance[0]).variance, 3),
        )
        if check.best_variance
        else say.t("All states with a number have the same one: every scheme gives one class.")
    ]
    if check.best_variance:
        told = (
            t(
                "The atlas starts with {default} for this reason: for a number of classes it has, "
                "by its definition, the best variance fit there can be."
            )
            if scene.classes.centre is None
            else t(
                "The atlas starts with {default} for this reason: for a number of classes none of "
                "which crosses parity it has, by its definition, the best variance fit there can "
                "be."
            )
        )
        sentences.append(told(say, default=SCHEME_NAMES[DEFAULT_SCHEME](say)))
    if check.best_deviation and check.best_deviation != check.best_variance:
        sentences.append(
            say.t(
                "Measured by absolute deviations, which a few extreme states sway less, {best} "
                "fits best ({fit}).",
                best=_named(check.best_deviation, say),
                fit=say.decimal(_fit(check, check.best_deviation[0]).deviation, 3),
            )
        )
    moved = {code for fit in check.fits for code, _, _ in fit.moved}
    shown = sum(1 for state in scene.states if state.klass is not None)
    sentences.append(
        say.t(
            "{stay} of {all} states with a number keep their class under all four schemes.",
            stay=say.number(shown - len(moved)),
            all=say.number(shown),
        )
    )
    return sentences


def breaks_svg(atlas: Atlas, scene: Scene, check: ClassCheck, selected: str, say: Speech) -> Markup:
    """The values as points on a line, once for each scheme, with its classes as bands."""
    points = [
        (s.code, s.value) for s in scene.states if s.klass is not None and s.value is not None
    ]
    ordered = sorted(value for _, value in points)
    low, high = ordered[0], ordered[-1]
    x = Scale(low, high, LEFT, WIDTH - LEFT)
    bottom = 18 + len(check.fits) * ROW
    rows = Markup("").join(
        _scheme(atlas, scene, fit, points, x, 18 + at * ROW, selected, say)
        for at, fit in enumerate(check.fits)
    )
    described = say.t(
        "One line for each scheme, from the lowest to the highest value; two classes meet "
        "halfway between their values. {label}.",
        label=measure_label(scene.view, say),
    )
    return chart(
        "ma-breaks",
        (WIDTH, bottom + 6),
        say.t("The states' values and the classes of each scheme"),
        part("desc", described),
        rows,
        text(end_text(low, scene.view, say), (LEFT, bottom - 2), "ma-tick"),
        text(end_text(high, scene.view, say), (WIDTH - LEFT, bottom - 2), "ma-tick", "end"),
    )


def _scheme(
    atlas: Atlas,
    scene: Scene,
    fit: Fit,
    points: list[tuple[str, float]],
    x: Scale,
    top: float,
    selected: str,
    say: Speech,
) -> Markup:
    """One line: the bands of a scheme's classes, and a point for each state."""
    classes = fit.classes
    fills = ramp(classes.count, below=None if classes.centre is None else classes.below)
    bands = Markup("").join(
        bar("", x(left), top, x(right) - x(left), 20, fill)
        for (left, right), fill in zip(
            pairwise(_edges(sorted(value for _, value in points), classes)), fills, strict=True
        )
    )
    marks = Markup("").join(
        part(
            "circle",
            part("title", ": ".join(_named_value(atlas, scene, code, say))),
            kind="ma-chosen" if code == selected else "",
            cx=x(value),
            cy=top + 10,
            r=5 if code == selected else 3.2,
            data_state=code,
        )
        for code, value in points
    )
    return (
        text(SCHEME_NAMES[fit.scheme](say), (LEFT - PAD, top - 5), "ma-axis-name")
        + part("g", bands, stroke=OUTLINE, stroke_width=1)
        + part("g", marks, kind="ma-marks")
    )


def _named_value(atlas: Atlas, scene: Scene, code: str, say: Speech) -> tuple[str, str]:
    state, name = scene.state(code), atlas.states[code].names[say.lang]
    return name, value_text(state.value, state.status, scene.view, say)


def _edges(ordered: list[float], classes: Classes) -> list[float]:
    """Where a band begins and ends: halfway between the values of two classes that meet."""
    pad = (ordered[-1] - ordered[0] or 1.0) * PAD / (WIDTH - 2 * LEFT)
    between = [
        (one + two) / 2
        for one, two in pairwise(ordered)
        if classes.index_of(one) != classes.index_of(two)
    ]
    return [ordered[0] - pad, *between, ordered[-1] + pad]


def _fits(scene: Scene, check: ClassCheck, say: Speech) -> Markup:
    columns = (
        say.t("Class breaks"),
        say.t("Variance fit"),
        say.t("Deviation fit"),
        say.t("Classes made"),
        say.t("States that change class"),
    )
    rows = []
    for fit in check.fits:
        name = SCHEME_NAMES[fit.scheme](say)
        if fit.scheme == scene.view.scheme:
            name = say.t("{scheme} (on the map)", scheme=name)
        rows.append(
            (
                name,
                _starred(fit.variance, fit.scheme in check.best_variance, say),
                _starred(fit.deviation, fit.scheme in check.best_deviation, say),
                say.number(fit.classes.count),
                say.number(len(fit.moved)),
            )
        )
    note = say.t(
        "★ the best. Variance fit: 1 − squared deviations within classes ÷ all squared "
        "deviations. Deviation fit: the same with absolute deviations from the median."
    )
    table = pick_table_html("fits", say.t("How well each scheme fits"), columns, rows)
    return table + paragraph_html(note, "ma-small")


def _starred(fit: float | None, best: bool, say: Speech) -> str:
    return f"{say.decimal(fit, 3)}{' ★' if best else ''}"


def _moves(atlas: Atlas, scene: Scene, check: ClassCheck, selected: str, say: Speech) -> Markup:
    others = [fit for fit in check.fits if fit.scheme != scene.view.scheme]
    to = {fit.scheme: {code: (old, new) for code, old, new in fit.moved} for fit in others}
    codes = [s.code for s in scene.ranked if any(s.code in to[fit.scheme] for fit in others)]
    rows = []
    for code in codes:
        own = (scene.state(code).klass or 0) + 1
        moved = (
            say.t("→ {new}", new=to[fit.scheme][code][1]) if code in to[fit.scheme] else "="
            for fit in others
        )
        name, value = _named_value(atlas, scene, code, say)
        rows.append(Row((name, value, say.number(own), *moved), code, code == selected))
    columns = (
        say.t("State"),
        say.t("Number"),
        say.t("Class on the map"),
        *(SCHEME_NAMES[fit.scheme](say) for fit in others),
    )
    return pick_table_html("moves", say.t("States that change class"), columns, rows)


def _counts(check: ClassCheck, say: Speech) -> Markup:
    return pick_table_html(
        "counts",
        say.t("How many classes?"),
        (say.t("Classes asked for"), say.t("Classes made"), say.t("Variance fit")),
        [
            (say.number(asked), say.number(made), say.decimal(fit, 3))
            for asked, made, fit in check.by_count
        ],
    ) + told_html(
        say.t(
            "More classes always fit better; five is the most a reader tells apart by lightness "
            "without effort, which is why the atlas starts with five."
        )
    )


def _fit(check: ClassCheck, scheme: str) -> Fit:
    return next(fit for fit in check.fits if fit.scheme == scheme)


def _named(schemes: tuple[str, ...], say: Speech) -> str:
    return " / ".join(SCHEME_NAMES[scheme](say) for scheme in schemes)
