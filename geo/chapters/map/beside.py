"""What stands beside the map, as HTML: what is not on it, and the ranking of the states."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from geo.atlas import Atlas
from geo.drawing import (
    Row,
    dot_html,
    folded_html,
    glossed_html,
    note_html,
    paragraph_html,
    pick_table_html,
    plain_table_html,
    way_back_html,
)
from geo.language import LEVELS, Speech
from geo.policy import SCENES_KEPT
from geo.scene import Scene
from geo.view import View
from geo.words import Telling, fill_of, need_label, number_text, terms_in, value_text


def remainder_html(telling: Telling, say: Speech) -> Markup:
    """How much is not on the map, in one line in the map's measure; it opens to the reasons."""
    lead = Markup("<h2>{}</h2> <span>{}</span>").format(say.t("Not on the map:"), telling.remainder)
    return folded_html(lead, reasons_html(telling, say), kind="ma-remainder")


def remainder_lead_html(telling: Telling, say: Speech) -> Markup:
    """How much is not on the map, in one sentence."""
    terms = terms_in(telling.remainder, say)
    return Markup('<section class="ma-remainder"><h2>{}</h2><p>{}</p></section>').format(
        say.t("Not on the map"), glossed_html(telling.remainder, terms, "remainder")
    )


def nothing_left_html(scene: Scene, view: View, say: Speech) -> Markup:
    """Where the filters together leave no activity: that they do, and the way back."""
    if scene.selection.activities:
        return Markup("")
    told = say.t("No activity of the ledger passes all of your filters together.")
    return Markup('<section class="ma-remainder">{}{}</section>').format(
        note_html(told), way_back_html(view, say)
    )


@lru_cache(maxsize=SCENES_KEPT)
def reasons_html(telling: Telling, say: Speech) -> Markup:
    """Why it has no place on the map, reason by reason, in the measure of the map."""
    rows = telling.reasons
    if not rows:
        return Markup("")
    return Markup('<div class="ma-reasons">{}</div>').format(
        plain_table_html((), rows, caption=say.t("Why it cannot be placed"))
    )


@lru_cache(maxsize=SCENES_KEPT)
def national_html(scene: Scene, say: Speech) -> Markup:
    """What is published for no state at all, listed by level and never added up."""
    if not scene.national:
        return Markup("")
    rows = (
        (
            LEVELS[line.level](say),
            say.n("{count} figure", "{count} figures", line.figures)
            if line.largest is None or scene.view.measure == "activities"
            else say.n(
                "{count} figure, {largest}",
                "{count} figures, up to {largest}",
                line.figures,
                largest=say.usd_short(line.largest),
            ),
        )
        for line in scene.national
    )
    told = [say.t("National figures overlap, so they are listed and never added.")]
    if set(scene.view.filtering) - {"pillar"}:
        told.append(say.t("Of your filters only that of the priorities applies to them."))
    if scene.view.prices_of:
        told.append(say.t("Their dollars are those of their own years."))
    return Markup(
        '<section class="ma-national ma-reasons"><h2>{}</h2><p>{}</p>{}</section>'
    ).format(
        say.t("Published for no state"),
        " ".join(told),
        plain_table_html((), rows),
    )


def ranking_html(atlas: Atlas, scene: Scene, view: View, say: Speech) -> Markup:
    """The ranking of all states, equal to the map, with the selected one marked."""
    return _ranking(atlas, scene, view.state, say)


@lru_cache(maxsize=SCENES_KEPT)
def _ranking(atlas: Atlas, scene: Scene, selected: str, say: Speech) -> Markup:
    columns = (
        say.t("Rank"),
        say.t("State"),
        say.t("Number"),
        say.t("% of all"),
        say.t("Share of {need}", need=need_label(scene.view, say)),
        say.t("Times its share"),
    )
    rows = (
        Row(
            (
                say.number(state.rank) if state.rank else "",
                dot_html(fill_of(scene, state.code), atlas.states[state.code].names[say.lang]),
                value_text(state.value, state.status, scene.view, say),
                say.percent(state.measure.share, 1),
                say.percent(state.measure.need_share, 1),
                say.decimal(state.measure.ratio, 2),
            ),
            state.code,
            state.code == selected,
        )
        for state in scene.ranked
    )
    name = say.t("Ranking of the states")
    table = pick_table_html("ranking", name, columns, rows, kind="ma-ranking", header=1)
    whole = number_text(scene.total, scene.view.with_(show="value", per="none"), say)
    return table + paragraph_html(say.t("Sum of the states: {total}", total=whole), "ma-small")
