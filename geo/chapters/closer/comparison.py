"""Two views against each other in words: what differs, the legend of the change, the table."""

from __future__ import annotations

from dataclasses import replace
from math import floor

from markupsafe import Markup

from geo.atlas import Atlas
from geo.chapters.map import legend_html
from geo.drawing import Row, dot_html, folded_html, panel_html, pick_table_html, told_html
from geo.language import Speech
from geo.scene import NO_DATA, ZERO, Difference, Scene, ramp
from geo.view import View
from geo.words import (
    STATUS_FILLS,
    build_legend,
    end_text,
    is_plain,
    legend_of,
    measure_label,
    names_of,
    number_text,
)


def shared_legend_html(first: Scene, second: Scene, say: Speech) -> Markup:
    """The legend of two maps with the same classes, counting the states of the first.

    Where one of the two has parts of activities, its ends are not written as whole numbers.
    """
    finest = second.view if second.view.evidence == "attributed" else first.view
    legend = build_legend(replace(first, view=finest), say)
    return legend_html(replace(legend, title=measure_label(first.view, say)), first, say)


def map_name_html(place: str, name: str, scene: Scene, say: Speech) -> Markup:
    """What stands under one of two maps: which view it is and what it adds up to."""
    border = (
        say.t("{share} in the border states", share=say.percent(scene.border.share))
        if scene.border.share is not None
        else say.t("nothing placed")
    )
    total = number_text(scene.total, scene.view.with_(show="value", per="none"), say)
    return Markup('<p class="ma-map-name"><b>{}: {}</b> {} · {}</p>').format(
        place, name, total, border
    )


def compare_html(atlas: Atlas, made: Difference, view: View, other: View, say: Speech) -> Markup:
    """What the two maps show, and every state's two numbers."""
    return panel_html(
        say.t("Two views side by side"),
        told_html(
            difference_words(made, view, other, say),
            say.t(
                "Both maps have the same classes and move together. Activities that last into "
                "both spans of years count in both; undated ones only in the whole period."
            )
            if (view.from_year, view.to_year) != (other.from_year, other.to_year)
            else say.t("Both maps have the same classes and move together."),
            say.t(
                "Shared out, an activity adds up to one over all its states; otherwise it "
                "counts once in each of them."
            )
            if view.evidence != other.evidence and view.measure == "activities"
            else "",
        ),
        folded_html(say.t("The numbers of both maps"), _table(atlas, made, view, other, say)),
    )


def difference_html(atlas: Atlas, made: Difference, view: View, other: View, say: Speech) -> Markup:
    """What the diverging map shows, and every state's numbers."""
    return panel_html(
        say.t("The difference between two views"),
        told_html(difference_words(made, view, other, say)),
        folded_html(say.t("The numbers of the difference"), _table(atlas, made, view, other, say)),
    )


def difference_words(made: Difference, view: View, other: View, say: Speech) -> str:
    """What changes from the first view to the second, counted by state."""
    first, second = names_of(view, other, say)
    if first == second:
        return say.t("Both views are the same: choose in what the second one differs.")
    more = sum(1 for state in made.states if state.change is not None and state.change > 0)
    less = sum(1 for state in made.states if state.change is not None and state.change < 0)
    same = sum(1 for state in made.states if state.status == ZERO)
    missing = sum(1 for state in made.states if state.status == NO_DATA)
    text = say.t(
        "From “{first}” to “{second}”: {more} states have more, {less} less, {same} the same.",
        first=first,
        second=second,
        more=say.number(more),
        less=say.number(less),
        same=say.number(same),
    )
    if missing:
        text += " " + say.n(
            "{count} state cannot be compared: one of the views has no published figure.",
            "{count} states cannot be compared: one of the views has no published figure.",
            missing,
        )
    return text


def difference_fills(made: Difference) -> tuple[str, ...]:
    """The colours of the diverging classes, brown for less and blue for more."""
    return ramp(made.classes.count, below=made.classes.below)


def change_text(change: float | None, made: Difference, say: Speech) -> str:
    """A difference with its sign, in the unit of the views."""
    if change is None:
        return say.t("not comparable: no published figure")
    return _signed(change, number_text(abs(change), made.first.view, say), say)


def _signed(change: float, size: str, say: Speech) -> str:
    if not change:
        return say.t("no difference")
    return f"{'+' if change > 0 else '−'}{size}"


def difference_legend_html(made: Difference, view: View, other: View, say: Speech) -> Markup:
    """The legend of the diverging map."""
    words = {ZERO: say.t("no difference"), NO_DATA: say.t("not comparable: no published figure")}
    first, second = names_of(view, other, say)
    title = say.t(
        "{second} minus {first}. {label}",
        first=first,
        second=second,
        label=measure_label(view, say),
    )
    fills = difference_fills(made)
    legend = legend_of(
        title,
        ((fill, _range(index, made, say)) for index, fill in enumerate(fills)),
        ((state.klass, state.status) for state in made.states),
        words.__getitem__,
    )
    return legend_html(legend, made.first, say)


def _range(index: int, made: Difference, say: Speech) -> str:
    """A class of differences; of counts, the whole numbers it can hold."""
    low, high = made.classes.bounds[index]
    if is_plain(made.first.view) and is_plain(made.second.view):
        below = made.classes.below
        low = low if index == 0 else floor(low) + 1
        high = -1.0 if index == below - 1 else floor(high)
    first, last = (
        _signed(end, end_text(abs(end), made.first.view, say), say) if end else say.number(0)
        for end in (low, high)
    )
    return first if first == last else say.t("{low} to {high}", low=first, high=last)


def _table(atlas: Atlas, made: Difference, view: View, other: View, say: Speech) -> Markup:
    fills = difference_fills(made)
    first, second = names_of(view, other, say)
    rows = []
    for state in made.ordered:
        fill = STATUS_FILLS[state.status] if state.klass is None else fills[state.klass]
        cells = (
            dot_html(fill, atlas.states[state.code].names[say.lang]),
            number_text(state.first, view, say),
            number_text(state.second, view, say),
            change_text(state.change, made, say),
        )
        rows.append(Row(cells, state.code, state.code == view.state))
    columns = (say.t("State"), first, second, say.t("Difference"))
    return pick_table_html("difference", say.t("Both views, state by state"), columns, rows)
