"""What stands beside the map, as HTML: what is not on it, and the ranking of the states."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape

from geo.atlas import Atlas
from geo.language import LEVELS, Speech
from geo.policy import SCENES_KEPT
from geo.scene import Scene
from geo.view import View
from geo.words import Telling, fill_of, need_label, number_text, value_text

MARK = ' class="selected" aria-current="true"'
"""Marks the selected state's row; choosing any row selects its state, see `assets/page.js`."""


def remainder_html(telling: Telling, say: Speech) -> Markup:
    """What is not on the map, in the same measure as the map, with the reasons."""
    return remainder_lead_html(telling, say) + reasons_html(telling, say)


def remainder_lead_html(telling: Telling, say: Speech) -> Markup:
    """How much is not on the map, in one sentence."""
    return Markup('<section class="ma-remainder"><h2>{}</h2><p>{}</p></section>').format(
        say.t("Not on the map"), telling.remainder
    )


@lru_cache(maxsize=SCENES_KEPT)
def reasons_html(telling: Telling, say: Speech) -> Markup:
    """Why it has no place on the map, reason by reason, in the measure of the map."""
    rows = Markup("").join(
        Markup('<tr><th scope="row">{}</th><td>{}</td></tr>').format(*line)
        for line in telling.reasons
    )
    if not rows:
        return rows
    return Markup(
        '<div class="ma-reasons"><table><caption>{}</caption><tbody>{}</tbody></table></div>'
    ).format(say.t("Why it has no place"), rows)


@lru_cache(maxsize=SCENES_KEPT)
def national_html(scene: Scene, say: Speech) -> Markup:
    """What is published for no state at all, listed by level and never added up."""
    if not scene.national:
        return Markup("")
    rows = Markup("").join(
        Markup('<tr><th scope="row">{}</th><td>{}</td></tr>').format(
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
    return Markup(
        '<section class="ma-national ma-reasons"><h2>{}</h2><p>{}</p>'
        "<table><tbody>{}</tbody></table></section>"
    ).format(
        say.t("Published for no state"),
        say.t("National figures overlap, so they are listed and never added."),
        rows,
    )


def ranking_html(atlas: Atlas, scene: Scene, view: View, say: Speech) -> Markup:
    """The ranking of all states, equal to the map, with the selected one marked."""
    return _ranking(atlas, scene, view.state, say)


@lru_cache(maxsize=SCENES_KEPT)
def _ranking(atlas: Atlas, scene: Scene, selected: str, say: Speech) -> Markup:
    head = _cells(
        (
            say.t("Rank"),
            say.t("State"),
            say.t("Number"),
            say.t("Share"),
            say.t("Share of {need}", need=need_label(scene.view, say)),
            say.t("Share ratio"),
        )
    )
    # Escaped cell by cell: two hundred calls of Markup.format cost as much as the rest of a rerun.
    body = Markup(  # noqa: S704
        "".join(
            f'<tr data-state="{state.code}"{MARK if state.code == selected else ""}>'
            f"<td>{escape(say.number(state.rank) if state.rank else '')}</td>"
            f'<th scope="row"><span class="ma-dot" style="background-color:'
            f'{escape(fill_of(scene, state.code))}"></span>'
            f"{escape(atlas.states[state.code].names[say.lang])}</th>"
            f"<td>{escape(value_text(state.value, state.status, scene.view, say))}</td>"
            f"<td>{escape(say.percent(state.measure.share, 1))}</td>"
            f"<td>{escape(say.percent(state.measure.need_share, 1))}</td>"
            f"<td>{escape(say.decimal(state.measure.ratio, 2))}</td></tr>"
            for state in scene.ranked
        )
    )
    total = say.t(
        "Sum of the states: {total}",
        total=number_text(scene.total, scene.view.with_(show="value", per="none"), say),
    )
    return Markup(
        '<div class="ma-scroll" data-pick="ranking" tabindex="0" role="region" aria-label="{name}">'
        '<table class="ma-ranking"><thead><tr>{head}</tr></thead>'
        '<tbody>{body}</tbody></table></div><p class="ma-small">{total}</p>'
    ).format(name=say.t("Ranking of the states"), head=head, body=body, total=total)


def _cells(texts: Iterable[str]) -> Markup:
    return Markup("").join(Markup('<th scope="col">{}</th>').format(text) for text in texts)
